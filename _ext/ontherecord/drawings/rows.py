"""Labels along an axis, set in rows so that none covers another, wide or narrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.drawings.text import clean, shorten, width

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS: Final = 4
"""Most rows of labels: with more, a drawing is a list badly set."""

WIDE: Final = 600
"""The least width in pixels at which the second lines are shown."""

NARROW: Final = 320
"""The least width in pixels for the first lines: a page of 360 has margins."""

OFFSET: Final = 6
"""How far a label stands from its pole, in pixels."""

_BETWEEN: Final = 10
_NAME_ROOM: Final = 190
_WORDS_ROOM: Final = 240


@dataclass(frozen=True, slots=True)
class Label:
    """A label's two lines and where along the axis it belongs: from 0 to 1."""

    at: float
    name: str
    words: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands: its row, counted from the axis up, its lines, and the side it runs to.

    ``ends`` says that its end stands at the pole.
    """

    row: int
    name: str
    words: str
    ends: bool


_Box = tuple[float, float]


def place(labels: Sequence[Label]) -> list[Placed | None]:
    """Give for each label where it stands, or nothing where four rows have no room for it.

    From right to left, so that poles pass labels by. What is ``first`` comes
    first where not everything has room.
    """
    order = sorted(range(len(labels)), key=lambda one: (-labels[one].at, one))
    placed = _place(labels, order)
    if None in placed:
        placed = _place(labels, sorted(order, key=lambda one: not labels[one].first))
    return placed


def _place(labels: Sequence[Label], order: Sequence[int]) -> list[Placed | None]:
    placed: list[Placed | None] = [None] * len(labels)
    boxes: list[tuple[int, float, tuple[_Box, _Box]]] = []
    for index in order:
        label = labels[index]
        fitted = _fit(label)
        own = tuple(_box(label.at, fitted, total) for total in (WIDE, NARROW))
        for row in range(ROWS):
            if all(_apart(row, label.at, own, other) for other in boxes):
                boxes.append((row, label.at, (own[0], own[1])))
                placed[index] = Placed(row, fitted.name, fitted.words, fitted.ends)
                break
    return placed


def _fit(label: Label) -> Placed:
    """Choose the side that a label runs to, and cut its lines to the room there."""
    name, words = clean(label.name), clean(label.words)
    right = (NARROW * (1 - label.at) - OFFSET, WIDE * (1 - label.at) - OFFSET)
    left = (NARROW * label.at - OFFSET, WIDE * label.at - OFFSET)
    need = (min(width(name), _NAME_ROOM), min(max(width(words), width(name)), _WORDS_ROOM))
    fits_right = right[0] >= need[0] and right[1] >= need[1]
    fits_left = left[0] >= need[0] and left[1] >= need[1]
    ends = not fits_right and (fits_left or left[0] > right[0])
    narrow, wide = left if ends else right
    return Placed(
        0, shorten(name, min(_NAME_ROOM, narrow)), shorten(words, min(_WORDS_ROOM, wide)), ends
    )


def _box(at: float, label: Placed, total: int) -> _Box:
    """Give from where to where a label reaches at a width, in pixels, its pole not counted."""
    long = width(label.name)
    if total == WIDE:
        long = max(long, width(label.words))
    pole = at * total
    return (
        (pole - OFFSET - long, pole - OFFSET)
        if label.ends
        else (
            pole + OFFSET,
            pole + OFFSET + long,
        )
    )


def _apart(
    row: int, at: float, own: tuple[_Box, ...], other: tuple[int, float, tuple[_Box, _Box]]
) -> bool:
    other_row, other_at, other_boxes = other
    for mine, theirs, total in zip(own, other_boxes, (WIDE, NARROW), strict=True):
        if row == other_row and mine[0] < theirs[1] + _BETWEEN and theirs[0] < mine[1] + _BETWEEN:
            return False
        if row > other_row and theirs[0] - 1 < at * total < theirs[1] + 1:
            return False
        if row < other_row and mine[0] - 1 < other_at * total < mine[1] + 1:
            return False
    return True
