"""Files that one build keeps for the next, each under a checksum of what is in it.

What is cut short is seldom taken for whole by what reads it. A bit that has changed on a disk or
on its way there may be: it is then another word, which a build would go on publishing. A file that
is not as it was left counts as none, and what was in it is made anew.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

LENGTH: Final = 4
"""Bytes of a checksum."""


def seal(path: Path, content: bytes) -> None:
    """Put a file in place, whole or not at all; raises `OSError` where it cannot be."""
    write_whole(path, checksum(content) + content)


def unsealed(path: Path) -> bytes | None:
    """Give what was put into a file, or nothing where there is none, or not as it was left."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    content = whole[LENGTH:]
    return content if len(whole) >= LENGTH and whole[:LENGTH] == checksum(content) else None


def checksum(content: bytes) -> bytes:
    """Give the checksum of a content, which is that of gzip (RFC 1952, 8)."""
    return zlib.crc32(content).to_bytes(LENGTH, "big")
