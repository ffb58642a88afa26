"""Reads ``edition.json`` back into an Edition."""

from __future__ import annotations

import codecs
import re
import urllib.error
import urllib.request
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.edition import Edition
from ontherecord.evidence.ledger import Entry, Ledger
from ontherecord.evidence.verifications import Verification
from ontherecord.exchange import shapes
from ontherecord.exchange.formats.edition_json import FILE
from ontherecord.imprint import Imprint, Page
from ontherecord.languages import tag_of
from ontherecord.packed import pack
from ontherecord.records import (
    Annotation,
    Block,
    Contradiction,
    Document,
    Event,
    Mark,
    Origin,
    Part,
    Post,
    Query,
    Quote,
    Reading,
    Record,
    RemoteQuote,
    Source,
    Speaker,
)
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ontherecord.exchange.shapes import MarkShape, RecordShape

_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
_SECONDS: Final = 60
"""How long an address may keep one waiting."""


class Unreadable(ValueError):
    """What was given is no edition that can be read; the message says why and what to do."""


def load(place: str | Path) -> Edition:
    """Give the Edition that a file, a folder of HTML output, or an address holds.

    An address is that of ``edition.json``, or of the edition. Raises `Unreadable` where
    there is none, or one that is cut short, not of the format, or of a newer one.
    """
    return parse(fetch(place), str(place))


def fetch(place: str | Path) -> bytes:
    """Give the bytes of the file that `load` reads; raises `Unreadable` where there is none."""
    name = str(place)
    try:
        return _fetched(name) if _ADDRESS.match(name) else _read(Path(place))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name}: cannot be read: {error}") from error


def _read(path: Path) -> bytes:
    return (path / FILE if path.is_dir() else path).read_bytes()


def _fetched(address: str) -> bytes:
    if not address.endswith(".json"):
        address = f"{address.rstrip('/')}/{FILE}"
    with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 - http alone
        return bytes(answer.read())


class _Head(msgspec.Struct):
    schema: str


def parse(content: bytes, name: str = "edition.json") -> Edition:
    """Give the Edition that the bytes of an ``edition.json`` hold; see `load`."""
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        version = msgspec.json.decode(content, type=_Head).schema
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable(_why(content, name, error)) from error
    major, _dot, _minor = version.partition(".")
    if major != shapes.VERSION.partition(".")[0]:
        raise Unreadable(
            f"{name}: its format is {version}, and this version of sphinx-ontherecord reads "
            f"{shapes.VERSION}: install one that reads it"
        )
    try:
        read = msgspec.json.decode(content, type=shapes.EditionShape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable(_why(content, name, error)) from error
    return _edition(read)


def _why(content: bytes, name: str, error: Exception) -> str:
    """Say what is wrong with a file, and what to do."""
    if not content.strip():
        return f"{name}: is empty: fetch it again"
    if "truncated" in str(error):
        return f"{name}: is cut short after {len(content)} bytes: fetch it again"
    if isinstance(error, msgspec.ValidationError):
        return f"{name}: is no edition: {error}; its JSON Schema says what one holds"
    return f"{name}: is no JSON: {error}"


def _edition(read: shapes.EditionShape) -> Edition:
    """Join what was read into an Edition."""
    records: dict[str, list[Record]] = defaultdict(list)
    marks: dict[str, list[tuple[str, MarkShape]]] = defaultdict(list)
    given: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record in _records(read):
        records[record.origin.docname].append(record)
    every: tuple[shapes.QuoteShape | shapes.AnnotationShape, ...]
    every = (*read.quotes, *read.annotations)
    for marked in every:
        for mark in marked.marks:
            if mark.kind != "given":
                marks[mark.docname].append((marked.id, mark))
            elif mark.block != marked.anchor:
                given[mark.docname].append((marked.id, mark.block))
    fragments: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for quote in read.quotes:
        fragments[quote.home][quote.id] = quote.fragments
    documents = {
        one.id: _document(one, records[one.id], marks[one.id], given[one.id], fragments[one.id])
        for one in (*read.articles, *read.documents)
    }
    if (register := read.edition.sources_register) in documents:
        queries = ((Query("sources"), 0),)
        documents[register] = replace(documents[register], queries=queries)
    for docname in records.keys() - documents.keys():
        documents[docname] = Document(docname, docname, records=tuple(records[docname]))
    return Edition(
        documents,
        {one.id: _source(one) for one in read.sources},
        tag_of(read.edition.language),
        ledger=_ledger(read.ledger),
        verifications=[Verification(**_fields(one)) for one in read.verifications],
        imprint=_imprint(read),
        remote={one.id: remote_quote(one) for one in read.remote},
    )


def remote_quote(shape: shapes.RemoteShape) -> RemoteQuote:
    """Give what is known of another edition's quote."""
    issues = tuple((one.case, one.words) for one in shape.at_issue)
    return RemoteQuote(**{**_fields(shape), "at_issue": issues})


def _fields(shape: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(shape, name) for name in shape.__struct_fields__}


def _imprint(read: shapes.EditionShape) -> Imprint:
    address = read.edition.address
    pages = {
        one.id: Page(
            title=one.title,
            address=one.address.removeprefix(address),
            file=one.file,
            swhid=one.swhid,
        )
        for one in (*read.articles, *read.documents)
    }
    every: tuple[shapes.RecordShape, ...]
    every = (*read.speakers, *read.quotes, *read.contradictions, *read.annotations)
    places = {one.id: one.address.removeprefix(address) for one in every}
    places = {name: at for name, at in places.items() if at != f"cite/{name}.html"}
    fields = _fields(read.edition)
    del fields["sources_register"]  # The documents say which it is.
    return Imprint(**fields, pages=pages, places=places)


def _ledger(entries: Iterable[shapes.LedgerShape]) -> Ledger:
    ledger = Ledger()
    for entry in entries:
        ledger.entries.setdefault(entry.id, []).append(Entry(**_fields(entry)))
    return ledger


def _records(read: shapes.EditionShape) -> Iterator[Record]:
    for speaker in read.speakers:
        yield Speaker(
            id=speaker.id,
            origin=_origin(speaker),
            name=speaker.name,
            kind=speaker.kind,
            family=speaker.family,
            aliases=speaker.aliases,
            posts=tuple(Post(**_fields(post)) for post in speaker.posts),
            authorities=tuple(speaker.authorities.items()),
            text=speaker.text,
            copied_from=speaker.copied_from,
        )
    yield from map(_quote, read.quotes)
    for case in read.contradictions:
        yield Contradiction(
            id=case.id,
            origin=_origin(case),
            between=case.between,
            kind=case.kind,
            relation=case.relation,
            status=case.status,
            history=tuple(Event(**_fields(event)) for event in case.history),
            answered_by=case.answered_by,
            certainty=case.certainty,
            editor=case.editor,
            at_issue=tuple((one.quote, one.words) for one in case.at_issue),
            text=case.text,
            copied_from=case.copied_from,
        )
    for note in read.annotations:
        yield Annotation(
            id=note.id,
            origin=_origin(note),
            on=note.on,
            type=note.type,
            source=note.source,
            editor=note.editor,
            date=note.date,
            text=note.text,
        )


def _origin(record: RecordShape) -> Origin:
    return Origin(record.docname, record.line, record.file, record.last)


_READING_OF_QUOTE: Final = (
    *("speaker", "source", "spoken", "time", "place", "to", "asked", "scope"),
    *("locator", "via", "lang", "translation", "mode", "contiguous", "brackets", "topics"),
)


def _quote(quote: shapes.QuoteShape) -> Quote:
    is_given = any(mark.kind == "given" for mark in quote.marks)
    return Quote(
        id=quote.id,
        origin=_origin(quote),
        block=quote.words if is_given else "",
        readings=tuple(Reading(**_fields(reading)) for reading in quote.readings),
        time_is=quote.time_is or "reported",
        **{name: getattr(quote, name) for name in _READING_OF_QUOTE},
    )


def _source(source: shapes.SourceShape) -> Source:
    fields = tuple(sorted(source.fields.items()))
    origin = Origin(source.file, source.line)
    people = tuple((one.given, one.family, one.suffix) for one in source.people)
    return Source(source.id, source.type, source.authors, fields, origin, people)


def _document(
    one: shapes.ArticleShape,
    records: list[Record],
    marks: list[tuple[str, MarkShape]],
    given: list[tuple[str, str]],
    fragments: Mapping[str, tuple[str, ...]],
) -> Document:
    """Give a document, whose blocks are parted where marks begin and end.

    ``fragments`` are those of the quotes that are at home in it: what a page shows of a
    mark may be more than its words, such as the number of a footnote among them.
    """
    by_block: dict[str, list[MarkShape]] = defaultdict(list)
    for _record, mark in marks:
        by_block[mark.block].append(mark)
    blocks: list[Block] = []
    parted: dict[str, dict[int, int]] = {}
    for block in one.blocks:
        ends = {0, len(block.text)}
        for mark in by_block[block.anchor]:
            ends |= {mark.start, mark.end}
        cuts = sorted(end for end in ends if 0 <= end <= len(block.text))
        parts = [Part("text", block.text[a:b]) for a, b in pairwise(cuts)]
        parted[block.anchor] = {cut: number for number, cut in enumerate(cuts)}
        blocks.append(Block(block.anchor, tuple(parts)))
    order = {block.anchor: number for number, block in enumerate(blocks)}
    counts: dict[str, int] = defaultdict(int)
    found: list[Mark] = []
    for record, mark in sorted(
        marks, key=lambda pair: (order.get(pair[1].block, 0), pair[1].start)
    ):
        counts[record] += 1
        words = fragments.get(record, ())[counts[record] - 1 : counts[record]]
        cuts_of = parted.get(mark.block, {})
        found.append(
            Mark(
                kind="said" if mark.kind == "said" else "passage",
                record=record,
                line=mark.last,
                words=words[0] if words else mark.exact,
                block=mark.block,
                first=cuts_of.get(mark.start, 0),
                last=cuts_of.get(mark.end, 0),
                index=counts[record],
                file=mark.file,
                begins=mark.first if mark.first != mark.last else 0,
            )
        )
    return Document(
        docname=one.id,
        title=one.title,
        date=one.date,
        description=one.description,
        records=tuple(records),
        marks=tuple(found),
        packed_blocks=pack(blocks),
        given=tuple(given),
    )
