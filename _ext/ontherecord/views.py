"""Views: exactly what of the Edition one card, one block or one register shows.

Whatever a page shows of records is made from views and from nothing else.
So a page has to be written again when, and only when, one of its views
differs; `ontherecord.rebuilding.pages` holds them against each other.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ontherecord.dates import Order, bounds, instant, is_date, order
from ontherecord.evidence.quote_evidence import lacks_post, overlapping_posts
from ontherecord.evidence.witnesses import chains, independent
from ontherecord.records import (
    Annotation,
    Contradiction,
    Post,
    Quote,
    Record,
    Speaker,
    kind_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ontherecord.edition import Edition
    from ontherecord.evidence.findings import Finding
    from ontherecord.evidence.witnesses import Chain
    from ontherecord.records import Event, Query, Source

MOST_IN_A_CARD: Final = 5
"""Most other sides that a card lists: many sides would else cost their square."""

_LOOKED_AT: Final = 2 * MOST_IN_A_CARD


@dataclass(frozen=True, slots=True)
class Link:
    """A record as a reference shows it, and where it stands."""

    kind: str
    id: str
    label: str
    docname: str
    anchor: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as a card names it, and where the edition lists it.

    ``known`` tells whether the bibliography has it.
    """

    key: str
    label: str
    title: str = ""
    date: str = ""
    witness: str = ""
    url: str = ""
    note: str = ""
    archive: str = ""
    known: bool = True
    docname: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Whose words, which, when and after whom."""

    link: Link
    speaker: Link | None
    name: str
    post: str
    words: tuple[str, ...]
    lang: str
    spoken: str
    time: str
    time_is: str
    place: str
    source: SourceView


@dataclass(frozen=True, slots=True)
class Verified:
    """When words were verified, and the SHA-256 of the capture that has them."""

    date: str
    sha256: str
    locator: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A publication or revision of a quotation's words."""

    date: str
    fingerprint: str
    reason: str


@dataclass(frozen=True, slots=True)
class WitnessView:
    """A witness and its chain: through whom the edition has it, and whence it took its words."""

    source: SourceView
    via: tuple[SourceView, ...]
    taken_from: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading, with its source, and the source through which it comes."""

    source: SourceView
    via: SourceView | None
    locator: str
    lang: str
    mode: str
    words: tuple[str, ...]
    verified: Verified | None


@dataclass(frozen=True, slots=True)
class SideView:
    """Another statement, as a card names it."""

    link: Link
    name: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A contradiction, as one of its statements sees it. ``more`` counts sides not listed."""

    link: Link
    kind: str
    relation: str
    status: str
    others: tuple[SideView, ...]
    more: int
    answers: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """An annotation, whole."""

    link: Link
    type: str
    text: tuple[str, ...]
    on: Link | None
    source: SourceView | None
    editor: str
    date: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote's card."""

    statement: Statement
    to: str
    asked: str
    locator: str
    via: SourceView | None
    mode: str
    contiguous: str
    fragments: int
    translation: str
    topics: tuple[str, ...]
    readings: tuple[ReadingView, ...]
    cases: tuple[CaseView, ...]
    answers: tuple[CaseView, ...]
    notes: tuple[NoteView, ...]
    scope: str
    witnesses: tuple[WitnessView, ...]
    independent: int
    lacks_post: bool
    verified: Verified | None
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """A contradiction, face to face."""

    link: Link
    kind: str
    relation: str
    status: str
    certainty: str
    editor: str
    history: tuple[Event, ...]
    sides: tuple[Statement, ...]
    span: tuple[str, ...]
    answer_span: tuple[str, ...]
    answers: tuple[Statement, ...]
    text: tuple[str, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker, with what was said in order of time."""

    link: Link
    kind: str
    aliases: tuple[str, ...]
    posts: tuple[Post, ...]
    authorities: tuple[tuple[str, str], ...]
    statements: tuple[SideView, ...]
    more: int
    dates: tuple[str, ...]
    notes: tuple[NoteView, ...]
    overlapping: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline."""

    date: str
    time: str
    time_is: str
    link: Link
    name: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source with all that rests on it."""

    source: SourceView
    statements: tuple[SideView, ...]
    notes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """A revision, move or withdrawal of a published record, and what the record is now."""

    date: str
    id: str
    kind: str
    event: str
    label: str
    reason: str
    now: Link | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """A quote in a register."""

    statement: Statement
    cases: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker in a register."""

    link: Link
    kind: str
    posts: tuple[Post, ...]
    count: int


Entry = (
    QuoteEntry
    | SpeakerEntry
    | ContradictionView
    | NoteView
    | Moment
    | SourceEntry
    | CorrectionEntry
)
View = Link | SourceView | QuoteView | ContradictionView | SpeakerView | NoteView


class Views:
    """Makes views of an edition."""

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
        self._made: dict[Query, tuple[Entry, ...]] = {}
        self._registers: dict[str, Callable[[Query], Iterable[Entry]]] = {
            "speakers": self._speakers,
            "quotes": self._quotes,
            "contradictions": self._contradictions,
            "annotations": self._annotations,
            "timeline": self._timeline,
            "sources": self._sources,
            "corrections": self._corrections,
        }

    def link(self, record: Record) -> Link:
        """Give a record as a reference shows it."""
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
        record = self.edition.records.get(identifier)
        return self.link(record) if record else None

    def source(self, key: str) -> SourceView:
        """Give a source as a card names it."""
        source = self.edition.sources.get(key)
        return self._source(source) if source else SourceView(key, key, known=False)

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
        )

    @cached_property
    def _source_numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.edition.sources)}

    def _maybe(self, key: str) -> SourceView | None:
        return self.source(key) if key else None

    def statement(self, quote: Quote) -> Statement:
        """Give whose words, which, when and after whom."""
        speaker = self.edition.speakers.get(quote.speaker)
        posts = speaker.posts_on(quote.spoken or None) if speaker else ()
        return Statement(
            link=self.link(quote),
            speaker=self.link(speaker) if speaker else None,
            name=self.edition.speaker_name(quote),
            post="; ".join(post.title for post in posts),
            words=self.edition.words(quote).paragraphs,
            lang=quote.lang,
            spoken=quote.spoken,
            time=quote.time,
            time_is=quote.time_is,
            place=quote.place,
            source=self.source(quote.source),
        )

    def _side(self, quote: Quote) -> SideView:
        return SideView(self.link(quote), self.edition.speaker_name(quote))

    def _known(self, identifiers: Sequence[str]) -> list[Quote]:
        return [self.edition.quotes[key] for key in identifiers if key in self.edition.quotes]

    def _case(self, case: Contradiction, seen_from: str) -> CaseView:
        # No more sides than are shown are looked at: a contradiction may have hundreds.
        others = self._known([side for side in case.between[:_LOOKED_AT] if side != seen_from])
        unseen = len(case.between) - len(case.between[:_LOOKED_AT])
        return CaseView(
            link=self.link(case),
            kind=case.kind,
            relation=case.relation,
            status=case.status,
            others=tuple(map(self._side, others[:MOST_IN_A_CARD])),
            more=max(0, len(others) - MOST_IN_A_CARD) + unseen,
            answers=tuple(map(self._side, self._known(case.answered_by)[:MOST_IN_A_CARD])),
        )

    def _notes(self, identifier: str) -> tuple[NoteView, ...]:
        return tuple(map(self.note, self.edition.annotations_on.get(identifier, ())))

    def note(self, note: Annotation) -> NoteView:
        """Give an annotation."""
        return NoteView(
            link=self.link(note),
            type=note.type,
            text=tuple(note.text.split("\n\n")),
            on=self.label(note.on) if note.on else None,
            source=self._maybe(note.source),
            editor=note.editor,
            date=note.date,
        )

    def quote(self, quote: Quote) -> QuoteView:
        """Give a quote's card."""
        edition = self.edition
        witnesses = chains(edition, quote)
        return QuoteView(
            statement=self.statement(quote),
            to=quote.to,
            asked=quote.asked,
            locator=quote.locator,
            via=self._maybe(quote.via),
            mode=quote.mode,
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
                    words=tuple(reading.words.split("\n\n")),
                    verified=self._verified(quote, reading.source, (reading.words,)),
                )
                for reading in quote.readings
            ),
            cases=tuple(
                self._case(case, quote.id) for case in edition.contradictions_of.get(quote.id, ())
            ),
            answers=tuple(
                self._case(case, quote.id) for case in edition.answers_of.get(quote.id, ())
            ),
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
        )

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
        sides = self._known(case.between)
        answers = self._known(case.answered_by)
        return ContradictionView(
            link=self.link(case),
            kind=case.kind,
            relation=case.relation,
            status=case.status,
            certainty=case.certainty,
            editor=case.editor,
            history=case.history,
            sides=tuple(map(self.statement, sides)),
            span=_span(sides),
            answer_span=_span([max(sides, key=_moment), min(answers, key=_moment)])
            if answers and sides
            else (),
            answers=tuple(map(self.statement, answers)),
            text=tuple(case.text.split("\n\n")),
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
            notes=self._notes(speaker.id),
            overlapping=tuple(finding.words for finding in self._overlapping.get(speaker.id, ())),
        )

    @cached_property
    def _overlapping(self) -> dict[str, list[Finding]]:
        return overlapping_posts(self.edition)

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

    def register(self, query: Query) -> tuple[Entry, ...]:
        """Give the entries of a register, in its order."""
        if query not in self._made:
            self._made[query] = tuple(self._registers[query.register](query))
        return self._made[query]

    def _chosen(self, query: Query) -> list[Quote]:
        """Give the quotes that a query's filters let through, in order of time."""
        edition = self.edition
        if query.article:
            quotes: Sequence[Quote] = edition.quotes_by_document.get(query.article, ())
        elif query.speaker:
            quotes = edition.quotes_by_speaker.get(query.speaker, ())
        else:
            quotes = edition.timeline
        return [quote for quote in quotes if self._passes(quote, query)]

    def _passes(self, quote: Quote, query: Query) -> bool:
        if query.topic and query.topic not in quote.topics:
            return False
        if query.speaker and quote.speaker != query.speaker:
            return False
        dated = query.begin or query.end
        if dated and not (quote.spoken and _within(quote.spoken, query)):
            return False
        if query.kind or query.status:
            cases = self.edition.contradictions_of.get(quote.id, ())
            return any(_fits(case, query) for case in cases)
        return True

    def _quotes(self, query: Query) -> Iterable[QuoteEntry]:
        for quote in self._chosen(query):
            cases = self.edition.contradictions_of.get(quote.id, ())
            shown = ((case.relation, self.link(case)) for case in cases[:MOST_IN_A_CARD])
            yield QuoteEntry(self.statement(quote), tuple(shown))

    def _speakers(self, query: Query) -> Iterable[SpeakerEntry]:
        edition = self.edition
        filtered = any((query.topic, query.status, query.article, query.begin, query.end))
        by_quotes = {quote.speaker for quote in self._chosen(_without_kind(query))}
        for speaker in sorted(edition.speakers.values(), key=lambda one: (one.name, one.id)):
            if query.kind and speaker.kind != query.kind:
                continue
            if query.speaker and speaker.id != query.speaker:
                continue
            if filtered and speaker.id not in by_quotes:
                continue
            yield SpeakerEntry(
                self.link(speaker),
                speaker.kind,
                speaker.posts,
                len(edition.quotes_by_speaker.get(speaker.id, ())),
            )

    def _cases(self, query: Query) -> list[Contradiction]:
        edition = self.edition
        filtered = any((query.speaker, query.topic, query.article, query.begin, query.end))
        chosen = {quote.id for quote in self._chosen(_without_kind(query))} if filtered else set()
        cases = [
            case
            for case in edition.contradictions.values()
            if _fits(case, query) and (not filtered or chosen.intersection(case.between))
        ]
        return sorted(cases, key=lambda case: (self._first_time(case), case.id))

    def _first_time(self, case: Contradiction) -> tuple[object, ...]:
        times = [
            order(side.spoken or None, side.time or None) for side in self._known(case.between)
        ]
        return min(times, default=order(None))

    def _contradictions(self, query: Query) -> Iterable[ContradictionView]:
        return map(self.contradiction, self._cases(query))

    def _annotations(self, query: Query) -> Iterable[NoteView]:
        about = (query.speaker, query.topic, query.begin, query.end, query.status)
        chosen: set[str] = set()
        if any(about):
            chosen = {quote.id for quote in self._chosen(_without_kind(query))}
            chosen |= {case.id for case in self._cases(_without_kind(query))}
            chosen |= {query.speaker} if query.speaker and not any(about[1:]) else set()
        for note in self.edition.annotations.values():
            marked = self.edition.marks.get(note.id, {})
            if query.kind and note.type != query.kind:
                continue
            if query.article and query.article not in {note.origin.docname, *marked}:
                continue
            if any(about) and note.on not in chosen:
                continue
            yield self.note(note)

    def _timeline(self, query: Query) -> Iterable[Moment]:
        moments = [
            Moment(
                quote.spoken,
                quote.time,
                quote.time_is,
                self.link(quote),
                self.edition.speaker_name(quote),
                "",
                quote.place,
            )
            for quote in self._chosen(query)
            if quote.spoken
        ]
        moments += [
            Moment(event.date, "", "", self.link(case), event.status, event.text, "")
            for case in self._cases(replace(query, begin="", end=""))
            for event in case.history
            if _within(event.date, query)
        ]
        return sorted(moments, key=lambda moment: order(moment.date, moment.time or None))

    def _corrections(self, query: Query) -> Iterable[CorrectionEntry]:
        ledger = self.edition.ledger
        for entry in ledger.corrections():
            if not _within(entry.date, query):
                continue
            revisions = ledger.revisions(entry.id)
            place = revisions.index(entry) if entry in revisions else len(revisions)
            earlier = revisions[:place]
            yield CorrectionEntry(
                date=entry.date,
                id=entry.id,
                kind=entry.kind,
                event=entry.event,
                label=earlier[-1].label if earlier else entry.label,
                reason=entry.reason,
                now=self.label(ledger.moved_to(entry.id)),
                before=earlier[-1].fingerprint if earlier else "",
                after=entry.fingerprint,
            )

    def _sources(self, query: Query) -> Iterable[SourceEntry]:
        edition = self.edition
        filtered = any(
            (query.speaker, query.topic, query.article, query.begin, query.end, query.status)
        )
        chosen = {quote.id for quote in self._chosen(_without_kind(query))} if filtered else set()
        for key, source in edition.sources.items():
            quotes = edition.quotes_by_source.get(key, [])
            if query.kind and source.witness != query.kind:
                continue
            if filtered and not any(quote.id in chosen for quote in quotes):
                continue
            yield SourceEntry(
                self._source(source),
                tuple(map(self._side, quotes)),
                tuple(map(self.link, edition.annotations_by_source.get(key, ()))),
            )


def _moment(quote: Quote) -> Order:
    return order(quote.spoken or None, quote.time or None)


def _span(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Give the moments of quotes where all are known to the minute, and of what they are.

    The first is ``spoken`` where the times are of the words themselves, ``reported``
    where one is that of a report, else ``began``.
    """
    moments = [instant(quote.spoken or None, quote.time or None) for quote in quotes]
    known = [moment.isoformat() for moment in moments if moment]
    if len(known) < len(quotes) or len(known) < 2:
        return ()
    of = {quote.time_is for quote in quotes}
    kind = "reported" if "reported" in of else "began" if "event-began" in of else "spoken"
    return (kind, *known)


def _fits(case: Contradiction, query: Query) -> bool:
    kind_fits = not query.kind or query.kind in {case.kind, case.relation}
    return kind_fits and (not query.status or case.status == query.status)


def _within(date: str, query: Query) -> bool:
    """Tell whether a date can lie between those of a query."""
    first, last = bounds(date)
    begin = bounds(query.begin)[0] if query.begin else datetime.date.min
    end = bounds(query.end)[1] if query.end else datetime.date.max
    return last >= begin and first <= end


def _without_kind(query: Query) -> Query:
    """Give the query for quotes where its kind is that of something else."""
    return replace(query, kind="")
