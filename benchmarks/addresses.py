"""Holds a site in volumes against the one it was before: every old address has to answer.

Usage: ``addresses.py WHOLE SITE``, both folders of HTML output.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath

TO = re.compile(r"location\.replace\((\"[^\"]*\") \+ location\.search \+ location\.hash\)")
ANCHOR = re.compile(r'\bid="([^"]+)"')
BESIDE = ("cite/*.bib", "cite/*.ris", "cite/*.json", "record/tei/**/*.xml", "record/articles/**/*")


def objects(inventory: Path) -> list[tuple[str, str, str]]:
    """Give the name, kind and address of all that an inventory lists."""
    content = inventory.read_bytes().split(b"\n", 4)[4]
    found = []
    for line in zlib.decompress(content).decode().splitlines():
        name, kind, _priority, uri, _shown = re.fullmatch(
            r"(.+?)\s+(\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)", line
        ).groups()
        found.append((name, kind, uri.replace("$", name) if uri.endswith("$") else uri))
    return found


class Site:
    """A folder of HTML, read as a browser would follow it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self.folder = folder

    def path(self, address: str) -> str:
        """Give the file that answers at an address: that of a folder for one of a folder."""
        address = address or "index.html"
        return f"{address}index.html" if address.endswith("/") else address

    @lru_cache(maxsize=100_000)  # noqa: B019 - as long as the check
    def answer(self, path: str) -> str:
        """Give the file that a reader ends at who asks for a path, or nothing."""
        for _ in range(5):
            path = self.path(path)
            if not (self.folder / path).is_file():
                return ""
            text = (self.folder / path).read_text(encoding="utf-8", errors="replace")
            match = TO.search(text[:1500])
            if not match:
                return path
            path = normpath(join(dirname(path), json.loads(match[1])))
            path += "/" if json.loads(match[1]).endswith("/") else ""
        return ""

    @lru_cache(maxsize=4096)  # noqa: B019
    def anchors(self, path: str) -> frozenset[str]:
        """Give the anchors of a page."""
        return frozenset(ANCHOR.findall((self.folder / path).read_text(encoding="utf-8")))


def check(whole: Path, parts: Path) -> tuple[Counter[str], list[str]]:
    """Give how many addresses of each sort answer, and what does not."""
    site, counts, wrong = Site(parts), Counter(), []
    for name, kind, uri in objects(whole / "objects.inv"):
        path, _hash, anchor = uri.partition("#")
        if not (whole / Site(whole).path(path)).is_file():
            continue  # Sphinx lists an index of modules that is not written.
        answer = site.answer(path)
        if not answer:
            wrong.append(f"{kind} {name}: nothing answers at {path}")
        elif kind.startswith("record:") and anchor not in site.anchors(answer):
            wrong.append(f"{kind} {name}: {answer} has no anchor {anchor}")
        else:
            counts[kind] += 1
    for page in sorted((whole / "cite").glob("*.html")):
        answer = site.answer(f"cite/{page.name}")
        text = (parts / answer).read_text(encoding="utf-8") if answer else ""
        if page.stem not in text:
            wrong.append(f"cite/{page.name}: {answer or 'nothing'} is not its record's page")
        counts["cite/*.html"] += 1
    for pattern in BESIDE:
        for file in sorted(whole.glob(pattern)):
            if file.is_file():
                path = file.relative_to(whole).as_posix()
                if not (parts / path).is_file():
                    wrong.append(f"{path}: nothing answers")
                counts[pattern] += 1
    for file in sorted(whole.glob("**/*.html")):
        path = file.relative_to(whole).as_posix()
        if not site.answer(path):
            wrong.append(f"{path}: nothing answers")
        counts["pages"] += 1
    now = {(kind, name) for name, kind, _uri in objects(parts / "objects.inv")}
    for name, kind, _uri in objects(whole / "objects.inv"):
        if (kind, name) not in now:
            wrong.append(f"{kind} {name}: the inventory does not list it any more")
    return counts, wrong


def main() -> None:
    """Say what answers, and what does not."""
    counts, wrong = check(Path(sys.argv[1]), Path(sys.argv[2]))
    for sort, number in sorted(counts.items()):
        print(f"{number:8} {sort}")
    print(*wrong[:20], sep="\n")
    print(f"{len(wrong)} old addresses do not answer")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
