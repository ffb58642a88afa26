"""Parts of shown text: plain, or what a reference to a record or source will say."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from ontherecord.records import KINDS, Part, edition_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def reference_part(node: nodes.Node) -> Part | None:
    """Give the part of a reference that says what it names, or nothing if it is no such one.

    Of other editions the Edition knows quotes alone; what else they have is looked up.
    """
    if not isinstance(node, addnodes.pending_xref) or node.get("refexplicit"):
        return None
    if node.get("refdomain") != "record" or node.get("reftype") not in KINDS:
        return None
    if node["reftype"] != "quote" and edition_of(node["reftarget"]):
        return None
    return Part(node["reftype"], node["reftarget"])


def unresolved_part(node: nodes.Node) -> Part | None:
    """Give the part of a reference whose text is known when all is read, or nothing.

    Its value is a JSON object: what names the reference's target, and under ``shown``
    what the source has in its place.
    """
    if not isinstance(node, addnodes.pending_xref):
        return None
    if node.get("refexplicit") and node.astext():
        return None
    named = {
        name: value
        for name, value in node.attributes.items()
        if value is None or isinstance(value, str | bool | int)
    }
    return Part("reference", json.dumps(named | {"shown": node.astext()}, sort_keys=True))


def parts(node: nodes.Node) -> Iterator[Part]:
    """Give the parts of a block of an editor's text, in order."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield Part("text", re.sub(r"\s+", " ", child.astext()))
        elif (part := reference_part(child)) is not None:
            yield part
        elif isinstance(child, addnodes.pending_xref) and child.get("refdomain") == "cite":
            yield Part("source", child.astext())
        elif (part := unresolved_part(child)) is not None:
            yield part
        else:
            yield from parts(child)
