"""Reads the options of a directive by lines, where each is a plain one.

For upstream (MyST, `myst_parser.parsers.options.options_to_tokens`): *the options of a directive
are scanned a character at a time.* The scanner takes some four calls of Python for each character,
200 microseconds for five options. Nearly all options are a name, a colon and a value without
quotation marks, comments or further lines: one regular expression tells that a block holds only
such, and gives the same tokens.
"""

from __future__ import annotations

import re
from typing import Final

from myst_parser.parsers import directives
from myst_parser.parsers.options import KeyToken, Position, State, ValueToken, options_to_tokens

from ontherecord.economies.replacing import replace

_LINE: Final = re.compile(
    r"(?P<key>[A-Za-z][\w-]*):"
    r"(?: +(?P<value>(?![|>'\"])[^\s#\0\ufeff]+(?: +[^\s#\0\ufeff]+)*))? *(?:\n|\Z)"
)

Tokens = list[tuple[KeyToken, ValueToken | None]]


def apply() -> None:
    """Have MyST read options so."""
    replace(directives, "options_to_tokens", tokens)


def tokens(text: str, line_offset: int = 0, column_offset: int = 0) -> tuple[Tokens, State]:
    """Give the tokens that `myst_parser.parsers.options.options_to_tokens` gives.

    Those of plain options begin and end where their line begins.
    """
    found: Tokens = []
    end = 0
    for line, match in enumerate(_LINE.finditer(text)):
        if match.start() != end:
            break
        end = match.end()
        at = match.start()
        key, value = match["key"], match["value"]
        start = Position(at, line, 0)  # Nothing else of a token's place is asked for.
        value_token = None if value is None else ValueToken(start, start, value)
        found.append((KeyToken(start, start, key), value_token))
    if end == len(text):
        return found, State()
    return options_to_tokens(text, line_offset, column_offset)
