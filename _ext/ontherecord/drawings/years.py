"""A timeline of days, months or years, with what is at one place counted in one mark."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from ontherecord.drawings.marks import Sort, drawing, link, mark, number, text
from ontherecord.drawings.rows import OFFSET, Label, Placed, place
from ontherecord.drawings.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PLACES: Final = 30
"""Most marks side by side: each has 20 pixels at 600."""

_MOST_TICKS: Final = 6
_MOST_DAYS: Final = 4
_STEPS: Final = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 2000)))
_ROW: Final = 40


@dataclass(frozen=True, slots=True)
class Span:
    """What happened between two days; known to the day where they are the same."""

    first: datetime.date
    last: datetime.date
    name: str
    words: str = ""
    href: str = ""
    sort: Sort = "quotation"
    uncertain: bool = False


def draw_years(spans: Sequence[Span], say: Callable[[str], str] = str) -> str:
    """Give a timeline as SVG; nothing is given for nothing.

    ``say`` gives what stands below a tick for its date in ISO 8601.

    What is open towards either end of time counts as of its known day. Days
    that fall on one place share a mark with their number, linked to the first.
    """
    if not spans:
        return ""
    known = [_known(span) for span in spans]
    start, end, ticks = _axis(min(one for one, _ in known), max(other for _, other in known))
    places: dict[int, list[int]] = {}
    for index, (one, other) in enumerate(known):
        at = ((one + other) / 2 - start) / (end - start)
        places.setdefault(min(int(at * _PLACES), _PLACES - 1), []).append(index)
    drawn = [
        (((known[own[0]][0] + known[own[0]][1]) / 2 - start) / (end - start), own)
        if len(own) == 1
        else ((column + 0.5) / _PLACES, own)
        for column, own in sorted(places.items())
    ]
    labels = place(
        [
            Label(at, spans[own[0]].name, spans[own[0]].words)
            if len(own) == 1
            else Label(at, str(len(own)), "", True)
            for at, own in drawn
        ]
    )
    base = _ROW * (1 + max((one.row for one in labels if one), default=0)) + 20
    inside = f'<line x1="0" x2="100%" y1="{base}" y2="{base}"/>'
    for index, (day, name) in enumerate(ticks):
        x = number(100 * (day - start) / (end - start))
        anchor = "start" if not index else "end" if day == end else "middle"
        kind = "s q2" if index % 2 else "s"
        inside += f'<line x1="{x}%" x2="{x}%" y1="{base}" y2="{base + 6}"/>'
        inside += (
            f'<text class="{kind}" x="{x}%" y="{base + 26}" text-anchor="{anchor}">'
            f"{text(clean(say(name)))}</text>"
        )
    for (at, own), label in zip(drawn, labels, strict=True):
        if len(own) == 1 and known[own[0]][0] < known[own[0]][1]:
            ends = [number(100 * (day - start) / (end - start)) for day in known[own[0]]]
            dashed = ' class="u"' if spans[own[0]].uncertain else ""
            inside += (
                f'<line{dashed} x1="{ends[0]}%" x2="{ends[1]}%" y1="{base - 4}" y2="{base - 4}"/>'
            )
        inside += _mark([spans[one] for one in own], at, label, base)
    return drawing("years", f'width="100%" height="{base + 34}"', inside)


def _known(span: Span) -> tuple[int, int]:
    first, last = span.first.toordinal(), span.last.toordinal()
    if span.first == datetime.date.min:
        first = last
    return (first, first) if span.last == datetime.date.max else (first, last)


def _axis(first: int, last: int) -> tuple[int, int, list[tuple[int, str]]]:
    """Give the first and last day of the axis, and its ticks with their names (ISO 8601)."""
    for days in (1, 2, 7, 14):
        start, end = first // days * days, max(-(-last // days), first // days + 2) * days
        if (end - start) // days <= _MOST_DAYS and end <= datetime.date.max.toordinal():
            start = max(start, 1)
            return start, end, [(day, _day(day)) for day in range(start, end + 1, days)]
    one, other = datetime.date.fromordinal(max(first, 1)), datetime.date.fromordinal(last)
    months = (one.year * 12 + one.month - 1, other.year * 12 + other.month)
    for step in _STEPS:
        begin, until = months[0] // step * step, -(-months[1] // step) * step
        if (until - begin) // step < _MOST_TICKS:
            break
    names = [
        (_month(month), str(month // 12) if step >= 12 else f"{month // 12}-{month % 12 + 1:02}")
        for month in range(begin, until + 1, step)
    ]
    return names[0][0], names[-1][0], names


def _day(day: int) -> str:
    return datetime.date.fromordinal(day).isoformat()


def _month(month: int) -> int:
    """Give the number of a month's first day, for years outside 1 to 9999 too."""
    year = month // 12
    inside = min(max(year, 1), 9999)
    beyond = (year - inside) * 365
    return datetime.date(inside, month % 12 + 1, 1).toordinal() + beyond


def _mark(own: Sequence[Span], at: float, label: Placed | None, base: int) -> str:
    x = number(100 * at)
    sort: Sort = "contradicted" if any(one.sort == "contradicted" for one in own) else own[0].sort
    shape = mark(sort, dashed=any(one.uncertain for one in own))
    inside = f'<svg x="{x}%" y="{base}" overflow="visible">{shape}</svg>'
    if label is None:
        title = escape(clean(own[0].name) if len(own) == 1 else str(len(own)))
        return link(own[0].href, f"<title>{title}</title>{inside}")
    top = base - 16 - _ROW * (label.row + 1)
    side = "end" if label.ends else "start"
    where = f'x="{x}%" dx="{-OFFSET if label.ends else OFFSET}" text-anchor="{side}"'
    inside = f'<line x1="{x}%" x2="{x}%" y1="{top + 4}" y2="{base}"/>{inside}'
    inside += f'<text {where} y="{top + 14}">{text(label.name)}</text>'
    if label.words:
        inside += f'<text class="it q2" {where} y="{top + 32}">{text(label.words)}</text>'
    return link(own[0].href, inside)
