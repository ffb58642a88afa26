"""Where a wording's fragments stand in a text: in order, and as near together as they can be.

A fragment of a few words says little of where it stands: "Yes." is in every transcript. It is
taken to be there only near another fragment, and through it near one that is long, or where the
editor has said that it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEW: Final = 5
"""Fewer words than these can stand anywhere: of sentences of four words in transcripts of a
president's remarks and briefings, one in seven occurs again in the same transcript; of five, one
in thirty."""

NEAR: Final = 200
"""Characters between fragments that are near though in two paragraphs: a short question between
two answers."""

PARAGRAPH: Final = 1000
"""Characters between fragments that are near in one paragraph: no transcript's was longer, and
some captures have no paragraphs."""

_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")


@dataclass(frozen=True, slots=True)
class Placing:
    """Where fragments stand: each one's beginning, and the end of the last.

    ``apart`` numbers those that are of a few words and stand near no other. ``distance`` is how
    far they are from where they should be, ``gap`` how much stands between them.
    """

    starts: tuple[int, ...]
    end: int
    apart: tuple[int, ...] = ()
    distance: int = 0
    gap: int = 0


def is_short(fragment: str) -> bool:
    """Tell whether a fragment has so few words that it can stand anywhere."""
    return len(_WORD.findall(fragment)) < FEW


def occurrences(text: str, fragment: str) -> Iterator[int]:
    """Give where a fragment stands that neither begins nor ends within a word."""
    position = find(text, fragment, 0)
    while position >= 0:
        yield position
        position = find(text, fragment, position + 1)


def find(text: str, fragment: str, position: int) -> int:
    """Find a fragment from a place on; it neither begins nor ends within a word."""
    while (position := text.find(fragment, position)) >= 0:
        before = text[position - 1 : position]
        after = text[position + len(fragment) : position + len(fragment) + 1]
        cuts_before = before.isalnum() and fragment[:1].isalnum()
        cuts_after = after.isalnum() and fragment[-1:].isalnum()
        if not cuts_before and not cuts_after:
            return position
        position += 1
    return -1


def missing(text: str, fragments: Sequence[str]) -> int:
    """Give the number of the first fragment that does not stand after those before it, or -1."""
    position = 0
    for number, fragment in enumerate(fragments):
        found = find(text, fragment, position)
        if found < 0:
            return number
        position = found + len(fragment)
    return -1


def placings(
    text: str,
    fragments: Sequence[str],
    paragraphs: Sequence[int],
    meant: tuple[int, int] | None = None,
) -> list[Placing]:
    """Give the ways in which fragments can stand in a text in order, the best first.

    There is one for each place of the first of them. Best is where fewest are apart, then
    what is nearest to the stretch that is ``meant``, then what is nearest together. All of them
    must stand there (see `missing`); ``paragraphs`` are the places at which paragraphs begin.
    The time that it takes grows with the number of places at which fragments occur.
    """
    search = _Search(text, fragments, paragraphs, meant)
    for fragment in fragments:
        search.add(fragment)
    return search.found()


_JOINED, _PROMISED, _APART = range(3)
"""How a fragment stands: joined to a long one, or long itself; near one that is still to be joined;
or neither."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A fragment at a place, and the best way there: the step before it, and what it costs."""

    start: int
    end: int
    apart: int
    distance: int
    gap: int
    is_apart: bool = False
    before: _Step | None = None

    @property
    def cost(self) -> tuple[int, int, int]:
        """What tells which of two ways is better for all that can follow."""
        return self.apart, self.distance, self.gap - self.end


class _Search:
    """Finds the best ways fragment by fragment: of what stands before, only the cost matters."""

    def __init__(
        self,
        text: str,
        fragments: Sequence[str],
        paragraphs: Sequence[int],
        meant: tuple[int, int] | None,
    ) -> None:
        self._text, self._paragraphs = text, paragraphs
        self._begin, self._end = meant or (0, len(text))
        self._is_meant = meant is not None
        self._all_short = all(map(is_short, fragments))
        self._steps: list[list[_Step]] = []

    def add(self, fragment: str) -> None:
        """Go on from all places of the fragment before to those of this one."""
        short = is_short(fragment)
        before = _Before(self._steps) if self._steps else None
        self._steps = [[], [], []]
        for start in occurrences(self._text, fragment):
            end = start + len(fragment)
            distance = max(0, self._begin - end, start - self._end)
            if before is None:
                state = _PROMISED if short else _JOINED
                self._steps[state].append(_Step(start, end, 0, distance, 0))
                if short:
                    self._steps[_APART].append(_Step(start, end, 1, distance, 0, is_apart=True))
                continue
            before.come_to(start, self._near(start))
            for state, former in before.ways(short=short):
                apart = state == _APART
                self._steps[state].append(
                    _Step(
                        start,
                        end,
                        former.apart + apart,
                        former.distance + distance,
                        former.gap + start - former.end,
                        apart,
                        former,
                    )
                )

    def _near(self, start: int) -> int:
        """Give from where on the end of another fragment is near to one that begins here."""
        number = bisect_right(self._paragraphs, start) - 1
        paragraph = self._paragraphs[number] if number >= 0 else 0
        near = min(max(paragraph, start - PARAGRAPH), start - NEAR)
        if self._is_meant and self._begin <= start <= self._end:
            return min(near, self._begin)
        return near

    def found(self) -> list[Placing]:
        """Give the placings."""
        steps = [*self._steps[_JOINED], *self._steps[_APART]]
        if self._all_short:
            steps += self._steps[_PROMISED]
        placings: dict[int, Placing] = {}
        for last in sorted(steps, key=lambda step: (step.apart, step.distance, step.gap)):
            way = [last]
            while (before := way[-1].before) is not None:
                way.append(before)
            way.reverse()
            apart = tuple(number for number, step in enumerate(way) if step.is_apart)
            starts = tuple(step.start for step in way)
            placing = Placing(starts, last.end, apart, last.distance, last.gap)
            placings.setdefault(starts[0], placing)
        return list(placings.values())


class _Before:
    """The steps to the fragment before, as they come to stand before one place after another."""

    def __init__(self, steps: list[list[_Step]]) -> None:
        self._coming = [deque(of_state) for of_state in steps]
        self._best: _Step | None = None
        self._near: tuple[deque[_Step], deque[_Step]] = (deque(), deque())

    def come_to(self, start: int, near: int) -> None:
        """Take the steps that end before a place, and leave those that end before what is near."""
        for state, coming in enumerate(self._coming):
            while coming and coming[0].end <= start:
                step = coming.popleft()
                if state != _PROMISED and (self._best is None or step.cost <= self._best.cost):
                    self._best = step
                if state != _APART:
                    beside = self._near[state]
                    while beside and beside[-1].cost >= step.cost:
                        beside.pop()
                    beside.append(step)
        for beside in self._near:
            while beside and beside[0].end < near:
                beside.popleft()

    def ways(self, *, short: bool) -> Iterator[tuple[int, _Step]]:
        """Give the steps from which to go on to a fragment here, each with how it then stands."""
        joined, promised = (beside[0] if beside else None for beside in self._near)
        if not short:
            if best := _better(self._best, promised):
                yield _JOINED, best
            return
        if joined:
            yield _JOINED, joined
        if best := _better(self._best, promised):
            yield _PROMISED, best
        if self._best:
            yield _APART, self._best


def _better(one: _Step | None, other: _Step | None) -> _Step | None:
    if one is None or other is None:
        return one or other
    return one if one.cost < other.cost else other
