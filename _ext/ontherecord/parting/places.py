"""A place in a source that leads to a document, a record or a page, as a finder gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal[
    "link", "bare", "definition", "doc", "doc-name", "record", "image", "page", "card", "card-type"
]
"""What a place is.

A ``link`` has words of its own and a ``bare`` one shows the title; a ``definition`` is what links
with a label lead to; ``doc`` is the target of that role and ``doc-name`` its name; ``record`` is
an identifier in a role, ``image`` a file that is shown; a ``page`` is named by its address;
``card`` is the document that a card of sphinx-design leads to.
"""

RECORDS: Final = frozenset({"speaker", "quote", "contradiction", "annotation"})
"""The roles that refer to a record."""
_ADDRESS: Final = re.compile(r"""(?<![\w-])(?:href|src)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.I)
_TARGET: Final = re.compile(r"<\s*(?P<angled>[^<>]+?)\s*>\s*$|^\s*(?P<plain>[^<>]+?)\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its line, counted from 1, its columns from 0, and the text that stands there.

    For the name of a role, ``target`` is what the role leads to.
    """

    line: int
    first: int
    last: int
    kind: Kind
    text: str
    target: str = ""


def addresses_in(html: str) -> Iterator[tuple[int, str]]:
    """Give the addresses in HTML, each with where it begins."""
    for match in _ADDRESS.finditer(html):
        group = 1 if match[1] is not None else 2
        yield match.start(group), match[group]


def target_in(content: str) -> tuple[int, str]:
    """Give the target in what a role says, ``words <target>`` or the target alone, and where."""
    match = _TARGET.search(content)
    if match is None:
        return 0, ""
    group = "angled" if match["angled"] is not None else "plain"
    return match.start(group), match[group]
