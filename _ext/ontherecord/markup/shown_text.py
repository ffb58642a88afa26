"""The text of a block as an HTML page shows it, in parts, and which of them its marks cover.

It is the text of the page's text nodes, in their order, whatever a style sheet makes of them:
what a selector of the Web Annotation Data Model counts in (4.2.4, "after normalization").
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from docutils import nodes

from ontherecord.markup.nodes import mark
from ontherecord.markup.parts import reference_part, unresolved_part
from ontherecord.records import Part
from ontherecord.words import collapse_space

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES: Final = re.compile(" {2,}")


def shown_parts(node: nodes.Node, parts: list[Part]) -> Iterator[tuple[mark, tuple[int, int]]]:
    """Read the parts of a block's shown text, and give the marks with the parts they cover."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            parts.append(Part("text", collapse_space(child.astext())))
        elif type(child) is nodes.inline:  # As most are, and nothing that is asked for below.
            yield from shown_parts(child, parts)
        elif (text := _set_otherwise(child)) is not None:
            parts.append(Part("text", collapse_space(text)))
        elif (part := reference_part(child) or unresolved_part(child)) is not None:
            parts.append(part)
        elif isinstance(child, mark):
            first = len(parts)
            yield from shown_parts(child, parts)
            yield child, (first, len(parts))
        else:
            yield from shown_parts(child, parts)


def _set_otherwise(node: nodes.Node) -> str | None:
    """Give the text of a node that HTML writers do not set as it is, or nothing."""
    match node:
        case nodes.raw():
            return _text_of(node.astext()) if "html" in node.get("format", "").split() else ""
        case nodes.footnote_reference():
            return f"[{node.astext()}]"
        case nodes.math():  # As MathJax, Sphinx's own choice, wants it.
            return rf"\({node.astext()}\)"
        case nodes.literal():  # Runs of spaces are kept by spaces that do not break.
            return _SPACES.sub(lambda run: "\xa0" * (len(run[0]) - 1) + " ", node.astext())
        case nodes.target():
            return None  # It may be set around words.
        case nodes.Invisible() | nodes.system_message():
            return ""
    return None


class _TextOfMarkup(HTMLParser):
    """Keeps the text between tags."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def _text_of(markup: str) -> str:
    parser = _TextOfMarkup()
    parser.feed(markup)
    parser.close()
    return parser.text
