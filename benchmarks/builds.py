"""Kinds of build that are measured beside each other, and their folders while they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from measured import Cost, run

HERE = Path(__file__).resolve().parent
BESIDE = HERE.parent / ".venv-beside" / "bin" / "python"
"""An environment with what pip brings for the plain site and the other extensions; see Makefile."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A site, and how it is built."""

    name: str
    site: str
    shown: str
    options: tuple[str, ...] = ()
    ours: bool = False
    """Whether it runs in our environment, else in the one beside it."""
    plain: bool = True
    """Whether it has the stemmer that pip brings with Sphinx, whatever is installed."""


FORMATS = "{formats}"
"""Stands for the names of every format in a kind's options."""
PAGES = ("-D", "record_exports=0", "-D", "record_citation_pages=0")
_NAMED = ("-D", f"record_exports={FORMATS}")
KINDS = {
    kind.name: kind
    for kind in (
        Kind("pages", "ours", "ours", PAGES, ours=True, plain=False),
        Kind("all", "ours", "ours with citation pages and exports", ours=True, plain=False),
        Kind("parquet", "ours", "ours with Parquet too", _NAMED, ours=True, plain=False),
        Kind("bare", "bare", "ours without registers", PAGES, ours=True, plain=False),
        Kind("plain", "plain", "plain"),
        Kind("settings", "settings", "plain under our settings", ours=True, plain=False),
        Kind("by-hand", "by_hand", "plain pages written out by hand"),
        Kind("bibtex", "bibtex", "plain with sphinxcontrib-bibtex"),
        Kind("by-hand-bibtex", "by_hand_bibtex", "the same pages with sphinxcontrib-bibtex"),
        Kind("needs", "needs", "sphinx-needs"),
    )
}


class Built:
    """One kind of site of one size: its sources, and the folder that it is built into."""

    def __init__(self, kind: Kind, origin: str, count: int, folder: Path) -> None:
        """Write the sources under a folder; ``origin`` is where the articles come from, or ''."""
        self.kind = kind
        self.count = count
        self.source = folder / f"{kind.name}-{count}"
        self.out = folder / f"{kind.name}-{count}-html"
        folder.mkdir(parents=True, exist_ok=True)
        self._origin = ["--from", origin] if origin else []
        self._make(kind.site, self.source, str(count))

    def whole(self, *options: str, launch: tuple[str, ...] = ()) -> Cost:
        """Build from nothing."""
        shutil.rmtree(self.out, ignore_errors=True)
        return self.again(*options, launch=launch)

    def again(self, *options: str, launch: tuple[str, ...] = ()) -> Cost:
        """Build what has to be built since the last time."""
        command = self.command(*options, launch=launch)
        return run(command, environment(ours=self.kind.ours))

    def edit(self, name: str, word: str, *, quote: bool = False) -> None:
        """Put one word more into an article."""
        quoted = ["--quote"] if quote else []
        self._make(self.kind.site, self.source, str(self.count), "--edit", name, word, *quoted)

    def searched(self) -> tuple[Cost, float]:
        """Build again, and say what of its CPU went into Pagefind."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "seconds"
            cost = self.again(launch=("--search", str(file)))
            return cost, float(file.read_text(encoding="utf-8"))

    def command(self, *options: str, launch: tuple[str, ...] = ()) -> list[str]:
        """Give the command that builds it, warnings being errors."""
        python = sys.executable if self.kind.ours else beside()
        plain = ("--plain",) if self.kind.plain else ()
        chosen = [
            one.replace(FORMATS, ",".join(formats("known"))) if FORMATS in one else one
            for one in self.kind.options
        ]
        sphinx = ("-q", "-W", "--keep-going", "-b", "html", *chosen, *options)
        launcher = str(HERE / "launch.py")
        return [python, launcher, *plain, *launch, *sphinx, str(self.source), str(self.out)]

    def remove(self) -> None:
        """Make room."""
        shutil.rmtree(self.source, ignore_errors=True)
        shutil.rmtree(self.out, ignore_errors=True)

    def _make(self, *arguments: str) -> None:
        command = [sys.executable, str(HERE / "make_site.py"), *arguments, *self._origin]
        run(command, environment())


def beside() -> str:
    """Give the Python of the environment for plain Sphinx, or this one where there is none."""
    named = Path(os.environ.get("BENCH_BESIDE", BESIDE))
    return str(named) if named.is_file() else sys.executable


@cache
def formats(which: str) -> list[str]:
    """Give the names of the formats that are known, or of those that are ``standard``."""
    asked = f"from ontherecord.exchange.format import {which}; print(*{which}())"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    return done.stdout.split()


def environment(*, ours: bool = True) -> dict[str, str]:
    """Give what a build finds in its environment: the same for all, but for our package."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {
        "LANG": "C.UTF-8",
        **({"PYTHONPATH": str(HERE.parent / "_ext")} if ours else {}),
        "PYTHONHASHSEED": "0",  # Sets come in one order, run after run.
        "SOURCE_DATE_EPOCH": "1700000000",
    }


def has(kind: Kind) -> bool:
    """Say whether the extension of a kind is installed where it would be built."""
    modules = {"needs": "sphinx_needs", "bibtex": "sphinxcontrib.bibtex"}
    module = modules.get(kind.name.removeprefix("by-hand-"), "sphinx")
    python = sys.executable if kind.ours else beside()
    found = f"import importlib.util, sys; sys.exit(not importlib.util.find_spec({module!r}))"
    try:
        run([python, "-c", found], environment(ours=kind.ours))
    except RuntimeError:
        return False
    return True


def alternately(built: Iterable[Built], runs: int) -> dict[str, list[Cost]]:
    """Build all kinds from nothing, one after the other, so many times."""
    costs: dict[str, list[Cost]] = {}
    kinds = list(built)
    for _ in range(runs):
        for one in kinds:
            costs.setdefault(one.kind.name, []).append(one.whole())
    return costs
