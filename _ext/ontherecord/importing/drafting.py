"""Drafts quotes: their identifiers, the marks in the text, and the records below it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from ontherecord.importing.folding import one_line
from ontherecord.importing.highlights import Highlight

_LONGEST_ID: Final = 40
"""Longest identifier that is made up, in characters: it stands in addresses that people type."""

_ID_WORDS: Final = 5

_DRAFTED: Final = "% drafted from the annotation "
_COMMENT: Final = re.compile(rf"^{_DRAFTED}(?P<key>.*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote that is to be: its identifier, its mark in the source, where it comes from.

    ``begin`` and ``end`` are places in the source; ``block``, ``first`` and ``last`` say where the
    marked words will stand in the shown text, without the quotation marks around them.
    """

    id: str
    highlight: Highlight
    begin: int
    end: int
    block: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Style:
    """How records are written in an edition: what fences, and what stands before ``quote``."""

    fence: str = ":::"
    domain: str = ""
    topics: bool = False


def identifier(words: str, taken: Container[str]) -> str:
    """Give an identifier of a quote's opening words that is not taken.

    Letters that have no Latin form are left out; where none is left it is ``draft``.
    """
    plain = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", ""))
    found = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    name = "-".join(found[:_ID_WORDS])
    if len(name) > _LONGEST_ID:
        name = name[:_LONGEST_ID].rsplit("-", 1)[0].strip("-")
    if not name or not name[0].isalpha():
        name = f"draft-{name}".rstrip("-")
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


def drafted_before(source: str) -> set[str]:
    """Give the keys of the annotations that a source already has drafts of."""
    return {match["key"] for match in _COMMENT.finditer(source.replace("\r", "\n"))}


def write(source: str, drafts: Iterable[Draft], style: Style) -> str:
    """Give the source with marks around the words and the records at its end; only adds."""
    drafts = sorted(drafts, key=lambda one: one.begin)
    newline = "\r\n" if "\r\n" in source else "\n"
    parts: list[str] = []
    reached = 0
    for draft in drafts:
        words = source[draft.begin : draft.end]
        runs = re.findall("`+", words)
        # A role whose words hold backticks needs more of them around itself.
        ticks = "`" * (max(map(len, runs), default=0) + 1)
        mark = f"{{{style.domain}said}}{ticks}{words} <{draft.id}>{ticks}"
        parts += [source[reached : draft.begin], mark]
        reached = draft.end
    parts.append(source[reached:])
    if drafts and not source.endswith(("\n", "\r")):
        parts.append(newline)
    for draft in sorted(drafts, key=lambda one: one.highlight.index):
        parts += [newline, *(f"{line}{newline}" for line in record(draft, style))]
    return "".join(parts)


def record(draft: Draft, style: Style) -> list[str]:
    """Give the lines of a draft's record: what the annotation said as comments, no speaker."""
    one = draft.highlight
    lines = [f"{_DRAFTED}{one.key}"]
    by = ", ".join(filter(None, (one_line(one.creator), one_line(one.created))))
    noted = [one_line(line) for line in one.note.splitlines() if one_line(line)]
    if noted:
        lines.append(f"% note{f' by {by}' if by else ''}: {noted[0]}")
        lines += [f"%   {line}" for line in noted[1:]]
    elif by:
        lines.append(f"% by {by}")
    tags = list(filter(None, map(one_line, one.tags)))
    topics = [tag for tag in tags if style.topics and ";" not in tag]
    if left := [tag for tag in tags if tag not in topics]:
        lines.append(f"% tags: {'; '.join(left)}")
    lines.append(f"{style.fence}{{{style.domain}quote}} {draft.id}")
    if topics:
        lines.append(f":topics: {_value('; '.join(topics))}")
    lines.append(style.fence)
    return lines


def _value(text: str) -> str:
    """Give an option's value, in quotation marks where MyST would not read it as it stands."""
    if re.fullmatch(r"[^\W_][^#'\":]*", text):
        return text
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
