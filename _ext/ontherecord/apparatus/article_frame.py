"""Sets what stands around an article's text: head and foot, numbers in the fore-edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from ontherecord.apparatus.nodes import card, cards, fold, paragraph_number

if TYPE_CHECKING:
    from ontherecord.apparatus.articles import ArticleComposer
    from ontherecord.views import ArticleView

_IN_MARGIN: Final = 57
_IN_TEXT: Final = 65
"""Characters in a line of each; a margin's 38 count as more, since its lines are lower by half."""
_IS_BLOCK: Final = re.compile(r"p\d+")
"""The anchor of a block of an article, as `ontherecord.markup.collecting` gives it."""
_DENSE: Final = 1.6
"""How much more room notes may need than the text, before they are shortened to their names."""


def frame_article(within: nodes.Element, view: ArticleView, composer: ArticleComposer) -> None:
    """Frame the article that stands in a tree, when its cards are placed."""
    section = next(iter(within.findall(nodes.section)), None)
    if section is None:
        return
    tail = composer.tail(view)
    if composer.is_html:
        _number_paragraphs(within)
        if _is_dense(section):
            section["classes"].append("record-dense")
        if any(True for _group in section.findall(cards)):
            tail.insert(0, composer.notes_head())
    section[1:1] = composer.head(view)
    section += tail


def _number_paragraphs(within: nodes.Element) -> None:
    """Set the number of each block beside it, for citing it."""
    for block in within.findall(nodes.paragraph):
        for anchor in filter(_IS_BLOCK.fullmatch, block["ids"]):
            block.insert(0, paragraph_number(number=anchor.removeprefix("p")))


def _is_dense(section: nodes.Element) -> bool:
    """Tell whether an article's notes would need much more room in the margin than its text."""
    of_cards = [_room(one, _IN_MARGIN) for one in section.findall(card)]
    inside = sum(
        sum(_room(one, _IN_TEXT) for one in group.findall(nodes.paragraph))
        for group in section.findall(cards)
    )
    text = sum(_room(one, _IN_TEXT) for one in section.findall(nodes.paragraph)) - inside
    return sum(of_cards) > _DENSE * text


def _room(block: nodes.Element, characters: int) -> float:
    """Give how many lines a block takes, at so many characters a line, with a line after it."""
    shown = block.astext()
    for folded in block.findall(fold):
        shown = shown.replace(folded.astext(), "")
    return len(shown) / characters + 1
