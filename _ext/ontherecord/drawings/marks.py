"""Marks, labels and links as SVG, the same in every drawing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from html import escape
from typing import Final, Literal

from ontherecord.drawings.text import clean

Sort = Literal["quotation", "contradicted", "event"]
"""What a mark stands for: its shape and class say so."""

_FROM_RIGHT: Final = frozenset({"R", "AL", "AN"})
_CLASSES: Final[dict[Sort, str]] = {"quotation": "q", "contradicted": "c", "event": "a"}


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Give a number with two decimals at most, so that its text is always the same."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


@lru_cache(maxsize=4096)
def mark(sort: Sort, x: float = 0, y: float = 0, *, dashed: bool = False) -> str:
    """Give the mark of a sort about a point: a circle, a diamond or a square."""
    kind = _CLASSES[sort] + (" u" if dashed else "")
    if sort == "contradicted":
        return f'<path class="{kind}" d="M{number(x)} {number(y - 6)}l6 6 -6 6 -6 -6Z"/>'
    if sort == "event":
        left, top = number(x - 4), number(y - 4)
        return f'<rect class="{kind}" x="{left}" y="{top}" width="8" height="8"/>'
    return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="4.5"/>'


def text(words: str) -> str:
    """Give a label's text, escaped; one that may run from right to left is isolated.

    The isolating characters are used (UAX 9, 2.4), for SVG 1.1 has no attribute's value for it.
    """
    shown = clean(words)
    if not shown.isascii() and any(unicodedata.bidirectional(one) in _FROM_RIGHT for one in shown):
        shown = f"\u2068{shown}\u2069"
    return escape(shown)


def link(href: str, inside: str) -> str:
    """Give what stands inside as a link that the keyboard passes over, or grouped without one."""
    if not href:
        return f"<g>{inside}</g>"
    return f'<a href="{escape(clean(href))}" tabindex="-1">{inside}</a>'


def drawing(kind: str, attributes: str, inside: str) -> str:
    """Give a drawing, hidden from what reads aloud: a list beside it says the same."""
    return (
        f'<svg class="record-draw record-draw-{kind}" {attributes} direction="ltr"'
        f' aria-hidden="true">{inside}</svg>'
    )
