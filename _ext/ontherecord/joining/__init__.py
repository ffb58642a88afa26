"""Joins editions that are volumes of one: copies, old addresses, registers and search over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Connect to the events of a build."""
    from ontherecord.joining import copies

    copies.connect(app)
