"""Says where the time of a whole build goes: the functions with the most of their own.

Usage: ``profiling.py COUNT [LARGER] [--kind KIND] [--from ORIGIN] [--top N] [--cumulative]``.
With a second size it says with which power each function's time grew.
"""

from __future__ import annotations

import argparse
import pstats
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from builds import KINDS, Built
from figures import exponent


@dataclass(frozen=True, slots=True)
class Function:
    """What one function took, in all its calls."""

    name: str
    calls: int
    own: float
    """Seconds without those of what it called."""
    whole: float
    """Seconds with them."""


def profile(site: Built) -> list[Function]:
    """Build a site from nothing under the profiler."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile"
        site.whole(launch=("--profile", str(file)))
        return read(file)


def read(file: Path) -> list[Function]:
    """Read what the profiler wrote."""
    entries = pstats.Stats(str(file)).stats  # type: ignore[attr-defined]
    return [
        Function(_name(*place), calls, own, whole)
        for place, (_primitive, calls, own, whole, _callers) in entries.items()
    ]


def _name(file: str, line: int, function: str) -> str:
    short = "/".join(Path(file).parts[-3:]) if line else ""
    return f"{short}:{line} {function}" if line else function


def main(arguments: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--kind", choices=KINDS, default="pages")
    parser.add_argument("--from", dest="origin", default="")
    parser.add_argument("--top", type=int, default=10)
    parser.add_argument(
        "--steeper",
        type=float,
        default=None,
        metavar="POWER",
        help="only functions whose calls grew with a higher power",
    )
    parser.add_argument("--cumulative", action="store_true", help="count what was called too")
    chosen = parser.parse_args(arguments)
    found: list[dict[str, Function]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen.sizes:
            site = Built(KINDS[chosen.kind], chosen.origin, size, Path(folder))
            found.append({one.name: one for one in profile(site)})
    print(top(found, chosen.sizes, chosen.top, whole=chosen.cumulative, steeper=chosen.steeper))


def top(
    found: list[dict[str, Function]],
    sizes: list[int],
    number: int,
    *,
    whole: bool = False,
    steeper: float | None = None,
) -> str:
    """Give the functions that take most at the last size, and how their time and calls grew.

    Calls are the same in every run, and so say of growth what a few seconds cannot.
    """

    def seconds(one: Function) -> float:
        return one.whole if whole else one.own

    def grew(before: float, after: float) -> float | None:
        if len(found) < 2 or before <= 0 or after <= 0:
            return None
        return exponent(before, after, sizes[-1] / sizes[0])

    lines = ["| s | grew | calls | grew | function |", "|---|---|---|---|---|"]
    rows = []
    for one in sorted(found[-1].values(), key=seconds, reverse=True):
        before = found[0].get(one.name)
        in_time = grew(seconds(before), seconds(one)) if before else None
        in_calls = grew(before.calls, one.calls) if before else None
        if steeper is None or (in_calls is not None and in_calls > steeper):
            rows.append(
                f"| {seconds(one):.2f} | {_said(in_time)} | {one.calls:,} | {_said(in_calls)} "
                f"| `{one.name}` |"
            )
    total = sum(one.own for one in found[-1].values())
    end = f"\n{total:.1f} s in all under the profiler, at {sizes[-1]:,}"
    return "\n".join([*lines, *rows[:number], end])


def _said(power: float | None) -> str:
    return "" if power is None else f"{power:.2f}"


if __name__ == "__main__":
    main(sys.argv[1:])
