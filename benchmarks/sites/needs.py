"""The same objects in sphinx-needs: a need each, links between them, and one table of the quotes.

Quotes, speakers, cases and sources are types of need; a quote's words are its
title, there where the article has them, and what a second source prints
is its content.
"""

from __future__ import annotations

from pathlib import Path

from shapes import Article, Cited, Corpus, Named, Quote, Said, Text

from sites.markdown import CONF, escape, files

TYPES = {"quote": "Q", "speaker": "S", "contradiction": "C", "source": "B"}
SETTINGS = (
    CONF
    + f"""extensions = ["myst_parser", "sphinx_needs"]
html_theme = "basic"
myst_enable_extensions = ["colon_fence"]
needs_types = [
    {{"directive": name, "title": name.title(), "prefix": prefix + "_", "color": "#ffffff",
     "style": "node"}}
    for name, prefix in {TYPES!r}.items()
]
needs_fields = {{name: {{"schema": {{"type": "string"}}}} for name in ("spoken", "kind")}}
"""
)


def write(folder: Path, corpus: Corpus) -> None:
    """Write the site."""
    speakers = "\n\n".join(_need("speaker", one.id, one.name, {}, "") for one in corpus.speakers)
    sources = "\n\n".join(
        _need(
            "source",
            one.key,
            one.title,
            {},
            f"{escape(one.publisher)}. {one.year}. URL: <{one.address}>.",
        )
        for one in corpus.sources
    )
    files(
        folder,
        corpus,
        SETTINGS,
        article,
        speakers=f"# Speakers\n\n{speakers}\n",
        statements="# Statements\n\n```{needtable}\n:types: quote\n```\n",
        sources=f"# Sources\n\n{sources}\n",
    )


def article(one: Article) -> str:
    """Give the source of an article."""
    parts = [f"# {escape(one.title)}"]
    for paragraph in one.paragraphs:
        words = ""
        for run in paragraph:
            if isinstance(run, Text):
                words += escape(run.words)
            elif isinstance(run, Named):
                words += f"{{need}}`{escape(run.shown)} <{_id(run.speaker)}>`"
            elif isinstance(run, Cited):
                words += f"{{need}}`{_id(run.source)}`"
            elif isinstance(run, Said):
                parts += [words.strip(), _quote(run.quote)]
                words = ""
        parts.append(words.strip())
    for case in one.contradictions:
        links = ", ".join(map(_id, case.between))
        options = {"links": links, "kind": "facts"}
        parts.append(_need("contradiction", case.id, "A case", options, escape(case.words)))
    return "\n\n".join(filter(None, parts)) + "\n"


def _quote(quote: Quote) -> str:
    sources = [quote.source, *([quote.reading.source] if quote.reading else [])]
    options = {
        "links": ", ".join(map(_id, [quote.speaker, *sources])),
        "spoken": quote.spoken,
        "tags": quote.topic,
    }
    reading = escape(quote.reading.words) if quote.reading else ""
    return _need("quote", quote.id, quote.words, options, reading)


def _need(kind: str, name: str, title: str, options: dict[str, str], content: str) -> str:
    lines = [f":::{{{kind}}} {title}", f":id: {_id(name)}"]
    lines += [f":{option}: {value}" for option, value in options.items() if value]
    lines += ["", content] if content else []
    return "\n".join([*lines, ":::"])


def _id(name: str) -> str:
    """Give an id as sphinx-needs takes it unless told otherwise: five capitals or more."""
    return "NEED_" + name.upper().replace("-", "_")
