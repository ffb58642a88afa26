"""Finds fences that are opened and never closed, of which MyST itself says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(
    r"^(?P<indent>[ \t>]*(?:[-*+] +|\d+[.)] +)?)(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>.*)$"
)
_DIRECTIVE: Final = re.compile(r"\{[\w:.+-]+\}")
_LITERAL: Final = frozenset(
    {"code", "code-block", "sourcecode", "literalinclude", "raw", "math", "eval-rst"}
)


@dataclass(slots=True)
class _Open:
    character: str
    length: int
    line: int
    literal: bool


def unclosed(text: str) -> list[tuple[int, str]]:
    """Give the line, counted from 1, and the text of each fence that nothing closes."""
    stack: list[_Open] = []
    lost: list[tuple[int, str]] = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _FENCE.match(line)
        if not match:
            continue
        fence, info = match["fence"], match["info"].strip()
        character, length = fence[0], len(fence)
        if stack and stack[-1].literal:
            if character == stack[-1].character and length >= stack[-1].length and not info:
                stack.pop()
            continue
        if character == "`" and "`" in info:
            continue  # Code in the running sentence, not a fence.
        if info:
            stack.append(_Open(character, length, number, _is_literal(character, info)))
            continue
        closes = next(
            (
                index
                for index in range(len(stack) - 1, -1, -1)
                if stack[index].character == character and length >= stack[index].length
            ),
            None,
        )
        if closes is None:
            stack.append(_Open(character, length, number, literal=character != ":"))
            continue
        lost += [(open_.line, lines[open_.line - 1].strip()) for open_ in stack[closes + 1 :]]
        del stack[closes:]
    lost += [(open_.line, lines[open_.line - 1].strip()) for open_ in stack]
    return sorted(lost)


def _is_literal(character: str, info: str) -> bool:
    """Tell whether what a fence encloses is shown as it is, fences in it included."""
    directive = _DIRECTIVE.match(info)
    if not directive:
        return character != ":"
    return directive[0].strip("{}").rpartition(":")[2] in _LITERAL
