"""Gives each reference to a record the card that shows when it is pointed at.

The cards are made with the page, only those that it uses, so that nothing is
fetched when a reader points at one.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, Final, cast
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import NodeMatcher

from ontherecord.apparatus.nodes import composed
from ontherecord.apparatus.phrases import count, term
from ontherecord.apparatus.piece_html import html
from ontherecord.apparatus.pieces import Inline, Piece, raw, reference_card, strong
from ontherecord.apparatus.registers import RegisterComposer
from ontherecord.domain import domain_of
from ontherecord.markup.nodes import register_block
from ontherecord.records import Speaker
from ontherecord.settings import PAGED
from ontherecord.views import Views
from ontherecord.views.shapes import CaseReference, NoteReference, QuoteReference, SpeakerReference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.views.shapes import Reference, SideView

_ = get_translation("ontherecord")

_NAME_RECORDS: Final[NodeMatcher[Any]] = NodeMatcher(nodes.reference, composed)
_SPEAKERS: Final[WeakKeyDictionary[Views, dict[tuple[str, str], raw]]] = WeakKeyDictionary()
"""The cards of speakers, which are the same on all pages of a folder, by folder and speaker; as
long as the views live that they are made of."""


class ReferenceComposer(RegisterComposer):
    """Composes the card of a record as a reference shows it: what a line or five can say."""

    def reference(self, view: Reference) -> reference_card:
        """Give the card."""
        match view:
            case SpeakerReference():
                lines = self._speaker_card(view)
            case QuoteReference():
                lines = self._quote_card(view)
            case CaseReference():
                lines = self._case_card(view)
            case NoteReference():
                lines = self.note_card(view.note)
        classes = ["record-card"]
        if view.link.kind == "annotation":
            classes.append("record-annotated")
        elif view.contradicted:
            classes.append("record-contradicted")
        elif isinstance(view, QuoteReference | CaseReference) and _is_in_tension(view):
            classes.append("record-in-tension")
        return reference_card(*lines, anchor=view.link.anchor, classes=classes)

    def card_of(self, name: str, views: Views) -> Piece | None:
        """Give the card of a record, or nothing if there is no such record."""
        record = views.edition.records.get(name)
        if record is None:
            return None
        if not isinstance(record, Speaker) or views.link(record).docname == self.docname:
            return self.reference(cast("Reference", views.reference(name)))
        made = _SPEAKERS.setdefault(views, {})
        place = (posixpath.dirname(self.builder.get_target_uri(self.docname)), name)
        if place not in made:
            card = self.reference(cast("Reference", views.reference(name)))
            made[place] = raw(html([card]))
        return made[place]

    def _speaker_card(self, view: SpeakerReference) -> Sequence[Inline]:
        name = strong(view.link.label, classes=["record-name"])
        lines = [self.line(name, classes=["record-who"])]
        if view.kind != "person":
            lines.append(self.line(term(view.kind)))
        lines += [self.line(self.post(post), classes=["record-post"]) for post in view.posts]
        said = count(
            view.statements, _("1 statement in this edition"), _("%d statements in this edition")
        )
        lines.append(self.line(self.link(view.link, said), "."))
        return lines

    def _quote_card(self, view: QuoteReference) -> Sequence[Inline]:
        statement = view.statement
        lines = [self.who(statement), self.line(self.quoted((view.link.label,), view.link.lang))]
        lines.append(self.where(statement))
        lines.append(self.line(self.source(statement.source), ".", classes=["record-source"]))
        lines += [self.case_line(case) for case in view.cases]
        return self.cited(list(lines), view.link)

    def _words_of(self, side: SideView) -> list[Inline]:
        """Give the words of a side, without a link but to another edition's."""
        if side.link.edition:
            return self.elsewhere(side.link, side.words)
        return [self.side_words(side)]

    def _case_card(self, view: CaseReference) -> Sequence[Inline]:
        head = _("Tension") if view.relation == "tension" else _("Contradiction")
        name = strong(head, classes=["record-name"])
        facts = "; ".join(term(fact) for fact in (view.kind, view.status) if fact)
        lines = [self.line(name, f" {facts}", classes=["record-who"])]
        for side, when in view.sides:
            at = f"{side.name}, {self.when(*when)}: " if side.name else ""
            lines.append(self.line(at, *self._words_of(side)))
        for side, _when in view.answers:
            said = _("%s answers: ") % side.name if side.name else _("Answer: ")
            lines.append(self.line(said, *self._words_of(side)))
        lines.append(self.line(self.link(view.link, _("Face to face"))))
        return lines


class ReferenceCards(SphinxPostTransform):
    """Puts the cards of all references of a document at its end."""

    default_priority = 800  # When all references are resolved.
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Compose them, each once."""
        builder = self.env.app.builder
        if builder.name not in PAGED:
            return
        wanted: dict[str, None] = {}
        for node in _NAME_RECORDS.findall(self.document):
            named = node.get("named", [node["record"]] if "record" in node else [])
            if named and not _in_register(node):
                wanted.update(dict.fromkeys(named))
        if not wanted:
            return
        composer = ReferenceComposer(builder, self.env.docname, self.config.language or "en")
        views = domain_of(self.env).views
        shown = [composer.card_of(name, views) for name in wanted]
        self.document += composed("", pieces=[card for card in shown if card], named=[])


def _in_register(node: nodes.Node) -> bool:
    """Tell whether a reference stands in a register, whose lines say what a card would."""
    above = node.parent
    while above is not None and not isinstance(above, register_block):
        above = above.parent
    return above is not None


def _is_in_tension(view: QuoteReference | CaseReference) -> bool:
    if isinstance(view, CaseReference):
        return view.relation == "tension"
    return any(case.relation == "tension" for case in view.cases)
