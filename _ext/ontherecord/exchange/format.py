"""A format of exchange: its name, the files it owns, and how they are written."""

from __future__ import annotations

import filecmp
import importlib
import importlib.util
import os
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.exchange import formats as _formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ontherecord.edition import Edition

    Content = Iterable[bytes] | Callable[[Path], None]
    """What a file holds, piece by piece, or what writes it to a path."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: ``files`` gives its files for an Edition, each with its path and its content.

    Paths are from the folder of the HTML output. ``owns`` are patterns of all paths that
    it may write, so that those of records gone can be taken away. ``needs`` names the
    modules that it cannot do without, ``extra`` the extra of the distribution that brings them.
    ``default`` tells whether it is among all formats, or has to be named: what an edition
    publishes must not hang on what happens to be installed.
    """

    name: str
    title: str
    owns: tuple[str, ...]
    files: Callable[[Edition], Iterator[tuple[str, Content]]]
    needs: tuple[str, ...] = ()
    extra: str = ""
    default: bool = True

    @property
    def is_available(self) -> bool:
        """Whether what it needs is installed."""
        return all(importlib.util.find_spec(module) is not None for module in self.needs)


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


def export(
    edition: Edition,
    folder: Path,
    names: Iterable[str],
    spared: Callable[[str], bool] = _nobodys,
) -> list[str]:
    """Write formats into a folder, and take away what they wrote of records that are gone.

    Gives the paths of the files, from the folder. A file that would be the same is not
    touched; another is put in place whole. ``spared`` tells of a path whether the file there
    is somebody else's, who has brought it: it is left as it is. Raises `OSError` where a file
    cannot be written.
    """
    written: list[str] = []
    for name in names:
        paths = []
        for path, content in known()[name].files(edition):
            if not spared(path):
                _put(folder / path, content)
                paths.append(path)
        _sweep(folder, known()[name], set(paths), spared)
        written += paths
    return written


def remove(folder: Path, names: Iterable[str], spared: Callable[[str], bool] = _nobodys) -> None:
    """Take away all files of formats, but those that are spared."""
    for name in names:
        _sweep(folder, known()[name], set(), spared)


def _sweep(folder: Path, form: Format, keep: set[str], spared: Callable[[str], bool]) -> None:
    for pattern in form.owns:
        for path in folder.glob(pattern):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name not in keep and not spared(name):
                path.unlink()


def _put(path: Path, content: Content) -> None:
    """Put a file in place whole, unless it is there with the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list) and path.is_file():
        whole = b"".join(content)
        if path.stat().st_size == len(whole) and path.read_bytes() == whole:
            return  # A small file, of which there are many, is not written to be compared.
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if callable(content):
            content(waiting)
        else:
            with waiting.open("wb") as file:
                for piece in content:
                    file.write(piece)
        if path.is_file() and filecmp.cmp(waiting, path, shallow=False):
            waiting.unlink()
        else:
            waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
