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


def statements_of(edition: Edition) -> list[RemoteShape]:
    """Give all statements of an edition, as others know them."""
    return [remote_of(edition, quote) for quote in edition.quotes.values()]


def names_in(inventory: Inventory) -> set[str]:
    """Give the identifiers of the statements that an inventory lists."""
    return {item.name for item in inventory.items if item.kind == "record:quote"}


def listed_in(inventory: Inventory, statements: Iterable[RemoteShape]) -> list[RemoteShape]:
    """Give those statements that an inventory lists."""
    names = names_in(inventory)
    return [one for one in statements if one.id in names]


def content(statements: Iterable[RemoteShape]) -> bytes:
    """Give the bytes of the file: what is known of each, a line for each thing."""
    known = [
        {name: value for name, value in msgspec.to_builtins(one).items() if value}
        for one in statements
    ]
    return (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode()


def parse(content: bytes) -> list[RemoteShape]:
    """Read a file; raises `ValueError`, which says why it is none."""
    return msgspec.json.decode(content, type=list[RemoteShape])


def quotes_in(content: bytes) -> dict[str, RemoteQuote]:
    """Give the statements of a file by their identifiers there; raises `ValueError`."""
    return {one.id: remote_quote(one) for one in parse(content)}
