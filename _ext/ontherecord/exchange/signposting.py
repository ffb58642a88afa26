"""Typed links of a record's page, an article's page and the edition: FAIR Signposting.

See https://signposting.org/FAIR/ (levels 1 and 2). Addresses are whole where the edition's
own is known, and else from the folder of the edition, without a slash in front.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote as escaped

from ontherecord.citing.of_record import ARTICLES
from ontherecord.exchange.offered import CITATIONS, FEED, FILES, LINKSET, published, tei_path
from ontherecord.records import Annotation, Contradiction, Quote, Speaker
from ontherecord.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.offered import Offers
    from ontherecord.records import Record


class TypedLink(Value, frozen=True):
    """A link to ``href`` with its relation type (RFC 8288), media type and profile (RFC 6906)."""

    rel: str
    href: str
    type: str = ""
    profile: str = ""


SCHEMA: Final = "https://schema.org/"

_AUTHORITIES: Final = {
    "wikidata": "https://www.wikidata.org/entity/",
    "viaf": "https://viaf.org/viaf/",
    "isni": "https://isni.org/isni/",
    "gnd": "https://d-nb.info/gnd/",
    "lcnaf": "https://id.loc.gov/authorities/names/",
    "orcid": "https://orcid.org/",
}
_NUMBER: Final = re.compile(r"[0-9A-Za-z-]+")
_WEB: Final = re.compile(r"https?://\S+")


def root(edition: Edition) -> str:
    """Give the address of the edition's front page."""
    return edition.imprint.address or "./"


def authority_addresses(speaker: Speaker) -> tuple[str, ...]:
    """Give the addresses of a speaker in files of names, in the editor's order.

    What is no identifier of the file's form is left out.
    """
    found = []
    for name, value in speaker.authorities:
        number = "".join(value.split())
        if _WEB.fullmatch(value):
            found.append(value)
        elif name in _AUTHORITIES and _NUMBER.fullmatch(number):
            found.append(_AUTHORITIES[name] + number)
    return tuple(found)


def speaker_type(speaker: Speaker | None) -> str:
    """Give the schema.org type of a speaker."""
    return "Organization" if speaker is not None and speaker.kind == "organisation" else "Person"


def record_types(edition: Edition, record: Record) -> tuple[str, ...]:
    """Give the schema.org types of a record, the chief one first.

    A statement that is contradicted is a claim as well; a mere tension makes it none.
    """
    match record:
        case Quote():
            is_claim = edition.is_contradicted(record.id)
            return ("Quotation", "Claim") if is_claim else ("Quotation",)
        case Contradiction():
            return ("CreativeWork",)
        case Annotation():
            return ("Comment",)
        case Speaker():
            return (speaker_type(record),)


def links_of_record(
    edition: Edition, record: Record, offers: Offers | None = None
) -> tuple[TypedLink, ...]:
    """Give the typed links of a record's page.

    ``offers`` tells of a path whether that file is published; only such files are linked.
    """
    return tuple(_of_record(edition, record, offers or published(edition)))


def _of_record(edition: Edition, record: Record, offers: Offers) -> Iterator[TypedLink]:
    imprint = edition.imprint
    yield TypedLink("cite-as", imprint.of_record(record.id))
    if isinstance(record, Quote) and (speaker := edition.speakers.get(record.speaker)):
        # One address an author: several would say that there are several authors.
        yield from (TypedLink("author", one) for one in authority_addresses(speaker)[:1])
    yield from _licence(edition)
    yield TypedLink("type", f"{SCHEMA}AboutPage")
    for name in record_types(edition, record):
        yield TypedLink("type", SCHEMA + name)
    for suffix, type_ in _offered_citations(offers):
        yield TypedLink("describedby", f"{imprint.address}cite/{record.id}.{suffix}", type_)
    yield TypedLink("collection", root(edition), "text/html")
    yield from _linkset(edition, offers)


@lru_cache(maxsize=8)
def _offered_citations(offers: Offers) -> tuple[tuple[str, str], ...]:
    """Give those of `CITATIONS` that are published, of each record or of none."""
    return tuple((suffix, type_) for suffix, type_ in CITATIONS if offers(f"cite/id.{suffix}"))


def links_of_article(
    edition: Edition, docname: str, offers: Offers | None = None
) -> tuple[TypedLink, ...]:
    """Give the typed links of an article's page; see `links_of_record`.

    Its author is none of those whom the edition knows by an address, so none is given.
    """
    return tuple(_of_article(edition, docname, offers or published(edition)))


def _of_article(edition: Edition, docname: str, offers: Offers) -> Iterator[TypedLink]:
    yield TypedLink("cite-as", edition.imprint.of_page(docname))
    yield from _licence(edition)
    # No AboutPage: the page is the article, and not about it.
    yield TypedLink("type", f"{SCHEMA}NewsArticle")
    paths = [(f"{ARTICLES}/{docname}.{suffix}", type_) for suffix, type_ in CITATIONS]
    for path, type_ in [*paths, (tei_path(docname), "application/tei+xml")]:
        if offers(path):
            yield TypedLink("describedby", edition.imprint.address + escaped(path), type_)
    yield TypedLink("collection", root(edition), "text/html")
    yield from _linkset(edition, offers)


def links_of_edition(edition: Edition, offers: Offers | None = None) -> tuple[TypedLink, ...]:
    """Give the typed links of the edition's front page; see `links_of_record`."""
    return tuple(_of_edition(edition, offers or published(edition)))


def _of_edition(edition: Edition, offers: Offers) -> Iterator[TypedLink]:
    address = edition.imprint.address
    yield TypedLink("cite-as", root(edition))
    yield from _licence(edition)
    yield TypedLink("type", f"{SCHEMA}AboutPage")
    yield TypedLink("type", f"{SCHEMA}Collection")
    for file in FILES:
        if file not in {FEED, LINKSET} and offers(file.path):
            yield TypedLink("item", address + file.path, file.type, file.profile)
    if offers(FEED.path):
        yield TypedLink("alternate", address + FEED.path, FEED.type)
    yield from _linkset(edition, offers)


def _licence(edition: Edition) -> Iterator[TypedLink]:
    if licence := edition.imprint.licence_address:
        yield TypedLink("license", licence)


def _linkset(edition: Edition, offers: Offers) -> Iterator[TypedLink]:
    if offers(LINKSET.path):
        yield TypedLink("linkset", edition.imprint.address + LINKSET.path, LINKSET.type)
