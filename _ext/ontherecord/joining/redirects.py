"""The page that stands where something was, and leads to where it is. It knows no Sphinx."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from posixpath import relpath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ontherecord.whole_files import write_at_once, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set
    from pathlib import Path

MARK: Final = '<meta name="generator" content="sphinx-ontherecord, moved">'
"""Stands in every such page, and in no other: by it they are known when they are to go."""

# The script keeps what stands after the page in the address, which a refresh would lose; so
# the refresh is only for readers without one.
_PAGE: Final = (
    "<!DOCTYPE html>\n"
    '<html lang="%(language)s">\n'
    "<head>\n"
    '<meta charset="utf-8">\n'
    f"{MARK.replace('%', '%%')}\n"
    "<title>%(title)s</title>\n"
    '<link rel="canonical" href="%(whole)s">\n'
    "<script>location.replace(%(script)s + location.search + location.hash)</script>\n"
    '<noscript><meta http-equiv="refresh" content="0; url=%(href)s"></noscript>\n'
    "</head>\n"
    "<body>\n"
    '<p>%(title)s <a href="%(href)s">%(whole)s</a></p>\n'
    "</body>\n"
    "</html>\n"
)


@dataclass(frozen=True, slots=True)
class Redirects:
    """Makes redirect pages of one edition: its language, its address, and what the pages say."""

    language: str
    address: str
    said: str

    def page(self, path: str, target: str) -> str:
        """Give the page at a path below the edition's address that leads to a whole address."""
        href = link(self.address + path, target)
        # In a script element, only a closing tag could end the script.
        script = json.dumps(href).replace("<", "\\u003c")
        return _PAGE % {
            "language": escape(self.language),
            "title": escape(self.said),
            "whole": escape(target),
            "href": escape(href),
            "script": script,
        }


def link(here: str, target: str) -> str:
    """Give the link from one whole address to another: without the host where they share it.

    So what is tried on one's own machine leads to no other.
    """
    end = min((at for at in map(target.find, "?#") if at >= 0), default=len(target))
    path, rest = target[:end], target[end:]
    path = path if path.count("/") > 2 else f"{path}/"
    folder, _slash, name = path.rpartition("/")
    between = _between(here.rpartition("/")[0], folder)
    return ("" if between == "./" and name else between) + name + rest


@lru_cache(maxsize=10_000)
def _between(here: str, there: str) -> str:
    """Give the link from a page in one folder to another folder, each a whole address."""
    from_, to = urlsplit(f"{here}/"), urlsplit(f"{there}/")
    if (from_.scheme, from_.netloc) != (to.scheme, to.netloc) or not to.netloc:
        return f"{there}/"
    return f"{relpath(to.path, from_.path)}/"


def put_all(outdir: Path, made: Redirects, pages: Mapping[str, str], names: Path) -> None:
    """Put pages in place, by path with the address that each leads to, and take away former ones.

    ``names`` is a file of the paths. It names those that are to be written before they are, so
    that after a build that was stopped none is left over.
    """
    before = listed(names)
    note_names(names, before | pages.keys())
    there = names_in(outdir, pages)
    for path, target in pages.items():
        page = made.page(path, target)
        # Of many at once, none is asked for before it is written.
        if path not in there or _text(outdir / path) != page:
            write_at_once(f"{outdir}/{path}", page.encode(), os.O_TRUNC)
    for path in before.difference(pages):
        with suppress(OSError):
            text = _text(outdir / path)
            if MARK in text or not text:  # Empty, where a build was stopped.
                (outdir / path).unlink()
    note_names(names, pages.keys())


def names_in(outdir: Path, paths: Iterable[str]) -> set[str]:
    """Give what is there in the folders of some paths, listed once, and have the folders made."""
    found = set()
    for folder in {path.rpartition("/")[0] for path in paths}:
        (outdir / folder).mkdir(parents=True, exist_ok=True)
        prefix = f"{folder}/" if folder else ""
        found |= {f"{prefix}{name}" for name in os.listdir(outdir / folder)}  # noqa: PTH208
    return found


def note_names(file: Path, names: Set[str]) -> None:
    """Note names in a file, a line each, unless they are those that it has."""
    if listed(file) != names:
        write_whole(file, "".join(f"{name}\n" for name in sorted(names)))


def listed(names: Path) -> set[str]:
    """Give the names that are noted in a file."""
    return {*_text(names).split("\n")} - {""} if names.is_file() else set()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
