"""Finds what a citation names by its key, and what a bibliography lists by its document.

For upstream (sphinxcontrib-bibtex, `sphinxcontrib.bibtex.domain`): *Each citation is looked for
among all of them.* ``resolve_xref`` goes through ``citations`` twice for each citation that is
resolved, and ``resolve_any_xref`` once more for each reference of whatever kind that may be one:
with 2,000 entries and 6,000 citations that is 24 million steps, some 5 s.
``BibliographyTransform.run`` goes through each page's tree and through all citations, also where
no bibliography stands. A dictionary by key, made once after ``env_updated``, is enough; of an entry
it needs but the bytes, which take a tenth of the memory that its objects do.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from ontherecord.economies.held_data import HeldData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
    from sphinxcontrib.bibtex.domain import Citation


class Listed:
    """What bibliographies list, by key, and the bibliographies without what stands in them."""

    def __init__(
        self,
        citations: Iterable[Citation],
        bibliographies: Mapping[BibliographyKey, BibliographyValue],
    ) -> None:
        """Take what all list, in order."""
        self._packed: list[bytes] = []
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        for place, citation in enumerate(citations):
            self._packed.append(pickle.dumps(citation, pickle.HIGHEST_PROTOCOL))
            self._by_key[citation.key].append(place)
        self.bibliographies = {
            key: value._replace(citation_nodes={}) for key, value in bibliographies.items()
        }
        self.documents = frozenset(key.docname for key in bibliographies)
        """The documents in which bibliographies stand."""

    def __iter__(self) -> Iterator[Citation]:
        """Give all in order."""
        return map(_unpacked, self._packed)

    def to_be_set(self) -> Iterator[Citation]:
        """Give all in order, with as much of each as a bibliography sets of it."""
        return (one._replace(entry=None, tooltip_entry=None) for one in self)

    def named(self, keys: Iterable[str]) -> list[Citation]:
        """Give what is listed under some keys, in the order of all."""
        places = sorted(place for key in {*keys} for place in self._by_key.get(key, ()))
        return [_unpacked(self._packed[place]) for place in places]


def _unpacked(packed: bytes) -> Citation:
    citation: Citation = pickle.loads(packed)  # noqa: S301 - our own bytes
    return citation


class CitationsByKey(HeldData):
    """The domain with an index of what is listed."""

    _looked_at: Sequence[Citation] | None = None

    @property
    def citations(self) -> Any:
        """What all bibliographies list; while a citation is resolved, what its keys name.

        While a bibliography is set, it is as much of each entry as is set of it.
        """
        if self._looked_at is not None:
            return self._looked_at
        return self.held("citations") if self._apart is None else self.listed.to_be_set()

    @property
    def bibliographies(self) -> Any:
        """Each bibliography by its document and number; what lists what, while that is resolved."""
        if self._looked_at is None:
            return self.held("bibliographies")
        return self.listed.bibliographies

    @property
    def listed(self) -> Listed:
        """What is listed, when all is read: it stands where upstream has a list."""
        listed: Listed | list[Citation] = self.held("citations")
        if not isinstance(listed, Listed):
            listed = self.data["citations"] = Listed(listed, self.held("bibliographies"))
        return listed

    @contextmanager
    def looking_at(self, keys: Iterable[str]) -> Iterator[None]:
        """Have only what is listed under some keys seen, in the order of all."""
        self._looked_at = self.listed.named(keys)
        try:
            yield
        finally:
            self._looked_at = None

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
