"""Puts blocks after others, and takes some away, all at once: a tree may have thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes


class Changes:
    """What is still to be changed in a tree."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._after: list[tuple[nodes.Element, Sequence[nodes.Node]]] = []
        self._gone: list[nodes.Element] = []

    def after(self, host: nodes.Element, new: Sequence[nodes.Node]) -> None:
        """Note that nodes are to stand right after a block, and after what is noted already."""
        self._after.append((host, new))

    def gone(self, block: nodes.Element) -> None:
        """Note that a block is to be taken away."""
        self._gone.append(block)

    def make(self) -> None:
        """Make the changes, each parent's children anew once."""
        after: dict[int, list[nodes.Node]] = {}
        for host, new in self._after:
            after.setdefault(id(host), []).extend(new)
        gone = {id(block) for block in self._gone}
        blocks = [*(host for host, _new in self._after), *self._gone]
        parents = {id(block.parent): block.parent for block in blocks if block.parent is not None}
        for parent in parents.values():
            children: list[nodes.Node] = []
            for child in parent.children:
                children += [] if id(child) in gone else [child]
                children += after.get(id(child), [])
            parent.children = []
            parent.extend(children)
        self._after, self._gone = [], []
