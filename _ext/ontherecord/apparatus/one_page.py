"""Makes anchors and links right where all documents stand on one HTML page."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class OnePage(SphinxPostTransform):
    """Tells the blocks of several articles apart, and mends links from one document to another.

    Sphinx's ``singlehtml`` makes ``#document-NAME#anchor`` of the latter, which leads nowhere.
    """

    default_priority = 900  # When all references are resolved.
    builders = ("singlehtml",)

    def run(self, **kwargs: Any) -> None:
        """Change anchors and links in place."""
        for start in self.document.findall(addnodes.start_of_file):
            name = make_id(start["docname"])
            for element in start.findall(nodes.TextElement):
                element["ids"] = [
                    f"{name}-{anchor}" if _is_block(anchor) else anchor for anchor in element["ids"]
                ]
        for reference in self.document.findall(nodes.reference):
            address = reference.get("refuri", "")
            if address.startswith("#document-") and address.count("#") > 1:
                reference["refuri"] = f"#{address.rpartition('#')[2]}"


def _is_block(anchor: str) -> bool:
    return anchor[:1] == "p" and anchor[1:].isdigit()
