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
from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from ontherecord.economies.held_data import HeldData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
    from sphinxcontrib.bibtex.domain import Citation
    from sphinxcontrib.bibtex.roles import CitationRef

    Bibliographies = Mapping[BibliographyKey, BibliographyValue]


class Seen(NamedTuple):
    """What is seen of the domain's data while a citation is resolved or a bibliography is set."""

    citations: Iterable[Citation]
    bibliographies: Bibliographies
    citation_refs: Iterable[CitationRef] = ()


class Listed(Sequence["Citation"]):
    """What bibliographies list, as bytes, by key and by the document in which it is listed."""

    def __init__(
        self,
        citations: Iterable[Citation],
        bibliographies: Bibliographies,
        references: Iterable[CitationRef],
    ) -> None:
        """Take what all list, in order, and what is cited in the documents."""
        self._packed: list[bytes] = []
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._in: defaultdict[str, list[int]] = defaultdict(list)
        for place, citation in enumerate(citations):
            self._packed.append(pickle.dumps(citation, pickle.HIGHEST_PROTOCOL))
            self._by_key[citation.key].append(place)
            self._in[citation.bibliography_key.docname].append(place)
        self._bibliographies = {
            key: value._replace(citation_nodes={}) for key, value in bibliographies.items()
        }
        to_be_set: dict[str, tuple[dict[Any, Any], list[CitationRef]]] = {}
        for key, value in bibliographies.items():
            to_be_set.setdefault(key.docname, ({}, []))[0][key] = value
        for reference in references:
            if reference.docname in to_be_set:
                to_be_set[reference.docname][1].append(reference)
        self._to_be_set = {
            docname: pickle.dumps(one, pickle.HIGHEST_PROTOCOL)
            for docname, one in to_be_set.items()
        }

    def __len__(self) -> int:
        """Count all."""
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> Citation: ...

    @overload
    def __getitem__(self, place: slice) -> list[Citation]: ...

    def __getitem__(self, place: int | slice) -> Citation | list[Citation]:
        """Give that in a place, or those in several."""
        if isinstance(place, slice):
            return [pickle.loads(one) for one in self._packed[place]]  # noqa: S301 - our own bytes
        citation: Citation = pickle.loads(self._packed[place])  # noqa: S301 - our own bytes
        return citation

    def is_in(self, docname: str) -> bool:
        """Tell whether a bibliography stands in a document."""
        return docname in self._to_be_set

    def named(self, keys: Iterable[str]) -> Seen:
        """Give what is listed under some keys, in the order of all."""
        places = sorted(place for key in {*keys} for place in self._by_key.get(key, ()))
        return Seen([self[place] for place in places], self._bibliographies)

    def to_be_set(self, docnames: Iterable[str]) -> Seen:
        """Give what is to be set in some documents, new each time, since its nodes are filled."""
        bibliographies: dict[BibliographyKey, BibliographyValue] = {}
        references: list[CitationRef] = []
        for docname in docnames:
            of_one, cited = pickle.loads(self._to_be_set[docname])  # noqa: S301 - our own bytes
            bibliographies.update(of_one)
            references += cited
        places = sorted(place for docname in docnames for place in self._in.get(docname, ()))
        # Of an entry no more is set than what is formatted of it.
        parts = [self[place]._replace(entry=None, tooltip_entry=None) for place in places]
        return Seen(parts, bibliographies, references)


class CitationsByKey(HeldData):
    """The domain with an index of what is listed."""

    _seen: Seen | None = None

    @property
    def citations(self) -> Any:
        """What all bibliographies list; while a citation is resolved, what its keys name."""
        return self.held("citations") if self._seen is None else self._seen.citations

    @property
    def bibliographies(self) -> Any:
        """Each bibliography by its document and number, with what it is to be filled into."""
        return self.held("bibliographies") if self._seen is None else self._seen.bibliographies

    @property
    def citation_refs(self) -> Any:
        """All citations; while a bibliography is set, those of its document."""
        return self.held("citation_refs") if self._seen is None else self._seen.citation_refs

    @property
    def listed(self) -> Listed:
        """What is listed, when all is read: it stands where upstream has a list."""
        listed: Listed | list[Citation] = self.held("citations")
        if not isinstance(listed, Listed):
            kept = self.held("bibliographies"), self.held("citation_refs")
            listed = self.data["citations"] = Listed(listed, *kept)
        return listed

    @contextmanager
    def seeing(self, seen: Seen) -> Iterator[None]:
        """Have no more than that seen."""
        self._seen = seen
        try:
            yield
        finally:
            self._seen = None

    def resolve_xref(self, *given: Any, **named: Any) -> Any:
        """Resolve a citation among what its keys name."""
        target: str = named["target"] if "target" in named else given[4]
        keys = [one.key for one in parse_citation_targets(target)]
        with self.seeing(self.listed.named(keys)):
            return super().resolve_xref(*given, **named)

    def resolve_any_xref(self, *given: Any, **named: Any) -> Any:
        """Resolve what may be a citation among what its keys name."""
        target: str = named["target"] if "target" in named else given[3]
        seen = self.listed.named([key.strip() for key in target.split(",")])
        if not seen.citations:
            return []
        with self.seeing(seen):
            return super().resolve_any_xref(*given, **named)
