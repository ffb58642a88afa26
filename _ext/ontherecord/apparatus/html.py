"""HTML of the nodes that no writer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ontherecord.apparatus.nodes import cards, fold, note_number

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator


def visit_cards(self: HTML5Translator, node: cards) -> None:
    """Open the cards: folded on a page, open in a book, where nothing folds."""
    if self.builder.name == "epub":
        self.body.append(self.starttag(node, "aside", CLASS="record-cards"))
        return
    visit_fold(self, node)


def visit_fold(self: HTML5Translator, node: cards | fold) -> None:
    """Open what is shown only when asked."""
    if self.builder.name == "epub":
        self.body.append(self.starttag(node, "div"))
        return
    name = "record-cards" if isinstance(node, cards) else ""
    self.body.append(self.starttag(node, "details", CLASS=name))
    self.body.append(f"<summary>{self.encode(node['summary'])}</summary>\n")


def depart_cards(self: HTML5Translator, node: cards) -> None:
    """Close the cards."""
    self.body.append("</aside>\n" if self.builder.name == "epub" else "</details>\n")


def depart_fold(self: HTML5Translator, node: fold) -> None:
    """Close it."""
    self.body.append("</div>\n" if self.builder.name == "epub" else "</details>\n")


def visit_note_number(self: HTML5Translator, node: note_number) -> None:
    """Set the number as a link; the figure is the sheet's, so that copied words stay clean."""
    label = self.attval(node["label"])
    number = node["number"]
    if self.builder.name == "epub":
        self.body.append(f'<a class="record-note" href="#{node["target"]}">{number}</a>')
    else:
        self.body.append(
            f'<a class="record-note" href="#{node["target"]}" data-n="{number}" '
            f'aria-label="{label}"></a>'
        )
    raise nodes.SkipNode
