"""``record/linkset.json``: the typed links of the edition, its articles and its records (RFC 9264).

It is what FAIR Signposting asks for at level 2: links of many pages in one file.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.offered import LINKSET
from ontherecord.exchange.signposting import (
    links_of_article,
    links_of_edition,
    links_of_record,
    root,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.signposting import TypedLink


def _contexts(edition: Edition) -> Iterator[tuple[str, tuple[TypedLink, ...]]]:
    """Give each page that has links, by its address: the edition's, articles', records'."""
    yield root(edition), links_of_edition(edition)
    for docname in edition.articles:
        yield edition.imprint.of_page(docname), links_of_article(edition, docname)
    for identifier, record in edition.own.items():
        yield edition.imprint.of_record(identifier), links_of_record(edition, record)


def _context(edition: Edition, anchor: str, links: Iterable[TypedLink]) -> dict[str, Any]:
    """Give a link context object (RFC 9264, 4.2.2): its targets by relation type."""
    # Where the edition's address is not known, addresses are from the file's own (RFC 9264, 4.2.2).
    base = "" if edition.imprint.address else "../"
    context: dict[str, Any] = {"anchor": base + anchor}
    for link in links:
        if link.rel == "linkset":
            continue  # This is it.
        target: dict[str, Any] = {"href": link.href if ":" in link.href else base + link.href}
        if link.type:
            target["type"] = link.type
        if link.profile:
            target["profile"] = [link.profile]  # An extension attribute is a list (4.2.4.3).
        context.setdefault(link.rel, []).append(target)
    return context


def _linkset(edition: Edition) -> Iterator[bytes]:
    """Give the file piece by piece, a context a line."""
    yield b'{"linkset":['
    comma = b"\n"
    for anchor, links in _contexts(edition):
        context = _context(edition, anchor, links)
        yield comma + msgspec.json.encode(context)
        comma = b",\n"
    yield b"\n]}\n"


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    yield Whole(LINKSET.path, partial(_linkset, edition))


FORMAT: Final = Format("linkset", "typed links of all pages", (LINKSET.path,), _parts)
