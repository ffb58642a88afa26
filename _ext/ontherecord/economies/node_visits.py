"""Visits the nodes of a page with no more than a look-up each.

For upstream (docutils, `nodes.Node.walkabout`; Sphinx, `SphinxTranslator.dispatch_visit`): *half of
visiting a node is finding out what visits it.* For each node two messages for debugging are made
and thrown away, and the names of two methods put together, once for each class that the node is
derived from. A reporter could be asked once whether it debugs, and a translator keep for each class
the name that it found.
"""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator

from ontherecord.economies.replacing import replace

_walkabout: Final = nodes.Node.walkabout
_visit: Final = SphinxTranslator.dispatch_visit
_depart: Final = SphinxTranslator.dispatch_departure


def apply() -> None:
    """Have nodes walk and Sphinx's translators look methods up this way."""
    replace(nodes.Node, "walkabout", walkabout)
    replace(SphinxTranslator, "dispatch_visit", dispatch_visit)
    replace(SphinxTranslator, "dispatch_departure", dispatch_departure)


def walkabout(self: nodes.Node, visitor: nodes.NodeVisitor) -> bool:
    """Visit a node and all below it, and tell whether to stop, as docutils' method does."""
    if visitor.document.reporter.debug_flag:
        return _walkabout(self, visitor)
    return _walk(self, visitor)


def _walk(node: nodes.Node, visitor: nodes.NodeVisitor) -> bool:
    departs, stops = True, False
    try:
        try:
            visitor.dispatch_visit(node)
        except nodes.SkipNode:
            return False
        except nodes.SkipDeparture:
            departs = False
        if node.children:
            try:
                for child in node.children[:]:
                    if _walk(child, visitor):
                        stops = True
                        break
            except nodes.SkipSiblings:
                pass
    except nodes.SkipChildren:
        pass
    except nodes.StopTraversal:
        stops = True
    if departs:
        visitor.dispatch_departure(node)
    return stops


def dispatch_visit(self: SphinxTranslator, node: nodes.Node) -> None:
    """Call what visits nodes of a kind."""
    name = _name(self, "visit_", node.__class__)
    if name:
        getattr(self, name)(node)
    else:
        _visit(self, node)


def dispatch_departure(self: SphinxTranslator, node: nodes.Node) -> None:
    """Call what departs from nodes of a kind."""
    name = _name(self, "depart_", node.__class__)
    if name:
        getattr(self, name)(node)
    else:
        _depart(self, node)


def _name(translator: Any, what: str, kind: type[nodes.Node]) -> str:
    """Give the name of a translator's method for a class of nodes; nothing if it has none."""
    known: dict[tuple[str, type], str] = translator.__dict__.setdefault("_names_found", {})
    name = known.get((what, kind))
    if name is None:
        names = (what + one.__name__ for one in kind.__mro__)
        name = known[what, kind] = next(
            (one for one in names if getattr(translator, one, None)), ""
        )
    return name
