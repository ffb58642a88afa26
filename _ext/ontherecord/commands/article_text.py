"""Takes from a document that was read what a page shows of it, block by block."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from docutils import nodes
from sphinx import addnodes

from ontherecord.importing.shown_text import Block, Piece
from ontherecord.markup.collecting import article_blocks
from ontherecord.markup.nodes import mark, record_block
from ontherecord.markup.parts import reference_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition

_BREAK: Final = re.compile(r"<br\s*/?>")
_NO_TEXT: Final = (
    nodes.system_message,
    nodes.problematic,
    nodes.Invisible,
    nodes.raw,
)
_CODE: Final = (nodes.literal, nodes.math)


def text_of(doctree: nodes.document, path: Path, edition: Edition) -> tuple[Block, ...]:
    """Give the blocks of a document's running text, as its page shows them.

    ``path`` is that of the document; what references show of records the edition says.
    """
    found = []
    for element, section in article_blocks(doctree, ""):
        anchor = next((one for one in element["ids"] if re.fullmatch(r"p\d+", one)), section)
        found.append(
            Block(
                anchor=anchor,
                line=element.line or 0,
                pieces=tuple(_pieces(element, (), edition)),
                kind=_kind(element),
                file=_other_file(element, path),
                record=_record(element),
            )
        )
    return tuple(found)


def _kind(element: nodes.Element) -> Literal["text", "heading", "code"]:
    if isinstance(element, nodes.title | nodes.subtitle | nodes.rubric):
        return "heading"
    return "code" if isinstance(element, nodes.FixedTextElement | nodes.math_block) else "text"


def _other_file(element: nodes.Element, path: Path) -> str:
    """Give the path of the file that an element is included from, or nothing."""
    source = (element.source or "").partition(":<")[0]
    is_other = source and Path(source) != path and Path(source).is_file()
    return source if is_other else ""


def _record(element: nodes.Element) -> str:
    """Give the quote whose block quotation an element stands in."""
    above: nodes.Node | None = element.parent
    while above is not None:
        if isinstance(above, record_block):
            return str(above["record"])
        above = above.parent
    return ""


def _pieces(
    node: nodes.Node, within: tuple[str, ...], edition: Edition, record: str = ""
) -> Iterator[Piece]:
    """Give the pieces of text below a node; marks and what holds no text are left out."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            kind: Literal["text", "code"] = "code" if isinstance(node, _CODE) else "text"
            yield Piece(child.astext(), kind, record, within)
        elif isinstance(child, nodes.footnote_reference | nodes.citation_reference):
            yield Piece(f"[{child.astext()}]", "reference", record, within)
        elif isinstance(child, nodes.raw) and _BREAK.match(child.astext()):
            yield Piece(" ", "text", record, within)
        elif isinstance(child, _NO_TEXT) and not isinstance(child, nodes.target):
            continue
        elif (part := reference_part(child)) is not None:
            yield Piece(edition.part(part), "reference", record, (*within, _name(child)))
        elif isinstance(child, mark):
            yield from _pieces(child, within, edition, record or child["record"])
        elif isinstance(child, addnodes.pending_xref) and not child.get("refexplicit"):
            yield Piece(child.astext(), "reference", record, (*within, _name(child)))
        else:
            inner = (*within, name) if (name := _name(child)) else within
            yield from _pieces(child, inner, edition, record)


def _name(node: nodes.Node) -> str:
    """Give what an element does to its text, where it does anything."""
    if not isinstance(node, nodes.Element):
        return ""
    if type(node) is nodes.inline and not node["classes"]:
        return ""
    target = node.get("refuri") or node.get("reftarget") or node.get("refid") or ""
    return f"{type(node).__name__} {target} {' '.join(node['classes'])}".strip()
