"""Puts something of ours in the place of something of a dependency's."""

from __future__ import annotations

from typing import Any


def replace(holder: Any, name: str, ours: Any) -> None:
    """Set a name of a module or class that a dependency looks up there each time."""
    if not hasattr(holder, name):
        return  # A version that does it otherwise; there is nothing to spare.
    setattr(holder, name, ours)
