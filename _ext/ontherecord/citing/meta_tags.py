"""What reference managers look for in the head of a page: Highwire's and Dublin Core's tags.

Zotero's translator for embedded metadata reads both, and takes what Highwire's say first.
With ``z:itemType`` there it keeps a description as extra lines, in which it knows the
original date by its name; no tag of Highwire's has a place for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.citing.item import Item, Name

_LEFT_ALONE: Final = frozenset({"citation_author", "citation_editor", "DC.description"})


def meta_tags(item: Item) -> list[tuple[str, str]]:
    """Give the names and contents of a page's ``meta`` elements, those that say something.

    A record is a section of the book that the edition is, an article one of a newspaper
    (DCMI Metadata Terms, 2020; Google Scholar's inclusion guidelines for Highwire's names).
    """
    found = _of_section(item) if item.type == "chapter" else _of_article(item)
    return [
        (name, value if name in _LEFT_ALONE else fold_space(value))
        for name, value in found
        if value
    ]


def _of_section(item: Item) -> list[tuple[str, str]]:
    return [
        ("z:itemType", "bookSection"),
        ("citation_title", item.title),
        *[("citation_author", _name(name)) for name in item.authors],
        ("citation_inbook_title", item.container),
        *[("citation_editor", _name(name)) for name in item.editors],
        *_of_any(item),
    ]


def _of_article(item: Item) -> list[tuple[str, str]]:
    return [
        ("z:itemType", "newspaperArticle"),
        ("citation_title", item.title),
        *[("citation_author", _name(name)) for name in item.authors],
        *_of_any(item),
    ]


def _of_any(item: Item) -> list[tuple[str, str]]:
    return [
        ("citation_publication_date", item.issued.replace("-", "/")),
        ("citation_language", item.language),
        ("citation_public_url", item.address),
        ("DC.title", item.title),
        *[("DC.creator", name.inverted) for name in item.authors],
        ("DC.date", item.issued),
        ("DC.language", item.language),
        ("DC.identifier", item.address),
        ("DC.rights", item.licence),
        ("DC.description", "\n".join(_extra(item))),
        ("DCTERMS.created", item.original),
        ("DCTERMS.abstract", item.words),
    ]


def _extra(item: Item) -> Iterator[str]:
    """Give the lines that Zotero keeps as they are, and reads the first of."""
    if item.original:
        yield f"Original Date: {item.original}"
    if item.version:
        yield f"Version: {item.version}"
    if item.swhid:
        yield f"SWHID: {item.swhid}"


def _name(name: Name) -> str:
    """Give a name as Zotero takes it apart: at its comma.

    A name that has no parts ends in one, else its last word would be taken for a family
    name. Where two words stand on both sides of a comma Zotero sees two people, unless
    the spaces of the family name are such as do not break.
    """
    if not name.family:
        return f"{name.literal}," if " " in name.literal else name.literal
    family = name.family.replace(" ", "\u00a0") if " " in name.given else name.family
    return ", ".join(filter(None, (family, name.given, name.suffix)))
