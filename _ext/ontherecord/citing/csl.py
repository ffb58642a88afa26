"""CSL-JSON: the format of Zotero, Pandoc and the citation processors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ontherecord.citing.parted_dates import parted
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ontherecord.citing.item import Item, Name


def csl(item: Item) -> dict[str, object]:
    """Give an item as an object of CSL-JSON (schema of CSL 1.0.2, ``csl-data.json``).

    Fields that are not known are left out. Titles are on one line. The persistent
    identifier and the licence, for which CSL has no variable, stand in ``note`` as
    ``swhid: …`` and ``license: …``, the lines that Zotero reads there.
    """
    note = [item.note]
    note += [f"{key}: {value}" for key, value in _extra(item) if value]
    fields: dict[str, object] = {
        "id": item.id,
        "type": item.type,
        "title": _kept(fold_space(item.title)) if item.exact else fold_space(item.title),
        "author": [_name(name) for name in item.authors],
        "editor": [_name(name) for name in item.editors],
        "container-title": fold_space(item.container),
        "publisher": fold_space(item.publisher),
        "version": fold_space(item.version),
        "genre": fold_space(item.genre),
        "issued": date_variable(item.issued),
        "original-date": date_variable(item.original),
        "URL": item.address,
        "language": item.language,
        "abstract": item.words,
        "note": "\n".join(filter(None, note)),
    }
    return {key: value for key, value in fields.items() if value}


def _kept(title: str) -> str:
    """Give a title that no processor is to set in title case (CSL 1.0.2, rich text in fields)."""
    return f'<span class="nocase">{title}</span>' if title else ""


def _extra(item: Item) -> tuple[tuple[str, str], ...]:
    return ("swhid", item.swhid), ("license", item.licence)


def _name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}


def date_variable(date: str) -> dict[str, object]:
    """Give an EDTF date as a date variable: ``date-parts`` where they can say it, else ``raw``.

    What is approximate or doubted is ``circa``. A processor that knows EDTF reads
    ``raw``; ``literal`` has the same text, for those that do not.
    """
    if not date:
        return {}
    parts = parted(date)
    if parts is None:
        return {"literal": date, "raw": date}
    said: dict[str, object] = {
        "date-parts": [list(part) for part in (parts.begin, parts.end) if part]
    }
    if parts.uncertain:
        said["circa"] = True
    return said


def csl_json(items: Iterable[Item]) -> str:
    """Give items as a CSL-JSON array, in their order: the same text for the same items."""
    encoded = msgspec.json.encode([csl(item) for item in items])
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
