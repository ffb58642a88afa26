"""The sources of an article as TEI's bibliography, and those of them that are witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.evidence.witnesses import taken_from
from ontherecord.exchange.tei.dates import date
from ontherecord.exchange.tei.elements import address, container, element, identifier, token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ontherecord.exchange.tei.article import Article
    from ontherecord.exchange.tei.elements import Element
    from ontherecord.records import Source

_FIELDS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "title": ("title", {}),
    "shorttitle": ("title", {"type": "short"}),
    "journal": ("title", {"level": "j"}),
    "journaltitle": ("title", {"level": "j"}),
    "booktitle": ("title", {"level": "m"}),
    "editor": ("editor", {}),
    "organization": ("publisher", {}),
    "organisation": ("publisher", {}),
    "institution": ("publisher", {}),
    "publisher": ("publisher", {}),
    "address": ("pubPlace", {}),
    "location": ("pubPlace", {}),
    "volume": ("biblScope", {"unit": "volume"}),
    "number": ("biblScope", {"unit": "issue"}),
    "pages": ("biblScope", {"unit": "page"}),
    "doi": ("idno", {"type": "DOI"}),
    "isbn": ("idno", {"type": "ISBN"}),
    "issn": ("idno", {"type": "ISSN"}),
}
"""Fields of the bibliography, each with the element and attributes that TEI has for it."""


def bibliography(article: Article) -> Element | None:
    """Give the ``listBibl`` of the sources, or nothing."""
    sources = (_source(article, one) for one in article.sources.values())
    return container("listBibl", sources, type="sources")


def _source(article: Article, source: Source) -> Element:
    return element(
        "bibl",
        *_parts(article, source),
        xml_id=identifier("source", source.key),
        type=token(source.type),
        ana=article.category("witness", source.witness),
    )


def _parts(article: Article, source: Source) -> Iterator[Element | None]:
    yield element("idno", source.key, type="key")
    yield from (element("author", name) for name in source.authors)
    for name, (tag, attributes) in _FIELDS.items():
        if text := source.field(name):
            yield element(tag, text, **attributes)
    yield date(source.date)
    if url := source.field("url"):
        yield element("ptr", target=address(url))
    yield date(source.field("urldate"), type_="accessed")
    if note := source.field("note"):
        yield element("note", note)
    for key in taken_from(article.edition, source.key):
        if target := article.source(key):
            yield element("relatedItem", type="taken-from", target=target)


def witnesses(article: Article) -> Element | None:
    """Give the ``listWit`` of the sources whose wordings the apparatus holds, or nothing."""
    made = (
        element(
            "witness",
            article.sources[key].label,
            xml_id=identifier("witness", key),
            corresp=article.source(key),
        )
        for key in article.witnesses
    )
    return container("listWit", made)
