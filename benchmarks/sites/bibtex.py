"""The plain site with sphinxcontrib-bibtex: the same citations, and one page with all sources."""

from __future__ import annotations

from pathlib import Path

from shapes import Article, Cited, Corpus

from sites.markdown import CONF, bibtex, files, plain_article, plain_speakers, put

SETTINGS = (
    CONF
    + """extensions = ["myst_parser", "sphinxcontrib.bibtex"]
html_theme = "basic"
bibtex_bibfiles = ["references.bib"]
"""
)
SOURCES = "# Sources\n\n```{bibliography}\n:all:\n```\n"


def write(folder: Path, corpus: Corpus) -> None:
    """Write the site."""
    files(
        folder,
        corpus,
        SETTINGS,
        article,
        speakers=plain_speakers(corpus),
        sources=SOURCES,
    )
    put(folder / "references.bib", bibtex(corpus.sources))


def article(one: Article) -> str:
    """Give the source of an article."""
    return plain_article(one, cited=_role)


def _role(cited: Cited) -> str:
    return f"{{cite}}`{cited.source}`"
