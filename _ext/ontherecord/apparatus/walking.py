"""Walks a tree once for all that is looked for in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes


def of_kinds(tree: nodes.Node, kinds: frozenset[type[nodes.Node]]) -> list[nodes.Node]:
    """Give the nodes of some kinds, and of no kinds derived from them, in the tree's order."""
    return [node for node in tree.findall() if type(node) in kinds]
