"""All that a page is made of besides its own text, as one digest."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx.util import docname_join

from ontherecord import __version__
from ontherecord.apparatus.placing import MOST_STATEMENTS
from ontherecord.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from ontherecord.records import Document


class Inputs:
    """Gives for each document a digest of what other documents put on its pages.

    It covers the views of records, the titles of the pages before, after and
    above, what references to sections and documents show, and citations.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        """Take the environment, when all documents are read."""
        self._env = env
        self._domain = domain_of(env)
        self._digests: dict[tuple[str, str], str] = {}
        self._contents: dict[str, str] = {}
        self._relations = env.collect_relations()

    def digest(self, docname: str) -> str:
        """Give a document's digest, as 32 hexadecimal digits."""
        parts: list[object] = [__version__, *self._around(docname)]
        parts += [self._below(name) for name in self._env.toctree_includes.get(docname, ())]
        document = self._domain.documents.get(docname)
        if document:
            parts += self._records(document)
            parts += [self._reference(docname, *one) for one in document.references]
        parts += self._bibliographies.get(docname, [])
        return _digest(parts)

    def navigation(self) -> str:
        """Give a digest of all titles and their order, for themes that show them on every page."""
        return self._below(self._env.config.root_doc)

    def _title(self, docname: str | None) -> str:
        title = self._env.titles.get(docname or "")
        return str(title) if title is not None else ""

    def _around(self, docname: str) -> Iterator[object]:
        """Give the names and titles of the pages above, before and after."""
        parent, before, after = self._relations.get(docname, (None, None, None))
        yield [(name, self._title(name)) for name in (before, after)]
        seen = {docname}
        while parent and parent not in seen:
            yield parent, self._title(parent)
            seen.add(parent)
            parent = self._relations.get(parent, (None, None, None))[0]

    def _below(self, docname: str) -> str:
        """Give a digest of what a table of contents shows of a document, and below it."""
        if docname not in self._contents:
            self._contents[docname] = ""  # A document may stand below itself.
            below = [self._below(name) for name in self._env.toctree_includes.get(docname, ())]
            toc = self._env.tocs.get(docname)
            self._contents[docname] = _digest(
                [self._title(docname), str(toc) if toc is not None else "", below]
            )
        return self._contents[docname]

    def _records(self, document: Document) -> Iterator[object]:
        for use in dict.fromkeys((use.kind, use.id) for use in document.uses):
            yield self._once("label", use[1], source=use[0] == "source")
        shown = [record.id for record in document.records] + [
            mark.record for mark in document.marks
        ]
        for identifier in dict.fromkeys(shown):
            yield self._once("block", identifier)
        for query, _line in document.queries:
            yield self._domain.views.register(query)

    def _once(self, view: str, identifier: str, *, source: bool = False) -> str:
        """Give the digest of a view that many documents may share, made once."""
        key = (f"{view} {source}", identifier)
        if key not in self._digests:
            views = self._domain.views
            made: object
            if source:
                made = views.source(identifier)
            elif view == "label":
                made = views.label(identifier)
            else:
                record = self._domain.edition.records.get(identifier)
                origin = record.origin if record else None
                made = (views.label(identifier), origin, views.block(identifier, MOST_STATEMENTS))
            self._digests[key] = _digest([made])
        return self._digests[key]

    def _reference(self, docname: str, domain: str, kind: str, target: str) -> object:
        """Give what a reference to something other than a record shows."""
        if domain == "cite":
            keys = [key.strip() for key in target.split(",")]
            return [self._citations.get(_citation_key(key)) for key in keys]
        std: Any = self._env.domains["std"]
        name = docname_join(docname, target.partition("#")[0].removesuffix(".md"))
        record = self._domain.any_record(target)
        return (
            domain,
            kind,
            target,
            std.labels.get(target.lower()),
            std.anonlabels.get(target.lower()),
            std.labels.get(target),
            self._title(name) if name in self._env.found_docs else None,
            str(self._env.metadata.get(name, {}).get("myst_slugs", "")),
            self._domain.views.link(record) if record else None,
        )

    @cached_property
    def _citations(self) -> dict[str, object]:
        """What a citation of a source shows, by key."""
        return {
            citation.key: (
                citation.citation_id,
                citation.bibliography_key.docname,
                citation.formatted_entry.label,
                str(citation.tooltip_entry.text) if citation.tooltip_entry else "",
                sorted(citation.entry.fields.items()),
                sorted(
                    (role, list(map(str, them))) for role, them in citation.entry.persons.items()
                ),
            )
            for citation in self._env.domains["cite"].data["citations"]
        }

    @cached_property
    def _bibliographies(self) -> dict[str, list[object]]:
        """What the bibliographies of each document list."""
        listed: dict[str, list[object]] = {}
        for citation in self._env.domains["cite"].data["citations"]:
            entry = citation.formatted_entry
            listed.setdefault(citation.bibliography_key.docname, []).append(
                (citation.key, entry.label, repr(entry.text))
            )
        return listed


def _citation_key(target: str) -> str:
    """Give the key in a citation's target, without the text set before or after it."""
    return target.partition("}")[2].partition("{")[0].strip() or target.partition("{")[0].strip()


def _digest(parts: list[object]) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
