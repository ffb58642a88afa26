"""TEI P5: an article a file, with its apparatus and the records that concern it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.tei.document import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition

FOLDER: Final = "record/tei"


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    yield Each(
        "documents",
        edition.articles,
        lambda docname: (f"{FOLDER}/{docname}.xml",),
        lambda docname: (document(edition, docname),),
    )


FORMAT: Final = Format(
    "tei",
    "TEI P5, an article a file",
    (f"{FOLDER}/**/*.xml",),
    _parts,
)
