"""COinS: what reference managers read of the entries of a register."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

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
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "bookitem"),
        ("rft.atitle", item.title),
        ("rft.btitle", item.container),
        ("rft.aulast", author.family if author else ""),
        ("rft.aufirst", author.given if author else ""),
        ("rft.au", author.literal if author else ""),
        ("rft.date", item.issued),
        ("rft.language", item.language),
        ("rft_id", item.address),
    ]
    return urlencode([(name, fold_space(value)) for name, value in pairs if value])
