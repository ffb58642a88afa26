"""COinS: what reference managers read of the entries of a register."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from ontherecord.words import fold_space

if TYPE_CHECKING:
    from ontherecord.citing.item import Item


def coins(item: Item) -> str:
    """Give the title of a ``span`` of the class ``Z3988`` for a section of a book.

    It is a ContextObject in key and encoded value (ANSI/NISO Z39.88-2004, OpenURL; OpenURL
    COinS, 2005); HTML has yet to be escaped.
    """
    author = item.authors[0] if item.authors else None
    pairs = [
        _BOOK_ITEM,
        _pair("rft.atitle", item.title),
        _shared("rft.btitle", item.container),
        _shared("rft.aulast", author.family if author else ""),
        _shared("rft.aufirst", author.given if author else ""),
        _shared("rft.au", author.literal if author else ""),
        _shared("rft.date", item.issued),
        _shared("rft.language", item.language),
        _pair("rft_id", item.address),
    ]
    return "&".join(filter(None, pairs))


def _pair(name: str, value: str) -> str:
    """Give a value under its name, or nothing where there is none."""
    return f"{name}={quote_plus(fold_space(value))}" if value else ""


_shared = lru_cache(1024)(_pair)
"""The same for what many entries have alike."""

_BOOK_ITEM: Final = "&".join(
    [
        _pair("ctx_ver", "Z39.88-2004"),
        _pair("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        _pair("rft.genre", "bookitem"),
    ]
)
