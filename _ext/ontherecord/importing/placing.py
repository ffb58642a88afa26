"""Places the highlights of one article: finds them, drafts them, and holds the result to its word.

Nothing is taken for granted: each draft is read back, with all others, and dropped unless the
article then has the same words in the same markup, and just the marks and records that are new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from ontherecord.importing import anchoring, drafting
from ontherecord.importing.anchoring import Found, NotFound, Several
from ontherecord.importing.drafting import Draft, Style
from ontherecord.importing.highlights import Highlight, Unfit, unfit
from ontherecord.importing.shown_text import Block, ShownText
from ontherecord.importing.source_spans import Source, spans
from ontherecord.problems import Problem

_BY_HAND: Final = "mark it by hand"


@dataclass(frozen=True)
class Trial:
    """What reading an article's source gave: its text, its records' ids, and complaints."""

    blocks: tuple[Block, ...]
    records: tuple[str, ...]
    problems: Counter[Problem] = field(default_factory=Counter)
    warnings: Counter[tuple[int, str]] = field(default_factory=Counter)


class Identifiers:
    """The identifiers that are taken: of the edition, and of drafts made meanwhile."""

    def __init__(self, is_taken: Callable[[str], bool]) -> None:
        """Take what tells whether the edition has or had an identifier."""
        self._is_taken = is_taken
        self._new: set[str] = set()

    def __contains__(self, name: object) -> bool:
        """Tell whether an identifier is taken."""
        return name in self._new or self._is_taken(str(name))

    def make(self, words: str) -> str:
        """Make an identifier of words, and take it."""
        name = drafting.identifier(words, self)
        self._new.add(name)
        return name


@dataclass(slots=True)
class Placed:
    """What became of an article's highlights; ``source`` is the article with the drafts in it."""

    source: str
    drafts: list[Draft] = field(default_factory=list)
    unfit: list[Unfit] = field(default_factory=list)
    known: list[Highlight] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A draft that has yet to hold, and the places in the source that are left to try."""

    draft: Draft
    others: tuple[tuple[int, int], ...]


class Article:
    """An article that highlights are placed in."""

    def __init__(
        self,
        name: str,
        source: str,
        read: Callable[[str], Trial],
        identifiers: Identifiers,
        style: Style,
    ) -> None:
        """Take the path that messages name, the source, and what reads a source of the article."""
        self._name = name
        self._source = Source(source)
        self._read = read
        self._identifiers = identifiers
        self._style = style
        self._before = read(source)
        self._shown = ShownText(self._before.blocks)
        self._placed = Placed(source)
        self._taken: list[tuple[Found, str]] = []

    def place(self, highlights: Iterable[Highlight], others: Mapping[str, str]) -> Placed:
        """Place highlights; those whose annotation was drafted before are left alone.

        ``others`` are folded texts that pages show and that are not the article's own, by what
        they are.
        """
        known = drafting.drafted_before(self._source.text)
        new = [one for one in highlights if one.key not in known]
        self._placed.known = [one for one in highlights if one.key in known]
        located = self._located(new, others)
        while located:
            located = self._place_free(located)
        self._placed.source = drafting.write(self._source.text, self._placed.drafts, self._style)
        return self._placed

    def _place_free(
        self, located: list[tuple[Highlight, Found | NotFound]]
    ) -> list[tuple[Highlight, Found | NotFound]]:
        """Place highlights, and give those that overlap others which then were not placed."""
        waiting: list[_Waiting] = []
        overlapping: list[tuple[Highlight, Found, str]] = []
        for highlight, found in located:
            if isinstance(found, NotFound):
                self._refuse(highlight, found.message, found.line)
            elif reason := self._reason_against(found):
                self._refuse(highlight, reason, self._block(found).line)
            elif name := self._overlapped(found):
                overlapping.append((highlight, found, name))
            elif (one := self._drafted(highlight, found)) is not None:
                waiting.append(one)
        self._settle(waiting)
        drafted = {draft.id for draft in self._placed.drafts}
        self._taken = [(found, name) for found, name in self._taken if name in drafted]
        again: list[tuple[Highlight, Found | NotFound]] = []
        for highlight, found, name in overlapping:
            if name not in drafted:
                again.append((highlight, found))
                continue
            words = anchoring.brief(self._words(found))
            message = f"“{words}” overlaps words that become “{name}” in this import: {_BY_HAND}"
            self._refuse(highlight, message, self._block(found).line)
        return again

    def _overlapped(self, found: Found) -> str:
        """Give the draft whose words a stretch overlaps, or nothing."""
        for other, name in self._taken:
            is_same = other.block == found.block
            if is_same and other.begin < found.end and found.begin < other.end:
                return name
        return ""

    def _refuse(self, highlight: Highlight, message: str, line: int) -> None:
        place = f"{self._name}:{line}" if line else self._name
        self._placed.unfit.append(unfit(highlight, f"{place}: {message}"))

    def _block(self, found: Found) -> Block:
        return self._shown.blocks[found.block]

    def _words(self, found: Found) -> str:
        block = self._block(found)
        begin, end = anchoring.inner(found, block)
        start, stop = block.folded.span(begin, end)
        return block.text[start:stop]

    # Where the words stand

    def _located(
        self, highlights: list[Highlight], others: Mapping[str, str]
    ) -> list[tuple[Highlight, Found | NotFound]]:
        """Find the words: those that surroundings decide, then those that positions do."""
        first = [(one, anchoring.locate(one, self._shown, others)) for one in highlights]
        known = [
            (one.start, self._shown.offsets[found.block] + found.begin)
            for one, found in first
            if isinstance(found, Found) and one.start is not None
        ]
        found_: list[tuple[Highlight, Found | NotFound]] = []
        for highlight, found in first:
            if isinstance(found, Several):
                decided = anchoring.decide_by_position(found, highlight.start, self._shown, known)
                by_hand = anchoring.say_several(found, highlight, self._shown)
                found_.append((highlight, decided or by_hand))
            else:
                found_.append((highlight, found))
        return found_

    def _reason_against(self, found: Found) -> str:
        """Say why words that were found cannot be marked, or nothing."""
        block = self._block(found)
        words = anchoring.brief(self._words(found))
        if block.record:
            return f"“{words}” is marked already: it stands in the block of “{block.record}”"
        if there := [one for one in block.marks if one[0] < found.end and found.begin < one[1]]:
            names = ", ".join(dict.fromkeys(f"“{record}”" for _, _, record in there))
            return f"“{words}” is marked already, whole or in part, as words of {names}"
        if block.file:
            return f"“{words}” comes from the file {block.file}, which is included: {_BY_HAND}"
        if block.kind == "heading":
            return f"“{words}” stands in a heading, where nothing is marked"
        pieces = {block.pieces[at].kind for at in block.pieces_at[found.begin : found.end]}
        if block.kind == "code" or "code" in pieces:
            return f"“{words}” stands in code, or has code in it, which cannot be marked"
        if "reference" in pieces:
            return (
                f"“{words}” has a reference in it, whose words or number the source does not have: "
                f"{_BY_HAND}"
            )
        return ""

    # What is written for them

    def _drafted(self, highlight: Highlight, found: Found) -> _Waiting | None:
        block = self._block(found)
        places = spans(block, found.begin, found.end, self._source)
        if not places:
            words = anchoring.brief(self._words(found))
            self._refuse(
                highlight,
                f"“{words}” is not found as it stands in the source: {_BY_HAND}",
                block.line,
            )
            return None
        begin, end = anchoring.inner(found, block)
        name = self._identifiers.make(self._words(found))
        self._taken.append((found, name))
        draft = Draft(name, highlight, *places[0], found.block, begin, end)
        return _Waiting(draft, tuple(places[1:]))

    def _settle(self, waiting: list[_Waiting]) -> None:
        """Take the drafts that hold, all at once where they do, else by halves."""
        drafts = [one.draft for one in waiting]
        if not drafts:
            return
        reason = self._wrong(drafts)
        if not reason:
            self._placed.drafts += drafts
        elif len(waiting) > 1:
            half = len(waiting) // 2
            self._settle(waiting[:half])
            self._settle(waiting[half:])
        else:
            self._try_others(waiting[0], reason)

    def _try_others(self, waiting: _Waiting, reason: str) -> None:
        draft = waiting.draft
        for begin, end in waiting.others:
            other = Draft(
                draft.id, draft.highlight, begin, end, draft.block, draft.first, draft.last
            )
            if not self._wrong([other]):
                self._placed.drafts.append(other)
                return
        block = self._shown.blocks[draft.block]
        start, stop = block.folded.span(draft.first, draft.last)
        words = anchoring.brief(block.text[start:stop])
        line = self._source.line_at(draft.begin)
        self._refuse(draft.highlight, f"“{words}” cannot be marked: {reason}", line)

    def _wrong(self, drafts: list[Draft]) -> str:
        """Say what would be wrong with the article if these drafts were added, or nothing."""
        drafts = [*self._placed.drafts, *drafts]
        ordered = sorted(drafts, key=lambda one: one.begin)
        if any(one.end > other.begin for one, other in pairwise(ordered)):
            return f"its markup is that of other words as well; {_BY_HAND}"
        after = self._read(drafting.write(self._source.text, drafts, self._style))
        return difference(self._before, after, drafts, self._source.line_at(len(self._source.text)))


def difference(before: Trial, after: Trial, drafts: list[Draft], last_line: int) -> str:
    """Say how an article differs from what it was and is to be, or nothing where it does not.

    ``last_line`` is that of the source before; what is lacking in the records below it, a speaker
    and a source, is for the editor to find out.
    """
    new = after.problems - before.problems
    wrong = [
        problem
        for problem in sorted(new)
        if not (problem.subtype == "missing-option" and problem.line >= last_line)
    ]
    if wrong:
        return wrong[0].message
    texts = [one.folded.text for one in before.blocks]
    if texts != [one.folded.text for one in after.blocks]:
        return f"it begins or ends within other markup, which would be broken; {_BY_HAND}"
    if [one.shape for one in before.blocks] != [one.shape for one in after.blocks]:
        return f"the markup around it would be broken; {_BY_HAND}"
    wanted = Counter((draft.block, draft.first, draft.last, draft.id) for draft in drafts)
    if _marks(after) != _marks(before) + wanted:
        return f"other words than these would be marked; {_BY_HAND}"
    if Counter(after.records) != Counter([*before.records, *(draft.id for draft in drafts)]):
        return "a record below it would not be read: look for a fence that is never closed"
    if complaints := after.warnings - before.warnings:
        return f"{min(complaints)[1]}; {_BY_HAND}"
    return ""


def _marks(trial: Trial) -> Counter[tuple[int, int, int, str]]:
    return Counter(
        (number, *one) for number, block in enumerate(trial.blocks) for one in block.marks
    )
