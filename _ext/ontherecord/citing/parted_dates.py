"""Dates in parts: as much of an EDTF date as the formats of references can say in numbers."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

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
    if first is None or (slash and last is None):
        return None
    parts, to = _parts(first), _parts(last) if last else ()
    if not _is_there(parts) or (to and not _is_there(to)):
        return None
    if last is None:
        return PartedDate(parts, (), bool(first[4]))
    # The end may be known to the month only: as much as both know is compared.
    backwards = list(to) < list(parts[: len(to)])
    return None if first[4] or last[4] or backwards else PartedDate(parts, to)


def _is_there(parts: tuple[int, ...]) -> bool:
    try:
        # Not by the reader of EDTF, which takes ten milliseconds for 2017-02~.
        datetime.date(*parts, *(1, 1)[len(parts) - 1 :])
    except ValueError:
        return False
    return True


def _parts(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in match.groups()[:3] if part)
