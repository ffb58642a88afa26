"""The measures of what a visitor loads, in an edition of a hundred articles and in a large one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from builds import HERE
from measures import Bench
from results import Row
from vocabulary import WORDS

SMALL = 100
RANKS = {300: "a word in a tenth of the articles", 1000: "a word in a fortieth"}
"""Words by how common they are; the real ones are in every other article."""
KINDS = ("all", "plain")
KILOBYTE = 1000


def loads(bench: Bench, small: int, large: int) -> Iterator[Row]:
    """Visit an article and search for some words in both editions."""
    words = {rank: WORDS[rank] for rank in RANKS}
    found: dict[tuple[str, int], dict[str, list[float]]] = {}
    for size in (SMALL, large):
        for kind in KINDS:
            bench.whole(size, kind)
            out = bench.site(kind, size).out
            try:
                found[kind, size] = visited(out, list(words.values()))
            except LookupError as reason:
                print(f"What a visitor loads is not measured: {reason}")
                return
    visits = {"article": "an article"} | {
        words[rank]: f"a search for {what}" for rank, what in RANKS.items()
    }
    for visit, name in visits.items():
        (raw, sent), (before_raw, before) = (found["all", size][visit] for size in (large, SMALL))
        plain = found["plain", large][visit][1] / KILOBYTE
        yield Row(
            f"what a visitor loads for {name}, beside {SMALL} articles",
            f"{large:,}",
            sent / before,
            1.1,
            1.0,
            detail=f"{before / KILOBYTE:.0f} to {sent / KILOBYTE:.0f} KB under gzip, "
            f"{before_raw / KILOBYTE:.0f} to {raw / KILOBYTE:.0f} as they are; "
            f"plain {plain:.0f} under gzip",
        )


def visited(folder: Path, words: list[str]) -> dict[str, list[float]]:
    """Give what visits to a built folder load; raises `LookupError` where there is no browser."""
    done = subprocess.run(
        [sys.executable, str(HERE / "visit.py"), str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise LookupError(done.stderr.strip().splitlines()[-1])
    visits: dict[str, list[float]] = json.loads(done.stdout)
    return visits
