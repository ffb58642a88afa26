"""Composes cards: what stands beside marked words, and beside passages with a note."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.locale import get_translation

from ontherecord.apparatus.compose import Inline
from ontherecord.apparatus.wordings import WordingsComposer
from ontherecord.dates import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.evidence.quote_evidence import Evidence
    from ontherecord.views import CaseView, NoteView, QuoteView

_ = get_translation("ontherecord")

RELATION: Final = {
    "contradictory": _("In contradiction with"),
    "contrary": _("Contrary to"),
    "tension": _("In tension with"),
    "": _("In contradiction with"),
}


class CardComposer(WordingsComposer):
    """Composes the cards of quotes and annotations."""

    def quote_card(
        self, view: QuoteView, collated: Evidence, *, words: bool = False
    ) -> list[nodes.Node]:
        """Give a quote's card; with the words where they do not stand beside it."""
        statement = view.statement
        lines: list[nodes.Node] = [self.who(statement), self.where(statement, view.to)]
        if view.asked:
            lines.append(self.line(_("Asked: %s") % view.asked, classes=["record-asked"]))
        if words:
            lines.append(self.line(self.quoted(statement.words, statement.lang)))
        lines.append(self.witness_line(view))
        if view.scope:
            lines.append(self.line(_("Said of %s") % view.scope, ".", classes=["record-scope"]))
        if view.translation:
            lines.append(self.line(_("In translation: "), self.quoted((view.translation,))))
        if view.fragments > 1 and view.contiguous == "no":
            lines.append(self.line(_("Other words were spoken between the fragments.")))
        lines += self.wordings(view, collated)
        lines += self.revisions(view)
        lines += [self._case(case) for case in view.cases]
        lines += [self._answers(case) for case in view.answers]
        lines += self._notes(view.notes)
        lines += filter(None, [self.record_page(statement.link)])
        return lines

    def _case(self, case: CaseView) -> nodes.paragraph:
        parts: list[Inline] = [f"{RELATION[case.relation]} ", *self.sides(case.others, case.more)]
        facts = [fact for fact in (case.kind, case.status) if fact]
        shown = ", ".join(facts) or _("the case")
        parts += [" (", self.link(case.link, shown), ")"]
        if case.answers:
            parts += [_("; answered by "), *self.sides(case.answers)]
        return self.line(*parts, ".", classes=["record-against", *_relation(case.relation)])

    def _answers(self, case: CaseView) -> nodes.paragraph:
        parts: list[Inline] = [_("Answers "), self.link(case.link, _("the case")), _(" between ")]
        return self.line(
            *parts, *self.sides(case.others, case.more), ".", classes=["record-answers"]
        )

    def _notes(self, notes: Sequence[NoteView]) -> list[nodes.Node]:
        """Give the annotations on a record: whole if they are written beside it, else as links."""
        found: list[nodes.Node] = []
        for note in notes:
            text = self.texts.get(note.link.id)
            if text is None:
                found.append(self.line(_("Note: "), self.link(note.link), classes=["record-on"]))
                continue
            inner = nodes.container(classes=["record-note-text"])
            inner += self.note_card(replace(note, on=None), text)
            self.anchor(inner, note.link.anchor)
            found.append(inner)
        return found

    def note_card(self, view: NoteView, text: Sequence[nodes.Node] = ()) -> list[nodes.Node]:
        """Give an annotation's card, with its text as parsed where it is at hand."""
        head: list[Inline] = [nodes.strong("", _("Note")), f" ({view.type})"]
        if view.on:
            head += [_(" on "), self.link(view.on)]
        lines: list[nodes.Node] = [self.line(*head, classes=["record-who"])]
        lines += list(text) or [self.line(paragraph) for paragraph in view.text]
        if view.source:
            lines.append(
                self.line(_("Source: "), self.source(view.source), ".", classes=["record-source"])
            )
        elif view.type != "correction":
            lines.append(self.line(_("No source given."), classes=["record-source"]))
        signed = ", ".join(filter(None, (view.editor, view.date and say(view.date, self.language))))
        if signed:
            lines.append(self.line(signed, classes=["record-signed"]))
        lines += filter(None, [self.record_page(view.link)])
        return lines


def _relation(relation: str) -> list[str]:
    return [f"record-{relation}"] if relation else []
