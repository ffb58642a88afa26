"""Dates and times as they are known: EDTF read, put in order, and said in words."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

OPEN: Final = datetime.date.max
"""The end of an interval that has none, or none that is known."""

_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_MONTH_OR_YEAR: Final = re.compile(r"(?!0000)([0-9]{4})(?:-(0[1-9]|1[0-2]))?[~?%]?")
_TIME: Final = re.compile(r"(\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})?")


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """Give the first and the last day that an EDTF date (ISO 8601-2:2019) can mean.

    An interval without a known beginning or end reaches to the first or last
    day there is. Raises `ValueError` where the text is no such date.
    """
    begin, slash, end = text.partition("/")
    if slash:
        if "/" in end or not begin + end:
            raise ValueError(f"not an EDTF date: {text!r}")
        first = datetime.date.min if begin in {"", ".."} else bounds(begin)[0]
        last = OPEN if end in {"", ".."} else bounds(end)[1]
        if last < first:
            raise ValueError(f"an interval that ends before it begins: {text!r}")
        return first, last
    if match := _DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
        try:
            only = datetime.date(year, month, day)
        except ValueError as error:
            raise ValueError(f"no such day: {text!r}") from error
        return only, only
    if match := _MONTH_OR_YEAR.fullmatch(text):
        year, month = int(match[1]), int(match[2] or 0)
        last_day = monthrange(year, month or 12)[1]
        return datetime.date(year, month or 1, 1), datetime.date(year, month or 12, last_day)
    if not text:
        raise ValueError(f"not an EDTF date: {text!r}")
    # The parser of all others takes as long to be made as twenty articles to be built.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed: Any = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ValueError(f"not an EDTF date: {text!r}") from error
    try:
        last_day = min(upper.tm_mday, monthrange(upper.tm_year, upper.tm_mon)[1])
        return (
            datetime.date(lower.tm_year, lower.tm_mon, lower.tm_mday),
            datetime.date(upper.tm_year, upper.tm_mon, last_day),
        )
    except (ValueError, AttributeError, OverflowError) as error:
        raise ValueError(f"a date outside the years 1 to 9999: {text!r}") from error


def is_day(text: str) -> bool:
    """Tell whether an EDTF date is a single day."""
    return _DAY.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Tell whether a text is an EDTF date."""
    try:
        bounds(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def clock(text: str) -> datetime.time:
    """Give the time of day in ``hh:mm`` with its distance from UTC, if it has one.

    Raises `ValueError` where the text is no such time (ISO 8601-1:2019, 5.3).
    """
    if not _TIME.fullmatch(text):
        raise ValueError(f"not a time such as 13:32-05:00: {text!r}")
    return datetime.time.fromisoformat(text)


def instant(date: str | None, time: str | None) -> datetime.datetime | None:
    """Give the moment of a day and a time known to the minute, else nothing."""
    if not date or not time or not _DAY.fullmatch(date):
        return None
    moment = clock(time)
    if moment.tzinfo is None:
        return None
    return datetime.datetime.combine(bounds(date)[0], moment)


Order = tuple[datetime.date, datetime.date, bool, str]


def order(date: str | None, time: str | None = None) -> Order:
    """Give a key that puts dates in order: the unknown last, a day before its hours.

    What is about a day comes after what is of that day.
    """
    if not date:
        return OPEN, OPEN, True, ""
    first, last = bounds(date)
    moment = instant(date, time)
    try:
        clocked = moment.astimezone(datetime.UTC).isoformat() if moment else time or ""
    except OverflowError:  # The first and last hours that there are.
        clocked = time or ""
    return first, last, date[-1:] in {"~", "?", "%"}, clocked


def overlap(one: str, other: str) -> bool:
    """Tell whether two EDTF dates can mean the same day."""
    (one_first, one_last), (other_first, other_last) = bounds(one), bounds(other)
    return one_first <= other_last and other_first <= one_last


def say(date: str, language: str = "en", translate: Callable[[str], str] = str) -> str:
    """Say an EDTF date in words, such as ``23 February 2017`` or ``about February 2017``.

    ``translate`` gives the small words of `PHRASES` in the language.
    """
    begin, slash, end = date.partition("/")
    if slash:
        if begin in {"", ".."}:
            return translate("until %s") % say(end, language, translate)
        if end in {"", ".."}:
            return translate("from %s") % say(begin, language, translate)
        days = {"begin": say(begin, language, translate), "end": say(end, language, translate)}
        return translate("%(begin)s to %(end)s") % days
    plain, mark = (date[:-1], date[-1]) if date[-1:] in QUALIFIERS else (date, "")
    year, _hyphen, season = plain.partition("-")
    said = translate(SEASONS[season]) % year if season in SEASONS else _plain(plain, language)
    return translate(QUALIFIERS[mark]) % said if mark else said


QUALIFIERS: Final = {"~": "about %s", "?": "perhaps %s", "%": "perhaps about %s"}
"""What the qualifiers of EDTF level 1 say."""

SEASONS: Final = {"21": "spring %s", "22": "summer %s", "23": "autumn %s", "24": "winter %s"}
"""What the seasons of EDTF level 1 say; they stand in the month's place."""

PHRASES: Final = (
    "until %s",
    "from %s",
    "%(begin)s to %(end)s",
    *QUALIFIERS.values(),
    *SEASONS.values(),
)
"""The small words around dates, for the catalogues of other languages."""


@lru_cache(maxsize=10_000)
def _plain(date: str, language: str) -> str:
    if _DAY.fullmatch(date):
        return format_date(bounds(date)[0], "long", locale=locale_of(language))
    if (match := _MONTH.fullmatch(date)) and int(match[2]) <= 12:
        return format_skeleton("yMMMM", bounds(date)[0], locale=locale_of(language))
    return date


@lru_cache
def locale_of(language: str) -> Locale:
    """Give the locale of a language; English puts the day first, as citations do."""
    try:
        return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def say_time(time: str) -> str:
    """Say a time with its distance from UTC, such as ``13:32 (UTC−5)``."""
    moment = clock(time)
    offset = moment.utcoffset()
    if offset is None:
        return f"{moment:%H:%M}"
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return f"{moment:%H:%M} (UTC)"
    hours, rest = divmod(abs(minutes), 60)
    zone = f"{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return f"{moment:%H:%M} (UTC{zone})"


def say_span(moments: Iterable[datetime.datetime]) -> str:
    """Say how far the first of some moments is from the last, such as ``2 h 36 min``."""
    times = sorted(moments)
    minutes = int((times[-1] - times[0]).total_seconds()) // 60
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"


def say_days(
    first: datetime.date, last: datetime.date, translate: Callable[[str], str] = str
) -> str:
    """Say how far two days are apart: in days, from two years on in years and months."""
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    years, months = divmod(months, 12)
    if years < 2:
        days = (last - first).days
        return translate("1 day") if days == 1 else translate("%d days") % days
    said = translate("%d years") % years
    if not months:
        return said
    rest = translate("1 month") if months == 1 else translate("%d months") % months
    return f"{said} {rest}"
