"""Keeps citations by document, and looks up where a source is cited.

For upstream (sphinxcontrib-bibtex, `sphinxcontrib.bibtex.domain`): *Building is quadratic in the
number of citations.* ``citation_refs`` is one list. ``get_filtered_entries`` goes through all of it
for each entry of each bibliography, in every build, also where nothing changed: 2,000 entries and
6,000 citations take 10 s. ``BibliographyTransform.run`` does so again to find backlinks.
``clear_doc`` copies it for each document that is read, and ``get_all_cited_keys`` looks each
document's place up in a list. A dictionary of citations by document, an index of documents by key
made once in ``env_updated``, and a dictionary of places make all of these linear, and the order of
everything stays what it is.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import getLogger
from sphinxcontrib.bibtex.domain import BibtexDomain, _FilterVisitor

from ontherecord.economies.held_data import HeldData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pybtex.database import Entry
    from sphinxcontrib.bibtex.directives import BibliographyKey
    from sphinxcontrib.bibtex.roles import CitationRef

logger = getLogger("sphinxcontrib.bibtex.domain")


class References:
    """Citations as they were read, by document; it stands where upstream has a list."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_document: dict[str, list[CitationRef]] = {}

    def append(self, reference: CitationRef) -> None:
        """Take the next one of a document."""
        self._by_document.setdefault(reference.docname, []).append(reference)

    def __iter__(self) -> Iterator[CitationRef]:
        """Give all, a document after the other."""
        return chain.from_iterable(self._by_document.values())

    def __len__(self) -> int:
        """Count them."""
        return sum(map(len, self._by_document.values()))

    def forget(self, docname: str) -> None:
        """Forget those of a document."""
        self._by_document.pop(docname, None)


class CitingDocuments(HeldData):
    """The domain with citations by document."""

    initial_data = {**BibtexDomain.initial_data, "citation_refs": References()}
    _cited_in: dict[str, set[str]] | None = None

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.held("citation_refs").forget(docname)
        listing = [key for key in self.bibliographies if key.docname == docname]
        for key in listing:
            del self.bibliographies[key]
        if listing:
            self.data["citations"] = [
                one for one in self.citations if one.bibliography_key.docname != docname
            ]

    def env_updated(self) -> Iterable[str]:
        """Find which bibliography lists what, with an index of where things are cited."""
        self._cited_in = {}
        for reference in self.citation_refs:
            for target in reference.targets:
                self._cited_in.setdefault(target.key, set()).add(reference.docname)
        try:
            updated: Iterable[str] = super().env_updated()
        finally:
            self._cited_in = None
        return updated

    def get_all_cited_keys(self, docnames: list[str]) -> Iterator[str]:
        """Give all keys in the order of documents, then of citations."""
        places = {name: place for place, name in reversed([*enumerate(docnames)])}
        for reference in sorted(self.citation_refs, key=lambda one: places[one.docname]):
            for target in reference.targets:
                yield target.key

    def get_filtered_entries(
        self, bibliography_key: BibliographyKey
    ) -> Iterable[tuple[str, Entry]]:
        """Give the entries that a bibliography's filter lets through, as upstream does."""
        if self._cited_in is None:
            yield from super().get_filtered_entries(bibliography_key)
            return
        bibliography = self.bibliographies[bibliography_key]
        for entry in self.get_entries(bibliography.bibfiles):
            key = bibliography.keyprefix + entry.key
            cited = self._cited_in.get(key, set())
            visitor: Any = _FilterVisitor(  # type: ignore[no-untyped-call]
                entry, bibliography_key.docname, cited
            )
            try:
                success = visitor.visit(bibliography.filter_)
            except ValueError as error:
                logger.warning(
                    "syntax error in :filter: expression; %s",
                    error,
                    location=(bibliography_key.docname, bibliography.line),
                    type="bibtex",
                    subtype="filter_syntax_error",
                )
                success = bool(cited)
            if success or entry.key in bibliography.keys:
                yield key, entry
