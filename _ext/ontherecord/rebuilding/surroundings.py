"""What stands on a page besides its own text and its records, as one digest.

It covers the titles of the pages before, after, above and below, pictures, what references to
sections and documents show, and citations.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util import docname_join

from ontherecord.apparatus.frame import is_ours, navigation
from ontherecord.domain import domain_of, made_of_citations
from ontherecord.rebuilding.dates import VARIABLE
from ontherecord.rebuilding.images import of_documents
from ontherecord.rebuilding.inputs import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment

_KNOWN: Final = frozenset({"ref", "doc", "download"})
"""Kinds of reference that are looked up one by one; of others, all that they could mean counts."""
_OF_ANY_KIND: Final = frozenset({"any", "myst"})
"""Those that lead to whatever has the name: likewise, where a document or label has it."""


class Surroundings:
    """Gives for each document a digest of what others put on its pages, records apart."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Take the environment, when all documents are read."""
        self._env = env
        self._domain = domain_of(env)
        self._titles: dict[str, str] = {}
        self._contents: dict[str, str] = {}
        self._objects_of: dict[str, str] = {}
        self._relations = env.collect_relations()

    def digest(self, docname: str) -> str:
        """Give a document's digest."""
        env = self._env
        parts: list[object] = [*self._around(docname), self._of_all]
        parts.append(self._images.get(docname))
        parts.append(env.all_docs.get(docname))  # When it was last read.
        parts += [self._below(name) for name in env.toctree_includes.get(docname, ())]
        document = self._domain.documents.get(docname)
        if document:
            parts += [self._reference(docname, *one) for one in document.references]
        parts.append(self._citations[1].get(docname))
        return digest_of(parts)

    @cached_property
    def _of_all(self) -> str:
        """What every page shows: links to indices and to pages named, and a date if it has one.

        Each may hang on tags, of which builders other than those of HTML keep nothing.
        """
        indices = [
            (domain.name, any(True for _ in domain.get_objects()))
            for domain in self._env.domains.sorted()
            if domain.indices
        ]
        is_dated = self._env.config.html_last_updated_fmt is not None
        builder = self._env.app.builder
        named = navigation(builder) if is_ours(builder) else []
        formats = self._domain.edition.imprint.formats
        date = os.environ.get(VARIABLE) if is_dated else None
        return digest_of([indices, named, formats, date, sorted(self._env.app.tags)])

    @cached_property
    def _images(self) -> dict[str, list[tuple[str, str]]]:
        return of_documents(self._env)

    def navigation(self) -> str:
        """Give a digest of all titles and their order, for themes that show them on every page."""
        return self._below(self._env.config.root_doc)

    def _title(self, docname: str | None) -> str:
        name = docname or ""
        known = self._titles.get(name)
        if known is None:
            title = self._env.titles.get(name)
            known = self._titles[name] = str(title) if title is not None else ""
        return known

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
            depth = self._env.metadata.get(docname, {}).get("tocdepth")
            self._contents[docname] = digest_of(
                [self._title(docname), _told(toc) if toc is not None else None, depth, below]
            )
        return self._contents[docname]

    def _reference(self, docname: str, domain: str, kind: str, target: str) -> object:
        """Give what a reference to something other than a record shows."""
        if domain == "cite":
            keys = [key.strip() for key in target.split(",")]
            return [self._citations[0].get(_citation_key(key)) for key in keys]
        std: Any = self._env.domains["std"]
        name = docname_join(docname, target.partition("#")[0].removesuffix(".md"))
        labels = (
            std.labels.get(target.lower()),
            std.anonlabels.get(target.lower()),
            std.labels.get(target),
        )
        title = self._title(name) if name in self._env.found_docs else None
        objects: object = None
        if kind in _OF_ANY_KIND:
            is_known = any(labels) or title is not None or self._domain.any_record(target)
            objects = None if is_known else self._all_objects
        elif kind not in _KNOWN:
            objects = self._objects(domain or "std")
        slugs = str(self._env.metadata.get(name, {}).get("myst_slugs", ""))
        return domain, kind, target, *labels, title, slugs, objects

    @cached_property
    def _all_objects(self) -> str:
        """Give a digest of all that any domain can be asked for, and of what can be cited."""
        of_each = [self._objects(name) for name in sorted(self._env.domains)]
        return digest_of([of_each, self._citations[0]])

    @cached_property
    def _numbers(self) -> str:
        """Give a digest of the numbers of figures and sections."""
        numbered = (self._env.toc_fignumbers, self._env.toc_secnumbers)
        return digest_of([sorted(one.items()) for one in numbered])

    def _objects(self, name: str) -> str:
        """Give a digest of all that a domain can be asked for, and of all numbers."""
        if name not in self._objects_of:
            domain = self._env.domains.get(name)
            objects = sorted(map(repr, domain.get_objects())) if domain else []
            data: Any = domain.data if domain else {}
            more = sorted(map(repr, data.get("objects", {}).items()))
            self._objects_of[name] = digest_of([objects, more, self._numbers])
        return self._objects_of[name]

    @cached_property
    def _citations(self) -> tuple[dict[str, str], dict[str, str]]:
        """Digests of what a citation shows, by key, and of what is listed, by document."""
        return made_of_citations(self._env, "digests", _digests)


def _told(node: nodes.Node) -> object:
    """Give what a node says, and all in it: as an object, in a fifth of the time of a text."""
    if not isinstance(node, nodes.Element):
        return node.astext()
    attributes = [one for one in node.attributes.items() if one[1]]
    return type(node).__name__, attributes, [_told(child) for child in node.children]


def _digests(citations: Iterable[Any]) -> tuple[dict[str, str], dict[str, str]]:
    shown: dict[str, list[object]] = {}
    listed: dict[str, list[object]] = {}
    for one in citations:
        docname, entry = one.bibliography_key.docname, one.formatted_entry
        people = sorted((role, list(map(str, them))) for role, them in one.entry.persons.items())
        tip = str(one.tooltip_entry.text) if one.tooltip_entry else ""
        fields = sorted(one.entry.fields.items())
        said = (one.citation_id, docname, entry.label, tip, fields, people)
        shown.setdefault(one.key, []).append(said)
        listed.setdefault(docname, []).append((one.key, entry.label, repr(entry.text)))
    return (
        {key: digest_of(said) for key, said in shown.items()},
        {docname: digest_of(entries) for docname, entries in listed.items()},
    )


def _citation_key(target: str) -> str:
    """Give the key in a citation's target, without the text set before or after it."""
    return target.partition("}")[2].partition("{")[0].strip() or target.partition("{")[0].strip()
