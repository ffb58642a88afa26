"""The Edition: all records joined, indexed and ordered. It knows no Sphinx."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from ontherecord.dates import Order, order
from ontherecord.evidence.ledger import Ledger
from ontherecord.imprint import Imprint
from ontherecord.records import (
    Annotation,
    Block,
    Contradiction,
    Document,
    Mark,
    Part,
    Query,
    Quote,
    Record,
    RemoteQuote,
    Source,
    Speaker,
    Words,
    by_statement,
    copied_from,
    edition_of,
    kind_of,
)
from ontherecord.words import fingerprint, fold_space, join, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ontherecord.evidence.quote_evidence import Evidence
    from ontherecord.evidence.verifications import Verification

_MOST_UNPACKED: Final = 256
"""Documents whose blocks are held: those that an article names stand mostly near it."""

_R = TypeVar("_R", Speaker, Quote, Contradiction, Annotation)


class Edition:
    """All that was read, as one whole; made anew from the documents after each reading.

    Where an identifier is taken more than once the record that comes first by
    document and line holds it, whatever the order of reading was.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        sources: Mapping[str, Source],
        language: str = "en",
        *,
        ledger: Ledger | None = None,
        verifications: Iterable[Verification] = (),
        imprint: Imprint | None = None,
        remote: Mapping[str, RemoteQuote] | None = None,
    ) -> None:
        """Join the documents, the bibliography's sources, and what was published and verified.

        ``imprint`` says what the edition says of itself; it is known when pages are written.
        ``remote`` are the quotes of other editions that records name, by ``NAME:ID``.
        """
        self.imprint = imprint or Imprint()
        remote = remote or {}
        self.remote: Mapping[str, RemoteQuote] = {key: remote[key] for key in sorted(remote)}
        # What references to other than records show, by a part's value; known when all is read.
        self.references: Mapping[str, str] = {}
        self.ledger = ledger or Ledger()
        self.verifications = {
            (one.quote, one.source, one.fingerprint): one for one in verifications
        }
        self.documents = {name: documents[name] for name in sorted(documents)}
        self.sources = {key: sources[key] for key in sorted(sources)}
        self.language = language
        self.records: dict[str, Record] = {}
        self.duplicates: list[Record] = []
        for record in sorted(self._all(), key=lambda record: record.origin):
            if record.id in self.records:
                self.duplicates.append(record)
            else:
                self.records[record.id] = record

    def _all(self) -> Iterator[Record]:
        for document in self.documents.values():
            yield from document.records

    def _of(self, type_: type[_R]) -> dict[str, _R]:
        records = ((key, self.records[key]) for key in self._identifiers)
        return {key: record for key, record in records if isinstance(record, type_)}

    @cached_property
    def _identifiers(self) -> list[str]:
        return sorted(self.records)

    @cached_property
    def own(self) -> dict[str, Record]:
        """Records by identifier, in its order, without those that are another edition's.

        What has an address, and is counted and found once among several editions, is of these.
        """
        records = ((key, self.records[key]) for key in self._identifiers)
        return {key: record for key, record in records if not copied_from(record)}

    @cached_property
    def speakers(self) -> dict[str, Speaker]:
        """Speakers by identifier, in its order."""
        return self._of(Speaker)

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        """Quotes by identifier, in its order."""
        return self._of(Quote)

    @cached_property
    def contradictions(self) -> dict[str, Contradiction]:
        """Contradictions by identifier, in its order."""
        return self._of(Contradiction)

    @cached_property
    def annotations(self) -> dict[str, Annotation]:
        """Annotations by identifier, in its order."""
        return self._of(Annotation)

    @cached_property
    def articles(self) -> dict[str, Document]:
        """Documents that have a date, by name."""
        return {name: document for name, document in self.documents.items() if document.date}

    @cached_property
    def marks(self) -> dict[str, dict[str, tuple[Mark, ...]]]:
        """Marks by record and document, each in the order of the text."""
        gathered: dict[str, dict[str, tuple[Mark, ...]]] = {}
        for name, document in self.documents.items():
            here: dict[str, list[Mark]] = {}
            for mark in document.marks:
                here.setdefault(mark.record, []).append(mark)
            for record, marks in here.items():
                gathered.setdefault(record, {})[name] = tuple(marks)
        return gathered

    def resolve(self, references: Mapping[str, str]) -> None:
        """Take what references to other than records show."""
        self.references = references
        self.shown_blocks.clear()
        self._labels.clear()  # Of notes, which begin with their text.

    @cached_property
    def shown_blocks(self) -> dict[tuple[str, str], tuple[str, tuple[int, ...]]]:
        """Texts of blocks by document and anchor, as far as they are kept; see `segments`."""
        return {}

    @cached_property
    def collated(self) -> dict[str, Evidence]:
        """What wordings of quotes show, by quote, as far as it was asked for; see `evidence`."""
        return {}

    def blocks_of(self, docname: str) -> dict[str, Block]:
        """Give the blocks of a document in which words are marked, by anchor."""
        known = self._blocks.get(docname)
        if known is None:
            if len(self._blocks) >= _MOST_UNPACKED:
                self._blocks.clear()
            blocks = self.documents[docname].blocks
            known = self._blocks[docname] = {block.anchor: block for block in blocks}
        return known

    @cached_property
    def _blocks(self) -> dict[str, dict[str, Block]]:
        return {}

    def given_in(self, docname: str, identifier: str) -> list[str]:
        """Give the anchors of the paragraphs that a quote's own block has in a document."""
        known = self._given.get(docname)
        if known is None:
            document = self.documents.get(docname)
            known = self._given[docname] = _group(document.given if document else ())
        return known.get(identifier, [])

    @cached_property
    def _given(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def home(self, record: Record) -> str:
        """Give the document in which a record is at home.

        A quote or annotation written in an article is at home there; one
        written elsewhere is at home in the first article that marks it, by
        name, and failing that where it is written. Other records are at home
        where they are written.
        """
        home = self._homes.get(record.id)
        if home is None:
            home = self._homes[record.id] = self._find_home(record)
        return home

    @cached_property
    def _homes(self) -> dict[str, str]:
        return {}

    def _find_home(self, record: Record) -> str:
        written = record.origin.docname
        if isinstance(record, Speaker | Contradiction) or written in self.articles:
            return written
        marked = self.marks.get(record.id, {})
        if written in marked:
            return written
        return min(marked, key=lambda name: (name not in self.articles, name), default=written)

    def home_marks(self, record: Record) -> tuple[Mark, ...]:
        """Give the marks of a record in its home, in the order of the text."""
        return self.marks.get(record.id, {}).get(self.home(record), ())

    def words(self, quote: Quote) -> Words:
        """Give a quote's words: the block's, else those of the marks in its home."""
        known = self._words.get(quote.id)
        if known is None:
            known = self._words[quote.id] = self._read_words(quote)
        return known

    @cached_property
    def _words(self) -> dict[str, Words]:
        return {}

    def _read_words(self, quote: Quote) -> Words:
        if quote.block:
            return Words((quote.block,), quote.block)
        fragments = tuple(mark.words for mark in self.home_marks(quote))
        return Words(fragments, join(fragments, contiguous=quote.contiguous == "yes"))

    def anchor(self, record: Record) -> str:
        """Give the anchor under which a record stands in its home."""
        return f"{kind_of(record)}-{record.id}"

    def label(self, record: Record) -> str:
        """Give what a reference to a record shows where its author says nothing else."""
        known = self._labels.get(record.id)
        if known is None or self.records.get(record.id) is not record:
            known = self._label(record)
            if self.records.get(record.id) is record:
                self._labels[record.id] = known
        return known

    def paragraphs(self, record: Annotation | Contradiction | Speaker) -> tuple[str, ...]:
        """Give an editor's text, a paragraph each, with what its references say."""
        if not record.shown:
            return tuple(record.text.split("\n\n"))
        shown = ("".join(map(self.part, paragraph)) for paragraph in record.shown)
        return tuple(fold_space(paragraph) for paragraph in shown)

    def text(self, record: Annotation | Contradiction | Speaker) -> str:
        """Give an editor's text whole, its paragraphs parted by a blank line."""
        return "\n\n".join(self.paragraphs(record))

    def part(self, part: Part) -> str:
        """Give what a part of a text shows."""
        if part.kind == "reference":
            shown = self.references.get(part.value)
            return str(json.loads(part.value)["shown"]) if shown is None else shown
        if part.kind == "source":
            source = self.sources.get(part.value)
            return source.label if source else part.value
        if part.kind == "quote" and part.value in self.remote:
            return self.remote[part.value].label or part.value
        record = self.records.get(part.value) if part.kind != "text" else None
        # A note is named by its text, which may name this one.
        if isinstance(record, Annotation):
            return record.label
        return self.label(record) if record else part.value

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {}

    def _label(self, record: Record) -> str:
        match record:
            case Quote():
                return self.words(record).opening or record.id
            case Contradiction():
                names = [self.side_name(side) for side in record.between]
                return " / ".join(dict.fromkeys(filter(None, names))) or record.id
            case Annotation():
                return opening(" ".join(self.paragraphs(record))) or record.id
            case _:
                return record.label or record.id

    def side_name(self, side: str) -> str:
        """Give a side's speaker; of another edition's, where it is not known, that one's title."""
        remote = self.remote_quote(side)
        if remote is not None:
            return remote.speaker_name or remote.title
        return self.speaker_name(self.quotes.get(side))

    def remote_quote(self, identifier: str) -> RemoteQuote | None:
        """Give what is known of another edition's quote, or nothing for an identifier of ours.

        Where that edition's inventory does not have it, all that is known is its name.
        """
        if not edition_of(identifier):
            return None
        return self.remote.get(identifier) or RemoteQuote(identifier)

    def address(self, identifier: str) -> str:
        """Give the address by which a record is cited, and of another edition's where it stands.

        It counts from the edition's where that is not known; nothing is given of what is nowhere.
        """
        if identifier in self.records:
            return self.imprint.of_record(identifier)
        remote = self.remote.get(identifier)
        return remote.permanent or remote.address if remote else ""

    def speaker_name(self, quote: Quote | None) -> str:
        """Give the name of a quote's speaker, or the identifier where there is no such speaker."""
        if quote is None:
            return ""
        speaker = self.speakers.get(quote.speaker)
        return speaker.name if speaker else quote.speaker

    def post_of(self, quote: Quote) -> str:
        """Give the posts that a quote's speaker may have held on the day, by their titles."""
        speaker = self.speakers.get(quote.speaker)
        posts = speaker.posts_on(quote.spoken or None) if speaker else ()
        return "; ".join(dict.fromkeys(post.title for post in posts))

    @cached_property
    def contradictions_of(self) -> dict[str, list[Contradiction]]:
        """Contradictions by the quotes that they are between."""
        return _group(
            (side, contradiction)
            for contradiction in self.contradictions.values()
            for side in dict.fromkeys(contradiction.between)
        )

    def is_contradicted(self, identifier: str) -> bool:
        """Tell whether a quote stands in a contradiction; a mere tension does not count."""
        cases = self.contradictions_of.get(identifier, ())
        return any(case.relation != "tension" for case in cases)

    def is_in_tension(self, identifier: str) -> bool:
        """Tell whether a quote stands in a tension, whatever it contradicts besides."""
        cases = self.contradictions_of.get(identifier, ())
        return any(case.relation == "tension" for case in cases)

    def at_issue(self, identifier: str) -> tuple[str, ...]:
        """Give those words of a quote that a contradiction turns on, by the editor's word."""
        return self._at_issue.get((identifier, False), ())

    def in_tension(self, identifier: str) -> tuple[str, ...]:
        """Give those words of a quote that a tension turns on, by the editor's word."""
        return self._at_issue.get((identifier, True), ())

    def all_at_issue(self, case: Contradiction) -> tuple[tuple[str, str], ...]:
        """Give the words that one contradiction turns on, each with its quote.

        Those of another volume's statement are known of that volume.
        """
        if not self.remote:
            return case.at_issue
        statements = (*case.between, *case.answered_by)
        others = [one for one in self._issues_elsewhere.get(case.id, ()) if one[0] in statements]
        return by_statement((*case.at_issue, *others), statements) if others else case.at_issue

    @cached_property
    def _issues_elsewhere(self) -> dict[str, list[tuple[str, str]]]:
        """Words at issue that are another volume's, each with its quote, by case."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, quote in self.remote.items():
            for case, words in quote.at_issue:
                found.setdefault(case, []).append((name, words))
        return found

    def at_issue_in(self, case: Contradiction) -> dict[str, tuple[str, ...]]:
        """Give the words that one contradiction turns on, by quote."""
        known = self._at_issue_in.get(case.id)
        if known is None:
            grouped = _group(self.all_at_issue(case))
            known = self._at_issue_in[case.id] = {key: tuple(one) for key, one in grouped.items()}
        return known

    @cached_property
    def _at_issue_in(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {}

    @cached_property
    def _at_issue(self) -> dict[tuple[str, bool], tuple[str, ...]]:
        """Words at issue by quote, and whether the case is a tension."""
        pairs = (
            ((name, case.relation == "tension"), words)
            for case in self.contradictions.values()
            for name, words in case.at_issue
        )
        return {key: tuple(dict.fromkeys(words)) for key, words in _group(pairs).items()}

    @cached_property
    def answers_of(self) -> dict[str, list[Contradiction]]:
        """Contradictions by the quotes that answer them."""
        return _group(
            (answer, contradiction)
            for contradiction in self.contradictions.values()
            for answer in dict.fromkeys(contradiction.answered_by)
        )

    @cached_property
    def annotations_on(self) -> dict[str, list[Annotation]]:
        """Annotations by the record that they are on."""
        return _group((note.on, note) for note in self.annotations.values() if note.on)

    @cached_property
    def timeline(self) -> list[Quote]:
        """All quotes in order of time."""
        return sorted(self.quotes.values(), key=self.when)

    @cached_property
    def quotes_by_speaker(self) -> dict[str, list[Quote]]:
        """Quotes by speaker, in order of time."""
        return _group((quote.speaker, quote) for quote in self.timeline)

    @cached_property
    def quotes_by_document(self) -> dict[str, list[Quote]]:
        """Quotes by the documents that they are written or marked in, in order of time."""
        return _group(
            (name, quote)
            for quote in self.timeline
            for name in sorted({quote.origin.docname, *self.marks.get(quote.id, ())})
        )

    @cached_property
    def quotes_by_source(self) -> dict[str, list[Quote]]:
        """Quotes by the sources that they or their readings rest on, in order of time."""
        return _group((key, quote) for quote in self.timeline for key in self.sources_of(quote))

    def verification(
        self, quote: Quote, source: str, fragments: tuple[str, ...]
    ) -> Verification | None:
        """Give when and against what a wording was verified, while its words are those verified."""
        if not self.verifications:
            return None
        return self.verifications.get((quote.id, source, fingerprint(fragments)))

    def sources_of(self, quote: Quote) -> tuple[str, ...]:
        """Give the sources of a quote, of its readings, and those they come through."""
        keys = [quote.source, quote.via]
        for reading in quote.readings:
            keys += [reading.source, reading.via]
        return tuple(dict.fromkeys(key for key in keys if key))

    @cached_property
    def sources_register(self) -> str:
        """The first document, by name, with a register of all sources; else nothing."""
        return next(
            (
                name
                for name, document in self.documents.items()
                if any(query == Query("sources") for query, _ in document.queries)
            ),
            "",
        )

    @cached_property
    def annotations_by_source(self) -> dict[str, list[Annotation]]:
        """Annotations by the source that they name."""
        return _group((note.source, note) for note in self.annotations.values() if note.source)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """All topics of quotes, in order."""
        return tuple(sorted({topic for quote in self.quotes.values() for topic in quote.topics}))

    def when(self, quote: Quote) -> tuple[Order, tuple[str, int], str]:
        """Give the key that puts quotes in order of time, then of the article's text."""
        marks = self.home_marks(quote)
        place = (self.home(quote), marks[0].line if marks else quote.origin.line)
        return order(quote.spoken or None, quote.time or None), place, quote.id


_K = TypeVar("_K")
_V = TypeVar("_V")


def _group(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    grouped: dict[_K, list[_V]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped
