"""Runs the benchmark of a part, prints what it prints, and keeps that in ``RESULTS.md``.

Usage: ``part.py NAME [ARGUMENTS]``, the name of one of the scripts here. With
arguments it measures something else than what is kept, and is only printed.
"""

from __future__ import annotations

import os
import subprocess
import sys

from results import HERE, circumstances, keep


def main(name: str, arguments: list[str]) -> None:
    """Run and keep; raises `SystemExit` with the script's code where it fails."""
    paths = [str(HERE.parent / folder) for folder in ("_ext", "tests")]
    done = subprocess.Popen(
        [sys.executable, str(HERE / f"{name}.py"), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )
    lines = []
    for line in done.stdout or []:
        print(line, end="", flush=True)
        lines.append(line)
    if done.wait():
        raise SystemExit(done.returncode)
    if not arguments:
        said = circumstances()
        keep(name, f"{''.join(lines).strip()}\n\n{said[0].upper()}{said[1:]}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
