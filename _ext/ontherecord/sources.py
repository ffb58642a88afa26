"""Sources: the bibliography's entries as records, as pybtex has read them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pybtex.richtext import Text

from ontherecord.records import Origin, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENTRY: Final = re.compile(r"^[ \t]*@\s*\w+\s*[{(]\s*(?P<key>[^\s,]+)", re.MULTILINE)
_COMMENT: Final = re.compile(r"(?<!\\)%")
_IN_BRACES: Final = re.compile(r"\{(.+)\}")
MARKUP: Final = re.compile(r"[%\\{}~`$\x00-\x1f\x7f]|''|,,|--|^\s|\s$|\s\s|[^\S ]")
"""What the text of a field is not the same after that LaTeX was read in it."""
_RAW: Final = frozenset({"url", "doi", "archive", "date", "takenfrom", "witness"})
NOWHERE: Final = Origin("references.bib", 1)
_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]


@lru_cache(maxsize=4096)
def _plain(latex: str) -> str:
    """Give a field's text without its LaTeX markup."""
    if not any(mark in latex for mark in ("\\", "{", "}", "~", "--", "$")):
        return latex
    if (whole := _IN_BRACES.fullmatch(latex)) and not MARKUP.search(whole[1]):
        return whole[1]  # Such as a newspaper's name: LaTeX costs a hundred times as much.
    # A per cent sign begins a comment in TeX, and none in a bibliography.
    return str(Text.from_latex(_COMMENT.sub(r"\%", latex)))


def lines(text: str) -> dict[str, int]:
    """Give the line, from 1, on which each entry of a BibTeX file begins."""
    found: dict[str, int] = {}
    line, counted = 1, 0
    for match in _ENTRY.finditer(text):
        line += text.count("\n", counted, match.start("key"))
        counted = match.start("key")
        found[match["key"]] = line
    return found


def read(
    entries: Mapping[str, Any], origins: Mapping[str, Origin] | None = None
) -> dict[str, Source]:
    """Give the sources by key, from pybtex's entries by key, and where each is written."""
    places = origins or {}
    return {entry.key: source_of(entry, places.get(entry.key)) for entry in entries.values()}


def source_of(entry: Any, origin: Origin | None = None) -> Source:
    """Give the source of one of pybtex's entries, and where it is written."""
    people = tuple(map(_parts, entry.persons.get("author", ())))
    authors = tuple(" ".join(filter(None, parts)) for parts in people)
    fields = {
        name.lower(): value if name.lower() in _RAW else _plain(value)
        for name, value in sorted(entry.fields.items())
    }
    if "date" not in fields and fields.get("year", "").isdigit():
        fields["date"] = _date(fields)
    return Source(
        entry.key, entry.type, authors, tuple(sorted(fields.items())), origin or NOWHERE, people
    )


def _parts(person: Any) -> tuple[str, str, str]:
    """Give a person's given names, family name with what belongs before it, and suffix."""
    given = person.first_names + person.middle_names
    family = person.prelast_names + person.last_names
    return _plain(" ".join(given)), _plain(" ".join(family)), _plain(" ".join(person.lineage_names))


def _date(fields: Mapping[str, str]) -> str:
    """Give the date of BibTeX's year, month and day, in EDTF as far as they are known."""
    month = fields.get("month", "").strip().lower()
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    if not month.isdigit():
        return fields["year"]
    day = fields.get("day", "").strip()
    return "-".join(
        [fields["year"], f"{int(month):02}", *([f"{int(day):02}"] if day.isdigit() else [])]
    )
