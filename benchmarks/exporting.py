"""What each export costs: CPU and memory, beside what ``edition.json`` costs, and how it grows.

The editions are values: nothing is built, and what is measured is the exports alone.
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from corpus import WORDS, sentence
from ontherecord.edition import Edition
from ontherecord.exchange.format import export, known
from ontherecord.imprint import Imprint, Page
from ontherecord.packed import pack
from ontherecord.records import (
    Annotation,
    Block,
    Contradiction,
    Document,
    Mark,
    Origin,
    Part,
    Post,
    Quote,
    Reading,
    Source,
    Speaker,
)

SIZES = (1000, 10_000)
"""Numbers of quotes."""
QUOTES = 7
"""Quotes of an article, as in the corpus that is built."""
TOGETHER = "all"


def article(number: int, count: int) -> Document:
    """Give an article of seven quotes, a contradiction and a note, like `corpus.article`."""
    random_ = random.Random(number)
    speakers = max(1, count // 5)
    day = f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    name = f"articles/a{number:05}"
    blocks, marks = [], []
    records: list[Quote | Contradiction | Annotation] = []
    for index in range(QUOTES):
        said = sentence(random_, 8, 20)
        identifier, anchor, line = f"q{number}-{index}", f"p{index + 1}", 10 * index + 6
        parts = (
            Part("text", f"{sentence(random_, 15, 25)} They said: “"),
            Part("text", said),
            Part("text", f"” {sentence(random_, 5, 12)}"),
        )
        blocks.append(Block(anchor, parts))
        marks.append(Mark("said", identifier, line, said, anchor, 1, 2, 1))
        readings = ()
        if random_.random() < 0.1:
            other = said.replace(said.split()[3], "other", 1)
            readings = (Reading(f"b{(number + 1) % count}", other, line + 5),)
        records.append(
            Quote(
                id=identifier,
                origin=Origin(name, line + 2, "", line + 8),
                speaker=f"s{int(speakers * random_.random() ** 2)}",
                source=f"b{number}",
                spoken=day,
                topics=(random_.choice(WORDS),),
                readings=readings,
            )
        )
    records.append(
        Contradiction(
            f"c{number}",
            Origin(name, 90, "", 95),
            (f"q{number}-0", f"q{number}-1"),
            kind="facts",
            text=sentence(random_, 8, 14),
        )
    )
    on = f"q{number}-2"
    records.append(
        Annotation(f"n{number}", Origin(name, 97, "", 99), on, text=sentence(random_, 8, 14))
    )
    return Document(
        name,
        sentence(random_, 5, 9),
        day,
        records=tuple(records),
        marks=tuple(marks),
        packed_blocks=pack(blocks),
    )


def edition(quotes: int) -> Edition:
    """Give an edition of about so many quotes, the same one every time."""
    count = math.ceil(quotes / QUOTES)
    documents = {one.docname: one for one in (article(number, count) for number in range(count))}
    speakers = tuple(
        Speaker(
            f"s{number}",
            Origin("speakers", number * 5 + 1),
            f"Speaker {number}",
            family=str(number),
            posts=(Post("Member", "Committee", "2000/2010"), Post("Chair", "Court", "2011/")),
        )
        for number in range(max(1, count // 5))
    )
    documents["speakers"] = Document("speakers", "Speakers", records=speakers)
    sources = {
        f"b{number}": Source(
            f"b{number}",
            "misc",
            (),
            (
                ("organization", f"Paper {number}"),
                ("title", f"Report {number}"),
                ("date", "2030"),
                ("url", f"https://paper.example/{number}"),
            ),
        )
        for number in range(count)
    }
    imprint = Imprint(
        title="Corpus",
        editors=("The editors",),
        version="1.0",
        date="2024-06-01",
        address="https://edition.example/",
        licence="CC-BY-4.0",
        pages={
            name: Page(one.title, f"{name}.html", f"{name}.md") for name, one in documents.items()
        },
    )
    return Edition(documents, sources, imprint=imprint)


def measure(name: str, quotes: int, *, traced: bool) -> dict[str, float]:
    """Give the CPU seconds of one export, or its peak of memory, and how much it wrote."""
    made = edition(quotes)
    # What the Edition keeps once it was asked is its own, whatever format asks first.
    for quote in made.quotes.values():
        made.label(quote)
        made.home(quote)
    known()
    names = list(formats()) if name == TOGETHER else [name]
    with tempfile.TemporaryDirectory() as folder:
        resident = getrusage(RUSAGE_SELF).ru_maxrss
        if traced:
            tracemalloc.start()
        begin = time.process_time()
        written = export(made, Path(folder), names)
        spent = time.process_time() - begin
        peak = tracemalloc.get_traced_memory()[1] / 1e6 if traced else 0.0
        return {
            "seconds": spent,
            "traced": peak,
            "resident": (getrusage(RUSAGE_SELF).ru_maxrss - resident) / 1024,
            "megabytes": sum((Path(folder) / path).stat().st_size for path in written) / 1e6,
            "files": len(written),
        }


def measured(name: str, quotes: int) -> dict[str, float]:
    """Measure in a process of its own, so that none finds what another has loaded or kept."""
    found: dict[str, float] = {}
    for traced in ("", "traced"):
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(quotes), traced],
            check=True,
            capture_output=True,
            text=True,
        )
        one = json.loads(done.stdout)
        # Tracing slows what it traces: seconds are of the run without it.
        found |= {"traced": one["traced"]} if traced else one
    return found


def formats() -> list[str]:
    """Give the names of the formats that can be made here, that of ``edition.json`` first."""
    names = [name for name, one in known().items() if one.is_available]
    return sorted(names, key=lambda name: (name != "json", name))


def main() -> None:
    """Print the table of `RESULTS.md`."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(
        "| format | quotes | files | MB | CPU, s | times json | peak of Python, MB "
        "| resident, MB more | growth |\n|---|---|---|---|---|---|---|---|---|"
    )
    beside: dict[int, float] = {}
    for name in (*formats(), TOGETHER):
        before = (0, 0.0)
        for size in sizes:
            found = measured(name, size)
            seconds = found["seconds"]
            beside.setdefault(size, seconds)
            growth = ""
            if before[0]:
                growth = f"{math.log(seconds / before[1]) / math.log(size / before[0]):.2f}"
            before = (size, seconds)
            print(
                f"| {name} | {size} | {found['files']:.0f} | {found['megabytes']:.1f} "
                f"| {seconds:.2f} | {seconds / beside[size]:.1f} | {found['traced']:.1f} "
                f"| {found['resident']:.0f} | {growth} |",
                flush=True,
            )
    missing = [name for name, one in known().items() if not one.is_available]
    if missing:
        print(f"\nNot installed: {', '.join(missing)}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]), traced=sys.argv[4] != "")))
    else:
        main()
