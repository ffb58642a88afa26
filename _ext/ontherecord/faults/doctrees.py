"""Tells which document's doctree cannot be read, where Sphinx would show what pickle says.

What is damaged may also be read, as a tree with other words in it. So a checksum is written after
the tree, where pickle, which stops at the tree's end, does not look.

The file is removed, and with the exception Sphinx removes its environment; so the next build
reads everything again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from ontherecord.faults.failing import Fault
from ontherecord.sealed import LENGTH, checksum

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes

_get = BuildEnvironment.get_doctree
_write = Builder.write_doctree

_MARK: Final = b"ontherecord"
"""What stands between a tree and its checksum."""


def apply() -> None:
    """Have every environment say it."""
    BuildEnvironment.get_doctree = _get_doctree  # type: ignore[assignment, method-assign]
    Builder.write_doctree = _write_doctree  # type: ignore[method-assign, misc]


def _write_doctree(
    self: Builder, docname: str, doctree: nodes.document, *, _cache: bool = True
) -> None:
    _write(self, docname, doctree, _cache=_cache)
    with (self.doctreedir / f"{docname}.doctree").open("r+b") as file:
        content = file.read()
        file.write(_MARK + checksum(content))


def _check(path: Path) -> None:
    """Raise `ValueError` where a doctree is not as it was left."""
    content = path.read_bytes()
    end = len(content) - LENGTH
    tree = content[: end - len(_MARK)]
    if content[end - len(_MARK) : end] == _MARK and content[end:] != checksum(tree):
        raise ValueError("its checksum is another")


def _get_doctree(env: BuildEnvironment, docname: str) -> nodes.document:
    path = env.doctreedir / f"{docname}.doctree"
    try:
        _check(path)
        return _get(env, docname)
    except Exception as error:  # What is damaged can raise anything.
        with suppress(OSError):
            path.unlink()
        message = f"{path}: cannot be read ({error}): it is removed; build again"
        raise Fault("unreadable-doctree", message) from error
