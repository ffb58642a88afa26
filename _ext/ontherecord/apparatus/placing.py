"""Puts cards beside marked words, and blocks and registers where they stand."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from docutils import nodes
from docutils.nodes import make_id
from sphinx import addnodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from ontherecord.apparatus.nodes import cards, note_number
from ontherecord.apparatus.register_pages import count, navigation, page_name
from ontherecord.apparatus.registers import RegisterComposer
from ontherecord.domain import domain_of
from ontherecord.markup.nodes import mark, record_block, register_block, words_block
from ontherecord.records import Annotation, Quote
from ontherecord.settings import page_size
from ontherecord.views import ContradictionView, NoteView, QuoteView, SpeakerView
from ontherecord.views.records import MOST_IN_A_CARD

if TYPE_CHECKING:
    from ontherecord.records import Record

_ = get_translation("ontherecord")


def most_statements(builder: Any) -> int:
    """Give how many statements a builder shows below a speaker: all, where there are no pages."""
    return page_size(builder) or sys.maxsize


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


@dataclass(slots=True)
class _Place:
    """What was placed so far in one document: the numbers of its notes by record.

    ``taken`` holds the anchors that stand in it.

    ``carded`` names those that
    have their card. ``texts`` holds the texts of its annotations, as parsed; ``beside`` those
    which are shown where the record that they are on is.
    """

    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    carded: set[str] = field(default_factory=set)
    texts: dict[str, list[nodes.Node]] = field(default_factory=dict)
    beside: dict[str, list[nodes.Node]] = field(default_factory=dict)


class PlaceApparatus(SphinxPostTransform):
    """Replaces what markup left in a document by what a reader sees."""

    default_priority = 5  # Before references are resolved, at 10.

    def run(self, **kwargs: Any) -> None:
        """Place cards, blocks and registers."""
        self.domain = domain_of(self.env)
        self.builder = self.env.app.builder
        self.is_html = self.builder.format == "html"
        self.places: dict[str, _Place] = {}
        self.most = most_statements(self.builder)
        blocks = list(self.document.findall(record_block))
        marks = [node for node in self.document.findall(mark) if "index" in node]
        # Where each document begins, in a tree that was assembled of several.
        starts = self.document.findall(addnodes.start_of_file)
        self.starts: dict[str, nodes.Element] = {start["docname"]: start for start in starts}
        self.first = self._first_of_each(blocks)
        self.marked = {(node["docname"], node["record"]) for node in marks}
        if blocks or marks:
            self._count_notes()
            self._number_notes()
            self._keep_texts(blocks)
            self._place_cards(marks)
            for block in blocks:
                self._place_block(block)
        for register in list(self.document.findall(register_block)):
            self._place_register(register)

    def _composer(self, docname: str) -> RegisterComposer:
        composer = RegisterComposer(self.builder, docname, self.config.language or "en")
        place = self._place_of(docname)
        composer.texts, composer.taken = place.beside, place.taken
        return composer

    def _place_of(self, docname: str) -> _Place:
        if docname not in self.places:
            within = self.starts.get(docname, self.document)
            sections = within.findall(nodes.section)
            taken = {anchor for section in sections for anchor in section["ids"]}
            self.places[docname] = _Place(taken=taken)
        return self.places[docname]

    @staticmethod
    def _first_of_each(blocks: list[record_block]) -> set[int]:
        """Give the first block of each record in each document: a file may be included twice."""
        first: dict[tuple[str, str], int] = {}
        for block in blocks:
            first.setdefault((block["docname"], block["record"]), id(block))
        return set(first.values())

    def _count_notes(self) -> None:
        """Begin our numbers after those of a document's own footnotes."""
        for footnote in self.document.findall(nodes.footnote):
            numbers = self._place_of(footnote.get("docname", self.env.docname)).numbers
            numbers[f"footnote {len(numbers)}"] = len(numbers) + 1

    def _number_notes(self) -> None:
        """Number the records that get a note, in the order in which a reader meets them."""
        edition = self.domain.edition
        places: Any = list(self.document.findall(lambda n: isinstance(n, mark | record_block)))
        for node in places:
            record = edition.records.get(node["record"])
            if isinstance(node, mark):
                has_note = record is not None and _is_wanted(node, record)
            else:
                is_marked = (node["docname"], node["record"]) in self.marked
                has_note = isinstance(self._record(node), Quote) and (
                    bool(node.children) or not is_marked
                )
            if has_note:
                numbers = self._place_of(node["docname"]).numbers
                numbers.setdefault(node["record"], len(numbers) + 1)

    def _record(self, block: record_block) -> Record | None:
        """Give the record that a block is the place of, or nothing if another one holds its id."""
        record = self.domain.edition.records.get(block["record"])
        if record is None:
            return None
        origin = record.origin
        here = (origin.docname, origin.line) == (block["docname"], block["line"])
        return record if here and id(block) in self.first else None

    def _keep_texts(self, blocks: list[record_block]) -> None:
        """Keep the texts of annotations, for the cards and blocks that they are shown in."""
        records = self.domain.edition.records
        marked = {place for place in self.marked if place[1] in records}
        shown = marked | {
            (block["docname"], block["record"]) for block in blocks if self._record(block)
        }
        for block in blocks:
            note = self._record(block)
            if not isinstance(note, Annotation):
                continue
            place = self._place_of(block["docname"])
            place.texts[note.id] = [child.deepcopy() for child in block.children]
            if (block["docname"], note.id) in marked or note.on == note.id:
                continue
            on_note = isinstance(records.get(note.on), Annotation)
            if note.on and not on_note and (block["docname"], note.on) in shown:
                place.beside[note.id] = place.texts[note.id]

    # Marks and their cards

    def _place_cards(self, marks: list[mark]) -> None:
        edition = self.domain.edition
        by_block: dict[int, tuple[nodes.Element, list[mark]]] = {}
        for node in marks:
            record = edition.records.get(node["record"])
            node["classes"] += [f"record-{node['kind']}", "record-mark"]
            if record is None or not _is_wanted(node, record):
                continue
            if isinstance(record, Quote) and record.lang:
                node["classes"].append(f"language-{record.lang}")
            if edition.is_contradicted(record.id):
                node["classes"].append("record-contradicted")
            if edition.home(record) == node["docname"]:
                index = node["index"]
                anchor = edition.anchor(record) + (f".{index}" if index > 1 else "")
                self._composer(node["docname"]).anchor(node, anchor)
            host = _host(node)
            by_block.setdefault(id(host), (host, []))[1].append(node)
        for host, of_block in by_block.values():
            self._place_block_cards(host, of_block)

    def _place_block_cards(self, host: nodes.Element, of_block: list[mark]) -> None:
        """Put the cards of one block after it: those of records that have none yet."""
        docname = of_block[0]["docname"]
        place = self._place_of(docname)
        last = {node["record"]: node for node in of_block}
        notes: list[tuple[str, int]] = []
        for name in dict.fromkeys(last):
            if name not in place.carded:
                place.carded.add(name)
                notes.append((name, place.numbers[name]))
                self._insert_number(last[name], name, place.numbers[name], docname)
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
            label = _("Note %(number)d: %(name)s") % {"number": number, "name": self._short(name)}
            reference = note_number("", number=number, target=target, label=label)
        else:
            reference = nodes.footnote_reference(
                "", str(number), refid=target, ids=[f"{target}-ref"], docname=docname
            )
        after = _around_link(after)
        parent = after.parent
        index = parent.index(after) + 1
        if index < len(parent) and _closes(parent[index]):
            index += 1
        parent.insert(index, reference)

    def _short(self, name: str) -> str:
        """Give whose card it is."""
        record = self.domain.edition.records[name]
        if record.id in self.domain.edition.quotes:
            return self.domain.edition.speaker_name(cast("Quote", record))
        return _("the editor")

    def _summary(self, name: str) -> str:
        """Give whose card it is, and whom the words contradict."""
        edition = self.domain.edition
        others = [
            edition.speaker_name(edition.quotes.get(side))
            for case in edition.contradictions_of.get(name, ())
            if case.relation != "tension"
            for side in case.between
            if side != name
        ]
        if not others:
            return self._short(name)
        against = ", ".join(dict.fromkeys(filter(None, others[:MOST_IN_A_CARD])))
        return _("%(name)s, in contradiction with %(others)s") % {
            "name": self._short(name),
            "others": against,
        }

    def _card(self, name: str, docname: str, *, words: bool = False) -> list[nodes.Node]:
        """Give the lines of a record's card."""
        composer = self._composer(docname)
        view = self.domain.views.block(name, self.most)
        match view:
            case QuoteView():
                collated = self.domain.evidence(self.domain.edition.quotes[name])
                return composer.quote_card(view, collated, words=words)
            case NoteView():
                return composer.note_card(view, self._place_of(docname).texts.get(name, ()))
        return []

    def _insert_cards(
        self, host: nodes.Element, notes: list[tuple[str, int]], docname: str
    ) -> None:
        if not notes:
            return
        if not self.is_html:
            footnotes = [self._footnote(name, number, docname) for name, number in notes]
            _insert_after(host, footnotes)
            return
        summary = "; ".join(f"{number} {self._summary(name)}" for name, number in notes)
        group = cards("", summary=summary)
        for name, number in notes:
            card = nodes.container(classes=["record-card"], ids=[self._card_anchor(name, docname)])
            lines = self._card(name, docname)
            cast("nodes.Element", lines[0]).insert(0, nodes.inline("", f"{number} "))
            card += lines
            group += card
        _insert_after(host, [group])

    def _footnote(self, name: str, number: int, docname: str) -> nodes.footnote:
        target = self._card_anchor(name, docname)
        footnote = nodes.footnote(
            "", nodes.label("", str(number)), ids=[target], docname=docname, backrefs=[]
        )
        footnote += self._card(name, docname)
        return footnote

    # Blocks of records

    def _place_block(self, block: record_block) -> None:
        record = self._record(block)
        if record is None:
            self._show_as_written(block)
            return
        docname = block["docname"]
        marked = (docname, record.id) in self.marked
        composer = self._composer(docname)
        view = self.domain.views.block(record.id, self.most)
        children = list(block.children)
        block.clear()
        match view:
            case QuoteView():
                self._place_quote(block, cast("Quote", record), view, children, marked=marked)
                return
            case NoteView():
                if marked or record.id in self._place_of(docname).beside:
                    _remove(block)
                    return
                block += composer.note_card(view, children)
            case ContradictionView():
                block += composer.contradiction(view, children)
                if view.relation == "tension":
                    block["classes"].append("record-tension")
            case SpeakerView():
                block += composer.speaker_block(view, children)
        if not marked and self.domain.edition.home(record) == docname:
            composer.anchor(block, self.domain.edition.anchor(record))

    def _place_quote(
        self,
        block: record_block,
        record: Quote,
        view: QuoteView,
        children: list[nodes.Node],
        *,
        marked: bool,
    ) -> None:
        """Set a quote as a block quotation with its card, or leave it to its marks' card."""
        docname = block["docname"]
        if marked and not children:
            _remove(block)
            return
        composer = self._composer(docname)
        place = self._place_of(docname)
        quotation = nodes.block_quote(classes=["record-words"])
        if view.statement.lang:
            quotation["classes"].append(f"language-{view.statement.lang}")
        if children:
            quotation += [child for words in children for child in words.children]
        else:
            quotation += composer.words(view.statement).children
        block += quotation
        if self.domain.edition.is_contradicted(record.id):
            quotation["classes"].append("record-contradicted")
        notes: list[tuple[str, int]] = []
        if record.id not in place.carded:
            place.carded.add(record.id)
            number = place.numbers[record.id]
            notes.append((record.id, number))
            self._insert_number(_last_words(quotation), record.id, number, docname)
        self._insert_cards(quotation, notes, docname)
        if not marked and self.domain.edition.home(record) == docname:
            composer.anchor(block, self.domain.edition.anchor(record))

    def _show_as_written(self, block: record_block) -> None:
        """Show the content of a record whose identifier another one holds: nothing is lost."""
        for words in list(block.findall(words_block)):
            words.parent.replace(words, nodes.block_quote("", *words.children))
        block.parent.replace(block, block.children)

    def _place_register(self, register: register_block) -> None:
        """Set a register, or its first page, and hand the further ones to who writes them."""
        docname = register["docname"]
        entries = self.domain.views.register(register["query"])
        size = page_size(self.builder)
        pages = count(len(entries), size)
        for number in range(1, pages + 1):
            composer = self._composer(docname)
            composer.docname = page_name(docname, number)
            part = entries[(number - 1) * size : number * size] if size else entries
            shown = composer.register(part)
            if pages > 1:
                shown.append(navigation(self.builder, docname, number, pages))
            if number == 1:
                register += shown
                continue
            further = register.copy()
            further += shown
            waiting = self.builder.record_pages  # type: ignore[attr-defined]
            waiting.setdefault(composer.docname, []).append(further)


def _around_link(node: nodes.Element) -> nodes.Element:
    """Give the outermost link around a node, after which another can stand; else the node."""
    found = above = node
    while isinstance(above.parent, nodes.Inline | nodes.TextElement):
        above = cast("nodes.Element", above.parent)
        if isinstance(above, nodes.reference | addnodes.pending_xref):
            found = above
    return found


def _remove(block: nodes.Element) -> None:
    """Take a block away, and leave the anchors that others gave it."""
    if block["ids"]:
        block.parent.replace(block, nodes.target("", "", ids=block["ids"]))
    else:
        block.parent.remove(block)


def _last_words(quotation: nodes.Element) -> nodes.Element:
    """Give the last node of a quotation's last paragraph, making one if it has none."""
    last = quotation[-1] if quotation.children else None
    if not isinstance(last, nodes.paragraph) or not last.children:
        last = nodes.paragraph("", "", nodes.inline())
        quotation += last
    found = last[-1]
    if not isinstance(found, nodes.Element):
        found = nodes.inline("", "", found.deepcopy())
        last[-1] = found
    return found


def _is_wanted(node: mark, record: Record) -> bool:
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


def _host(node: nodes.Element) -> nodes.Element:
    """Give the block after which the cards of a mark can stand."""
    block = node
    while isinstance(block.parent, nodes.TextElement | nodes.Inline):
        block = cast("nodes.Element", block.parent)
    while isinstance(block.parent, _NO_ROOM):
        block = block.parent
    return block


def _insert_after(host: nodes.Element, new: list[Any]) -> None:
    index = host.parent.index(host) + 1
    host.parent.insert(index, new)
