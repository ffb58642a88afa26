"""Makes the views of records as references show them, and finds which a page refers to."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ontherecord.records import Annotation, Contradiction, Quote, RemoteQuote, Speaker
from ontherecord.values import Value
from ontherecord.views import shapes
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
    from collections.abc import Sequence

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
    return (quote.spoken, quote.time, quote.time_is)


def links_in(view: object) -> list[Link]:
    """Give every record that a view names, wherever in it."""
    found: list[Link] = []
    _gather(view, found)
    return found


def _gather(view: object, found: list[Link]) -> None:
    if isinstance(view, Link):
        found.append(view)
    elif isinstance(view, tuple):
        for one in view:
            _gather(one, found)
    elif isinstance(view, Value):
        for name in _fields_with_links(type(view)):
            _gather(getattr(view, name), found)


@cache
def _fields_with_links(shape: type) -> tuple[str, ...]:
    """Give those fields of a shape in which a link can stand, by what they are said to hold."""
    annotations: dict[str, str] = shape.__annotations__
    return tuple(name for name, said in annotations.items() if _can_hold_links(said))


def _can_hold_links(said: str) -> bool:
    named = [getattr(shapes, name, None) for name in re.findall(r"\w+", said)]
    return any(
        one is Link
        or (isinstance(one, type) and issubclass(one, Value) and _fields_with_links(one))
        for one in named
    )
