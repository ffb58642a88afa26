"""Sets what stands around an article's text: head and foot, numbers in the fore-edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from docutils import nodes

from ontherecord.apparatus.nodes import composed, paragraph_number, taken_in
from ontherecord.apparatus.pieces import (
    Inline,
    Piece,
    bullet_list,
    card,
    container,
    fold,
    list_item,
    paragraph,
    text,
)
from ontherecord.apparatus.pieces import cards as group_of_cards
from ontherecord.apparatus.walking import of_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ontherecord.apparatus.articles import ArticleComposer
    from ontherecord.views import ArticleView

_IN_MARGIN: Final = 57
_IN_TEXT: Final = 65
"""Characters in a line of each; a margin's 38 count as more, since its lines are lower by half."""
_IS_BLOCK: Final = re.compile(r"p\d+")
"""The anchor of a block of an article, as `ontherecord.markup.collecting` gives it."""
_TAKE_ROOM: Final[frozenset[type[nodes.Node]]] = frozenset({nodes.paragraph, composed})
_BLOCKS: Final = (card, container, bullet_list, list_item)
_LINES: Final = (paragraph, taken_in)
_DENSE: Final = 1.3
"""How much more room notes may need than the text, before they are shortened to their names."""
_BESIDE_TAIL: Final = 14
"""Lines of notes for which there is room beside what stands below the text."""


_UNSEEN: Final = frozenset({"record-more", "record-visually-hidden"})
"""Classes of what a card shows when it is pointed at, or reads out only."""


class Set(Protocol):
    """Sets what was composed for a document as nodes of its tree."""

    def __call__(self, docname: str, parts: Iterable[Inline]) -> list[nodes.Node]:
        """Give the nodes."""


def frame_article(
    within: nodes.Element,
    view: ArticleView,
    composer: ArticleComposer,
    cards: Sequence[card],
    as_set: Set,
) -> None:
    """Frame the article that stands in a tree, when its ``cards`` are placed."""
    section = next(iter(within.findall(nodes.section)), None)
    if section is None:
        return
    tail = composer.tail(view)
    if composer.is_page:
        blocks = of_kinds(within, _TAKE_ROOM)
        _number_paragraphs(blocks)
        if _is_dense(blocks, cards):
            section["classes"].append("record-dense")
    if cards:
        tail.insert(0, composer.notes_head())
    section[1:1] = as_set(view.docname, composer.head(view))
    section += as_set(view.docname, tail)


def _number_paragraphs(blocks: Sequence[nodes.Node]) -> None:
    """Set the number of each block beside it, for citing it."""
    for block in blocks:
        if isinstance(block, nodes.paragraph):
            for anchor in filter(_IS_BLOCK.fullmatch, block["ids"]):
                block.insert(0, paragraph_number(number=anchor.removeprefix("p")))


def _is_dense(blocks: Sequence[nodes.Node], cards: Sequence[card]) -> bool:
    """Tell whether an article's notes would need much more room in the margin than its text."""
    of_cards = sum(_room(_length(one), _IN_MARGIN) for one in cards)
    text = 0.0
    for block in blocks:
        if of_cards <= _DENSE * text + _BESIDE_TAIL:
            return False
        if isinstance(block, composed):
            lines = [one for part in block["pieces"] for one in _lines(part)]
            text += sum(_room(_length(line), _IN_TEXT) for line in lines)
        elif not isinstance(block.parent, taken_in):
            text += _room(len(block.astext()), _IN_TEXT)
    return of_cards > _DENSE * text + _BESIDE_TAIL


def _lines(part: Inline) -> Iterator[Inline]:
    """Give the lines in a part, but those of cards, and the blocks that it takes in."""
    if isinstance(part, _LINES):
        yield part
    elif isinstance(part, Piece) and not isinstance(part, group_of_cards):
        for child in part.children:
            yield from _lines(child)


def _room(length: int, characters: int) -> float:
    """Give how many lines a block takes, at so many characters a line, with a line after it."""
    return length / characters + 1


def _length(part: Inline) -> int:
    """Give the number of characters that show of a part, two between blocks; a fold shows none."""
    if not isinstance(part, Piece):
        return len(text(part))
    if isinstance(part, fold) or not _UNSEEN.isdisjoint(part.classes):
        return 0
    between = 2 * max(0, len(part.children) - 1) if isinstance(part, _BLOCKS) else 0
    return sum(map(_length, part.children)) + between
