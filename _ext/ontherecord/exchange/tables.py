"""The tables of an edition, described once: CSV, SQLite and Parquet are all made from these.

A record has a row; what it has several of stands in a table of its own, numbered. An empty
cell says that nothing is known. What is named and is not in the edition leaves its cell
empty as well, so that every key that is there leads somewhere, and stands in the last table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ontherecord import vocabulary
from ontherecord.evidence.findings import KINDS as FINDINGS
from ontherecord.evidence.ledger import EVENTS
from ontherecord.evidence.quote_evidence import evidence
from ontherecord.evidence.witnesses import taken_from
from ontherecord.exchange.columns import (
    ADDRESS,
    ARTICLE,
    DOCUMENT,
    ID,
    LABEL,
    LICENCE,
    MARK,
    PAGE,
    POSITION,
    Part,
    days,
    own,
    owner,
    part,
    parts,
    terms,
    whole,
)
from ontherecord.exchange.table import Column, Reference, Table
from ontherecord.records import kind_of
from ontherecord.segments import segments, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontherecord.edition import Edition
    from ontherecord.evidence.findings import Finding
    from ontherecord.records import Block, Document, Quote, Reading

VERSION: Final = "1.0"
"""Version of the tables: the first number changes where a column goes or comes to mean another."""


def _speakers(edition: Edition) -> Iterable[Any]:
    return edition.speakers.values()


def _quotes(edition: Edition) -> Iterable[Any]:
    return edition.quotes.values()


def _contradictions(edition: Edition) -> Iterable[Any]:
    return edition.contradictions.values()


def _annotations(edition: Edition) -> Iterable[Any]:
    return edition.annotations.values()


def _sources(edition: Edition) -> Iterable[Any]:
    return edition.sources.values()


def _documents(edition: Edition) -> Iterator[Document]:
    """Give the documents that are no articles and hold records or marks."""
    for name, document in edition.documents.items():
        if name not in edition.articles and (document.records or document.marks):
            yield document


def _page(edition: Edition, document: Document, name: str) -> str:
    return getattr(edition.imprint.pages.get(document.docname), name, "")


def _blocks(edition: Edition) -> Iterator[Part]:
    for documents in (edition.articles.values(), _documents(edition)):
        for document in documents:
            blocks: dict[str, Block] = edition.blocks_of(document.docname)
            for position, block in enumerate(blocks.values(), 1):
                yield Part(document, position, block)


_EDITION: Final = (
    Table(
        "edition",
        "The edition",
        "What the edition says of itself, in one row.",
        lambda edition: [edition.imprint],
        (
            own("title", "Its title."),
            own("description", "What it is, in a sentence."),
            own("version", "The version of this state of it."),
            own("date", "The day of this state of it.", "date"),
            own("address", "Where it lives; other addresses are relative where this is empty."),
            Column("language", "Its language (BCP 47).", lambda edition, _: edition.language),
            own("licence", "Its licence, as it names it."),
            own("licence_address", "The address of the licence."),
            own("copyright", "Whose it is."),
            own("origin", "The repository of its sources."),
            Column("tables_version", "Version of these tables.", lambda *_: VERSION),
        ),
        label="title",
    ),
    Table(
        "edition_editors",
        "Editors",
        "Who made the edition.",
        parts(lambda edition: [edition], lambda edition, _: edition.imprint.editors),
        (POSITION, whole("name", "The name.")),
        label="name",
    ),
    Table(
        "records",
        "Records",
        "Every record of whatever kind, what it is called, and its permanent address.",
        lambda edition: (record for _, record in sorted(edition.records.items())),
        (
            ID,
            Column(
                "kind",
                "speaker, quote, contradiction or annotation; a tension is recorded as a "
                "contradiction, and its relation says that it is none.",
                lambda _, one: kind_of(one),
                is_asked_for=True,
            ),
            LABEL,
            ADDRESS,
            LICENCE,
        ),
        label="label",
    ),
)

_SOURCES: Final = (
    Table(
        "sources",
        "Sources",
        "The bibliography, an entry a row.",
        _sources,
        (
            own("id", "The key of the entry.", "key", is_key=True),
            own("type", "The type of the entry, as BibTeX has it."),
            own("label", "What the edition calls it in short."),
            own("title", "Its title."),
            own("publisher", "Who published it: the outlet, else the author."),
            *days("date", "When it was published", lambda _, one: one.date),
            own(
                "witness",
                terms("What kind of witness it is.", vocabulary.WITNESSES),
                is_asked_for=True,
            ),
            Column("url", "Its address.", lambda _, one: one.field("url")),
            Column(
                "archive",
                "The address of an archived copy.",
                lambda _, one: one.field("archive"),
            ),
        ),
        label="label",
    ),
    Table(
        "source_authors",
        "Authors of sources",
        "Who wrote a source.",
        parts(_sources, lambda _, one: one.authors),
        (owner("source", "sources"), POSITION, whole("name", "The name.")),
        label="name",
    ),
    Table(
        "source_origins",
        "Origins of sources",
        "The sources from which a source took its words.",
        parts(_sources, lambda edition, one: taken_from(edition, one.key)),
        (
            owner("source", "sources"),
            POSITION,
            whole("origin", "The source from which it has them.", references="sources"),
        ),
    ),
    Table(
        "source_fields",
        "Fields of sources",
        "All fields of the bibliography's entries, without LaTeX.",
        parts(_sources, lambda _, one: sorted(dict(one.fields).items())),
        (
            owner("source", "sources"),
            Column("field", "Its name.", lambda _, one: one.value[0], is_key=True),
            Column("value", "What it says.", lambda _, one: one.value[1]),
        ),
    ),
)

_SPEAKERS: Final = (
    Table(
        "speakers",
        "Speakers",
        "Those who are quoted: persons, organisations, and some whom a source does not name.",
        _speakers,
        (
            ID,
            own("name", "The name.", is_asked_for=True),
            own("family_name", "The family name, where an editor has said which it is.", "family"),
            own("kind", terms("What kind of speaker it is.", vocabulary.SPEAKER_KINDS)),
            Column("text", "Who they are, by the editors.", lambda edition, one: edition.text(one)),
            PAGE,
            ADDRESS,
            LICENCE,
        ),
        label="name",
        searched=("name", "text"),
    ),
    Table(
        "speaker_aliases",
        "Other names",
        "Other names of a speaker.",
        parts(_speakers, lambda _, one: one.aliases),
        (owner("speaker", "speakers"), POSITION, whole("alias", "The other name.")),
        label="alias",
    ),
    Table(
        "speaker_authorities",
        "Identifiers of speakers",
        "What files of names call a speaker.",
        parts(_speakers, lambda _, one: dict(one.authorities).items()),
        (
            owner("speaker", "speakers"),
            Column(
                "authority",
                "The file of names, such as wikidata.",
                lambda _, one: one.value[0],
                is_key=True,
            ),
            Column("identifier", "The identifier there.", lambda _, one: one.value[1]),
        ),
        label="identifier",
    ),
    Table(
        "posts",
        "Posts",
        "The posts that a speaker held, as Popolo's memberships have them.",
        parts(_speakers, lambda _, one: one.posts),
        (
            owner("speaker", "speakers"),
            POSITION,
            part("title", "What the post is called."),
            part("body", "The body in which it is."),
            *days("held", "When it was held", lambda _, one: one.value.interval),
        ),
        label="title",
    ),
)

_ARTICLES: Final = (
    Table(
        "articles",
        "Articles",
        "The reports in which the words are quoted.",
        lambda edition: edition.articles.values(),
        (
            own("id", "The name of the document.", "docname", is_key=True),
            own("title", "The title."),
            *days("date", "Its date", lambda _, one: one.date),
            own("description", "What it is about, in a sentence."),
            Column(
                "address",
                "The address of its page.",
                lambda edition, one: edition.imprint.of_page(one.docname),
            ),
            Column("file", "The path of its source.", lambda e, one: _page(e, one, "file")),
            Column(
                "swhid",
                "Software Heritage identifier of the source's content.",
                lambda edition, one: _page(edition, one, "swhid"),
            ),
            LICENCE,
        ),
        label="title",
    ),
    Table(
        "documents",
        "Other documents",
        "Documents that are no articles, in which records or marked words stand.",
        _documents,
        (
            own("id", "The name of the document.", "docname", is_key=True),
            own("title", "The title."),
            Column(
                "address",
                "The address of its page.",
                lambda edition, one: edition.imprint.of_page(one.docname),
            ),
            Column("file", "The path of its source.", lambda e, one: _page(e, one, "file")),
            LICENCE,
        ),
        label="title",
    ),
    Table(
        "blocks",
        "Blocks",
        "The blocks of articles and other documents in which words are marked.",
        _blocks,
        (
            Column(
                "document",
                "The document.",
                lambda _, one: one.owner.docname,
                is_key=True,
            ),
            part("anchor", "The block's anchor in the document's page.", is_key=True),
            Column(
                "text",
                "Its text, as a browser shows it.",
                lambda edition, one: shown(edition, one.value)[0],
            ),
        ),
    ),
)


def _verified(edition: Edition, quote: Quote, source: str, fragments: tuple[str, ...]) -> str:
    """Give the day on which a wording was found in a capture, while it is that wording."""
    found = edition.verification(quote, source, fragments)
    return found.verified if found else ""


def _verified_reading(edition: Edition, one: Part) -> str:
    reading: Reading = one.value
    return _verified(edition, one.owner, reading.source, (reading.words,))


def _posts_held(edition: Edition, quote: Quote) -> Iterator[int]:
    """Give the numbers of the posts that a quote's speaker may have held on its day."""
    speaker = edition.speakers.get(quote.speaker)
    held = speaker.posts_on(quote.spoken) if speaker else ()
    for position, post in enumerate(speaker.posts if speaker else (), 1):
        if post in held:
            yield position


def _findings(edition: Edition, quote: Quote) -> tuple[Finding, ...]:
    return evidence(edition, quote).findings


class _Witness(NamedTuple):
    """A source that shows a finding, and the words that it has in that place."""

    quote: str
    finding: int
    position: int
    source: str
    words: str


def _witnesses(edition: Edition) -> Iterator[_Witness]:
    for quote in edition.quotes.values():
        for number, finding in enumerate(_findings(edition, quote), 1):
            having = [(source, words) for words, sources in finding.variants for source in sources]
            # Those that lack the words come first, and then who has which.
            lacking = finding.witnesses[: len(finding.witnesses) - len(having)]
            listed = [*((source, "") for source in lacking), *having]
            for position, (source, words) in enumerate(listed, 1):
                yield _Witness(quote.id, number, position, source, words)


_QUOTES: Final = (
    Table(
        "quotes",
        "Statements",
        "Statements, each in the wording of its one source.",
        _quotes,
        (
            ID,
            Column(
                "words",
                "The words, exactly; paragraphs are parted by a blank line.",
                lambda edition, one: edition.words(one).text,
            ),
            own("speaker", "Who said it.", references="speakers"),
            *days("spoken", "When it was said", lambda _, one: one.spoken),
            own("time", "The time of day, with its distance from UTC."),
            Column(
                "time_is",
                terms("What the time is that of.", vocabulary.TIME_IS),
                lambda _, one: one.time and one.time_is,
            ),
            own("place", "Where it was said."),
            own("spoken_to", "To whom it was said.", "to"),
            own("asked", "The question that it answers."),
            own("scope", "Of what the source has it said."),
            own("source", "The source whose wording it is.", references="sources"),
            own("via", "The source through which the edition has it.", references="sources"),
            own("locator", "Where in the source it stands."),
            own("lang", "The language (BCP 47); empty where it is the edition's."),
            own("translation", "The words in the edition's language."),
            own("mode", terms("How the source has the words.", vocabulary.MODES)),
            own(
                "contiguous",
                terms("Whether the fragments followed each other.", vocabulary.CONTIGUOUS),
            ),
            Column(
                "opening_words",
                "The words to the first sentence's end, at most 120 characters.",
                lambda edition, one: edition.label(one),
            ),
            Column(
                "fingerprint",
                "SHA-256 of the fragments as a JSON array without spaces, in UTF-8.",
                lambda edition, one: edition.words(one).fingerprint,
            ),
            Column(
                "verified",
                "The day on which the wording was found in a capture of its source.",
                lambda e, one: _verified(e, one, one.source, e.words(one).fragments),
            ),
            DOCUMENT,
            ARTICLE,
            PAGE,
            ADDRESS,
            LICENCE,
        ),
        label="opening_words",
        searched=("words", "translation"),
    ),
    Table(
        "fragments",
        "Fragments",
        "The pieces in which the source gives the words of a statement.",
        parts(_quotes, lambda edition, one: edition.words(one).fragments),
        (owner("quote", "quotes"), POSITION, whole("words", "The words, exactly.")),
        label="words",
    ),
    Table(
        "quote_topics",
        "Topics",
        "What a statement is about.",
        parts(_quotes, lambda _, one: one.topics),
        (owner("quote", "quotes"), POSITION, whole("topic", "The topic.", is_asked_for=True)),
        label="topic",
    ),
    Table(
        "quote_posts",
        "Posts on the day",
        "The posts that the speaker may have held on the day of a statement.",
        parts(_quotes, _posts_held),
        (
            owner("quote", "quotes"),
            POSITION,
            Column("speaker", "Who said it.", lambda _, one: one.owner.speaker),
            whole("post", "The position of the post among the speaker's.", type="integer"),
        ),
        compound=(Reference(("speaker", "post"), "posts", ("speaker", "position")),),
    ),
    Table(
        "readings",
        "Readings",
        "The wordings of a statement that other sources print.",
        parts(_quotes, lambda _, one: one.readings),
        (
            owner("quote", "quotes"),
            POSITION,
            part("source", "The source that prints it.", references="sources"),
            part("words", "The words, exactly; paragraphs are parted by a blank line."),
            part("via", "The source through which the edition has it.", references="sources"),
            part("mode", terms("How the source has the words.", vocabulary.MODES)),
            part("locator", "Where in the source it stands."),
            part("lang", "The language (BCP 47); empty where it is the statement's."),
            part("scope", "Of what the source has it said; none where it leaves that out."),
            Column(
                "verified",
                "The day on which the wording was found in a capture of its source.",
                _verified_reading,
            ),
            LICENCE,
        ),
        label="words",
        searched=("words",),
    ),
    Table(
        "findings",
        "Findings",
        "What the wordings of a statement show when they are held against each other.",
        parts(_quotes, _findings),
        (
            owner("quote", "quotes"),
            POSITION,
            part("kind", terms("What it is.", FINDINGS), is_asked_for=True),
            part("words", "The words that it is about."),
        ),
    ),
    Table(
        "finding_witnesses",
        "Witnesses of findings",
        "The sources that show a finding; the one that departs from the others comes first.",
        _witnesses,
        (
            own("quote", "The statement.", references="quotes", is_key=True),
            own("finding", "The position of the finding.", type="integer", is_key=True),
            POSITION,
            own("source", "The source.", references="sources"),
            own("words", "What it has in that place, where the sources have different words."),
        ),
        compound=(Reference(("quote", "finding"), "findings", ("quote", "position")),),
        is_derived=True,
    ),
    Table(
        "quote_marks",
        "Places of statements",
        "Where the words of statements stand in the edition.",
        parts(_quotes, segments),
        (owner("quote", "quotes"), *MARK),
        is_derived=True,
    ),
)


_CONTRADICTIONS: Final = (
    Table(
        "contradictions",
        "Contradictions and tensions",
        "Statements that do not agree, and what was answered. Where the relation is tension they "
        "only pull apart, and are not counted as a contradiction.",
        _contradictions,
        (
            ID,
            LABEL,
            own(
                "relation",
                terms("How the statements stand to each other.", vocabulary.RELATIONS),
                is_asked_for=True,
            ),
            own(
                "kind",
                terms("In what they do not agree.", vocabulary.CONTRADICTION_KINDS),
                is_asked_for=True,
            ),
            own("status", terms("How it stands.", vocabulary.STATUSES), is_asked_for=True),
            own("certainty", terms("How sure the editor is.", vocabulary.CERTAINTIES)),
            own("editor", "The editor who answers for it."),
            Column(
                "text",
                "The case, by the editors; paragraphs are parted by a blank line.",
                lambda edition, one: edition.text(one),
            ),
            PAGE,
            ADDRESS,
            LICENCE,
        ),
        label="label",
        searched=("text",),
    ),
    Table(
        "contradiction_sides",
        "Sides",
        "The statements that do not agree. Their order says nothing of which is right.",
        parts(_contradictions, lambda _, one: one.between),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            whole("quote", "The statement.", references="quotes"),
        ),
    ),
    Table(
        "contradiction_answers",
        "Answers",
        "The statements that answer the charge.",
        parts(_contradictions, lambda _, one: one.answered_by),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            whole("quote", "The statement.", references="quotes"),
        ),
    ),
    Table(
        "contradiction_history",
        "History",
        "What became of a contradiction, a step a row.",
        parts(_contradictions, lambda _, one: one.history),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            *days("date", "When it was", lambda _, one: one.value.date),
            part("status", terms("How it stood then.", vocabulary.STATUSES)),
            part("text", "What happened."),
        ),
    ),
    Table(
        "contradiction_words",
        "Words at issue",
        "The words of statements on which a case turns, by the editor's word.",
        parts(_contradictions, lambda _, one: one.at_issue),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            Column("quote", "The statement.", lambda _, one: one.value[0], references="quotes"),
            Column("words", "The words.", lambda _, one: one.value[1]),
        ),
        label="words",
    ),
)

_ANNOTATIONS: Final = (
    Table(
        "annotations",
        "Notes",
        "The editors' notes, on a record or on passages.",
        _annotations,
        (
            ID,
            LABEL,
            own("type", terms("What it is for.", vocabulary.ANNOTATION_TYPES), is_asked_for=True),
            own(
                "on_record",
                "The record that it is on, if it is on one.",
                "on",
                references="records",
            ),
            Column(
                "text",
                "The note; paragraphs are parted by a blank line.",
                lambda edition, one: edition.text(one),
            ),
            own("source", "The source that it names.", references="sources"),
            own("editor", "Who wrote it."),
            *days("date", "When it was written", lambda _, one: one.date),
            DOCUMENT,
            ARTICLE,
            PAGE,
            ADDRESS,
            LICENCE,
        ),
        label="label",
        searched=("text",),
    ),
    Table(
        "annotation_marks",
        "Passages of notes",
        "Where the passages stand that notes are about.",
        parts(_annotations, segments),
        (owner("annotation", "annotations"), *MARK),
        is_derived=True,
    ),
)

_LEDGER: Final = (
    Table(
        "ledger",
        "Ledger",
        "What became of every identifier that was ever published; some are of records now gone.",
        lambda edition: (
            Part(None, position, entry)
            for _, entries in sorted(edition.ledger.entries.items())
            for position, entry in enumerate(entries, 1)
        ),
        (
            part("id", "The identifier.", is_key=True),
            POSITION,
            part("date", "The day of the event."),
            part("kind", "speaker, quote, contradiction or annotation."),
            part("event", f"What happened: {', '.join(EVENTS)}.", is_asked_for=True),
            part("fingerprint", "The fingerprint of the words that the record then had."),
            part("label", "The record as it was cited then."),
            part("target", "The identifier to which it moved."),
            part("reason", "Why."),
        ),
        label="label",
    ),
    Table(
        "verifications",
        "Verifications",
        "Wordings that were found in a capture of their source; some are of words since revised.",
        lambda edition: (one for _, one in sorted(edition.verifications.items())),
        (
            own("quote", "The identifier of the statement.", is_key=True),
            own("source", "The key of the source.", is_key=True),
            own("fingerprint", "The fingerprint of the wording.", is_key=True),
            own("verified", "The day on which it was found."),
            own("capture_sha256", "SHA-256 of the capture."),
            own("swhid", "Software Heritage identifier of the capture."),
            own("locator", "Where in the capture it stands."),
        ),
    ),
)


class _Unresolved(NamedTuple):
    """A cell that names what the edition does not have."""

    in_table: str
    record: Any
    position: Any
    in_column: str
    value: str


def _unresolved(edition: Edition) -> Iterator[_Unresolved]:
    for table in TABLES:
        columns = [column for column in table.columns if column.references and not column.is_key]
        if not columns or table.is_derived:
            continue
        keys = [column for column in table.columns if column.is_key]
        for item in table.of(edition):
            for column in columns:
                value = column.read(edition, item)
                if column.is_dangling(edition, value):
                    record, position = [*(key.read(edition, item) for key in keys), None][:2]
                    yield _Unresolved(table.name, record, position, column.name, str(value))


_REST: Final = (
    Table(
        "unresolved_references",
        "Unresolved references",
        "What is named and is not in the edition; its cell is empty. An edition built without "
        "warnings has none.",
        _unresolved,
        (
            own("in_table", "The table with the empty cell."),
            own("record", "The first column of the row's key."),
            own("position", "The second, where the key has two.", type="integer"),
            own("in_column", "The column with the empty cell."),
            own("value", "What was named there."),
        ),
    ),
)

TABLES: Final = (
    *_EDITION,
    *_SOURCES,
    *_SPEAKERS,
    *_ARTICLES,
    *_QUOTES,
    *_CONTRADICTIONS,
    *_ANNOTATIONS,
    *_LEDGER,
    *_REST,
)
"""All tables, each after those that it refers to."""
