"""Which records, documents and sources may be shown otherwise than when files were last made.

What is shown of a record depends on others: a case shows its sides, a page the cases of its
quote, a label the names of speakers. So all that names something that has changed counts as
changed with it, along the few ways on which the edition shows one record with another. More
may be named here than has changed, and never less: what is named is made again and compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ontherecord.evidence.witnesses import taken_from
from ontherecord.records import Annotation, Contradiction, Quote, Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ontherecord.edition import Edition
    from ontherecord.keeping.kept import Given, Kept
    from ontherecord.records import Part


@dataclass(frozen=True, slots=True)
class Affected:
    """Identifiers of records, names of documents and keys of sources; ``all``: of all there are."""

    all: bool = False
    records: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.all or self.records or self.documents or self.sources)


EVERYTHING = Affected(all=True)


def affected(edition: Edition, before: Kept, now: Kept) -> Affected:
    """Give what may be shown otherwise than what was kept says."""
    if not before.whole or before.whole != now.whole:
        return EVERYTHING
    spread = _Spread(edition)
    for name in before.documents.keys() | now.documents.keys():
        old, new = before.documents.get(name), now.documents.get(name)
        if old is not new and not (old and new and _same(old, new)):
            spread.document(name, old, new)
    spread.sources(before.sources, now.sources)
    spread.references(before.references, now.references)
    spread.run()
    return Affected(
        False, frozenset(spread.own), frozenset(spread.documents), frozenset(spread.changed_sources)
    )


def _same(old: Given, new: Given) -> bool:
    return (old.page, old.head, old.text, old.units) == (new.page, new.head, new.text, new.units)


@dataclass(slots=True)
class _Spread:
    """Follows what has changed to all that may show it."""

    edition: Edition
    own: set[str] = field(default_factory=set)
    """Records of which something may be shown otherwise on their own page or in their own row."""
    documents: set[str] = field(default_factory=set)
    changed_sources: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    """Records that others may show otherwise."""
    _todo: list[str] = field(default_factory=list)
    _places: _Places | None = None

    def document(self, name: str, old: Given | None, new: Given | None) -> None:
        """Take what a document gave, and gives now."""
        self.documents.add(name)
        before = old.by_record() if old else {}
        now = new.by_record() if new else {}
        self.own.update(before, now)
        if old is None or new is None or old.head != new.head or old.page[:2] != new.page[:2]:
            self._todo += {**before, **now}  # An article's title and date stand with its records.
        for identifier in before.keys() | now.keys():
            one, other = before.get(identifier), now.get(identifier)
            if one != other:
                self._todo.append(identifier)
                for unit in filter(None, (one, other)):
                    self._todo += unit.about
                    self.own.update(filter(None, (unit.of,)))

    def sources(self, before: Mapping[str, bytes], now: Mapping[str, bytes]) -> None:
        """Take the digests of the bibliography's entries, and follow who took words from whom."""
        if before == now:
            return
        keys = before.keys() | now.keys()
        todo = [key for key in keys if before.get(key) != now.get(key)]
        takers: dict[str, list[str]] = {}
        for key in self.edition.sources:
            for named in taken_from(self.edition, key):
                takers.setdefault(named, []).append(key)
        while todo:
            key = todo.pop()
            if key not in self.changed_sources:
                self.changed_sources.add(key)
                todo += takers.get(key, ())
        for quote in self.edition.quotes.values():
            if not self.changed_sources.isdisjoint(self.edition.sources_of(quote)):
                self._todo.append(quote.id)
        for note in self.edition.annotations.values():
            if note.source in self.changed_sources:
                self._todo.append(note.id)
        for key in self.changed_sources:
            self._named("source", key)

    def references(self, before: Mapping[str, str], now: Mapping[str, str]) -> None:
        """Take what references show that are not to records."""
        if before != now:
            for value in before.keys() | now.keys():
                if before.get(value) != now.get(value):
                    self._named("reference", value)

    def run(self) -> None:
        """Follow all that was taken."""
        while self._todo:
            identifier = self._todo.pop()
            if identifier not in self._seen:
                self._seen.add(identifier)
                self.own.add(identifier)
                self._follow(identifier)
        self._find_documents()

    def _follow(self, identifier: str) -> None:
        """Go on to what shows a record; what is about one that is gone names it all the same."""
        edition = self.edition
        cases = [
            *edition.contradictions_of.get(identifier, ()),
            *edition.answers_of.get(identifier, ()),
        ]
        record = edition.records.get(identifier)
        self._todo += (case.id for case in cases)
        self._todo += (quote.id for quote in edition.quotes_by_speaker.get(identifier, ()))
        match record:
            case Quote():
                self.own.add(record.speaker)
            case Contradiction():
                shown = (*record.between, *record.answered_by)
                self.own.update(shown)  # And speakers, who have it below what they said.
                quotes = filter(None, map(edition.quotes.get, shown))
                self.own.update(quote.speaker for quote in quotes)
            case Annotation():
                self._todo += filter(None, (record.on,))
            case Speaker():
                # Whether posts overlap is seen by all that held the like.
                self.own.update(edition.speakers)
        self.own.update(note.id for note in edition.annotations_on.get(identifier, ()))
        self._named("record", identifier)

    def _named(self, kind: str, value: str) -> None:
        """Take the texts in which something is named by a reference, which shows its label."""
        if self._places is None:
            self._places = _Places(self.edition)
        self._todo += self._places.records.get((kind, value), ())
        for name in self._places.documents.get((kind, value), ()):
            document = self.edition.documents[name]
            self.documents.add(name)
            self.own.update(record.id for record in document.records)
            self.own.update(mark.record for mark in document.marks)

    def _find_documents(self) -> None:
        """Take the documents in which what has changed stands, and with it its context."""
        edition = self.edition
        for identifier in self.own:
            record = edition.records.get(identifier)
            if record is not None:
                self.documents.add(record.origin.docname)
            self.documents.update(edition.marks.get(identifier, ()))


class _Places:
    """Where editors name things: in which records' texts and words at issue, in which documents."""

    def __init__(self, edition: Edition) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.documents: dict[tuple[str, str], set[str]] = {}
        for name, document in edition.documents.items():
            for block in document.blocks:
                for part in block.parts:
                    if part.kind != "text":
                        self.documents.setdefault(_key(part), set()).add(name)
        for record in edition.records.values():
            if not isinstance(record, Quote):
                for paragraph in record.shown:
                    for part in paragraph:
                        if part.kind != "text":
                            self.records.setdefault(_key(part), []).append(record.id)
            if isinstance(record, Contradiction):
                for name, _words in record.at_issue:  # Which need not be a side.
                    self.records.setdefault(("record", name), []).append(record.id)


def _key(part: Part) -> tuple[str, str]:
    kind = part.kind if part.kind in {"source", "reference"} else "record"
    return kind, part.value
