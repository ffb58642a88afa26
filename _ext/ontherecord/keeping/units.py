"""Digests what each document gives of the records that are written or marked in it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from ontherecord.keeping.kept import Given, Unit
from ontherecord.records import Annotation, Contradiction, Quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ontherecord.edition import Edition
    from ontherecord.records import Document, Mark, Record

_NO_PAGE = ("", "", "", "")


def given(
    edition: Edition, read: Mapping[str, int], before: Mapping[str, Given]
) -> dict[str, Given]:
    """Give what each document gives, as it was kept where it has not been read since.

    ``read`` says when documents were read. What a page's address or source is may change
    without, and so do the included files that its records stand in.
    """
    found: dict[str, Given] = {}
    pages = edition.imprint.pages
    for name, document in edition.documents.items():
        known, moment = before.get(name), read.get(name, 0)
        page = pages.get(name)
        shown = (page.title, page.address, page.file, page.swhid) if page else _NO_PAGE
        files = edition.imprint.files
        if known is None or known.read != moment or (files and _included(document)):
            found[name] = _given(edition, document, moment, shown)
        elif known.page != shown:
            found[name] = msgspec.structs.replace(known, page=shown)
        else:
            found[name] = known
    return found


def _included(document: Document) -> bool:
    return any(record.origin.file for record in document.records) or any(
        mark.file for mark in document.marks
    )


def _given(edition: Edition, document: Document, moment: int, page: tuple[str, ...]) -> Given:
    written: dict[str, list[Record]] = {}
    marked: dict[str, list[Mark]] = {}
    for record in document.records:
        written.setdefault(record.id, []).append(record)
    for mark in document.marks:
        marked.setdefault(mark.record, []).append(mark)
    files = edition.imprint.files
    units: dict[str, Unit] = {}
    for identifier in {**written, **marked}:
        records, marks = written.get(identifier, ()), marked.get(identifier, ())
        said: list[Any] = [[type(record).__name__, record] for record in records]
        said += marks
        if files:
            said += [files.get(record.origin.file) for record in records]
            said += [files.get(mark.file) for mark in marks]
        about: list[str] = []
        of = ""
        for record in records:
            match record:
                case Contradiction():
                    about += (*record.between, *record.answered_by)
                case Annotation():
                    about += [record.on] if record.on else []
                case Quote():
                    of = record.speaker
        units[identifier] = Unit(digest(said), tuple(about), of)
    return Given(
        moment,
        page,
        (document.title, document.date),
        digest([document.description, document.packed_blocks, document.given, document.queries]),
        msgspec.Raw(msgspec.msgpack.encode(units)),
    )


def digest(value: Any) -> bytes:
    """Give a digest of a value made of records, texts, numbers and lists."""
    return hashlib.blake2b(msgspec.msgpack.encode(value), digest_size=12).digest()
