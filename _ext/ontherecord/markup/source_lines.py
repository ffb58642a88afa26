"""A document's source, kept while it is read: it alone shows what a parser dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

OPTION: Final = re.compile(r"^\s*:(?P<name>[A-Za-z][\w-]*):(?:\s+(?P<value>.*?))?\s*$")


@dataclass(frozen=True, slots=True)
class RawOption:
    """An option as it stands in the source: its value is the rest of its line."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class RawDirective:
    """What the source has below the line that opens a directive.

    ``options`` are those right below it; ``after`` is the first line after
    them, ``gap`` tells whether a blank line parts the two.
    """

    options: tuple[RawOption, ...]
    after: str = ""
    after_line: int = 0
    gap: bool = False

    def line_of(self, name: str, otherwise: int) -> int:
        """Give the line of the named option, else another."""
        return next((option.line for option in self.options if option.name == name), otherwise)


def read_directive(lines: Sequence[str], line: int, name: str) -> RawDirective | None:
    """Read the options of the directive that opens on a line, counted from 1.

    Gives nothing where that line does not open the directive: the text then
    comes from another file, through an include or a substitution.
    """
    if not 1 <= line <= len(lines) or name.rpartition(":")[2] not in lines[line - 1]:
        return None
    position = line
    options: list[RawOption] = []
    if position < len(lines) and lines[position].strip() == "---":
        return _read_block(lines, position)
    while position < len(lines):
        text = lines[position]
        match = OPTION.match(text)
        if match and not text.lstrip().startswith(":::"):
            options.append(RawOption(match["name"], match["value"] or "", position + 1))
        elif not (options and options[-1].value in {"", "|"} and _continues(text)):
            break
        position += 1
    gap = False
    while position < len(lines) and not lines[position].strip():
        gap = True
        position += 1
    after = lines[position] if position < len(lines) else ""
    return RawDirective(tuple(options), after, position + 1, gap)


def _continues(text: str) -> bool:
    """Tell whether a line goes on with the value of the option above it."""
    return bool(re.match(r"^\s*:\s{2,}\S|^\s{4,}\S", text))


def _read_block(lines: Sequence[str], position: int) -> RawDirective:
    """Read options set between two lines of hyphens."""
    options: list[RawOption] = []
    for index in range(position + 1, len(lines)):
        if lines[index].startswith("---"):
            after = lines[index + 1] if index + 1 < len(lines) else ""
            return RawDirective(tuple(options), after, index + 2, gap=True)
        name, colon, value = lines[index].partition(":")
        if colon and re.fullmatch(r"[A-Za-z][\w-]*", name):
            options.append(RawOption(name, value.strip(), index + 1))
    return RawDirective(tuple(options))
