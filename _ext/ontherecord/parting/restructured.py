"""Finds in a reStructuredText source what leads to other documents.

What is shown as it is written is set aside: literals, blocks of them, and comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontherecord.parting.places import RECORDS, Place, addresses_in, target_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ontherecord.parting.places import Kind

_ROLE: Final = re.compile(
    rf"(?<![\w+:])(?::(?:std:)?(?P<doc>doc)|:(?:record:)?(?:{'|'.join(sorted(RECORDS))})):"
    r"`(?P<content>[^`]+)`"
)
_NAMED: Final = re.compile(
    r"(?<![:`])`[^`<>]*?<(?P<inline>[^`<>\s]+)>`__?"
    r"|^[ \t]*(?::target:|\.\.[ ]+(?:_(?:`[^`]+`|[^`:\n]+)|__):|__)"
    r"[ ]+(?P<target>[^\s<>`]+)[ \t]*$",
    re.MULTILINE,
)
_IMAGE: Final = re.compile(r"^[ \t]*\.\.[ ]+(?:figure|image)::[ ]+(?P<path>\S+)", re.MULTILINE)
_LITERAL: Final = re.compile(r"``.+?``", re.DOTALL)
_SHOWN: Final = re.compile(
    r"^(?P<indent>[ \t]*)(?:"
    r"\.\.[ ]+(?:code|code-block|sourcecode|math|highlight|literalinclude|include|toctree|raw)::.*"
    r"|(?P<comment>\.\.)(?:[ ]+(?![ ]*(?:[_\[|]|[\w:+.-]+::)).*)?"
    r"|(?!\.\.).*::)$"
)
"""A line below which what is indented deeper is shown as it is, or not at all."""
_RAW: Final = re.compile(r"^[ \t]*\.\.[ ]+raw::[ ]+html")


def places(lines: Sequence[str]) -> Iterator[Place]:
    """Give the places of a source, in no order."""
    text, html = _parsed(lines)
    for match in _ROLE.finditer(text):
        position, target = target_in(match["content"])
        is_doc = match["doc"] is not None
        yield from _place(
            text, match.start("content") + position, "doc" if is_doc else "record", target
        )
        if is_doc:
            name = text[match.start() + 1 : match.start("content") - 2]
            yield from _place(text, match.start() + 1, "doc-name", name, target)
    for match in _NAMED.finditer(text):
        group = "inline" if match["inline"] is not None else "target"
        yield from _place(text, match.start(group), "page", match[group])
    for match in _IMAGE.finditer(text):
        yield from _place(text, match.start("path"), "image", match["path"])
    for position, address in addresses_in(html):
        yield from _place(html, position, "page", address)


def _place(text: str, position: int, kind: Kind, said: str, target: str = "") -> Iterator[Place]:
    if said and "\n" not in said:
        column = position - (text.rfind("\n", 0, position) + 1)
        line = text.count("\n", 0, position) + 1
        yield Place(line, column, column + len(said), kind, said, target)


def _parsed(lines: Sequence[str]) -> tuple[str, str]:
    """Give the text with blanks for what is only shown, and with blanks for all but raw HTML."""
    kept, html = list(lines), [""] * len(lines)
    number = 0
    while number < len(lines):
        match = _SHOWN.match(lines[number].rstrip())
        number += 1
        if match is None:
            continue
        if match["comment"]:
            kept[number - 1] = ""
        indent, is_raw = len(match["indent"]), bool(_RAW.match(lines[number - 1]))
        while number < len(lines) and _is_below(lines[number], indent):
            html[number] = lines[number] if is_raw else ""
            kept[number] = ""
            number += 1
    text = _LITERAL.sub(lambda found: re.sub(r"\S", " ", found[0]), "\n".join(kept))
    return text, "\n".join(html)


def _is_below(text: str, indent: int) -> bool:
    return not text.strip() or len(text) - len(text.lstrip()) > indent
