"""The fields of a source, and its entry as BibTeX from which they are read back as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontherecord import vocabulary
from ontherecord.markup import options as read
from ontherecord.markup.options import Option, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._:+/-]*[A-Za-z0-9])?")
"""What a source's key looks like; authors' names and dates make good ones."""

_SPECIAL: Final = re.compile(r"\\|~|(?<=-)-|(?<=,),|(?<=[`!?])`|(?<=')'")
_LATEX: Final = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
"""What LaTeX would read something else in."""


def text(value: str) -> str:
    """Read words, each run of white space as one space."""
    if re.search("[{}]", value):
        raise Refused("bad-value", "a brace is markup in BibTeX: write such an entry by hand")
    return read.text(value)


def key(value: str) -> str:
    """Read a source's key."""
    value = value.strip()
    if not KEY.fullmatch(value):
        raise Refused(
            "bad-id",
            f'"{value}" is no key: write letters, figures and hyphens, as in politico-2017',
        )
    return value


def keys(value: str) -> tuple[str, ...]:
    """Read keys of sources, parted by commas."""
    return tuple(key(part) for part in value.split(",") if part.strip())


def field_name(value: str) -> str:
    """Read the name of a field."""
    value = value.strip().lower()
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", value):
        raise Refused("bad-value", f'"{value}" is no name of a field, such as number')
    return value


FIELDS: Final = (
    Option(
        "title",
        text,
        "title, with its letters as they are",
        example="Mayor denies closing the library",
    ),
    Option(
        "author",
        read.text,
        "authors, parted by and; a body's name stands in braces",
        example="Lee, Ann and {The Staff}",
    ),
    Option("organization", text, "who published it", example="The Herald"),
    Option("journal", text, "the paper or journal that it stands in", example="The Herald"),
    Option("date", read.date, "date of publication, in EDTF", example="2024-05-01"),
    Option("url", read.text, "its address", example="https://herald.example/library"),
    Option(
        "archive",
        read.text,
        "address of an archived copy",
        example="https://archive.example/library",
    ),
    Option("witness", read.OneOf(vocabulary.WITNESSES), "what kind of witness it is"),
    Option(
        "takenfrom",
        keys,
        "keys of the sources that it took its words from, by commas",
        example="wire-2024-05-01",
    ),
    Option("shorttitle", text, "what notes call it, instead of the publisher", example="Herald"),
    Option("note", text, "what was not seen of it, and the like", example="Byline not seen"),
)
"""The fields that are read of an entry; there may be others."""

_AS_TYPED: Final = frozenset({"author", "url", "archive", "date", "takenfrom", "witness"})
"""Fields in which no LaTeX is read, and the authors, whose braces mean something."""


def entry(type_: str, name: str, fields: Iterable[tuple[str, str]]) -> list[str]:
    """Give the lines of an entry."""
    given = [(field, " ".join(value.split())) for field, value in fields]
    width = max((len(field) for field, _ in given), default=0)
    lines = [
        f"  {field:<{width}} = {{{value if field in _AS_TYPED else _latex(value)}}},"
        for field, value in given
    ]
    return [f"@{type_}{{{name},", *lines, "}"]


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _LATEX.get(match[0], f"{{}}{match[0]}"), text)
