"""Columns that several tables have, and short ways to make others."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ontherecord.dates import OPEN, bounds
from ontherecord.exchange.tables.table import Column
from ontherecord.exchange.tables.things import Things
from ontherecord.records import copied_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ontherecord.edition import Edition
    from ontherecord.exchange.tables.table import Value
    from ontherecord.records import Quote


class Part(NamedTuple):
    """One of several things that a record has, numbered from 1."""

    owner: Any
    position: int
    value: Any


def parts(owners: Things, values: Callable[[Edition, Any], Iterable[Any]]) -> Things:
    """Give the several things that each of the owners has."""

    def of(edition: Edition, owner: Any) -> Iterator[Part]:
        for position, value in enumerate(values(edition, owner), 1):
            yield Part(owner, position, value)

    return Things(owners.kind, owners.by_name, of)


def own(name: str, meaning: str, attribute: str = "", **options: Any) -> Column:
    """Give the column of what a record itself says, under its own name unless told."""
    attribute = attribute or name
    return Column(name, meaning, lambda _, one: getattr(one, attribute), **options)


def part(name: str, meaning: str, attribute: str = "", **options: Any) -> Column:
    """Give the column of what one of a record's several things says, under its own name."""
    attribute = attribute or name
    return Column(name, meaning, lambda _, one: getattr(one.value, attribute), **options)


def whole(name: str, meaning: str, **options: Any) -> Column:
    """Give the column that holds one of a record's several things itself."""
    return Column(name, meaning, lambda _, one: one.value, **options)


def owner(name: str, table: str) -> Column:
    """Give the column that says of which record of a table something is."""
    attribute = "key" if table == "sources" else "id"
    return Column(
        name,
        f"Which of the {table} it is of.",
        lambda _, one: getattr(one.owner, attribute),
        references=table,
        is_key=True,
    )


def terms(meaning: str, of: Mapping[str, str]) -> str:
    """Give the meaning of a column with that of each term that can stand in it."""
    return f"{meaning} {'; '.join(f'{term}: {says}' for term, says in of.items())}."


def days(name: str, meaning: str, read: Callable[[Edition, Any], str]) -> tuple[Column, ...]:
    """Give the columns of a date: EDTF as it is known, and the first and last day it can mean.

    Both days are empty where the date is not known or is no EDTF date, and one is where an
    interval is open on its side.
    """

    def first(edition: Edition, item: Any) -> Value:
        day = _bounds(read(edition, item))[0]
        return None if day == datetime.date.min else day

    def last(edition: Edition, item: Any) -> Value:
        day = _bounds(read(edition, item))[1]
        return None if day == OPEN else day

    return (
        Column(name, f"{meaning}, as far as it is known: a date in EDTF (ISO 8601-2).", read),
        Column(
            f"{name}_first",
            f"The first day that {name} can mean.",
            first,
            "date",
            is_asked_for=True,
        ),
        Column(f"{name}_last", f"The last day that {name} can mean.", last, "date"),
    )


def _bounds(date: str) -> tuple[datetime.date | None, datetime.date | None]:
    try:
        return bounds(date) if date else (None, None)
    except ValueError:  # A bibliography may have any text for a date.
        return None, None


def verified(
    wording: Callable[[Edition, Any], tuple[Quote, str, tuple[str, ...]]],
) -> Column:
    """Give the column of the day on which a wording was found in a capture, while it is that.

    ``wording`` gives the quote, the key of the source, and the fragments that the source has.
    """

    def day(edition: Edition, item: Any) -> str:
        found = edition.verification(*wording(edition, item))
        return found.verified if found else ""

    return Column(
        "verified", "The day on which the wording was found in a capture of its source.", day
    )


ID: Final = own(
    "id",
    "The identifier; unique in the edition across all kinds of records, and kept for good.",
    is_key=True,
)
LABEL: Final = Column(
    "label",
    "What a reference to the record shows: a name, opening words, or who the sides are.",
    lambda edition, one: edition.label(one),
)
ADDRESS: Final = Column(
    "address",
    "The permanent address of the record; it is relative where the edition has no address.",
    lambda edition, one: edition.imprint.of_record(one.id),
)
PAGE: Final = Column(
    "page",
    "The address of the place where it stands in the edition.",
    lambda edition, one: edition.imprint.of_page(edition.home(one), edition.anchor(one)),
)
DOCUMENT: Final = Column(
    "document",
    "The document in which it is at home, an article or another.",
    lambda edition, one: edition.home(one),
)
ARTICLE: Final = Column(
    "article",
    "The same, where it is an article.",
    lambda edition, one: home if (home := edition.home(one)) in edition.articles else "",
    references="articles",
)
LICENCE: Final = Column(
    "licence",
    "The licence of what the editors wrote and chose; quotations are their speakers'.",
    lambda edition, _: edition.imprint.licence_address,
)
COPIED: Final = Column(
    "copied_from",
    "The edition in which the record is at home, where this one has a copy; empty where it is at "
    "home here.",
    lambda _, one: copied_from(one),
)
POSITION: Final = Column(
    "position",
    "Its place among them, from 1.",
    lambda _, one: one.position,
    "integer",
    is_key=True,
)
