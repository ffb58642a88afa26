"""How files were left, in few bytes: an edition has tens of thousands of them."""

from __future__ import annotations

import os
import struct
from typing import Final

import msgspec

State = tuple[int, int]
"""A file's size, and when it was last changed, in nanoseconds of its file system's clock."""

_NUMBERS: Final = struct.Struct("<qq")
_END: Final = b"\0"
"""What ends a name, since no file's name may have it."""


class States(msgspec.Struct, array_like=True):
    """The states of the files of one directory, which are added one by one.

    As an object each would take ten times the memory. ``names`` has each name and what ends it,
    ``numbers`` the two numbers of each state.
    """

    names: bytearray = msgspec.field(default_factory=bytearray)
    numbers: bytearray = msgspec.field(default_factory=bytearray)

    def __len__(self) -> int:
        """Give how many were added."""
        return len(self.numbers) // _NUMBERS.size

    def add(self, name: str, state: State) -> None:
        """Add a file; of one that is added twice the last state holds."""
        self.names += os.fsencode(name) + _END
        self.numbers += _NUMBERS.pack(*state)

    def by_name(self) -> dict[str, State]:
        """Give the states by the files' names, in the order in which they were added."""
        names = os.fsdecode(bytes(self.names)).split("\0")
        whole = memoryview(self.numbers)[: len(self) * _NUMBERS.size]
        return dict(zip(names, _NUMBERS.iter_unpack(whole), strict=False))

    def copy(self) -> States:
        """Give the same states apart from these."""
        return States(self.names.copy(), self.numbers.copy())


class Left(msgspec.Struct, array_like=True):
    """How a build leaves the files of one owner; see `ontherecord.keeping.folder.Files`.

    ``states`` are by directory. ``stretches`` say by path where the stretches of a file stand, by
    their keys, where that is known; see `ontherecord.exchange.stretches`. ``units`` digests all
    things of which the files are, of one each.
    """

    states: dict[str, States] = {}
    stretches: dict[str, dict[bytes, tuple[int, int]]] = {}
    units: bytes = b""

    def add(self, above: str, name: str, state: State) -> None:
        """Add a file of a directory."""
        states = self.states.get(above)
        if states is None:
            states = self.states[above] = States()
        states.add(name, state)

    def copy(self) -> Left:
        """Give the same apart from it."""
        states = {above: states.copy() for above, states in self.states.items()}
        return Left(states, dict(self.stretches), self.units)
