"""Lets a link that leads back to itself be told of where a document names it.

For upstream (Sphinx, `BuildEnvironment.relfn2path`): *before Python 3.13, such a link ends the
build with a RuntimeError that names no document.* A file that is not there is told of with its
line, and since 3.13 such a link is too.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import Final

from sphinx.environment import BuildEnvironment

from ontherecord.economies.replacing import replace

_relfn2path = BuildEnvironment.relfn2path

_SAID: Final = re.compile(r"Symlink loop from '(?P<path>.*)'", re.DOTALL)


def apply() -> None:
    """Have every environment name such a link as it names other files."""
    replace(BuildEnvironment, "relfn2path", relfn2path)


def relfn2path(
    env: BuildEnvironment, filename: str | Path, docname: str | None = None
) -> tuple[str, str]:
    """Give a file's path from the sources and its whole path, wherever a link there leads."""
    try:
        return _relfn2path(env, filename, docname)
    except RuntimeError:
        name = Path(filename)
        above = (
            "" if name.is_absolute() else env.doc2path(docname or env.docname, base=False).parent
        )
        path = os.path.normpath(env.srcdir / above / str(name).lstrip(os.sep))
        return Path(os.path.relpath(path, env.srcdir)).as_posix(), path


def leads_back(path: Path) -> bool:
    """Tell whether a path leads back to itself, by whatever links."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def said_of(error: RuntimeError) -> Path | None:
    """Give the link that Python, before 3.13, says leads back; of other errors nothing."""
    said = _SAID.fullmatch(str(error))
    return Path(said["path"]) if said else None
