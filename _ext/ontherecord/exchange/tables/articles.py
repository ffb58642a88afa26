"""The articles, the other documents that hold records, and the blocks with marked words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.exchange.tables.columns import LICENCE, Part, days, own, part
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.segments import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.records import Block, Document


def _documents(edition: Edition) -> Iterator[Document]:
    """Give the documents that are no articles and hold records or marks."""
    for name, document in edition.documents.items():
        if name not in edition.articles and (document.records or document.marks):
            yield document


def _page(edition: Edition, document: Document, name: str) -> str:
    return getattr(edition.imprint.pages.get(document.docname), name, "")


def _blocks(edition: Edition) -> Iterator[Part]:
    for documents in (edition.articles.values(), _documents(edition)):
        for document in documents:
            blocks: dict[str, Block] = edition.blocks_of(document.docname)
            for position, block in enumerate(blocks.values(), 1):
                yield Part(document, position, block)


ARTICLES: Final = (
    Table(
        "articles",
        "Articles",
        "The reports in which the words are quoted.",
        lambda edition: edition.articles.values(),
        (
            own("id", "The name of the document.", "docname", is_key=True),
            own("title", "The title."),
            *days("date", "Its date", lambda _, one: one.date),
            own("description", "What it is about, in a sentence."),
            Column(
                "address",
                "The address of its page.",
                lambda edition, one: edition.imprint.of_page(one.docname),
            ),
            Column("file", "The path of its source.", lambda e, one: _page(e, one, "file")),
            Column(
                "swhid",
                "Software Heritage identifier of the source's content.",
                lambda edition, one: _page(edition, one, "swhid"),
            ),
            LICENCE,
        ),
        label="title",
    ),
    Table(
        "documents",
        "Other documents",
        "Documents that are no articles, in which records or marked words stand.",
        _documents,
        (
            own("id", "The name of the document.", "docname", is_key=True),
            own("title", "The title."),
            Column(
                "address",
                "The address of its page.",
                lambda edition, one: edition.imprint.of_page(one.docname),
            ),
            Column("file", "The path of its source.", lambda e, one: _page(e, one, "file")),
            LICENCE,
        ),
        label="title",
    ),
    Table(
        "blocks",
        "Blocks",
        "The blocks of articles and other documents in which words are marked.",
        _blocks,
        (
            Column(
                "document",
                "The document.",
                lambda _, one: one.owner.docname,
                is_key=True,
            ),
            part("anchor", "The block's anchor in the document's page.", is_key=True),
            Column(
                "text",
                "Its text, as a browser shows it.",
                lambda edition, one: shown(edition, one.value)[0],
            ),
        ),
    ),
)
