"""Writes records, titles and words as Markdown from which they are read back as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MARKUP: Final = re.compile(
    r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
    r"|\[(?![^\[\]^:]*\](?![(\[:{]))|\{(?=\{)|(?<=\{)\{|!(?=\[)"
)
"""What Markdown sees in running text. The editor's ``[…]`` and ``[word]`` are left as they are."""

_FENCE: Final = re.compile(r"^\s*(:{3,}|`{3,}|~{3,})", re.MULTILINE)
_PLAIN: Final = re.compile(r"[^\W_](?:[^#'\":\\|>{}\[\]]|:(?=\S))*")
"""A value that MyST reads as it stands, without quotation marks."""


def inline(text: str) -> str:
    """Give plain text, on one line, as Markdown that shows it."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))


def title(text: str) -> str:
    """Give plain text as a title; number signs at its end would close it."""
    return re.sub("#+$", lambda match: match[0].replace("#", r"\#"), inline(text))


def words(text: str) -> str:
    """Give words, letter for letter, as the content of a quote; blank lines part paragraphs."""
    paragraphs = [inline(one) for one in re.split(r"\n[ \t]*\n", text) if one.strip()]
    return "\n\n".join(re.sub(r"^(?=[:~+%|-])", r"\\", one) for one in paragraphs)


@dataclass(frozen=True, slots=True)
class Style:
    """How an edition's records are written: what fences, and what stands before ``quote``."""

    character: str = ":"
    domain: str = ""


def directive(
    name: str,
    argument: str,
    options: Iterable[tuple[str, str]],
    content: Sequence[str],
    style: Style,
) -> list[str]:
    """Give the lines of a directive; ``content`` has its blocks, each of one line or several.

    The fence has more characters than any inside it; an option's value of several lines, or one
    that takes a line for each thing, is a block of its own.
    """
    inside = [match[1] for block in content for match in _FENCE.finditer(block)]
    fence = style.character * max(
        [3, *(len(one) + 1 for one in inside if one[0] == style.character)]
    )
    lines = [f"{fence}{{{style.domain}{name}}} {argument}".rstrip()]
    for option, value in options:
        lines += _option(option, value)
    for block in content:
        lines += ["", *block.split("\n")]
    return [*lines, fence]


def _option(name: str, value: str) -> list[str]:
    given = [" ".join(line.split()) for line in value.split("\n") if line.strip()]
    if value.endswith("\n") or len(given) > 1:
        return [f":{name}: |", *(f":  {line}" for line in given)]
    text = "".join(given)
    if not _PLAIN.fullmatch(text):
        doubled = text.replace("'", "''")
        text = f"'{doubled}'"
    return [f":{name}: {text}"]
