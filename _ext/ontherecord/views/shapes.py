"""What views are made of: frozen values, which are compared to see whether a page is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.values import Value

if TYPE_CHECKING:
    from ontherecord.citing.item import Item
    from ontherecord.records import Event, Post


class Link(Value, frozen=True):
    """A record as a reference shows it, and where it stands.

    Of a record of another edition ``edition`` is that edition's title, ``version`` its version,
    and ``address`` where the record stands, or nothing where that is not known.
    """

    kind: str
    id: str
    label: str
    docname: str
    anchor: str
    lang: str = ""
    edition: str = ""
    version: str = ""
    address: str = ""


class RemoteStatement(Value, frozen=True):
    """A statement of another edition, of which no more is known than its link says.

    One of another volume is a `Statement`, whose link names the edition.
    """

    link: Link


class SourceView(Value, frozen=True):
    """A source as a card names it, and where the edition lists it.

    ``known`` tells whether the bibliography has it; ``publisher`` is only named in a page's head.
    """

    key: str
    label: str
    title: str = ""
    date: str = ""
    witness: str = ""
    url: str = ""
    note: str = ""
    archive: str = ""
    known: bool = True
    docname: str = ""
    anchor: str = ""
    publisher: str = ""


class Statement(Value, frozen=True):
    """Whose words, which, when and after whom."""

    link: Link
    speaker: Link | None
    name: str
    post: str
    words: tuple[str, ...]
    lang: str
    spoken: str
    time: str
    time_is: str
    place: str
    to: str
    asked: str
    source: SourceView


class Verified(Value, frozen=True):
    """When words were verified, and the SHA-256 of the capture that has them."""

    date: str
    sha256: str
    locator: str


class Revision(Value, frozen=True):
    """A publication or revision of a quotation's words."""

    date: str
    fingerprint: str
    reason: str


class WitnessView(Value, frozen=True):
    """A witness and its chain: through whom the edition has it, and whence it took its words."""

    source: SourceView
    via: tuple[SourceView, ...]
    taken_from: tuple[SourceView, ...]


class ReadingView(Value, frozen=True):
    """A reading, with its source, and the source through which it comes.

    ``source_brackets`` tells that it has words in square brackets which are the source's.
    """

    source: SourceView
    via: SourceView | None
    locator: str
    lang: str
    mode: str
    source_brackets: bool
    words: tuple[str, ...]
    verified: Verified | None


class SideView(Value, frozen=True):
    """Another statement, as a card names it: by the words at issue, else the opening ones.

    One of another edition has no name where it is not known whose it is.
    """

    link: Link
    name: str
    words: str = ""


class CaseView(Value, frozen=True):
    """A contradiction, as one of its statements sees it. ``more`` counts sides not listed."""

    link: Link
    kind: str
    relation: str
    status: str
    others: tuple[SideView, ...]
    more: int
    answers: tuple[SideView, ...]


class NoteView(Value, frozen=True):
    """An annotation, whole; ``passages`` are the words marked for it, each with its anchor."""

    link: Link
    type: str
    text: tuple[str, ...]
    on: Link | None
    source: SourceView | None
    editor: str
    date: str
    passages: tuple[tuple[str, str], ...] = ()


class QuoteView(Value, frozen=True):
    """A quote's card; ``at_issue`` are the words that contradictions turn on, and ``in_tension``
    those that tensions do. ``source_brackets`` is as for a reading.
    """

    statement: Statement
    to: str
    locator: str
    via: SourceView | None
    mode: str
    source_brackets: bool
    contiguous: str
    fragments: int
    translation: str
    topics: tuple[str, ...]
    readings: tuple[ReadingView, ...]
    cases: tuple[CaseView, ...]
    answers: tuple[CaseView, ...]
    notes: tuple[NoteView, ...]
    scope: str
    witnesses: tuple[WitnessView, ...]
    independent: int
    lacks_post: bool
    verified: Verified | None
    revisions: tuple[Revision, ...]
    at_issue: tuple[str, ...]
    in_tension: tuple[str, ...]


class ContradictionView(Value, frozen=True):
    """A contradiction, face to face.

    ``span`` is the time between the sides, ``answer_spans`` that from the last of them to each
    answer: see `ontherecord.views.intervals`.
    """

    link: Link
    kind: str
    relation: str
    status: str
    certainty: str
    editor: str
    history: tuple[Event, ...]
    sides: tuple[Statement | RemoteStatement, ...]
    span: tuple[str, ...]
    answers: tuple[Statement | RemoteStatement, ...]
    answer_spans: tuple[tuple[str, ...], ...]
    at_issue: tuple[tuple[str, str], ...]
    text: tuple[str, ...]
    notes: tuple[NoteView, ...]


class SpeakerView(Value, frozen=True):
    """A speaker, with what was said in order of time.

    ``dates`` has the day of each statement, ``cases`` those that it is part of, and ``answered``
    those that it answers.
    """

    link: Link
    kind: str
    aliases: tuple[str, ...]
    posts: tuple[Post, ...]
    authorities: tuple[tuple[str, str], ...]
    statements: tuple[SideView, ...]
    more: int
    dates: tuple[str, ...]
    cases: tuple[tuple[CaseView, ...], ...]
    answered: tuple[tuple[CaseView, ...], ...]
    notes: tuple[NoteView, ...]
    overlapping: tuple[str, ...]


class Excerpt(Value, frozen=True):
    """A paragraph of an article with a record's marks in it: its text in parts, marked or not.

    It has no parts where it is the record's own words, as a block quotation.
    """

    docname: str
    title: str
    block: str
    anchor: str
    parts: tuple[tuple[str, bool], ...]


class ArticleView(Value, frozen=True):
    """What stands at an article's head and foot.

    ``cases`` are the contradictions of its statements, each with its status;
    ``citation`` is what is cited of it, and ``has_files`` tells whether there are files of that.
    """

    docname: str
    title: str
    date: str
    description: str
    statements: int
    speakers: int
    notes: int
    tensions: int
    cases: tuple[tuple[Link, str], ...]
    sources: tuple[SourceView, ...]
    citation: Item
    has_files: bool


class Moment(Value, frozen=True):
    """An entry of the timeline; ``words`` are those by which a statement is named."""

    date: str
    time: str
    time_is: str
    link: Link
    name: str
    text: str
    place: str
    words: str = ""
    contradicted: bool = False


class SourceEntry(Value, frozen=True):
    """A source with all that rests on it."""

    source: SourceView
    statements: tuple[SideView, ...]
    notes: tuple[Link, ...]


class TopicEntry(Value, frozen=True):
    """A topic, with what was said on it in order of time; ``more`` counts what is not listed.

    ``first`` and ``last`` are the dates of the first and last of all.
    """

    topic: str
    count: int
    speakers: int
    first: str
    last: str
    statements: tuple[SideView, ...]
    more: int


class CorrectionEntry(Value, frozen=True):
    """A revision, move or withdrawal of a published record, and what the record is now."""

    date: str
    id: str
    kind: str
    event: str
    label: str
    reason: str
    now: Link | None
    before: str
    after: str


class QuoteEntry(Value, frozen=True):
    """A quote in a register, with its cases and those that it answers.

    ``cases`` are parts of a contradiction or tension: the relation, the case, its kind and status.
    ``citation`` is what is cited of it, without the file that it stands in: that changes daily.
    """

    statement: Statement
    cases: tuple[tuple[str, Link, str, str], ...]
    answers: tuple[Link, ...]
    topics: tuple[str, ...]
    witnesses: int
    citation: Item


class SpeakerEntry(Value, frozen=True):
    """A speaker in a register."""

    link: Link
    kind: str
    posts: tuple[Post, ...]
    count: int


class ArticleEntry(Value, frozen=True):
    """An article in a register: what its head says, without the sources below it."""

    article: ArticleView


class Totals(Value, frozen=True):
    """How many there are of each thing; notes and sources with all that nothing quoted rests on."""

    articles: int
    statements: int
    speakers: int
    cases: int
    tensions: int
    notes: int
    sources: int


Entry = (
    ArticleEntry
    | QuoteEntry
    | SpeakerEntry
    | ContradictionView
    | NoteView
    | Moment
    | TopicEntry
    | SourceEntry
    | CorrectionEntry
    | Totals
)
View = Link | SourceView | QuoteView | ContradictionView | SpeakerView | NoteView


class SpeakerReference(Value, frozen=True):
    """A speaker, as a reference shows one when it is pointed at."""

    link: Link
    kind: str
    posts: tuple[Post, ...]
    statements: int
    contradicted: bool = False


class QuoteReference(Value, frozen=True):
    """A quote, as a reference shows one when it is pointed at."""

    link: Link
    statement: Statement
    cases: tuple[CaseView, ...]
    contradicted: bool


class CaseReference(Value, frozen=True):
    """A contradiction, as a reference shows one when it is pointed at; each side with its time."""

    link: Link
    kind: str
    relation: str
    status: str
    sides: tuple[tuple[SideView, tuple[str, str, str]], ...]
    answers: tuple[tuple[SideView, tuple[str, str, str]], ...]
    contradicted: bool


class NoteReference(Value, frozen=True):
    """An annotation, as a reference shows one when it is pointed at."""

    link: Link
    note: NoteView
    contradicted: bool = False


Reference = SpeakerReference | QuoteReference | CaseReference | NoteReference
