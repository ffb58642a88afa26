"""Tells which document's doctree cannot be read, where Sphinx would show what pickle says.

The file is removed, and with the exception Sphinx removes its environment; so the next build
reads everything again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sphinx.environment import BuildEnvironment

from ontherecord.faults.failing import Fault

if TYPE_CHECKING:
    from docutils import nodes

_get = BuildEnvironment.get_doctree


def apply() -> None:
    """Have every environment say it."""
    BuildEnvironment.get_doctree = _get_doctree  # type: ignore[assignment, method-assign]


def _get_doctree(env: BuildEnvironment, docname: str) -> nodes.document:
    try:
        return _get(env, docname)
    except Exception as error:  # What is damaged can raise anything.
        path = env.doctreedir / f"{docname}.doctree"
        with suppress(OSError):
            path.unlink()
        message = f"{path}: cannot be read ({error}): it is removed; build again"
        raise Fault("unreadable-doctree", message) from error
