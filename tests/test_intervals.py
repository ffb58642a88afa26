"""How far the statements of a case are apart: what is known, and no more."""

from __future__ import annotations

import pytest
from conftest import Project, one
from ontherecord.records import Origin, Quote, RemoteQuote
from ontherecord.values import replace
from ontherecord.views.intervals import after, between


def said(spoken: str, time: str = "", of: str = "event-began", place: str = "Hall") -> Quote:
    """A statement whose place, and whose source, is the place."""
    return Quote("q", Origin("d", 1), "s", place, "W.", spoken, time, of, place)


DAY = "2024-05-01"
NOON = said(DAY, "12:00Z")
ONE = said(DAY, "13:00Z")


@pytest.mark.parametrize(
    ("sides", "found"),
    [
        ([NOON, ONE], "began 2024-05-01T12:00:00+00:00 2024-05-01T13:00:00+00:00"),
        (
            [ONE, said(DAY, "14:00+02:00")],
            "began 2024-05-01T14:00:00+02:00 2024-05-01T13:00:00+00:00",
        ),
        ([NOON, said(DAY, "13:00Z", "spoken")], "reported"),
        ([said(DAY, "12:00Z", "spoken"), said(DAY, "13:00Z", "spoken")], "spoken"),
        ([NOON, said(DAY, "13:00Z", "reported")], "reported"),
        ([NOON, NOON], "event"),
        ([NOON, NOON, NOON], "event"),
        ([NOON, replace(NOON, place="")], "event"),
        ([NOON, said(DAY, "12:00Z", place="Square")], ""),
        ([NOON, NOON, said(DAY, "12:00Z", place="Square")], ""),
        ([replace(NOON, place=""), replace(NOON, place="", source="other")], ""),
        ([said(DAY, "12:00Z", "spoken"), said(DAY, "12:00Z", "spoken")], ""),
        ([NOON, said(DAY)], ""),
        ([NOON, said("2024-05-03", "13:00Z")], "began"),
        ([NOON, said("2024-05-04", "09:00Z")], "days 2024-05-01 2024-05-04"),
        ([said("2024-05-04"), said(DAY), NOON], "days 2024-05-01 2024-05-04"),
        ([NOON, said("2024-08")], ""),
        ([NOON, RemoteQuote("archive:x")], ""),
        ([NOON], ""),
    ],
)
def test_between_statements(sides: list[Quote | RemoteQuote], found: str) -> None:
    assert " ".join(between(sides)).startswith(found)
    assert bool(between(sides)) == bool(found)


@pytest.mark.parametrize(
    ("sides", "answer", "found"),
    [
        ([NOON, ONE], said(DAY, "14:00Z"), "began 2024-05-01T13:00:00+00:00 2024-05-01T14:00"),
        ([NOON, ONE], said(DAY, "14:00Z", "spoken"), "reported"),
        ([NOON, said(DAY, "13:00Z", "spoken")], said(DAY, "14:00Z", "spoken"), "spoken"),
        ([NOON, ONE], ONE, "event"),
        ([NOON, ONE], said(DAY, "13:00Z", place="Square"), ""),
        ([NOON, ONE], NOON, ""),
        # A statement of that day, or of the day before elsewhere, may be the last.
        ([NOON, said(DAY)], said(DAY, "14:00Z"), ""),
        ([NOON, said("2024-04-30")], said(DAY, "14:00Z"), ""),
        ([NOON, said("2024-04-29")], said(DAY, "14:00Z"), "began"),
        ([NOON, ONE], said(DAY), ""),
        ([NOON, said(DAY)], said("2026-05-01"), "days 2024-05-01 2026-05-01"),
        ([NOON, said("2024")], said("2026-05-01"), ""),
        ([NOON, RemoteQuote("archive:x")], said("2026-05-01"), ""),
        ([NOON], RemoteQuote("archive:x"), ""),
        ([NOON], said("2024-01-01"), ""),
        ([], NOON, ""),
    ],
)
def test_after_the_last(
    sides: list[Quote | RemoteQuote], answer: Quote | RemoteQuote, found: str
) -> None:
    assert " ".join(after(sides, answer)).startswith(found)
    assert bool(after(sides, answer)) == bool(found)


EVENT = ":time: 12:00Z\n:time-is: event-began\n:place: Hall\n"
CASE = """
# Cases

:::{contradiction} library
:between: ann-open, bob-closes
:answered-by: ann-answers, bob-answers

The case.
:::

:::{quote} ann-answers
:speaker: ann
:source: herald-2024
:spoken: 2024-05-01
:time: 12:00Z
:time-is: event-began
:place: Hall

At once.
:::

:::{quote} bob-answers
:speaker: bob
:source: herald-2024
:spoken: 2026-07-02

Much later.
:::
"""


def test_each_answer_has_its_own_interval(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    edition.put(
        "article.md", article.replace(":spoken: 2024-05-01\n", f":spoken: 2024-05-01\n{EVENT}")
    )
    edition.put("case.md", CASE)
    gaps = [
        "Said at the same event as the last of them.",
        "Said 2 years 2 months after the last of them.",
    ]
    build = edition.build("html", "-W")
    for page in ("case.html", "cite/library.html"):
        soup = build.soup(page)
        assert (
            one(soup, ".record-between .record-long").get_text().strip()
            == "Said at the same event."
        )
        assert one(soup, ".record-between .record-short").get_text() == "same event"
        assert one(soup, ".record-answer-head").get_text() == "The answers"
        shown = [side.select(".record-span") for side in soup.select(".record-many > .record-side")]
        assert [[line.get_text() for line in lines] for lines in shown] == [[gap] for gap in gaps]
    text = edition.build("text").squeezed("case.txt")
    assert [text.count(gap) for gap in ("Said at the same event. ", *gaps)] == [1, 1, 1]
    edition.put("case.md", CASE.replace(", bob-answers", ""))
    head = one(edition.build("html", "-W").soup("case.html"), ".record-answer-head")
    assert head.get_text() == f"The answer. {gaps[0]}"
