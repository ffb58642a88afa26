"""Spares work that a dependency does again and again: a file each, with what upstream should know.

Each file changes nothing that is published. ``tests/test_economies.py`` says of each when it can
go: a test fails once the dependency does the thing itself.
"""

from __future__ import annotations

from ontherecord.economies import entry_points


def apply() -> None:
    """Put every economy into effect, once in a process."""
    entry_points.apply()
