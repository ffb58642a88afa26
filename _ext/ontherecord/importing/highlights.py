"""The values of an import: words that a reader marked on a page, and those that do not fit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ontherecord.importing.folding import one_line


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words that a reader marked, as an annotation gives them.

    ``index`` counts the annotations of the file from 1, ``part`` the targets of one. ``address``
    is the page's, without its fragment; ``fragment`` names a block of the page. ``exact``,
    ``prefix`` and ``suffix`` are those of a TextQuoteSelector, ``start`` and ``end`` those of a
    TextPositionSelector, in characters of the page's text, the end exclusive (W3C Web Annotation
    Data Model, 4.2.4 and 4.2.5). ``note`` is what the reader wrote, with its line breaks.
    """

    index: int
    exact: str
    id: str = ""
    part: int = 1
    address: str = ""
    fragment: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    creator: str = ""
    created: str = ""

    @property
    def key(self) -> str:
        """What tells it from all others for good: its id, else a digest of what it marks."""
        parts = (self.address, self.prefix, self.exact, self.suffix, self.note, self.created)
        digest = hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]
        name = one_line(self.id) or f"without an id, {digest}"
        return f"{name} (target {self.part})" if self.part > 1 else name


@dataclass(frozen=True, slots=True)
class Unfit:
    """An annotation that cannot be placed: which one it is, and why, with what to do."""

    index: int
    id: str
    message: str


def unfit(highlight: Highlight, message: str) -> Unfit:
    """Give why a highlight cannot be placed."""
    return Unfit(highlight.index, highlight.id, message)
