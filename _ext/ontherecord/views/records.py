"""Makes the views of single records: their cards and blocks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from ontherecord.citing.of_record import item_of_article
from ontherecord.dates import is_date
from ontherecord.evidence.quote_evidence import lacks_post, overlapping_posts
from ontherecord.evidence.witnesses import chains, independent
from ontherecord.records import (
    PUBLISHERS,
    Annotation,
    Contradiction,
    Quote,
    Record,
    RemoteQuote,
    Speaker,
    kind_of,
)
from ontherecord.views.intervals import after, between
from ontherecord.views.shapes import (
    ArticleView,
    CaseView,
    ContradictionView,
    Excerpt,
    Link,
    NoteView,
    QuoteView,
    ReadingView,
    RemoteStatement,
    Revision,
    SideView,
    SourceView,
    SpeakerView,
    Statement,
    Verified,
    View,
    WitnessView,
)
from ontherecord.words import fold_space, has_source_brackets, outer_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ontherecord.edition import Edition
    from ontherecord.evidence.findings import Finding
    from ontherecord.evidence.witnesses import Chain
    from ontherecord.records import Source

MOST_IN_A_CARD: Final = 5
"""Most other sides that a card lists: many sides would else cost their square."""

_LOOKED_AT: Final = 2 * MOST_IN_A_CARD


class RecordViews:
    """Makes the views of single records."""

    def __init__(
        self,
        edition: Edition,
        cited: Mapping[str, tuple[str, str]] | None = None,
        page_size: int = 0,
    ) -> None:
        """Take the edition, and where its bibliography lists a source: document and anchor.

        ``page_size`` says after how many entries a register goes on on a page of its own.
        """
        self.edition = edition
        self._page_size = page_size
        self._cited = cited or {}
        # What stands in many views is made once.
        self._links: dict[str, Link] = {}
        self._sources_made: dict[str, SourceView] = {}
        self._statements: dict[str, Statement] = {}

    def link(self, record: Record) -> Link:
        """Give a record as a reference shows it."""
        known = self._links.get(record.id)
        if known is None or self.edition.records.get(record.id) is not record:
            known = self._link(record)
            if self.edition.records.get(record.id) is record:
                self._links[record.id] = known
        return known

    def _link(self, record: Record) -> Link:
        edition = self.edition
        return Link(
            kind_of(record),
            record.id,
            edition.label(record),
            edition.home(record),
            edition.anchor(record),
            record.lang if isinstance(record, Quote) else "",
        )

    def label(self, identifier: str) -> Link | None:
        """Give what a reference to an identifier shows, or nothing if there is no such record."""
        remote = self.edition.remote_quote(identifier)
        if remote is not None:
            return self.remote_link(remote)
        record = self.edition.records.get(identifier)
        return self.link(record) if record else None

    def remote_link(self, quote: RemoteQuote) -> Link:
        """Give a quote of another edition as a reference shows it."""
        return Link(
            "quote",
            quote.id,
            quote.label,
            "",
            "",
            quote.lang,
            edition=quote.title,
            version=quote.version,
            address=quote.address,
        )

    def source(self, key: str) -> SourceView:
        """Give a source as a card names it."""
        known = self._sources_made.get(key)
        if known is None:
            source = self.edition.sources.get(key)
            known = self._source(source) if source else SourceView(key, key, known=False)
            self._sources_made[key] = known
        return known

    def _source(self, source: Source) -> SourceView:
        docname, anchor = self._cited.get(source.key, ("", ""))
        if self.edition.sources_register:
            page = self._source_numbers[source.key] // self._page_size if self._page_size else 0
            docname = self.edition.sources_register + (f".{page + 1}" if page else "")
            anchor = f"source-{source.key}"
        return SourceView(
            key=source.key,
            label=source.label,
            title=source.title,
            date=source.date if is_date(source.date) else "",
            witness=source.witness,
            url=source.field("url"),
            note=source.field("note"),
            archive=source.field("archive"),
            docname=docname,
            anchor=anchor,
            publisher=source.field(*PUBLISHERS),
        )

    @cached_property
    def _source_numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.edition.sources)}

    def _maybe(self, key: str) -> SourceView | None:
        return self.source(key) if key else None

    def statement(self, quote: Quote) -> Statement:
        """Give whose words, which, when and after whom."""
        known = self._statements.get(quote.id)
        if known is None or self.edition.records.get(quote.id) is not quote:
            known = self._statement(quote)
            if self.edition.records.get(quote.id) is quote:
                self._statements[quote.id] = known
        return known

    def _statement(self, quote: Quote) -> Statement:
        edition = self.edition
        return self._stated(
            quote,
            self.link(quote),
            edition.speaker_name(quote),
            edition.post_of(quote),
            edition.words(quote).paragraphs,
            self.source(quote.source),
        )

    def _told(self, quote: RemoteQuote) -> Statement:
        """Give another volume's statement, of which as much is known as of our own."""
        is_ours = quote.source in self.edition.sources
        there = SourceView(quote.source, quote.source_label, url=quote.source_url)
        return self._stated(
            quote,
            self.remote_link(quote),
            quote.speaker_name,
            quote.post,
            quote.paragraphs,
            self.source(quote.source) if is_ours else there,
        )

    def _stated(
        self,
        quote: Quote | RemoteQuote,
        link: Link,
        name: str,
        post: str,
        words: tuple[str, ...],
        source: SourceView,
    ) -> Statement:
        speaker = self.edition.speakers.get(quote.speaker)
        return Statement(
            link=link,
            speaker=self.link(speaker) if speaker else None,
            name=name,
            post=post,
            words=words,
            lang=quote.lang,
            spoken=quote.spoken,
            time=quote.time,
            time_is=quote.time_is,
            place=quote.place,
            to=quote.to,
            asked=quote.asked,
            source=source,
        )

    def _side(self, quote: Quote | RemoteQuote, case: Contradiction | None = None) -> SideView:
        issues = self.edition.at_issue_in(case).get(quote.id, ()) if case else ()
        if isinstance(quote, RemoteQuote):
            return SideView(self.remote_link(quote), quote.speaker_name, " … ".join(issues))
        return SideView(self.link(quote), self.edition.speaker_name(quote), " … ".join(issues))

    def _sides(
        self, quotes: Sequence[Quote | RemoteQuote], case: Contradiction
    ) -> tuple[SideView, ...]:
        return tuple(self._side(quote, case) for quote in quotes[:MOST_IN_A_CARD])

    def _sides_named(self, identifiers: Sequence[str]) -> list[Quote | RemoteQuote]:
        """Give the quotes that a case names, of this and of other editions, in its order."""
        named = (
            self.edition.remote_quote(key) or self.edition.quotes.get(key) for key in identifiers
        )
        return [quote for quote in named if quote is not None]

    def _whole(self, quote: Quote | RemoteQuote) -> Statement | RemoteStatement:
        if isinstance(quote, RemoteQuote):
            return self._told(quote) if quote.words else RemoteStatement(self.remote_link(quote))
        return self.statement(quote)

    def _case(self, case: Contradiction, seen_from: str) -> CaseView:
        # No more sides than are shown are looked at: a contradiction may have hundreds.
        others = self._sides_named(
            [side for side in case.between[:_LOOKED_AT] if side != seen_from]
        )
        unseen = len(case.between) - len(case.between[:_LOOKED_AT])
        return CaseView(
            link=self.link(case),
            kind=case.kind,
            relation=case.relation,
            status=case.status,
            others=self._sides(others, case),
            more=max(0, len(others) - MOST_IN_A_CARD) + unseen,
            answers=self._sides(self._sides_named(case.answered_by), case),
        )

    def _notes(self, identifier: str) -> tuple[NoteView, ...]:
        return tuple(map(self.note, self.edition.annotations_on.get(identifier, ())))

    def note(self, note: Annotation) -> NoteView:
        """Give an annotation."""
        return NoteView(
            link=self.link(note),
            type=note.type,
            text=self.edition.paragraphs(note),
            on=self.label(note.on) if note.on else None,
            source=self._maybe(note.source),
            editor=note.editor,
            date=note.date,
            passages=tuple(self._passages(note)),
        )

    def _passages(self, note: Annotation) -> Iterator[tuple[str, str]]:
        """Give the words marked for an annotation in its home, each with its anchor."""
        edition = self.edition
        if not (marks := edition.home_marks(note)):
            return
        blocks = edition.blocks_of(edition.home(note))
        for mark in marks:
            block = blocks.get(mark.block)
            parts = block.parts[mark.first : mark.last] if block else ()
            words = fold_space("".join(map(edition.part, parts))) or mark.words
            index = f".{mark.index}" if mark.index > 1 else ""
            yield outer_marks(words)[1], edition.anchor(note) + index

    def quote(self, quote: Quote) -> QuoteView:
        """Give a quote's card."""
        edition = self.edition
        witnesses = chains(edition, quote)
        return QuoteView(
            statement=self.statement(quote),
            to=quote.to,
            locator=quote.locator,
            via=self._maybe(quote.via),
            mode=quote.mode,
            source_brackets=has_source_brackets(edition.words(quote).text, quote.brackets),
            contiguous=quote.contiguous,
            fragments=len(edition.words(quote).fragments),
            translation=quote.translation,
            topics=quote.topics,
            readings=tuple(
                ReadingView(
                    source=self.source(reading.source),
                    via=self._maybe(reading.via),
                    locator=reading.locator,
                    lang=reading.lang,
                    mode=reading.mode,
                    source_brackets=has_source_brackets(reading.words, reading.brackets),
                    words=tuple(reading.words.split("\n\n")),
                    verified=self._verified(quote, reading.source, (reading.words,)),
                )
                for reading in quote.readings
            ),
            cases=self._part_of(quote),
            answers=self._answered_by(quote),
            notes=self._notes(quote.id),
            scope=quote.scope,
            witnesses=tuple(map(self._witness, witnesses)),
            independent=independent(witnesses),
            lacks_post=lacks_post(edition, quote),
            verified=self._verified(quote, quote.source, edition.words(quote).fragments),
            revisions=tuple(
                Revision(entry.date, entry.fingerprint, entry.reason)
                for entry in edition.ledger.revisions(quote.id)
            ),
            at_issue=edition.at_issue(quote.id),
            in_tension=edition.in_tension(quote.id),
        )

    def _part_of(self, quote: Quote, most: int | None = None) -> tuple[CaseView, ...]:
        cases = self.edition.contradictions_of.get(quote.id, ())[:most]
        return tuple(self._case(case, quote.id) for case in cases)

    def _answered_by(self, quote: Quote, most: int | None = None) -> tuple[CaseView, ...]:
        cases = self.edition.answers_of.get(quote.id, ())[:most]
        return tuple(self._case(case, quote.id) for case in cases)

    def _verified(self, quote: Quote, source: str, fragments: tuple[str, ...]) -> Verified | None:
        found = self.edition.verification(quote, source, fragments)
        return Verified(found.verified, found.capture_sha256, found.locator) if found else None

    def _witness(self, chain: Chain) -> WitnessView:
        return WitnessView(
            self.source(chain.source),
            tuple(map(self.source, chain.via)),
            tuple(map(self.source, chain.taken_from)),
        )

    def contradiction(self, case: Contradiction) -> ContradictionView:
        """Give a contradiction, face to face."""
        sides = self._sides_named(case.between)
        answers = self._sides_named(case.answered_by)
        return ContradictionView(
            link=self.link(case),
            kind=case.kind,
            relation=case.relation,
            status=case.status,
            certainty=case.certainty,
            editor=case.editor,
            history=case.history,
            sides=tuple(map(self._whole, sides)),
            span=between(sides),
            answers=tuple(map(self._whole, answers)),
            answer_spans=tuple(after(sides, answer) for answer in answers),
            at_issue=self.edition.all_at_issue(case),
            text=self.edition.paragraphs(case),
            notes=self._notes(case.id),
        )

    def speaker(self, speaker: Speaker, most: int) -> SpeakerView:
        """Give a speaker, with at most so many statements."""
        quotes = self.edition.quotes_by_speaker.get(speaker.id, [])
        return SpeakerView(
            link=self.link(speaker),
            kind=speaker.kind,
            aliases=speaker.aliases,
            posts=speaker.posts,
            authorities=speaker.authorities,
            statements=tuple(map(self._side, quotes[:most])),
            more=max(0, len(quotes) - most),
            dates=tuple(quote.spoken for quote in quotes[:most]),
            cases=tuple(self._part_of(quote, MOST_IN_A_CARD) for quote in quotes[:most]),
            answered=tuple(self._answered_by(quote, MOST_IN_A_CARD) for quote in quotes[:most]),
            notes=self._notes(speaker.id),
            overlapping=tuple(finding.words for finding in self._overlapping.get(speaker.id, ())),
        )

    @cached_property
    def _overlapping(self) -> dict[str, list[Finding]]:
        return overlapping_posts(self.edition)

    def excerpts(self, record: Record) -> tuple[Excerpt, ...]:
        """Give the paragraphs of a record's home in which it is marked, each once.

        Of a quote that is only set as a block quotation it is where that begins, without
        its text: the words are those of the quote.
        """
        edition = self.edition
        home = edition.home(record)
        document = edition.documents.get(home)
        marks = edition.home_marks(record)
        if document is None or not document.date:
            return ()
        found = []
        blocks = edition.blocks_of(home)
        for anchor in dict.fromkeys(mark.block for mark in marks):
            of_block = [mark for mark in marks if mark.block == anchor]
            if anchor not in blocks:
                continue
            marked = {index for mark in of_block for index in range(mark.first, mark.last)}
            parts = tuple(
                (edition.part(part), index in marked)
                for index, part in enumerate(blocks[anchor].parts)
            )
            first = of_block[0].index
            place = edition.anchor(record) + (f".{first}" if first > 1 else "")
            found.append(Excerpt(home, document.title, anchor, place, parts))
        if not found and (given := edition.given_in(home, record.id)):
            found.append(Excerpt(home, document.title, given[0], edition.anchor(record), ()))
        return tuple(found)

    def article(self, docname: str) -> ArticleView | None:
        """Give the head and foot of an article, or nothing where the document is none."""
        edition = self.edition
        document = edition.articles.get(docname)
        if document is None:
            return None
        quotes = edition.quotes_by_document.get(docname, ())
        of_quotes = {
            case.id: case
            for quote in quotes
            for case in edition.contradictions_of.get(quote.id, ())
        }
        cases = {key: case for key, case in of_quotes.items() if case.relation != "tension"}
        notes = {record.id for record in document.records if isinstance(record, Annotation)}
        notes |= {mark.record for mark in document.marks if mark.kind == "passage"}
        sources = dict.fromkeys(key for quote in quotes for key in edition.sources_of(quote))
        return ArticleView(
            docname=docname,
            title=document.title,
            date=document.date,
            description=document.description,
            statements=len(quotes),
            speakers=len({quote.speaker for quote in quotes}),
            notes=len(notes & edition.annotations.keys()),
            tensions=len(of_quotes) - len(cases),
            cases=tuple((self.link(case), case.status) for case in cases.values()),
            sources=tuple(map(self.source, sources)),
            citation=item_of_article(edition, docname),
            has_files="citations" in edition.imprint.formats,
        )

    def block(self, identifier: str, most: int) -> View | None:
        """Give what stands at a record's directive, or beside a mark of it."""
        match self.edition.records.get(identifier):
            case Quote() as quote:
                return self.quote(quote)
            case Contradiction() as case:
                return self.contradiction(case)
            case Speaker() as speaker:
                return self.speaker(speaker, most)
            case Annotation() as note:
                return self.note(note)
        return None
