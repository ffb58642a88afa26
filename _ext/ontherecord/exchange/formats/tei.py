"""TEI P5: an article a file, with its apparatus and the records that concern it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.exchange.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content

FOLDER: Final = "record/tei"


def _files(edition: Edition) -> Iterator[tuple[str, Content]]:
    for docname in edition.articles:
        yield f"{FOLDER}/{docname}.xml", _content(edition, docname)


def _content(edition: Edition, docname: str) -> Iterator[bytes]:
    # Formats are found by being imported, and this one's library may not be there.
    from ontherecord.exchange.tei.document import document

    yield document(edition, docname)


FORMAT: Final = Format(
    "tei",
    "TEI P5, an article a file",
    (f"{FOLDER}/**/*.xml",),
    _files,
    needs=("lxml",),
)
