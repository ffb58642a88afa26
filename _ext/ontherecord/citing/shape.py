"""The shape of an item: all that decides how a style puts it, without what it says."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ontherecord.citing.nesting import outermost
from ontherecord.citing.parted_dates import PartedDate, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.citing.item import Item, Name

MOST_NAMES: Final = 40
"""Beyond it only the last name is looked at: no style names more than twenty."""

FIELDS: Final = ("title", "container", "publisher", "version", "address")
VARIABLES: Final = {"container": "container-title", "address": "URL"}

CAPITALS: Final = [chr(point) for point in range(0x1D400, 0x1D7CC) if chr(point).isupper()]
"""Letters that begin a given name's placeholder, so that a style makes initials of it."""
SECOND: Final = "\u2c00"
"""A second given name's letter: what stands between the two shows how a style joins initials."""
WHOLE: Final = "\ue000"
"""What stands behind a given name's letter, and is gone where it became an initial."""

YEARS: Final = {"issued": (3105, 3106), "original": (3205, 3206)}
EARLY_YEARS: Final = {"issued": (905, 906), "original": (805, 806)}
LATE_DAYS: Final = {"issued": 45, "original": 55}
EARLY_DAYS: Final = {"issued": 5, "original": 6}
FIRST_MONTH: Final = 13
"""The number of the first of the made-up months, of which there are `MADE_UP`."""
MADE_UP: Final = ("\U000fff00", "\U000fff01")
"""What the made-up months are called; the short form has `SHORT` behind it."""
SHORT: Final = "\U000fff02"
MONTHS: Final = {"issued": FIRST_MONTH, "original": FIRST_MONTH + 1}


class NameShape(NamedTuple):
    """Which parts of a name there are; none of them: it is a literal."""

    family: bool
    given: bool
    suffix: bool


class DateShape(NamedTuple):
    """How exactly a date is known.

    ``years`` says of the year, and of an interval's last, whether it is before
    1000; ``month`` and ``day`` are 0 where there is none. Where the language
    writes months in numbers, they are the date's own. Else the month is 1 for any,
    and so is the day 10; where the language has ordinals for days, or zeros before
    them, it is 1 for the first, 2 for another of one digit. ``literal`` dates have
    no parts.
    """

    years: tuple[bool, ...] = ()
    month: int = 0
    day: int = 0
    uncertain: bool = False
    literal: bool = False


class Shape(NamedTuple):
    """All that decides how a style puts an item.

    ``marks`` are the sorts of the outermost quotation marks in its title, and ``exact`` says of
    a title that has such whether it is a speaker's words.
    """

    type: str
    fields: tuple[str, ...]
    authors: tuple[NameShape, ...]
    editors: tuple[NameShape, ...]
    issued: DateShape
    original: DateShape
    marks: tuple[str, ...] = ()
    exact: bool = False


def shown_names(names: Sequence[Name]) -> tuple[Name, ...]:
    """Give the names that a style may name."""
    if len(names) > MOST_NAMES:
        return (*names[: MOST_NAMES - 1], names[-1])
    return tuple(names)


def shown_parts(date: str) -> PartedDate | None:
    """Give the parts of a date that a style is given; of an interval the years.

    Within one year citeproc-py loses the year of an interval.
    """
    parts = parted(date)
    if parts is None or not parts.end:
        return parts
    same = parts.begin[0] == parts.end[0]
    return PartedDate(parts.begin[:1], () if same else parts.end[:1], parts.uncertain)


def shape_of(item: Item, *, numeric_months: bool, plain_days: bool) -> Shape:
    """Give the shape of an item in a language that writes its months and days so."""
    marks = outermost(item.title)
    return Shape(
        item.type,
        tuple(field for field in FIELDS if getattr(item, field)),
        tuple(map(_name_shape, shown_names(item.authors))),
        tuple(map(_name_shape, shown_names(item.editors))),
        _date_shape(item.issued, numeric_months, plain_days),
        _date_shape(item.original, numeric_months, plain_days),
        marks,
        bool(marks) and item.exact,
    )


def _name_shape(name: Name) -> NameShape:
    return NameShape(
        bool(name.family),
        bool(name.family and name.given),
        bool(name.family and name.suffix),
    )


@lru_cache(maxsize=4096)
def _date_shape(date: str, numeric_months: bool, plain_days: bool) -> DateShape:
    if not date:
        return DateShape()
    parts = shown_parts(date)
    if parts is None:
        return DateShape(literal=True)
    year, month, day = (*parts.begin, 0, 0)[:3]
    years = tuple(one < 1000 for one in (year, *parts.end[:1]))
    if not numeric_months:
        month = min(month, 1)
        day = 10 * min(day, 1) if plain_days else min(day, 2) if day < 10 else 10
    # What is doubted of a day is said of the day, in the bracket, and not of its year.
    return DateShape(years, month, day, parts.uncertain and len(parts.begin) == 1)


class Placeholders:
    """What stands for an item's values in a reference: each a character or number of its own."""

    def __init__(self, shape: Shape, *, numeric_months: bool) -> None:
        """Make the placeholders of a shape."""
        self.slots: dict[str, str] = {}
        """The slots by what stands for them."""
        self._real_days = numeric_months
        self.data: dict[str, object] = {"type": shape.type}
        """The item in CSL-JSON."""
        for field in shape.fields:
            self.data[VARIABLES.get(field, field)] = self._new(field)
        for role, names in (("author", shape.authors), ("editor", shape.editors)):
            if names:
                self.data[role] = [
                    self._name(f"{role}.{number}", name) for number, name in enumerate(names)
                ]
        for field, date in (("issued", shape.issued), ("original", shape.original)):
            if date.literal or date.years:
                variable = "original-date" if field == "original" else field
                self.data[variable] = self._date(field, date)
        self.other_originals: list[dict[str, object]] = self._others(shape.original)
        """The day of the words with a part that has no placeholder changed, for each of
        these: what then does not change in the reference does not stand in it."""

    def _new(self, slot: str) -> str:
        # Letters of private use have no case and no place in a style: nothing changes them.
        character = chr(0xF0000 + len(self.slots))
        self.slots[character] = slot
        return character

    def _name(self, slot: str, shape: NameShape) -> dict[str, str]:
        if not shape.family:
            return {"literal": self._new(f"{slot}.literal")}
        name = {"family": self._new(f"{slot}.family")}
        if shape.given:
            capital = CAPITALS[sum(key in CAPITALS for key in self.slots)]
            self.slots[capital] = f"{slot}.given"
            name["given"] = f"{capital}{WHOLE} {SECOND}{WHOLE}"
        if shape.suffix:
            name["suffix"] = self._new(f"{slot}.suffix")
        return name

    def _date(self, field: str, shape: DateShape) -> dict[str, object]:
        if shape.literal:
            return {"literal": self._new(f"{field}.literal")}
        parts = []
        for number, early in enumerate(shape.years):
            year = (EARLY_YEARS if early else YEARS)[field][number]
            self.slots[str(year)] = f"{field}.year.{number}"
            parts.append([year])
        if shape.month:
            parts[0].append(shape.month if self._real_days else MONTHS[field])
        if shape.day:
            parts[0].append(self._day(field, shape.day))
        said: dict[str, object] = {"date-parts": parts}
        if shape.uncertain:
            said["circa"] = True
        return said

    def _day(self, field: str, day: int) -> int:
        if day == 1 or self._real_days:
            return day
        if day == 2:
            sentinel = EARLY_DAYS[field]
            self.slots[f"{sentinel:02}"] = f"{field}.day.2"
        else:
            sentinel = LATE_DAYS[field]
        self.slots[str(sentinel)] = f"{field}.day.1"
        return sentinel

    def _others(self, shape: DateShape) -> list[dict[str, object]]:
        if not shape.day or (shape.day != 1 and not self._real_days):
            return []
        said: Any = self.data["original-date"]
        year, month, _ = said["date-parts"][0]
        days = [(year, month, 29)]
        if self._real_days:
            days.append((year, month % 12 + 1, shape.day))
        return [{**said, "date-parts": [list(day)]} for day in days]


_COMBINING: Final = {"Mn", "Mc", "Me"}


def initials(given: str, mark: str) -> str:
    """Give the initials of given names, each with a mark such as ``. `` behind it.

    A part in lower case (``van``), or in a script without capitals, stays as it is.
    A letter keeps the accents that are combined with it.
    """
    hyphened = given.split("-")
    parts = [_initials_of(part, mark, first=not number) for number, part in enumerate(hyphened)]
    return "-".join(filter(None, parts)) or given


def _initials_of(given: str, mark: str, *, first: bool) -> str:
    words: list[str] = []
    group = ""
    for part in given.replace(".", " ").split():
        if part[0].isupper():
            group += _first_letter(part) + mark
        elif not first and part[0].islower() and not group:
            # Of a name such as Xiao-ming both letters are initials.
            group += _first_letter(part) + mark
        else:
            words += [group.strip(), part]
            group = ""
    return " ".join(filter(None, [*words, group.strip()]))


def _first_letter(word: str) -> str:
    end = 1
    while end < len(word) and unicodedata.category(word[end]) in _COMBINING:
        end += 1
    return word[:end]
