"""Sources: the bibliography's entries as records, as pybtex has read them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pybtex.richtext import Text

from ontherecord.records import Source

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=4096)
def _plain(latex: str) -> str:
    """Give a field's text without its LaTeX markup."""
    return str(Text.from_latex(latex)) if any(mark in latex for mark in "\\{}~-$") else latex


def read(entries: Mapping[str, Any]) -> dict[str, Source]:
    """Give the sources by key, from pybtex's entries by key."""
    return {entry.key: _source(entry) for entry in entries.values()}


def _source(entry: Any) -> Source:
    authors = tuple(
        _plain(
            " ".join(
                person.first_names
                + person.middle_names
                + person.prelast_names
                + person.last_names
                + person.lineage_names
            )
        )
        for person in entry.persons.get("author", ())
    )
    fields = tuple(
        (name.lower(), value if name.lower() in {"url", "doi"} else _plain(value))
        for name, value in sorted(entry.fields.items())
    )
    return Source(entry.key, entry.type, authors, fields)
