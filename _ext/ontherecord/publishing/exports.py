"""Writes the exports at the end of a build, those that ``record_exports`` names."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging
from sphinx.util.matching import Matcher

from ontherecord.exchange.format import known, standard, write
from ontherecord.faults.failing import is_of_disk
from ontherecord.joining.moved import moved_of
from ontherecord.problems import TYPE, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from ontherecord.edition import Edition
    from ontherecord.keeping.affected import Affected
    from ontherecord.keeping.folder import Folder

logger = logging.getLogger(__name__)


def chosen(setting: Any) -> tuple[list[str], list[tuple[str, str]]]:
    """Give the names of formats that a setting chooses, and what is wrong with it.

    What is wrong is a subtype of warning and a message each. ``True`` chooses the formats
    that need not be named, ``False`` none.
    """
    formats = known()
    if isinstance(setting, bool):
        return standard() if setting else [], []
    names, problems = [], []
    if isinstance(setting, str):  # From the command line.
        if setting.strip().lower() in {"true", "false"}:
            return chosen(setting.strip().lower() == "true")
        setting = [name for name in setting.split(",") if name.strip()]
    for name in dict.fromkeys(str(one).strip() for one in setting):
        if name not in formats:
            there = f"there is no format {name!r}{nearest(name, formats)}"
            message = f"record_exports: {there}; they are {', '.join(formats)}"
            problems.append(("unknown-export", message))
        elif not formats[name].is_available:
            missing = f"{name!r} needs {' and '.join(formats[name].needs)}"
            mend = f"pip install sphinx-ontherecord[{formats[name].extra}]"
            problems.append(("missing-library", f"record_exports: {missing}: {mend}"))
        else:
            names.append(name)
    return names, problems


_WRITERS: Final = {
    "sitemap.xml": ("sphinx_sitemap",),
    "llms.txt": ("sphinx_llms_txt", "sphinx_llm.txt"),
}
"""Other extensions that write a file of the same name, which an editor has then chosen."""


def brought(app: Sphinx) -> Callable[[str], bool]:
    """Give what tells of a path in the output whether the editor brings that file otherwise.

    Such are the files of ``html_extra_path``, and those of `_WRITERS` that conf.py loads; and
    in a front those of records and articles that have moved into volumes.
    """
    moved = moved_of(app).files
    excluded = Matcher(app.config.exclude_patterns)
    extra = [Path(app.confdir) / name for name in app.config.html_extra_path]

    def is_brought(path: str) -> bool:
        if path in moved or any(name in app.extensions for name in _WRITERS.get(path, ())):
            return True
        return any(
            one.name == path
            if one.is_file()
            else (one / path).is_file() and not _is_excluded(path, excluded)
            for one in extra
        )

    return is_brought


def _is_excluded(path: str, excluded: Matcher) -> bool:
    """Tell whether Sphinx leaves a file of a folder out, for its own path or a folder's in it.

    Sphinx holds such paths against the patterns with ``./`` before them.
    """
    above = [parent.as_posix() for parent in PurePosixPath(path).parents]
    return any(excluded(f"./{one}") for one in [path, *above[:-1]])


def write_exports(
    edition: Edition,
    folder: Folder,
    names: list[str],
    spared: Callable[[str], bool],
    changed: Affected,
) -> set[str]:
    """Write the exports that are chosen; give those that could not be written.

    Raises OSError where the disk takes no more of anything.
    """
    failed = set()
    for name in names:
        try:
            write(edition, folder, name, spared, changed)
        except (OSError, sqlite3.Error) as error:
            told = _of_system(error)
            if is_of_disk(told):
                raise told from error
            message = f"the exports of the format {name!r} cannot be written: {error}"
            logger.warning(message, type=TYPE, subtype="unwritten-export", location="conf.py:1")
            folder.forget(name)
            failed.add(name)
    return failed


def _of_system(error: OSError | sqlite3.Error) -> OSError:
    """Give an error as the system would tell it; SQLite has the kind in its code's last byte."""
    if isinstance(error, OSError):
        return error
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return OSError(_IN_SQLITE.get(kind, 0), str(error))


_IN_SQLITE: Final = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}
