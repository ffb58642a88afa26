"""The hours of one day as an axis, with what was said and what happened on it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from ontherecord.drawings.marks import Sort, drawing, link, mark, number, text
from ontherecord.drawings.rows import OFFSET, Label, Placed, place
from ontherecord.drawings.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS: Final = (5, 10, 15, 30, 60, 120, 180, 240, 360)
_MOST_STEPS: Final = 6
_LEAST_MINUTES: Final = 10
_DAY: Final = 24 * 60
_ROW: Final = 40
_MINUTE: Final = datetime.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Point:
    """A statement or event at a moment, which must know its distance from UTC."""

    moment: datetime.datetime
    name: str
    words: str = ""
    href: str = ""
    sort: Sort = "quotation"


def draw_day(points: Sequence[Point], zone: datetime.tzinfo | None = None) -> str:
    """Give the day as SVG, in the hours of a zone (if none, the earliest point's own).

    Nothing is given for no points. Raises `ValueError` where a moment does
    not know its distance from UTC, or the points are more than 24 hours apart.
    """
    if not points:
        return ""
    if any(point.moment.utcoffset() is None for point in points):
        raise ValueError("a moment without its distance from UTC")
    first = min(point.moment for point in points)
    begin = _clock(first, zone)
    minutes = [begin + (point.moment - first) // _MINUTE for point in points]
    if max(minutes) - begin > _DAY:
        raise ValueError("points more than 24 hours apart")
    start, end, step = _axis(begin, max(minutes))
    places = [(minute - start) / (end - start) for minute in minutes]
    labels = place(
        [
            Label(at, point.name, point.words, point.sort == "contradicted")
            for at, point in zip(places, points, strict=True)
        ]
    )
    base = _ROW * (1 + max((one.row for one in labels if one), default=0)) + 20
    # A contradicted statement is drawn last: its mark is never under another.
    order = sorted(range(len(points)), key=lambda one: (points[one].sort == "contradicted", one))
    return drawing(
        "day",
        f'width="100%" height="{base + 34}"',
        f'<line x1="0" x2="100%" y1="{base}" y2="{base}"/>'
        + "".join(
            _tick(minute, (minute - start) / (end - start), base, wide=index % 2 == 1)
            for index, minute in enumerate(range(start, end + 1, step))
        )
        + "".join(_point(points[one], places[one], labels[one], base) for one in order),
    )


def _clock(moment: datetime.datetime, zone: datetime.tzinfo | None) -> int:
    """Give the minute of the day that a clock of the zone shows at a moment."""
    own = moment.utcoffset() or datetime.timedelta()
    there = own
    if zone is not None:
        there = zone.utcoffset(moment.replace(tzinfo=None)) or datetime.timedelta()
    return (moment.hour * 60 + moment.minute + (there - own) // _MINUTE) % _DAY


def _axis(first: int, last: int) -> tuple[int, int, int]:
    """Give the first and the last minute of the axis, and the minutes between its ticks."""
    if last - first < _LEAST_MINUTES:
        first, last = first - 15, last + 15
    for step in _STEPS:
        start, end = first // step * step, -(-last // step) * step
        if (end - start) // step <= _MOST_STEPS:
            break
    return start, end, step


def _tick(minute: int, at: float, base: int, *, wide: bool) -> str:
    """Give a tick and its hour, which is shown only where there is room if it is ``wide``."""
    x = number(100 * at)
    anchor = "start" if at == 0 else "end" if at == 1 else "middle"
    hour, rest = divmod(minute % _DAY, 60)
    where = f'x="{x}%" y="{base + 26}" text-anchor="{anchor}"'
    return (
        f'<line x1="{x}%" x2="{x}%" y1="{base}" y2="{base + 6}"/>'
        f'<text class="s{" q2" if wide else ""}" {where}>{hour:02}:{rest:02}</text>'
    )


def _point(point: Point, at: float, label: Placed | None, base: int) -> str:
    x = number(100 * at)
    inside = f'<svg x="{x}%" y="{base}" overflow="visible">{mark(point.sort)}</svg>'
    if label is None:
        title = escape(f"{clean(point.name)} {clean(point.words)}".strip())
        return link(point.href, f"<title>{title}</title>{inside}")
    top = base - 16 - _ROW * (label.row + 1)
    side = (
        f'dx="{-OFFSET if label.ends else OFFSET}" text-anchor="{"end" if label.ends else "start"}"'
    )
    pole = f'<line x1="{x}%" x2="{x}%" y1="{top + 4}" y2="{base}"/>'
    name = f'<text x="{x}%" y="{top + 14}" {side}>{text(label.name)}</text>'
    words = f'<text class="it q2" x="{x}%" y="{top + 32}" {side}>{text(label.words)}</text>'
    return link(point.href, pole + inside + name + (words if label.words else ""))
