"""What stands in one article's file: the records that concern it, and how they are pointed at."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from ontherecord import vocabulary
from ontherecord.evidence.witnesses import taken_from
from ontherecord.exchange.tei.elements import address, identifier, language
from ontherecord.records import Annotation, Contradiction, Quote, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ontherecord.edition import Edition
    from ontherecord.exchange.tei.elements import Element
    from ontherecord.records import Document, Record, Source

VOCABULARIES: Final[Mapping[str, Mapping[str, str]]] = {
    "annotation-type": vocabulary.ANNOTATION_TYPES,
    "brackets": vocabulary.BRACKETS,
    "contiguous": vocabulary.CONTIGUOUS,
    "kind": vocabulary.CONTRADICTION_KINDS,
    "mode": vocabulary.MODES,
    "relation": vocabulary.RELATIONS,
    "speaker-kind": vocabulary.SPEAKER_KINDS,
    "status": vocabulary.STATUSES,
    "time-is": vocabulary.TIME_IS,
    "witness": vocabulary.WITNESSES,
}
"""The closed lists of words, by the names of their taxonomies."""

_R = TypeVar("_R", Speaker, Contradiction, Annotation)

_PREFIXES: Final = {
    Speaker: "speaker",
    Quote: "utterance",
    Contradiction: "contradiction",
    Annotation: "note",
}


@dataclass
class Article:
    """An article and what concerns it, in the order of identifiers, quotes in that of time.

    ``places`` gathers, by record, the ``xml:id`` of each element in which its words are marked,
    ``given``, by quote, that of each paragraph that its record gives here, and ``fragments``
    the elements that are fragments of one another, each with its number and its ``xml:id``;
    ``categories``, ``editors`` and ``languages`` gather what the header has to explain.
    """

    edition: Edition
    document: Document
    places: dict[str, list[str]] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)
    fragments: dict[str, list[tuple[int, str, Element]]] = field(default_factory=dict)
    categories: set[tuple[str, str]] = field(default_factory=set)
    editors: dict[str, int] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Number the editors of the edition, who come first."""
        for name in self.edition.imprint.editors:
            self.editor(name)

    @cached_property
    def written(self) -> list[Record]:
        """The records that are written in the article."""
        known = self.edition.records
        return [one for one in self.document.records if known.get(one.id) is one]

    @cached_property
    def quotes(self) -> list[Quote]:
        """The quotes that are written or marked in the article."""
        return self.edition.quotes_by_document.get(self.document.docname, [])

    @cached_property
    def speakers(self) -> list[Speaker]:
        """Those who are quoted, and those whose record is written in the article."""
        known = self.edition.speakers
        found = {one.id: one for one in self.written if isinstance(one, Speaker)}
        found |= {one.speaker: known[one.speaker] for one in self.quotes if one.speaker in known}
        return _sorted(found.values())

    @cached_property
    def cases(self) -> list[Contradiction]:
        """The contradictions and tensions that a quote of the article is a side of or answers."""
        found = {one.id: one for one in self.written if isinstance(one, Contradiction)}
        for quote in self.quotes:
            for by_quote in (self.edition.contradictions_of, self.edition.answers_of):
                found |= {case.id: case for case in by_quote.get(quote.id, ())}
        return _sorted(found.values())

    @cached_property
    def notes(self) -> list[Annotation]:
        """The notes that are written here, on passages here, or on a record of the file."""
        found = {one.id: one for one in self.written if isinstance(one, Annotation)}
        known = self.edition.annotations
        for mark in self.document.marks:
            if mark.record in known:
                found[mark.record] = known[mark.record]
        on: list[str] = [*found]
        on += [one.id for several in (self.quotes, self.speakers, self.cases) for one in several]
        while on:
            for note in self.edition.annotations_on.get(on.pop(), ()):
                if note.id not in found:
                    found[note.id] = note
                    on.append(note.id)
        return _sorted(found.values())

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources of the quotes and notes, and those that they were taken from."""
        todo = [key for quote in self.quotes for key in self.edition.sources_of(quote)]
        todo += [note.source for note in self.notes]
        found: set[str] = set()
        while todo:
            key = todo.pop()
            if key in self.edition.sources and key not in found:
                found.add(key)
                todo += taken_from(self.edition, key)
        return {key: self.edition.sources[key] for key in sorted(found)}

    @cached_property
    def witnesses(self) -> list[str]:
        """The sources whose wording of a quote stands in the apparatus."""
        found = {
            key
            for quote in self.quotes
            if quote.readings
            for key in (quote.source, *(reading.source for reading in quote.readings))
        }
        return sorted(found & self.sources.keys())

    @cached_property
    def topics(self) -> dict[str, str]:
        """The topics of the quotes, each with its ``xml:id``."""
        named = sorted({topic for quote in self.quotes for topic in quote.topics})
        return {topic: f"topic-{number}" for number, topic in enumerate(named, 1)}

    def claim(self, name: str) -> str | None:
        """Give a name as ``xml:id`` to the first that asks for it, and nothing to others."""
        if name in self.taken:
            return None
        self.taken.add(name)
        return name

    @cached_property
    def _here(self) -> dict[str, str]:
        records: list[Record] = [*self.quotes, *self.speakers, *self.cases, *self.notes]
        return {one.id: identifier(_PREFIXES[type(one)], one.id) for one in records}

    def own(self, record: Record) -> str:
        """Give the ``xml:id`` of the element that stands for a record."""
        return self._here[record.id]

    def holds(self, name: str) -> bool:
        """Tell whether an element of the file stands for a record."""
        return name in self._here

    def lemma(self, quote: Quote) -> list[str]:
        """Give the ``xml:id`` of each element that holds a part of a quote's words, in order.

        There are none where other elements than those of this article hold them.
        """
        if quote.block:
            return self.given.get(quote.id, [])
        is_home = self.edition.home(quote) == self.document.docname
        return self.places.get(quote.id, []) if is_home else []

    def record(self, name: str) -> str:
        """Give what points at a record: its element, else its permanent address, or nothing."""
        if name in self._here:
            return f"#{self._here[name]}"
        return self.absolute(self.edition.address(name))

    def permanent(self, name: str) -> str:
        """Give the permanent address of a record, from this file where the edition has none."""
        return self.absolute(self.edition.imprint.of_record(name))

    def absolute(self, below: str) -> str:
        """Give an address of the edition, from this file where the edition's is not known."""
        if not below or "://" in below or self.edition.imprint.address:
            return address(below)
        return address("../" * (self.document.docname.count("/") + 2) + below)

    def source(self, key: str) -> str:
        """Give what points at a source of the file, or nothing."""
        return f"#{identifier('source', key)}" if key in self.sources else ""

    def witness(self, key: str) -> str:
        """Give what points at a witness, or nothing."""
        return f"#{identifier('witness', key)}" if key in self.sources else ""

    def category(self, name: str, value: str) -> str:
        """Give what points at a word of a closed list, which the header then explains."""
        if not value:
            return ""
        self.categories.add((name, value))
        return f"#{identifier('category', f'{name}-{value}')}"

    def brackets(self, whose: str) -> str:
        """Give what says that words in square brackets are the source's, where they are."""
        return self.category("brackets", whose) if whose == "source" else ""

    def lang(self, tag: str) -> str | None:
        """Give a language for ``xml:lang``, or nothing; the header then names it."""
        said = language(tag) if tag else None
        if said:
            self.languages.add(said)
        return said

    def editor(self, name: str) -> str:
        """Give what points at an editor, whom the header then names."""
        return f"#editor-{self.editors.setdefault(name, len(self.editors) + 1)}" if name else ""


def _sorted(records: Iterable[_R]) -> list[_R]:
    return sorted(records, key=lambda record: record.id)
