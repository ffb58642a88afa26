"""A format of exchange: its name, the files it owns, and what they are made of."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.exchange import formats as _formats
from ontherecord.exchange.stretches import Former, Kind, Stretch, made
from ontherecord.exchange.stretches import write as write_pieces
from ontherecord.keeping.affected import EVERYTHING, Affected
from ontherecord.keeping.folder import Files, Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from ontherecord.edition import Edition

    Content = Iterable[bytes | Stretch] | Callable[[Path, Former], None]
    """What a file holds, piece by piece, or what writes it to a path in a former one's stead."""

ALL: Final[frozenset[Kind]] = frozenset(("records", "documents", "sources"))


@dataclass(frozen=True, slots=True)
class Each:
    """Files of one thing each: of a record, a document or a source.

    ``units`` names the things, ``paths`` gives the paths of the files of one, and ``make``
    what they hold.
    """

    kind: Kind
    units: Collection[str]
    paths: Callable[[str], tuple[str, ...]]
    make: Callable[[str], tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class Whole:
    """A file of the whole edition, which changes only with things of the kinds that it is ``of``.

    ``content`` is asked for when it is to be written.
    """

    path: str
    content: Callable[[], Content]
    of: frozenset[Kind] = ALL


@dataclass(frozen=True, slots=True)
class Format:
    """A format: ``parts`` gives its files for an Edition.

    Paths are from the folder of the HTML output. ``owns`` are patterns of all paths that
    it may write, so that those of records gone can be taken away. ``needs`` names the
    modules that it cannot do without, ``extra`` the extra of the distribution that brings them.
    ``default`` tells whether it is among all formats, or has to be named: what an edition
    publishes must not hang on what happens to be installed. ``of_volumes`` tells whether it has
    in a front what is at home in the volumes.
    """

    name: str
    title: str
    owns: tuple[str, ...]
    parts: Callable[[Edition], Iterator[Each | Whole]]
    needs: tuple[str, ...] = ()
    extra: str = ""
    default: bool = True
    of_volumes: bool = False

    @property
    def is_available(self) -> bool:
        """Whether what it needs is installed."""
        return all(importlib.util.find_spec(module) is not None for module in self.needs)

    def files(
        self, edition: Edition
    ) -> Iterator[tuple[str, Iterable[bytes] | Callable[[Path], None]]]:
        """Give all files for an Edition, each with its path, and its content or what writes it."""
        for part in self.parts(edition):
            if isinstance(part, Whole):
                content = part.content()
                yield part.path, _anew(content) if callable(content) else made(content)
                continue
            for unit in part.units:
                for path, one in zip(part.paths(unit), part.make(unit), strict=True):
                    yield path, [one]


def _anew(write: Callable[[Path, Former], None]) -> Callable[[Path], None]:
    return lambda path: write(path, Former())


@cache
def known() -> dict[str, Format]:
    """Give the formats by name, in its order."""
    found: list[Format] = [
        importlib.import_module(f"{_formats.__name__}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(_formats.__path__)
    ]
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def _nobodys(_path: str) -> bool:
    return False


def standard() -> list[str]:
    """Give the names of the formats that are meant where none is named."""
    return [name for name, one in known().items() if one.default and one.is_available]


def export(edition: Edition, folder: Path, names: Iterable[str]) -> list[str]:
    """Write formats into a folder, and take away what they wrote of records that are gone.

    Gives the paths of the files, from the folder. A file that would be the same is not
    touched; another is put in place whole. Raises `OSError` where a file cannot be written.
    """
    into = Folder(folder)
    names = list(names)
    for name in names:
        write(edition, into, name)
    sweep(into, names)
    return [path for name in names for files in into.all_of(name) for path in files.paths()]


def write(
    edition: Edition,
    into: Folder,
    name: str,
    spared: Callable[[str], bool] = _nobodys,
    affected: Affected = EVERYTHING,
) -> None:
    """Write a format into a folder; see `export`.

    ``spared`` tells of a path whether the file there is somebody else's, who has brought it: it
    is left as it is. ``affected`` tells what has to be made again: of what is not, a file that is
    as it was left is not even made.
    """
    left = into.all_of(name)
    if affected.nothing and left and all(files.keep_all() for files in left):
        return
    for part in known()[name].parts(edition):
        if isinstance(part, Each):
            put_each(into, name, part, affected, spared)
        elif not spared(part.path):
            _put_whole(into.of(name), part, affected)


def put_each(
    into: Folder,
    owner: str,
    part: Each,
    affected: Affected,
    spared: Callable[[str], bool] = _nobodys,
) -> None:
    """Write the files of single things, those that are affected or not as they were left."""
    files = into.of(f"{owner}/{part.kind}")
    changed: frozenset[str] = getattr(affected, part.kind)
    units = part.units
    if files.are_of(units) and not affected.all and files.keep_all():
        units = [unit for unit in units if unit in changed]
    for unit in units:
        paths = part.paths(unit)
        if affected.all or unit in changed or not all(map(files.keep, paths)):
            for path, content in zip(paths, part.make(unit), strict=True):
                if spared(path):
                    files.now.units = b""  # When that goes, the file is to be made.
                else:
                    files.put(path, content)


def _put_whole(into: Files, part: Whole, affected: Affected) -> None:
    changed = affected.all or any(getattr(affected, kind) for kind in part.of)
    if not changed and into.keep(part.path):
        return
    content = part.content()
    if isinstance(content, list):
        into.put(part.path, b"".join(made(content)))
        return
    former = Former(*into.former(part.path), affected)
    if callable(content):
        into.make(part.path, lambda path: content(path, former))
    else:
        into.make(part.path, lambda path: write_pieces(path, content, former))
    if former.now:
        into.now.stretches[part.path] = former.now


def sweep(into: Folder, names: Iterable[str], spared: Callable[[str], bool] = _nobodys) -> None:
    """Take away the files of formats that this build has not written, but those that are spared."""
    into.sweep([pattern for name in names for pattern in known()[name].owns], spared)
