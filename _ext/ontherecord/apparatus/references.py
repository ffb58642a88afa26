"""Gives each reference to a record the card that shows when it is pointed at.

The cards are made with the page, only those that it uses, so that nothing is
fetched when a reader points at one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from ontherecord.apparatus.nodes import records_table, reference_card
from ontherecord.apparatus.phrases import count, term
from ontherecord.apparatus.registers import RegisterComposer
from ontherecord.domain import domain_of
from ontherecord.markup.nodes import register_block
from ontherecord.settings import PAGED
from ontherecord.views.shapes import CaseReference, NoteReference, QuoteReference, SpeakerReference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.views.shapes import Reference

_ = get_translation("ontherecord")


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
        card = reference_card("", *lines, anchor=view.link.anchor, classes=["record-card"])
        if view.link.kind == "annotation":
            card["classes"].append("record-annotated")
        elif view.contradicted:
            card["classes"].append("record-contradicted")
        return card

    def _speaker_card(self, view: SpeakerReference) -> Sequence[nodes.Node]:
        name = nodes.strong("", view.link.label, classes=["record-name"])
        lines = [self.line(name, classes=["record-who"])]
        if view.kind != "person":
            lines.append(self.line(term(view.kind)))
        lines += [self.line(self.post(post), classes=["record-post"]) for post in view.posts]
        said = count(
            view.statements, _("1 statement in this edition"), _("%d statements in this edition")
        )
        lines.append(self.line(self.link(view.link, said), "."))
        return lines

    def _quote_card(self, view: QuoteReference) -> Sequence[nodes.Node]:
        statement = view.statement
        lines = [self.who(statement), self.line(self.quoted((view.link.label,), view.link.lang))]
        lines.append(self.where(statement))
        lines.append(self.line(self.source(statement.source), ".", classes=["record-source"]))
        lines += [self.case_line(case) for case in view.cases]
        return self.cited(list(lines), view.link)

    def _case_card(self, view: CaseReference) -> Sequence[nodes.Node]:
        head = _("Tension") if view.relation == "tension" else _("Contradiction")
        name = nodes.strong("", head, classes=["record-name"])
        facts = "; ".join(term(fact) for fact in (view.kind, view.status) if fact)
        lines = [self.line(name, f" {facts}", classes=["record-who"])]
        for side, when in view.sides:
            if side.link.edition:
                lines.append(self.line(*self.elsewhere(side.link)))
                continue
            at = self.when(*when)
            lines.append(self.line(f"{side.name}, {at}: ", self.side_words(side)))
        for side, _when in view.answers:
            if side.link.edition:
                lines.append(self.line(_("Answer: "), *self.elsewhere(side.link)))
                continue
            said = _("%s answers: ") % side.name
            lines.append(self.line(said, self.side_words(side)))
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
        for reference in self.document.findall(nodes.reference):
            if "record" in reference and not _in_register(reference):
                wanted.setdefault(reference["record"])
        if not wanted:
            return
        composer = ReferenceComposer(builder, self.env.docname, self.config.language or "en")
        views = domain_of(self.env).views
        made = (views.reference(name) for name in wanted)
        self.document += [composer.reference(view) for view in made if view is not None]


def _in_register(node: nodes.Element) -> bool:
    """Tell whether a reference stands in a register, or in a speaker's list of statements.

    Their lines say what a card would, and there may be hundreds of them.
    """
    above = node.parent
    while above is not None:
        if isinstance(above, register_block | records_table):
            return True
        if isinstance(above, nodes.bullet_list) and "record-statements" in above["classes"]:
            return True
        above = above.parent
    return False
