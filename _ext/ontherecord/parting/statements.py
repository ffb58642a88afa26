"""What a part knows of another's statements, beside its inventory: ``NAME.json``.

An inventory has a statement's opening words and address alone. This has what a page of a case says
of it, so that a side that is in another volume stands there like one that is not. The objects are
those of ``remote`` in ``edition.json``, without what the inventory says.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from ontherecord.exchange.of_edition import remote_of
from ontherecord.exchange.reading import remote_quote
from ontherecord.exchange.shapes import RemoteShape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ontherecord.edition import Edition
    from ontherecord.parting.inventories import Inventory
    from ontherecord.records import RemoteQuote


Statements = dict[str, RemoteShape]
"""Statements by identifier."""


def statements_of(edition: Edition) -> Statements:
    """Give all statements of an edition, as others know them."""
    return {quote.id: remote_of(edition, quote) for quote in edition.quotes.values()}


def names_in(inventory: Inventory) -> list[str]:
    """Give the identifiers of the statements that an inventory lists, in order."""
    return sorted({item.name for item in inventory.items if item.kind == "record:quote"})


def listed_in(inventory: Inventory, statements: Statements) -> list[RemoteShape]:
    """Give those statements that an inventory lists."""
    return [statements[name] for name in names_in(inventory) if name in statements]


def content(statements: Iterable[RemoteShape]) -> bytes:
    """Give the bytes of the file: what is known of each, a line for each thing."""
    known = [
        {name: value for name, value in msgspec.to_builtins(one).items() if value}
        for one in statements
    ]
    return (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode()


def parse(content: bytes) -> Statements:
    """Read a file; raises `ValueError`, which says why it is none."""
    return {one.id: one for one in msgspec.json.decode(content, type=list[RemoteShape])}


def quotes_in(content: bytes) -> dict[str, RemoteQuote]:
    """Give the statements of a file by their identifiers there; raises `ValueError`."""
    return {name: remote_quote(one) for name, one in parse(content).items()}
