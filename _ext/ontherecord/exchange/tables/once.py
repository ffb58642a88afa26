"""Makes a thing once of each edition that there is, for all tables and formats that ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from ontherecord.edition import Edition

_T = TypeVar("_T")


def once(make: Callable[[Edition], _T]) -> Callable[[Edition], _T]:
    """Give a function that makes it once of each edition; what it makes must not hold that."""
    made: WeakKeyDictionary[Edition, _T] = WeakKeyDictionary()

    def made_once(edition: Edition) -> _T:
        if edition not in made:
            made[edition] = make(edition)
        return made[edition]

    return made_once
