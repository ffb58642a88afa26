"""The joint Edition: all records of all volumes beside the front's own, for registers of all.

It is made from the ``edition.json`` of each volume. A document of a volume is named after it,
as ``2017/articles/some-report``, which is also where it is below the front's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.edition import Edition
from ontherecord.evidence.ledger import Ledger
from ontherecord.exchange.formats.feed import newest
from ontherecord.records import (
    Annotation,
    Contradiction,
    Document,
    Record,
    by_statement,
    edition_of,
)
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ontherecord.records import RemoteQuote, Source


class Gathered:
    """What a front keeps of its volumes: the records at home in them, and the sources.

    Volumes are taken one after the other, and of each no more is kept than registers show:
    of a large archive's text nothing stays in memory.
    """

    def __init__(self, parts: Iterable[str]) -> None:
        """Begin with no volume; ``parts`` are the names of all, and of the front."""
        self._parts = frozenset(parts)
        self.remote: dict[str, RemoteQuote] = {}
        self.documents: dict[str, Document] = {}
        self.sources: dict[str, Source] = {}
        self.formats: dict[str, frozenset[str]] = {}
        self.homes: dict[str, str] = {}
        self.gone: dict[str, str] = {}
        self.twice: list[tuple[str, str, str, int]] = []
        self.ledger = Ledger()
        self._at_issue: dict[str, dict[tuple[str, str], None]] = {}

    def take(self, name: str, volume: Edition) -> None:
        """Take a volume; what it has as a copy is another's, or the front's.

        An identifier that another volume has is kept with where it is used again. Of what was
        only published, the ledger's lines are kept where the feed may have them; what it has no
        record of any more is ``gone``.
        """
        self.formats[name] = frozenset(volume.imprint.formats)
        for key, source in volume.sources.items():
            self.sources.setdefault(key, source)
        for named, quote in volume.remote.items():
            if edition_of(named) not in self._parts:
                self.remote.setdefault(named, quote)
        for case in volume.contradictions.values():
            for pair in case.at_issue:
                self._at_issue.setdefault(case.id, {}).setdefault(pair)
        new = {one.id for one in newest(volume)}
        for identifier, entries in volume.ledger.entries.items():
            if identifier not in volume.records:
                self.gone[identifier] = name
            if identifier in new or any(entry.event != "published" for entry in entries):
                self.ledger.entries.setdefault(identifier, entries)
            else:
                self.ledger.older.add(identifier)
        for docname, document in volume.documents.items():
            records = [one for one in document.records if one.id in volume.own]
            if not records and not document.date:
                continue
            place = f"{name}/{docname}"
            for one in records:
                if one.id in self.homes:
                    self.twice.append((one.id, self.homes[one.id], place, one.origin.line))
                self.homes.setdefault(one.id, name)
            self.documents[place] = Document(
                place,
                document.title,
                document.date,
                document.description,
                records=tuple(self._placed(one, place) for one in records),
                marks=document.marks,
            )

    def _placed(self, record: Record, place: str) -> Record:
        """Give a volume's record as the joint Edition has it: its place, and plain identifiers."""
        return plain(replace(record, origin=replace(record.origin, docname=place)), self._parts)

    def with_issues(self) -> Iterator[tuple[str, Document]]:
        """Give the documents by name; each case has the words at issue of all its statements.

        Every volume has those of its own.
        """
        for place, document in self.documents.items():
            if any(one.id in self._at_issue for one in document.records):
                records = tuple(map(self._with_issues, document.records))
                yield place, replace(document, records=records)
            else:
                yield place, document

    def _with_issues(self, record: Record) -> Record:
        if not isinstance(record, Contradiction) or record.id not in self._at_issue:
            return record
        statements = (*record.between, *record.answered_by)
        return replace(record, at_issue=by_statement(self._at_issue[record.id], statements))


def joined(own: Edition, volumes: Gathered) -> Edition:
    """Give the Edition of the front's records and of those at home in volumes.

    What volumes call ``NAME:ID`` is one of the records again, if it is of a part.
    """
    entries = {**volumes.ledger.entries, **own.ledger.entries}
    made = Edition(
        {**own.documents, **dict(volumes.with_issues())},
        {**volumes.sources, **own.sources},
        own.language,
        ledger=Ledger(entries, own.ledger.problems, volumes.ledger.older.difference(entries)),
        imprint=own.imprint,
        remote={**volumes.remote, **own.remote},
    )
    made.references = own.references
    return made


def plain(record: Record, parts: Collection[str]) -> Record:
    """Give a record that names those of other parts by their identifiers alone."""

    def named(name: str) -> str:
        part, _colon, identifier = name.rpartition(":")
        return identifier if part in parts else name  # Another edition's keeps its name.

    if isinstance(record, Contradiction):
        return replace(
            record,
            between=tuple(map(named, record.between)),
            answered_by=tuple(map(named, record.answered_by)),
        )
    if isinstance(record, Annotation):
        return replace(record, on=named(record.on))
    return record
