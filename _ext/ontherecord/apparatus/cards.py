"""Composes cards: what stands beside marked words, and beside passages with a note."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from ontherecord.apparatus.phrases import say, term
from ontherecord.apparatus.pieces import (
    Inline,
    Piece,
    container,
    fold,
    paragraph,
    strong,
)
from ontherecord.apparatus.pieces import text as text_of
from ontherecord.apparatus.wordings import WordingsComposer
from ontherecord.values import replace
from ontherecord.words import opening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.evidence.quote_evidence import Evidence
    from ontherecord.views import CaseView, NoteView, QuoteView

_ = get_translation("ontherecord")

LONG: Final = 200
"""Most characters of a note that a card shows whole: some four lines in the margin."""

OPENING: Final = 64
"""Most characters by which a folded note says what it is about."""

RELATION: Final = {
    "contradictory": _("In contradiction with"),
    "contrary": _("Contrary to"),
    "tension": _("In tension with"),
    "": _("In contradiction with"),
}


class CardComposer(WordingsComposer):
    """Composes the cards of quotes and annotations."""

    def quote_card(self, view: QuoteView, collated: Evidence) -> list[Inline]:
        """Give a quote's card."""
        statement = view.statement
        lines: list[Inline] = [self.who(statement), self.where(statement)]
        asked: list[Inline] = []
        if statement.asked:
            asked.append(self.asked(statement))
        if not self.is_page:
            lines += [*asked, self.witness_line(view)]
        elif self.is_long(view, collated):
            lines.append(self.short_witness_line(view))
        elif view.locator or view.verified:
            lines.append(self.short_witness_line(view))
            asked.append(self.witness_line(view))
        else:
            lines.append(self.witness_line(view))
        if view.scope:
            lines.append(self.line(_("Said of %s") % view.scope, ".", classes=["record-scope"]))
        if view.translation:
            lines.append(self.line(_("In translation: "), self.quoted((view.translation,))))
        more = [*self.wordings(view, collated), *self.revisions(view)]
        standing = [self.case_line(case) for case in view.cases]
        standing += [self.answers_line(case) for case in view.answers]
        notes = self._notes(view.notes)
        if self.is_page:  # What the margin shows only of the card that is pointed at.
            more = [*asked, *more, *notes]
            rest = [container(*more, classes=["record-more"])] if more else []
            return self.cited([*lines, *standing, *rest], statement.link)
        return self.cited([*lines, *more, *standing, *notes], statement.link)

    def case_line(self, case: CaseView) -> paragraph:
        """Give the line that says with what a statement is in contradiction, and who answered."""
        if self.is_page:
            return self._short_case_line(case)
        parts: list[Inline] = [f"{RELATION[case.relation]} ", *self.sides(case.others, case.more)]
        facts = [term(fact) for fact in (case.kind, case.status) if fact]
        shown = ", ".join(facts) or _("the case")
        parts += [" (", self.link(case.link, shown), ")"]
        if case.answers:
            parts += [_("; answered by "), *self.sides(case.answers)]
        return self.line(*parts, ".", classes=["record-against", *_relation(case.relation)])

    def _short_case_line(self, case: CaseView) -> paragraph:
        """Give the line as one link to the case, where both sides stand face to face."""
        parts: list[Inline] = []
        said: list[Inline] = [f"{RELATION[case.relation]} "]
        for index, side in enumerate(case.others):
            if index:
                (said or parts).append(", ")
            if side.link.edition:  # Its place is a link of its own, and ends this one.
                words, *place = self.elsewhere(side.link, side.words)
                said += [f"{side.name}, "] if side.name else []
                parts += [self.link(case.link, *said, words), *place]
                said = []
            else:
                said += [f"{side.name}, ", self.side_words(side)]
        if case.more:
            said.append(_("; and %d more") % case.more)
        if said:
            parts.append(self.link(case.link, *said))
        if case.answers:
            parts += [_("; answered by "), *self.names(case.answers)]
        return self.line(*parts, ".", classes=["record-against", *_relation(case.relation)])

    def answers_line(self, case: CaseView) -> paragraph:
        """Give the line that says which statements a statement answers."""
        parts: list[Inline] = [self.link(case.link, _("Answers the case")), _(" between ")]
        return self.line(
            *parts, *self.sides(case.others, case.more), ".", classes=["record-answers"]
        )

    def _notes(self, notes: Sequence[NoteView]) -> list[Inline]:
        """Give the annotations on a record: whole if they are written beside it, else as links."""
        found: list[Inline] = []
        for note in notes:
            text = self.texts.get(note.link.id)
            if text is None:
                found.append(self.line(_("Note: "), self.link(note.link), classes=["record-on"]))
                continue
            lines = self.note_card(replace(note, on=None), text, whole=True)
            inner: Piece
            if self.is_page:
                inner = fold(*lines[1:], summary=_("Note (%s)") % term(note.type))
            else:
                inner = container(*lines)
            inner.classes.append("record-note-text")
            self.anchor(inner, note.link.anchor)
            found.append(inner)
        return found

    def _folded(self, view: NoteView, text: Sequence[Inline]) -> list[Inline]:
        """Give a note's text, folded below its opening where it is long and pages can fold."""
        whole = " ".join(map(text_of, text))
        if not self.is_page or len(whole) <= LONG:
            return list(text)
        begins = textwrap.shorten(opening(whole), OPENING, placeholder="…")
        return [fold(*text, summary=_("Note"), opening=begins)]

    def note_card(
        self, view: NoteView, text: Sequence[Inline] = (), *, whole: bool = False
    ) -> list[Inline]:
        """Give an annotation's card, with its text as parsed where it is at hand."""
        name = strong(_("Note"), classes=["record-name"])
        head: list[Inline] = [name, f" ({term(view.type)})"]
        if view.on:
            head += [_(" on "), *self.named(view.on)]
        lines: list[Inline] = [self.line(*head, classes=["record-who"])]
        text = text or [self.line(words) for words in view.text]
        lines += list(text) if whole else self._folded(view, text)
        if view.source:
            lines.append(
                self.line(_("Source: "), self.source(view.source), ".", classes=["record-source"])
            )
        elif view.type != "correction":
            lines.append(self.line(_("No source given."), classes=["record-source"]))
        signed = ", ".join(filter(None, (view.editor, view.date and say(view.date, self.language))))
        if signed:
            lines.append(self.line(signed, classes=["record-signed"]))
        return self.cited(lines, view.link)


def _relation(relation: str) -> list[str]:
    return [f"record-{relation}"] if relation else []
