"""What stands in ``edition.json``: the objects in it, each field with its meaning.

The JSON Schema and the reader are both made from these, so that neither can drift.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

VERSION: Final = "1.3"
"""Version of the format. A reader takes every file whose first number is its own."""


def _means(text: str) -> Meta:
    return Meta(description=text)


_RELATIVE: Final = " It counts from the folder of the HTML output where the edition has no address."
Text = Annotated[str, _means("Text; empty where nothing is known.")]
Copied = Annotated[
    str, _means("The edition in which the record is at home, where this one has a copy.")
]
Brackets = Annotated[str, _means("Whose its words in square brackets are: edition or source.")]
Date = Annotated[str, _means("A date in EDTF (ISO 8601-2), or empty where it is not known.")]


class Shape(msgspec.Struct, frozen=True, rename="kebab"):
    """An object of the file; names are those of the options, with hyphens."""


class PostShape(Shape, frozen=True):
    """A post that a speaker held, as Popolo's membership has it."""

    title: Annotated[str, _means("The post.")]
    body: Annotated[str, _means("The body that it is a post of.")] = ""
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
    address: Annotated[str, _means("The permanent address of the record's page." + _RELATIVE)]
    page: Annotated[str, _means("Where it stands in the edition." + _RELATIVE)]
    docname: Annotated[str, _means("The document in which it is written.")]
    home: Annotated[str, _means("The document in which it is at home.")]
    anchor: Annotated[str, _means("Its anchor there.")]
    line: Annotated[int, _means("The line of the source that opens its directive.")]
    last: Annotated[int, _means("The line that ends it, or 0 where that is not known.")]
    file: Annotated[str, _means("The file that the lines are of, if the document includes it.")]
    licence: Annotated[str, _means("The licence of what the editors wrote and chose.")]


class SpeakerShape(RecordShape, frozen=True, kw_only=True):
    """One who is quoted."""

    name: Annotated[str, _means("The name, as readers know it.")]
    kind: Annotated[str, _means("person, organisation or unnamed.")]
    family: Annotated[str, _means("The family name, where an editor has said which it is.")]
    aliases: Annotated[tuple[str, ...], _means("Other names.")]
    posts: Annotated[tuple[PostShape, ...], _means("Posts held, in the order of the editor.")]
    authorities: Annotated[dict[str, str], _means("Identifiers by file of names.")]
    text: Text
    copied_from: Copied = ""


class ReadingShape(Shape, frozen=True):
    """The wording of one more source."""

    source: Annotated[str, _means("Key of the source.")]
    words: Annotated[str, _means("The words, exactly; paragraphs are parted by a blank line.")]
    via: Annotated[str, _means("Key of the source through which the edition has it.")]
    mode: Annotated[str, _means("direct or indirect.")]
    locator: Text
    lang: Annotated[str, _means("Language (BCP 47), empty where it is the quote's.")]
    scope: Text
    line: Annotated[int, _means("The line of the source that opens it.")]
    brackets: Brackets = "edition"


class VariantShape(Shape, frozen=True):
    """Words that sources have in one place."""

    words: Annotated[str, _means("The words.")]
    sources: Annotated[tuple[str, ...], _means("Keys of the sources that have them.")]


class FindingShape(Shape, frozen=True):
    """What the wordings show when they are held against each other."""

    kind: Annotated[str, _means("What is found, by the list of findings.")]
    witnesses: Annotated[tuple[str, ...], _means("Keys of the sources that show it.")]
    words: Annotated[str, _means("The words it is about.")]
    variants: Annotated[tuple[VariantShape, ...], _means("The words of each source.")]


class QuoteShape(RecordShape, frozen=True, kw_only=True):
    """A statement, in the wording of its one source."""

    words: Annotated[str, _means("The words, exactly: the fragments, joined.")]
    fragments: Annotated[tuple[str, ...], _means("The words in their fragments, in order.")]
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
    mode: Annotated[str, _means("direct or indirect.")]
    topics: Annotated[tuple[str, ...], _means("Topics, in the order of the editor.")]
    readings: Annotated[tuple[ReadingShape, ...], _means("What other sources print.")]
    findings: Annotated[tuple[FindingShape, ...], _means("What the wordings show.")]
    marks: Annotated[tuple[MarkShape, ...], _means("Where the words stand, fragment by fragment.")]
    contradictions: Annotated[tuple[str, ...], _means("Contradictions it is a side of.")]
    answers: Annotated[tuple[str, ...], _means("Contradictions that it answers.")]
    brackets: Brackets = "edition"


class EventShape(Shape, frozen=True):
    """A step in a contradiction's history."""

    date: Date
    status: Annotated[str, _means("The status from then on.")]
    text: Annotated[str, _means("What happened.")]


class AtIssueShape(Shape, frozen=True):
    """Words of a quote that a contradiction turns on."""

    quote: Annotated[str, _means("The quote.")]
    words: Annotated[str, _means("The words, as they stand in it.")]


class ContradictionShape(RecordShape, frozen=True, kw_only=True):
    """Two or more statements that do not agree, and what was answered."""

    between: Annotated[tuple[str, ...], _means("Identifiers of the quotes.")]
    kind: Annotated[str, _means("In what the statements differ.")]
    relation: Annotated[str, _means("contradictory, contrary or tension; a tension is none.")]
    status: Annotated[str, _means("What became of it.")]
    history: Annotated[tuple[EventShape, ...], _means("Its steps, in the order of the editor.")]
    answered_by: Annotated[tuple[str, ...], _means("Identifiers of the quotes that answer.")]
    certainty: Annotated[str, _means("How sure the editor is.")]
    editor: Text
    at_issue: Annotated[tuple[AtIssueShape, ...], _means("The words that the case turns on.")]
    text: Annotated[str, _means("The case, by the editors; paragraphs parted by a blank line.")]
    copied_from: Copied = ""


class AnnotationShape(RecordShape, frozen=True, kw_only=True):
    """An editor's note."""

    on: Annotated[str, _means("Identifier of the record it is on, else empty.")]
    type: Annotated[str, _means("What kind of note it is.")]
    source: Text
    editor: Text
    date: Date
    text: Annotated[str, _means("The note; paragraphs are parted by a blank line.")]
    marks: Annotated[tuple[MarkShape, ...], _means("The passages marked for it.")]


class BlockShape(Shape, frozen=True):
    """A block of a document in which words are marked: its anchor, and its text as shown."""

    anchor: Annotated[str, _means("Its anchor in the page.")]
    text: Annotated[str, _means("Its text, as a browser shows it.")]


class ArticleShape(Shape, frozen=True):
    """An article, or another document in which records stand."""

    id: Annotated[str, _means("The document's name.")]
    title: Annotated[str, _means("Its title.")]
    date: Date
    description: Text
    address: Annotated[str, _means("The address of its page." + _RELATIVE)]
    file: Annotated[str, _means("The path of its source.")]
    swhid: Annotated[str, _means("Software Heritage identifier of the source's content.")]
    blocks: Annotated[tuple[BlockShape, ...], _means("The blocks in which words are marked.")]
    licence: Annotated[str, _means("The licence of its text.")]


class NameShape(Shape, frozen=True):
    """An author's name in parts; a name that has none is a family name."""

    given: Annotated[str, _means("Given names.")]
    family: Annotated[str, _means("The family name, or the whole.")]
    suffix: Annotated[str, _means("What follows it, such as Jr.")]


class SourceShape(Shape, frozen=True):
    """An entry of the bibliography."""

    id: Annotated[str, _means("The key.")]
    type: Annotated[str, _means("Type of the entry.")]
    label: Annotated[str, _means("What the edition calls it.")]
    authors: Annotated[tuple[str, ...], _means("Names of its authors.")]
    people: Annotated[tuple[NameShape, ...], _means("The same names in parts.")]
    fields: Annotated[dict[str, str], _means("The entry's own fields, without LaTeX.")]
    file: Annotated[str, _means("The file of the bibliography.")]
    line: Annotated[int, _means("The line of the entry.")]


class IssueShape(Shape, frozen=True):
    """Words of a quote that a contradiction turns on, as the quote sees it."""

    case: Annotated[str, _means("The contradiction.")]
    words: Annotated[str, _means("The words, as they stand in the quote.")]


class RemoteShape(Shape, frozen=True):
    """A quote of another edition; what follows the version is known of another volume alone."""

    id: Annotated[str, _means("NAME:ID, with the name that this edition has for the other.")]
    label: Annotated[
        str, _means("The opening words, as the other edition's inventory has them.")
    ] = ""
    address: Annotated[str, _means("Where it stands; empty where that is not known.")] = ""
    edition: Annotated[str, _means("The other edition's title.")] = ""
    version: Annotated[str, _means("The other edition's version.")] = ""
    permanent: Annotated[str, _means("Its permanent address.")] = ""
    words: Annotated[str, _means("All words, as they are shown.")] = ""
    lang: Text = ""
    translation: Annotated[str, _means("The words in the edition's language.")] = ""
    speaker: Annotated[str, _means("Identifier of the speaker.")] = ""
    speaker_name: Annotated[str, _means("The speaker's name.")] = ""
    speaker_kind: Annotated[str, _means("person, organisation or unnamed.")] = ""
    post: Annotated[str, _means("The posts that the speaker may have held on that day.")] = ""
    spoken: Date = ""
    time: Text = ""
    time_is: Annotated[str, _means("Of what the time is: spoken, event-began, reported.")] = ""
    place: Text = ""
    to: Text = ""
    asked: Text = ""
    source: Annotated[str, _means("Key of the source of its words.")] = ""
    source_label: Annotated[str, _means("What the edition calls that source.")] = ""
    source_url: Annotated[str, _means("Where the source is published.")] = ""
    at_issue: Annotated[
        tuple[IssueShape, ...], _means("Its words that contradictions turn on.")
    ] = ()


class LedgerShape(Shape, frozen=True):
    """An event of an identifier: that it was published, revised, moved or withdrawn."""

    date: Annotated[str, _means("The day.")]
    id: Annotated[str, _means("The identifier.")]
    kind: Annotated[str, _means("The kind of record.")]
    event: Annotated[str, _means("published, revised, moved or withdrawn.")]
    fingerprint: Annotated[str, _means("Of the words, of a quote.")]
    label: Annotated[str, _means("The record as it was cited.")]
    target: Annotated[str, _means("Where it moved.")]
    reason: Annotated[str, _means("Why.")]


class VerificationShape(Shape, frozen=True):
    """A wording that was found in a capture of its source."""

    quote: Annotated[str, _means("The quote.")]
    source: Annotated[str, _means("The source that prints the wording.")]
    fingerprint: Annotated[str, _means("Of the wording.")]
    capture_sha256: Annotated[str, _means("SHA-256 of the capture.")]
    swhid: Annotated[str, _means("SWHID of the capture.")]
    locator: Annotated[str, _means("Where in the capture.")]
    verified: Annotated[str, _means("The day.")]


class ImprintShape(Shape, frozen=True):
    """What the edition says of itself."""

    title: Annotated[str, _means("The edition's title.")]
    description: Annotated[str, _means("What it is, in a line.")]
    editors: Annotated[tuple[str, ...], _means("Who edits it.")]
    version: Annotated[str, _means("The version that citations name.")]
    date: Annotated[str, _means("The day of this state of the edition.")]
    address: Annotated[str, _means("Where it lives; addresses are relative where it is empty.")]
    language: Annotated[str, _means("Its language (BCP 47).")]
    licence: Annotated[str, _means("The licence of its text: an address, or an SPDX expression.")]
    copyright: Annotated[str, _means("The line of copyright.")]
    origin: Annotated[str, _means("The repository of its sources.")]
    formats: Annotated[tuple[str, ...], _means("Formats that are published with the edition.")]
    sources_register: Annotated[str, _means("The document that lists all sources, if one does.")]
    files: Annotated[dict[str, str], _means("SWHIDs of files that documents include.")]
    volume_of: Annotated[
        str, _means("The title of the edition of which this is a volume, if it is one.")
    ] = ""
    volumes: Annotated[
        dict[str, str],
        _means("Addresses of the volumes, by name, of an edition that is the front of several."),
    ] = {}


class EditionShape(Shape, frozen=True):
    """An edition, whole."""

    schema: Annotated[str, _means("Version of this format, major and minor.")]
    edition: Annotated[ImprintShape, _means("What the edition says of itself.")]
    speakers: Annotated[tuple[SpeakerShape, ...], _means("Speakers, by identifier.")]
    quotes: Annotated[tuple[QuoteShape, ...], _means("Quotes, by identifier.")]
    contradictions: Annotated[
        tuple[ContradictionShape, ...], _means("Contradictions and tensions, by identifier.")
    ]
    annotations: Annotated[tuple[AnnotationShape, ...], _means("Notes, by identifier.")]
    articles: Annotated[tuple[ArticleShape, ...], _means("Articles, by name.")]
    documents: Annotated[
        tuple[ArticleShape, ...], _means("Other documents in which records stand.")
    ]
    sources: Annotated[tuple[SourceShape, ...], _means("The bibliography, by key.")]
    remote: Annotated[
        tuple[RemoteShape, ...], _means("Quotes of other editions that records name.")
    ]
    ledger: Annotated[tuple[LedgerShape, ...], _means("What became of each published identifier.")]
    verifications: Annotated[
        tuple[VerificationShape, ...], _means("Wordings found in captures of their sources.")
    ]
