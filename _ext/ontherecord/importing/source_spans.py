"""Finds shown words in the Markdown that they are shown of.

What is found is a guess: whoever writes it must read the source anew and see that only the
marks have changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher
from typing import Final

from ontherecord.importing.folding import fold
from ontherecord.importing.shown_text import Block

_TOKEN: Final = re.compile(r"[^\W_]+|[^\s]")
_END: Final = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t>]*(?=\r|\n|\Z|:{3}|`{3}|~{3})")
"""A blank line, or a fence: no block of text goes on below."""

_MOST: Final = 12
"""Most places that are tried for one highlight: beyond these it is markup all around."""

_LARGEST: Final = 200_000
"""Largest block that is aligned, in characters: far beyond any paragraph."""

_NEAR: Final = (0, -1, 1, -2, 2, -3, 3)
"""Lines, from that which a block is said to begin on, that it may: directives miscount."""

_GAP: Final = 2_000
"""Longest stretches that are aligned by character where no word is the same."""


class Source:
    """The source of an article, by lines and blocks."""

    def __init__(self, text: str) -> None:
        """Take the text, with its line breaks as they are."""
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]

    def line_at(self, position: int) -> int:
        """Give the line, from 1, of a place in the text."""
        return bisect_right(self._starts, position)

    def segment(self, line: int) -> tuple[int, int]:
        """Give where the block that begins on a line stands."""
        if not 1 <= line <= len(self._starts):
            return 0, 0
        begin = self._starts[line - 1]
        end = _END.search(self.text, begin)
        return begin, end.start() if end else len(self.text)


def spans(block: Block, begin: int, end: int, source: Source) -> list[tuple[int, int]]:
    """Give places in the source where a stretch of a block's folded text may stand, best first.

    The first has the words alone; others have markup before and after them as well.
    """
    for step in _NEAR:
        start, stop = source.segment(block.line + step)
        if not 0 < stop - start <= _LARGEST:
            continue
        written = fold(source.text[start:stop])
        places = align(block.folded.text, written.text)
        first, last = places[begin], places[end - 1]
        if first >= 0 and last >= 0:
            break
    else:
        return []
    left = start + written.starts[first]
    right = start + written.ends[last]
    before = max((place for place in places[:begin] if place >= 0), default=-1)
    after = min((place for place in places[end:] if place >= 0), default=-1)
    lowest = start + (written.ends[before] if before >= 0 else 0)
    highest = start + written.starts[after] if after >= 0 else stop
    lefts = _steps(source.text[lowest:left].lstrip()[::-1])
    rights = _steps(source.text[right:highest].rstrip())
    found = [(left - one, right + other) for one in lefts for other in rights]
    # Markup stands in pairs: first nothing of it, then all, then a part.
    most = {(left - one, right + other) for one in lefts[-2:] for other in rights[-2:]}
    found.sort(key=lambda span: (span != (left, right), span not in most, span[1] - span[0]))
    return found[:_MOST]


def _steps(markup: str) -> list[int]:
    """Give how much of the markup right after words may be taken to them: none, some, all.

    What white space parts from the words, such as the sign of a list, may be left.
    """
    joined = len(markup) - len(markup.lstrip()) or len(re.split(r"\s", markup, maxsplit=1)[0])
    short = range(1, len(markup)) if len(markup) <= 4 else ()
    return sorted({0, *short, joined, len(markup)})


def align(shown: str, written: str) -> list[int]:
    """Give for each character of a shown text where it stands in the source, or -1."""
    places = [-1] * len(shown)
    ones, others = list(_TOKEN.finditer(shown)), list(_TOKEN.finditer(written))
    matcher = SequenceMatcher(
        None, [one[0] for one in ones], [one[0] for one in others], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(ones[i1:i2], others[j1:j2], strict=True):
                for step in range(len(one[0])):
                    places[one.start() + step] = other.start() + step
        elif tag == "replace":
            a, b = (
                (ones[i1].start(), ones[i2 - 1].end()),
                (others[j1].start(), others[j2 - 1].end()),
            )
            if max(a[1] - a[0], b[1] - b[0]) > _GAP:
                continue
            inner = SequenceMatcher(None, shown[slice(*a)], written[slice(*b)], autojunk=False)
            for match in inner.get_matching_blocks():
                for step in range(match.size):
                    places[a[0] + match.a + step] = b[0] + match.b + step
    return places
