"""Finds what a citation names by its key, and what a bibliography lists by its document.

For upstream (sphinxcontrib-bibtex, `sphinxcontrib.bibtex.domain`): *Each citation is looked for
among all of them.* ``resolve_xref`` goes through ``citations`` twice for each citation that is
resolved, and ``resolve_any_xref`` once more for each reference of whatever kind that may be one:
with 2,000 entries and 6,000 citations that is 24 million steps, some 5 s.
``BibliographyTransform.run`` goes through each page's tree and through all citations, also where
no bibliography stands. A dictionary by key, made once after ``env_updated``, is enough.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from ontherecord.economies.held_data import HeldData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinxcontrib.bibtex.domain import Citation


class CitationsByKey(HeldData):
    """The domain with an index of what is listed."""

    _looked_at: Sequence[Citation] | None = None
    _indexed: tuple[list[Citation], int, dict[str, list[int]]] | None = None

    @property
    def all_citations(self) -> list[Citation]:
        """What all bibliographies list."""
        citations: list[Citation] = self.held("citations")
        return citations

    @property
    def citations(self) -> Any:
        """What all bibliographies list; while a citation is resolved, what its keys name."""
        return self.all_citations if self._looked_at is None else self._looked_at

    @contextmanager
    def looking_at(self, keys: Iterable[str]) -> Iterator[None]:
        """Have only what is listed under some keys seen, in the order of all."""
        everything = self.all_citations
        places = {place for key in keys for place in self._places(everything).get(key, ())}
        self._looked_at = [everything[place] for place in sorted(places)]
        try:
            yield
        finally:
            self._looked_at = None

    def _places(self, citations: list[Citation]) -> dict[str, list[int]]:
        known = self._indexed
        if known is None or known[0] is not citations or known[1] != len(citations):
            places = defaultdict(list)
            for place, citation in enumerate(citations):
                places[citation.key].append(place)
            known = self._indexed = (citations, len(citations), dict(places))
        return known[2]

    def env_updated(self) -> Iterable[str]:
        """Find what is listed, and forget the index of what was."""
        self._indexed = None
        updated: Iterable[str] = super().env_updated()
        self._indexed = None
        return updated

    def resolve_xref(self, *given: Any, **named: Any) -> Any:
        """Resolve a citation among what its keys name."""
        target: str = named["target"] if "target" in named else given[4]
        with self.looking_at([one.key for one in parse_citation_targets(target)]):
            return super().resolve_xref(*given, **named)

    def resolve_any_xref(self, *given: Any, **named: Any) -> Any:
        """Resolve what may be a citation among what its keys name."""
        target: str = named["target"] if "target" in named else given[3]
        with self.looking_at([key.strip() for key in target.split(",")]):
            if not self.citations:
                return []
            return super().resolve_any_xref(*given, **named)
