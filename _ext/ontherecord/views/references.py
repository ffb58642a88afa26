"""Makes the views of records as references show them, and finds which a page refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.records import Annotation, Contradiction, Quote, RemoteQuote, Speaker
from ontherecord.values import Value
from ontherecord.views.records import MOST_IN_A_CARD, RecordViews
from ontherecord.views.shapes import (
    CaseReference,
    Link,
    NoteReference,
    QuoteReference,
    Reference,
    SpeakerReference,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ontherecord.views.shapes import SideView


class ReferenceViews(RecordViews):
    """Makes the views of records that a page only refers to."""

    def reference(self, identifier: str) -> Reference | None:
        """Give a record as a reference shows it, or nothing if there is no such record."""
        edition = self.edition
        match edition.records.get(identifier):
            case Speaker() as speaker:
                count = len(edition.quotes_by_speaker.get(speaker.id, ()))
                return SpeakerReference(self.link(speaker), speaker.kind, speaker.posts, count)
            case Quote() as quote:
                cases = edition.contradictions_of.get(quote.id, ())[:MOST_IN_A_CARD]
                return QuoteReference(
                    self.link(quote),
                    self.statement(quote),
                    tuple(self._case(case, quote.id) for case in cases),
                    edition.is_contradicted(quote.id),
                )
            case Contradiction() as case:
                return CaseReference(
                    self.link(case),
                    case.kind,
                    case.relation,
                    case.status,
                    self._dated(case.between, case),
                    self._dated(case.answered_by, case),
                    case.relation != "tension",
                )
            case Annotation() as note:
                return NoteReference(self.link(note), self.note(note))
        return None

    def _dated(
        self, identifiers: Sequence[str], case: Contradiction
    ) -> tuple[tuple[SideView, tuple[str, str, str]], ...]:
        return tuple(
            (self._side(quote, case), _time(quote))
            for quote in self._sides_named(identifiers[:MOST_IN_A_CARD])
        )


def _time(quote: Quote | RemoteQuote) -> tuple[str, str, str]:
    if isinstance(quote, RemoteQuote):
        return ("", "", "")
    return (quote.spoken, quote.time, quote.time_is)


def links_in(view: object) -> Iterator[Link]:
    """Give every record that a view names, wherever in it."""
    if isinstance(view, Link):
        yield view
    elif isinstance(view, tuple):
        for one in view:
            yield from links_in(one)
    elif isinstance(view, Value):
        for field in view.__struct_fields__:
            yield from links_in(getattr(view, field))
