"""``sitemap.xml``: the pages of articles, documents and records (sitemaps.org, protocol 0.9).

Every address in it must be whole, so an edition that does not know its own has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ontherecord.exchange.changes import changed, first_day
from ontherecord.exchange.format import Format
from ontherecord.exchange.xml_pieces import XmlPieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content

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


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: its address, and the day on which it was last changed, if that is known."""

    address: str
    day: str


def _pages(edition: Edition) -> Iterator[_Page]:
    """Give every page once: documents by name, then records by identifier."""
    days = _days(edition)
    seen: set[str] = set()
    for docname in sorted(edition.imprint.pages):
        address = _written(edition.imprint.of_page(docname).partition("#")[0])
        if address not in seen and len(address) < LONGEST:
            seen.add(address)
            yield _Page(address, days.get(docname, ""))
    for identifier in sorted(edition.records):
        address = _written(edition.imprint.of_record(identifier))
        if len(address) < LONGEST:
            yield _Page(address, changed(edition, edition.records[identifier]))


def _days(edition: Edition) -> dict[str, str]:
    """Give the latest known day of documents: an article's date, or that of a record in it."""
    days = {name: first_day(article.date) for name, article in edition.articles.items()}
    for record in edition.records.values():
        home = edition.home(record)
        days[home] = max(days.get(home, ""), changed(edition, record))
    return days


def _written(address: str) -> str:
    """Give an address with what cannot stand in a URI escaped (RFC 3986, 2.1; RFC 3987, 3.1)."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~")


def _url(xml: XmlPieces, page: _Page) -> bytes:
    xml.open("url")
    xml.element("loc", page.address)
    if page.day:
        xml.element("lastmod", page.day)
    xml.close("url")
    return xml.take()


def _parts(edition: Edition) -> list[int]:
    """Give how many addresses each file holds: as many as the protocol allows."""
    parts = [0]
    size = 0
    xml = XmlPieces()
    xml.take()
    for page in _pages(edition):
        more = len(_url(xml, page))
        if parts[-1] == MOST_ADDRESSES or size + more > MOST_BYTES - _FRAME:
            parts.append(0)
            size = 0
        parts[-1] += 1
        size += more
    return parts


def _files(edition: Edition) -> Iterator[tuple[str, Content]]:
    if not edition.imprint.address:
        return
    parts = _parts(edition)
    if parts == [0]:
        return  # A file must hold an address.
    if len(parts) == 1:
        yield FILE, _part(edition, 0, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield FILE, _index(edition, names)
    for number, name in enumerate(names):
        yield name, _part(edition, sum(parts[:number]), parts[number])


def _part(edition: Edition, first: int, count: int) -> Iterator[bytes]:
    xml = XmlPieces()
    xml.open("urlset", {"xmlns": SCHEMA})
    xml.line()
    yield xml.take()
    for page in islice(_pages(edition), first, first + count):
        yield _url(xml, page)
    xml.close("urlset")
    yield xml.take()


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


FORMAT: Final = Format(
    "sitemap",
    "the addresses of all pages, for search engines",
    (FILE, "sitemap-[0-9]*.xml"),
    _files,
)
