"""A directive that takes any option, so that none is lost before it is reported."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from myst_parser.mocking import MockStateMachine
from sphinx.util.docutils import SphinxDirective

from ontherecord.markup.as_written import as_written
from ontherecord.markup.gathering import Gathering, gathering
from ontherecord.markup.marked_words import strip_outer_marks
from ontherecord.markup.options import AnyOption, Option, Refused
from ontherecord.markup.plain_words import set_paragraph
from ontherecord.markup.reports import report_stray
from ontherecord.markup.source_lines import (
    CLOSING,
    OPTION,
    RawDirective,
    RawOption,
    read_directive,
)
from ontherecord.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.records import Named

_HALF_OPTION: Final = re.compile(r"^\s*(?::(?P<name>[\w-]+)(?=\s|:\S)|(?P<bare>[\w-]+):\s)")


class CheckedDirective(SphinxDirective):
    """A directive that takes any option and reports those that it does not know."""

    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = AnyOption()
    takes: ClassVar[tuple[Option, ...]] = ()
    known: ClassVar[dict[str, Option]] = {}

    gathered: Gathering
    raw: RawDirective
    file: str
    line: int
    given: dict[str, str]

    def __init_subclass__(cls) -> None:
        """Have the options at hand by name."""
        super().__init_subclass__()
        cls.known = {option.name: option for option in cls.takes}

    def run(self) -> list[nodes.Node]:
        """Read the options, and leave the rest to the kind of directive."""
        self.gathered = gathering(self.env)
        source, line = self.state_machine.get_source_and_line(self.lineno)
        self.file = self.gathered.included(self.env, source)
        self.line = line or self.lineno
        lines = self.gathered.lines_of(self.env, self.file)
        raw = read_directive(lines, self.line, self.name)
        self.raw = raw or RawDirective(())
        self._take_half_options()
        return self.make(self._values())

    def _take_half_options(self) -> None:
        """Take options that lack a colon, and those below them, as what they were meant for.

        They are reported all the same; but as words they would be held against marks, sources
        and the ledger, and all that is wrong with them would be reported as well.
        """
        number = self.raw.after_line
        more: list[RawOption] = []
        are_words = _is_first(self.content, self.raw.after)
        while not self.raw.gap:
            line = self._line(number)
            match, half = OPTION.match(line), _HALF_OPTION.match(line)
            name = match["name"] if match else (half["name"] or half["bare"]) if half else ""
            value = match["value"] if match else line.partition(name or ":")[2].strip(": \t")
            if name not in self.known or value in {None, "", "|", ">"} or not (more or half):
                break
            if are_words != _is_first(self.content, line):
                break  # It stands in another file, or both readers stopped at another line.
            more.append(RawOption(name, value, number))
            if are_words:
                self._drop_line()
            number += 1
        if not more:
            return
        while are_words and self.content and not str(self.content[0]).strip():
            self._drop_line()
        dropped = () if are_words or self.options else self.raw.options
        for option in (*dropped, *more):
            self.options.setdefault(option.name, option.value)
        self.raw = replace(self.raw, options=(*self.raw.options, *more))

    def _drop_line(self) -> None:
        self.content.trim_start(1)
        self.content_offset += 1

    def _line(self, number: int) -> str:
        lines = self.gathered.lines_of(self.env, self.file)
        return lines[number - 1] if 1 <= number <= len(lines) else ""

    def parsed(self, *, words: bool) -> nodes.Element:
        """Give the content, parsed: as words that are kept as written, or as an editor's text."""
        container = nodes.Element()
        container.document = self.state.document
        content, offset = self.content, self.content_offset
        if not content:
            return container
        if set_paragraph(self.state, content, offset, container, as_written=words):
            return container
        with as_written(self.state) if words else nullcontext():
            self.state.nested_parse(content, offset, container)
        return container

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

    def use(self, kind: Named, identifier: str, option: str) -> None:
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
            if option.lines and not option.value and self.gathered.is_markdown:
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
            if value is None or (self.gathered.is_markdown and option.is_cut(value)):
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

    def last_line(self) -> int:
        """Give the line that ends the directive: its last, or the fence that closes it."""
        last = max((option.last for option in self.raw.options), default=self.line)
        if self.content:
            begin = self.content_offset
            if not isinstance(self.state_machine, MockStateMachine):
                begin -= self.lineno  # MyST counts from the directive, docutils from the top.
            last = max(last, self.line + begin + len(self.content))
        lines = self.gathered.lines_of(self.env, self.file)
        if last < len(lines) and CLOSING.fullmatch(lines[last].strip()):
            last += 1
        return min(last, len(lines)) or self.line

    def _values(self) -> dict[str, Any]:
        self.given = dict(self._given())
        known = self.known
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
