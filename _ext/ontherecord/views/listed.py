"""The entries of a register, each made when it is asked for: of a long one a page shows few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_E = TypeVar("_E")


class Listed(Sequence[_E]):
    """Entries about things in their order, as a sequence that holds none of them."""

    def __init__(self, things: Sequence[Any], make: Callable[[Any], _E]) -> None:
        """Take what the entries are about, and what makes the entry about one."""
        self._things = things
        self._make = make

    @overload
    def __getitem__(self, index: int) -> _E: ...

    @overload
    def __getitem__(self, index: slice) -> list[_E]: ...

    def __getitem__(self, index: int | slice) -> _E | list[_E]:
        """Make an entry, or those of a page."""
        if isinstance(index, slice):
            return [self._make(one) for one in self._things[index]]
        return self._make(self._things[index])

    def __iter__(self) -> Iterator[_E]:
        """Make each entry in turn."""
        return map(self._make, self._things)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._things)
