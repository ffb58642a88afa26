"""Where the words of statements stand in the edition, and the passages of notes."""

from __future__ import annotations

from typing import Final

from ontherecord.exchange.tables.columns import POSITION, owner, part, parts
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.exchange.tables.things import ALL_ANNOTATIONS, ALL_QUOTES
from ontherecord.segments import segments

_MARK: Final = (
    POSITION,
    part("kind", "said, passage, or given: the record itself gives the words."),
    part("document", "The document in which they stand.", "docname"),
    Column(
        "article",
        "The same, where it is an article.",
        lambda edition, one: name if (name := one.value.docname) in edition.articles else "",
        references="articles",
    ),
    part("anchor", "Anchor of the words in the document's page."),
    part("block", "Anchor of the block in which they stand."),
    part(
        "start_character", "First character in the block's text, from 0.", "start", type="integer"
    ),
    part("end_character", "The character after the last one.", "end", type="integer"),
    part("exact", "The words, as the page shows them."),
    part("prefix", "What stands before them in the block."),
    part("suffix", "What stands after them in the block."),
)
"""Where words stand; characters are code points, as in the Web Annotation Data Model, 4.2.4-5."""

QUOTE_MARKS: Final = Table(
    "quote_marks",
    "Places of statements",
    "Where the words of statements stand in the edition.",
    parts(ALL_QUOTES, segments),
    (owner("quote", "quotes"), *_MARK),
    is_derived=True,
)

ANNOTATION_MARKS: Final = Table(
    "annotation_marks",
    "Passages of notes",
    "Where the passages stand that notes are about.",
    parts(ALL_ANNOTATIONS, segments),
    (owner("annotation", "annotations"), *_MARK),
    is_derived=True,
)
