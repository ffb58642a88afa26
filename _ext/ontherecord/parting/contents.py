"""Tables of contents in a part, which list what is there, and in the front what has moved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import filter as fitting
from typing import TYPE_CHECKING, Final

from ontherecord.parting.cutting import Span, end_of, options_of, without
from ontherecord.parting.links import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_CONTENTS: Final = re.compile(r"^[ \t]*(?:[`:~]{3,}\s*\{toctree\}|\.\.\s+toctree::)")
_OPTION: Final = re.compile(r"^\s*:[\w-]+:|^\s*---\s*$")
_ENTRY: Final = re.compile(r"^(?P<title>.*?)\s*<(?P<path>[^<>]+)>\s*$")


@dataclass(frozen=True, slots=True)
class Listing:
    """What tables of contents can list in a part.

    ``here`` are the documents of the part, ``known`` those of all. ``moved`` gives the title
    and the address of one that has moved, where a list shall lead there, and ``articles`` are
    all that the register of articles has then.
    """

    here: Collection[str]
    known: Collection[str]
    moved: Callable[[str], tuple[str, str]] | None = None
    articles: frozenset[str] = frozenset()


def with_contents(lines: Sequence[str], docname: str, listing: Listing) -> list[str]:
    """Give lines whose tables of contents list no document that is not there.

    A list that readers see leads to where documents are now, if the listing says so, and the
    register of articles takes the place of a pattern that fits all articles. A table that would
    list nothing is left out whole.
    """
    changed, spans = list(lines), list[Span]()
    number = 1
    while number <= len(lines):
        if not _CONTENTS.match(lines[number - 1]):
            number += 1
            continue
        last = end_of(lines, number)
        table = _Table(docname, listing, lines, Span(number, last))
        gone = table.put(changed)
        if table.is_empty:
            gone = [Span(number, last)] if gone else []
        if table.has_register:
            changed[number - 1] = table.with_register(lines[number - 1], is_alone=table.is_empty)
            gone = [Span(number + 1, last)] if table.is_empty else gone
        spans += gone
        number = last + 1
    return "\n".join(without(changed, spans)).split("\n")


class _Table:
    """One table of contents."""

    def __init__(self, docname: str, listing: Listing, lines: Sequence[str], span: Span) -> None:
        self._there = Elsewhere(docname, str)
        self._listing = listing
        self._lines = lines
        self._span = span
        options = {one.name for one in options_of(lines, span.first)}
        self._leads = listing.moved is not None and "hidden" not in options
        self._has_caption = "caption" in options
        self.is_empty = True
        self.has_register = False

    def put(self, changed: list[str]) -> list[Span]:
        """Change the entries; give the lines of those that are gone."""
        gone = []
        for line in range(self._span.first + 1, self._span.last + 1):
            text = self._lines[line - 1]
            entry = text.strip()
            if not entry or _OPTION.match(text) or re.fullmatch(r"[`:~]{3,}", entry):
                continue
            shown = self._shown(entry)
            self.is_empty = self.is_empty and not shown
            if shown:
                indent = text[: len(text) - len(text.lstrip())]
                changed[line - 1] = "\n".join(f"{indent}{one}" for one in shown)
            else:
                gone.append(Span(line, line))
        return gone

    def _shown(self, entry: str) -> list[str]:
        """Give the entries that take the place of one, or nothing where it is gone."""
        listing, match = self._listing, _ENTRY.match(entry)
        path = match["path"] if match else entry
        if path == "self" or "://" in path:
            return [entry]
        docname = self._there.named(path)
        is_pattern = bool(re.search(r"[*?\[]", docname))
        names = [docname]
        if is_pattern:  # Which never means the document that it stands in.
            names = sorted({*fitting(listing.known, docname)} - {self._there.docname})
        away = [name for name in names if name in listing.known and name not in listing.here]
        stays = [entry] if len(away) < len(names) or not away else []
        if is_pattern and not names:
            return []
        if not self._leads or listing.moved is None:
            return stays
        if is_pattern and not self._has_caption and listing.articles <= set(away):
            self.has_register = True
            return stays
        titles = [(match["title"] if match else "", *listing.moved(name)) for name in away]
        return [*stays, *(f"{given or title} <{address}>" for given, title, address in titles)]

    def with_register(self, opening: str, *, is_alone: bool) -> str:
        """Give the register of articles, and the line that opens the table if that stays."""
        if opening.lstrip().startswith(".."):
            indent = opening[: len(opening) - len(opening.lstrip())]
            register = f"{indent}.. articles::\n"
        else:
            head = opening[: opening.index("{")].rstrip()
            register = f"{head}{{articles}}\n{head}\n"
        return register.rstrip("\n") if is_alone else f"{register}\n{opening}"
