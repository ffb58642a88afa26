"""The directives that make records: speaker, quote, reading, contradiction, annotation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ontherecord import vocabulary
from ontherecord.markup import options as read
from ontherecord.markup.gathering import Gathering, gathering
from ontherecord.markup.marked_words import (
    as_written,
    bare_references,
    lost_characters,
    markup_blocks,
    plain,
    strip_outer_marks,
    text_blocks,
)
from ontherecord.markup.nodes import mark, reading_block, record_block, words_block
from ontherecord.markup.options import AnyOption, Option, Refused
from ontherecord.markup.source_lines import OPTION, RawDirective, read_directive
from ontherecord.problems import nearest
from ontherecord.records import (
    IDENTIFIER,
    Annotation,
    Contradiction,
    Origin,
    Quote,
    Reading,
    Speaker,
)
from ontherecord.words import fold_space, opening, stray_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WITNESSED: Final = (
    Option("via", read.text, "key of the source through which the edition has the words"),
    Option("mode", read.one_of(vocabulary.MODES), "whether the words are the speaker's own"),
    Option("locator", read.text, "where in the source, such as p. 4 or 12:30"),
    Option("lang", read.language, "language of the words, as a BCP 47 tag"),
    Option("scope", read.text, "of what the source says the words were said; none if it does not"),
)
"""Options that a quote and a reading share."""


_HALF_OPTION: Final = re.compile(r"^\s*(?::(?P<name>[\w-]+)(?=\s|:\S)|(?P<bare>[\w-]+):\s)")


class CheckedDirective(SphinxDirective):
    """A directive that takes any option and reports those that it does not know."""

    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = AnyOption()
    takes: ClassVar[tuple[Option, ...]] = ()

    gathered: Gathering
    raw: RawDirective
    file: str
    line: int
    given: dict[str, str]

    def run(self) -> list[nodes.Node]:
        """Read the options, and leave the rest to the kind of directive."""
        self.gathered = gathering(self.env)
        source, line = self.state_machine.get_source_and_line(self.lineno)
        self.file = self.gathered.included(self.env, source)
        self.line = line or self.lineno
        lines = self.gathered.lines_of(self.env, self.file)
        raw = read_directive(lines, self.line, self.name)
        self.raw = raw or RawDirective(())
        return self.make(self._values())

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the record from the values of its options, and give its nodes."""
        raise NotImplementedError

    def problem(self, subtype: str, message: str, option: str = "") -> None:
        """Note a problem at an option's line, else at the directive's."""
        line = self.raw.line_of(option, self.line) if option else self.line
        self.note(subtype, message, line)

    def note(self, subtype: str, message: str, line: int) -> None:
        """Note a problem at a line of the file that the directive is in."""
        self.gathered.problem(subtype, message, line, self.file)

    def use(self, kind: str, identifier: str, option: str) -> None:
        """Note that an option names a record or a source."""
        if identifier:
            self.gathered.use(kind, identifier, self.raw.line_of(option, self.line), self.file)

    def _given(self) -> Iterator[tuple[str, str]]:
        """Give each option with its value, those included that the parser dropped."""
        given = {name: value or "" for name, value in self.options.items()}
        if self.raw.options and not given:
            self._report_dropped()
            given = {option.name: option.value for option in self.raw.options}
        seen: set[str] = set()
        for option in self.raw.options:
            if option.lines and not option.value and self._is_markdown:
                self.note(
                    "lost-options",
                    f'the lines of "{option.name}" are run together: begin it with `|`, '
                    f"as in `:{option.name}: |`",
                    option.line,
                )
            if option.lines:
                given[option.name] = "\n".join(option.lines)
            if option.name in seen:
                self.note(
                    "duplicate-option",
                    f'the option "{option.name}" is given twice; the last one counts: keep one',
                    option.line,
                )
            seen.add(option.name)
            value, short = given.get(option.name), option.value not in {"", "|", ">"}
            if value is None or (self._is_markdown and option.is_cut(value)):
                self.note(
                    "lost-options",
                    f'the value of "{option.name}" was not read as it stands; set it in single '
                    f"quotation marks, or the lines of a long one after `|`",
                    option.line,
                )
                if short:
                    given[option.name] = option.value
        yield from given.items()

    def _report_dropped(self) -> None:
        """Note that the parser has dropped all options, at the line that made it do so."""
        culprit = next((one for one in self.raw.options if one.is_bad), self.raw.options[0])
        self.note(
            "lost-options",
            f'the parser could not read the line ":{culprit.name}: {culprit.value}", and dropped '
            "all options; they are read here as they stand: set the value in single quotation "
            "marks, or its lines after `|`, each beginning with a colon and two spaces",
            culprit.line,
        )

    @property
    def _is_markdown(self) -> bool:
        return str(self.env.doc2path(self.env.docname)).endswith(".md")

    def _values(self) -> dict[str, Any]:
        self.given = dict(self._given())
        known = {option.name: option for option in self.takes}
        values: dict[str, Any] = {}
        for name, value in self.given.items():
            option = known.get(name)
            if option is None:
                self.problem(
                    "unknown-option",
                    f'"{self._short}" has no option "{name}"{nearest(name, known)}; '
                    f"it takes {', '.join(known) or 'none'}",
                    name,
                )
                continue
            if not value.strip():
                self.problem("bad-value", f'the option "{name}" has no value', name)
                continue
            try:
                values[option.target] = option.read(value)
            except Refused as refused:
                self.problem(refused.subtype, f"{name}: {refused}", name)
        for option in self.takes:
            if option.required and option.name not in self.given:
                self.problem(
                    "missing-option",
                    f'this {self._short} has no "{option.name}": give the {option.help}',
                )
        self._look_for_lost_options(known)
        return values

    @property
    def _short(self) -> str:
        return self.name.rpartition(":")[2]

    def _stripped(self, blocks: list[nodes.Element]) -> list[str]:
        """Take the outer quotation marks off a block's words, and give them by paragraph."""
        words = strip_outer_marks(blocks)[1] if blocks else []
        report_stray(self.gathered, words, self.line)
        return words

    def _look_for_lost_options(self, known: dict[str, Option]) -> None:
        """Note options below a blank line, and lines that go on with one but became words."""
        after = self.raw.after
        match = OPTION.match(after)
        half = _HALF_OPTION.match(after)
        name = (half["name"] or half["bare"]) if half else ""
        mends = "options stand right below the directive's first line, without a blank line"
        if name in known and not self.raw.gap:
            message = (
                f'"{after.strip()}" is not read as an option: '
                f"write `:{name}: ` with a colon before and after the name"
            )
        elif match and match["name"] in known and self.raw.gap:
            message = f'":{match["name"]}:" is read as words, not as an option: {mends}'
        elif (
            self.raw.options
            and not self.raw.gap
            and len(after) - len(after.lstrip()) >= self.raw.indent + 2
            and after.strip()
            and _is_first(self.content, after)
        ):
            message = (
                f'"{after.strip()}" is read as words: part it from the options by a blank line, '
                "or set a value of several lines after `|`, each line beginning with a colon"
            )
        else:
            return
        self.note("lost-options", message, self.raw.after_line)


def _is_first(content: Any, line: str) -> bool:
    """Tell whether a source line is the first of a directive's content."""
    return bool(content) and str(content[0]).strip() == line.strip()


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
        return Origin(self.env.docname, self.line, self.file)

    def parsed(self) -> nodes.Element:
        """Give the content, parsed."""
        container = nodes.Element()
        container.document = self.state.document
        self.state.nested_parse(self.content, self.content_offset, container)
        return container

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
        container = self.parsed()
        report_nested(self.gathered, container, self.line, self._short)
        text = "\n\n".join(fold_space(plain(block)) for block in text_blocks(container))
        if not text and what:
            self.problem("empty-content", f"this {self.kind} says nothing: {what}")
        identifier = self.identifier()
        if identifier is None:
            return self.kept(container)
        self.gathered.records.append(
            type_(id=identifier, origin=self.origin(), text=text, **values)
        )
        return [self.block(identifier, list(container.children))]


class SpeakerDirective(RecordDirective):
    """``speaker``: one who is quoted."""

    kind = "speaker"
    takes = (
        Option("name", read.text, "name, as readers know it", required=True),
        Option("kind", read.one_of(vocabulary.SPEAKER_KINDS), "what the speaker is"),
        Option("aliases", read.parted, "other names, parted by semicolons"),
        Option("posts", read.posts, "posts, one a line: post; body; from/to"),
        Option("wikidata", read.wikidata, "item in Wikidata, such as Q42"),
        *(Option(name, read.text, f"identifier in {name}") for name in read.AUTHORITIES[1:]),
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the speaker."""
        authorities = tuple((name, values.pop(name)) for name in read.AUTHORITIES if name in values)
        values.setdefault("name", self.arguments[0].strip() if self.arguments else "")
        return self.run_note({**values, "authorities": authorities}, Speaker, "")


class QuoteDirective(RecordDirective):
    """``quote``: a statement; its content, if any, is the words."""

    kind = "quote"
    takes = (
        Option("speaker", read.identifier, "identifier of the one who said it", required=True),
        Option("source", read.text, "key of the source whose wording it is", required=True),
        Option("spoken", read.date, "date of the words, in EDTF"),
        Option("time", read.time, "time of day, such as 13:32-05:00"),
        Option("time-is", read.one_of(vocabulary.TIME_IS), "what the time is the time of"),
        Option("place", read.text, "where it was said"),
        Option("to", read.text, "to whom it was said"),
        Option("asked", read.text, "the question that it answers"),
        *_WITNESSED,
        Option("translation", read.text, "the words in the edition's language"),
        Option(
            "contiguous",
            read.one_of(vocabulary.CONTIGUOUS),
            "whether the fragments followed each other in the source",
        ),
        Option("topics", read.parted, "topics, parted by semicolons"),
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the quote, with its readings."""
        with as_written(self.state):
            container = self.parsed()
        readings = self._readings(container, values.get("source", ""))
        blocks: list[nodes.Element] = list(text_blocks(container))
        report_markup(self.gathered, container, self.line)
        words = self._stripped(blocks)
        identifier = self.identifier()
        if identifier is None:
            return self.kept(container)
        for option in ("speaker", "source", "via"):
            kind = "speaker" if option == "speaker" else "source"
            self.use(kind, values.get(option, ""), option)
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
        container = nodes.Element()
        container.document = self.state.document
        with as_written(self.state):
            self.state.nested_parse(self.content, self.content_offset, container)
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
        Option("between", read.identifiers, "quotes, parted by commas", required=True),
        Option("kind", read.one_of(vocabulary.CONTRADICTION_KINDS), "in what they differ"),
        Option("relation", read.one_of(vocabulary.RELATIONS), "how they exclude each other"),
        Option("status", read.one_of(vocabulary.STATUSES), "what became of it"),
        Option("history", read.history, "events, one a line: DATE STATUS: what happened"),
        Option("answered-by", read.identifiers, "quotes that answer, parted by commas"),
        Option("certainty", read.one_of(vocabulary.CERTAINTIES), "how sure the editor is"),
        Option("editor", read.text, "who signs"),
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the contradiction."""
        between: tuple[str, ...] = values.setdefault("between", ())
        distinct = tuple(dict.fromkeys(between))
        if len(distinct) < len(between):
            self.problem(
                "duplicate-side", "a quote does not contradict itself: name each once", "between"
            )
        if len(distinct) < 2 and "between" in self.given:
            self.problem(
                "too-few-sides",
                "a contradiction is between two quotes or more, parted by commas",
                "between",
            )
        values["between"] = distinct
        for side in distinct:
            self.use("quote", side, "between")
        for answer in values.get("answered_by", ()):
            self.use("quote", answer, "answered-by")
        return self.run_note(values, Contradiction, "put the case in a sentence, neutrally")


class AnnotationDirective(RecordDirective):
    """``annotation``: an editor's note."""

    kind = "annotation"
    takes = (
        Option("on", read.identifier, "identifier of the record that it is on"),
        Option("type", read.one_of(vocabulary.ANNOTATION_TYPES), "what kind of note it is"),
        Option("source", read.text, "key of the source that it rests on"),
        Option("editor", read.text, "who signs"),
        Option("date", read.date, "date of the note, in EDTF"),
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Make the annotation."""
        self.use("record", values.get("on", ""), "on")
        self.use("source", values.get("source", ""), "source")
        return self.run_note(values, Annotation, "write the note as its content")


def report_nested(
    gathered: Gathering, container: nodes.Element, line: int, inside: str = "other marked words"
) -> None:
    """Note marks where there is no article's text to mark, and leave their words in place."""
    for inner in list(container.findall(mark)):
        gathered.problem(
            "nested-mark",
            f'the mark for "{inner["record"]}" stands inside {inside}, and is not '
            "counted: mark it in an article, or name the record in the option `on`",
            inner.get("line", line),
        )
        inner.parent.replace(inner, inner.children)


def report_markup(gathered: Gathering, container: nodes.Element, line: int) -> None:
    """Note marks, references and markup in marked words that do not belong there."""
    report_nested(gathered, container, line)
    report_bare(gathered, container, line)
    for stretch in lost_characters(container):
        gathered.problem(
            "lost-characters",
            f'markup within the word at "{stretch}" takes its characters away: '
            "where they are words, write a backslash before each, as in `f\\*\\*k`",
            line,
        )
    for name in markup_blocks(container):
        gathered.problem(
            "lost-characters",
            f"these words are read as {name}: write a backslash before what makes them so, "
            "as in `2016\\. That was the year`",
            line,
        )


def report_stray(gathered: Gathering, words: Sequence[str], line: int) -> None:
    """Note a quotation mark at an end of words that has no fellow."""
    if words and (stray := stray_mark(words)):
        gathered.problem(
            "stray-mark",
            f'the quotation mark {stray} at an end of "{opening(words[0])}" has no fellow, and '
            "counts as words: close it, or take it away",
            line,
        )


def report_bare(gathered: Gathering, container: nodes.Element, line: int) -> None:
    """Note references in marked words that would show words the source does not have."""
    for target in bare_references(container):
        gathered.problem(
            "bare-reference",
            f'the reference to "{target}" inside marked words shows words of its own: '
            f"write it as `the words <{target}>`",
            line,
        )


DIRECTIVES: Final[dict[str, type[CheckedDirective]]] = {
    "speaker": SpeakerDirective,
    "quote": QuoteDirective,
    "reading": ReadingDirective,
    "contradiction": ContradictionDirective,
    "annotation": AnnotationDirective,
}
