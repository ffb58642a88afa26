"""Runs one build here, as a benchmark asks: without a stemmer, timed in a part, profiled.

Usage: ``launch.py [--plain] [--search FILE] [--profile FILE] OPTIONS_OF_SPHINX``
"""

from __future__ import annotations

import argparse
import cProfile
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any


def forbid_stemmer() -> None:
    """Have Sphinx's stemmer as pip brings it; PyStemmer would help where it is not asked for."""
    sys.modules["Stemmer"] = None  # type: ignore[assignment]


def time_search(file: Path) -> None:
    """Write the CPU seconds of making the search index into a file."""
    from ontherecord.finding.build import Finding

    write = Finding.write

    def timed(*arguments: Any) -> None:
        before = spent()
        write(*arguments)
        file.write_text(str(spent() - before), encoding="utf-8")

    file.write_text("0", encoding="utf-8")
    Finding.write = timed  # type: ignore[method-assign]


def spent() -> float:
    """Give the CPU seconds of this process and its children that have ended."""
    both = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in both)


def main() -> int:
    """Build, and give Sphinx's exit code."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--search", type=Path)
    parser.add_argument("--profile", type=Path)
    chosen, options = parser.parse_known_args()
    if chosen.plain:
        forbid_stemmer()
    if chosen.search:
        time_search(chosen.search)
    from sphinx.cmd.build import main as build

    if not chosen.profile:
        return build(options)
    profile = cProfile.Profile()
    code = profile.runcall(build, options)
    profile.dump_stats(chosen.profile)
    return code


if __name__ == "__main__":
    sys.exit(main())
