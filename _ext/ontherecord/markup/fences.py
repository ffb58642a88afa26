"""Finds what Markdown passes over in silence: fences never closed, records mistyped.

An unclosed fence or comment takes the rest of the file with it; a directive or
mark that is mistyped is shown as text, and its record is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.markup.source_lines import lines_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FENCE: Final = re.compile(
    r"^(?P<indent>[ \t>]*(?:(?:[-*+]|\d+[.)]) +)*)(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>.*)$"
)
_DIRECTIVE: Final = re.compile(r"\{[\w:.+-]+\}")
_LITERAL: Final = frozenset(
    {"code", "code-block", "sourcecode", "literalinclude", "raw", "math", "eval-rst", "mermaid"}
)
_RECORDS: Final = (
    "speaker|quote|reading|contradiction|annotation|"
    "articles|speakers|quotes|contradictions|annotations|"
    "timeline|topics|sources|corrections|totals"
)
_SHORT: Final = re.compile(
    rf"^(?P<indent>[ \t>]*)(?P<fence>(?P<one>[:`~])(?P=one)?)"
    rf"\{{(?:record:)?(?P<name>{_RECORDS})\}}(?=\s|$)[^`]*$"
)
"""A record's first line that lacks a character or two of the three that open a fence."""
_SHORTLY: Final = tuple(f"{one * times}{{" for one in ":`~" for times in (1, 2))
_COMMENT: Final = re.compile(r"^ {0,3}%")
_ITEM: Final = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")
_INDENTED: Final = re.compile(r"^(?: {4}|\t)")
_MEANT: Final = re.compile(rf"^[{{(\[]?(?:record:)?(?P<name>{_RECORDS})(?![\w-])")
_WELL: Final = re.compile(rf"^\{{(?:record:)?(?:{_RECORDS})\}}(?:\s|$)")
_REST_DIRECTIVE: Final = re.compile(rf"^\s*\.\. (?:record:)?(?P<name>{_RECORDS})::")
_MARK: Final = re.compile(
    r"\{(?:record:)?(?P<spaced>said|passage)\}\s+`"
    r"|(?<![`{:\w-])(?P<bare>said|passage)`[^`]*<[\w-]+>`"
    r"|(?<!\w):(?:record:)?(?P<rest>said|passage):`"
)
_WORDS: Final = ("said", "passage")
_AFTER: Final = re.compile(r"`|:`|\}\s")
"""What follows one of `_WORDS` wherever `_MARK` is found."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that Markdown would lose: the warning, its line from 1, and what it says."""

    subtype: str
    line: int
    message: str


@dataclass(slots=True)
class _Open:
    character: str
    length: int
    line: int
    literal: bool
    mistyped: bool = False


def scan(text: str, *, colon_fences: bool = True) -> list[Lost]:
    """Give what a Markdown text would lose, in order of its lines.

    ``colon_fences`` says whether MyST's extension for fences of colons is on.
    """
    lines = lines_in(text, is_markdown=True)
    stack: list[_Open] = []
    lost: list[Lost] = []
    below = _front_matter(lines)
    comment = 0
    in_list = False
    # Most lines hold nothing that counts, and are passed over where no line before them does.
    every = _lines_count(text)
    for number, line in [
        (number, line)
        for number, line in enumerate(lines, 1)
        if (every or ":::" in line or "```" in line or "~~~" in line) and number > below
    ]:
        literal = bool(stack) and stack[-1].literal
        if not literal and not comment and line.lstrip().startswith("<!--"):
            comment = number
        if comment:
            comment = 0 if "-->" in line else comment
            continue
        in_list = bool(_ITEM.match(line)) or (in_list and (not line.strip() or line[:1].isspace()))
        match = _FENCE.match(line)
        is_code = not stack and not in_list and bool(_INDENTED.match(line))
        if match and is_code:
            lost += _mistyped_fence(match, number, colon_fences=colon_fences)
            continue  # Shown as code.
        if not (match or literal or is_code) and (short := _SHORT.match(line)):
            lost.append(_short(short, line, number))
            # What closes it would be said to open a fence, and to lose all below it.
            stack.append(_Open(short["one"], 3, number, literal=False, mistyped=True))
        elif not (match or literal or _COMMENT.match(line)):
            lost += _mistyped_text(line, number)
        if not match:
            continue
        character, length = match["fence"][0], len(match["fence"])
        info = match["info"].strip()
        if literal:
            open_ = stack[-1]
            if character == open_.character and length >= open_.length and not info:
                stack.pop()
        elif character == "`" and "`" in info:
            lost += _mistyped_text(line, number)  # Code in the running sentence, not a fence.
        elif info:
            lost += _mistyped_fence(match, number, colon_fences=colon_fences)
            stack.append(_Open(character, length, number, _is_literal(character, info)))
        else:
            lost += _close(stack, character, length, number)
    lost += [_unclosed(open_.line, lines) for open_ in stack if not open_.mistyped]
    if comment:
        message = "this comment is never closed, so that all below it is lost: close it with `-->`"
        lost.append(Lost("unclosed-fence", comment, message))
    return sorted(lost, key=lambda one: one.line)


def _lines_count(text: str) -> bool:
    """Tell whether more than the fences of a text may count: a comment, code, or what is mistyped.

    It is asked of each document, and looks for what is there in any such case and hardly else.
    """
    return (
        "<!--" in text
        or ".. " in text
        or text.startswith(_SHORTLY)
        or any(f"\n{begins}" in text for begins in _SHORTLY)
        or any(indent in text for indent in ("    ", "\t"))
        or any(_AFTER.match(rest) for word in _WORDS for rest in text.split(word)[1:])
    )


def _front_matter(lines: Sequence[str]) -> int:
    """Give the line on which the front matter ends, or 0 where there is none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((n for n, line in enumerate(lines[1:], 2) if line.rstrip() == "---"), 0)


def _unclosed(line: int, lines: Sequence[str]) -> Lost:
    return Lost(
        "unclosed-fence",
        line,
        f'"{lines[line - 1].strip()}" is opened here and never closed, so that all below it is '
        "lost: close it with as many of the same characters on a line of their own",
    )


def _close(stack: list[_Open], character: str, length: int, number: int) -> Iterator[Lost]:
    """Close the fences that a bare one closes, or open one that has no name."""
    closed = [
        index
        for index, open_ in enumerate(stack)
        if open_.character == character and length >= open_.length
    ]
    if not closed:
        stack.append(_Open(character, length, number, literal=character != ":"))
        return
    meant = [index for index in closed if not stack[index].mistyped]
    if len(meant) != len(closed) and meant and stack[meant[-1]].length == length:
        closed = meant  # What is mistyped may have been closed as shortly as it was opened.
    outer, inner = stack[closed[0]], stack[closed[-1]]
    if outer is not inner and not inner.mistyped:
        yield Lost(
            "unclosed-fence",
            outer.line,
            f"this fence is closed by line {number}, which was meant for the one that begins "
            f"inside it on line {inner.line}: begin and end this one with more characters",
        )
    for open_ in stack[closed[-1] + 1 :]:
        if open_.mistyped:
            continue
        yield Lost(
            "unclosed-fence",
            open_.line,
            f"this fence is opened inside another, which line {number} closes first: "
            "close it before with as many of the same characters",
        )
    del stack[closed[-1] :]


def _mistyped_fence(match: re.Match[str], number: int, *, colon_fences: bool) -> Iterator[Lost]:
    info = match["info"].strip()
    meant = _MEANT.match(info)
    if meant is None:
        return
    name = meant["name"]
    if not _WELL.match(info) and (match["fence"][0] == ":" or info[0] == "{"):
        yield Lost(
            "mistyped",
            number,
            f'"{match["fence"]}{info}" makes no {name}: write `{match["fence"]}{{{name}}} ` '
            "and the identifier",
        )
    elif re.search(r"^( {4,}|\t)", match["indent"]) and not re.search(r"[-*+.)>]", match["indent"]):
        message = f"this {name} is indented, and shown as code: begin it at the line's beginning"
        yield Lost("mistyped", number, message)
    elif match["fence"][0] == ":" and not colon_fences:
        yield Lost(
            "mistyped",
            number,
            f"fences of colons are switched off, and this {name} is shown as text: "
            'add "colon_fence" to `myst_enable_extensions` in conf.py',
        )


def _short(match: re.Match[str], line: str, number: int) -> Lost:
    fence = match["one"] * 3
    return Lost(
        "mistyped",
        number,
        f'"{line.strip()}" makes no {match["name"]}, since three characters begin a fence: '
        f"write `{fence}{line.strip().lstrip(match['one'])}`",
    )


def _mistyped_text(line: str, number: int) -> Iterator[Lost]:
    if found := _REST_DIRECTIVE.match(line):
        name = found["name"]
        message = f"this is how reStructuredText makes a {name}: in Markdown write `:::{{{name}}} `"
        yield Lost("mistyped", number, message)
    for match in _MARK.finditer(line):
        if line[: match.start()].count("`") % 2:
            continue  # Shown as code.
        name = match["spaced"] or match["bare"] or match["rest"]
        message = f'"{match[0]}" marks nothing: write `{{{name}}}` and right after it the backtick'
        yield Lost("mistyped", number, message)


def _is_literal(character: str, info: str) -> bool:
    """Tell whether what a fence encloses is shown as it is, fences in it included."""
    directive = _DIRECTIVE.match(info)
    if not directive:
        return character != ":"
    return directive[0].strip("{}").rpartition(":")[2] in _LITERAL
