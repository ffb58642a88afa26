"""Looks after the source of the few kinds of nodes that need it.

For upstream (Sphinx, `sphinx.transforms.ApplySourceWorkaround`): *each text of a page is asked
whether it is one of ten kinds.* ``apply_source_workaround`` mends what docutils leaves out in some
kinds of nodes, and goes through all its questions for each text element; and it makes XML of those
it mends, for a message that only ``-vv`` shows. A paragraph can only lack its ``rawsource``.
"""

from __future__ import annotations

from typing import Any, Final

import sphinx
from docutils import nodes
from sphinx.transforms import ApplySourceWorkaround
from sphinx.util.nodes import apply_source_workaround

from ontherecord.economies.replacing import replace
from ontherecord.economies.tree_walks import of_class

KNOWN: Final = (9, 0)

_apply: Final = ApplySourceWorkaround.apply
_TAKEN: Final = (nodes.TextElement, nodes.image, nodes.topic)
_MENDED: Final = (
    *(nodes.classifier, nodes.image, nodes.title, nodes.term, nodes.topic, nodes.literal_block),
    *(nodes.rubric, nodes.line, nodes.field_name),
)
"""The kinds of which more is asked than whether they have a ``rawsource``."""


def apply() -> None:
    """Have the transform ask no more than it must, if this is the version that was read."""
    if sphinx.version_info[:2] == KNOWN:
        replace(ApplySourceWorkaround, "apply", mend)


def mend(self: Any, **_given: Any) -> None:
    """Do what the transform does."""
    node: Any
    for node in of_class(self.document, _TAKEN):
        if isinstance(node, _MENDED):
            apply_source_workaround(node)
        elif not node.rawsource:
            node.rawsource = node.astext()
