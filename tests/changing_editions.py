"""An edition as values that changes at random: everything in it that can hang on another thing."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import msgspec
from ontherecord.edition import Edition
from ontherecord.imprint import Imprint, Page, content_identifier
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
    Source,
    Speaker,
)
from ontherecord.values import replace

KEPT = ("annotations/cases", "annotations/speakers", "annotations/kept")
WORDS = [
    "open",
    "closed",
    "soon",
    "never",
    "repeat",
    "force",
    "border",
    "friend",
    "wall",
    "law",
    "rate",
    "truth",
]


@dataclass
class World:
    """Documents, their records and marks, and sources; all are changed by `change`."""

    seed: int
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    records: dict[str, tuple[str, Record]] = field(default_factory=dict)
    """By identifier, where a record is written, and what it says."""
    marks: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Document, record, words, and what else is named in the block."""
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)
    shifts: dict[str, int] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    has_register: bool = True
    read: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        """Begin with a few of everything."""
        self.random = random.Random(self.seed)
        self.titles = {name: (name.title(), "") for name in KEPT}
        self.shown = {f"section-{number}": self.phrase() for number in range(2)}
        for _ in range(4):
            self.add_source()
        for _ in range(8):
            self.add_document()
        for _ in range(4):
            self.add_speaker()
        for _ in range(12):
            self.add_quote()
        for _ in range(3):
            self.add_case()
            self.add_note()

    def new(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def phrase(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(2, 5))).capitalize() + "."

    def pick(self, things: list[str], missing: str) -> str:
        """Pick one of some things, and now and then one that there is not."""
        if not things or self.random.random() < 0.05:
            return missing
        return self.random.choice(sorted(things))

    def place(self) -> str:
        return self.pick([*self.titles], KEPT[0])

    def of(self, *types: type) -> list[str]:
        return [key for key, (_place, one) in self.records.items() if isinstance(one, types)]

    @property
    def articles(self) -> list[str]:
        return [name for name in self.titles if name not in KEPT]

    # What changes

    def add_document(self) -> None:
        day = f"20{self.random.randint(10, 12)}-0{self.random.randint(1, 9)}-02"
        self.titles[f"articles/{self.new('a')}"] = (
            self.phrase(),
            day if self.random.random() < 0.8 else "",
        )

    def remove_document(self) -> None:
        if len(self.articles) > 1:
            name = self.pick(self.articles, self.articles[0])
            del self.titles[name]
            self.records = {key: one for key, one in self.records.items() if one[0] != name}
            self.marks = [mark for mark in self.marks if mark[0] != name]

    def change_document(self) -> None:
        name = self.pick([*self.titles], KEPT[0])
        title, date = self.titles[name]
        if self.random.random() < 0.5:
            self.titles[name] = (self.phrase(), date)
        elif name not in KEPT:
            self.titles[name] = (title, "" if date else "2011-05-05")

    def shift_lines(self) -> None:
        name = self.pick([*self.titles], KEPT[0])
        self.shifts[name] = self.shifts.get(name, 0) + self.random.randint(1, 3)

    def add_source(self) -> None:
        taken = self.pick([*self.sources], "") if self.random.random() < 0.5 else ""
        self.sources[self.new("paper")] = (self.phrase(), taken)

    def change_source(self) -> None:
        key = self.pick([*self.sources], next(iter(self.sources)))
        name, taken = self.sources[key]
        if self.random.random() < 0.5:
            self.sources[key] = (self.phrase(), taken)
        else:
            self.sources[key] = (name, self.pick([*self.sources], ""))

    def remove_source(self) -> None:
        if len(self.sources) > 1:
            del self.sources[self.pick([*self.sources], next(iter(self.sources)))]

    def change_section(self) -> None:
        self.shown[self.random.choice([*self.shown])] = self.phrase()

    def toggle_register(self) -> None:
        self.has_register = not self.has_register

    def text(self) -> tuple[tuple[Part, ...], ...]:
        """Give a text of an editor's, which may name anything."""
        return tuple(
            (Part("text", self.phrase()), *self.named()) for _ in range(self.random.randint(1, 2))
        )

    def named(self) -> list[Part]:
        # Seldom: were all tied to all, nothing would be left that is not affected.
        kind = self.random.choice([*[""] * 12, "record", "source", "reference"])
        if kind == "record":
            name = self.pick([*self.records], "nobody")
            of = self.records.get(name)
            return [Part(type(of[1]).__name__.lower() if of else "quote", name)]
        if kind == "source":
            return [Part("source", self.pick([*self.sources], "no-paper"))]
        return [Part("reference", f'{{"shown":"{self.pick([*self.shown], "x")}"}}')] * bool(kind)

    def add_speaker(self) -> None:
        identifier = self.new("speaker")
        self.records[identifier] = (self.place(), self.speaker(identifier))

    def speaker(self, identifier: str) -> Speaker:
        posts = [Post(self.random.choice(["Mayor", "Judge"]), "Town", "2010/2011")]
        return Speaker(
            identifier,
            Origin("", 0),
            self.phrase(),
            posts=tuple(posts[: self.random.randint(0, 1)]),
            text="text",
            shown=self.text(),
        )

    def quote(self, identifier: str, *, is_block: bool) -> Quote:
        readings = [Reading(self.pick([*self.sources], "no-paper"), self.phrase(), 3)]
        return Quote(
            identifier,
            Origin("", 0),
            self.pick(self.of(Speaker), "speaker-0"),
            self.pick([*self.sources], "no-paper"),
            block=self.phrase() if is_block else "",
            spoken=f"2010-0{self.random.randint(1, 9)}-03",
            via=self.pick([*self.sources], "") if self.random.random() < 0.2 else "",
            topics=(self.random.choice(WORDS),),
            readings=tuple(readings[: self.random.randint(0, 1)]),
        )

    def add_quote(self) -> None:
        identifier = self.new("quote")
        is_block = self.random.random() < 0.3
        place = self.place()
        self.records[identifier] = (place, self.quote(identifier, is_block=is_block))
        if not is_block:
            self.mark(identifier)

    def mark(self, identifier: str = "") -> None:
        """Mark words of a quote, or a passage of a note, in one more place."""
        identifier = identifier or self.pick(self.of(Quote, Annotation), "")
        if identifier and self.articles:
            place = self.pick(self.articles, self.articles[0])
            named = self.pick([*self.records], "") if self.random.random() < 0.15 else ""
            self.marks.append((place, identifier, self.phrase(), named))

    def unmark(self) -> None:
        if self.marks:
            self.marks.pop(self.random.randrange(len(self.marks)))

    def change_mark(self) -> None:
        if self.marks:
            index = self.random.randrange(len(self.marks))
            place, identifier, _words, named = self.marks[index]
            self.marks[index] = (place, identifier, self.phrase(), named)

    def case(self, identifier: str) -> Contradiction:
        quotes = self.of(Quote)
        sides = tuple(dict.fromkeys(self.pick(quotes, "quote-0") for _ in range(3)))
        return Contradiction(
            identifier,
            Origin("", 0),
            sides,
            kind="facts",
            relation=self.random.choice(["tension", "contrary"]),
            status=self.random.choice(["alleged", "answered"]),
            answered_by=(self.pick(quotes, "quote-0"),) * self.random.randint(0, 1),
            history=(Event("2011", "answered", self.phrase()),) * self.random.randint(0, 1),
            at_issue=((sides[0], self.phrase()),) * self.random.randint(0, 1),
            text="text",
            shown=self.text(),
        )

    def add_case(self) -> None:
        identifier = self.new("case")
        place = self.place()
        self.records[identifier] = (place, self.case(identifier))

    def note(self, identifier: str) -> Annotation:
        on = self.pick([*self.records], "nobody") if self.random.random() < 0.8 else ""
        source = self.pick([*self.sources], "") if self.random.random() < 0.3 else ""
        return Annotation(
            identifier, Origin("", 0), on, source=source, text="text", shown=self.text()
        )

    def add_note(self) -> None:
        identifier = self.new("note")
        place = self.place()
        self.records[identifier] = (place, self.note(identifier))
        if self.random.random() < 0.4:
            self.mark(identifier)

    def change_record(self) -> None:
        identifier = self.pick([*self.records], "")
        if identifier:
            place, one = self.records[identifier]
            match one:
                case Quote():
                    changed: Record = self.quote(identifier, is_block=bool(one.block))
                case Contradiction():
                    changed = self.case(identifier)
                case Annotation():
                    changed = self.note(identifier)
                case Speaker():
                    changed = self.speaker(identifier)
            self.records[identifier] = (place, changed)

    def move_record(self) -> None:
        identifier = self.pick([*self.records], "")
        if identifier:
            place = self.place()
            self.records[identifier] = (place, self.records[identifier][1])

    def remove_record(self) -> None:
        self.records.pop(self.pick([*self.records], ""), None)

    def change(self) -> str:
        """Change something, and say what."""
        name = self.random.choice(CHANGES)
        getattr(self, name)()
        return name

    # What it is

    def edition(self) -> Edition:
        """Give the edition; what has changed in a document has been read anew."""
        documents = {name: self._document(name) for name in self.titles}
        sources = {
            key: Source(
                key, "misc", (), (("organization", name), *((("takenfrom", of),) if of else ()))
            )
            for key, (name, of) in self.sources.items()
        }
        pages = {
            name: Page(
                one.title,
                f"{name}.html",
                f"{name}.md",
                content_identifier(msgspec.msgpack.encode(one)),
            )
            for name, one in documents.items()
        }
        imprint = Imprint("An edition", address="https://edition.example/", pages=pages)
        edition = Edition(documents, sources, imprint=imprint)
        edition.resolve({f'{{"shown":"{key}"}}': shown for key, shown in self.shown.items()})
        return edition

    def _document(self, name: str) -> Document:
        title, date = self.titles[name]
        shift = self.shifts.get(name, 0)
        records: list[Record] = [
            replace(one, origin=Origin(name, 10 * number + shift, "", 10 * number + shift + 5))
            for number, (place, one) in enumerate(self.records.values(), 1)
            if place == name
        ]
        marks, blocks, indices = [], [], dict[str, int]()
        here = [mark for mark in self.marks if mark[0] == name]
        for number, (_place, identifier, words, named) in enumerate(here, 1):
            kind = "passage" if identifier.startswith("note") else "said"
            indices[identifier] = indices.get(identifier, 0) + 1
            marks.append(
                Mark(
                    "passage" if kind == "passage" else "said",
                    identifier,
                    number + shift,
                    words,
                    f"p{number}",
                    1,
                    2,
                    indices[identifier],
                )
            )
            of = self.records.get(named)
            after = [Part(type(of[1]).__name__.lower(), named)] if of else []
            blocks.append(
                Block(f"p{number}", (Part("text", "They said "), Part("text", words), *after))
            )
        queries = ((Query("sources"), 3),) if name == KEPT[0] and self.has_register else ()
        return Document(
            name,
            title,
            date,
            records=tuple(records),
            marks=tuple(marks),
            packed_blocks=pack(blocks),
            queries=queries,
        )


CHANGES = [
    name
    for name, value in vars(World).items()
    if callable(value)
    and name.partition("_")[0]
    in {"add", "remove", "change", "shift", "toggle", "move", "mark", "unmark"}
    and name != "change"
]
