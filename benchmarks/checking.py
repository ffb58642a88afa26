"""What ``ontherecord check`` costs: read anew, with one article edited, with nothing changed."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from corpus import write

SIZES = (200, 2000)


def spent(folder: Path) -> float:
    """Give the CPU seconds of one check, with all its processes."""
    before = getrusage(RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "ontherecord", "check", "--quiet", str(folder)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table of `RESULTS.md`."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print("| articles | all read, s | one edited, s | nothing changed, s | edited / all |")
    print("|---|---|---|---|---|")
    edited = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, size)
            whole = spent(folder)
            article = folder / "articles" / "a00003.md"
            article.write_text(article.read_text().replace("the", "that", 1))
            edited[size] = spent(folder)
            nothing = spent(folder)
        ratio = edited[size] / whole
        print(f"| {size} | {whole:.1f} | {edited[size]:.1f} | {nothing:.1f} | {ratio:.2f} |")
    exponent = math.log(edited[sizes[-1]] / edited[sizes[0]]) / math.log(sizes[-1] / sizes[0])
    print(f"\nGrowth of a check after one edit: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
