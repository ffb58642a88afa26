"""Clears nothing for a document that has never been read.

For upstream (Sphinx, `BuildEnvironment.clear_doc`): *before a document is read, everything is
searched for what it left the last time, even if there was no last time.* Each domain goes through
all that it has, whether Sphinx has ever read the document or not, so that the reading of n
documents takes a time that grows with the square of n. The environment knows which documents it has
read: the domains could be asked about those only.

The domain ``std`` is always asked: it knows names, such as ``search``, of pages that Sphinx makes
itself, which are forgotten once a document takes such a name. So are domains not named below.
"""

from __future__ import annotations

from typing import Final

from sphinx.environment import BuildEnvironment

from ontherecord.economies.replacing import replace

KEPT_BY_DOCUMENT: Final = frozenset(
    (*("c", "cpp", "js", "py", "rst", "changeset", "index", "math"),)
)
"""Domains of which each entry is that of a document that was read."""

_clear: Final = BuildEnvironment.clear_doc


def apply() -> None:
    """Have environments clear what they have read, and no more."""
    replace(BuildEnvironment, "clear_doc", clear_doc)


def clear_doc(self: BuildEnvironment, docname: str) -> None:
    """Forget what a document has given, if it has been read."""
    if docname in self.all_docs:
        _clear(self, docname)
        return
    for domain in self.domains.sorted():
        if domain.name not in KEPT_BY_DOCUMENT:
            domain.clear_doc(docname)
