"""Gives pieces as nodes, for the writers of books and plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from ontherecord.apparatus import nodes as ours
from ontherecord.apparatus import pieces
from ontherecord.apparatus.pieces import Inline, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

_NODES: Final[dict[type[Piece], type[nodes.Element]]] = {
    pieces.inline: nodes.inline,
    pieces.strong: nodes.strong,
    pieces.emphasis: nodes.emphasis,
    pieces.literal: nodes.literal,
    pieces.paragraph: nodes.paragraph,
    pieces.rubric: nodes.rubric,
    pieces.container: nodes.container,
    pieces.block_quote: nodes.block_quote,
    pieces.bullet_list: nodes.bullet_list,
    pieces.list_item: nodes.list_item,
    pieces.definition_list: nodes.definition_list,
    pieces.reference: nodes.reference,
    pieces.cards: ours.cards,
    pieces.card: ours.card,
    pieces.side: ours.side,
}


def as_nodes(parts: Iterable[Inline]) -> list[nodes.Node]:
    """Give parts as nodes."""
    return [as_node(part) for part in parts]


def as_node(part: Inline) -> nodes.Node:
    """Give a part as a node."""
    if isinstance(part, Piece):
        return _element(part)
    return part if isinstance(part, nodes.Node) else nodes.Text(part)


def _element(piece: Piece) -> nodes.Element:
    children = as_nodes(piece.children)
    node: nodes.Element
    if isinstance(piece, pieces.definition):
        term = nodes.term("", piece.term)
        return nodes.definition_list_item("", term, nodes.definition("", *children))
    if isinstance(piece, pieces.raw):
        return nodes.raw("", piece.html, format="html")
    node = _NODES[type(piece)]("")
    node.extend(children)
    node["classes"] += piece.classes
    node["ids"] += piece.ids
    _say(node, piece)
    return node


def _say(node: nodes.Element, piece: Piece) -> None:
    """Tell a node what only pieces of its kind say."""
    said: dict[str, Any] = {}
    match piece:
        case pieces.reference():
            said["internal"] = piece.internal
            said |= {"refid": piece.anchor} if piece.anchor else {"refuri": piece.address}
            said |= {"record": piece.record} if piece.record else {}
        case pieces.side():
            said["label"] = piece.label
    node.attributes.update(said)
