"""``cite/ID.bib``, ``.ris`` and ``.json``: the citation of each record, and of each article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.citing.bibtex import bibtex
from ontherecord.citing.csl import csl_json
from ontherecord.citing.of_record import ARTICLES, item_of_article, item_of_record
from ontherecord.citing.ris import ris
from ontherecord.exchange.format import Each, Format, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.citing.item import Item
    from ontherecord.edition import Edition


def of_records(edition: Edition) -> Each:
    """Give the files of records."""
    return Each(
        "records",
        edition.own,
        lambda identifier: _paths(f"cite/{identifier}"),
        lambda identifier: _contents(item_of_record(edition, edition.own[identifier])),
    )


def of_articles(edition: Edition) -> Each:
    """Give the files of articles."""
    return Each(
        "documents",
        edition.articles,
        lambda docname: _paths(f"{ARTICLES}/{docname}"),
        lambda docname: _contents(item_of_article(edition, docname)),
    )


def _paths(path: str) -> tuple[str, str, str]:
    return f"{path}.bib", f"{path}.ris", f"{path}.json"


def _contents(item: Item) -> tuple[bytes, bytes, bytes]:
    return bibtex(item).encode(), ris(item).encode(), csl_json([item]).encode()


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    yield of_records(edition)
    yield of_articles(edition)


FORMAT: Final = Format(
    "citations",
    "the citation of each record and article, as BibTeX, RIS and CSL-JSON",
    (
        *(f"cite/*.{suffix}" for suffix in ("bib", "ris", "json")),
        *(f"{ARTICLES}/**/*.{suffix}" for suffix in ("bib", "ris", "json")),
    ),
    _parts,
)
