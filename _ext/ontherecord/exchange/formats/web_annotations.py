"""``web-annotations.jsonld``: quotes, notes and cases as a collection of W3C Web Annotations.

The collection and its pages are those of the Web Annotation Data Model (W3C Recommendation,
23 February 2017, 5); what stands on them is made in `ontherecord.exchange.annotations`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from ontherecord.exchange.annotations import (
    CONTEXT,
    Addresses,
    entries,
    known,
    named,
    one_or_more,
    rights,
)
from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ontherecord.edition import Edition
    from ontherecord.exchange.annotations import Entry, Json
    from ontherecord.exchange.format import Content

FILE: Final = "record/web-annotations.jsonld"
FOLDER: Final = "record/web-annotations"
PAGE_SIZE: Final = 200
"""Annotations on a page: some 300 kilobytes, which a browser reads at once."""


def _collection(edition: Edition, total: int) -> Json:
    """Give the collection (5.1), which names its pages and holds none."""
    to = Addresses(edition, "../")
    made: Json = {
        "@context": CONTEXT,
        "id": to.file(FILE),
        "type": "AnnotationCollection",
        "label": edition.imprint.title,
        "creator": one_or_more([named(name) for name in edition.imprint.editors]),
        "rights": rights(edition),
        "total": total,
    }
    if total:
        made["first"] = to.file(_page_path(1))
        made["last"] = to.file(_page_path(-(-total // PAGE_SIZE)))
    return known(made)


def _page_path(number: int) -> str:
    return f"{FOLDER}/{number}.jsonld"


def _page(
    edition: Edition, number: int, total: int, listed: Sequence[Entry]
) -> Iterator[bytes | Stretch]:
    """Give a page (5.2), an annotation a line."""
    to = Addresses(edition, "../../")
    collection = {"id": to.file(FILE), "type": "AnnotationCollection", "total": total}
    head: Json = {
        "@context": CONTEXT,
        "id": to.file(_page_path(number)),
        "type": "AnnotationPage",
        "partOf": collection | known({"label": edition.imprint.title}),
        "startIndex": (number - 1) * PAGE_SIZE,
    }
    if number > 1:
        head["prev"] = to.file(_page_path(number - 1))
    if number * PAGE_SIZE < total:
        head["next"] = to.file(_page_path(number + 1))
    yield msgspec.json.encode(head)[:-1] + b',\n"items":['
    which = repr([(entry.make.__name__, entry.part) for entry in listed])
    records = tuple([entry.record.id for entry in listed])
    yield Stretch(which, "records", records, partial(_items, edition, to, listed))
    yield b"\n]}\n"


def _items(edition: Edition, to: Addresses, listed: Sequence[Entry]) -> Iterator[bytes]:
    comma = b"\n"
    for entry in listed:
        made = entry.make(edition, to, entry.record, entry.part)
        yield comma + msgspec.json.encode(made)
        comma = b",\n"


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    listed = [*entries(edition)]
    total = len(listed)

    def collection() -> Content:
        return [msgspec.json.encode(_collection(edition, total)) + b"\n"]

    yield Whole(FILE, collection)
    for number, first in enumerate(range(0, total, PAGE_SIZE), 1):
        page = listed[first : first + PAGE_SIZE]
        yield Whole(_page_path(number), partial(_page, edition, number, total, page))


FORMAT: Final = Format(
    "web-annotations",
    "W3C Web Annotations: quotes, notes and cases where they stand",
    (FILE, f"{FOLDER}/*.jsonld"),
    _parts,
)
