"""What an edition in volumes costs, beside the same one in one build; see guide/splitting.md.

Usage: ``parting.py [--keep FOLDER] [COUNT PARTS]…``; as made, of 400 articles in 4 volumes.
Each part is built by a process of its own, with warnings as errors; at the end every old
address has to answer.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import corpus
from addresses import check
from builds import environment
from measured import Cost, run


def build(source: Path, out: Path, doctrees: Path) -> Cost:
    """Build one part, or the whole."""
    options = ("-q", "-W", "--keep-going", "-n", "-b", "html", "-d", str(doctrees))
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(out)]
    return run(command, environment())


def measure(folder: Path, count: int, parts: int) -> None:
    """Build an edition whole and in parts, and print what each took."""
    whole, split = folder / "whole", folder / "split"
    corpus.write(whole, count)
    one = build(whole, folder / "whole-html", folder / "whole-doctrees")
    each = str(-(-count // parts))
    command = [sys.executable, "-m", "ontherecord", "split", "--by", f"count:{each}"]
    planned = run([*command, str(split), str(whole)], environment())
    names = sorted(path.parent.name for path in split.glob("*/conf.py") if path.parent != split)
    names = [name for name in names if name not in {"edition", "front"}]
    costs = {
        name: build(split / name, split / "site" / name, split / "_doctrees" / name)
        for name in names
    }
    costs["front"] = build(split / "front", split / "site", split / "_doctrees" / "front")
    total = sum(cost.cpu for cost in costs.values())
    print(f"\n{count} articles in {parts} volumes\n")
    print("| | CPU, s | memory, MB |\n|---|---|---|")
    print(f"| one build | {one.cpu:.1f} | {one.memory:.0f} |")
    for name, cost in costs.items():
        print(f"| {name} | {cost.cpu:.1f} | {cost.memory:.0f} |")
    print(f"| all parts | {total:.1f} | {max(c.memory for c in costs.values()):.0f} |")
    print(f"\nRatio {total / one.cpu:.2f}; the plan, made once, {planned.cpu:.1f} s.")
    counts, wrong = check(folder / "whole-html", split / "site")
    print(f"{sum(counts.values())} old addresses, of which {len(wrong)} do not answer.")
    if wrong:
        print(*wrong[:10], sep="\n")
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Measure what is asked for."""
    keep = Path(arguments[1]) if arguments[:1] == ["--keep"] else None
    numbers = list(map(int, arguments[2:] if keep else arguments)) or [400, 4]
    for count, parts in zip(numbers[::2], numbers[1::2], strict=True):
        if keep:
            shutil.rmtree(keep, ignore_errors=True)
            keep.mkdir(parents=True)
            measure(keep, count, parts)
            continue
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name), count, parts)


if __name__ == "__main__":
    main(sys.argv[1:])
