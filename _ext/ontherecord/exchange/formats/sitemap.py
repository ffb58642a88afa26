"""``sitemap.xml``: the pages of articles, documents and records (sitemaps.org, protocol 0.9).

Every address in it must be whole, so an edition that does not know its own has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ontherecord.exchange.changes import first_day
from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.stretches import Stretch, runs
from ontherecord.exchange.xml_pieces import XmlPieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition

FILE: Final = "sitemap.xml"
SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ADDRESSES: Final = 50_000
"""Most addresses in a file, by the protocol."""
MOST_BYTES: Final = 50 * 1024 * 1024
"""Most bytes in a file, by the protocol, unpacked."""
LONGEST: Final = 2048
"""An address must be shorter than this, by the protocol."""
_FRAME: Final = 1024
"""Bytes kept for what stands around the addresses of a file."""
_SAFE: Final = "%/:?#[]@!$&'()*+,;=~"
_WRITTEN: Final = re.compile(rf"[A-Za-z0-9_.\-{re.escape(_SAFE)}]*")
"""What `urllib.parse.quote` leaves as it is, which most addresses are."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: its address, and the day on which it was last changed, if that is known."""

    address: str
    day: str


class _Pages:
    """Every page once: documents by name, then records by identifier; made when asked for."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._days = _days(edition)
        documents = {self._of_document(name): name for name in sorted(edition.imprint.pages)[::-1]}
        self._documents = sorted(name for one, name in documents.items() if len(one) < LONGEST)
        lengths = {name: len(self._of_record(name)) for name in edition.own}
        self._records = [name for name, length in lengths.items() if length < LONGEST]
        self.longest = max([*lengths.values(), *map(len, documents)], default=0)

    def __len__(self) -> int:
        return len(self._documents) + len(self._records)

    def records(self, part: range) -> list[str]:
        """Give the records whose pages are in a part."""
        before = len(self._documents)
        return self._records[max(part.start - before, 0) : max(part.stop - before, 0)]

    def __getitem__(self, index: int) -> _Page:
        before = len(self._documents)
        if index < before:
            name = self._documents[index]
            return _Page(self._of_document(name), self._days.get(name, ""))
        return self.of_record(self._records[index - before])

    def of_record(self, identifier: str) -> _Page:
        """Give the page of a record."""
        return _Page(self._of_record(identifier), _entered(self._edition, identifier))

    def _of_document(self, docname: str) -> str:
        """Give a page's address, which documents share where a builder makes one page of all."""
        return _written(self._edition.imprint.of_page(docname).partition("#")[0])

    def _of_record(self, identifier: str) -> str:
        return _written(self._edition.imprint.of_record(identifier))


def _days(edition: Edition) -> dict[str, str]:
    """Give the latest day on which the ledger says that a record in a document changed."""
    days: dict[str, str] = {}
    for record in edition.records.values():
        home = edition.home(record)
        days[home] = max(days.get(home, ""), _entered(edition, record.id))
    return days


def _entered(edition: Edition, identifier: str) -> str:
    """Give the day of the ledger's latest event; a report's own day says nothing of its page."""
    standing = edition.ledger.standing(identifier)
    return first_day(standing.date) if standing else ""


def _written(address: str) -> str:
    """Give an address with what cannot stand in a URI escaped (RFC 3986, 2.1; RFC 3987, 3.1)."""
    return address if _WRITTEN.fullmatch(address) else quote(address, safe=_SAFE)


def _url(xml: XmlPieces, page: _Page) -> bytes:
    xml.open("url")
    xml.element("loc", page.address)
    if page.day:
        xml.element("lastmod", page.day)
    xml.close("url")
    return xml.take()


def _parts(pages: _Pages) -> list[range]:
    """Give which pages each file holds: as many as the protocol allows."""
    parts: list[range] = []
    first = size = 0
    xml = XmlPieces()
    xml.take()
    around = {bool(day): len(_url(xml, _Page("", day))) for day in ("", "2000-01-01")}
    most = len(pages) * (around[True] + pages.longest * len("&amp;"))
    if len(pages) <= MOST_ADDRESSES and most <= MOST_BYTES - _FRAME:
        return [range(len(pages))]
    for index in range(len(pages)):
        page = pages[index]
        more = around[bool(page.day)] + len(page.address) + page.address.count("&") * len("amp;")
        if index - first == MOST_ADDRESSES or size + more > MOST_BYTES - _FRAME:
            parts.append(range(first, index))
            first, size = index, 0
        size += more
    return [*parts, range(first, len(pages))]


def _parts_of(edition: Edition) -> Iterator[Each | Whole]:
    if not edition.imprint.address:
        return
    pages = _Pages(edition)
    if not len(pages):
        return  # A file must hold an address.
    parts = _parts(pages)
    if len(parts) == 1:
        yield Whole(FILE, partial(_part, pages, parts[0]))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Whole(FILE, partial(_index, edition, names))
    for name, part in zip(names, parts, strict=True):
        yield Whole(name, partial(_part, pages, part))


def _part(pages: _Pages, part: range) -> Iterator[bytes | Stretch]:
    xml = XmlPieces()
    xml.open("urlset", {"xmlns": SCHEMA})
    xml.line()
    yield xml.take()
    records = pages.records(part)
    for index in range(part.start, part.stop - len(records)):
        yield _url(xml, pages[index])
    for names in runs(records):  # Of a record it tells no more than the ledger and its address.
        yield Stretch("urls", "records", names, partial(_urls, xml, pages, names))
    xml.close("urlset")
    yield xml.take()


def _urls(xml: XmlPieces, pages: _Pages, names: tuple[str, ...]) -> Iterator[bytes]:
    return (_url(xml, pages.of_record(name)) for name in names)


def _index(edition: Edition, names: list[str]) -> Iterator[bytes]:
    xml = XmlPieces()
    xml.open("sitemapindex", {"xmlns": SCHEMA})
    xml.line()
    for name in names:
        xml.open("sitemap")
        xml.element("loc", _written(edition.imprint.address + name))
        xml.close("sitemap")
    xml.close("sitemapindex")
    yield xml.take()


_PARTS: Final = tuple(f"sitemap-{'[0-9]' * digits}.xml" for digits in (1, 2, 3))
"""Not a star: a ``sitemap-2024-news.xml`` is somebody else's."""

FORMAT: Final = Format(
    "sitemap",
    "the addresses of all pages, for search engines",
    (FILE, *_PARTS),
    _parts_of,
)
