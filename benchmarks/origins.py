"""Where articles come from: generated, generated with one thing large, or real transcripts."""

from __future__ import annotations

from pathlib import Path

from corpus import Generated
from shapes import Corpus
from special import A_CASE, A_SPEAKER, AN_ARTICLE, Large
from transcripts import Transcripts


def corpus_of(origin: str, count: int) -> Corpus:
    """Give the edition of an origin, with so many articles, or quotes where one thing is large."""
    if not origin:
        return Generated(count)
    if origin in {AN_ARTICLE, A_CASE, A_SPEAKER}:
        return Large(origin, count)
    return Transcripts(Path(origin), count)
