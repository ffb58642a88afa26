"""Notes a checksum of Sphinx's environment, and has everything read again where it is another.

What is cut short, Sphinx notices by itself. What is damaged in the middle may be read and be wrong,
or be noticed only when it is used.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sphinx.application import ENV_PICKLE_FILENAME

from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

_NOTE: Final = "ontherecord-environment"


def note(doctrees: Path) -> None:
    """Note the checksum of the environment that was just stored, unless it is noted already."""
    state, path = _state(doctrees), doctrees / _NOTE
    if state and not _noted(doctrees).startswith(state):
        write_whole(path, f"{state} {_digest(doctrees)}\n")


def is_damaged(doctrees: Path) -> bool:
    """Tell whether an environment is not the one that was noted; if nothing was, it is not."""
    noted = _noted(doctrees).split()
    return bool(noted) and bool(_state(doctrees)) and noted[-1] != _digest(doctrees)


def forget(doctrees: Path) -> None:
    """Remove the environment, so that everything is read again."""
    with suppress(FileNotFoundError):
        (doctrees / ENV_PICKLE_FILENAME).unlink()


def _noted(doctrees: Path) -> str:
    try:
        return (doctrees / _NOTE).read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def _state(doctrees: Path) -> str:
    """Give by what an environment is known without reading it; nothing where there is none."""
    try:
        state = (doctrees / ENV_PICKLE_FILENAME).stat()
    except OSError:
        return ""
    return f"{state.st_size} {state.st_mtime_ns}"


def _digest(doctrees: Path) -> str:
    with (doctrees / ENV_PICKLE_FILENAME).open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
