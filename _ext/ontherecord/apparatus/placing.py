"""Puts cards beside marked words, and blocks and registers where they stand."""

from __future__ import annotations

import sys
from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ontherecord.apparatus.article_frame import frame_article
from ontherecord.apparatus.articles import ArticleComposer
from ontherecord.apparatus.beside import CardPlacing, Place, is_wanted, mark_against
from ontherecord.apparatus.changes import Changes
from ontherecord.apparatus.nodes import card_place
from ontherecord.apparatus.piece_nodes import as_nodes
from ontherecord.apparatus.pieces import Inline
from ontherecord.apparatus.register_pages import count, navigation, page_name
from ontherecord.apparatus.registers import RegisterComposer
from ontherecord.apparatus.walking import of_kinds
from ontherecord.domain import domain_of
from ontherecord.markup.nodes import mark, record_block, register_block, words_block
from ontherecord.records import Annotation, Quote, Speaker
from ontherecord.settings import PAGED, page_size
from ontherecord.views import ContradictionView, NoteView, QuoteView, SpeakerView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.records import Document, Record


_PLACES: Final[frozenset[type[nodes.Node]]] = frozenset(
    {
        addnodes.start_of_file,
        nodes.footnote,
        nodes.section,
        mark,
        record_block,
        register_block,
    }
)
_NUMBERED: Final = (mark, record_block)


TOGETHER: Final = 5
"""How many pages of a register the statements of all speakers in one document may fill."""
FEWEST: Final = 3
"""Statements that each speaker has all the same, in a document of very many."""


def most_statements(builder: Any, counts: Sequence[int] = ()) -> int:
    """Give how many statements a builder shows at most below each speaker of a document.

    ``counts`` says how many each of its speakers has. Where there are no pages it shows all; else
    the document would grow with speakers and statements at once, and from some size on shows
    fewer: as many as leaves them room together, and the same number of each.
    """
    size = page_size(builder)
    if not size:
        return sys.maxsize

    def together(most: int) -> int:
        return sum(min(count, most) for count in counts)

    fitting = bisect_right(range(FEWEST + 1, size + 1), TOGETHER * size, key=together)
    return min(size, FEWEST + fitting)


class PlaceApparatus(CardPlacing, SphinxPostTransform):
    """Replaces what markup left in a document by what a reader sees."""

    default_priority = 5  # Before references are resolved, at 10.

    def run(self, **kwargs: Any) -> None:
        """Place cards, blocks and registers."""
        self.domain = domain_of(self.env)
        self.builder = self.env.app.builder
        self.is_html = self.builder.format == "html"
        self.is_page = self.is_html and self.builder.name != "epub"
        self.later = Changes()
        self.places: dict[str, Place] = {}
        self.composers: dict[str, RegisterComposer] = {}
        found = of_kinds(self.document, _PLACES)
        blocks = [node for node in found if isinstance(node, record_block)]
        marks = [node for node in found if isinstance(node, mark) and "index" in node]
        # Where each document begins, in a tree that was assembled of several.
        starts = (node for node in found if isinstance(node, addnodes.start_of_file))
        self.starts: dict[str, nodes.Element] = {start["docname"]: start for start in starts}
        self.sections = [node for node in found if isinstance(node, nodes.section)]
        self.first = self._first_of_each(blocks)
        quotes = self.domain.edition.quotes_by_speaker
        shown = filter(None, map(self._record, blocks))
        counts = [len(quotes.get(one.id, ())) for one in shown if isinstance(one, Speaker)]
        self.most = most_statements(self.builder, counts)
        self.marked = {(node["docname"], node["record"]) for node in marks}
        if blocks or marks:
            self._count_notes([node for node in found if isinstance(node, nodes.footnote)])
            self._number_notes([node for node in found if isinstance(node, _NUMBERED)])
            self._keep_texts(blocks)
            self._place_cards(marks)
            for block in blocks:
                self._place_block(block)
        self.later.make()
        self._frame_articles()
        for register in found:
            if isinstance(register, register_block):
                self._place_register(register)

    def _composer(self, docname: str) -> RegisterComposer:
        if docname not in self.composers:
            composer = RegisterComposer(self.builder, docname, self.config.language or "en")
            place = self._place_of(docname)
            composer.texts, composer.taken = place.beside, place.taken
            self.composers[docname] = composer
        return self.composers[docname]

    def _place_of(self, docname: str) -> Place:
        if docname not in self.places:
            start = self.starts.get(docname)
            sections = start.findall(nodes.section) if start is not None else self.sections
            taken = {anchor for section in sections for anchor in section["ids"]}
            self.places[docname] = Place(taken=taken)
        return self.places[docname]

    @staticmethod
    def _first_of_each(blocks: list[record_block]) -> set[int]:
        """Give the first block of each record in each document: a file may be included twice."""
        first: dict[tuple[str, str], int] = {}
        for block in blocks:
            first.setdefault((block["docname"], block["record"]), id(block))
        return set(first.values())

    def _count_notes(self, footnotes: list[nodes.footnote]) -> None:
        """Begin our numbers after those of a document's own footnotes."""
        for footnote in footnotes:
            numbers = self._place_of(footnote.get("docname", self.env.docname)).numbers
            numbers[f"footnote {len(numbers)}"] = len(numbers) + 1

    def _number_notes(self, places: list[mark | record_block]) -> None:
        """Number the records that get a note, in the order in which a reader meets them."""
        edition = self.domain.edition
        for node in places:
            record = edition.records.get(node["record"])
            if isinstance(node, mark):
                has_note = record is not None and is_wanted(node, record)
            else:
                is_marked = (node["docname"], node["record"]) in self.marked
                has_note = isinstance(self._record(node), Quote) and (
                    bool(node.children) or not is_marked
                )
            if has_note:
                numbers = self._place_of(node["docname"]).numbers
                numbers.setdefault(node["record"], len(numbers) + 1)

    def _frame_articles(self) -> None:
        """Set what stands around each article's text."""
        for docname, _document in self._articles():
            view = self.domain.views.article(docname)
            within = self.starts.get(docname, self.document)
            if view is not None:
                composer = ArticleComposer(self.builder, docname, self.config.language or "en")
                cards = self._place_of(docname).cards
                frame_article(within, view, composer, cards, self._set)

    def _articles(self) -> list[tuple[str, Document]]:
        """Give the articles that stand in this tree."""
        names = self.starts or [self.env.docname]
        articles = self.domain.edition.articles
        return [(name, articles[name]) for name in names if name in articles]

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
            written = [child.deepcopy() for child in block.children]
            place.texts[note.id] = self._taken_in(written)
            if (block["docname"], note.id) in marked or note.on == note.id:
                continue
            on_note = isinstance(records.get(note.on), Annotation)
            if note.on and not on_note and (block["docname"], note.on) in shown:
                place.beside[note.id] = place.texts[note.id]

    # Blocks of records

    def _place_block(self, block: record_block) -> None:
        record = self._record(block)
        if record is None:
            self._show_as_written(block)
            return
        docname = block["docname"]
        marked = (docname, record.id) in self.marked
        if marked and isinstance(record, Quote) and not block.children:
            self._take_away(block)  # Its marks have the card.
            return
        composer = self._composer(docname)
        view = self.domain.views.block(record.id, self.most)
        children = list(block.children)
        block.clear()
        shown: list[Inline] = []
        match view:
            case QuoteView():
                self._place_quote(block, cast("Quote", record), view, children, marked=marked)
                return
            case NoteView():
                if marked or record.id in self._place_of(docname).beside:
                    self._take_away(block)
                    return
                shown = composer.note_card(view, self._taken_in(children))
            case ContradictionView():
                shown = composer.contradiction(view, self._taken_in(children))
                if view.relation == "tension":
                    block["classes"].append("record-tension")
            case SpeakerView():
                shown = composer.speaker_block(view, self._taken_in(children))
        block += self._set(docname, shown)
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
        """Set a quote as a block quotation with its card, or leave that to its marks."""
        docname = block["docname"]
        composer = self._composer(docname)
        place = self._place_of(docname)
        quotation = nodes.block_quote(classes=["record-words"])
        if view.statement.lang:
            quotation["classes"].append(f"language-{view.statement.lang}")
        if children:
            quotation += [child for words in children for child in words.children]
        else:
            quotation += as_nodes(composer.words(view.statement).children)
        block += quotation
        mark_against(quotation, record, self.domain.edition)
        notes: list[tuple[str, int]] = []
        last = _last_words(quotation)
        if self.builder.name in PAGED:  # The sheet's closing mark stands before the number.
            last.parent.append(nodes.inline("", "", classes=["record-close"]))
            last = cast("nodes.Element", last.parent[-1])
        if record.id not in place.carded:
            place.carded.add(record.id)
            number = place.numbers[record.id]
            self._insert_number(last, record.id, number, docname)
            if not self._leads_to(record.id, docname):
                notes.append((record.id, number))
                if self.is_html:
                    cast("nodes.Element", quotation[0]).insert(0, card_place(number=number))
        elif (
            self.builder.name in PAGED
        ):  # Its card stands at its marks; the number leads there from here too.
            self._insert_number(
                _last_words(quotation), record.id, place.numbers[record.id], docname
            )
        self._insert_cards(quotation, notes, docname)
        if not marked and self.domain.edition.home(record) == docname:
            composer.anchor(block, self.domain.edition.anchor(record))

    def _take_away(self, block: nodes.Element) -> None:
        """Take a block away, and leave the anchors that others gave it."""
        if block["ids"]:
            self.later.after(block, [nodes.target("", "", ids=block["ids"])])
        self.later.gone(block)

    def _show_as_written(self, block: record_block) -> None:
        """Show the content of a record whose identifier another one holds: nothing is lost."""
        for words in list(block.findall(words_block)):
            words.parent.replace(words, nodes.block_quote("", *words.children))
        block.parent.replace(block, block.children)

    def _place_register(self, register: register_block) -> None:
        """Set a register, or its first page, and say who composes the further ones."""
        docname = register["docname"]
        pages = count(len(self.domain.views.register(register["query"])), page_size(self.builder))
        empty = register.copy()
        for number in range(2, pages + 1):
            further = partial(self._further, empty, number)
            waiting = self.builder.record_pages  # type: ignore[attr-defined]
            waiting.setdefault(page_name(docname, number), []).append(further)
        self._fill_register(register, self._composer(docname), 1)

    def _further(self, register: register_block, number: int, taken: set[str]) -> register_block:
        """Give what a register has on a further page, which has these anchors already."""
        name = page_name(register["docname"], number)
        composer = RegisterComposer(self.builder, name, self.config.language or "en")
        composer.taken = taken
        made = register.copy()  # What waits for a page is held to the end, and so would this be.
        self._fill_register(made, composer, number)
        return made

    def _fill_register(
        self, register: register_block, composer: RegisterComposer, number: int
    ) -> None:
        """Set what a register has on one of its pages."""
        docname = register["docname"]
        entries = self.domain.views.register(register["query"])
        size = page_size(self.builder)
        pages = count(len(entries), size)
        part = entries[(number - 1) * size : number * size] if size else entries
        shown = composer.register(part, len(entries))
        if pages > 1:
            shown.append(navigation(self.builder, docname, number, pages))
        register += self._set(docname, shown)


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
