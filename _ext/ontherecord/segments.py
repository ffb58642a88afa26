"""Where in the articles a record's words stand: in which block, from which character to which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontherecord.records import Quote
from ontherecord.values import Value
from ontherecord.words import ELISION, collapse_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.records import Block, Mark, Record

CONTEXT: Final = 32
"""Most characters of prefix and suffix: enough to tell places apart, as other tools have it."""

_KEPT: Final = 4_000
"""Most blocks whose text is kept at a time, for the next export that asks: some three megabytes."""


class Segment(Value, frozen=True):
    """Words in a document: what a selector of the Web Annotation Data Model needs.

    ``anchor`` is that of the words, or of their block in a document that is not their home;
    ``block`` is that of the block they stand in, from whose shown text ``start`` and ``end``
    count characters (code points, the end exclusive). ``exact`` is what the page shows from
    the one to the other: the words, and the number of a footnote that stands among them.
    ``kind`` is that of the mark, or ``given`` where a record gives its own words.
    ``first`` and ``last`` are lines of ``file``, the path of an included file, or of
    the document where it is empty.
    """

    kind: str
    docname: str
    anchor: str
    block: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    first: int
    last: int
    file: str = ""


def shown(edition: Edition, block: Block) -> tuple[str, tuple[int, ...]]:
    """Give a block's text as a browser shows it, and where in it each of its parts begins.

    White space is collapsed and taken off both ends (CSS Text 3, 4.1); the last number is
    the text's length.
    """
    text = ""
    starts = []
    for part in block.parts:
        value = collapse_space(part.value if part.kind == "text" else edition.part(part))
        if value.startswith(" "):
            value = value[1:]
            if text and not text.endswith(" "):
                text += " "
        starts.append(len(text))
        text += value
    stripped = text.rstrip(" ")
    length = len(stripped)
    if starts and starts[-1] > length:
        starts = [min(start, length) for start in starts]
    return stripped, (*starts, length)


_IS_ELIDED: Final = re.compile(rf"\s*{ELISION}\s*").fullmatch


def shown_at(edition: Edition, docname: str, anchor: str) -> tuple[str, tuple[int, ...]]:
    """Give a block of a document as `shown` does; each mark in it asks, and each export."""
    known = edition.shown_blocks
    if (docname, anchor) not in known:
        if len(known) >= _KEPT:
            known.clear()
        known[docname, anchor] = shown(edition, edition.blocks_of(docname)[anchor])
    return known[docname, anchor]


def segments(edition: Edition, record: Record) -> tuple[Segment, ...]:
    """Give where a record's words stand: what it gives itself, its marks at home, then others."""
    home = edition.home(record)
    marks = edition.marks.get(record.id, {})
    found: list[Segment] = []
    if isinstance(record, Quote) and record.block:
        found += _of_block(edition, record)
    for docname in sorted(marks, key=lambda name: (name != home, name)):
        found += _of_document(edition, record, docname, marks[docname])
    return tuple(found)


def segments_in(edition: Edition, record: Record, docname: str) -> Iterator[Segment]:
    """Give where a record's words stand in one document, in the same order."""
    if isinstance(record, Quote) and record.block and record.origin.docname == docname:
        yield from _of_block(edition, record)
    yield from _of_document(
        edition, record, docname, edition.marks.get(record.id, {}).get(docname, ())
    )


def _of_document(
    edition: Edition,
    record: Record,
    docname: str,
    marks: tuple[Mark, ...],
) -> Iterator[Segment]:
    anchor = edition.anchor(record)
    is_home = docname == edition.home(record)
    for mark in marks:
        text, starts = shown_at(edition, docname, mark.block)
        start, end = starts[mark.first], starts[mark.last]
        if text[start:end].endswith(" "):
            end -= 1
        of_words = anchor if mark.index == 1 else f"{anchor}.{mark.index}"
        yield Segment(
            kind=mark.kind,
            docname=docname,
            anchor=of_words if is_home else mark.block,
            block=mark.block,
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            first=mark.begins or mark.line,
            last=mark.line,
            file=mark.file,
        )


def _of_block(edition: Edition, quote: Quote) -> Iterator[Segment]:
    """Give the segments of words that the record itself gives, a paragraph each."""
    origin, anchor = quote.origin, edition.anchor(quote)
    document = edition.documents.get(origin.docname)
    blocks = edition.given_in(origin.docname, quote.id)
    texts = edition.blocks_of(origin.docname) if document else {}
    paragraphs = edition.words(quote).paragraphs
    for index, paragraph in enumerate(paragraphs):
        if _IS_ELIDED(paragraph):  # No words of anybody's stand there.
            continue
        block = blocks[index] if len(blocks) == len(paragraphs) else anchor
        words = shown_at(edition, origin.docname, block)[0] if block in texts else paragraph
        yield Segment(
            kind="given",
            docname=origin.docname,
            anchor=block,
            block=block,
            start=0,
            end=len(words),
            exact=words,
            prefix="",
            suffix="",
            first=origin.line,
            last=origin.last or origin.line,
            file=origin.file,
        )
