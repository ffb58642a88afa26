"""What all kinds of site have in common: escaped words, the files of a site, plain wording."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from shapes import Article, Cited, Corpus, Named, Paragraph, Said, Source, Text

CONF = """project = "Corpus"
copyright = "nobody"
"""


def escape(words: str) -> str:
    """Give words such that Markdown reads nothing in them."""
    words = re.sub(r"([\\`*_{}\[\]<>#|~$&@^=])", r"\\\1", words)
    return re.sub(r"^([-+:]|\d+(?=[.)]))", lambda found: _harmless(found[1]), words)


def _harmless(beginning: str) -> str:
    """Keep a paragraph from beginning a list, a fence or a field."""
    return f"\\{beginning}" if not beginning[0].isdigit() else f"{beginning}\\"


def files(
    folder: Path, corpus: Corpus, conf: str, article: Callable[[Article], str], **pages: str
) -> None:
    """Write a site: its settings, its pages by name, its articles and the lists of them."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    put(folder / "conf.py", conf)
    listed = "\n".join([*pages, "articles/index"])
    put(folder / "index.md", f"# Corpus\n\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n")
    put(folder / "articles" / "index.md", "# Articles\n\n```{toctree}\n:glob:\n\na*\n```\n")
    for name, content in pages.items():
        put(folder / f"{name}.md", content)
    for one in corpus.articles():
        put(folder / "articles" / f"{one.name}.md", article(one))


def put(path: Path, content: str) -> None:
    """Write a file."""
    path.write_text(content, encoding="utf-8")


def shown(named: Named) -> str:
    """Give a name, and nothing that leads anywhere."""
    return escape(named.shown)


def prose(
    paragraph: Paragraph,
    *,
    cited: Callable[[Cited], str],
    named: Callable[[Named], str] = shown,
) -> str:
    """Give a paragraph with its words alone; citations and names as the kind of site sets them."""
    words = ""
    for run in paragraph:
        if isinstance(run, Text):
            words += escape(run.words)
        elif isinstance(run, Named):
            words += named(run)
        elif isinstance(run, Said):
            words += f'"{escape(run.quote.words)}"'
        else:
            words += cited(run)
    return words


def plain_article(article: Article, *, cited: Callable[[Cited], str]) -> str:
    """Give an article as an ordinary page: all its words, and nothing said about them."""
    parts = [f"# {escape(article.title)}"]
    parts += [prose(paragraph, cited=cited) for paragraph in article.paragraphs]
    parts += [escape(quote.reading.words) for quote in article.quotes if quote.reading]
    parts += [escape(case.words) for case in article.contradictions]
    return "\n\n".join(parts) + "\n"


def plain_speakers(corpus: Corpus) -> str:
    """Give the page of those who are quoted, a paragraph each."""
    return "\n\n".join(["# Speakers", *(escape(one.name) for one in corpus.speakers)]) + "\n"


def bibtex(sources: list[Source]) -> str:
    """Give a bibliography in BibTeX."""
    return "".join(
        f"@misc{{{one.key},\n  author = {{{{{one.publisher}}}}},\n"
        f"  title = {{{_latex(one.title)}}},\n"
        f"  year = {{{one.year}}},\n  url = {{{one.address}}},\n}}\n"
        for one in sources
    )


def _latex(words: str) -> str:
    """Give words such that BibTeX reads nothing in them."""
    return re.sub(r"([&%$#_])", r"\\\1", words)
