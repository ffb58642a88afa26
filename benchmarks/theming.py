"""What the theme of editions costs beside Sphinx's ``basic``: whole builds of the same corpus."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from corpus import write

SIZES = (200, 2000)


def spent(folder: Path, theme: str, *options: str) -> float:
    """Give the CPU seconds of one whole build, with all its processes."""
    before = getrusage(RUSAGE_CHILDREN)
    command = ["-m", "sphinx", "-q", "-E", "-a", "-b", "html", "-D", f"html_theme={theme}"]
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(
            [sys.executable, *command, *options, str(folder), out],
            check=False,
            capture_output=True,
            text=True,
            env=os.environ,
        )
    assert done.returncode == 0, done.stderr
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table of `RESULTS.md`."""
    print("| articles | basic, s | ontherecord, s | ratio |")
    print("|---|---|---|---|")
    for size in [int(size) for size in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, size)
            basic = spent(folder, "basic")
            ours = spent(folder, "ontherecord")
        print(f"| {size} | {basic:.1f} | {ours:.1f} | {ours / basic:.2f} |")


if __name__ == "__main__":
    main()
