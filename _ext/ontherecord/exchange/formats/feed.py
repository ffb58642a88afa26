"""``record/feed.atom``: new and changed records, the newest first (Atom, RFC 4287).

It is written piece by piece and not with feedgen: feedgen cannot say
the language of an entry (``xml:lang``, 2) nor link its licence (RFC 4946), and would keep the
feed from whoever has not installed it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.ledger import label
from ontherecord.exchange.changes import changed, first_day
from ontherecord.exchange.entry_html import entry_html, gone_html
from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.offered import FEED
from ontherecord.exchange.phrases import translation
from ontherecord.exchange.xml_pieces import XmlPieces
from ontherecord.records import Annotation, Contradiction, Quote, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.evidence.ledger import Entry
    from ontherecord.records import Record

MOST: Final = 200
"""Most entries. The feed tells what is new; edition.json has everything. Archive pages (RFC 5005)
are not written: they must never change, and an entry that is revised moves between them."""

NAMESPACE: Final = uuid.UUID("6f1d7c1e-5d0b-4c0f-9a53-0a4b3c2e7d18")
"""The namespace of entry ids (RFC 9562, 6.5). It is never changed."""


def entry_id(edition: Edition, identifier: str = "") -> str:
    """Give the id of a record's entry, or of the feed: a UUID version 5 (RFC 9562, 5.5) as a URN.

    It is made of the edition's title and the record's identifier, and of nothing that may
    change: not the address, for an edition moves; not the words, for they are revised; not
    a date. A ``tag:`` URI (RFC 4151) would need a domain that the edition may not have.
    """
    return uuid.uuid5(NAMESPACE, f"{edition.imprint.title}\n{identifier}").urn


@dataclass(frozen=True, slots=True)
class _Dated:
    """An identifier, and the day of its latest event."""

    day: str
    id: str


def _dated(edition: Edition) -> Iterator[_Dated]:
    """Give every identifier whose latest day is known: of records, and of those that are gone."""
    for identifier, record in edition.own.items():
        if day := changed(edition, record):
            yield _Dated(day, identifier)
    for identifier in edition.ledger.entries.keys() - edition.records.keys():
        standing = edition.ledger.standing(identifier)
        if standing is not None and (day := first_day(standing.date)):
            yield _Dated(day, identifier)


def _newest(edition: Edition) -> list[_Dated]:
    """Give the newest entries, those of one day by identifier."""
    found = sorted(_dated(edition), key=attrgetter("id"))
    found.sort(key=attrgetter("day"), reverse=True)  # What is equal stays in its order.
    return found[:MOST]


def _moment(day: str) -> str:
    """Give a day as a date construct (3.3), which must have a time: the day's beginning in UTC."""
    return f"{day}T00:00:00Z"


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    if edition.imprint.date or next(_dated(edition), None):
        # A feed must have a date, and none is made up.
        yield Whole(FEED.path, lambda: _feed(edition))


def _feed(edition: Edition) -> Iterator[bytes]:
    newest = _newest(edition)
    updated = newest[0].day if newest else edition.imprint.date
    imprint, xml = edition.imprint, XmlPieces()
    language = edition.language.replace("_", "-")
    xml.open("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language})
    xml.line()
    xml.element("id", entry_id(edition))
    xml.element("title", imprint.title)
    if imprint.description:
        xml.element("subtitle", imprint.description)
    xml.element("updated", _moment(updated))
    # The edition itself answers for what nobody else has signed: a feed must have an author.
    for name in imprint.editors or (imprint.title,):
        _person(xml, name)
    if imprint.address:
        xml.element(
            "link", "", {"rel": "self", "type": FEED.type, "href": imprint.address + FEED.path}
        )
    xml.element(
        "link", "", {"rel": "alternate", "type": "text/html", "href": imprint.address or "../"}
    )
    _rights(xml, edition)
    xml.element("generator", "sphinx-ontherecord")
    yield xml.take()
    for one in newest:
        record = edition.records.get(one.id)
        if record is not None:
            _record(xml, edition, record, one.day)
        else:
            _gone(xml, edition, edition.ledger.entries[one.id], one.day)
        yield xml.take()
    xml.close("feed")
    yield xml.take()


def _address(edition: Edition, identifier: str) -> str:
    """Give the address of a record's page, from the feed's where the edition's is not known."""
    address = edition.imprint.of_record(identifier)
    return address if edition.imprint.address else f"../{address}"


def _record(xml: XmlPieces, edition: Edition, record: Record, day: str) -> None:
    _ = translation(edition.language)
    title = label(edition, record)
    if isinstance(record, Contradiction):
        said_of = _("tension: %s") if record.relation == "tension" else _("contradiction: %s")
        title = said_of % title
    entries = edition.ledger.entries.get(record.id, [])
    standing = entries[-1] if entries else None
    lang = record.lang if isinstance(record, Quote) else ""
    _head(xml, edition, record.id, day, title, lang)
    _published(xml, entries)
    _authors(xml, edition, record)
    link = _address(edition, record.id)
    xml.element("link", "", {"rel": "alternate", "type": "text/html", "href": link})
    _category(xml, kind_of(record), _(kind_of(record)))
    if standing is not None:
        _category(xml, standing.event, _(standing.event))
    if isinstance(record, Contradiction) and record.relation:
        _category(xml, record.relation, _(record.relation))
    if isinstance(record, Quote):
        for topic in record.topics:
            _category(xml, topic, topic)
    _rights(xml, edition)
    xml.element("content", entry_html(edition, record, standing), {"type": "html"})
    xml.close("entry")


def _gone(xml: XmlPieces, edition: Edition, entries: list[Entry], day: str) -> None:
    """Tell of an identifier that was moved or withdrawn.

    It is an entry as others are: a tombstone (RFC 6721) would take it away unread.
    """
    _ = translation(edition.language)
    standing = entries[-1]
    target = edition.ledger.moved_to(standing.id) or standing.target
    now = edition.records.get(target)
    final = edition.ledger.standing(target)
    shown = label(edition, now) if now else final.label if final else target
    link = _address(edition, target) if standing.event == "moved" else ""
    is_told = standing.event in {"moved", "withdrawn"}
    title = f"{standing.label} ({_(standing.event)})" if is_told else standing.label
    _head(xml, edition, standing.id, day, title)
    _published(xml, entries)
    href = _address(edition, standing.id)
    xml.element("link", "", {"rel": "alternate", "type": "text/html", "href": href})
    if link:
        xml.element(
            "link", "", {"rel": "related", "type": "text/html", "href": link, "title": shown}
        )
    _category(xml, standing.kind, _(standing.kind))
    if is_told:
        _category(xml, standing.event, _(standing.event))
    _rights(xml, edition)
    xml.element("content", gone_html(edition, standing, shown, link), {"type": "html"})
    xml.close("entry")


def _head(
    xml: XmlPieces, edition: Edition, identifier: str, day: str, title: str, lang: str = ""
) -> None:
    xml.open("entry")
    xml.line()
    xml.element("id", entry_id(edition, identifier))
    xml.element("title", title, {"xml:lang": lang})
    xml.element("updated", _moment(day))


def _published(xml: XmlPieces, entries: list[Entry]) -> None:
    if entries and entries[0].event == "published" and (day := first_day(entries[0].date)):
        xml.element("published", _moment(day))


def _authors(xml: XmlPieces, edition: Edition, record: Record) -> None:
    """Name who wrote the entry's matter: of a quote its speaker, of the rest who signed it."""
    if isinstance(record, Quote):
        speaker = edition.speakers.get(record.speaker)
        page = _address(edition, speaker.id) if speaker and edition.imprint.address else ""
        _person(xml, edition.speaker_name(record), page)
    elif isinstance(record, Annotation | Contradiction) and record.editor:
        _person(xml, record.editor)


def _person(xml: XmlPieces, name: str, address: str = "") -> None:
    xml.open("author")
    xml.line()
    xml.element("name", name)
    if address:
        xml.element("uri", address)
    xml.close("author")


def _category(xml: XmlPieces, term: str, shown: str) -> None:
    xml.element("category", "", {"term": term, "label": shown})


def _rights(xml: XmlPieces, edition: Edition) -> None:
    """Say the licence, in words and as a link (RFC 4946)."""
    licence = edition.imprint.licence_address
    if rights := ". ".join(filter(None, [edition.imprint.copyright, licence])):
        xml.element("rights", rights)
    if licence:
        xml.element("link", "", {"rel": "license", "href": licence})


FORMAT: Final = Format("feed", "new and changed records, as an Atom feed", (FEED.path,), _parts)
