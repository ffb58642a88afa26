"""The lines of the edition's CSV files that are about the records of one part."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def parted(path: Path, column: str, part_of: Callable[[dict[str, str]], str]) -> dict[str, str]:
    """Give what a file is for each part: its heading, and the lines of the part, as they stand.

    ``column`` is one that the heading has, else the file is none of ours and falls to no part;
    a line may be of several lines of text.
    """
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(file)  # Of other signs that part lines, a label may hold any.
    heading = next(csv.reader(lines[:1]), [])
    if column not in heading:
        return {}
    found: dict[str, list[str]] = {}
    reader, before = csv.reader(iter(lines[1:])), 0
    for row in reader:
        text = "".join(lines[1 + before : 1 + reader.line_num])
        before = reader.line_num
        if len(row) == len(heading):
            part = part_of(dict(zip(heading, row, strict=True)))
            found.setdefault(part, []).append(text if text.endswith("\n") else f"{text}\n")
    return {part: "".join([lines[0], *its]) for part, its in found.items()}
