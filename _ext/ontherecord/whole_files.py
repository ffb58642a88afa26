"""Writes a file: whole or not at all, only where none is, or at once where there are very many."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Put a file in place with a content, text in UTF-8; raises `OSError` where it cannot be.

    What was there stays there as long as the new content is not whole, and so does its mode.
    """
    path = path.resolve()  # A link stays one.
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        waiting.write_bytes(content.encode() if isinstance(content, str) else content)
        with suppress(FileNotFoundError):
            shutil.copymode(path, waiting)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


def write_new(path: Path, text: str) -> None:
    """Put a file in place where there is none, in UTF-8, with the folders above it.

    Raises `FileExistsError` where there is one, however late it came; `OSError` where it cannot be.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


_BINARY: Final = getattr(os, "O_BINARY", 0)  # Of Windows, where lines would end otherwise.


def write_at_once(path: str, content: bytes, how: int) -> os.stat_result:
    """Write a file where it stands, and give its state; raises `OSError` where it cannot be.

    ``how`` is ``os.O_EXCL``, for one that is not there yet, or ``os.O_TRUNC``. There are no buffers
    and no objects around it, which of tens of thousands of small files would cost as much as they.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | how | _BINARY, 0o666)
    try:
        written = os.write(number, content)
        while written < len(content):
            written += os.write(number, content[written:])
        return os.fstat(number)
    finally:
        os.close(number)
