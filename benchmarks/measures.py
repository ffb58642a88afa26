"""The measures of builds, whole and again: ours beside plain Sphinx and other extensions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from builds import HERE, KINDS, Built, alternately, environment, has
from figures import exponent, middle, ratio
from measured import Cost
from results import Row

FEW, SOME = 500, 4000
"""Sizes up to which builds are run five times, and three; larger ones are steady."""


class Bench:
    """The sites of one run, each made and built from nothing once, whatever asks for it."""

    def __init__(self, folder: Path, *, origin: str = "", runs: int = 0) -> None:
        """Take a folder to work in, where the articles come from, and how often to run if told."""
        self.folder = folder
        self.origin = origin
        self.asked = runs
        self._built: dict[tuple[str, int], Built] = {}
        self._costs: dict[tuple[str, int], list[Cost]] = {}

    def runs(self, size: int) -> int:
        """Give how often builds of a size are run."""
        return self.asked or (5 if size <= FEW else 3 if size <= SOME else 1)

    def site(self, kind: str, size: int) -> Built:
        """Give a site, its sources written."""
        key = (kind, size)
        if key not in self._built:
            self._built[key] = Built(KINDS[kind], self.origin, size, self.folder)
        return self._built[key]

    def whole(self, size: int, *kinds: str) -> dict[str, list[Cost]]:
        """Give the costs of whole builds, those that are not known yet run alternately."""
        new = [self.site(kind, size) for kind in kinds if (kind, size) not in self._costs]
        for kind, costs in alternately(new, self.runs(size)).items():
            self._costs[kind, size] = costs
        return {kind: self._costs[kind, size] for kind in kinds}

    def clear(self, size: int) -> None:
        """Remove the folders of a size."""
        for _kind, count in [key for key in self._built if key[1] == size]:
            self._built.pop((_kind, count)).remove()


def cpu(costs: list[Cost]) -> list[float]:
    """Give the CPU seconds of some runs."""
    return [one.cpu for one in costs]


def memory(costs: list[Cost]) -> list[float]:
    """Give the peaks of memory of some runs."""
    return [one.memory for one in costs]


def beside(figures: dict[str, list[float]], unit: str) -> str:
    """Say the figures behind a ratio, by kind of build."""
    return ", ".join(f"{kind} {middle(runs):.1f}" for kind, runs in figures.items()) + f" {unit}"


def whole(bench: Bench, size: int) -> Iterator[Row]:
    """Whole builds beside plain Sphinx, with the pages alone and with all that can be published."""
    costs = bench.whole(size, "pages", "all", "parquet", "bare", "plain", "settings")
    seconds = {kind: cpu(found) for kind, found in costs.items()}
    at = f"{size:,}"
    for kind, name, must, reach in (
        ("pages", "whole build", 0.7, 0.5),
        ("all", "whole build, citation pages and all exports", 0.8, 0.6),
        ("parquet", "whole build, the same and Parquet", None, None),
        ("bare", "whole build, without registers", None, None),
    ):
        yield Row(
            name,
            at,
            ratio(seconds[kind], seconds["plain"]),
            must,
            reach,
            ratio(seconds[kind], seconds["settings"]),
            beside({one: seconds[one] for one in (kind, "plain", "settings")}, "s"),
        )
    for kind, what, must, reach in (
        ("pages", "whole build", 0.7, 0.5),
        ("all", "whole build, with all", 0.8, 0.6),
    ):
        written = bench.whole(size, kind, "by-hand")
        seconds = {one: cpu(found) for one, found in written.items()}
        yield Row(
            f"{what}, beside {KINDS['by-hand'].shown}",
            at,
            ratio(seconds[kind], seconds["by-hand"]),
            must,
            reach,
            detail=beside(seconds, "s"),
        )
    yield from peaks(bench, size)


def peaks(bench: Bench, size: int) -> Iterator[Row]:
    """The largest process of a whole build."""
    costs = bench.whole(size, "pages", "all", "plain", "settings")
    peak = {kind: memory(found) for kind, found in costs.items()}
    for kind, name in (("pages", "peak memory"), ("all", "peak memory, citation pages, exports")):
        yield Row(
            name,
            f"{size:,}",
            ratio(peak[kind], peak["plain"]),
            1.1,
            1.0,
            ratio(peak[kind], peak["settings"]),
            beside({one: peak[one] for one in (kind, "plain", "settings")}, "MB"),
        )


def others(bench: Bench, size: int) -> Iterator[Row]:
    """Whole builds beside the other extensions that know objects or citations."""
    for kind in ("needs", "bibtex", "by-hand-bibtex"):
        if not has(KINDS[kind]):
            print(f"{KINDS[kind].shown} is not installed beside, and not measured")
            continue
        for mine in ("pages", "all"):
            costs = bench.whole(size, mine, kind)
            seconds = {one: cpu(found) for one, found in costs.items()}
            what = "whole build" if mine == "pages" else "whole build, with all"
            yield Row(
                f"{what}, beside {KINDS[kind].shown}",
                f"{size:,}",
                ratio(seconds[mine], seconds[kind]),
                0.4,
                0.3,
                detail=beside(seconds, "s"),
            )


def growth(bench: Bench, small: int, large: int) -> Iterator[Row]:
    """How whole builds grow, and what they hold in memory when they are large."""
    kinds = ("pages", "all", "plain", "settings")
    grown = {}
    seconds = {}
    for kind in kinds:
        costs = [middle(cpu(bench.whole(size, kind)[kind])) for size in (small, large)]
        grown[kind] = exponent(*costs, large / small)
        seconds[kind] = costs
    for kind, name in (("pages", "growth"), ("all", "growth, citation pages and all exports")):
        yield Row(
            f"{name}: exponent",
            f"{small:,} to {large:,}",
            grown[kind],
            grown["plain"] + 0.05,
            grown["plain"],
            detail=f"plain {grown['plain']:.2f}, settings {grown['settings']:.2f}; "
            + ", ".join(
                f"{one} {seconds[one][0]:.1f} to {seconds[one][1]:.1f} s" for one in (kind, "plain")
            ),
        )
    yield from peaks(bench, large)


def unchanged(bench: Bench, size: int) -> Iterator[Row]:
    """Builds when nothing has changed."""
    kinds = ("pages", "all", "plain", "settings")
    bench.whole(size, *kinds)
    seconds: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(bench.runs(size)):
        for kind in kinds:
            seconds[kind].append(bench.site(kind, size).again().cpu)
    for kind, name in (("pages", "nothing changed"), ("all", "nothing changed, with all")):
        yield Row(
            name,
            f"{size:,}",
            ratio(seconds[kind], seconds["plain"]),
            0.6,
            0.4,
            ratio(seconds[kind], seconds["settings"]),
            beside({one: seconds[one] for one in (kind, "plain", "settings")}, "s"),
        )


def edited(bench: Bench, size: int) -> Iterator[Row]:
    """Builds after an edit of one article: in its prose, then in a quote's words."""
    kinds = ("pages", "all", "plain", "settings")
    bench.whole(size, *kinds)
    for quote, what in ((False, "one article's words edited"), (True, "one quote's words edited")):
        seconds: dict[str, list[float]] = {kind: [] for kind in kinds}
        search: dict[str, list[float]] = {kind: [] for kind in kinds}
        for turn in range(bench.runs(size)):
            # Another article each time, and others for quotes than for prose.
            name = f"a{size // (4 if quote else 2) + turn:05}"
            for kind in kinds:
                site = bench.site(kind, size)
                site.edit(name, "edited", quote=quote)
                if kind in {"pages", "all"}:
                    cost, spent = site.searched()
                    seconds[kind].append(cost.cpu - spent)
                    search[kind].append(spent)
                else:
                    seconds[kind].append(site.again().cpu)
        for kind, more in (("pages", ""), ("all", ", with all")):
            yield Row(
                f"{what}{more}",
                f"{size:,}",
                ratio(seconds[kind], seconds["plain"]),
                None if quote else 1.2,
                None if quote else 1.0,
                ratio(seconds[kind], seconds["settings"]),
                beside({one: seconds[one] for one in (kind, "plain", "settings")}, "s")
                + f"; Pagefind {middle(search[kind]):.1f} s apart",
            )


def processes(bench: Bench, size: int) -> Iterator[Row]:
    """Whole builds in two processes beside one, by the clock."""
    busy = os.getloadavg()[0]
    for kind, name in (("pages", "-j 2 beside -j 1"), ("all", "-j 2 beside -j 1, with all")):
        site = bench.site(kind, size)
        walls: dict[str, list[float]] = {"-j 1": [], "-j 2": []}
        for _ in range(bench.runs(size)):
            for number in ("1", "2"):
                walls[f"-j {number}"].append(site.whole("-j", number).wall)
        yield Row(
            f"{name}, times faster by the clock",
            f"{size:,}",
            ratio(walls["-j 1"], walls["-j 2"]),
            1.25,
            1.5,
            detail=beside(walls, "s") + f"; load before {busy:.1f}",
            most=False,
        )


def citations(bench: Bench, size: int) -> Iterator[Row]:
    """Citations in all styles, for varied records."""
    done = subprocess.run(
        [sys.executable, str(HERE / "citing.py"), "--ours"],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    first, again, shapes, styles = json.loads(done.stdout)
    yield Row(
        f"citations in {styles} styles, a record",
        "10,000",
        first,
        1.0,
        detail=f"{again:.2f} ms once the {shapes} shapes are known",
        unit=" ms",
    )
