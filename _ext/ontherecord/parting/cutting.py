"""Cuts and changes directives in the source of a document, Markdown or reStructuredText."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.markup.source_lines import OPTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FENCE: Final = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,}|:{3,})\s*\{")
_ANY_FENCE: Final = re.compile(r"^[ \t>]*(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>[^`]*)$")
_HEAD: Final = re.compile(r"\s*:?(?P<name>[A-Za-z][\w-]*):")
_NAMED: Final = re.compile(r"(?<![\w:.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w:.-])")


@dataclass(frozen=True, slots=True)
class Span:
    """Lines from the first to the last, counted from 1."""

    first: int
    last: int


def without(lines: Sequence[str], spans: Iterable[Span]) -> list[str]:
    """Give lines without those of some spans, and without the blank lines that these leave."""
    gone = {line for span in spans for line in range(span.first, span.last + 1)}
    kept: list[str] = []
    for number, text in enumerate(lines, 1):
        if number in gone:
            continue
        if not text.strip() and number - 1 in gone and (not kept or not kept[-1].strip()):
            continue
        kept.append(text)
    return kept


def end_of(lines: Sequence[str], line: int) -> int:
    """Give the last line of the directive that opens on a line, both counted from 1."""
    opening = lines[line - 1]
    if match := _FENCE.match(opening):
        return _end_of_fence(lines, line, match["fence"])
    indent = len(opening) - len(opening.lstrip())
    last = line
    for number in range(line + 1, len(lines) + 1):
        text = lines[number - 1]
        if text.strip() and len(text) - len(text.lstrip()) <= indent:
            break
        last = number if text.strip() else last
    return last


def opens(lines: Sequence[str], name: str) -> bool:
    """Tell whether a directive stands in a document, and not only in code that shows one."""
    number = 1
    while number <= len(lines):
        text = lines[number - 1]
        if fence := _ANY_FENCE.match(text):
            info = fence["info"].strip()
            if info == f"{{{name}}}" or info.startswith(f"{{{name}}} "):
                return True
            if info and (not info.startswith("{") or info.startswith("{code")):
                number = _end_of_fence(lines, number, fence["fence"])
        elif re.match(rf"\s*\.\.\s+{name}::", text):
            return True
        number += 1
    return False


def _end_of_fence(lines: Sequence[str], line: int, fence: str) -> int:
    closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    after = range(line + 1, len(lines) + 1)
    return next((number for number in after if closing.match(lines[number - 1])), len(lines))


@dataclass(frozen=True, slots=True)
class Given:
    """An option of a directive: its name, and the lines that it stands on."""

    name: str
    first: int
    last: int


def options_of(lines: Sequence[str], line: int) -> list[Given]:
    """Give the options of the directive that opens on a line, with all lines of their values."""
    if line < len(lines) and lines[line].strip() == "---":
        end = next((n for n in range(line + 1, len(lines)) if lines[n].strip() == "---"), line)
        return _options_of_block(lines, line + 2, end)
    found: list[Given] = []
    for number in range(line + 1, len(lines) + 1):
        text = lines[number - 1]
        match = OPTION.match(text)
        if match and not text.lstrip().startswith(":::"):
            found.append(Given(match["name"], number, number))
        elif found and _goes_on(text, lines[found[-1].first - 1]):
            found[-1] = Given(found[-1].name, found[-1].first, number)
        else:
            break
    return found


def _options_of_block(lines: Sequence[str], first: int, last: int) -> list[Given]:
    """Give the options of a block between lines of hyphens; what is indented goes on with one."""
    found: list[Given] = []
    for number in range(first, last + 1):
        match, text = _HEAD.match(lines[number - 1]), lines[number - 1]
        if found and _indent(text) > _indent(lines[found[-1].first - 1]):
            found[-1] = Given(found[-1].name, found[-1].first, number)
        elif match:
            found.append(Given(match["name"], number, number))
    return found


def _goes_on(text: str, option: str) -> bool:
    """Tell whether a line goes on with the option above: after a colon in MyST, else indented."""
    return bool(text.strip()) and (
        bool(re.match(r"\s*:\s+\S", text)) or _indent(text) > _indent(option)
    )


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def renamed(lines: list[str], line: int, names: Mapping[str, str], options: Iterable[str]) -> None:
    """Give identifiers in options of a directive other names, where they stand."""
    wanted = set(options)
    for option in options_of(lines, line):
        if option.name in wanted:
            for number in range(option.first, option.last + 1):
                head = _HEAD.match(lines[number - 1]) if number == option.first else None
                end = head.end() if head else 0
                value = _NAMED.sub(
                    lambda found: names.get(found[0], found[0]), lines[number - 1][end:]
                )
                lines[number - 1] = lines[number - 1][:end] + value


def without_issues(lines: Sequence[str], line: int, own: Iterable[str]) -> list[Span]:
    """Give the lines of words at issue of statements that are not among a part's own."""
    kept, spans = set(own), list[Span]()
    for option in options_of(lines, line):
        if option.name != "at-issue":
            continue
        values = {number: lines[number - 1] for number in range(option.first, option.last + 1)}
        head = _HEAD.match(values[option.first])
        values[option.first] = values[option.first][head.end() if head else 0 :].strip().strip("|")
        named = {
            number: text.strip().removeprefix(":").partition(":")[0].strip()
            for number, text in values.items()
            if text.strip()
        }
        dropped = [number for number, name in named.items() if name not in kept]
        if len(dropped) == len(named):
            spans.append(Span(option.first, option.last))
        else:
            spans += [Span(number, number) for number in dropped]
    return spans


def with_option(lines: Sequence[str], name: str, value: str) -> list[str]:
    """Give the lines of one directive with one more option, before all that it has."""
    first = options_of(lines, 1)[0].first
    text = lines[first - 1]
    indent = text[: _indent(text)]
    mark = ":" if text.lstrip().startswith(":") else ""
    return [*lines[: first - 1], f"{indent}{mark}{name}: {value}", *lines[first - 1 :]]


def dedented(lines: Sequence[str]) -> list[str]:
    """Give lines without the indent that the first of them has."""
    indent = _indent(lines[0])
    return [text[indent:] if not text[:indent].strip() else text.lstrip() for text in lines]
