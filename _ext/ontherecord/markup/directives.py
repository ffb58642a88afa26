"""The directives that make records: speaker, quote, reading, contradiction, annotation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from ontherecord import vocabulary
from ontherecord.markup import options as read
from ontherecord.markup.checked_directive import CheckedDirective
from ontherecord.markup.marked_words import plain, text_blocks
from ontherecord.markup.nodes import reading_block, record_block, words_block
from ontherecord.markup.options import Option
from ontherecord.markup.parts import parts
from ontherecord.markup.reports import report_markup, report_nested
from ontherecord.records import (
    IDENTIFIER,
    Annotation,
    Contradiction,
    Origin,
    Quote,
    Reading,
    Speaker,
    by_statement,
    edition_of,
)
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from docutils import nodes

_WITNESSED: Final = (
    Option(
        "via",
        read.text,
        "key of the source through which the edition has the words",
        example="wire-2024-05-01",
    ),
    Option("mode", read.OneOf(vocabulary.MODES), "whether the words are the speaker's own"),
    Option("locator", read.text, "where in the source, such as p. 4 or 12:30", example="p. 4"),
    Option("lang", read.language, "language of the words, as a BCP 47 tag", example="en"),
    Option(
        "scope",
        read.text,
        "of what the source says the words were said; none if it does not",
        example="the library in the town",
    ),
    Option("brackets", read.OneOf(vocabulary.BRACKETS), "whose the words in square brackets are"),
)
"""Options that a quote and a reading share."""

_COPIED: Final = Option(
    "copied-from",
    read.edition,
    "name of the edition that has the record, where this is a copy",
    example="archive",
)


class RecordDirective(CheckedDirective):
    """A directive whose argument is the record's identifier."""

    kind: ClassVar[str] = ""

    def identifier(self) -> str | None:
        """Give the identifier, or note what is wrong with it and give nothing."""
        name = self.arguments[0].strip() if self.arguments else ""
        if IDENTIFIER.fullmatch(name):
            return name
        if "\n" in name:
            self.problem(
                "lost-options",
                f'the options of "{name.split()[0]}" are read as part of its identifier: '
                "indent each by three spaces, below the directive's first letter",
            )
            name = name.split()[0]
            return name if IDENTIFIER.fullmatch(name) else None
        mend = read.identifier_mend(name) if name else f"this {self.kind} has no identifier"
        self.problem("bad-id", mend)
        return None

    def origin(self) -> Origin:
        """Give where the record is written."""
        return Origin(self.env.docname, self.line, self.file, self.last_line())

    def block(self, identifier: str, children: list[nodes.Node]) -> record_block:
        """Give the node that keeps the record's place."""
        node = record_block("", kind=self.kind, record=identifier, docname=self.env.docname)
        node["line"] = self.line
        node["classes"] += ["record-block", f"record-block-{self.kind}"]
        self.set_source_info(node)
        node += children
        return node

    def kept(self, container: nodes.Element) -> list[nodes.Node]:
        """Give the content of a directive that makes no record, so that nothing is lost."""
        return list(container.children)

    def run_note(self, values: dict[str, Any], type_: Any, what: str) -> list[nodes.Node]:
        """Make a record whose content is an editor's text."""
        container = self.parsed(words=False)
        report_nested(self.gathered, container, self.line, self._short)
        blocks = [block for block in text_blocks(container) if plain(block).strip()]
        text = "\n\n".join(fold_space(plain(block)) for block in blocks)
        shown = tuple(tuple(parts(block)) for block in blocks)
        if not text and what:
            self.problem("empty-content", f"this {self.kind} says nothing: {what}")
        identifier = self.identifier()
        if identifier is None:
            return self.kept(container)
        self.gathered.records.append(
            type_(id=identifier, origin=self.origin(), text=text, shown=shown, **values)
        )
        return [self.block(identifier, list(container.children))]


class SpeakerDirective(RecordDirective):
    """``speaker``: one who is quoted."""

    kind = "speaker"
    takes = (
        Option("name", read.text, "name, as readers know it", required=True, example="Ann Arden"),
        Option("kind", read.OneOf(vocabulary.SPEAKER_KINDS), "what the speaker is"),
        Option(
            "family",
            read.text,
            "family name, as it stands in the name; citations begin with it",
            example="Arden",
        ),
        Option(
            "aliases",
            read.parted,
            "other names, parted by semicolons",
            example="A. Arden; The Mayor",
        ),
        Option(
            "posts",
            read.posts,
            "posts, one a line: post; body; from/to",
            example="Mayor; Town; 2020/2024",
        ),
        Option("wikidata", read.wikidata, "item in Wikidata, such as Q42", example="Q42"),
        *(
            Option(name, read.text, f"identifier in {name}", example=example)
            for name, example in read.AUTHORITIES.items()
            if name != "wikidata"
        ),
        _COPIED,
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the speaker."""
        authorities = tuple((name, values.pop(name)) for name in read.AUTHORITIES if name in values)
        values.setdefault("name", self.arguments[0].strip() if self.arguments else "")
        family = values.get("family", "")
        if family and not re.search(rf"(?<!\w){re.escape(family)}(?!\w)", values["name"]):
            del values["family"]
            message = f'family: "{family}" is no part of the name "{values["name"]}"'
            self.problem("bad-value", f"{message}: write it as it stands there", "family")
        self.use("edition", values.get("copied_from", ""), "copied-from")
        return self.run_note({**values, "authorities": authorities}, Speaker, "")


class QuoteDirective(RecordDirective):
    """``quote``: a statement; its content, if any, is the words."""

    kind = "quote"
    takes = (
        Option(
            "speaker",
            read.identifier,
            "identifier of the one who said it",
            required=True,
            example="ann-arden",
        ),
        Option(
            "source",
            read.text,
            "key of the source whose wording it is",
            required=True,
            example="herald-2024-05-01",
        ),
        Option("spoken", read.date, "date of the words, in EDTF", example="2024-05-01"),
        Option("time", read.time, "time of day, such as 13:32-05:00", example="13:32-05:00"),
        Option("time-is", read.OneOf(vocabulary.TIME_IS), "what the time is the time of"),
        Option("place", read.text, "where it was said", example="Town Hall"),
        Option("to", read.text, "to whom it was said", example="reporters"),
        Option(
            "asked", read.text, "the question that it answers", example="Will the library close?"
        ),
        *_WITNESSED,
        Option(
            "translation",
            read.text,
            "the words in the edition's language",
            example="The library stays open.",
        ),
        Option(
            "contiguous",
            read.OneOf(vocabulary.CONTIGUOUS),
            "whether the fragments followed each other in the source",
        ),
        Option("topics", read.parted, "topics, parted by semicolons", example="libraries; budget"),
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the quote, with its readings."""
        container = self.parsed(words=True)
        readings = self._readings(container, values.get("source", ""))
        blocks: list[nodes.Element] = list(text_blocks(container))
        report_markup(self.gathered, container, self.line)
        words = self._stripped(blocks)
        identifier = self.identifier()
        if identifier is None:
            return self.kept(container)
        self.use("speaker", values.get("speaker", ""), "speaker")
        for option in ("source", "via"):
            self.use("source", values.get(option, ""), option)
        values.setdefault("speaker", "")
        values.setdefault("source", "")
        self.gathered.records.append(
            Quote(
                id=identifier,
                origin=self.origin(),
                block="\n\n".join(words),
                readings=readings,
                **values,
            )
        )
        if not container.children:
            return [self.block(identifier, [])]
        beside = [child for child in container.children if isinstance(child, record_block)]
        for child in beside:  # A record inside a quote is a record, and none of its words.
            container.remove(child)
        content = words_block("", *container.children, support_smartquotes=False)
        content["classes"].append("record-words")
        for block in blocks:
            block["translatable"] = False
        return [self.block(identifier, [content] if blocks else []), *beside]

    def _readings(self, container: nodes.Element, source: str) -> tuple[Reading, ...]:
        """Take the readings out of the parsed content."""
        readings: dict[tuple[str, str, str], Reading] = {}
        if not container.children:
            return ()
        for node in list(container.findall(reading_block)):
            node.parent.remove(node)
            reading: Reading = node["reading"]
            key = (reading.source, reading.locator, reading.lang)
            if key in readings or key == (source, "", ""):
                self.note(
                    "duplicate-reading",
                    f'"{reading.source}" is given twice as a source of this quote: '
                    "keep one wording, or tell them apart by locator or lang",
                    reading.line,
                )
                continue
            readings[key] = reading
        return tuple(readings.values())


class ReadingDirective(CheckedDirective):
    """``reading``: the wording of one more source, inside a quote."""

    takes = _WITNESSED

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the reading, for the quote around it to take."""
        source = self.arguments[0].strip() if self.arguments else ""
        container = self.parsed(words=True)
        blocks: list[nodes.Element] = list(text_blocks(container))
        if not blocks:
            self.problem("empty-content", "this reading has no words: give them as its content")
            return []
        report_markup(self.gathered, container, self.line)
        words = self._stripped(blocks)
        if not source:
            self.problem("missing-option", "this reading has no source: give its key")
        self.use("source", source, "")
        self.use("source", values.get("via", ""), "via")
        node = reading_block("", *container.children, support_smartquotes=False)
        node["reading"] = Reading(source=source, words="\n\n".join(words), line=self.line, **values)
        return [node]


class ContradictionDirective(RecordDirective):
    """``contradiction``: statements that do not agree, and the answer to them."""

    kind = "contradiction"
    takes = (
        Option(
            "between",
            read.identifiers,
            "quotes, parted by commas; another edition's as NAME:ID",
            required=True,
            example="arden-library, birch-library",
        ),
        Option("kind", read.OneOf(vocabulary.CONTRADICTION_KINDS), "in what they differ"),
        Option("relation", read.OneOf(vocabulary.RELATIONS), "how they exclude each other"),
        Option("status", read.OneOf(vocabulary.STATUSES), "what became of it"),
        Option(
            "history",
            read.history,
            "events, one a line: DATE STATUS: what happened",
            example="2024-05-02 answered: by the Mayor, in writing",
        ),
        Option(
            "answered-by", read.identifiers, "quotes that answer, likewise", example="arden-answer"
        ),
        Option("certainty", read.OneOf(vocabulary.CERTAINTIES), "how sure the editor is"),
        Option("editor", read.text, "who signs", example="A. Editor"),
        Option(
            "at-issue",
            read.at_issue,
            "words that the case turns on, one a line: QUOTE: words",
            example="arden-library: stays open",
        ),
        _COPIED,
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the contradiction."""
        is_read = "between" in values
        between: tuple[str, ...] = values.setdefault("between", ())
        distinct = tuple(dict.fromkeys(between))
        if len(distinct) < len(between):
            self.problem(
                "duplicate-side", "a quote does not contradict itself: name each once", "between"
            )
        if len(distinct) < 2 and is_read:
            self.problem(
                "too-few-sides",
                "a contradiction is between two quotes or more, parted by commas",
                "between",
            )
        elif distinct and all(map(edition_of, distinct)) and not values.get("copied_from"):
            self.problem(
                "no-side-here",
                "every side of this contradiction is another edition's: name a quote of this "
                "edition among them, or leave the case to the others",
                "between",
            )
        values["between"] = distinct
        statements = (*distinct, *values.get("answered_by", ()))
        values["at_issue"] = by_statement(values.get("at_issue", ()), statements)
        for side in distinct:
            self.use("quote", side, "between")
        for answer in values.get("answered_by", ()):
            self.use("quote", answer, "answered-by")
        self.use("edition", values.get("copied_from", ""), "copied-from")
        return self.run_note(values, Contradiction, "put the case in a sentence, neutrally")


class AnnotationDirective(RecordDirective):
    """``annotation``: an editor's note."""

    kind = "annotation"
    takes = (
        Option(
            "on",
            read.named,
            "identifier of the record that it is on, or NAME:ID of another edition's quote",
            example="arden-library",
        ),
        Option("type", read.OneOf(vocabulary.ANNOTATION_TYPES), "what kind of note it is"),
        Option(
            "source", read.text, "key of the source that it rests on", example="herald-2024-05-01"
        ),
        Option("editor", read.text, "who signs", example="A. Editor"),
        Option("date", read.date, "date of the note, in EDTF", example="2024-05-03"),
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the annotation."""
        self.use("record", values.get("on", ""), "on")
        self.use("source", values.get("source", ""), "source")
        return self.run_note(values, Annotation, "write the note as its content")


DIRECTIVES: Final[dict[str, type[CheckedDirective]]] = {
    "speaker": SpeakerDirective,
    "quote": QuoteDirective,
    "reading": ReadingDirective,
    "contradiction": ContradictionDirective,
    "annotation": AnnotationDirective,
}
