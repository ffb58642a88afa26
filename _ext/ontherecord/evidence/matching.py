"""Holds words against a capture: where they stand in it, or what is nearest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.captures import fold
from ontherecord.evidence.places import NEAR, is_short, missing, placings
from ontherecord.words import editorial, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.evidence.captures import Capture

_SAYS: Final = re.compile(r"\w")
"""What words have, and marks between them have not."""

_AROUND: Final = "\"'()[]"
"""Quotation marks and brackets, as they are folded."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a capture says of a wording: found or not, on which lines, what is nearest.

    ``line`` is that of the wording's beginning, and counts from 1; ``lines`` are those of all
    places at which it can as well stand, in order. ``short`` says that it has no fragment but of a
    few words; ``apart`` are such fragments that stand only far from the others, each with the
    line. ``nearest`` and ``difference`` are empty where the words were found.
    """

    found: bool
    line: int = 0
    lines: tuple[int, ...] = ()
    short: bool = False
    apart: tuple[tuple[str, int], ...] = ()
    nearest: str = ""
    difference: str = ""


CLOSE: Final = 5
"""Lines from those that a locator names at which words still are what it means: editors name the
line at which a turn begins, and captures break lines where they like."""


def verify(
    capture: Capture,
    words: str,
    meant: tuple[int, int] | None = None,
    *,
    brackets: str = "edition",
    explain: bool = True,
) -> Result:
    """Hold words against a capture: each stretch between the editor's elisions, in order.

    Where they can stand in several places, the one is taken that is nearest to the lines
    ``meant``, and in which the stretches are nearest together. ``brackets`` says whose the words
    in square brackets are. Where words are not found, ``explain`` asks what is nearest, which
    takes longer than the rest.
    """
    fragments = folded_pieces(words, brackets)
    number = missing(capture.folded, fragments)
    if number >= 0:
        return _nearest(capture, fragments[number]) if explain else Result(found=False)
    if not fragments:
        return Result(found=False)
    stretch = capture.stretch(*meant) if meant else None
    best, *others = placings(capture.folded, fragments, capture.paragraphs, stretch)
    line = capture.line(best.starts[0])
    is_meant = meant is not None and (
        meant[0] - CLOSE <= capture.line(best.end - 1) and line <= meant[1] + CLOSE
    )
    short = all(map(is_short, fragments))
    rivals = [
        other.starts[0]
        for other in others
        if len(other.apart) == len(best.apart)
        and (other.distance == best.distance or not is_meant)
        and (other.gap == best.gap or short)
    ]
    lines = [line]
    for start in rivals:  # What is said twice in one breath stands in one place.
        is_far = abs(start - best.starts[0]) > NEAR and not is_meant
        if is_far or capture.line(start) != line:
            lines.append(capture.line(start))
    return Result(
        found=True,
        line=line,
        lines=tuple(sorted(lines)),
        short=short,
        apart=tuple((fragments[n], capture.line(best.starts[n])) for n in best.apart),
    )


def folded_pieces(words: str, brackets: str = "edition") -> list[str]:
    """Give the stretches of words that a capture must have, folded; of marks alone, no stretch."""
    folded = [fold(piece) for piece in pieces(words, brackets)]
    return [piece for piece in folded if _SAYS.search(piece)] or [*filter(None, folded)]


def _nearest(capture: Capture, piece: str) -> Result:
    """Give the passage that shares most words with a piece, and how the two differ."""
    asked = piece.split()
    wanted = [_bare(word) for word in asked]
    places = [(match.start(), match[0]) for match in re.finditer(r"\S+", capture.folded)]
    words = [_bare(word) for _, word in places]
    begin = _best_window(words, wanted)
    end = min(len(words), begin + len(wanted) + 2)
    begin = max(0, begin)
    matcher = SequenceMatcher(None, words[begin:end], wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if blocks:  # Leave out what stands before and after the passage.
        last = blocks[-1]
        end = min(end, begin + last.a + last.size + max(0, len(wanted) - last.b - last.size))
        begin += max(0, blocks[0].a - blocks[0].b)
    passage = [word for _, word in places[begin:end]]
    if passage and asked:  # What stands beside the passage, and in one word with it, is no matter.
        passage[0] = _from_asked(passage[0], asked[0])
        passage[-1] = _to_asked(passage[-1], asked[-1])
    line = capture.line(places[begin][0]) if places else 0
    return Result(
        found=False,
        line=line,
        nearest=" ".join(passage),
        difference=word_difference(passage, asked),
    )


def _from_asked(printed: str, asked: str) -> str:
    """Give the first word of a passage without the marks before it that are not asked for."""
    if printed.endswith(asked) and not printed.removesuffix(asked)[-1:].isalnum():
        return asked
    return printed if asked[:1] in _AROUND else printed.lstrip(_AROUND) or printed


def _to_asked(printed: str, asked: str) -> str:
    """Give the last word of a passage without the marks behind it that are not asked for."""
    if printed.startswith(asked) and not printed.removeprefix(asked)[:1].isalnum():
        return asked
    return printed if asked[-1:] in _AROUND else printed.rstrip(_AROUND) or printed


def _bare(word: str) -> str:
    """Give a word without the quotation marks and brackets around it."""
    return word.strip(_AROUND) or word


def _best_window(words: Sequence[str], wanted: Sequence[str]) -> int:
    """Give where the stretch begins that has most of the wanted words, as often as wanted."""
    size = len(wanted) + 1
    need = Counter(wanted)
    have: Counter[str] = Counter()
    shared = best = begin = 0
    for index, word in enumerate(words):
        have[word] += 1
        shared += have[word] <= need[word]
        if index >= size:
            gone = words[index - size]
            shared -= have[gone] <= need[gone]
            have[gone] -= 1
        if shared > best:
            best, begin = shared, index - size + 1
    return begin


def word_difference(printed: Sequence[str], read: Sequence[str]) -> str:
    """Give a difference of words: ``[-in the source-]``, ``{+in the edition+}``."""
    shown = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, printed, read, autojunk=False).get_opcodes():
        if tag == "equal":
            shown.append(" ".join(printed[i1:i2]))
            continue
        if i2 > i1:
            shown.append(f"[-{' '.join(printed[i1:i2])}-]")
        if j2 > j1:
            shown.append(f"{{+{' '.join(read[j1:j2])}+}}")
    return " ".join(shown)


def altered(words: str, brackets: str = "edition") -> str:
    """Give words with one of them changed: the control, which no capture may hold."""
    longest = max(re.findall(r"\w+", " ".join(pieces(words, brackets))) or [""], key=len)
    other = f"{longest}{longest[::-1]}x"
    parts = re.split(f"({editorial(brackets).pattern})", words)
    for index, part in enumerate(parts):
        if longest and index % 2 == 0 and longest in part:
            parts[index] = part.replace(longest, other, 1)
            return "".join(parts)
    return f"{words} x"
