"""Quotation marks within quotation marks: a title that has some, in the marks of a style.

A style sets a title in marks, and asks that marks within it be of the other sort. In a title
that editors wrote they are made so. Of a speaker's words nothing is changed, and marks in
them are words: there the outer marks, which are the style's, are of the other sort, as the
tradition has it that begins with single ones. Either way each pair is told from the one
around it, and no two of a sort close beside each other.
"""

from __future__ import annotations

import re
from typing import Final

FAMILIES: Final = {
    **dict.fromkeys('“”„‟"', "double"),
    **dict.fromkeys("‘’‚‛", "single"),
    **dict.fromkeys("«»", "guillemets"),
    **dict.fromkeys("‹›", "single guillemets"),
    **dict.fromkeys("「」", "corners"),
    **dict.fromkeys("『』", "white corners"),
}
"""The sort of each mark; which of a pair opens is not the same in all languages."""

ENGLISH: Final = ("“", "”", "‘", "’")
"""Double outer and single inner marks, of which those in a title can be exchanged."""

_AS_INNER: Final = {"“": "‘", "”": "’", "„": "‘", "‟": "‘"}
_MARK: Final = re.compile(f"[{''.join(FAMILIES)}]")
_WITHIN: Final = re.compile(r"‘([^‘]*)’(?!\w)")


def family(marks: str) -> str:
    """Give the sort of a mark that may have a space beside it; nothing where it is none."""
    return FAMILIES.get(marks.strip(), "")


def outermost(text: str) -> tuple[str, ...]:
    """Give the sorts of the marks in a text that stand in no others, in order."""
    return tuple(sorted({kind for kind, _begin, _end in _pairs(text)}))


def as_inner(text: str) -> str:
    """Give a text with its double marks single, and single ones within them double."""
    parts: list[str] = []
    done = 0
    for kind, begin, end in _pairs(text):
        if kind != "double":
            continue
        opens, within, closes = text[begin], text[begin + 1 : end], text[end : end + 1]
        parts += [text[done:begin], _AS_INNER.get(opens, "‘"), _WITHIN.sub(r"“\1”", within)]
        parts += ["’"] if closes else []
        done = end + 1
    return "".join([*parts, text[done:]])


def _pairs(text: str) -> list[tuple[str, int, int]]:
    """Give the outermost marks: their sort, and where each pair begins and ends.

    One that is never closed ends where the text does; a straight one is then no mark, but the
    sign of inches.
    """
    found: list[tuple[str, int, int]] = []
    opened, begin = "", 0
    for match in _MARK.finditer(text):
        index, character = match.start(), match[0]
        kind = FAMILIES[character]
        if opened and kind != opened:
            continue
        if character == "’" and (not opened or text[index + 1 : index + 2].isalnum()):
            continue  # An apostrophe.
        if opened:
            found.append((kind, begin, index))
            opened = ""
        else:
            opened, begin = kind, index
    return found if not opened or text[begin] == '"' else [*found, (opened, begin, len(text))]
