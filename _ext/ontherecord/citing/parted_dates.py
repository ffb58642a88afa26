"""Dates in parts: as much of an EDTF date as the formats of references can say in numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ontherecord.dates import is_date

_PLAIN: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?([~?%]?)")


@dataclass(frozen=True, slots=True)
class PartedDate:
    """A date's year, month and day, as far as they are known; ``end`` is that of an interval.

    ``uncertain`` says that the date is approximate, doubted, or both (``~``, ``?``, ``%``).
    """

    begin: tuple[int, ...]
    end: tuple[int, ...] = ()
    uncertain: bool = False


@lru_cache(maxsize=4096)
def parted(date: str) -> PartedDate | None:
    """Give the parts of an EDTF date (ISO 8601-2:2019), else nothing.

    Nothing is given for what parts cannot say: an interval that is open or whose
    ends are doubted, a date with digits left out, a season, what is no date.
    """
    begin, slash, end = date.partition("/")
    first, last = _PLAIN.fullmatch(begin), _PLAIN.fullmatch(end)
    if first is None or not is_date(date) or (slash and last is None):
        return None
    parts = _parts(first)
    if last is None:
        return PartedDate(parts, (), bool(first[4]))
    if first[4] or last[4]:
        return None
    return PartedDate(parts, _parts(last))


def _parts(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in match.groups()[:3] if part)
