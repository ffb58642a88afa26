"""The guide's pages, taken apart: what each gives to type, in order, and what it says one sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from conftest import ROOT
from markdown_it import MarkdownIt

GUIDE: Final = ROOT / "guide"
PAGES: Final = ("README.md", *sorted(f"guide/{path.name}" for path in GUIDE.glob("*.md")))
OF_SPHINX: Final = frozenset({"toctree", "bibliography", "literalinclude"})
"""Directives that a page of the guide has for itself."""


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced example, or a quotation of what is shown.

    ``kind`` is its language; ``output`` where it is what the commands before it print, and
    ``seen`` where it is what a page shows. ``file`` is the name that stands above it, or the
    page that shows it.
    """

    page: str
    line: int
    kind: str
    text: str
    file: str = ""

    @property
    def name(self) -> str:
        return f"{self.page}:{self.line}:{self.kind}"


@cache
def examples(page: str) -> tuple[Example, ...]:
    """Give the examples of a page, in order."""
    source = (ROOT / page).read_text(encoding="utf-8")
    if source.startswith("---\n"):
        source = "\n" * source.partition("\n---\n")[0].count("\n") + source
    tokens = MarkdownIt("commonmark").parse(source)
    found: list[Example] = []
    shown, after_commands = "", False
    for at, token in enumerate(tokens):
        line = (token.map or [0])[0] + 1
        if token.type == "fence":
            example = _fenced(page, line, token.info.strip(), token.content)
            if example is None:
                continue
            if example.kind == "text" and not example.file and after_commands:
                example = Example(page, line, "output", example.text)
            after_commands = example.kind in {"sh", "python"} and not example.file
            found.append(example)
        elif token.type == "inline":
            if tokens[at - 2].type == "blockquote_open":
                found.append(Example(page, line, "seen", token.content, shown))
            elif named := re.findall(r"`(_build/html/\S+\.html)`", token.content):
                shown = named[-1]
    return tuple(found)


def _fenced(page: str, line: int, info: str, text: str) -> Example | None:
    directive = re.fullmatch(r"\{([\w-]+)\}\s*(.*)", info)
    if directive is None:
        return Example(page, line, info, text)
    if directive[1] in OF_SPHINX:
        return None
    assert directive[1] == "code-block", f"{page}:{line}: {info}"
    options, _, body = text.partition("\n\n")
    (caption,) = re.findall(r"^:caption: (\S+)$", options, re.MULTILINE)
    return Example(page, line, directive[2], body, caption)


def of_kind(page: str, kind: str, has: str = "") -> list[str]:
    """Give the examples of one kind."""
    return [one.text for one in examples(page) if one.kind == kind and has in one.text]
