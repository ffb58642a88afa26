"""Links a node to its document without asking nodes whether they are true.

For upstream (docutils, `nodes.Node.document` and `nodes.Node.setup_child`): *half of making a node
is finding its document three times.* ``setup_child`` evaluates the property ``document`` for each
question that it asks of it, the property asks the document whether it is true, which
`Node.__bool__` answers in Python, and the child's is set through a setter in Python. ``is not
None`` asks the same.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes

from ontherecord.economies.replacing import replace


def apply() -> None:
    """Have nodes find and set documents so."""
    replace(nodes.Node, "document", property(document, set_document))
    replace(nodes.Node, "setup_child", setup_child)


def document(self: Any) -> nodes.document | None:
    """Give the document that a node, or the nearest node above it that knows, is in."""
    found: nodes.document | None = self._document
    if found is not None or self.parent is None:
        return found
    above: nodes.document | None = getattr(self.parent, "document", None)
    return above


def set_document(self: Any, value: nodes.document | None) -> None:
    """Set the document."""
    self._document = value


def setup_child(self: Any, child: Any) -> None:
    """Tell a node what is above it, and where in the source it is, if it does not know."""
    child.parent = self
    root: Any = self.document
    if root is not None:
        child.document = root
        if child.source is None:
            child.source = root.current_source
        if child.line is None:
            child.line = root.current_line
