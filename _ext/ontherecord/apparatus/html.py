"""HTML of the nodes that no writer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from ontherecord.apparatus import nodes as ours
from ontherecord.apparatus.piece_html import write
from ontherecord.markup.nodes import mark

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def register(app: Sphinx) -> None:
    """Tell Sphinx how each of the nodes is written in HTML; other writers see what they are of."""
    html: dict[type[nodes.Element], tuple[Any, Any]] = {
        mark: (visit_mark, depart_span),
        ours.composed: (visit_composed, None),
        ours.taken_in: (visit_taken_in, depart_taken_in),
        ours.cards: (visit_cards, depart_cards),
        ours.card: (visit_block, depart_block),
        ours.side: (visit_block, depart_block),
        ours.card_place: (visit_card_place, None),
        ours.note_number: (visit_note_number, None),
        ours.paragraph_number: (visit_paragraph_number, None),
    }
    for node, visitors in html.items():
        app.add_node(node, html=visitors)


def _in_book(self: HTML5Translator) -> bool:
    return self.builder.name == "epub"


def visit_mark(self: HTML5Translator, node: mark) -> None:
    """Open marked words, which name their card."""
    card = {"data-card": node["card"]} if node.get("card") and not _in_book(self) else {}
    self.body.append(self.starttag(node, "span", "", **card))


def depart_span(self: HTML5Translator, node: nodes.Element) -> None:
    """Close them."""
    self.body.append("</span>")


def visit_composed(self: HTML5Translator, node: ours.composed) -> None:
    """Write what was composed."""
    write(node["pieces"], self.body, self)
    raise nodes.SkipNode


def visit_taken_in(self: HTML5Translator, node: ours.taken_in) -> None:
    """Write what it holds, and nothing around it."""


def depart_taken_in(self: HTML5Translator, node: ours.taken_in) -> None:
    """Do nothing more."""


def visit_cards(self: HTML5Translator, node: ours.cards) -> None:
    """Open the cards in a book, where nothing folds."""
    self.body.append(self.starttag(node, "aside", CLASS="record-cards"))


def depart_cards(self: HTML5Translator, node: ours.cards) -> None:
    """Close the cards."""
    self.body.append("</aside>\n")


def visit_block(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a card or a statement in a book."""
    self.body.append(self.starttag(node, "div"))


def depart_block(self: HTML5Translator, node: nodes.Element) -> None:
    """Close it."""
    self.body.append("</div>\n")


def visit_card_place(self: HTML5Translator, node: ours.card_place) -> None:
    """Set the place of a card."""
    if not _in_book(self):
        self.body.append(f'<span class="record-place" style="--as:--m{node["number"]}"></span>')
    raise nodes.SkipNode


def visit_note_number(self: HTML5Translator, node: ours.note_number) -> None:
    """Set the number as a link; the figure is the sheet's, so that copied words stay clean."""
    number, classes = node["number"], " ".join(["record-note", *node["classes"]])
    if _in_book(self):
        self.body.append(f'<a class="{classes}" href="{self.attval(node["address"])}">{number}</a>')
    else:
        self.body.append(
            f'<a class="{classes}" href="{self.attval(node["address"])}" data-n="{number}" '
            f'aria-label="{self.attval(node["label"])}"></a>'
        )
    raise nodes.SkipNode


def visit_paragraph_number(self: HTML5Translator, node: ours.paragraph_number) -> None:
    """Set the number of a paragraph, which is no part of its text."""
    if not _in_book(self):
        self.body.append(f'<span class="record-paragraph" data-p="{node["number"]}"></span>')
    raise nodes.SkipNode
