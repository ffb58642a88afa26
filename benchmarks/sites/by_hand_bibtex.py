"""The site that is written out by hand, with its sources in sphinxcontrib-bibtex."""

from __future__ import annotations

from pathlib import Path

from shapes import Article, Corpus

from sites import bibtex, by_hand
from sites.markdown import files, put


def write(folder: Path, corpus: Corpus) -> None:
    """Write the site."""
    files(
        folder,
        corpus,
        bibtex.SETTINGS,
        article,
        speakers=by_hand.speakers(corpus),
        sources=bibtex.SOURCES,
    )
    put(folder / "references.bib", bibtex.bibtex(corpus.sources))


def article(one: Article) -> str:
    """Give the source of an article."""
    return by_hand.written(one, "{{cite}}`{}`".format)
