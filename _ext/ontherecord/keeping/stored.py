"""Stores values in files from one build to the next, whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

_K = TypeVar("_K", bound=msgspec.Struct)


def load(path: Path, kind: type[_K]) -> _K:
    """Give what was kept in a file, or an empty one where there is none that can be read."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, ValueError):
        return kind()


def save(path: Path, kept: msgspec.Struct) -> None:
    """Keep it, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        waiting.write_bytes(msgspec.msgpack.encode(kept))
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
