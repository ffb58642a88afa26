"""``cite/ID.bib``, ``.ris`` and ``.json``: the citation of each record, and of each article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.citing.bibtex import bibtex
from ontherecord.citing.csl import csl_json
from ontherecord.citing.of_record import ARTICLES, item_of_article, item_of_record
from ontherecord.citing.ris import ris
from ontherecord.exchange.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.citing.item import Item
    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content


def _files(edition: Edition) -> Iterator[tuple[str, Content]]:
    for identifier, record in edition.own.items():
        yield from _of(f"cite/{identifier}", item_of_record(edition, record))
    for docname in edition.articles:
        yield from _of(f"{ARTICLES}/{docname}", item_of_article(edition, docname))


def _of(path: str, item: Item) -> Iterator[tuple[str, Content]]:
    yield f"{path}.bib", [bibtex(item).encode()]
    yield f"{path}.ris", [ris(item).encode()]
    yield f"{path}.json", [csl_json([item]).encode()]


FORMAT: Final = Format(
    "citations",
    "the citation of each record and article, as BibTeX, RIS and CSL-JSON",
    (
        *(f"cite/*.{suffix}" for suffix in ("bib", "ris", "json")),
        *(f"{ARTICLES}/**/*.{suffix}" for suffix in ("bib", "ris", "json")),
    ),
    _files,
)
