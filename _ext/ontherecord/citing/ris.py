"""RIS: the format that catalogues and older reference managers read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.citing.parted_dates import parted
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from ontherecord.citing.item import Item

TYPES: Final = {
    "chapter": "CHAP",
    "book": "BOOK",
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "article-journal": "JOUR",
    "broadcast": "VIDEO",
    "legislation": "STAT",
    "report": "RPRT",
    "speech": "GEN",
    "webpage": "ELEC",
}
"""RIS's types for CSL's; what is none of them is ``GEN``."""


def ris(item: Item) -> str:
    """Give an item in RIS (Research Information Systems, 2011), lines ended by CR LF.

    A field is one line: each run of white space in a value, a paragraph's end too,
    is one space. ``PY`` has the year, ``DA`` the date as ``2026/11/24/``, ``OP`` the
    day on which the words were spoken, in EDTF.
    """
    container = "JO" if item.type.startswith("article") else "T2"
    lines = [
        ("ID", item.id),
        *(("AU", name.inverted) for name in item.authors),
        ("TI", item.title),
        (container, item.container),
        *(("A2", name.inverted) for name in item.editors),
        ("PB", item.publisher),
        ("ET", f"version {item.version}" if item.version else ""),
        *_dates(item.issued),
        ("OP", item.original),
        ("LA", item.language),
        ("M3", item.genre),
        ("UR", item.address),
        ("AB", item.words),
        ("N1", item.note),
        ("N1", f"SWHID: {item.swhid}" if item.swhid else ""),
        ("N1", f"Licence: {item.licence}" if item.licence else ""),
    ]
    written = [(tag, fold_space(value)) for tag, value in lines]
    body = "".join(f"{tag}  - {value}\r\n" for tag, value in written if value)
    return f"TY  - {TYPES.get(item.type, 'GEN')}\r\n{body}ER  - \r\n"


def _dates(date: str) -> list[tuple[str, str]]:
    if not date:
        return []
    parts = parted(date)
    if parts is None:
        # DA takes numbers and then any text: what no number can say stands there.
        return [("DA", f"///{date}")]
    year, month, day = (*parts.begin, 0, 0)[:3]
    numbers = [f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else ""]
    rest = date if parts.end or parts.uncertain else ""
    return [("PY", numbers[0]), ("DA", "/".join([*numbers, rest]))]
