"""An edition made up to be hard to set: dense, long, many-sided, and in several scripts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from conftest import CONF, EXTENSION, Project
from ontherecord.evidence.ledger import COLUMNS

STATEMENTS = 450
ON_A_PAGE = 200
KINDS = ("negation", "figures", "facts", "characterisation", "scope", "reversal", "attribution")
STATUSES = ("alleged", "answered", "reconciled", "conceded", "retracted", "standing")
TOPICS = ("the library", "the bridge", "water and roads", "schools; the library", "money")
NOTE_TYPES = ("context", "definition", "correction", "source", "translation")
SOURCES = ("herald", "post", "wire", "gazette", "record", "assembly")

PEOPLE = {
    "ann": "Ann Arden",
    "bob": "Bob Birch",
    "carla": "Carla Cole",
    "long": "Her Excellency Maria Theresia Wilhelmine Anastasia von Hohenfels-Untersteinbach zu Oberwaldenburg",
    "unbroken": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "dina": "دينا الحسيني",
    "omer": "עומר לוי",
    "official": "An official of the Department of Bridges, Roads, Waterways and Other Crossings",
}
KIND_OF_SPEAKER = {"unbroken": "organisation", "official": "unnamed"}

TALK = (
    "the library stays open until the council has heard everyone who wants to speak about it and "
    "nobody here has ever said that money was the reason because there is enough for this year and "
    "the next but not for a bridge that was promised before we knew what it would cost to build"
)
WORDS = TALK.split()


def sentence(chance: random.Random, least: int = 4, most: int = 18) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(least, most))]
    return " ".join(words).capitalize()


def edition(folder: Path, theme: str) -> Project:
    """Write it. The same words come out each time."""
    project = Project(folder)
    chance = random.Random(7)
    conf = CONF.format(extension=str(EXTENSION)).replace('"basic"', f'"{theme}"')
    project.put("conf.py", conf + f'record_register_page_size = {ON_A_PAGE}\nlanguage = "en"\n')
    project.put("references.bib", "".join(bibliography()))
    project.put("index.md", INDEX)
    project.put("registers/speakers.md", speakers())
    for name in ("quotes", "contradictions", "annotations", "timeline", "sources", "corrections"):
        project.put(f"registers/{name}.md", f"# Register of {name}\n\n:::{{{name}}}\n:::\n")
    statements = (f"{name}-{number}" for number in range(STATEMENTS) for name in [person(number)])
    dense = list(islice(statements, 40))
    project.put("articles/dense.md", dense_article(chance, dense))
    project.put("articles/plain.md", PLAIN)
    project.put("articles/scripts.md", SCRIPTS)
    number = 0
    while identifiers := list(islice(statements, 40)):
        number += 1
        project.put(f"articles/more-{number}.md", article(chance, number, identifiers))
    project.put("registers/cases.md", cases(dense))
    project.put("annotations/published.csv", ledger(dense[0]))
    return project


def person(number: int) -> str:
    """Give who speaks: most is said by a few."""
    return ("ann", "bob", "carla", "official", "ann", "long", "bob", "unbroken", "ann")[number % 9]


def bibliography() -> Iterator[str]:
    for source in SOURCES:
        yield (
            f"@misc{{{source}, organization = {{The {source.title()}}}, "
            f"shorttitle = {{The {source.title()} of a town with a long name, evening edition}}, date = {{2024-06-30}}, "
            f"title = {{A title in The {source.title()} that goes on for rather longer than most}}, "
            f"witness = {{report}}, url = {{https://{source}.example/a/path/that-does-not-break}}}}\n"
        )


def speakers() -> str:
    records = [
        f":::{{speaker}} {name}\n:name: {full}\n:kind: {KIND_OF_SPEAKER.get(name, 'person')}\n"
        f":posts: |\n:  Member of the Council; Town; 2020/2023\n:  Mayor; Town; 2024/2026\n:::\n"
        for name, full in PEOPLE.items()
    ]
    return "# Speakers\n\n" + "\n".join(records) + "\n## All of them\n\n:::{speakers}\n:::\n"


def quote(number: int, identifier: str, *options: str) -> str:
    """Give a record without words of its own, which are in its mark."""
    lines = [
        f":speaker: {identifier.rpartition('-')[0]}",
        f":source: {SOURCES[number % len(SOURCES)]}",
        f":spoken: 2024-{number % 4 + 1:02}-{number % 28 + 1:02}",
        f":topics: {TOPICS[number % len(TOPICS)]}",
        *options,
    ]
    return "\n".join([f"\n::::{{quote}} {identifier}", *lines, "::::"])


def number_of(identifier: str) -> int:
    return int(identifier.rpartition("-")[2])


def dense_article(chance: random.Random, identifiers: list[str]) -> str:
    """Give five paragraphs of eight quotes, with six editor's notes, some of them long."""
    text = ["---\ndate: 2024-05-01\n---\n# Forty statements in five paragraphs\n"]
    for start in range(0, len(identifiers), 8):
        parts = []
        for identifier in identifiers[start : start + 8]:
            parts.append(
                f"{sentence(chance, 3, 7)}, {{said}}`“{sentence(chance)}” <{identifier}>`."
            )
        if start < 24:
            for half in (0, 1):
                parts.insert(
                    2 + 4 * half, f"{{passage}}`A passage <note-{start + half}>` is noted."
                )
        text.append("\n" + "\n".join(parts))
    text += [
        quote(number_of(one), one, ":place: Town Hall", ":to: the press") for one in identifiers
    ]
    for order, start in enumerate((0, 8, 16)):
        for half in (0, 1):
            words = " ".join(sentence(chance, 12, 20) + "." for _ in range(9 if half else 1))
            text.append(
                f"\n:::{{annotation}} note-{start + half}\n"
                f":type: {NOTE_TYPES[2 * order % 5]}\n:editor: The editors\n\n{words}\n:::"
            )
    return "\n".join(text) + "\n"


def article(chance: random.Random, number: int, identifiers: list[str]) -> str:
    text = [f"---\ndate: 2024-06-{number:02}\n---\n# Report number {number}\n"]
    for identifier in identifiers:
        text.append(
            f"\n{sentence(chance, 8, 14)}, said {{speaker}}`{identifier.rpartition('-')[0]}`: "
            f"{{said}}`“{sentence(chance)}” <{identifier}>`."
        )
    text += [quote(number_of(one), one) for one in identifiers]
    return "\n".join(text) + "\n"


def cases(dense: list[str]) -> str:
    """Give contradictions of two, three and seven sides, of every kind and status."""
    sides = [
        dense[0:2],
        dense[2:5],
        dense[5:12],
        *([a, b] for a, b in zip(dense[12:22], dense[22:32], strict=True)),
    ]
    text = ["# Cases\n"]
    for number, between in enumerate(sides[: len(KINDS) + 3]):
        relation = "tension" if number == 4 else "contrary"
        status = STATUSES[number % len(STATUSES)]
        answer = f":answered-by: {dense[-1 - number]}\n" if status == "answered" else ""
        text.append(
            f":::{{contradiction}} case-{number}\n:between: {', '.join(between)}\n"
            f":kind: {KINDS[number % len(KINDS)]}\n:relation: {relation}\n:status: {status}\n{answer}"
            f":history: |\n:  2024-06-02 alleged: in the chamber\n\nWhat each said of it.\n:::\n"
        )
    return "\n".join(text)


def ledger(kept: str) -> str:
    """Give two identifiers that are gone: one withdrawn, one moved."""
    mark = "0" * 64
    rows = [
        ("2024-06-01", "gone-words", "quote", "published", mark, "Ann Arden, “Gone.”", "", ""),
        (
            "2024-06-09",
            "gone-words",
            "quote",
            "withdrawn",
            "",
            "Ann Arden, “Gone.”",
            "",
            "Never said",
        ),
        ("2024-06-01", "old-name", "quote", "published", mark, "Ann Arden, “Moved.”", "", ""),
        ("2024-06-09", "old-name", "quote", "moved", "", "Ann Arden, “Moved.”", kept, "Clearer"),
    ]
    return "\n".join(",".join(row) for row in [COLUMNS, *(map(quoted, row) for row in rows)]) + "\n"


def quoted(value: str) -> str:
    return f'"{value}"' if "," in value else value


INDEX = """
# A hard edition

```{toctree}
:glob:

articles/*
registers/*
```
"""

PLAIN = """
---
date: 2024-05-02
---
# A report that quotes nobody

Nobody is quoted here.

## A part

1. One thing
2. Another

| what | how many |
|---|---|
| books | 12,000 |

> Set in, and nobody's words.
"""

SCRIPTS = """
---
date: 2024-05-03
---
# Three paragraphs, and two scripts

A long statement, of three paragraphs:

::::{quote} long-three
:speaker: long
:source: assembly
:spoken: 2024-05-03
:topics: the library

The library stays open until everyone has spoken. That is what we promised, and what we shall do.

It has enough for this year and the next. Nobody here has ever said that money was the reason.

A bridge is another matter, and another day's.

:::{reading} herald
The library stays open until everyone has spoken.
:::
:::{reading} post
The library remains open until everyone has spoken. […] A bridge is another matter.
:::
::::

In Arabic {said}`«المكتبة ستبقى مفتوحة حتى يتكلم الجميع، ولن نغلقها أبداً» <dina-open>` was said, and in
Hebrew {said}`"הספרייה תישאר פתוחה עד שכולם ידברו" <omer-open>` was answered, in 2024 (first).

:::{quote} dina-open
:speaker: dina
:source: wire
:spoken: 2024-05-03
:lang: ar
:translation: The library stays open until everyone has spoken, and we shall never close it.
:::

:::{quote} omer-open
:speaker: omer
:source: wire
:spoken: 2024-05-03
:lang: he
:translation: The library will stay open until everyone has spoken.
:::

:::{quote} dina-block
:speaker: dina
:source: gazette
:spoken: 2024-05-03
:lang: ar
:translation: There is money for this year.

هناك مال يكفي لهذا العام والعام القادم، أما الجسر فمسألة أخرى.
:::
"""
