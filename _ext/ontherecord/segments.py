"""Where in the articles a record's words stand: in which block, from which character to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.records import Quote
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.records import Block, Mark, Record

CONTEXT: Final = 32
"""Most characters of prefix and suffix: enough to tell places apart, as other tools have it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words in a document: what a selector of the Web Annotation Data Model needs.

    ``anchor`` is that of the words; ``block`` that of the block they stand in, from whose
    shown text ``start`` and ``end`` count characters (code points, the end exclusive).
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

    White space is collapsed and taken off both ends; the last number is the text's length.
    """
    text = ""
    starts = []
    for part in block.parts:
        value = edition.part(part)
        folded = fold_space(value)
        if value[:1].isspace() and text and not text.endswith(" "):
            text += " "
        starts.append(len(text))
        text += folded
        if folded and value[-1:].isspace():
            text += " "
    stripped = text.rstrip()
    return stripped, (*(min(start, len(stripped)) for start in starts), len(stripped))


def segments(edition: Edition, record: Record) -> tuple[Segment, ...]:
    """Give where a record's words stand: what it gives itself, its marks at home, then others."""
    home = edition.home(record)
    marks = edition.marks.get(record.id, {})
    found: list[Segment] = []
    for docname in sorted(marks, key=lambda name: (name != home, name)):
        found += _of_document(edition, record, docname, marks[docname])
    if isinstance(record, Quote) and record.block:
        found = [*_of_block(edition, record), *found]
    return tuple(found)


def _of_document(
    edition: Edition,
    record: Record,
    docname: str,
    marks: tuple[Mark, ...],
) -> Iterator[Segment]:
    anchor = edition.anchor(record)
    for mark in marks:
        text, starts = shown(edition, edition.blocks_of(docname)[mark.block])
        start, end = starts[mark.first], starts[mark.last]
        if text[end - 1 : end].isspace():
            end -= 1
        yield Segment(
            kind=mark.kind,
            docname=docname,
            anchor=anchor if mark.index == 1 else f"{anchor}.{mark.index}",
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
    blocks = [block for name, block in document.given if name == quote.id] if document else []
    paragraphs = edition.words(quote).paragraphs
    for index, words in enumerate(paragraphs):
        block = blocks[index] if len(blocks) == len(paragraphs) else anchor
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
