"""Stretches of a file that lists many things: those that have not changed are copied.

A file of the whole edition changes with any of its things, and making each again costs as
much as the first time. So what it says of a few dozen neighbours is a stretch, and a build
keeps where each stretch begins and how long it is: where the things of one are the same and
none of them is affected, the next build takes it from the file that the last one left.
"""

from __future__ import annotations

import hashlib
import zlib
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from ontherecord.keeping.affected import EVERYTHING, Affected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

Kind = Literal["records", "documents", "sources"]

Place = tuple[int, int]
"""Where a stretch begins in a file, and how long it is: in bytes, or in rows of a table."""

LENGTH: Final = 64
"""How many things are in a stretch on average: so many are made again for each that changes."""


_PIECE: Final = 1 << 20
"""How many bytes are copied at once."""


def runs(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Part names into runs of neighbours. Where one ends, its last name's checksum says.

    So a name that comes or goes changes the run that it stands in, and no other.
    """
    run: list[str] = []
    for name in names:
        run.append(name)
        if zlib.crc32(name.encode()) % LENGTH == 0:
            yield tuple(run)
            run.clear()
    if run:
        yield tuple(run)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a file: the things of a kind that it is about, and what makes it of them.

    ``of`` names the list in which it stands, and all else by which two stretches about the
    same things differ. What it says may hang on nothing but these things, and on what changes
    all files; see `ontherecord.keeping.affected`.
    """

    of: str
    kind: Kind
    units: tuple[str, ...]
    make: Callable[[], Iterable[Any]]

    @property
    def key(self) -> bytes:
        """What it is known by from one build to the next."""
        return hashlib.blake2b(
            msgspec.msgpack.encode((self.of, self.units)), digest_size=12
        ).digest()


@dataclass(slots=True)
class Former:
    """A file as the last build left it, with the places of its stretches; by default there is none.

    ``now`` gathers the places in the file that is made in its stead.
    """

    path: Path | None = None
    places: Mapping[bytes, Place] = field(default_factory=dict)
    affected: Affected = EVERYTHING
    now: dict[bytes, Place] = field(default_factory=dict)

    def place(self, stretch: Stretch, key: bytes) -> Place | None:
        """Give where a stretch with that key stands that can be taken over, else nothing."""
        if self.affected.all or self.path is None:
            return None
        changed: frozenset[str] = getattr(self.affected, stretch.kind)
        return self.places.get(key) if changed.isdisjoint(stretch.units) else None


class Adjoining:
    """Stretches that are to be copied, as long as each begins where the one before it ended."""

    def __init__(self) -> None:
        """Begin with none."""
        self._begin = self._end = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be copied."""
        return self._begin == self._end

    def adjoins(self, place: Place) -> bool:
        """Tell whether a stretch can be copied with those that were added."""
        return self.is_empty or place[0] == self._end

    def add(self, place: Place) -> None:
        """Add a stretch."""
        if self.is_empty:
            self._begin = place[0]
        self._end = place[0] + place[1]

    def take(self) -> Iterator[Place]:
        """Give where all that were added stand, and begin again; nothing where there are none."""
        if not self.is_empty:
            yield self._begin, self._end - self._begin
        self._begin = self._end = 0


def write(path: Path, pieces: Iterable[bytes | Stretch], former: Former) -> None:
    """Write a file piece by piece, and copy what can be taken over: what adjoined at once."""
    with path.open("wb") as file, former.path.open("rb") if former.path else nullcontext() as left:
        copied = Adjoining()

        def copy() -> None:
            for begin, length in copied.take():
                if left is not None:
                    left.seek(begin)
                    for done in range(0, length, _PIECE):
                        file.write(left.read(min(_PIECE, length - done)))

        at = 0
        for piece in pieces:
            if isinstance(piece, bytes):
                if not copied.is_empty:
                    copy()
                at += file.write(piece)
                continue
            key = piece.key
            place = former.place(piece, key)
            if place is None:
                copy()
                length = sum(map(file.write, piece.make()))
            else:
                if not copied.adjoins(place):
                    copy()
                copied.add(place)
                length = place[1]
            former.now[key] = at, length
            at += length
        copy()


def made(pieces: Iterable[bytes | Stretch]) -> Iterator[bytes]:
    """Give all that a file holds, piece by piece."""
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece
        else:
            yield from piece.make()
