"""Draws from views: the hours of a day, a stretch of years, a record and its neighbours."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from ontherecord.apparatus.phrases import in_marks, say_short
from ontherecord.dates import OPEN, bounds, instant
from ontherecord.drawings.days import Point, draw_day
from ontherecord.drawings.neighbours import Case, Node, draw_neighbours
from ontherecord.drawings.years import Span, draw_years
from ontherecord.views import RemoteStatement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ontherecord.drawings.marks import Sort
    from ontherecord.views import (
        CaseView,
        ContradictionView,
        Link,
        Moment,
        QuoteView,
        SideView,
        Statement,
    )

_ = get_translation("ontherecord")

_DAY: Final = datetime.timedelta(days=1)


def day(moments: Sequence[Moment], href: Callable[[Link], str], language: str) -> str:
    """Draw the hours of one day, where two things or more are known to the minute."""
    points = []
    zone: datetime.tzinfo | None = None
    for moment in moments:
        at = instant(moment.date, moment.time)
        if at is not None:
            zone = zone or at.tzinfo
            points.append(
                Point(
                    at,
                    moment.name,
                    in_marks(moment.words, language),
                    href(moment.link),
                    _sort(moment),
                )
            )
    moments_known = [point.moment for point in points]
    if len(points) < 2 or max(moments_known) - min(moments_known) > _DAY:
        return ""  # In zones far apart a date is longer than a day; the list has it all.
    return draw_day(points, zone)


def years(moments: Sequence[Moment], href: Callable[[Link], str], language: str) -> str:
    """Draw a stretch of time, where what is known is of more than one day."""
    spans = []
    for moment in moments:
        first, last = bounds(moment.date)
        if last == OPEN:
            last = first
        spans.append(
            Span(
                first,
                last,
                moment.name,
                in_marks(moment.words, language),
                href(moment.link),
                _sort(moment),
                uncertain=first != last or moment.date[-1:] in {"~", "?", "%"},
            )
        )
    if len({(span.first, span.last) for span in spans}) < 2:
        return ""
    return draw_years(spans, lambda date: say_short(date, language))


def quote(
    view: QuoteView, article: tuple[str, str], href: Callable[[Link], str], language: str
) -> str:
    """Draw a quote and its neighbours; ``article`` is the title and address of where it stands."""
    said = view.statement
    left = [Node(said.name, _("who said it"), href(said.speaker) if said.speaker else "", "event")]
    left.append(Node(article[0], _("where it stands"), article[1], "event"))
    if len(view.witnesses) > 1:
        names = _("%d witnesses") % len(view.witnesses)
        left.append(Node(names, _("who prints it"), "#readings", "event"))
    cases = [_case(case, href, language) for case in (*view.cases, *view.answers)]
    return draw_neighbours(Node(_("this statement")), left, cases)


def case(view: ContradictionView, href: Callable[[Link], str], language: str) -> str:
    """Draw a contradiction, its sides and the answers."""
    sides = [_statement(side, href, view, language) for side in view.sides]
    answers = [_statement(answer, href, view, language) for answer in view.answers]
    return draw_neighbours(Node(_("this case"), sort="contradicted"), sides, [], answers)


def _sort(moment: Moment) -> Sort:
    if moment.link.kind != "quote":
        return "event"
    return "contradicted" if moment.contradicted else "quotation"


def _remote(link: Link, href: Callable[[Link], str], language: str) -> Node:
    words = in_marks(link.label, language) if link.label else link.id
    return Node(_("in %s") % link.edition, words, href(link))


def _side(side: SideView, href: Callable[[Link], str], language: str) -> Node:
    if side.link.edition and not side.name:
        return _remote(side.link, href, language)
    words = side.words or side.link.label
    return Node(side.name, in_marks(words, language), href(side.link))


def _statement(
    said: Statement | RemoteStatement,
    href: Callable[[Link], str],
    view: ContradictionView,
    language: str,
) -> Node:
    if isinstance(said, RemoteStatement):
        return _remote(said.link, href, language)
    words = next((one for name, one in view.at_issue if name == said.link.id), said.link.label)
    return Node(said.name, in_marks(words, language), href(said.link))


def _case(view: CaseView, href: Callable[[Link], str], language: str) -> Case:
    tension = view.relation == "tension"
    return Case(
        _("tension") if tension else _("against"),
        href(view.link),
        tension,
        tuple(_side(side, href, language) for side in view.others),
        tuple(_side(side, href, language) for side in view.answers),
    )
