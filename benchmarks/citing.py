"""What formatted citations cost, beside citeproc-py itself, in one run.

Ours is the time a record for all five styles and the first note, over an edition
of varied records, the styles' loading included; citeproc-py's is that of the same
styles, loaded before, on a sample. Costs are CPU seconds.
"""

from __future__ import annotations

import json
import random
import sys
import time

from ontherecord.citing import STYLES, Citations, Item, Name, csl, name_of
from ontherecord.citing.processor import Processor

RECORDS = 10_000
SAMPLE = 60
WORDS = "there will be no mass deportations everything we do is done legally and in order".split()
GIVEN = ["John F.", "Ann", "Jean-Paul", "Rosa Maria", "Xiao", "Marcelo", "Rex W.", "Ludwig van"]
FAMILY = ["Kelly", "Arden", "Peña Nieto", "O'Neil", "García", "Ebrard", "Müller", "Trần"]
BODIES = ["The White House", "a spokesman", "Foreign Ministry", "the delegation"]


def speaker(random_: random.Random) -> Name:
    """Give a name of one of the kinds that there are."""
    if random_.random() < 0.2:
        return Name(literal=random_.choice(BODIES))
    family = random_.choice(FAMILY)
    suffix = " Jr." if random_.random() < 0.03 else ""
    return name_of(f"{random_.choice(GIVEN)} {family}{suffix}", family)


def date(random_: random.Random) -> str:
    """Give a day, or what is known of one."""
    year, month = random_.randint(1950, 2026), random_.randint(1, 12)
    kind = random_.random()
    if kind < 0.05:
        return random_.choice(["", f"{year}", f"{year}~", "from spring"])
    if kind < 0.15:
        return f"{year}-{month:02}" + random_.choice(["", "~", "?"])
    day = f"{year}-{month:02}-{random_.randint(1, 28):02}"
    return f"{day}/{year + 1}" if kind < 0.17 else day


def records(count: int) -> list[Item]:
    """Give the records of an edition."""
    random_ = random.Random(1)
    made = []
    for number in range(count):
        words = " ".join(random_.choices(WORDS, k=random_.randint(2, 20)))
        made.append(
            Item(
                id=f"record-{number}",
                type="chapter",
                title=f"{words}{random_.choice(['.', '.', '.', '?', '!', '…', '', '.”'])}",
                authors=tuple(speaker(random_) for _ in range(random_.choice([1] * 18 + [2, 3]))),
                words=words,
                container="On the Record",
                version="0.1.0",
                issued="2026-11-24",
                original=date(random_),
                address=f"https://ontherecord.example/cite/record-{number}.html",
            )
        )
    return made


def ours(items: list[Item]) -> tuple[float, float, int]:
    """Give the milliseconds a record from nothing, those once shapes are known, and the shapes."""
    begin = time.process_time()
    citations = Citations("en")
    for item in items:
        citations.format(item)
    first = time.process_time() - begin
    begin = time.process_time()
    for item in items:
        citations.format(item)
    again = time.process_time() - begin
    return first / len(items) * 1000, again / len(items) * 1000, citations.shapes


def direct(items: list[Item]) -> float:
    """Give the milliseconds a record that citeproc-py takes, its styles loaded before."""
    processors = [(style, Processor(style.file, "en")) for style in STYLES]
    begin = time.process_time()
    for item in items:
        data = csl(item)
        for style, processor in processors:
            processor.reference(data)
            if style.has_notes:
                processor.reference(data, note=True)
    return (time.process_time() - begin) / len(items) * 1000


def main() -> None:
    """Print the table of `RESULTS.md`, or the milliseconds a record alone as JSON."""
    items = records(RECORDS)
    first, again, shapes = ours(items)
    if sys.argv[1:] == ["--ours"]:
        print(json.dumps([first, again, shapes, len(STYLES)]))
        return
    beside = direct(items[:SAMPLE])
    print("| five styles and a note | ms a record | ratio |\n|---|---|---|")
    print(f"| citeproc-py, a sample of {SAMPLE} | {beside:.2f} | 1 |")
    print(f"| ours, {RECORDS:,} records from nothing | {first:.3f} | {first / beside:.4f} |")
    print(f"| ours, once the shapes are known | {again:.3f} | {again / beside:.4f} |")
    print(f"\n{shapes} shapes")


if __name__ == "__main__":
    main()
