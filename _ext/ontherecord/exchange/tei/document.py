"""A TEI document: header, text and stand-off, put together and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.exchange.tei.article import Article
from ontherecord.exchange.tei.body import body
from ontherecord.exchange.tei.elements import element, written
from ontherecord.exchange.tei.header import header
from ontherecord.exchange.tei.stand_off import stand_off

if TYPE_CHECKING:
    from ontherecord.edition import Edition


def document(edition: Edition, docname: str) -> bytes:
    """Give an article in TEI P5 (TEI Guidelines 4.3), in UTF-8; it is valid against ``tei_all``.

    The header is made last: it explains only what stands in the file.
    """
    article = Article(edition, edition.documents[docname])
    language = article.lang(edition.language)
    text = element("text", body(article))
    off = stand_off(article)
    return written(element("TEI", header(article), text, off, xml_lang=language))
