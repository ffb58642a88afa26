"""A small edition as values, with edits that an editor makes, for the property tests."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from ontherecord.evidence.ledger import COLUMNS as LEDGER_COLUMNS
from ontherecord.evidence.verifications import COLUMNS as CAPTURE_COLUMNS
from ontherecord.words import fingerprint

WORDS = [
    "open",
    "closed",
    "soon",
    "never",
    "repeat",
    "force",
    "forces",
    "border",
    "friend",
    "wall",
    "dialogue",
    "rate",
    "law",
]


@dataclass
class Quote:
    id: str
    speaker: str
    source: str
    home: str
    fragments: list[str]
    kept: str = ""  # a page under annotations, where the record is kept; else its article
    as_block: bool = False
    reading: str = ""
    topic: str = "law"


@dataclass
class Case:
    id: str
    between: list[str]
    answer: str
    status: str
    relation: str = "contrary"


@dataclass
class Model:
    """The edition: articles by name with their titles, and the records."""

    seed: int
    articles: int = 3
    """How many there are at first; with them grow speakers, quotes and cases."""
    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, tuple[str, str]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    quotes: list[Quote] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    notes: dict[str, tuple[str, str]] = field(default_factory=dict)
    ledger: list[str] = field(default_factory=list)
    verified: list[str] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        few = self.articles
        self.sources = {f"paper-{n}": f"Paper {n}" for n in range(few)}
        self.speakers = {f"speaker-{n}": (f"Speaker {n}", "Mayor") for n in range(few)}
        for _ in range(few):
            self.add_article()
        for _ in range(few * 5 // 3):
            self.add_quote()
        for _ in range(few * 2 // 3):
            self.add_case()
        for _ in range(few // 3):
            self.add_note()

    # What an editor does

    def new(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def phrase(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(2, 6)))

    def pick(self, things: list[str]) -> str:
        return self.random.choice(sorted(things))

    def add_article(self) -> None:
        name = f"2024-0{self.random.randint(1, 9)}-{self.new('article')}"
        self.titles[name] = self.phrase()
        self.texts[name] = self.phrase()

    def delete_article(self) -> None:
        if len(self.titles) > 1:
            name = self.pick(list(self.titles))
            del self.titles[name], self.texts[name]
            self.quotes = [quote for quote in self.quotes if quote.home != name]

    def rename_article(self) -> None:
        name = self.pick(list(self.titles))
        new = f"2024-0{self.random.randint(1, 9)}-{self.new('article')}"
        self.titles[new], self.texts[new] = self.titles.pop(name), self.texts.pop(name)
        for quote in self.quotes:
            quote.home = new if quote.home == name else quote.home

    def retitle_article(self) -> None:
        self.titles[self.pick(list(self.titles))] = self.phrase()

    def change_text(self) -> None:
        self.texts[self.pick(list(self.texts))] = self.phrase()

    def add_quote(self) -> None:
        self.quotes.append(
            Quote(
                self.new("quote"),
                self.pick([*self.speakers, "speaker-0"]),
                self.pick(list(self.sources)),
                self.pick(list(self.titles)),
                [self.phrase() for _ in range(self.random.randint(1, 2))],
                kept=self.random.choice(["", "", "kept"]),
                as_block=self.random.random() < 0.3,
                reading=self.phrase() if self.random.random() < 0.3 else "",
                topic=self.random.choice(["law", "border"]),
            )
        )

    def _quote(self) -> Quote | None:
        return self.random.choice(self.quotes) if self.quotes else None

    def change_words(self) -> None:
        if quote := self._quote():
            quote.fragments = [self.phrase() for _ in quote.fragments]

    def rename_quote(self) -> None:
        """Rename an id; half of the time the references to it are forgotten."""
        if quote := self._quote():
            old, quote.id = quote.id, self.new("quote")
            if self.random.random() < 0.5:
                for case in self.cases:
                    case.between = [quote.id if one == old else one for one in case.between]

    def move_quote(self) -> None:
        if quote := self._quote():
            quote.home = self.pick(list(self.titles))

    def keep_elsewhere(self) -> None:
        if quote := self._quote():
            quote.kept = "" if quote.kept else "kept"

    def delete_quote(self) -> None:
        if self.quotes:
            self.quotes.remove(self.random.choice(self.quotes))

    def delete_speaker(self) -> None:
        if self.speakers:
            del self.speakers[self.pick(list(self.speakers))]

    def rename_speaker(self) -> None:
        if self.speakers:
            key = self.pick(list(self.speakers))
            self.speakers[key] = (self.phrase().title(), self.random.choice(["Mayor", "Judge"]))

    def add_case(self) -> None:
        if len(self.quotes) > 1:
            one, other = self.random.sample([quote.id for quote in self.quotes], 2)
            answer = self.random.choice(["", self.pick([quote.id for quote in self.quotes])])
            self.cases.append(Case(self.new("case"), [one, other], answer, "alleged"))

    def change_case(self) -> None:
        if self.cases:
            case = self.random.choice(self.cases)
            case.status = self.random.choice(["answered", "standing"])
            case.relation = self.random.choice(["tension", "contrary"])

    def delete_case(self) -> None:
        if self.cases:
            self.cases.pop(self.random.randrange(len(self.cases)))

    def add_note(self) -> None:
        if quote := self._quote():
            self.notes[self.new("note")] = (quote.id, self.phrase())

    def change_note(self) -> None:
        if self.notes:
            key = self.pick(list(self.notes))
            self.notes[key] = (self.notes[key][0], self.phrase())

    def add_source(self) -> None:
        self.sources[self.new("paper")] = self.phrase()

    def change_source(self) -> None:
        self.sources[self.pick(list(self.sources))] = self.phrase()

    def delete_source(self) -> None:
        if len(self.sources) > 1:
            del self.sources[self.pick(list(self.sources))]

    def add_publication(self) -> None:
        if quote := self._quote():
            self.ledger.append(f"2024-02-01,{quote.id},quote,published,{'0' * 64},They,,")

    def add_revision(self) -> None:
        if quote := self._quote():
            reason = self.phrase()
            self.ledger.append(f"2024-03-01,{quote.id},quote,revised,{'1' * 64},They,,{reason}")

    def add_withdrawal(self) -> None:
        self.ledger.append(f"2024-04-01,{self.new('quote')},quote,withdrawn,,Gone,,no longer")

    def add_move(self) -> None:
        if quote := self._quote():
            self.ledger.append(f"2024-04-02,{self.new('quote')},quote,moved,,Old,{quote.id},")

    def add_verification(self) -> None:
        if quote := self._quote():
            words = [" ".join(quote.fragments)] if quote.as_block else quote.fragments
            row = [quote.id, quote.source, fingerprint(words), "a" * 64, "swh", "line 1", "2024-05"]
            self.verified.append(",".join(row))

    def do_nothing(self) -> None:
        pass

    # What stands in the files

    def files(self) -> dict[str, str]:
        found = {
            "index.md": "# Front\n\n```{toctree}\narticles/index\nannotations/index\n```\n",
            "articles/index.md": "# Articles\n\n```{toctree}\n:glob:\n\n2*\n```\n",
            "annotations/index.md": "# Registers\n\n```{toctree}\n:glob:\n\n*\n```\n",
            "annotations/speakers.md": self._speakers(),
            "annotations/cases.md": self._cases(),
            "annotations/registers.md": REGISTERS,
            "annotations/kept.md": "# Kept\n\n" + self._records("kept"),
            "references.bib": "".join(
                f"@misc{{{key}, organization={{{name}}}, date={{2024}}}}\n"
                for key, name in self.sources.items()
            ),
        }
        if self.ledger:
            rows = [",".join(LEDGER_COLUMNS), *dict.fromkeys(self.ledger)]
            found["annotations/published.csv"] = "\n".join([*rows, ""])
        if self.verified:
            rows = [",".join(CAPTURE_COLUMNS), *self.verified]
            found["annotations/captures.csv"] = "\n".join([*rows, ""])
        for name in self.titles:
            found[f"articles/{name}.md"] = self._article(name)
        return found

    def _article(self, name: str) -> str:
        lines = [f"---\ndate: {name[:7]}\n---", f"# {self.titles[name]}", "", self.texts[name], ""]
        for quote in self.quotes:
            if quote.home == name and not quote.as_block:
                lines += [
                    f'They said {{said}}`"{words}" <{quote.id}>`.' for words in quote.fragments
                ]
        first = self.quotes[0].id if self.quotes else "quote-0"
        source = sorted(self.sources)[0]
        others = sorted(self.titles)
        after = others[(others.index(name) + 1) % len(others)]
        lines += ["", f"See {{quote}}`{first}`, {{doc}}`{after}`, [](../annotations/cases.md)"]
        lines += [f"and {{cite}}`{source}`.", "", self._records(name)]
        return "\n".join(lines)

    def _records(self, place: str) -> str:
        blocks = []
        for quote in self.quotes:
            if (quote.kept or quote.home) != place:
                continue
            block = [
                f"::::{{quote}} {quote.id}",
                f":speaker: {quote.speaker}",
                f":source: {quote.source}",
                f":spoken: {quote.home[:7]}",
                f":topics: {quote.topic}",
                "",
            ]
            if quote.as_block:
                block += [" ".join(quote.fragments), ""]
            if quote.reading:
                source = next((key for key in sorted(self.sources) if key != quote.source), "x")
                block += [f":::{{reading}} {source}", quote.reading, ":::"]
            blocks.append("\n".join([*block, "::::", ""]))
        return "\n".join(blocks)

    def _speakers(self) -> str:
        blocks = [
            f":::{{speaker}} {key}\n:name: {name}\n:family: {name.split()[-1]}\n:posts: |\n:  {post}; Town; 2020/\n:::\n"
            for key, (name, post) in sorted(self.speakers.items())
        ]
        return "\n".join(["# Speakers", "", *blocks])

    def _cases(self) -> str:
        blocks = ["# Cases", ""]
        for case in self.cases:
            answered = f":answered-by: {case.answer}\n" if case.answer else ""
            blocks.append(
                f":::{{contradiction}} {case.id}\n:between: {', '.join(case.between)}\n"
                f":status: {case.status}\n:relation: {case.relation}\n{answered}\nThe case.\n:::\n"
            )
        blocks += [
            f":::{{annotation}} {key}\n:on: {on}\n\n{text}\n:::\n"
            for key, (on, text) in self.notes.items()
        ]
        return "\n".join(blocks)

    def write(self, folder: Path) -> None:
        """Write what differs, and remove what is gone."""
        files = self.files()
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name not in files and name != "conf.py":
                path.unlink()
        for name, content in files.items():
            path = folder / name
            if not path.exists() or path.read_text(encoding="utf-8") != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")


EDITS = [
    name
    for name, value in vars(Model).items()
    if callable(value)
    and name.partition("_")[0]
    in {"add", "delete", "rename", "retitle", "change", "move", "keep", "do"}
]

REGISTERS = """# All

:::{speakers}
:::
:::{quotes}
:::
:::{quotes}
:topic: law
:::
:::{contradictions}
:::
:::{annotations}
:::
:::{timeline}
:::
:::{sources}
:::
:::{corrections}
:::
:::{totals}
:::
```{bibliography}
:all:
```
"""
