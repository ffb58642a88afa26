"""Whether what the pages of a folder point at is there: files, and places in them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

ATTRIBUTES = ("href", "src", "action", "data-src")
# A page's address in the world, and what is said of it elsewhere, are not in the folder.
IN_THE_WORLD = {"canonical", "cite-as", "alternate"}
IN_SHEETS = re.compile(r"""url\(\s*["']?([^"')]+)""")
HERE = "http://here.invalid/"


class _Page(HTMLParser):
    """A page's anchors, references and base."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.repeated: list[str] = []
        self.references: list[str] = []
        self.base = ""
        self._templates = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base":
            self.base = given.get("href", "")
            return
        # What is in a template is no place in the page; its links are shown all the same.
        if not self._templates and (anchor := given.get("id")):
            if anchor in self.anchors:
                self.repeated.append(anchor)
            self.anchors.add(anchor)
        self._templates += tag == "template"
        if not IN_THE_WORLD & set(given.get("rel", "").split()):
            self.references += [given[name] for name in ATTRIBUTES if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"


def broken(folder: Path) -> list[str]:
    """Give each reference in a folder's pages and sheets that leads nowhere in the folder."""
    pages = {
        path.relative_to(folder).as_posix(): _Page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }
    found = []
    for name, page in pages.items():
        found += [f"{name}: the id {anchor} is there twice" for anchor in page.repeated]
        start = urljoin(HERE + name, page.base)
        for target in dict.fromkeys(page.references):
            found += _wrong(folder, name, pages, urljoin(start, target))
    for sheet in sorted(folder.rglob("*.css")):
        name = sheet.relative_to(folder).as_posix()
        for target in IN_SHEETS.findall(sheet.read_text(encoding="utf-8")):
            found += _wrong(folder, name, pages, urljoin(HERE + name, target))
    return found


def _wrong(folder: Path, name: str, pages: dict[str, _Page], target: str) -> list[str]:
    address = urlsplit(target)
    if not target.startswith(HERE):
        return []
    path = unquote(address.path).lstrip("/")
    if not path or (folder / path).is_dir():
        path = (Path(path) / "index.html").as_posix()
    if not (folder / path).is_file():
        return [f"{name}: no file {path}"]
    anchor = unquote(address.fragment)
    if anchor and path in pages and anchor not in pages[path].anchors:
        return [f"{name}: no place {path}#{anchor}"]
    return []
