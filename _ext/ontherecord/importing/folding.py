"""Folds what differs between source, page and client: white space, quotation marks, dashes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from ontherecord.typography import DASHES, DOUBLE, INVISIBLE, SINGLE

_UNIT: Final = re.compile(r"\s+|\.{3}|-{2,3}|''|.", re.DOTALL)
_FOLDS: Final = {
    **dict.fromkeys([*DOUBLE, "''"], '"'),
    **dict.fromkeys(SINGLE, "'"),
    **dict.fromkeys(["--", "---", *DASHES], "-"),
    "...": "…",
}
"""What a typographer may make of what was typed, each with what it is compared as."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``starts`` and ``ends`` say where each character stood before."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Give where a stretch of the folded text stood; it holds a character at least."""
        return self.starts[begin], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Give a text as it is compared: letters, figures and case are not touched."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _UNIT.finditer(text):
        unit = match[0]
        if unit in INVISIBLE:
            continue
        folded = " " if unit.isspace() else _FOLDS.get(unit, unit)
        if folded == " " and (not characters or characters[-1] == " "):
            continue
        characters.append(folded)
        starts.append(match.start())
        ends.append(match.end())
    if characters and characters[-1] == " ":
        del characters[-1], starts[-1], ends[-1]
    return Folded("".join(characters), tuple(starts), tuple(ends))


def letters(text: str) -> str:
    """Give the letters of a text alone: what surroundings are compared by.

    A page sets numbers of notes and of paragraphs between the words, and signs beside headings.
    """
    return "".join(filter(str.isalpha, text))


def one_line(text: str) -> str:
    """Give a text on one line, without what a terminal or a line of source would act on."""
    folded = " ".join(text.split())
    return "".join(one for one in folded if unicodedata.category(one) not in {"Cc", "Cs", "Cf"})
