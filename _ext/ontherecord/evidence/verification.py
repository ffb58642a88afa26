"""Readings held against captures: what is found, what is not, and the control of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.captures import Capture, Captures, Unreadable, read
from ontherecord.evidence.matching import altered, verify
from ontherecord.evidence.verifications import Verification
from ontherecord.problems import Problem, nearest
from ontherecord.words import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ontherecord.edition import Edition
    from ontherecord.records import Quote


_LINES: Final = re.compile(
    r"\b(?:lines?|l[ií]neas?)\s+(\d+)(?:\s*(?:[-‐‑–—]+|to|a)\s*(\d+))?\b", re.IGNORECASE
)
"""Lines of a capture, as a locator names them: ``line 427``, ``lines 427–430``."""

_MOST_LISTED: Final = 8
"""How many lines a message lists: a transcript may have "Yes." fifty times."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording to be verified: of a quote in its source, or of a reading."""

    quote: Quote
    source: str
    words: str
    fragments: tuple[str, ...]
    locator: str
    docname: str
    line: int
    brackets: str = "edition"

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the wording's fragments."""
        return fingerprint(self.fragments)


def wordings(edition: Edition) -> dict[str, list[Wording]]:
    """Give all wordings of an edition by source, each in order of quote."""
    found: dict[str, list[Wording]] = {}
    for quote in edition.quotes.values():
        words, docname = edition.words(quote), quote.origin.place[0]
        first = Wording(
            quote,
            quote.source,
            words.text,
            words.fragments,
            quote.locator,
            docname,
            quote.origin.line,
            quote.brackets,
        )
        found.setdefault(quote.source, []).append(first)
        for reading in quote.readings:
            found.setdefault(reading.source, []).append(
                Wording(
                    quote,
                    reading.source,
                    reading.words,
                    (reading.words,),
                    reading.locator,
                    docname,
                    reading.line,
                    reading.brackets,
                )
            )
    return {source: found[source] for source in sorted(found) if source}


def captured(edition: Edition, captures: Captures) -> Iterator[tuple[Capture | str, list[Wording]]]:
    """Give each capture that a source has, or what is wrong with it, and the source's wordings."""
    for source, of_source in wordings(edition).items():
        path = captures.path(source)
        if path is None:
            continue
        capture: Capture | str
        try:
            capture = read(path)
        except Unreadable as error:
            capture = f"the capture {path.name} {error}"
        yield capture, of_source


@dataclass(frozen=True, slots=True)
class Report:
    """What captures say of an edition."""

    verified: tuple[Verification, ...]
    problems: tuple[Problem, ...]


def verify_all(
    edition: Edition, captures: Captures, known: Sequence[Verification], today: str = ""
) -> Report:
    """Hold every wording of a source that has a capture against it, one capture after the other."""
    if not captures.are_there:
        return Report((), ())
    verified: list[Verification] = []
    problems = list(_strangers(edition, captures))
    before = {(one.quote, one.source, one.fingerprint): one for one in known}
    for capture, of_source in captured(edition, captures):
        if isinstance(capture, str):
            first = of_source[0]
            problems.append(Problem(first.docname, first.line, "unreadable-capture", capture))
            continue
        for wording in of_source:
            if not wording.words:
                continue
            row = before.get((wording.quote.id, wording.source, wording.fingerprint))
            problems += _changed(wording, capture, row)
            found, line = _hold(wording, capture)
            problems += found
            if line:
                verified.append(_verification(wording, capture, line, row, today))
    return Report(tuple(verified), tuple(problems))


def _strangers(edition: Edition, captures: Captures) -> Iterator[Problem]:
    """Give the files that look like captures and are of no source, with the source they may mean.

    One that has no capture yet is rather meant than one that has.
    """
    known = {*edition.sources, *wordings(edition)}
    for name, path in captures.strangers(known):
        without = [source for source in known if captures.path(source) is None]
        hint = nearest(path.stem.lower(), without) or nearest(path.stem.lower(), known)
        message = (
            f'the capture {path.name} is of no source, and is not read: there is no "{path.stem}" '
            f"in the bibliography{hint}: name it as the source's key, with .txt or .md"
        )
        yield Problem(name, 1, "unknown-capture", message)


def uncaptured(edition: Edition, captures: Captures) -> dict[str, list[Wording]]:
    """Give the wordings whose sources have no capture, by source."""
    return {
        source: those
        for source, of_source in wordings(edition).items()
        if captures.path(source) is None and (those := [one for one in of_source if one.words])
    }


def lines_meant(locator: str) -> tuple[int, int] | None:
    """Give the first and last line of a capture that a locator names, or nothing."""
    match = _LINES.search(locator)
    if not match:
        return None
    first, last = match[1], match[2] or match[1]
    if len(last) < len(first):  # As in "427–30".
        last = first[: -len(last)] + last
    return int(first), max(int(first), int(last))


def _hold(wording: Wording, capture: Capture) -> tuple[list[Problem], int]:
    """Hold a wording and its control against a capture; give the line on which it was found.

    No line is given where the words are not there, or it is not known at which place they are.
    """
    meant = lines_meant(wording.locator)
    result = verify(capture, wording.words, meant, brackets=wording.brackets)
    name, quote = capture.path.name, wording.quote.id
    place = (wording.docname, wording.line)
    if not result.found:
        nearest = f"; nearest, on line {result.line}: {result.difference}" if result.line else ""
        message = (
            f'the capture {name} does not have the words of "{quote}" as '
            f"{wording.source} prints them{nearest}: mend the words, or mark what was left out "
            "with […]"
        )
        return [Problem(*place, "unverified-words", message)], 0
    if result.apart:
        words, line = result.apart[0]
        message = (
            f'the capture {name} has "{words}" of "{quote}" only far from the words beside it, '
            f"on line {line}: mend the words, or say in `locator` on which lines all of them "
            "stand, as in `lines 12–30`"
        )
        return [Problem(*place, "words-apart", message)], 0
    problems = []
    changed = altered(wording.words, wording.brackets)
    if verify(capture, changed, brackets=wording.brackets, explain=False).found:
        message = f'the capture {name} also "has" words that were altered: look at it'
        problems.append(Problem(*place, "control-held", message))
    is_said = bool(wording.locator) and not meant and not result.short
    if len(result.lines) > 1 and not is_said:
        problems.append(Problem(*place, "words-twice", _twice(wording, name, result.lines)))
        return problems, 0
    return problems, result.line


def _twice(wording: Wording, name: str, lines: Sequence[int]) -> str:
    listed = [str(line) for line in dict.fromkeys(lines)]
    if len(listed) > _MOST_LISTED:
        listed[_MOST_LISTED:] = [f"and {len(listed) - _MOST_LISTED} more"]
    where = f"the lines {', '.join(listed)}" if len(listed) > 1 else f"line {listed[0]} twice"
    return (
        f'the capture {name} has the words of "{wording.quote.id}" on {where}: '
        "say in `locator` which are meant, as in `line 12`"
    )


def _changed(wording: Wording, capture: Capture, row: Verification | None) -> Iterator[Problem]:
    if row and row.capture_sha256 != capture.sha256:
        yield Problem(
            wording.docname,
            wording.line,
            "changed-capture",
            f"the capture {capture.path.name} is not the one that the words of "
            f'"{wording.quote.id}" were verified against on {row.verified}: '
            "look at what changed, and run `ontherecord verify`",
        )


def _verification(
    wording: Wording, capture: Capture, line: int, row: Verification | None, today: str
) -> Verification:
    same = row is not None and row.capture_sha256 == capture.sha256
    return Verification(
        quote=wording.quote.id,
        source=wording.source,
        fingerprint=wording.fingerprint,
        capture_sha256=capture.sha256,
        swhid=capture.swhid,
        locator=f"line {line}",
        verified=row.verified if row is not None and same else today,
    )
