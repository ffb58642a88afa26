"""Reads a text file in UTF-8, and says what is wrong with one that cannot be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def decoded(path: Path) -> tuple[str, str]:
    """Give a file's text, and what is wrong where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        return "", f"is not in UTF-8 (byte {error.start + 1}): save it in that encoding"
    except OSError as error:
        return "", f"cannot be read ({error.strerror}): let this user read it, or take it out"


def decoded_if_there(path: Path) -> tuple[str, str]:
    """Give the same of a file that need not be there; a link to nothing is there."""
    return decoded(path) if os.path.lexists(path) else ("", "")
