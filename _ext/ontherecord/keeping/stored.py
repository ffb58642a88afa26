"""Stores values in files from one build to the next, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from ontherecord.sealed import seal, unsealed

if TYPE_CHECKING:
    from pathlib import Path

_K = TypeVar("_K", bound=msgspec.Struct)


def load(path: Path, kind: type[_K]) -> _K:
    """Give what was kept in a file, or an empty one where there is none that is as it was left."""
    content = unsealed(path)
    if content is None:
        return kind()
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except ValueError:  # That of another version.
        return kind()


def save(path: Path, kept: msgspec.Struct) -> None:
    """Keep it, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    seal(path, msgspec.msgpack.encode(kept))
