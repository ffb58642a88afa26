"""The articles, the other documents that hold records, and the blocks with marked words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.exchange.tables.columns import LICENCE, days, own, part, parts
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.exchange.tables.things import ALL_ARTICLES, Things
from ontherecord.segments import shown_at

if TYPE_CHECKING:
    from ontherecord.edition import Edition
    from ontherecord.records import Document


def _documents(edition: Edition) -> dict[str, Document]:
    """Give the documents that are no articles and hold records, but for copies, or marks."""
    own = edition.own
    return {
        name: document
        for name, document in edition.documents.items()
        if name not in edition.articles
        and (document.marks or any(one.id in own for one in document.records))
    }


def _page(edition: Edition, document: Document, name: str) -> str:
    return getattr(edition.imprint.pages.get(document.docname), name, "")


def _with_blocks(edition: Edition) -> dict[str, Document]:
    return edition.articles | _documents(edition)


ARTICLES: Final = (
    Table(
        "articles",
        "Articles",
        "The reports in which the words are quoted.",
        ALL_ARTICLES,
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
        Things("documents", _documents),
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
        parts(
            Things("documents", _with_blocks),
            lambda edition, one: edition.blocks_of(one.docname).values(),
        ),
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
                lambda edition, one: shown_at(edition, one.owner.docname, one.value.anchor)[0],
            ),
        ),
    ),
)
