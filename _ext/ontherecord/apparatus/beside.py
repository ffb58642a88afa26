"""Puts cards beside marked words, and the numbers that lead to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from docutils import nodes
from docutils.nodes import make_id
from sphinx import addnodes
from sphinx.locale import get_translation

from ontherecord.apparatus.changes import Changes
from ontherecord.apparatus.issues import CONTRADICTED, IN_TENSION, mark_issues
from ontherecord.apparatus.nodes import card_place, composed, note_number, taken_in
from ontherecord.apparatus.piece_html import html
from ontherecord.apparatus.piece_nodes import as_nodes
from ontherecord.apparatus.pieces import Inline, Piece, card, cards, gathered, inline, raw
from ontherecord.markup.nodes import mark
from ontherecord.records import Annotation, Quote
from ontherecord.views import NoteView, QuoteView
from ontherecord.views.records import MOST_IN_A_CARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.builders import Builder

    from ontherecord.apparatus.registers import RegisterComposer
    from ontherecord.domain import RecordDomain
    from ontherecord.edition import Edition
    from ontherecord.records import Record

_ = get_translation("ontherecord")

_STOPS: Final = re.compile(r"[.,;:!?]+")

_NO_ROOM: Final = (
    nodes.definition_list_item,
    nodes.definition_list,
    nodes.field_list,
    nodes.field,
    nodes.line_block,
    nodes.figure,
    nodes.table,
    nodes.option_list,
    nodes.option_list_item,
)
"""Parents in which no card can stand; it is put after them."""
_IN_LINE: Final = (nodes.TextElement, nodes.Inline)
"""Parents of what stands in a line."""
_LINKS: Final = (nodes.reference, addnodes.pending_xref)


HAS_ISSUE: Final = {CONTRADICTED: "record-has-issue", IN_TENSION: "record-has-tension-issue"}
"""What is said of all marks of a quote where some of its words alone are at issue."""

MOST_CARDS: Final = 250
"""Most notes of a page that have a card each."""


@dataclass(slots=True)
class Place:
    """What was placed so far in one document.

    ``taken`` holds the anchors that stand in it, ``numbers`` those of its notes by
    record, ``carded`` the records that have their card. ``texts`` holds the texts of its
    annotations, as parsed; ``beside`` those that are shown where the record they are on is;
    ``cards`` the cards of a page.
    """

    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    carded: set[str] = field(default_factory=set)
    texts: dict[str, list[nodes.Node]] = field(default_factory=dict)
    beside: dict[str, list[nodes.Node]] = field(default_factory=dict)
    cards: list[card] = field(default_factory=list)


class CardPlacing:
    """Places the cards of one document, or of several that stand in one tree."""

    builder: Builder
    domain: RecordDomain
    later: Changes
    is_html: bool
    is_page: bool
    most: int

    def _composer(self, docname: str) -> RegisterComposer:
        raise NotImplementedError

    def _place_of(self, docname: str) -> Place:
        raise NotImplementedError

    def _taken_in(self, written: Sequence[nodes.Node]) -> list[nodes.Node]:
        """Give what an editor wrote as pieces can take it in, in a tree that changes yet."""
        return [taken_in("", *written)] if written and self.is_page else list(written)

    def _set(self, docname: str, parts: Iterable[Inline]) -> list[nodes.Node]:
        """Give what was composed as it stands in the tree: whole on a page, else as nodes."""
        if self.is_page:
            parts = list(parts)
            within = gathered(parts)
            if not within.nodes and docname not in self.domain.edition.articles:
                # A list of thousands takes a sixth of the room as HTML. Of what stands in an
                # article it is still to be estimated how much room it takes on the page.
                parts = [raw(html(parts))]
            return [composed("", *within.nodes, pieces=parts, named=within.named)]
        made = as_nodes(parts)
        if self.builder.name == "gettext":  # It extracts what has a source, a line and a uid.
            source = str(self.builder.env.doc2path(docname))
            for line in (line for one in made for line in one.findall(nodes.paragraph)):
                if line.source is None:
                    line.rawsource, line.source, line.line = line.astext(), source, 1
                    line.uid = ""  # type: ignore[attr-defined]
        return made

    def _place_cards(self, marks: list[mark]) -> None:
        edition = self.domain.edition
        by_block: dict[int, tuple[nodes.Element, list[mark]]] = {}
        # Quotes of which the words at issue alone are marked, of contradictions or of tensions.
        narrowed: dict[str, set[str]] = {}
        for node in marks:
            record = edition.records.get(node["record"])
            node["classes"] += [f"record-{node['kind']}", "record-mark"]
            if record is None or not is_wanted(node, record):
                continue
            if isinstance(record, Quote) and record.lang:
                node["classes"].append(f"language-{record.lang}")
            if found := mark_against(node, record, edition):
                narrowed.setdefault(record.id, set()).update(found)
            if not self._leads_to(record.id, node["docname"]):
                node["card"] = self._card_anchor(record.id, node["docname"])
            if edition.home(record) == node["docname"]:
                index = node["index"]
                anchor = edition.anchor(record) + (f".{index}" if index > 1 else "")
                self._composer(node["docname"]).anchor(node, anchor)
            host = _host(node)
            by_block.setdefault(id(host), (host, []))[1].append(node)
        for host, of_block in by_block.values():
            self._place_block_cards(host, of_block)
        for node in marks:
            found = narrowed.get(node["record"], set())
            node["classes"] += [name for of, name in HAS_ISSUE.items() if of in found]

    def _place_block_cards(self, host: nodes.Element, of_block: list[mark]) -> None:
        """Put the cards of one block after it: those of records that have none yet."""
        docname = of_block[0]["docname"]
        place = self._place_of(docname)
        last = {node["record"]: node for node in of_block}
        first = {node["record"]: node for node in reversed(of_block)}
        notes: list[tuple[str, int]] = []
        for name in dict.fromkeys(node["record"] for node in of_block):
            if name not in place.carded:
                place.carded.add(name)
                number = place.numbers[name]
                self._insert_number(last[name], name, number, docname)
                if self._leads_to(name, docname):
                    continue
                notes.append((name, number))
                if self.is_html:
                    first[name].insert(0, card_place(number=number))
        self._insert_cards(host, notes, docname)

    def _card_anchor(self, name: str, docname: str) -> str:
        home = self.domain.edition.home(self.domain.edition.records[name])
        # A dot cannot stand in an identifier, so that this is no other record's card.
        return f"card-{name}" if home == docname else f"card-{name}.{make_id(docname)}"

    def _insert_number(self, after: nodes.Element, name: str, number: int, docname: str) -> None:
        """Put a note's number after the words, and after the mark that closes their quotation."""
        target = self._card_anchor(name, docname)
        reference: nodes.Element
        if self.is_html:
            label = _("Note %(number)d: %(name)s") % {"number": number, "name": self._summary(name)}
            leads = self._leads_to(name, docname) or f"#{target}"
            reference = note_number("", number=number, target=target, address=leads, label=label)
            reference["classes"] += self._classes(name)
        else:
            reference = nodes.footnote_reference(
                "", str(number), refid=target, ids=[f"{target}-ref"], docname=docname
            )
        after = _around_link(after)
        parent = after.parent
        index = parent.index(after) + 1
        if index < len(parent) and _closes(parent[index]):
            index += 1
        if index < len(parent) and (stop := _leading_stop(parent[index])):
            # As printers do: the number stands after the stop, at no distance from the words.
            text = cast("nodes.Text", parent[index])
            parent[index : index + 1] = [nodes.Text(stop), nodes.Text(text[len(stop) :])]
            index += 1
        parent.insert(index, reference)

    def _classes(self, name: str) -> list[str]:
        """Give the classes by which the sheet tells one sort of card from another."""
        if name not in self.domain.edition.quotes:
            return ["record-annotated"]
        if self.domain.edition.is_contradicted(name):
            return ["record-contradicted"]
        return ["record-in-tension"] if self.domain.edition.is_in_tension(name) else []

    def _short(self, name: str) -> str:
        """Give whose card it is."""
        record = self.domain.edition.records[name]
        if record.id in self.domain.edition.quotes:
            return self.domain.edition.speaker_name(cast("Quote", record))
        return _("the editor")

    def _summary(self, name: str) -> str:
        """Give whose card it is, and whom the words contradict, or are in tension with."""
        summary = self._short(name)
        if others := self._others(name, tension=False):
            with_whom = {"name": summary, "others": others}
            summary = _("%(name)s, in contradiction with %(others)s") % with_whom
        if others := self._others(name, tension=True):
            with_whom = {"name": summary, "others": others}
            summary = _("%(name)s, in tension with %(others)s") % with_whom
        return summary

    def _others(self, name: str, *, tension: bool) -> str:
        """Give whose statements stand against a quote, in contradictions or in tensions."""
        edition = self.domain.edition
        others = [
            _("a statement in %s") % remote.title
            if (remote := edition.remote_quote(side)) and not remote.speaker_name
            else edition.side_name(side)
            for case in edition.contradictions_of.get(name, ())
            if (case.relation == "tension") is tension
            for side in case.between[: MOST_IN_A_CARD + 1]
            if side != name
        ]
        return ", ".join(dict.fromkeys(filter(None, others[:MOST_IN_A_CARD])))

    def _card(self, name: str, docname: str) -> list[Inline]:
        """Give the lines of a record's card."""
        composer = self._composer(docname)
        view = self.domain.views.block(name, self.most)
        match view:
            case QuoteView():
                collated = self.domain.evidence(self.domain.edition.quotes[name])
                return composer.quote_card(view, collated)
            case NoteView():
                return composer.note_card(view, self._place_of(docname).texts.get(name, ()))
        return []

    def _leads_to(self, name: str, docname: str) -> str:
        """Give the address of a quote's page, where that is in its card's stead; else nothing.

        So it is where there are hundreds of notes: a card takes a kilobyte of the page. What is
        contradicted or has notes keeps its card.
        """
        if not self.is_page or len(self._place_of(docname).numbers) <= MOST_CARDS:
            return ""
        edition = self.domain.edition
        if name not in edition.quotes:
            return ""
        view = self.domain.views.block(name, self.most)
        if not isinstance(view, QuoteView) or view.cases or view.answers or view.notes:
            return ""
        return self._composer(docname).address_of(view.statement.link)

    def _insert_cards(
        self, host: nodes.Element, notes: list[tuple[str, int]], docname: str
    ) -> None:
        if not notes:
            return
        if not self.is_html:
            footnotes = [self._footnote(name, number, docname) for name, number in notes]
            self.later.after(host, footnotes)
            return
        group = cards(summary=[f"{number} {self._summary(name)}" for name, number in notes])
        for name, number in notes:
            label = _("Note %(number)d: %(name)s") % {"number": number, "name": self._short(name)}
            lines = self._card(name, docname)
            figure = inline(str(number), classes=["record-number"])
            cast("Piece", lines[0]).children[0:0] = [figure, " "]
            classes = ["record-card", *self._classes(name)]
            one = card(*lines, number=number, label=label, classes=classes)
            one.ids.append(self._card_anchor(name, docname))
            self._place_of(docname).cards.append(one)
            group += one
        self.later.after(host, self._set(docname, [group]))

    def _footnote(self, name: str, number: int, docname: str) -> nodes.footnote:
        target = self._card_anchor(name, docname)
        footnote = nodes.footnote(
            "", nodes.label("", str(number)), ids=[target], docname=docname, backrefs=[]
        )
        footnote += self._set(docname, self._card(name, docname))
        return footnote


def mark_against(node: nodes.Element, record: Record, edition: Edition) -> set[str]:
    """Mark words as contradicted or in tension, and in them those at issue.

    The classes are given of which the words at issue alone are marked.
    """
    issues: tuple[str, ...] = ()
    tensions: tuple[str, ...] = ()
    if edition.is_contradicted(record.id):
        node["classes"].append("record-contradicted")
        issues = edition.at_issue(record.id)
    if edition.is_in_tension(record.id):
        node["classes"].append("record-in-tension")
        tensions = edition.in_tension(record.id)
    found = mark_issues(node, issues, tensions)
    # A tension on words that are not quoted here is none on those that are.
    return found | {IN_TENSION} if tensions else found


def _around_link(node: nodes.Element) -> nodes.Element:
    """Give the outermost link around a node, after which another can stand; else the node."""
    found = above = node
    while isinstance(above.parent, _IN_LINE):
        above = cast("nodes.Element", above.parent)
        if isinstance(above, _LINKS):
            found = above
    return found


def is_wanted(node: mark, record: Record) -> bool:
    """Tell whether a mark is one of the kind that its record wants."""
    return isinstance(record, Quote if node["kind"] == "said" else Annotation)


def _closes(node: nodes.Node) -> bool:
    """Tell whether a node is the quotation mark that we set after marked words."""
    return (
        isinstance(node, nodes.inline)
        and node.get("support_smartquotes") is False
        and not isinstance(node, mark)
        and len(node.astext()) <= 2
    )


def _leading_stop(node: nodes.Node) -> str:
    """Give the stops with which a text begins; dots that leave something out are none."""
    found = _STOPS.match(node) if isinstance(node, nodes.Text) else None
    return found[0] if found and not found[0].startswith("..") else ""


def _host(node: nodes.Element) -> nodes.Element:
    """Give the block after which the cards of a mark can stand."""
    block = node
    while isinstance(block.parent, _IN_LINE):
        block = cast("nodes.Element", block.parent)
    while isinstance(block.parent, _NO_ROOM):
        block = block.parent
    return block
