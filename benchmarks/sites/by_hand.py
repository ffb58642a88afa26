"""The plain site as an editor writes it who has no extension: the words, and what they refer to.

Names lead to their speakers, citations to their sources; below a paragraph with a statement stands
whose it is, of which day and after which source, its other wordings, and with a contradiction its
sides. All of it is ordinary MyST, with links to targets, under settings that nobody touched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from shapes import Article, Corpus, Named, Quote, Said

from sites.markdown import escape, files, prose
from sites.plain import SETTINGS


def write(folder: Path, corpus: Corpus) -> None:
    """Write the site."""
    sources = [
        f"({one.key})=\n{escape(one.publisher)}. {escape(one.title)}. {one.year}. "
        f"URL: <{one.address}>."
        for one in corpus.sources
    ]
    page = "\n\n".join(["# Sources", *sources]) + "\n"
    files(folder, corpus, SETTINGS, article, speakers=speakers(corpus), sources=page)


def speakers(corpus: Corpus) -> str:
    """Give the page of those who are quoted, to which their names lead."""
    listed = [f"({one.id})=\n{escape(one.name)}" for one in corpus.speakers]
    return "\n\n".join(["# Speakers", *listed]) + "\n"


def article(one: Article) -> str:
    """Give the source of an article."""
    return written(one, _link)


def written(one: Article, cite: Callable[[str], str]) -> str:
    """Give the source of an article that cites its sources in some way."""
    parts = [f"# {escape(one.title)}"]
    for paragraph in one.paragraphs:
        parts.append(prose(paragraph, cited=lambda run: cite(run.source), named=_named))
        parts += [_whose(run.quote, cite) for run in paragraph if isinstance(run, Said)]
    for case in one.contradictions:
        sides = " / ".join(map(_link, case.between))
        parts.append(f"Contradiction: {sides}. {escape(case.words)}")
    return "\n\n".join(parts) + "\n"


def _link(name: str) -> str:
    return f"[{name}](#{name})"


def _named(run: Named) -> str:
    return f"[{escape(run.shown)}](#{run.speaker})"


def _whose(quote: Quote, cite: Callable[[str], str]) -> str:
    said = f"({quote.id})=\n{_link(quote.speaker)}, {quote.spoken}. Source: {cite(quote.source)}."
    if quote.reading:
        said += f' Reading of {cite(quote.reading.source)}: "{escape(quote.reading.words)}"'
    return said
