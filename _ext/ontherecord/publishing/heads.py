"""Puts into the heads of pages what reference managers, search engines and crawlers look for."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ontherecord.apparatus.record_pages import BUILDERS
from ontherecord.citing.meta_tags import meta_tags
from ontherecord.citing.of_record import item_of_article, item_of_record
from ontherecord.domain import domain_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from ontherecord.citing.item import Item


def connect(app: Sphinx) -> None:
    """Connect to the events that ask for heads."""
    app.connect("record-page-head", of_record)
    app.connect("html-page-context", of_page, priority=750)  # When the frame is made.


def of_record(app: Sphinx, identifier: str) -> str:
    """Give what stands in the head of a record's page; nothing where the record is gone."""
    edition = domain_of(app.env).edition
    record = edition.records.get(identifier)
    if record is None:
        return ""
    return _tags(item_of_record(edition, record))


def of_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give an article's page its tags, under any theme."""
    edition = domain_of(app.env).edition
    if app.builder.name not in BUILDERS or pagename not in edition.articles:
        return
    if app.builder.name == "singlehtml":
        return  # One page with all articles is none of them.
    context["metatags"] = context.get("metatags", "") + _tags(item_of_article(edition, pagename))


def _tags(item: Item) -> str:
    return "\n".join(
        f'<meta name="{name}" content="{escape(value, quote=True)}">'
        for name, value in meta_tags(item)
    )
