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


def write(path: Path, pieces: Iterable[bytes | Stretch], former: Former) -> None:
    """Write a file piece by piece, and copy what can be taken over."""
    with path.open("wb") as file, former.path.open("rb") if former.path else nullcontext() as left:
        for piece in pieces:
            if isinstance(piece, bytes):
                file.write(piece)
                continue
            begin, key = file.tell(), piece.key
            place = former.place(piece, key)
            if place is None or left is None:
                file.writelines(piece.make())
            else:
                left.seek(place[0])
                file.write(left.read(place[1]))
            former.now[key] = begin, file.tell() - begin


def made(pieces: Iterable[bytes | Stretch]) -> Iterator[bytes]:
    """Give all that a file holds, piece by piece."""
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece
        else:
            yield from piece.make()
