"""The ledger of identifiers: every one that was ever published, and what became of it.

Lines are only ever added. Their order means nothing but the date, so that two
branches merge by union.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ontherecord.dates import bounds
from ontherecord.problems import Problem, nearest
from ontherecord.records import IDENTIFIER, KINDS, Quote, kind_of
from ontherecord.settings import LEDGER
from ontherecord.texts import decoded_if_there
from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ontherecord.edition import Edition
    from ontherecord.records import Record

MEANINGS: Final = {
    "date": "the day of the event",
    "id": "the identifier",
    "kind": "what kind of record it is",
    "event": "what happened to it",
    "fingerprint": "the SHA-256 of a quotation's words; empty for other records",
    "label": "the record as it was cited: speaker and opening words, or title",
    "target": "the identifier to which it moved",
    "reason": "why it was revised, moved or withdrawn",
}
COLUMNS: Final = tuple(MEANINGS)
EVENT_MEANINGS: Final = {
    "published": "it was published for the first time",
    "revised": "a quotation has other words, or another speaker, from then on",
    "moved": "another record stands for it from then on",
    "withdrawn": "it is gone, for the reason given",
}
EVENTS: Final = tuple(EVENT_MEANINGS)
NAME: Final = LEDGER
"""Where the ledger is, beside ``conf.py``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger; ``line`` counts from 1, the heading included."""

    date: str
    id: str
    kind: str
    event: str
    fingerprint: str
    label: str
    target: str
    reason: str
    line: int = 0

    @property
    def order(self) -> tuple[str, int]:
        """What puts an identifier's events in order: the date, then what can follow what."""
        return self.date, EVENTS.index(self.event)


@dataclass(slots=True)
class Ledger:
    """The ledger's entries by identifier, each in order of time, and what is wrong with it.

    ``older`` are identifiers of which nothing is kept, but that they were published long ago.
    """

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    older: set[str] = field(default_factory=set)

    def standing(self, identifier: str) -> Entry | None:
        """Give the latest event of an identifier, or nothing if it was never published."""
        entries = self.entries.get(identifier)
        return entries[-1] if entries else None

    def revisions(self, identifier: str) -> list[Entry]:
        """Give an identifier's publication and its revisions, in order."""
        known = self.entries.get(identifier, [])
        return [entry for entry in known if entry.event in {"published", "revised"}]

    def corrections(self) -> list[Entry]:
        """Give every revision, move and withdrawal, the latest first."""
        found = [
            entry
            for entries in self.entries.values()
            for entry in entries
            if entry.event != "published"
        ]
        found.sort(key=lambda entry: entry.id)
        return sorted(found, key=lambda entry: entry.date, reverse=True)

    def moved_to(self, identifier: str) -> str:
        """Give where a moved identifier is now, through all moves, or nothing in a circle."""
        seen = {identifier}
        standing = self.standing(identifier)
        while standing and standing.event == "moved":
            if standing.target in seen:
                return ""
            seen.add(standing.target)
            identifier = standing.target
            standing = self.standing(identifier)
        return identifier


def load(path: Path, name: str = NAME) -> Ledger:
    """Read the ledger; there may be none. What cannot be read is a problem with its line."""
    ledger = Ledger()
    text, wrong = decoded_if_there(path)
    if wrong:
        ledger.problems.append(Problem(name, 1, "unreadable-file", f"{name} {wrong}"))
    if not text:
        return ledger
    lines = text.splitlines()
    seen: dict[tuple[str, ...], int] = {}
    for number, row in _rows(lines, name, ledger):
        entry = _entry(row, number, name, ledger)
        if entry is None:
            continue
        key = tuple(row)
        if key in seen:
            _note(ledger, name, number, f"this line repeats line {seen[key]}: remove one")
            continue
        seen[key] = number
        ledger.entries.setdefault(entry.id, []).append(entry)
    for entries in ledger.entries.values():
        entries.sort(key=lambda entry: entry.order)
    return ledger


def _note(ledger: Ledger, name: str, line: int, message: str) -> None:
    ledger.problems.append(Problem(name, line, "bad-ledger", message))


def _rows(lines: list[str], name: str, ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
    """Give the rows below the heading, each with its line."""
    heading = list(COLUMNS)
    if not lines or next(csv.reader([lines[0]]), []) != heading:
        _note(ledger, name, 1, f"the first line must be {','.join(COLUMNS)}")
        return
    for number, line in enumerate(lines[1:], 2):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            _note(
                ledger,
                name,
                number,
                "a merge has left its marker here: keep the lines of both sides, "
                "and remove the marker",
            )
        elif line.strip():
            yield number, next(csv.reader([line]), [])


def _entry(row: list[str], number: int, name: str, ledger: Ledger) -> Entry | None:
    if len(row) != len(COLUMNS):
        message = f"has {len(row)} columns, and needs {len(COLUMNS)}: {','.join(COLUMNS)}"
        _note(ledger, name, number, message)
        return None
    date, identifier, kind, event, words, label_, target, reason = row
    entry = Entry(date, identifier, kind, event, words, label_, target, reason, number)
    wrong = ""
    if entry.event not in EVENTS:
        wrong = f'"{entry.event}" is no event; write one of {", ".join(EVENTS)}'
    elif entry.kind not in KINDS:
        wrong = f'"{entry.kind}" is no kind of record; write one of {", ".join(KINDS)}'
    elif not IDENTIFIER.fullmatch(entry.id):
        wrong = f'"{entry.id}" is no identifier'
    elif entry.event == "moved" and not entry.target:
        wrong = "says that it moved, and not to which: name it in the column target"
    elif entry.event in {"withdrawn", "revised"} and not entry.reason.strip():
        wrong = f"says that it was {entry.event}, and not why: write that in the column reason"
    else:
        try:
            bounds(entry.date)
        except ValueError:
            wrong = f'"{entry.date}" is no date such as 2017-02-23'
    if wrong:
        _note(ledger, name, number, wrong)
        return None
    return entry


def check(ledger: Ledger, edition: Edition, name: str = NAME) -> list[Problem]:
    """Give what is wrong between the ledger and the edition: gone, used again, or changed."""
    problems = list(ledger.problems)
    for identifier in ledger.entries:
        standing = ledger.standing(identifier)
        record = edition.records.get(identifier)
        if standing is None:
            continue
        if standing.event in {"moved", "withdrawn"}:
            problems += _check_gone(ledger, edition, standing, record, name)
        elif record is None:
            problems.append(
                Problem(
                    name,
                    standing.line,
                    "published-gone",
                    f'the {standing.kind} "{identifier}" ({standing.label}) was published on '
                    f"{standing.date} and is gone{nearest(identifier, edition.records)}: put it "
                    "back, or add a line that says `moved` and to which, or `withdrawn` and why",
                )
            )
        else:
            problems += _check_current(ledger, edition, standing, record)
    return problems


def _check_gone(
    ledger: Ledger, edition: Edition, standing: Entry, record: Record | None, name: str
) -> Iterator[Problem]:
    if record is not None:
        yield Problem(
            *record.origin.place,
            "reused-id",
            f'"{record.id}" was {standing.event} on {standing.date}, and no identifier is used '
            "again: give this record another",
        )
    if standing.event == "moved" and ledger.moved_to(standing.id) not in edition.records:
        target = ledger.standing(ledger.moved_to(standing.id))
        if target is None or target.event != "withdrawn":
            yield Problem(
                name,
                standing.line,
                "moved-nowhere",
                f'"{standing.id}" moved to "{standing.target}", which leads to no record'
                f"{nearest(standing.target, edition.records)}",
            )


def _check_current(
    ledger: Ledger, edition: Edition, standing: Entry, record: Record
) -> Iterator[Problem]:
    if kind_of(record) != standing.kind:
        yield Problem(
            *record.origin.place,
            "reused-id",
            f'"{record.id}" was published as a {standing.kind}, and no identifier is used again: '
            "give this record another",
        )
    elif isinstance(record, Quote) and standing.fingerprint:
        now = edition.words(record).fingerprint
        if not record.speaker:
            return  # That nobody is named is said already.
        if not is_attributed(edition, record, standing):
            yield Problem(
                *record.origin.place,
                "revised-words",
                f'"{record.id}" was published on {standing.date} as {standing.label}, and is now '
                f"said to be {edition.speaker_name(record)}'s: put that back, enter the former "
                "name among the speaker's aliases, or enter the revision with "
                f"`ontherecord publish --revise {record.id} --reason …`",
            )
        elif now != standing.fingerprint:
            yield Problem(
                *record.origin.place,
                "revised-words",
                f'the words of "{record.id}" are not those published on {standing.date}: put them '
                "back, or enter the revision with "
                f"`ontherecord publish --revise {record.id} --reason …`",
            )


def is_attributed(edition: Edition, quote: Quote, standing: Entry) -> bool:
    """Tell whether a quote is still its published speaker's, by name or alias."""
    speaker = edition.speakers.get(quote.speaker)
    names = [speaker.name, *speaker.aliases] if speaker else [quote.speaker]
    published = standing.label.rpartition(", “")[0] if ", “" in standing.label else ""
    return not published or published in names


def label(edition: Edition, record: Record) -> str:
    """Give a record as it is cited: speaker and opening words, or title."""
    if isinstance(record, Quote):
        return f"{edition.speaker_name(record)}, “{edition.label(record)}”"
    return edition.label(record)


def entry_for(edition: Edition, record: Record, event: str, date: str, reason: str = "") -> Entry:
    """Make the entry that publishes or revises a record."""
    words = edition.words(record).fingerprint if isinstance(record, Quote) else ""
    return Entry(date, record.id, kind_of(record), event, words, label(edition, record), "", reason)


def unpublished(ledger: Ledger, edition: Edition) -> list[Record]:
    """Give the records that no line of the ledger names, in order of their identifiers."""
    return [record for key, record in edition.own.items() if key not in ledger.entries]


def append(path: Path, entries: list[Entry]) -> None:
    """Add lines to the ledger, and begin one where there is none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not path.is_file() or not path.read_text(encoding="utf-8").strip():
        writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([" ".join(getattr(entry, name).split()) for name in COLUMNS])
    path.parent.mkdir(parents=True, exist_ok=True)
    existing = path.read_text(encoding="utf-8") if path.is_file() else ""
    glue = "" if not existing or existing.endswith("\n") else "\n"
    write_whole(path, existing + glue + text.getvalue())
