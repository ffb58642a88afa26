"""How far statements of a case are apart, as far as it is known."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from ontherecord.dates import bounds, instant, is_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ontherecord.records import Quote, RemoteQuote

    Said = Quote | RemoteQuote

Interval = tuple[str, ...]
"""Of what it is, and its two ends in ISO 8601; empty where it is not known, or nothing to say.

It is ``days`` between days, ``event`` where both ends are statements at one event, ``spoken``
between the times of the words, ``began`` between the beginnings of events, and ``reported``
where the times are not of one kind, or one is that of a report.
"""

LONG: Final = 3
"""From how many days on the hours are left out: the days alone need then be known."""

_DAY: Final = datetime.timedelta(days=1)


def between(sides: Sequence[Said]) -> Interval:
    """Give how far the first of some statements is from the last."""
    known = _with_days(sides)
    if len(known) < 2:
        return ()
    days = sorted(day for day, _quote in known)
    if (days[-1] - days[0]).days >= LONG:
        return "days", days[0].isoformat(), days[-1].isoformat()
    timed = _with_instants([quote for _day, quote in known])
    if len(timed) < len(known):
        return ()
    first, last = timed[0][0], timed[-1][0]
    if first == last:
        quotes = [quote for _moment, quote in timed]
        is_one = all(_at_one_event(quotes[0], other) for other in quotes[1:])
        return ("event", first.isoformat(), last.isoformat()) if is_one else ()
    return _sort(quote for _moment, quote in timed), first.isoformat(), last.isoformat()


def after(sides: Sequence[Said], answer: Said) -> Interval:
    """Give how long after the last of some statements one was made that answers them.

    Nothing is given where that may be another: where one of them is known by its day alone,
    and that day is near.
    """
    known, answered = _with_days(sides), _with_days([answer])
    if not known or not answered:
        return ()
    last_day, (day, quote) = max(one for one, _quote in known), answered[0]
    if (day - last_day).days >= LONG:
        return "days", last_day.isoformat(), day.isoformat()
    # The next day's date may come first elsewhere.
    near = [side for one, side in known if last_day - one <= _DAY]
    timed, at = _with_instants(near), _with_instants([quote])
    if len(timed) < len(near) or not at:
        return ()
    last, moment = timed[-1][0], at[0][0]
    if moment < last:
        return ()
    final = [side for one, side in timed if one == last]
    if moment == last:
        is_one = all(_at_one_event(quote, side) for side in final)
        return ("event", last.isoformat(), moment.isoformat()) if is_one else ()
    return _sort([quote, *final]), last.isoformat(), moment.isoformat()


def _with_days(named: Sequence[Said]) -> list[tuple[datetime.date, Said]]:
    """Give quotes with their days; nothing at all where that of one is not known."""
    found = [(bounds(quote.spoken)[0], quote) for quote in named if is_day(quote.spoken)]
    return found if len(found) == len(named) else []


def _with_instants(quotes: Sequence[Said]) -> list[tuple[datetime.datetime, Said]]:
    """Give those that are known to the minute, in order."""
    found = [(instant(quote.spoken, quote.time or None), quote) for quote in quotes]
    timed = [(moment, quote) for moment, quote in found if moment is not None]
    return sorted(timed, key=lambda one: one[0])


def _sort(quotes: Iterable[Said]) -> str:
    """Give of what the times between are: an event's beginning is not the time of the words."""
    of = {quote.time_is for quote in quotes}
    return "began" if of == {"event-began"} else "spoken" if of == {"spoken"} else "reported"


def _at_one_event(one: Said, other: Said) -> bool:
    """Tell whether two statements were made at events that began at one time in one place."""
    if {one.time_is, other.time_is} != {"event-began"}:
        return False
    if one.place and other.place:
        return one.place == other.place
    return one.source == other.source
