"""All that a page is made of besides its own text, as one digest."""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import docname_join

from ontherecord import __version__
from ontherecord.apparatus.frame import is_ours, navigation
from ontherecord.apparatus.placing import most_statements
from ontherecord.domain import domain_of
from ontherecord.rebuilding.dates import VARIABLE
from ontherecord.rebuilding.images import of_documents
from ontherecord.records import KINDS
from ontherecord.settings import PAGED
from ontherecord.views.references import links_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from ontherecord.other_editions import OtherEditions
    from ontherecord.records import Document


_KNOWN: Final = frozenset({"ref", "doc", "any", "myst", "download"})
"""Kinds of reference that are looked up one by one; of others, all that they could mean counts."""


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
        self._most = most_statements(env.app.builder)
        self._has_reference_cards = env.app.builder.name in PAGED
        self._contents: dict[str, str] = {}
        self._relations = env.collect_relations()

    def digest(self, docname: str) -> str:
        """Give a document's digest, as 32 hexadecimal digits."""
        parts: list[object] = [__version__, *self._around(docname), self._of_all]
        parts.append(self._images.get(docname))
        parts.append(self._env.all_docs.get(docname))  # When it was last read.
        parts += [self._below(name) for name in self._env.toctree_includes.get(docname, ())]
        document = self._domain.documents.get(docname)
        if document:
            parts += self._records(document)
            parts += [self._reference(docname, *one) for one in document.references]
        parts += self._bibliographies.get(docname, [])
        return _digest(parts)

    @cached_property
    def _of_all(self) -> object:
        """What every page shows: links to indices and to pages named, and a date if it has one."""
        indices = [
            (domain.name, any(True for _ in domain.get_objects()))
            for domain in self._env.domains.sorted()
            if domain.indices
        ]
        is_dated = self._env.config.html_last_updated_fmt is not None
        builder = self._env.app.builder
        named = navigation(builder) if is_ours(builder) else []
        formats = self._domain.edition.imprint.formats
        return indices, named, formats, os.environ.get(VARIABLE) if is_dated else None

    @cached_property
    def _elsewhere(self) -> OtherEditions:
        return self._domain.other_editions

    @cached_property
    def _images(self) -> dict[str, list[tuple[str, str]]]:
        return of_documents(self._env)

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
            if use[0] in KINDS and use[1] not in self._domain.edition.records:
                yield self._elsewhere.said_of(use[1])
        shown = [record.id for record in document.records] + [
            mark.record for mark in document.marks
        ]
        for identifier in dict.fromkeys(shown):
            yield self._once("block", identifier)
        yield from self._cards(document, shown)
        if document.date:
            yield self._domain.views.article(document.docname)
        for query, _line in document.queries:
            yield self._domain.views.register(query)

    def _cards(self, document: Document, shown: list[str]) -> Iterator[object]:
        """Give the cards that references have on a page: of records named, and those they name."""
        if not self._has_reference_cards:
            return
        views = self._domain.views
        named = {use.id for use in document.uses if use.kind != "source"}
        for _domain, _kind, target in document.references:  # Links of any spelling.
            if (record := self._domain.any_record(target)) is not None:
                named.add(record.id)
        article = views.article(document.docname)
        for view in [article, *(views.block(name, self._most) for name in shown)]:
            named |= {link.id for link in links_in(view)}
        for name in sorted(named):
            yield self._once("reference", name)

    def _once(self, view: str, identifier: str, *, source: bool = False) -> str:
        """Give the digest of a view that many documents may share, made once."""
        key = (f"{view} {source}", identifier)
        if key not in self._digests:
            views = self._domain.views
            made: object
            if source:
                made = views.source(identifier)
            elif view == "reference":
                made = views.reference(identifier)
            elif view == "label":
                made = views.label(identifier)
            else:
                record = self._domain.edition.records.get(identifier)
                origin = record.origin if record else None
                made = (views.label(identifier), origin, views.block(identifier, self._most))
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
            self._objects(domain or "std") if kind not in _KNOWN else None,
        )

    def _objects(self, name: str) -> str:
        """Give a digest of all that a domain can be asked for, and of the numbers of figures."""
        key = ("objects", name)
        if key not in self._digests:
            domain = self._env.domains.get(name)
            objects = sorted(map(repr, domain.get_objects())) if domain else []
            data: Any = domain.data if domain else {}
            more = sorted(map(repr, data.get("objects", {}).items()))
            numbers = sorted(self._env.toc_fignumbers.items())
            self._digests[key] = _digest([objects, more, numbers])
        return self._digests[key]

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
