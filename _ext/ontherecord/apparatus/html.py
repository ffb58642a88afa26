"""HTML of the nodes that no writer knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation

from ontherecord.apparatus import nodes as ours
from ontherecord.markup.nodes import mark

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("ontherecord")


def register(app: Sphinx) -> None:
    """Tell Sphinx how each of the nodes is written in HTML; other writers see what they are of."""
    html: dict[type[nodes.Element], tuple[Any, Any]] = {
        mark: (visit_mark, depart_span),
        ours.cards: (visit_cards, depart_cards),
        ours.card: (visit_card, depart_div),
        ours.card_place: (visit_card_place, None),
        ours.note_number: (visit_note_number, None),
        ours.paragraph_number: (visit_paragraph_number, None),
        ours.reference_card: (visit_reference_card, depart_reference_card),
        ours.side: (visit_side, depart_side),
        ours.heading: (visit_heading, depart_heading),
        ours.fold: (visit_fold, depart_fold),
        ours.records_table: (visit_table, depart_table),
        ours.records_row: (visit_row, depart_row),
        ours.records_cell: (visit_cell, depart_cell),
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


def visit_cards(self: HTML5Translator, node: ours.cards) -> None:
    """Open the cards: folded on a page, open in a book, where nothing folds."""
    if _in_book(self):
        self.body.append(self.starttag(node, "aside", CLASS="record-cards"))
        return
    notes = self.encode(_("Notes:"))
    parts = " ".join(f"<span>{self.encode(part)}</span>" for part in node["summary"])
    self.body.append(self.starttag(node, "details", CLASS="record-cards"))
    self.body.append(
        f'<summary><span class="record-visually-hidden">{notes} </span>{parts}</summary>\n'
    )


def depart_cards(self: HTML5Translator, node: ours.cards) -> None:
    """Close the cards."""
    self.body.append("</aside>\n" if _in_book(self) else "</details>\n")


def visit_card(self: HTML5Translator, node: ours.card) -> None:
    """Open a card, with the names by which the sheet finds its place and the card before it."""
    if _in_book(self):
        self.body.append(self.starttag(node, "div"))
        return
    number = node["number"]
    style = f"--me:--c{number};--prev:--c{number - 1};--at:--m{number}"
    self.body.append(
        self.starttag(node, "div", style=style, role="note", **{"aria-label": node["label"]})
    )


def depart_div(self: HTML5Translator, node: nodes.Element) -> None:
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
        self.body.append(f'<a class="{classes}" href="#{node["target"]}">{number}</a>')
    else:
        self.body.append(
            f'<a class="{classes}" href="#{node["target"]}" data-n="{number}" '
            f'aria-label="{self.attval(node["label"])}"></a>'
        )
    raise nodes.SkipNode


def visit_paragraph_number(self: HTML5Translator, node: ours.paragraph_number) -> None:
    """Set the number of a paragraph, which is no part of its text."""
    if not _in_book(self):
        self.body.append(f'<span class="record-paragraph" data-p="{node["number"]}"></span>')
    raise nodes.SkipNode


def visit_reference_card(self: HTML5Translator, node: ours.reference_card) -> None:
    """Open a card that waits for the script."""
    if _in_book(self):
        raise nodes.SkipNode
    self.body.append(f'<template id="record-{self.attval(node["anchor"])}">')
    self.body.append(self.starttag(node, "div"))


def depart_reference_card(self: HTML5Translator, node: ours.reference_card) -> None:
    """Close it."""
    self.body.append("</div></template>\n")


def visit_side(self: HTML5Translator, node: ours.side) -> None:
    """Open a statement."""
    label: dict[str, Any] = (
        {"aria-label": node["label"], "role": "group"} if not _in_book(self) else {}
    )
    self.body.append(self.starttag(node, "div", **label))


def depart_side(self: HTML5Translator, node: ours.side) -> None:
    """Close it."""
    self.body.append("</div>\n")


def visit_heading(self: HTML5Translator, node: ours.heading) -> None:
    """Open a heading, which stands where no section can begin."""
    role: dict[str, Any] = {"role": "heading", "aria-level": "2"} if not _in_book(self) else {}
    self.body.append(self.starttag(node, "p", "", **role))


def depart_heading(self: HTML5Translator, node: ours.heading) -> None:
    """Close it."""
    self.body.append("</p>\n")


def visit_fold(self: HTML5Translator, node: ours.fold) -> None:
    """Open what is shown only when asked."""
    if _in_book(self):
        self.body.append(self.starttag(node, "div"))
        return
    opening = node.get("opening", "")
    more = f'<span class="record-opening">: {self.encode(opening)}</span>' if opening else ""
    self.body.append(self.starttag(node, "details"))
    self.body.append(f"<summary>{self.encode(node['summary'])}{more}</summary>\n")


def depart_fold(self: HTML5Translator, node: ours.fold) -> None:
    """Close it."""
    self.body.append("</div>\n" if _in_book(self) else "</details>\n")


def visit_table(self: HTML5Translator, node: ours.records_table) -> None:
    """Open a register: the filters, which wait for the script, the caption and the head."""
    self.body.append(node["filters"])
    self.body.append(self.starttag(node, "table", CLASS="record-table"))
    self.body.append(
        f'<caption><span class="record-shown" role="status" '
        f'data-shown="{self.attval(node["template"])}">{self.encode(node["shown"])}</span>'
        "</caption>\n<thead><tr>"
    )
    for name, heading, sorts in node["columns"]:
        sortable = " data-sort" if sorts else ""
        self.body.append(
            f'<th scope="col" class="record-column-{name}"{sortable}>{self.encode(heading)}</th>'
        )
    self.body.append("</tr></thead>\n<tbody>\n")


def depart_table(self: HTML5Translator, node: ours.records_table) -> None:
    """Close it."""
    self.body.append("</tbody>\n</table>\n")


def visit_row(self: HTML5Translator, node: ours.records_row) -> None:
    """Open a row."""
    data: dict[str, Any] = {
        f"data-{name}": value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in node["data"].items()
        if value
    }
    self.body.append(self.starttag(node, "tr", "", **data))


def depart_row(self: HTML5Translator, node: ours.records_row) -> None:
    """Close it."""
    self.body.append("</tr>\n")


def visit_cell(self: HTML5Translator, node: ours.records_cell) -> None:
    """Open a cell."""
    value = {"data-v": node["value"]} if node.get("value") else {}
    self.body.append(
        self.starttag(node, "td", "", CLASS=f"record-column-{node['column']}", **value)
    )


def depart_cell(self: HTML5Translator, node: ours.records_cell) -> None:
    """Close it."""
    self.body.append("</td>")
