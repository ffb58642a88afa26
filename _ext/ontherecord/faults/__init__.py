"""Faults of the machine: builds that were stopped, two at once, a full disk, damaged files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Connect to the events of a build, before anything else does."""
    from ontherecord.faults import doctrees, links
    from ontherecord.faults.failing import Failing
    from ontherecord.faults.under_way import UnderWay

    doctrees.apply()
    links.apply()
    Failing().connect(app)
    UnderWay().connect(app)
