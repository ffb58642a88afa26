"""The records: small frozen values that say what an editor wrote, and nothing of how it looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec  # noqa: TC002 - fields are decoded by their types

from ontherecord.dates import overlap
from ontherecord.packed import NOTHING, unpack
from ontherecord.problems import Problem
from ontherecord.values import Value
from ontherecord.words import fingerprint, fold_space, opening

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["speaker", "quote", "contradiction", "annotation"]
Named = Literal[Kind, "record", "source", "topic", "article", "edition"]
"""What is named where a record, or any record, or something else is."""
Parted = Literal["text", Kind, "source", "reference"]
"""What a stretch of text shows."""
KINDS: Final[tuple[Kind, ...]] = ("speaker", "quote", "contradiction", "annotation")

IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What an identifier looks like; identifiers are unique across kinds."""


class Origin(Value, frozen=True, order=True):
    """Where a record is written: the document, and the line that opens its directive.

    ``file`` is the path of the file that the line is in, where the document includes it;
    ``last`` is the line that ends the record, or 0 where it is not known.
    """

    docname: str
    line: int
    file: str = ""
    last: int = 0

    @property
    def place(self) -> tuple[str, int]:
        """The document, or the file that it includes, and the line."""
        return self.file or self.docname, self.line


class Post(Value, frozen=True):
    """A post that somebody held, as Popolo's membership has it; the interval is EDTF."""

    title: str
    body: str = ""
    interval: str = ""


class Speaker(Value, frozen=True, tag_field="record", tag="speaker"):
    """One who is quoted. ``authorities`` are pairs such as ``("wikidata", "Q…")``.

    ``family`` is the family name, as it stands in the name, where an editor has said it.
    ``copied_from`` names the edition in which the record is at home, where this one has a copy.
    """

    id: str
    origin: Origin
    name: str
    kind: str = "person"
    family: str = ""
    aliases: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    text: str = ""
    shown: tuple[tuple[Part, ...], ...] = ()
    copied_from: str = ""

    @property
    def label(self) -> str:
        """The name."""
        return self.name

    def posts_on(self, date: str | None) -> tuple[Post, ...]:
        """Give the posts that may have been held on an EDTF date, in the editor's order.

        Those without dates are given where no other is known of that day, and of a day that
        is not known where none has dates: beside a post that was held on the day, one that may
        have been held at any time would be said of it too.
        """
        dated = [post for post in self.posts if post.interval]
        held = tuple(post for post in dated if date and overlap(post.interval, date))
        if held or (dated and not date):
            return held
        return tuple(post for post in self.posts if not post.interval)


class Reading(Value, frozen=True):
    """The wording of a quote that one more source prints."""

    source: str
    words: str
    line: int
    via: str = ""
    mode: str = "direct"
    locator: str = ""
    lang: str = ""
    scope: str = ""
    brackets: str = "edition"


class Quote(Value, frozen=True, tag_field="record", tag="quote"):
    """A statement, in the wording of its one source.

    ``block`` holds the words where the record itself gives them; where it is
    empty they come from the marks, which only the `Edition` knows.
    """

    id: str
    origin: Origin
    speaker: str
    source: str
    block: str = ""
    spoken: str = ""
    time: str = ""
    time_is: str = "reported"
    place: str = ""
    to: str = ""
    asked: str = ""
    scope: str = ""
    locator: str = ""
    via: str = ""
    lang: str = ""
    translation: str = ""
    mode: str = "direct"
    contiguous: str = "unknown"
    brackets: str = "edition"
    topics: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()


class Event(Value, frozen=True):
    """One dated step in a contradiction's history."""

    date: str
    status: str
    text: str


class Contradiction(Value, frozen=True, tag_field="record", tag="contradiction"):
    """Two or more statements that do not agree, and what was answered.

    ``at_issue`` pairs a quote with those of its words that the case turns on; ``copied_from``
    names the edition in which the record is at home, where this one has a copy.
    """

    id: str
    origin: Origin
    between: tuple[str, ...]
    kind: str = ""
    relation: str = ""
    status: str = ""
    history: tuple[Event, ...] = ()
    answered_by: tuple[str, ...] = ()
    certainty: str = ""
    editor: str = ""
    at_issue: tuple[tuple[str, str], ...] = ()
    text: str = ""
    shown: tuple[tuple[Part, ...], ...] = ()
    copied_from: str = ""


class Annotation(Value, frozen=True, tag_field="record", tag="annotation"):
    """An editor's note, on a record or on passages marked for it.

    ``shown`` is its text a paragraph each, in parts: references in it say what they name.
    """

    id: str
    origin: Origin
    on: str = ""
    type: str = "context"
    source: str = ""
    editor: str = ""
    date: str = ""
    text: str = ""
    shown: tuple[tuple[Part, ...], ...] = ()

    @property
    def label(self) -> str:
        """The note's opening words."""
        return opening(self.text)


Record = Speaker | Quote | Contradiction | Annotation


def kind_of(record: Record) -> Kind:
    """Give the kind of a record, which is also the name of its role and directive."""
    match record:
        case Speaker():
            return "speaker"
        case Quote():
            return "quote"
        case Contradiction():
            return "contradiction"
        case Annotation():
            return "annotation"


class Part(Value, frozen=True):
    """A stretch of a block's shown text: plain, or what a reference to a record shows.

    ``kind`` is ``text``, the kind of the record whose label stands here, ``source``, or
    ``reference``: the value then says in JSON what another reference names.
    """

    kind: Parted
    value: str


class Block(Value, frozen=True):
    """A block of text that holds marks, or more than the words given in it.

    It has an anchor, which is its own in the document, and the parts of its text.
    """

    anchor: str
    parts: tuple[Part, ...]


class Mark(Value, frozen=True):
    """Words of an article that are marked as a quote's, or as what an annotation is about.

    ``first`` and ``last`` number the parts of the block that the mark covers,
    the last one exclusive; ``index`` counts the marks of one record in one document.
    The mark ends on ``line``, and begins on ``begins`` where that is another.
    """

    kind: Literal["said", "passage"]
    record: str
    line: int
    words: str
    block: str
    first: int
    last: int
    index: int
    file: str = ""
    begins: int = 0


class Use(Value, frozen=True):
    """A place where a document names a record or a source: by a role or in an option."""

    kind: Named
    id: str
    line: int
    file: str = ""


class Query(Value, frozen=True):
    """A register and its filters; an empty filter lets everything through."""

    register: str
    speaker: str = ""
    topic: str = ""
    kind: str = ""
    status: str = ""
    article: str = ""
    begin: str = ""
    end: str = ""


_BLOCKS: Final = tuple[Block, ...]
_USES: Final = tuple[Use, ...]


class Document(Value, frozen=True):
    """All that was read in one document.

    ``queries`` are its registers, each with its line; ``references`` are those
    that are not to records, each as domain, type and target. ``description`` is
    the sentence in its front matter that says what it is about. ``given`` pairs a quote
    with the anchor of each paragraph of words that its record gives here. Blocks and
    uses are packed, for they are most of it: unread as long as nobody asks; see
    `ontherecord.packed`.
    """

    docname: str
    title: str
    date: str = ""
    description: str = ""
    problems: tuple[Problem, ...] = ()
    records: tuple[Record, ...] = ()
    marks: tuple[Mark, ...] = ()
    packed_blocks: msgspec.Raw = NOTHING
    packed_uses: msgspec.Raw = NOTHING
    queries: tuple[tuple[Query, int], ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of its text, unpacked each time; see `Edition.blocks_of`."""
        return tuple(unpack(self.packed_blocks, _BLOCKS))

    @property
    def uses(self) -> tuple[Use, ...]:
        """Where it names records and sources, unpacked each time."""
        return tuple(unpack(self.packed_uses, _USES))

    @property
    def is_empty(self) -> bool:
        """Whether nothing that the edition holds stands in the document."""
        return not (
            self.date
            or self.problems
            or self.records
            or self.marks
            or self.packed_uses != NOTHING
            or self.queries
            or self.references
        )


def names_of(record: Record) -> tuple[str, ...]:
    """Give the records that a record's options name, which may be another edition's."""
    match record:
        case Contradiction():
            return (*record.between, *record.answered_by)
        case Annotation():
            return (record.on,) if record.on else ()
        case _:
            return ()


def by_statement(
    at_issue: Iterable[tuple[str, str]], statements: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Give words at issue in the order of the statements whose they are."""
    places = {name: place for place, name in enumerate(statements)}
    return tuple(sorted(at_issue, key=lambda pair: places.get(pair[0], len(places))))


def copied_from(record: Record) -> str:
    """Give the edition that a record is copied from, or nothing where it is at home here."""
    return record.copied_from if isinstance(record, Speaker | Contradiction) else ""


PUBLISHERS: Final = (
    *("journal", "journaltitle", "organization", "organisation", "institution", "publisher"),
)
"""Fields of the bibliography that name who published a source; the first that is there counts."""


class Source(Value, frozen=True):
    """An entry of the bibliography. ``fields`` are the entry's own, by name.

    ``people`` are the authors in parts: given names, family name and suffix; a name of
    one part is a family name. Where there are more of them than are named, the last is
    ``others``.
    """

    key: str
    type: str
    authors: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    origin: Origin = Origin("references.bib", 1)
    people: tuple[tuple[str, str, str], ...] = ()

    def field(self, *names: str) -> str:
        """Give the first of the named fields that the entry has, else nothing."""
        for name in names:
            for field, value in self.fields:
                if field == name and value:
                    return value
        return ""

    @property
    def publisher(self) -> str:
        """Who published it: the outlet, else the author."""
        return self.field(*PUBLISHERS) or " and ".join(self.authors)

    @property
    def title(self) -> str:
        """The title, as the bibliography has it."""
        return self.field("title")

    @property
    def date(self) -> str:
        """The date, in EDTF where the bibliography gives one, else nothing."""
        return self.field("date", "year")

    @property
    def witness(self) -> str:
        """What kind of witness it is."""
        return self.field("witness")

    @property
    def label(self) -> str:
        """What a card calls it: the short name, the publisher, or the title."""
        return self.field("shorttitle") or self.publisher or self.title or self.key


class RemoteQuote(Value, frozen=True):
    """A quote of another edition, as far as is known of it: most often by its inventory alone.

    ``id`` is ``NAME:ID``, with the name under which conf.py knows the other edition;
    ``label`` the opening words, or nothing where the inventory has none; ``address``
    where it stands, or nothing where that is not known; ``edition`` the other
    edition's title, and ``version`` its version, as they are in the inventory; ``permanent``
    its permanent address, which is known of another volume's.

    What follows is known of another volume's alone, as `ontherecord split` has written it down: the
    words as they are shown; the speaker by identifier, name, kind and post on that day; the source
    by key, label and address; and ``at_issue``, pairs of a case and words that it turns on.
    """

    id: str
    label: str = ""
    address: str = ""
    edition: str = ""
    version: str = ""
    permanent: str = ""
    words: str = ""
    lang: str = ""
    translation: str = ""
    speaker: str = ""
    speaker_name: str = ""
    speaker_kind: str = ""
    post: str = ""
    spoken: str = ""
    time: str = ""
    time_is: str = ""
    place: str = ""
    to: str = ""
    asked: str = ""
    source: str = ""
    source_label: str = ""
    source_url: str = ""
    at_issue: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The other edition's title, or the name that conf.py has for it."""
        return self.edition or edition_of(self.id)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, a paragraph each; nothing where they are not known."""
        return Words((), self.words).paragraphs if self.words else ()


def edition_of(identifier: str) -> str:
    """Give the name of the other edition in ``NAME:ID``, or nothing where there is none."""
    return identifier.rpartition(":")[0]


class Words(Value, frozen=True):
    """A quote's words: its fragments in order, and as one text."""

    fragments: tuple[str, ...]
    text: str

    @property
    def opening(self) -> str:
        """The words to the first sentence's end, at most 120 characters."""
        return opening(self.text)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, a paragraph each."""
        return tuple(fold_space(part) for part in self.text.split("\n\n"))

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the fragments, in hexadecimal."""
        return fingerprint(self.fragments)
