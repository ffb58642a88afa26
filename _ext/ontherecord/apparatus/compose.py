"""Composes what pages show of views, in nodes that every writer knows."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util.nodes import make_refnode

from ontherecord.dates import say, say_span, say_time
from ontherecord.markup.marked_words import punctuation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.builders import Builder

    from ontherecord.records import Post
    from ontherecord.views import (
        CaseView,
        ContradictionView,
        Link,
        NoteView,
        QuoteView,
        SideView,
        SourceView,
        SpeakerView,
        Statement,
    )

_ = get_translation("ontherecord")

Inline = nodes.Node | str

RELATION: Final = {
    "contradictory": _("In contradiction with"),
    "contrary": _("Contrary to"),
    "tension": _("In tension with"),
    "": _("In contradiction with"),
}


class Composer:
    """Composes for one builder, in one document's place."""

    def __init__(self, builder: Builder, docname: str, language: str) -> None:
        """Take the builder, the document that links start from, and the edition's language."""
        self.builder = builder
        self.docname = docname
        self.language = language
        self.is_html = builder.format == "html"
        self.texts: dict[str, list[nodes.Node]] = {}
        """Texts, as parsed, of the annotations that stand where the record they are on does."""

    # Lines

    def line(self, *parts: Inline, classes: Sequence[str] = ()) -> nodes.paragraph:
        """Give a paragraph of texts and nodes."""
        if parts[-1] == "." and _ends_sentence(_node(parts[-2]).astext()):
            parts = parts[:-1]
        line = nodes.paragraph("", "", *map(_node, parts), classes=list(classes))
        if self.builder.name == "gettext":  # It extracts what has a source, a line and a uid.
            line.rawsource = line.astext()
            line.source, line.line = str(self.builder.env.doc2path(self.docname)), 1
            line.uid = ""  # type: ignore[attr-defined]
        return line

    def quoted(self, words: Sequence[str], lang: str = "") -> nodes.inline:
        """Give words in quotation marks, paragraphs run together."""
        opens = punctuation('"', opens=True, language=self.language)
        closes = punctuation('"', opens=False, language=self.language)
        inner = nodes.inline("", " ".join(words), classes=_language("record-words", lang))
        return nodes.inline("", "", nodes.Text(opens), inner, nodes.Text(closes))

    def link(self, link: Link, *parts: Inline) -> nodes.reference:
        """Give a link to a record, showing its label or something else."""
        shown = nodes.inline("", "", *map(_node, parts or (link.label,)))
        shown["classes"].append(f"record-ref-{link.kind}")
        return self.to(link.docname, link.anchor, shown)

    def to(self, docname: str, anchor: str, shown: nodes.Element) -> nodes.reference:
        """Give a link to an anchor of a document."""
        return make_refnode(self.builder, self.docname, docname, anchor, shown)

    def source(self, source: SourceView) -> nodes.Node:
        """Give a source's name, as a link to where the edition lists it."""
        shown = nodes.inline("", source.label)
        if source.docname:
            return self.to(source.docname, source.anchor, shown)
        if source.url:
            return nodes.reference("", "", shown, refuri=source.url, internal=False)
        return shown

    def speaker(self, statement: Statement) -> nodes.Node:
        """Give a speaker's name, as a link where there is such a speaker."""
        if statement.speaker is None:
            return nodes.Text(statement.name)
        return self.link(statement.speaker)

    def when(self, spoken: str, time: str, time_is: str) -> str:
        """Say when words were spoken, as exactly as is known."""
        if not spoken:
            return _("Date not seen")
        day = say(spoken, self.language)
        if not time:
            return day
        at = say_time(time)
        if time_is == "spoken":
            return _("%(day)s, %(time)s") % {"day": day, "time": at}
        if time_is == "event-began":
            return _("%(day)s, at an event that began at %(time)s") % {"day": day, "time": at}
        return _("%(day)s, reported at %(time)s") % {"day": day, "time": at}

    def side(self, side: SideView) -> list[Inline]:
        """Give another statement: who, and the opening words as a link."""
        return [f"{side.name}, ", self.link(side.link, self.quoted((side.link.label,)))]

    def sides(self, sides: Sequence[SideView], more: int = 0) -> list[Inline]:
        """Give several other statements in one line."""
        parts: list[Inline] = []
        for index, side in enumerate(sides):
            parts += ["; "] if index else []
            parts += self.side(side)
        if more:
            parts.append(_("; and %d more") % more)
        return parts

    def anchor(self, node: nodes.Element, anchor: str) -> None:
        """Give a node an anchor; where writers keep none on it, a target inside it carries one."""
        if self.is_html:
            node["ids"].append(anchor)
        else:
            node.insert(0, nodes.target("", "", ids=[anchor]))

    # Cards

    def who(self, statement: Statement) -> nodes.paragraph:
        """Give the line that says who spoke, in which post."""
        name = nodes.strong("", "", self.speaker(statement), classes=["record-name"])
        parts: list[Inline] = [name]
        if statement.post:
            parts += [", ", nodes.inline("", statement.post, classes=["record-post"])]
        return self.line(*parts, classes=["record-who"])

    def where(self, statement: Statement, to: str = "") -> nodes.paragraph:
        """Give the line that says when, where and to whom."""
        said = [self.when(statement.spoken, statement.time, statement.time_is)]
        said += [statement.place] if statement.place else []
        said += [_("to %s") % to] if to else []
        return self.line("; ".join(said) + ".", classes=["record-when"])

    def quote_card(self, view: QuoteView, *, words: bool) -> list[nodes.Node]:
        """Give a quote's card; with the words where they do not stand beside it."""
        statement = view.statement
        lines: list[nodes.Node] = [self.who(statement), self.where(statement, view.to)]
        if view.asked:
            lines.append(self.line(_("Asked: %s") % view.asked, classes=["record-asked"]))
        if words:
            lines.append(self.line(self.quoted(statement.words, statement.lang)))
        lines.append(self._witness(view))
        if view.translation:
            lines.append(self.line(_("In translation: "), self.quoted((view.translation,))))
        if view.fragments > 1 and view.contiguous == "no":
            lines.append(self.line(_("Other words stood between the fragments.")))
        lines += self._readings(view)
        lines += [self._case(case) for case in view.cases]
        lines += [self._answers(case) for case in view.answers]
        lines += self._notes(view.notes)
        return lines

    def _witness(self, view: QuoteView) -> nodes.paragraph:
        source = view.statement.source
        parts: list[Inline] = [_("Source: "), self.source(source)]
        if source.date:
            parts.append(f", {say(source.date, self.language)}")
        if view.locator:
            parts.append(f", {view.locator}")
        if source.witness:
            parts.append(f" ({source.witness})")
        if view.via:
            parts += [_("; through "), self.source(view.via)]
        if view.mode == "indirect":
            parts.append(_("; reported, not quoted"))
        return self.line(*parts, ".", classes=["record-source"])

    def _readings(self, view: QuoteView) -> list[nodes.Node]:
        lines: list[nodes.Node] = []
        for reading in view.readings:
            parts: list[Inline] = [_("Reading of "), self.source(reading.source)]
            if reading.via:
                parts += [_(", through "), self.source(reading.via)]
            if reading.locator:
                parts.append(f", {reading.locator}")
            parts += [": ", self.quoted(reading.words, reading.lang)]
            lines.append(self.line(*parts, classes=["record-reading"]))
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
        return lines

    # Blocks

    def words(self, statement: Statement) -> nodes.block_quote:
        """Give a statement's words as a block quotation."""
        quotation = nodes.block_quote(classes=_language("record-words", statement.lang))
        quotation += [self.line(paragraph) for paragraph in statement.words]
        return quotation

    def statement(self, statement: Statement, *classes: str) -> nodes.container:
        """Give a statement whole: when, the words, who, and after which source."""
        block = nodes.container(classes=["record-side", *classes])
        block += self.where(statement)
        block += self.words(statement)
        block += self.who(statement)
        block += self.line(
            self.source(statement.source),
            "; ",
            self.link(statement.link, _("in its place")),
            classes=["record-source"],
        )
        return block

    def contradiction(
        self, view: ContradictionView, text: Sequence[nodes.Node] = ()
    ) -> list[nodes.Node]:
        """Give a contradiction face to face: what each said, the time between, the answer."""
        tension = view.relation == "tension"
        head = _("Tension") if tension else _("Contradiction")
        blocks: list[nodes.Node] = [nodes.rubric("", f"{head}: {view.link.label}")]
        relation = "" if tension else view.relation
        facts = [fact for fact in (view.kind, relation, view.status) if fact]
        if view.certainty:
            facts.append(_("certainty %s") % view.certainty)
        if facts:
            blocks.append(self.line("; ".join(facts), classes=["record-facts"]))
        blocks += list(text) or [self.line(paragraph) for paragraph in view.text]
        sides = nodes.container(classes=["record-sides"])
        sides += [self.statement(side) for side in view.sides]
        blocks.append(sides)
        if view.span:
            began, *moments = view.span
            apart = say_span(map(datetime.datetime.fromisoformat, moments))
            said = _("The events began %s apart.") if began == "began" else _("Said %s apart.")
            blocks.append(self.line(said % apart, classes=["record-span"]))
        if view.answers:
            blocks.append(self.line(_("The answer"), classes=["record-answer-head"]))
            answers = nodes.container(classes=["record-sides", "record-answer"])
            answers += [self.statement(answer) for answer in view.answers]
            blocks.append(answers)
        if view.history:
            events = nodes.bullet_list(classes=["record-history"])
            for event in view.history:
                when = say(event.date, self.language)
                said = f"{when}: {event.status}" + (f", {event.text}" if event.text else "")
                events += nodes.list_item("", self.line(said))
            blocks.append(events)
        blocks += self._notes(view.notes)
        if view.editor:
            blocks.append(self.line(view.editor, classes=["record-signed"]))
        return blocks

    def speaker_block(self, view: SpeakerView, text: Sequence[nodes.Node] = ()) -> list[nodes.Node]:
        """Give a speaker: name, posts, who it is, and what was said in order of time."""
        blocks: list[nodes.Node] = [nodes.rubric("", view.link.label)]
        if view.kind != "person":
            blocks.append(self.line(view.kind, classes=["record-facts"]))
        if view.posts:
            posts = nodes.bullet_list(classes=["record-posts"])
            posts += [nodes.list_item("", self.line(self.post(post))) for post in view.posts]
            blocks.append(posts)
        if view.aliases:
            blocks.append(self.line(_("Also: %s") % "; ".join(view.aliases)))
        blocks += list(text)
        if view.authorities:
            known = ", ".join(f"{name} {value}" for name, value in view.authorities)
            blocks.append(self.line(known, classes=["record-facts"]))
        if view.statements:
            said = nodes.bullet_list(classes=["record-statements"])
            for side, spoken in zip(view.statements, view.dates, strict=True):
                day = say(spoken, self.language) if spoken else _("date not seen")
                shown = self.link(side.link, self.quoted((side.link.label,)))
                said += nodes.list_item("", self.line(f"{day}: ", shown))
            blocks.append(said)
        if view.more:
            blocks.append(self.line(_("And %d more.") % view.more))
        blocks += self._notes(view.notes)
        return blocks

    def post(self, post: Post) -> str:
        """Say a post, with its body and time."""
        parts = [post.title, post.body, say(post.interval, self.language) if post.interval else ""]
        return ", ".join(filter(None, parts))


def _ends_sentence(text: str) -> bool:
    """Tell whether a text ends in a full stop or the like, with or without marks after it."""
    return text.rstrip("”’»\"'").endswith((".", "!", "?", "…"))


def _relation(relation: str) -> list[str]:
    return [f"record-{relation}"] if relation else []


def _language(name: str, lang: str) -> list[str]:
    """Give classes for words in a language; docutils makes ``lang`` of the second one."""
    return [name, f"language-{lang}"] if lang else [name]


def _node(part: Inline) -> nodes.Node:
    return part if isinstance(part, nodes.Node) else nodes.Text(str(part))
