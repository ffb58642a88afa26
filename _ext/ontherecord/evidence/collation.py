"""Wordings aligned word by word.

Each wording is aligned with the quote's own, and what it has besides with what
the others have besides, by `difflib`. CollateX, the field's tool, was tried:
where wordings overlap only in part, as excerpts in the news do, it sets
unlike words in one column and misses the overlap, and ten readings of a
thousand words take it half a minute. ``benchmarks/collation.py`` measures both.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.tokens import Token, Witness, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_UNLIKE: Final = 3
"""How many times longer one of two stretches may be to stand for the other word by word."""

Numbers = tuple[int | None, ...]
Stretch = tuple[int, int]


@dataclass(frozen=True)
class Collation:
    """An alignment: each column holds, for each witness, the number of its word there or none.

    Witnesses are named by their place in the order given; the first is the
    quote in the wording of its source.
    """

    witnesses: tuple[Witness, ...]
    columns: tuple[Numbers, ...]

    def token(self, column: int, witness: int) -> Token | None:
        """Give a witness's word in a column."""
        index = self.columns[column][witness]
        return None if index is None else self.witnesses[witness].tokens[index]

    @cached_property
    def differing(self) -> tuple[bool, ...]:
        """Whether witnesses have different words in each column."""
        tokens = [witness.tokens for witness in self.witnesses]
        return tuple(
            [
                len({of[n].norm for of, n in zip(tokens, column, strict=True) if n is not None}) > 1
                for column in self.columns
            ]
        )

    @cached_property
    def extents(self) -> tuple[tuple[int, int], ...]:
        """First column, and column after the last, of each witness; equal where it has no word."""
        found = []
        for witness in range(len(self.witnesses)):
            have = [n for n, column in enumerate(self.columns) if column[witness] is not None]
            found.append((have[0], have[-1] + 1) if have else (0, 0))
        return tuple(found)


def collate(wordings: Sequence[tuple[str, ...]], brackets: Sequence[str] = ()) -> Collation:
    """Align wordings, each given as its fragments; the others are held against the first.

    ``brackets`` says, for each, whose its words in square brackets are: the edition's, if not said.
    """
    whose = brackets or ["edition"] * len(wordings)
    witnesses = tuple(map(tokenise, wordings, whose))
    stretches = {n: (0, len(witness.tokens)) for n, witness in enumerate(witnesses)}
    columns = _align(witnesses, stretches)
    return Collation(witnesses, tuple(columns))


def _align(witnesses: Sequence[Witness], stretches: dict[int, Stretch]) -> list[Numbers]:
    """Align one stretch of each of several witnesses; the first of them is the base.

    What others have between two words of the base is aligned in the same way, without it.
    """
    stretches = {n: stretch for n, stretch in stretches.items() if stretch[1] > stretch[0]}
    if not stretches:
        return []
    base, *others = stretches
    first, last = stretches[base]
    norms = [token.norm for token in witnesses[base].tokens[first:last]]
    at: list[dict[int, int]] = [{base: first + index} for index in range(len(norms))]
    besides: list[dict[int, Stretch]] = [{} for _ in range(len(norms) + 1)]
    for other in others:
        from_, to = stretches[other]
        words = [token.norm for token in witnesses[other].tokens[from_:to]]
        one, more_words = witnesses[base].tokens[first:last], witnesses[other].tokens[from_:to]
        matches = _settle(_matches(norms, words), one, more_words)
        i, j = 0, 0
        for i2, j2, size in [*matches, (len(norms), len(words), 0)]:
            paired = min(i2 - i, j2 - j) if _alike(i2 - i, j2 - j) else 0
            for offset in range(paired):
                at[i + offset][other] = from_ + j + offset
            if j2 > j + paired:
                besides[i2][other] = (from_ + j + paired, from_ + j2)
            for offset in range(size):
                at[i2 + offset][other] = from_ + j2 + offset
            i, j = i2 + size, j2 + size
    columns: list[Numbers] = []
    for index, more in enumerate(besides):
        if more:
            columns += _align(witnesses, more)
        if index < len(norms):
            columns.append(tuple(at[index].get(n) for n in range(len(witnesses))))
    return columns


def _matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Give the stretches that two wordings share, in order: where each begins, and how long it is.

    The longest comes first, then the longest to its left and right; of two that
    are as long, the one nearer to what is matched already, so that a word of an
    excerpt is not found far away from its neighbours.
    """
    forward = SequenceMatcher(None, one, other, autojunk=False)
    backward = SequenceMatcher(None, one[::-1], other[::-1], autojunk=False)
    found: list[tuple[int, int, int]] = []
    todo = [(0, len(one), 0, len(other), False)]
    while todo:
        i1, i2, j1, j2, is_left = todo.pop()
        if i1 >= i2 or j1 >= j2:
            continue
        if is_left:
            n, m = len(one), len(other)
            match = backward.find_longest_match(n - i2, n - i1, m - j2, m - j1)
            i, j = n - match.a - match.size, m - match.b - match.size
        else:
            match = forward.find_longest_match(i1, i2, j1, j2)
            i, j = match.a, match.b
        if match.size:
            found.append((i, j, match.size))
            todo += [(i1, i, j1, j, True), (i + match.size, i2, j + match.size, j2, False)]
    return sorted(found)


def _settle(
    matches: list[tuple[int, int, int]], one: Sequence[Token], other: Sequence[Token]
) -> list[tuple[int, int, int]]:
    """Begin what only one wording has where a sentence begins, if it can as well begin there.

    In "It was so. It went on. It ended." either "It went on." or "went on. It" is
    what "It was so. It ended." lacks; the first is meant.
    """
    settled = list(matches)
    for index in range(1, len(settled)):
        i, j, size = settled[index - 1]
        i2, j2, size2 = settled[index]
        if (i + size == i2) == (j + size == j2):
            continue  # Neither has more between the two, or both have.
        longer, begin, end = (other, j + size, j2) if i + size == i2 else (one, i + size, i2)
        shift = 0
        while shift < size and longer[begin - 1 - shift].norm == longer[end - 1 - shift].norm:
            shift += 1
            if shift < size and longer[begin - 1 - shift].ends:
                settled[index - 1] = (i, j, size - shift)
                settled[index] = (i2 - shift, j2 - shift, size2 + shift)
                break
    return settled


def _alike(one: int, other: int) -> bool:
    return max(one, other) <= MOST_UNLIKE * min(one, other)
