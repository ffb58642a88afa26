"""Puts into the heads of pages what reference managers, search engines and crawlers look for."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.util.osutil import relative_uri

from ontherecord.citing.meta_tags import meta_tags
from ontherecord.citing.of_record import item_of_article
from ontherecord.domain import domain_of
from ontherecord.exchange import schema_org
from ontherecord.exchange.offered import offers_of
from ontherecord.exchange.signposting import links_of_article, links_of_edition, links_of_record
from ontherecord.settings import RECORD_PAGES, WITH_RECORD_PAGES
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx

    from ontherecord.citing.item import Item
    from ontherecord.edition import Edition
    from ontherecord.exchange.signposting import TypedLink
    from ontherecord.records import Record


def of_records(edition: Edition) -> Callable[[Record, Item], str]:
    """Give what gives what stands in the head of a record's page, with what is cited of it."""
    offers = offers_of(edition.imprint.formats)

    def of_record(record: Record, item: Item) -> str:
        return "\n".join(
            [
                *_tags(item),
                *_links(
                    links_of_record(edition, record, offers), f"{RECORD_PAGES}/{record.id}.html"
                ),
                _script(schema_org.of_record(edition, record)),
            ]
        )

    return of_record


def of_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the pages of articles and the front page what is looked for there, under any theme."""
    builder: Any = app.builder
    if builder.name not in WITH_RECORD_PAGES or pagename not in app.env.found_docs:
        return
    edition = domain_of(app.env).edition
    offers = offers_of(edition.imprint.formats)
    here = builder.get_target_uri(pagename)
    head: list[str] = []
    if pagename == app.config.root_doc:
        head += _links(links_of_edition(edition, offers), here)
    # One page with all articles is none of them.
    if pagename in edition.articles and builder.name != "singlehtml":
        head += _tags(item_of_article(edition, pagename))
        head += _links(links_of_article(edition, pagename, offers), here)
        head.append(_script(schema_org.of_article(edition, pagename)))
    if head:
        context["metatags"] = "\n".join([context.get("metatags", ""), *head])


def _tags(item: Item) -> Iterable[str]:
    return [f'<meta name="{name}" content="{escape(value)}">' for name, value in meta_tags(item)]


def _links(links: Iterable[TypedLink], here: str) -> Iterable[str]:
    """Give typed links as elements; ``here`` is the page's address below the edition's."""
    for link in links:
        if "://" in link.href:
            yield _link(link)
        elif link.rel != "cite-as":  # Where it will live is not known: it cannot be cited for good.
            href = relative_uri(here, link.href.removeprefix("./")) or "./"
            yield _link(replace(link, href=href))


@lru_cache(maxsize=256)
def _link(link: TypedLink) -> str:
    more = f' type="{escape(link.type)}"' if link.type else ""
    more += f' data-profile="{escape(link.profile)}"' if link.profile else ""
    return f'<link rel="{escape(link.rel)}" href="{escape(link.href)}"{more}>'


def _script(data: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">{schema_org.as_script(data)}</script>'
