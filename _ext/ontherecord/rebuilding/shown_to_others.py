"""Tells whether documents that were read again show other documents' pages the same as before.

An edit in an article's running text changes its own page, and no other one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontherecord.domain import domain_of
from ontherecord.packed import NOTHING
from ontherecord.records import Origin, Quote
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ontherecord.records import Document, Mark, Record


class ShownToOthers:
    """Remembers the documents that are read again in a build, as they were before it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._before: dict[str, tuple[int | None, Document | None]] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("env-purge-doc", self.remember)

    def remember(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Keep a document, and when it was read, before both are forgotten."""
        if docname in env.all_docs:
            document = domain_of(env).documents.get(docname)
            self._before.setdefault(docname, (env.all_docs[docname], document))

    def is_the_same(
        self, env: BuildEnvironment, docnames: Iterable[str], read_before: Mapping[str, int]
    ) -> bool:
        """Tell whether all that others' pages show of some documents is the same as it was.

        ``read_before`` says when each was read as it was: what is known of another time is no help.
        """
        documents = domain_of(env).documents
        for docname in docnames:
            read, document = self._before.get(docname, (None, None))
            if read is None or read != read_before.get(docname):
                return False
            if _shown(document) != _shown(documents.get(docname)):
                return False
        return True


def _shown(document: Document | None) -> Any:
    """Give what others show of a document: all but its running text, and lines by their order.

    The lines put records in order, and say which holds an identifier that is taken twice.
    """
    if document is None:
        return None
    lines = sorted(
        {record.origin.line for record in document.records} | {mark.line for mark in document.marks}
    )
    rank = {line: number for number, line in enumerate(lines)}
    return replace(
        document,
        problems=(),
        packed_blocks=NOTHING,
        packed_uses=NOTHING,
        references=(),
        records=tuple(_without_lines(record, rank) for record in document.records),
        marks=tuple(_mark_without_lines(mark, rank) for mark in document.marks),
        queries=tuple((query, 0) for query, _line in document.queries),
    )


def _without_lines(record: Record, rank: Mapping[int, int]) -> Record:
    origin = record.origin
    ranked = replace(record, origin=Origin(origin.docname, rank[origin.line], origin.file))
    if isinstance(ranked, Quote) and ranked.readings:
        readings = tuple(replace(reading, line=0) for reading in ranked.readings)
        ranked = replace(ranked, readings=readings)
    return ranked


def _mark_without_lines(mark: Mark, rank: Mapping[int, int]) -> Mark:
    return replace(mark, line=rank[mark.line], begins=0, block="", first=0, last=0)
