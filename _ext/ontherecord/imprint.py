"""The imprint: what an edition says of itself, and where its documents are published."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CREATIVE_COMMONS: Final = re.compile(r"CC-(?P<terms>BY(?:-[A-Z]{2})*)-(?P<version>\d\.\d)", re.I)
_SPDX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


@dataclass(frozen=True, slots=True)
class Page:
    """A document's page and its source.

    ``address`` is that of the page below the edition's; ``file`` the path of the
    source from the edition's folder; ``swhid`` names the source's content.
    """

    title: str = ""
    address: str = ""
    file: str = ""
    swhid: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an edition says of itself.

    ``address`` is where it lives, with a slash at its end, or nothing; ``date`` the
    day of this state of it, as ``YYYY-MM-DD``; ``licence`` an address or an SPDX
    expression; ``origin`` the address of the repository of its sources; ``formats``
    names the formats of exchange that are published with it; ``volume_of`` is the title of
    the edition of which this is a volume, ``volumes`` are the addresses of those of which this
    is the front, by name. ``pages``
    are by document, ``files`` the SWHIDs of files that documents include, by path; ``places``
    are the addresses of records, where they have no pages of their own, or have them elsewhere.
    """

    title: str = ""
    description: str = ""
    editors: tuple[str, ...] = ()
    version: str = ""
    date: str = ""
    address: str = ""
    language: str = "en"
    licence: str = ""
    copyright: str = ""
    origin: str = ""
    formats: tuple[str, ...] = ()
    volume_of: str = ""
    volumes: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def licence_address(self) -> str:
        """The address of the licence, also where an SPDX identifier names it."""
        return _address_of_licence(self.licence)

    def of_record(self, identifier: str) -> str:
        """Give the permanent address of a record, from the edition's where that is not known."""
        place = self.places.get(identifier, f"cite/{identifier}.html")
        return place if "://" in place else self.address + place

    def of_page(self, docname: str, anchor: str = "") -> str:
        """Give the address of a place in a document's page."""
        page = self.pages.get(docname)
        address = page.address if page else f"{docname}.html"
        address, hash_, rest = address.partition("#")
        return self.address + address + (f"#{anchor}" if anchor else hash_ + rest)


@lru_cache(maxsize=8)  # Every record asks, and an edition has one.
def _address_of_licence(licence: str) -> str:
    if not licence or "://" in licence:
        return licence
    if match := _CREATIVE_COMMONS.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{match['terms'].lower()}/{match['version']}/"
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if _SPDX.fullmatch(licence):
        return f"https://spdx.org/licenses/{licence}.html"
    return ""  # A sentence, or several licences: no one page is about it.


def content_identifier(content: bytes) -> str:
    """Give the Software Heritage identifier of a file's content (SWHID 1.2, core identifiers).

    It is the name that git gives to the same bytes as a blob.
    """
    header = b"blob %d\x00" % len(content)
    return f"swh:1:cnt:{hashlib.sha1(header + content, usedforsecurity=False).hexdigest()}"
