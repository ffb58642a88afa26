"""The measures of what is large: whether its cost is linear, and how large its pages are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builds import KINDS, Built
from figures import added_exponent, middle
from measures import Bench
from results import Row
from special import A_CASE, A_SPEAKER, AN_ARTICLE

LINEAR = 1.1
"""An exponent up to which growth counts as linear; the rest is what measuring leaves open."""
MEGABYTE = 1_000_000

SHOWN = {
    AN_ARTICLE: "an article of {:,} quotes",
    A_CASE: "a contradiction of {:,} quotes",
    A_SPEAKER: "a speaker of {:,} quotes",
}
TARGETS = {AN_ARTICLE: 1000, A_CASE: 200, A_SPEAKER: 20_000}


def targets(large: int) -> dict[str, int]:
    """Give how large each thing is; where all that is built is small, a speaker is too."""
    return TARGETS | {A_SPEAKER: min(TARGETS[A_SPEAKER], 2 * large)}


def things(bench: Bench, small: int, large: int) -> Iterator[Row]:
    """Build each thing at three sizes, each twice the one before, and its own among them."""
    for what, target in targets(large).items():
        # Twice a speaker's is what only hours would show; of a few quotes, half shows nothing.
        first = target // (4 if what == A_SPEAKER else 2)
        sizes = (first, first * 2, first * 4)
        built = [Built(KINDS["all"], what, size, bench.folder / what) for size in sizes]
        costs: dict[int, list[float]] = {size: [] for size in sizes}
        for _ in range(bench.runs(target // 10)):
            for one in built:
                costs[one.count].append(one.whole().cpu)
        seconds = [middle(costs[size]) for size in sizes]
        path, most = largest(built[sizes.index(target)].out)
        for one in built:
            one.remove()
        name = SHOWN[what].format(target)
        yield Row(
            f"{name}: exponent of what is added",
            ", ".join(f"{size:,}" for size in sizes),
            added_exponent(seconds),
            LINEAR,
            1.0,
            detail=", ".join(f"{one:.1f}" for one in seconds)
            + " s, citation pages and exports too",
        )
        yield Row(
            f"{name}: largest page",
            f"{target:,}",
            most / MEGABYTE,
            1.0,
            detail=path,
            unit=" MB",
        )


def largest(folder: Path) -> tuple[str, int]:
    """Give the path and the bytes of the largest page."""
    pages = ((path.stat().st_size, path) for path in folder.rglob("*.html"))
    size, path = max(pages)
    return path.relative_to(folder).as_posix(), size
