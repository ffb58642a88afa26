"""Composes blocks: contradictions face to face, and speakers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from ontherecord.apparatus.cards import CardComposer
from ontherecord.apparatus.compose import language_classes
from ontherecord.apparatus.issues import marked
from ontherecord.apparatus.phrases import in_marks, say, term
from ontherecord.apparatus.pieces import (
    Inline,
    Piece,
    block_quote,
    bullet_list,
    container,
    heading,
    inline,
    list_item,
    paragraph,
    raw,
    rubric,
    side,
)
from ontherecord.dates import say_days, say_span
from ontherecord.views import RemoteStatement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.records import Event, Post
    from ontherecord.views import ContradictionView, Link, SpeakerView, Statement

_ = get_translation("ontherecord")

Issues = tuple["Sequence[str]", "Sequence[str]"]
"""Words of a statement that contradictions turn on, and words that tensions do."""
NO_ISSUES: Final[Issues] = ((), ())


class BlockComposer(CardComposer):
    """Composes what stands at the directive of a contradiction or speaker."""

    def words(self, statement: Statement, issues: Issues = NO_ISSUES) -> block_quote:
        """Give a statement's words as a block quotation, with those at issue marked."""
        quotation = block_quote(classes=language_classes("record-words", statement.lang))
        at_issue = issues if self.is_page else NO_ISSUES
        quotation += [paragraph(*marked(words, *at_issue)) for words in statement.words]
        return quotation

    def statement(self, statement: Statement, issues: Issues = NO_ISSUES, after: str = "") -> Piece:
        """Give a statement whole: when, how long after others, the words, who, and the source."""
        block: Piece = side(classes=["record-side"], label=statement.name)
        if statement.asked:  # In one place with the time, as both sides of a pair have four.
            block += container(self.where(statement), self.asked(statement))
        else:
            block += self.where(statement)
        if after:
            block += self.line(after, classes=["record-span"])
        block += self.words(statement, issues)
        block += self.who(statement)
        link = statement.link
        place: list[Inline] = (
            self.outside(link, _("in %s") % link.edition)
            if link.edition
            else [self.link(link, _("in its place"))]
        )
        block += self.line(self.source(statement.source), "; ", *place, classes=["record-source"])
        return block

    def whole(
        self, said: Statement | RemoteStatement, issues: Issues = NO_ISSUES, after: str = ""
    ) -> Piece:
        """Give a statement of this or another edition whole, as far as it is known."""
        if isinstance(said, RemoteStatement):
            return self._remote_statement(said.link)
        return self.statement(said, issues, after)

    def _remote_statement(self, link: Link) -> Piece:
        """Give a statement of another edition: its opening words, and where it stands."""
        block: Piece = side(classes=["record-side"], label=_("a statement in %s") % link.edition)
        block += self.line(_("A statement in another edition."), classes=["record-when"])
        if link.label:
            quotation = block_quote(self.line(link.label), classes=["record-words"])
            block += quotation
        else:
            block += self.line(self.remote_words(link))
        shown = _("In %s") % link.edition
        if link.version:
            shown += ", " + _("version %s") % link.version
        place: list[Inline] = [shown, _("; its words and address are not known yet")]
        if link.address:
            opens = [_("; the opening words")] if link.label else []
            place = [*self.outside(link, shown), *opens]
        block += self.line(*place, ".", classes=["record-source"])
        return block

    def contradiction(self, view: ContradictionView, text: Sequence[Inline] = ()) -> list[Inline]:
        """Give a contradiction face to face: what each said, the time between, the answer."""
        tension = view.relation == "tension"
        head = _("Tension") if tension else _("Contradiction")
        blocks: list[Inline] = [self.heading(f"{head}: {self.case_title(view)}")]
        relation = "" if tension else view.relation
        facts = [term(fact) for fact in (view.kind, relation, view.status) if fact]
        if view.certainty:
            facts.append(_("the editors’ certainty: %s") % term(view.certainty))
        if facts:
            blocks.append(self.line("; ".join(facts), classes=["record-facts"]))
        blocks += list(text) or [self.line(words) for words in view.text]
        blocks += self._face_to_face(view)
        if view.history:
            events = bullet_list(classes=["record-history"])
            events += [list_item(self.line(self._event(event))) for event in view.history]
            blocks.append(events)
        blocks += self._notes(view.notes)
        if view.editor:
            blocks.append(self.line(view.editor, classes=["record-signed"]))
        blocks += filter(None, [self.record_page(view.link)])
        return blocks

    def heading(self, text: str) -> Piece:
        """Give the line that heads a block."""
        if self.is_page:
            return heading(text, classes=["rubric"])
        return rubric(text)

    def case_title(self, view: ContradictionView) -> str:
        """Give the words at issue of each side, or the names where none are said to be."""
        issues = dict(reversed(view.at_issue))
        said = [issues.get(one.link.id, "") for one in view.sides]
        if not said or not all(said):
            return view.link.label
        return ", ".join(in_marks(words, self.language) for words in said)

    def _event(self, event: Event) -> str:
        when = say(event.date, self.language)
        return f"{when}: {term(event.status)}" + (f", {event.text}" if event.text else "")

    def _face_to_face(self, view: ContradictionView) -> list[Inline]:
        """Give the sides, the time between them, and the answers."""
        named = {one.link.id: list[str]() for one in (*view.sides, *view.answers)}
        for name, words in view.at_issue:
            named.setdefault(name, []).append(words)
        tension = view.relation == "tension"
        issues: dict[str, Issues] = {
            name: ((), words) if tension else (words, ()) for name, words in named.items()
        }
        sides = [self.whole(one, issues[one.link.id]) for one in view.sides]
        pair = len(sides) == 2 and self.is_page
        block = container(classes=["record-sides", "record-pair" if pair else "record-many"])
        block += sides
        blocks: list[Inline] = [block]
        if view.span:
            apart = {
                "event": _("Said at the same event."),
                "began": _("The events began %s apart."),
                "spoken": _("Said %s apart."),
                "reported": _("The times given are %s apart."),
            }
            said = _say_span(view.span, apart)
            if pair:  # The line between them has room for the time alone.
                block.children.insert(1, self._between(view.span, said))
            else:
                blocks.append(self.line(said, classes=["record-span"]))
        after = {
            "event": _("Said at the same event as the last of them."),
            "began": _("Its event began %s after the last of them."),
            "spoken": _("Said %s after the last of them."),
            "reported": _("By the times given, %s after the last of them."),
        }
        gaps = [_say_span(span, after) if span else "" for span in view.answer_spans]
        if len(view.answers) > 1:
            blocks.append(self.line(_("The answers"), classes=["record-answer-head"]))
            answers = container(classes=["record-sides", "record-many"])
            answers += [
                self.whole(one, issues[one.link.id], gap)
                for one, gap in zip(view.answers, gaps, strict=True)
            ]
            blocks.append(answers)
        elif view.answers:
            head, gap = _("The answer"), gaps[0]
            if gap and self.is_page:
                head, gap = f"{head}. {gap}", ""
            blocks.append(self.line(head, classes=["record-answer-head"]))
            answers = container(classes=["record-sides", "record-answer"])
            answers += [self.whole(one, issues[one.link.id]) for one in view.answers]
            blocks.append(answers)
            if gap:
                blocks.append(self.line(gap, classes=["record-span"]))
        return blocks

    def _between(self, span: tuple[str, ...], said: str) -> paragraph:
        """Give the time between two statements, with the whole sentence for who cannot see it."""
        short = _("same event") if span[0] == "event" else _length(span)
        return self.line(
            raw(f'<span class="record-short" aria-hidden="true">{short}</span>'),
            inline(f" {said}", classes=["record-long"]),
            classes=["record-between"],
        )

    def speaker_block(self, view: SpeakerView, text: Sequence[Inline] = ()) -> list[Inline]:
        """Give a speaker: name, posts, who it is, and what was said in order of time."""
        blocks: list[Inline] = [self.heading(view.link.label)]
        if view.kind != "person":
            blocks.append(self.line(term(view.kind), classes=["record-facts"]))
        if view.posts:
            posts = bullet_list(classes=["record-posts"])
            posts += [list_item(self.line(self.post(post))) for post in view.posts]
            blocks.append(posts)
        if view.aliases:
            blocks.append(self.line(_("Also: %s") % "; ".join(view.aliases)))
        blocks += list(text)
        if view.authorities:
            known = ", ".join(f"{name} {value}" for name, value in view.authorities)
            blocks.append(self.line(known, classes=["record-facts"]))
        if view.statements:
            blocks.append(self.dated_statements(view))
        if view.more:
            blocks.append(self.line(_("And %d more.") % view.more))
        for words in view.overlapping:
            blocks.append(self.line(_("Overlapping posts: %s") % words, classes=["record-finding"]))
        blocks += self._notes(view.notes)
        blocks += filter(None, [self.record_page(view.link)])
        return blocks

    def dated_statements(self, view: SpeakerView) -> bullet_list:
        """Give a speaker's statements, each with its day and the cases that it is part of."""
        said = bullet_list(classes=["record-statements"])
        listed = zip(view.statements, view.dates, view.cases, view.answered, strict=True)
        for one, spoken, cases, answered in listed:
            day = say(spoken, self.language) if spoken else _("date not seen")
            shown = self.link(one.link, self.opening(one.link))
            said += list_item(
                self.line(f"{day}: ", shown),
                *map(self.case_line, cases),
                *map(self.answers_line, answered),
            )
        return said

    def post(self, post: Post) -> str:
        """Say a post, with its body and time."""
        parts = [post.title, post.body, say(post.interval, self.language) if post.interval else ""]
        return ", ".join(filter(None, parts))


def _say_span(span: tuple[str, ...], said: dict[str, str]) -> str:
    """Say the time between moments, of events, of words or of reports."""
    kind = span[0]
    if kind == "event":
        return said[kind]
    return said["spoken" if kind == "days" else kind] % _length(span)


def _length(span: tuple[str, ...]) -> str:
    """Say an interval alone: its days, or its hours and minutes."""
    kind, first, last = span
    if kind == "days":
        begin, end = map(datetime.date.fromisoformat, (first, last))
        return say_days(begin, end, _)
    return say_span(map(datetime.datetime.fromisoformat, (first, last)))
