"""The builder that reads and checks an edition, and writes no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.builders import Builder

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes

BUILDER: Final = "record-check"


class CheckBuilder(Builder):
    """Reads and checks; what there is to read is decided as for any builder."""

    name = BUILDER
    format = ""
    allow_parallel = True

    def get_outdated_docs(self) -> list[str]:
        """Give no page to write."""
        return []

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the name of a document, since there are no pages to link to."""
        return docname

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Prepare nothing."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write nothing."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write nothing."""
