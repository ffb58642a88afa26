"""What of the records a document's pages show, as one digest."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.apparatus.placing import most_statements
from ontherecord.domain import domain_of
from ontherecord.records import KINDS
from ontherecord.settings import PAGED
from ontherecord.views.references import links_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.environment import BuildEnvironment

    from ontherecord.other_editions import OtherEditions
    from ontherecord.records import Document

_encode: Final[Callable[[Any], bytes]] = msgspec.msgpack.Encoder(enc_hook=str).encode


def digest_of(parts: Any) -> str:
    """Give the digest of values, as 32 hexadecimal digits."""
    return hashlib.blake2b(_encode(parts), digest_size=16).hexdigest()


def _digest_of_each(values: Iterable[Any]) -> bytes:
    """Give the digest of values that need not be there all at once."""
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        digest.update(_encode(value))
    return digest.digest()


class Inputs:
    """Gives for each document a digest of the views of records that its pages are made of."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Take the environment, when all documents are read."""
        self._domain = domain_of(env)
        self._views = self._domain.views
        self._most = most_statements(env.app.builder)
        self._has_reference_cards = env.app.builder.name in PAGED
        self._references: dict[str, str] = {}
        self._blocks: dict[str, tuple[str, tuple[str, ...]]] = {}

    def digest(self, docname: str) -> str:
        """Give a document's digest; nothing where it has nothing to do with records."""
        document = self._domain.documents.get(docname)
        return digest_of([*self._parts(document)]) if document else ""

    @cached_property
    def _elsewhere(self) -> OtherEditions:
        return self._domain.other_editions

    def _parts(self, document: Document) -> Iterator[object]:
        views, records = self._views, self._domain.edition.records
        for kind, name in dict.fromkeys((use.kind, use.id) for use in document.uses):
            yield views.source(name) if kind == "source" else views.label(name)
            if kind in KINDS and name not in records:
                yield self._elsewhere.said_of(name)
        shown = dict.fromkeys(
            [
                *(record.id for record in document.records),
                *(mark.record for mark in document.marks),
            ]
        )
        for name in shown:
            yield self._block(name)[0]
        article = views.article(document.docname) if document.date else None
        yield article
        if self._has_reference_cards:
            named = {link.id for link in links_in(article)}
            named.update(*(self._block(name)[1] for name in shown))
            for name in sorted(named | self._named(document)):
                yield self._reference(name)
        for query, _line in document.queries:
            yield _digest_of_each(views.register(query))
        for _domain, _kind, target in document.references:  # Links of any spelling.
            if (record := self._domain.any_record(target)) is not None:
                yield views.link(record)

    def _named(self, document: Document) -> set[str]:
        """Give the records that a document refers to itself."""
        named = {use.id for use in document.uses if use.kind != "source"}
        found = (self._domain.any_record(target) for _, _, target in document.references)
        return named | {record.id for record in found if record is not None}

    def _block(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Give the digest of what stands at a record or beside a mark, and what it refers to."""
        known = self._blocks.get(name)
        if known is None:
            record = self._domain.edition.records.get(name)
            view = self._views.block(name, self._most)
            made = digest_of(
                # Where one is taken twice, it says which of them holds the identifier.
                (self._views.label(name), record.origin.docname if record else None, view)
            )
            known = self._blocks[name] = (made, _ids(links_in(view)))
        return known

    def _reference(self, name: str) -> str:
        """Give the digest of the card that a reference has."""
        known = self._references.get(name)
        if known is None:
            known = self._references[name] = digest_of(self._views.reference(name))
        return known


def _ids(links: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.id for link in links))
