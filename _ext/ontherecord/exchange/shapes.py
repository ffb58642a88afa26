"""What stands in ``edition.json``: the objects in it, each field with its meaning.

The JSON Schema and the reader are both made from these, so that neither can drift.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

VERSION: Final = "1.0"
"""Version of the format. A reader takes every file whose first number is its own."""


def _means(text: str) -> Meta:
    return Meta(description=text)


Text = Annotated[str, _means("Text; empty where nothing is known.")]
Date = Annotated[str, _means("A date in EDTF (ISO 8601-2), or empty where it is not known.")]


class Shape(msgspec.Struct, frozen=True, rename="kebab"):
    """An object of the file; names are those of the options, with hyphens."""


class PostShape(Shape, frozen=True):
    """A post that a speaker held, as Popolo's membership has it."""

    title: str
    body: str = ""
    interval: Date = ""


class MarkShape(Shape, frozen=True):
    """Words of a record where they stand in a document."""

    docname: Annotated[str, _means("The document.")]
    anchor: Annotated[str, _means("Anchor of the words in the document's page.")]
    block: Annotated[str, _means("Anchor of the block in which they stand.")]
    kind: Annotated[str, _means("said, passage, or given: the record itself gives the words.")]
    start: Annotated[int, _means("First character in the block's shown text, from 0.")]
    end: Annotated[int, _means("The character after the last one.")]
    exact: Annotated[str, _means("The words, as the page shows them.")]
    prefix: Annotated[str, _means("What stands before them in the block.")]
    suffix: Annotated[str, _means("What stands after them in the block.")]
    first: Annotated[int, _means("The line of the source on which they begin.")]
    last: Annotated[int, _means("The line on which they end.")]
    file: Annotated[str, _means("The file that the lines are of, if the document includes it.")]


class RecordShape(Shape, frozen=True, kw_only=True):
    """What every record has."""

    id: Annotated[str, _means("The identifier; unique in the edition, and kept for good.")]
    label: Annotated[str, _means("What a reference shows: name, opening words, or sides.")]
    address: Annotated[str, _means("The permanent address of the record's page.")]
    page: Annotated[str, _means("The address of the place where it stands in the edition.")]
    docname: Annotated[str, _means("The document in which it is written.")]
    home: Annotated[str, _means("The document in which it is at home.")]
    anchor: Annotated[str, _means("Its anchor there.")]
    line: Annotated[int, _means("The line of the source that opens its directive.")]
    last: Annotated[int, _means("The line that ends it, or 0 where that is not known.")]
    file: Annotated[str, _means("The file that the lines are of, if the document includes it.")]
    licence: Annotated[str, _means("The licence of what the editors wrote and chose.")]


class SpeakerShape(RecordShape, frozen=True, kw_only=True):
    """One who is quoted."""

    name: str
    kind: Annotated[str, _means("person, organisation or unnamed.")]
    family: Annotated[str, _means("The family name, where an editor has said which it is.")]
    aliases: tuple[str, ...]
    posts: tuple[PostShape, ...]
    authorities: Annotated[dict[str, str], _means("Identifiers by file of names.")]
    text: Text


class ReadingShape(Shape, frozen=True):
    """The wording of one more source."""

    source: Annotated[str, _means("Key of the source.")]
    words: Annotated[str, _means("The words, exactly; paragraphs are parted by a blank line.")]
    via: Annotated[str, _means("Key of the source through which the edition has it.")]
    mode: Annotated[str, _means("direct or indirect.")]
    locator: Text
    lang: Annotated[str, _means("Language (BCP 47), empty where it is the quote's.")]
    scope: Text
    line: int


class VariantShape(Shape, frozen=True):
    """Words that sources have in one place."""

    words: str
    sources: tuple[str, ...]


class FindingShape(Shape, frozen=True):
    """What the wordings show when they are held against each other."""

    kind: str
    witnesses: Annotated[tuple[str, ...], _means("Keys of the sources that show it.")]
    words: Annotated[str, _means("The words it is about.")]
    variants: tuple[VariantShape, ...]


class QuoteShape(RecordShape, frozen=True, kw_only=True):
    """A statement, in the wording of its one source."""

    words: Annotated[str, _means("The words, exactly: the fragments, joined.")]
    fragments: tuple[str, ...]
    fingerprint: Annotated[str, _means("SHA-256 of the fragments as a JSON array, in UTF-8.")]
    contiguous: Annotated[str, _means("Whether the fragments followed each other.")]
    speaker: Annotated[str, _means("Identifier of the speaker.")]
    spoken: Date
    time: Annotated[str, _means("Time of day with its distance from UTC.")]
    time_is: Annotated[str, _means("What the time is the time of.")]
    place: Annotated[str, _means("Where it was said.")]
    to: Text
    asked: Text
    scope: Text
    source: Annotated[str, _means("Key of the source whose wording it is.")]
    via: Annotated[str, _means("Key of the source through which the edition has it.")]
    locator: Text
    lang: Annotated[str, _means("Language (BCP 47), empty where it is the edition's.")]
    translation: Text
    mode: str
    topics: tuple[str, ...]
    readings: tuple[ReadingShape, ...]
    findings: tuple[FindingShape, ...]
    marks: tuple[MarkShape, ...]
    contradictions: Annotated[tuple[str, ...], _means("Contradictions it is a side of.")]
    answers: Annotated[tuple[str, ...], _means("Contradictions that it answers.")]


class EventShape(Shape, frozen=True):
    """A step in a contradiction's history."""

    date: Date
    status: str
    text: str


class AtIssueShape(Shape, frozen=True):
    """Words of a quote that a contradiction turns on."""

    quote: str
    words: str


class ContradictionShape(RecordShape, frozen=True, kw_only=True):
    """Two or more statements that do not agree, and what was answered."""

    between: Annotated[tuple[str, ...], _means("Identifiers of the quotes.")]
    kind: str
    relation: Annotated[str, _means("contradictory, contrary or tension; a tension is none.")]
    status: str
    history: tuple[EventShape, ...]
    answered_by: tuple[str, ...]
    certainty: str
    editor: Text
    at_issue: tuple[AtIssueShape, ...]
    text: Annotated[str, _means("The case, by the editors; paragraphs parted by a blank line.")]


class AnnotationShape(RecordShape, frozen=True, kw_only=True):
    """An editor's note."""

    on: Annotated[str, _means("Identifier of the record it is on, else empty.")]
    type: str
    source: Text
    editor: Text
    date: Date
    text: Annotated[str, _means("The note; paragraphs are parted by a blank line.")]
    marks: Annotated[tuple[MarkShape, ...], _means("The passages marked for it.")]


class BlockShape(Shape, frozen=True):
    """A block of a document in which words are marked: its anchor, and its text as shown."""

    anchor: str
    text: str


class ArticleShape(Shape, frozen=True):
    """An article, or another document in which records stand."""

    id: Annotated[str, _means("The document's name.")]
    title: str
    date: Date
    description: Text
    address: Annotated[str, _means("The address of its page.")]
    file: Annotated[str, _means("The path of its source.")]
    swhid: Annotated[str, _means("Software Heritage identifier of the source's content.")]
    blocks: tuple[BlockShape, ...]
    licence: str


class SourceShape(Shape, frozen=True):
    """An entry of the bibliography."""

    id: Annotated[str, _means("The key.")]
    type: str
    label: str
    authors: tuple[str, ...]
    fields: Annotated[dict[str, str], _means("The entry's own fields, without LaTeX.")]
    file: str
    line: int


class RemoteShape(Shape, frozen=True):
    """A quote of another edition that a record names."""

    id: Annotated[str, _means("NAME:ID, with the name that this edition has for the other.")]
    label: Annotated[str, _means("The opening words, as the other edition's inventory has them.")]
    address: str
    edition: Annotated[str, _means("The other edition's title.")]
    version: str


class LedgerShape(Shape, frozen=True):
    """An event of an identifier: that it was published, revised, moved or withdrawn."""

    date: str
    id: str
    kind: str
    event: str
    fingerprint: str
    label: str
    target: str
    reason: str


class VerificationShape(Shape, frozen=True):
    """A wording that was found in a capture of its source."""

    quote: str
    source: str
    fingerprint: str
    capture_sha256: str
    swhid: str
    locator: str
    verified: str


class ImprintShape(Shape, frozen=True):
    """What the edition says of itself."""

    title: str
    description: str
    editors: tuple[str, ...]
    version: str
    date: Annotated[str, _means("The day of this state of the edition.")]
    address: Annotated[str, _means("Where it lives; addresses are relative where it is empty.")]
    language: str
    licence: str
    copyright: str
    origin: Annotated[str, _means("The repository of its sources.")]
    formats: Annotated[tuple[str, ...], _means("Formats that are published with the edition.")]
    files: Annotated[dict[str, str], _means("SWHIDs of files that documents include.")]


class EditionShape(Shape, frozen=True):
    """An edition, whole."""

    schema: Annotated[str, _means("Version of this format, major and minor.")]
    edition: ImprintShape
    speakers: tuple[SpeakerShape, ...]
    quotes: tuple[QuoteShape, ...]
    contradictions: tuple[ContradictionShape, ...]
    annotations: tuple[AnnotationShape, ...]
    articles: tuple[ArticleShape, ...]
    documents: Annotated[
        tuple[ArticleShape, ...], _means("Other documents in which records stand.")
    ]
    sources: tuple[SourceShape, ...]
    remote: tuple[RemoteShape, ...]
    ledger: tuple[LedgerShape, ...]
    verifications: tuple[VerificationShape, ...]
