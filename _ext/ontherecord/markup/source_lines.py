"""A document's source, kept while it is read: it alone shows what a parser dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from myst_parser.parsers.options import TokenizeError, options_to_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

OPTION: Final = re.compile(r"^\s*:(?P<name>[A-Za-z][\w-]*):(?:\s+(?P<value>.*?))?\s*$")

CLOSING: Final = re.compile(r":{3,}|`{3,}|~{3,}|---")
"""A line that closes a directive, or the block of its options."""


def lines_in(text: str, *, is_markdown: bool) -> list[str]:
    """Give the lines of a source, as its parser counts them.

    In Markdown a line separator (U+2028) or a next line (U+0085) is a sign as others are.
    """
    return text.removesuffix("\n").split("\n") if is_markdown and text else text.splitlines()


@dataclass(frozen=True, slots=True)
class RawOption:
    """An option as it stands in the source: its value is the rest of its line.

    ``lines`` are those that go on with it, below.
    """

    name: str
    value: str
    line: int
    lines: tuple[str, ...] = ()

    def is_cut(self, value: str) -> bool:
        """Whether a value as read lacks what stands after a number sign in the source."""
        is_quoted = self.value[:1] in {"'", '"'} and self.value[-1:] == self.value[:1]
        return "#" in self.value and not is_quoted and value != self.value

    @property
    def last(self) -> int:
        """The last of its lines."""
        return self.line + len(self.lines)

    @property
    def is_bad(self) -> bool:
        """Whether MyST's reader of options fails at this line."""
        try:
            options_to_tokens(f"{self.name}: {self.value}")
        except TokenizeError:
            return True
        return False


@dataclass(frozen=True, slots=True)
class RawDirective:
    """What the source has below the line that opens a directive.

    ``options`` are those right below it, indented by so many spaces; ``after`` is
    the first line after them, ``gap`` tells whether a blank line parts the two.
    """

    options: tuple[RawOption, ...]
    after: str = ""
    after_line: int = 0
    gap: bool = False
    indent: int = 0

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
        elif options and options[-1].value in {"", "|"} and _continues(text):
            more = (*options[-1].lines, text.strip().removeprefix(":").strip())
            options[-1] = replace(options[-1], lines=more)
        else:
            break
        position += 1
    gap = False
    while position < len(lines) and not lines[position].strip():
        gap = True
        position += 1
    after = lines[position] if position < len(lines) else ""
    first = lines[options[0].line - 1] if options else ""
    indent = len(first) - len(first.lstrip())
    return RawDirective(tuple(options), after, position + 1, gap, indent)


def begin_of(lines: Sequence[str], line: int, opening: re.Pattern[str], ending: str) -> int:
    """Give the line on which a role begins whose end stands on a line, counted from 1."""
    text = lines[line - 1].partition(ending)[0] if 1 <= line <= len(lines) else ""
    while line > 1 and not opening.search(text):
        line -= 1
        text = lines[line - 1]
        if not text.strip():
            return line + 1
    return line


def line_of(lines: Sequence[str], line: int, needle: str, skip: int = 0) -> int:
    """Give the line of a paragraph that holds a text, where a parser knows only its first.

    ``skip`` says how many times it stood before in the same paragraph.
    """
    for number in range(line, len(lines) + 1):
        text = lines[number - 1]
        if number > line and not text.strip():
            break
        count = text.count(needle)
        if count > skip:
            return number
        skip -= count
    return line


def _continues(text: str) -> bool:
    """Tell whether a line goes on with the value of the option above it."""
    return bool(re.match(r"^\s*:\s+\S|^\s{4,}\S", text))


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
