"""Dates and times as they are known."""

from __future__ import annotations

import datetime
import re

import pytest
from conftest import EXTENSION, python
from hypothesis import given
from hypothesis import strategies as st
from ontherecord import dates
from ontherecord.dates import (
    bounds,
    clock,
    instant,
    order,
    overlap,
    say,
    say_days,
    say_span,
    say_time,
)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2017-02-23", "2017-02-23", "2017-02-23"),
        ("2017-02", "2017-02-01", "2017-02-28"),
        ("2017-02~", "2017-02-01", "2017-02-28"),
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017-01-20/2017-07-31", "2017-01-20", "2017-07-31"),
        ("2017-01-20/", "2017-01-20", "9999-12-31"),
        ("2017-01-20/..", "2017-01-20", "9999-12-31"),
        ("../2017", "0001-01-01", "2017-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
    ],
)
def test_bounds(date: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in bounds(date)] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["", "/", "23 February 2017", "2017-02-30", "2017-13", "2017/2016", "a/b/c", "unknown", "May"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|day|interval|years"):
        bounds(text)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        first, last = bounds(text)
    except ValueError:
        return
    assert first <= last


@pytest.mark.parametrize("text", ["13:32-05:00", "13:32Z", "13:32", "00:00+05:30"])
def test_times(text: str) -> None:
    assert clock(text).strftime("%H:%M") == text[:5]


@pytest.mark.parametrize("text", ["", "1:32", "25:00", "13.32", "half past one", "13:32 -5"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|hour"):
        clock(text)


def test_order_puts_days_before_hours_and_the_unknown_last() -> None:
    dates = [("2017-02-23", "13:32-05:00"), (None, None), ("2017-02-23", None), ("2017", None)]
    dates.append(("2017-02-23", "16:00Z"))
    ranked = sorted(dates, key=lambda one: order(*one))
    assert ranked == [
        ("2017", None),
        ("2017-02-23", None),
        ("2017-02-23", "16:00Z"),
        ("2017-02-23", "13:32-05:00"),
        (None, None),
    ]


def test_the_time_between() -> None:
    moments = [instant("2017-02-23", time) for time in ("10:56-05:00", "13:32-05:00")]
    assert all(moments)
    assert say_span([moment for moment in moments if moment]) == "2 h 36 min"
    assert instant("2017-02", "10:56-05:00") is None
    assert instant("2017-02-23", "10:56") is None
    day = datetime.timedelta(days=1)
    assert (
        say_span([moment + day * n for n, moment in enumerate(moments) if moment])
        == "1 d 2 h 36 min"
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-01-31", "2024-02-01", "1 day"),
        ("2024-01-01", "2024-05-05", "125 days"),
        ("2022-03-01", "2024-02-29", "730 days"),
        ("2022-03-01", "2024-03-01", "2 years"),
        ("2022-03-31", "2024-04-30", "2 years"),
        ("2022-03-31", "2024-05-01", "2 years 1 month"),
        ("2020-12-31", "2024-11-30", "3 years 10 months"),
    ],
)
def test_the_time_between_days(first: str, last: str, said: str) -> None:
    days = map(datetime.date.fromisoformat, (first, last))
    assert say_days(*days) == said


@pytest.mark.parametrize(
    ("date", "language", "said"),
    [
        ("2017-02-23", "en", "23 February 2017"),
        ("2017-02-23", "es", "23 de febrero de 2017"),
        ("2017-02-23", "de", "23. Februar 2017"),
        ("2017-02-23", "xx", "23 February 2017"),
        ("2017-02", "en", "February 2017"),
        ("2017-02~", "en", "about February 2017"),
        ("2017?", "en", "perhaps 2017"),
        ("2017-01-20/2017-07-31", "en", "20 January 2017 to 31 July 2017"),
        ("2017-01-20/", "en", "from 20 January 2017"),
        ("../2017", "en", "until 2017"),
    ],
)
def test_dates_are_said_in_words(date: str, language: str, said: str) -> None:
    assert say(date, language) == said


def test_times_are_said_with_their_zone() -> None:
    assert say_time("13:32-05:00") == "13:32 (UTC−5)"
    assert say_time("13:32Z") == "13:32 (UTC)"
    assert say_time("13:32+05:30") == "13:32 (UTC+5:30)"
    assert say_time("13:32") == "13:32"


def test_posts_are_held_on_days_that_may_fall_in_them() -> None:
    assert overlap("2017-01-20/2017-07-31", "2017-02-23")
    assert overlap("2017-07-31/", "2017-07")
    assert not overlap("2017-01-20/2017-07-31", "2017-08")


@pytest.mark.parametrize("year", ["0000", "0001", "0999", "1582", "1789", "1900", "2000", "9999"])
def test_years_and_months_are_bounded_as_edtf_has_them(
    year: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short way for them gives what the parser of all dates gives, errors included."""

    def bounded(text: str) -> object:
        dates.bounds.cache_clear()
        try:
            return dates.bounds(text)
        except ValueError:
            return "no date"

    plain = [year, *(f"{year}-{month:02}" for month in range(16)), f"{year}-1", f"{year}-21"]
    texts = [text + qualifier for text in plain for qualifier in ("", "~", "?", "%", "~?", "!")]
    short = [bounded(text) for text in texts]
    monkeypatch.setattr(dates, "_MONTH_OR_YEAR", re.compile("(?!)"))
    assert [bounded(text) for text in texts] == short
    dates.bounds.cache_clear()


def test_what_is_no_date_at_all_and_months_need_no_parser() -> None:
    asked = "print(is_date(''), is_date('2017'), is_date('2017-02~'), 'edtf' in sys.modules)"
    path = f"import sys; sys.path.insert(0, {str(EXTENSION)!r})"
    done = python("-c", f"{path}; from ontherecord.dates import is_date; {asked}")
    assert done.stdout.split() == ["False", "True", "True", "False"]
