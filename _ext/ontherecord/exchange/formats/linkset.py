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
from ontherecord.exchange.stretches import Stretch, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.signposting import TypedLink


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


def _of_article(edition: Edition, docname: str) -> dict[str, Any]:
    return _context(edition, edition.imprint.of_page(docname), links_of_article(edition, docname))


def _of_record(edition: Edition, identifier: str) -> dict[str, Any]:
    links = links_of_record(edition, edition.own[identifier])
    return _context(edition, edition.imprint.of_record(identifier), links)


def _linkset(edition: Edition) -> Iterator[bytes | Stretch]:
    """Give the file piece by piece, a context a line: the edition's, articles', records'."""
    yield b'{"linkset":[\n'
    yield msgspec.json.encode(_context(edition, root(edition), links_of_edition(edition)))
    for names in runs(edition.articles):
        yield Stretch("articles", "documents", names, partial(_lines, edition, _of_article, names))
    for names in runs(edition.own):
        yield Stretch("records", "records", names, partial(_lines, edition, _of_record, names))
    yield b"\n]}\n"


def _lines(
    edition: Edition, context: Callable[[Edition, str], dict[str, Any]], names: tuple[str, ...]
) -> Iterator[bytes]:
    for name in names:
        yield b",\n" + msgspec.json.encode(context(edition, name))


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    yield Whole(LINKSET.path, partial(_linkset, edition))


FORMAT: Final = Format("linkset", "typed links of all pages", (LINKSET.path,), _parts)
