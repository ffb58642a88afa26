"""Parts of shown text: plain, or what a reference to a record or source will say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from ontherecord.records import KINDS, Part

if TYPE_CHECKING:
    from collections.abc import Iterator


def reference_part(node: nodes.Node) -> Part | None:
    """Give the part of a reference that says what it names, or nothing if it is no such one."""
    if not isinstance(node, addnodes.pending_xref) or node.get("refexplicit"):
        return None
    if node.get("refdomain") == "record" and node.get("reftype") in KINDS:
        return Part(node["reftype"], node["reftarget"])
    return None


def parts(node: nodes.Node) -> Iterator[Part]:
    """Give the parts of a block of an editor's text, in order."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield Part("text", re.sub(r"\s+", " ", child.astext()))
        elif (part := reference_part(child)) is not None:
            yield part
        elif isinstance(child, addnodes.pending_xref) and child.get("refdomain") == "cite":
            yield Part("source", child.astext())
        else:
            yield from parts(child)
