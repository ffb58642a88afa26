"""Counts things in words, as commands and messages say it."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """Give a number and what there is of it, as in ``1 error`` and ``2 errors``."""
    return f"{number} {thing}{'s' * (number != 1)}"
