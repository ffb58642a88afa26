"""Says what references in marked blocks and editors' texts show, as the page that has them does."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Final

from docutils import nodes
from myst_parser.sphinx_ext.myst_refs import MystReferenceResolver
from sphinx import addnodes
from sphinx.ext.intersphinx import IntersphinxRoleResolver
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.docutils import new_document
from sphinx.util.logging import suppress_logging

from ontherecord.markup.shown_text import shown_parts
from ontherecord.records import Part, Quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.environment import BuildEnvironment

    from ontherecord.edition import Edition


_IN_ORDER: Final = (MystReferenceResolver, IntersphinxRoleResolver, ReferencesResolver)
"""What resolves references, in the order of a build."""

_REFERENCE: Final = b"reference"
"""The kind of such a part, as it stands in what is packed: few documents have any."""


def shown_references(env: BuildEnvironment, edition: Edition) -> Mapping[str, str]:
    """Give what references show, by the value of their part, when all documents are read.

    What is wrong with one is said when its page is written, and not here.
    """
    texts = chain(_of_blocks(edition), _of_records(edition))
    values = dict.fromkeys(
        part.value for text in texts for part in text if part.kind == "reference"
    )
    with suppress_logging():
        return {value: _resolved(env, edition, value) for value in values}


def _of_blocks(edition: Edition) -> Iterator[tuple[Part, ...]]:
    for document in edition.documents.values():
        if _REFERENCE in bytes(document.packed_blocks):
            yield from (block.parts for block in document.blocks)


def _of_records(edition: Edition) -> Iterator[tuple[Part, ...]]:
    for record in edition.records.values():
        if not isinstance(record, Quote):
            yield from record.shown


def _resolved(env: BuildEnvironment, edition: Edition, value: str) -> str:
    named = json.loads(value)
    shown = named.pop("shown")
    document = new_document("")
    document.settings.env = env
    document += nodes.paragraph("", "", addnodes.pending_xref("", nodes.inline("", shown), **named))
    for resolver in _IN_ORDER:
        resolver(document).run()
    parts: list[Part] = []
    for _mark in shown_parts(document, parts):
        pass  # There is none; reading them is what counts.
    return "".join(map(edition.part, parts))
