"""Finds highlighted words in the text that a page shows of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from ontherecord.evidence.matching import verify
from ontherecord.importing.folding import fold, letters, one_line
from ontherecord.importing.highlights import Highlight
from ontherecord.importing.shown_text import Block, ShownText
from ontherecord.words import outer_marks

_NOTE_NUMBERS: Final = re.compile(r"(?<=[^\w\s]) ?\d{1,4}(?=\s|$)|¶")
"""What a page may set among the words: the number of a note, and the sign beside a heading."""

_ENOUGH: Final = 12
"""Letters of the surroundings that must agree where neither side agrees as a whole."""

_CROSSING: Final = 8
"""Characters of words in one paragraph and in a later one that show that they run over both."""

_SHORT: Final = 3
"""Words of which there may be fewer only where the surroundings agree as well."""

_LIKE: Final = 0.6
"""How much of the words must be in the nearest passage, for it to be worth naming."""

_LONGEST: Final = 300
"""Most words for which the nearest passage is sought."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where highlighted words stand: a block by its number, and a stretch of its folded text."""

    block: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Several:
    """Places between which the surroundings of the words do not decide."""

    places: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why words were not found, and what to do."""

    message: str
    line: int = 0


def locate(
    highlight: Highlight, shown: ShownText, others: Mapping[str, str] | None = None
) -> Found | Several | NotFound:
    """Find a highlight's words in one block of the text.

    Where they stand in several places the text before and after decides (W3C Web Annotation
    Data Model, 4.2.4), or the block that the target names. ``others`` are folded texts that a
    page shows and that are not the article's, by what they are.
    """
    wanted = fold(highlight.exact).text
    places = list(_all(wanted, shown))
    if not places:
        # With the numbers left out they may be other words: only good for saying what is there.
        bare = fold(_NOTE_NUMBERS.sub("", highlight.exact)).text
        places = [place for place in _all(bare, shown) if not _is_free(place, shown)]
    if not places:
        return _not_found(highlight.exact, shown, others or {})
    decided = _decide(places, highlight, shown)
    if not isinstance(decided, Found):
        return decided
    text = shown.blocks[decided.block].folded.text
    if _cuts(text, decided.begin) or _cuts(text, decided.end):
        return NotFound(
            f"“{brief(highlight.exact)}” begins or ends within a word: mark whole words",
            _line(decided, shown),
        )
    place = _with_quotation_marks(decided, shown.blocks[decided.block])
    if place is None:
        return NotFound(f"“{brief(highlight.exact)}” has no letter or figure: mark words")
    return place


def _all(wanted: str, shown: ShownText) -> Iterator[Found]:
    if not wanted:
        return
    for number, block in enumerate(shown.blocks):
        begin = block.folded.text.find(wanted)
        while begin >= 0:
            yield Found(number, begin, begin + len(wanted))
            begin = block.folded.text.find(wanted, begin + 1)


def _is_free(place: Found, shown: ShownText) -> bool:
    """Tell whether nothing is marked there yet, and marking is possible."""
    block = shown.blocks[place.block]
    is_marked = any(begin < place.end and place.begin < end for begin, end, _ in block.marks)
    return block.kind == "text" and not block.record and not is_marked


def _cuts(text: str, position: int) -> bool:
    return text[position - 1 : position].isalnum() and text[position : position + 1].isalnum()


def _line(place: Found, shown: ShownText) -> int:
    return shown.blocks[place.block].line


def brief(text: str) -> str:
    """Give a text as a message quotes it."""
    text = one_line(text)
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


# Which of several


def _decide(
    places: list[Found], highlight: Highlight, shown: ShownText
) -> Found | Several | NotFound:
    named = [place for place in places if shown.blocks[place.block].anchor == highlight.fragment]
    places = named if highlight.fragment and named else places
    prefix, suffix = letters(fold(highlight.prefix).text), letters(fold(highlight.suffix).text)
    scored = [(_agreement(place, prefix, suffix, shown), place) for place in places]
    if len(places) == 1:
        (agreement, place) = scored[0]
        is_short = len(highlight.exact.split()) < _SHORT
        if is_short and not named and (prefix or suffix) and not agreement.any:
            return NotFound(
                f"“{brief(highlight.exact)}” stands in other surroundings than those that were "
                "marked: look whether these are the words meant, and mark them by hand",
                _line(place, shown),
            )
        return place
    best = max(agreement.total for agreement, _ in scored)
    first = [(agreement, place) for agreement, place in scored if agreement.total == best]
    (agreement, place) = first[0]
    if len(first) == 1 and (agreement.whole or agreement.total >= _ENOUGH):
        return place
    return Several(tuple(place for _, place in (first if len(first) > 1 else scored)))


@dataclass(frozen=True, slots=True)
class _Agreement:
    """How many letters before and after agree, and whether that is all or any of one side."""

    total: int
    whole: bool
    any: bool


def _agreement(place: Found, prefix: str, suffix: str, shown: ShownText) -> _Agreement:
    start = shown.letters_until(place.block, place.begin)
    end = shown.letters_until(place.block, place.end)
    before = _common(reversed(prefix), reversed(shown.letters[max(0, start - len(prefix)) : start]))
    after = _common(suffix, shown.letters[end : end + len(suffix)])
    text = shown.blocks[place.block].folded.text
    # Beyond a block's edge a page has notes, so that nothing need agree there.
    at_edge = not letters(text[: place.begin]) or not letters(text[place.end :])
    return _Agreement(
        before + after,
        (bool(prefix) and before == len(prefix)) or (bool(suffix) and after == len(suffix)),
        at_edge or (before >= min(4, len(prefix)) > 0) or (after >= min(4, len(suffix)) > 0),
    )


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def decide_by_position(
    several: Several, start: int | None, shown: ShownText, known: Iterable[tuple[int, int]]
) -> Found | None:
    """Choose by where a client says that the words begin, or give nothing where that leaves doubt.

    A client counts from the page's beginning, and counts menus and cards as well: what it counts
    too many grows from each place to the next. ``known`` pairs places in the page with those in
    the article, as found for other highlights.
    """
    if start is None:
        return None
    pairs = [(0, 0), *known]
    possible, alike = [], []
    for place in several.places:
        offset = shown.offsets[place.block] + place.begin
        slack = 2 * place.block + 2  # What stands between two blocks, as clients count it.
        more = start - offset
        if all(
            more >= page - own - slack if own <= offset else more <= page - own + slack
            for page, own in pairs
        ):
            possible.append(place)
            before = max((pair for pair in pairs if pair[1] <= offset), key=lambda pair: pair[1])
            if abs(more - (before[0] - before[1])) <= slack:
                alike.append(place)
    if len(possible) == 1:
        return possible[0]
    return alike[0] if len(alike) == 1 else None


def say_several(several: Several, highlight: Highlight, shown: ShownText) -> NotFound:
    """Say that words stand in several places."""
    lines = sorted({_line(place, shown) for place in several.places})
    where = ", ".join(map(str, lines))
    return NotFound(
        f"“{brief(highlight.exact)}” stands in {len(several.places)} places "
        f"(line{'s' if len(lines) > 1 else ''} {where}), and the text before and after it does "
        "not tell which is meant: mark it by hand",
        lines[0],
    )


# The quotation marks around the words


def _with_quotation_marks(place: Found, block: Block) -> Found | None:
    """Take in the quotation marks right around the words, and leave off one that has no fellow."""
    text = block.folded.text
    begin, end = place.begin, place.end

    def is_quotation(first: int, last: int) -> bool:
        if first < 0 or last > len(text):
            return False
        start, stop = block.folded.span(first, last)
        return bool(outer_marks(block.text[start:stop])[0])

    while begin < end:
        words = text[begin:end]
        if words[0] == " ":
            begin += 1
        elif words[-1] == " ":
            end -= 1
        elif is_quotation(begin, end):
            break
        elif is_quotation(begin - 1, end + 1):
            begin, end = begin - 1, end + 1
            break
        elif words[0] == '"' and words.count('"') % 2:
            begin += 1
        elif words[-1] == '"' and words.count('"') % 2:
            end -= 1
        else:
            break
    return replace(place, begin=begin, end=end) if re.search(r"\w", text[begin:end]) else None


def inner(place: Found, block: Block) -> tuple[int, int]:
    """Give where the words begin and end, without the quotation marks around them."""
    text = block.folded.text
    start, stop = block.folded.span(place.begin, place.end)
    if not outer_marks(block.text[start:stop])[0]:
        return place.begin, place.end
    words = text[place.begin + 1 : place.end - 1]
    begin = place.begin + 1 + len(words) - len(words.lstrip())
    return begin, begin + len(words.strip())


# Words that were not found


def _not_found(exact: str, shown: ShownText, others: Mapping[str, str]) -> NotFound:
    short, wanted = brief(exact), fold(exact).text
    if crossing := _crossing(wanted, shown):
        first, last = crossing
        return NotFound(
            f"“{short}” runs over several paragraphs (lines {first} to {last}): mark each by hand, "
            "or make it a block quotation",
            first,
        )
    for what, text in others.items():
        if wanted and wanted in text:
            return NotFound(
                f"“{short}” stands in {what}, and not in the article's own text: "
                "there is nothing to mark"
            )
    nearest, line = _nearest(wanted, shown)
    hint = f"; nearest to it is “{brief(nearest)}”" if nearest else ""
    return NotFound(
        f"“{short}” is not in the article{hint}: the text has changed since, or it is another's; "
        "look whether the words still stand there, and mark them by hand",
        line,
    )


def _crossing(wanted: str, shown: ShownText) -> tuple[int, int] | None:
    """Give the lines of the blocks in which words begin and end, where these are two."""
    blocks = shown.blocks
    begins = ends = None
    for number, block in enumerate(blocks):
        text = block.folded.text
        if begins is None and _overlap(text, wanted) >= _CROSSING:
            begins = number
        elif begins is not None and _overlap(wanted, text) >= _CROSSING:
            ends = number
    if begins is None or ends is None:
        return None
    return blocks[begins].line, blocks[ends].line


def _overlap(one: str, other: str) -> int:
    """Give how much of the end of one text is the beginning of another."""
    start = 0
    probe = other[:_CROSSING]
    while probe and (start := one.find(probe, start)) >= 0:
        if other.startswith(one[start:]):
            return len(one) - start
        start += 1
    return 0


def _nearest(wanted: str, shown: ShownText) -> tuple[str, int]:
    """Give the passage that is most like the words, and its line, where one is like them."""
    if len(wanted.split()) > _LONGEST:
        return "", 0
    result = verify(shown.capture, wanted)
    likeness = SequenceMatcher(None, result.nearest, wanted, autojunk=False).ratio()
    if likeness < _LIKE or not 1 <= result.line <= len(shown.blocks):
        return "", 0
    return result.nearest, shown.blocks[result.line - 1].line
