"""The same words as ordinary pages, as ``pip install sphinx myst-parser`` sets them.

Quotes, readings, the texts of cases, the speakers' and the sources' lists are
there as text, and what is only data about them is not. Sphinx and MyST are as
they come, with the theme ``basic`` and Sphinx's search.
"""

from __future__ import annotations

from pathlib import Path

from shapes import Article, Cited, Corpus

from sites.markdown import CONF, escape, files, plain_article, plain_speakers

SETTINGS = CONF + 'extensions = ["myst_parser"]\nhtml_theme = "basic"\n'


def write(folder: Path, corpus: Corpus) -> None:
    """Write the site."""
    put_as(folder, corpus, SETTINGS)


def put_as(folder: Path, corpus: Corpus, settings: str) -> None:
    """Write the site with settings of some kind."""
    sources = "".join(
        f"\\[{one.key}\\] {escape(one.publisher)}. {escape(one.title)}. {one.year}. "
        f"URL: <{one.address}>.\n\n"
        for one in corpus.sources
    )
    files(
        folder,
        corpus,
        settings,
        article,
        speakers=plain_speakers(corpus),
        sources=f"# Sources\n\n{sources}",
    )


def article(one: Article) -> str:
    """Give the source of an article."""
    return plain_article(one, cited=_label)


def _label(cited: Cited) -> str:
    return f"\\[{cited.source}\\]"
