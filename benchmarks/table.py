"""Prints the benchmarks' table: what is measured, beside what it must be and what it could be.

Usage: ``table.py [SIZES] [--only MEASURE …] [--runs N]``. Without sizes it is
2,000 articles, grown to 10,000, and the table is kept in ``RESULTS.md``; with
others it is kept under ``_build/bench``. Measures that are not run keep their rows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import large
import measures
import profiling
import visitors
from builds import BESIDE, KINDS, beside, formats
from measures import Bench
from origins import corpus_of
from results import HERE, RESULTS, Row, add, keep

SIZES = (2000, 10_000)

REAL = "ONTHERECORD_TRANSCRIPTS"


def real(bench: Bench, small: int, large: int) -> Iterator[Row]:
    """The same on real text: the pairs of builds, of articles that transcripts are cut into."""
    folder = os.environ.get(REAL, "")
    if not folder or not Path(folder).is_dir():
        print(f"Real text is not measured: {REAL} names no folder of transcripts")
        return
    size = min(small, len(corpus_of(folder, small).names))
    record = Bench(bench.folder / "record", origin=folder, runs=bench.asked)
    for measure in (measures.whole, measures.others, measures.unchanged, measures.edited):
        for row in measure(record, size):
            yield replace(row, size=f"{row.size} of transcripts")
    record.clear(size)


MEASURES: dict[str, Callable[[Bench, int, int], Iterator[Row]]] = {
    "whole": lambda bench, small, large: measures.whole(bench, small),
    "others": lambda bench, small, large: measures.others(bench, small),
    "unchanged": lambda bench, small, large: measures.unchanged(bench, small),
    "edited": lambda bench, small, large: measures.edited(bench, small),
    "processes": lambda bench, small, large: measures.processes(bench, small),
    "growth": measures.growth,
    "large": large.things,
    "real": real,
    "citations": lambda bench, small, large: measures.citations(bench, small),
    "visitors": visitors.loads,
}


def main(arguments: list[str]) -> None:
    """Measure what is asked for, print it as it comes, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="articles: the size, and the large one")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    parser.add_argument("--runs", type=int, default=0, help="times that each build is run")
    parser.add_argument("--transcripts", help=f"a folder of real text, else that of {REAL}")
    parser.add_argument("--profile", action="store_true", help="profile our whole build instead")
    chosen = parser.parse_args(arguments)
    if chosen.profile:
        profiling.main(list(map(str, chosen.sizes or SIZES[:1])))
        return
    if chosen.transcripts:
        os.environ[REAL] = chosen.transcripts
    sizes = tuple(chosen.sizes) or SIZES
    if beside() == sys.executable:
        print(f"No environment at {BESIDE}: plain is built in this one, without PyStemmer")
    text = ""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), runs=chosen.runs)
        # What is compiled once is compiled before anything is measured.
        bench.whole(5, *(kind for kind in KINDS if measures.has(KINDS[kind])))
        for name in chosen.only:
            rows = []
            for row in MEASURES[name](bench, sizes[0], sizes[-1]):
                rows.append(row)
                print(" | ".join(filter(None, row.cells())), flush=True)
            if rows:  # Kept at once, so that a run that is broken off leaves what it found.
                text = kept(sizes, name, rows)
    print(f"\n{text}")


def kept(sizes: tuple[int, ...], group: str, rows: list[Row]) -> str:
    """Keep a group of rows with those of other runs at these sizes, and give the table."""
    at = "-".join(map(str, sizes))
    file = RESULTS if sizes == SIZES else HERE.parent / "_build" / "bench" / at / "RESULTS.md"
    note = (
        "Bold: not what it must be. Seconds are of CPU, of all processes. "
        f"All exports are {', '.join(formats('standard'))}."
    )
    text = f"{add(group, rows, MEASURES, file)}\n\n{note}"
    keep("archive", text, file)
    return text


if __name__ == "__main__":
    main(sys.argv[1:])
