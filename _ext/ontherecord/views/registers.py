"""Makes the views of registers, filtered and in order."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ontherecord.citing.of_record import item_of_record
from ontherecord.dates import bounds, order
from ontherecord.evidence.witnesses import chains
from ontherecord.records import Contradiction, Query, Quote
from ontherecord.values import replace
from ontherecord.views.listed import Listed
from ontherecord.views.records import MOST_IN_A_CARD
from ontherecord.views.references import ReferenceViews
from ontherecord.views.shapes import (
    ArticleEntry,
    ContradictionView,
    CorrectionEntry,
    Entry,
    Moment,
    NoteView,
    QuoteEntry,
    SourceEntry,
    SpeakerEntry,
    TopicEntry,
    Totals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


MOST_OF_A_TOPIC: Final = 20
"""Most statements that a register lists of one topic; the register of quotes has all of them."""


class Views(ReferenceViews):
    """Makes all views of an edition."""

    @cached_property
    def _made(self) -> dict[Query, Sequence[Entry]]:
        return {}

    @cached_property
    def _registers(self) -> dict[str, Callable[[Query], Iterable[Entry]]]:
        return {
            "articles": self._articles,
            "speakers": self._speakers,
            "quotes": self._quotes,
            "contradictions": self._contradictions,
            "annotations": self._annotations,
            "timeline": self._timeline,
            "topics": self._topics,
            "sources": self._sources,
            "corrections": self._corrections,
            "totals": self._totals,
        }

    def register(self, query: Query) -> Sequence[Entry]:
        """Give the entries of a register, in its order."""
        if query not in self._made:
            found = self._registers[query.register](query)
            self._made[query] = found if isinstance(found, Listed) else tuple(found)
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
        return Listed(self._chosen(query), self._quote_entry)

    def _quote_entry(self, quote: Quote) -> QuoteEntry:
        cases = self.edition.contradictions_of.get(quote.id, ())
        shown = (
            (case.relation, self.link(case), case.kind, case.status)
            for case in cases[:MOST_IN_A_CARD]
        )
        answers = self.edition.answers_of.get(quote.id, ())[:MOST_IN_A_CARD]
        return QuoteEntry(
            self.statement(quote),
            tuple(shown),
            tuple(map(self.link, answers)),
            quote.topics,
            len(chains(self.edition, quote)),
            item_of_record(self.edition, quote, is_identified=False),
        )

    def _articles(self, query: Query) -> Iterable[ArticleEntry]:
        """Give articles, the newest first; filtered by what they quote, and by their own date."""
        edition = self.edition
        about = (query.speaker, query.topic, query.kind, query.status)
        chosen = set()
        if any(about):
            chosen = {quote.id for quote in self._chosen(replace(query, begin="", end=""))}
        articles = sorted(
            edition.articles.values(), key=lambda one: (bounds(one.date), one.docname), reverse=True
        )
        for document in articles:
            quotes = edition.quotes_by_document.get(document.docname, ())
            if query.article and document.docname != query.article:
                continue
            if any(about) and not any(quote.id in chosen for quote in quotes):
                continue
            view = self.article(document.docname) if _within(document.date, query) else None
            if view is not None:
                citation = replace(view.citation, swhid="")
                yield ArticleEntry(replace(view, sources=(), citation=citation))

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
        sides = self._sides_named(case.between)
        times = [order(side.spoken or None, side.time or None) for side in sides]
        return min(times, default=order(None))

    def _contradictions(self, query: Query) -> Iterable[ContradictionView]:
        return Listed(self._cases(query), self.contradiction)

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
                " … ".join(self.edition.at_issue(quote.id)) or self.edition.label(quote),
                self.edition.is_contradicted(quote.id),
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
        # What became of a case on a day stands after what was said on it.
        return sorted(
            moments,
            key=lambda moment: (
                *order(moment.date, moment.time or None)[:3],
                moment.link.kind != "quote",
                order(moment.date, moment.time or None)[3],
            ),
        )

    def _topics(self, query: Query) -> Iterable[TopicEntry]:
        by_topic: dict[str, list[Quote]] = {}
        for quote in self._chosen(_without_kind(query)):
            for topic in quote.topics:
                by_topic.setdefault(topic, []).append(quote)
        for topic in sorted(by_topic, key=lambda one: (one.casefold(), one)):
            if query.topic and topic != query.topic:
                continue
            quotes = by_topic[topic]
            dates = [quote.spoken for quote in quotes if quote.spoken]
            yield TopicEntry(
                topic=topic,
                count=len(quotes),
                speakers=len({quote.speaker for quote in quotes}),
                first=dates[0] if dates else "",
                last=dates[-1] if dates else "",
                statements=tuple(map(self._side, quotes[:MOST_OF_A_TOPIC])),
                more=max(0, len(quotes) - MOST_OF_A_TOPIC),
            )

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

    def _totals(self, query: Query) -> Iterable[Totals]:
        """Give one entry: how much the registers have that are filtered alike."""
        quotes = self._chosen(query)
        cases = self._cases(query)
        tensions = sum(case.relation == "tension" for case in cases)

        def listed(register: str) -> int:
            return sum(1 for _entry in self._registers[register](query))

        yield Totals(
            articles=listed("articles"),
            statements=len(quotes),
            speakers=len({quote.speaker for quote in quotes}),
            cases=len(cases) - tensions,
            tensions=tensions,
            notes=listed("annotations"),
            sources=listed("sources"),
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
