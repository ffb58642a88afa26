"""Our edition without registers: what is recorded stands where it was said, and in no list."""

from __future__ import annotations

from pathlib import Path

from shapes import Article, Corpus

from sites import ours


def write(folder: Path, corpus: Corpus) -> None:
    """Write the edition."""
    ours.put(folder, corpus, {})


def article(one: Article) -> str:
    """Give the source of an article."""
    return ours.article(one)
