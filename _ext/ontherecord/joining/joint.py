"""The joint Edition: all records of all volumes beside the front's own, for registers of all.

It is made from the ``edition.json`` of each volume. A document of a volume is named after it,
as ``2017/articles/some-report``, which is also where it is below the front's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.edition import Edition
from ontherecord.evidence.ledger import Ledger
from ontherecord.records import Annotation, Contradiction, Document, Record, edition_of
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.evidence.ledger import Entry
    from ontherecord.records import Source


class Gathered:
    """What a front keeps of its volumes: the records at home in them, and the sources.

    Volumes are taken one after the other, and of each no more is kept than registers show:
    of a large archive's text nothing stays in memory.
    """

    def __init__(self) -> None:
        """Begin with no volume."""
        self.documents: dict[str, Document] = {}
        self.sources: dict[str, Source] = {}
        self.formats: dict[str, frozenset[str]] = {}
        self.homes: dict[str, str] = {}
        self.twice: list[tuple[str, str, str, int]] = []
        self.ledger: dict[str, list[Entry]] = {}
        self._at_issue: dict[str, dict[tuple[str, str], None]] = {}

    def take(self, name: str, volume: Edition) -> None:
        """Take a volume; what it has as a copy is another's, or the front's.

        An identifier that another volume has is kept with where it is used again.
        """
        self.formats[name] = frozenset(volume.imprint.formats)
        for key, source in volume.sources.items():
            self.sources.setdefault(key, source)
        for case in volume.contradictions.values():
            for pair in case.at_issue:
                self._at_issue.setdefault(case.id, {}).setdefault(pair)
        for identifier, entries in volume.ledger.entries.items():
            if any(entry.event != "published" for entry in entries):
                self.ledger.setdefault(identifier, entries)
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
                records=tuple(_placed(one, place) for one in records),
                marks=document.marks,
            )

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
        return replace(record, at_issue=tuple(self._at_issue[record.id]))


def joined(own: Edition, volumes: Gathered) -> Edition:
    """Give the Edition of the front's records and of those at home in volumes.

    What volumes call ``NAME:ID`` is one of the records again.
    """
    made = Edition(
        {**own.documents, **dict(volumes.with_issues())},
        {**volumes.sources, **own.sources},
        own.language,
        ledger=Ledger({**volumes.ledger, **own.ledger.entries}, own.ledger.problems),
        imprint=own.imprint,
        remote=own.remote,
    )
    made.references = own.references
    return made


def _placed(record: Record, place: str) -> Record:
    """Give a record of a volume as the joint Edition has it: its place, and plain identifiers."""
    made: Record = replace(record, origin=replace(record.origin, docname=place))
    if isinstance(made, Contradiction):
        return replace(
            made,
            between=tuple(map(_plain, made.between)),
            answered_by=tuple(map(_plain, made.answered_by)),
        )
    if isinstance(made, Annotation):
        return replace(made, on=_plain(made.on))
    return made


def _plain(name: str) -> str:
    return name[len(edition_of(name)) :].lstrip(":")
