"""Finds in a Markdown source what leads to other documents, by the parser that reads it.

The parser tells links from code that shows one. Directives are parsed as it does: their
content anew, as a source of its own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from ontherecord.markup.source_lines import OPTION
from ontherecord.parting import restructured
from ontherecord.parting.places import RECORDS, Place, addresses_in, target_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from ontherecord.parting.places import Kind

    Rule = Callable[[StateInline, bool], bool]
    Found = tuple[Kind, int, str, str]
    Noted = tuple[str, StateInline, int, int]

_DIRECTIVE: Final = re.compile(r"\{(?P<name>[^\s{}]+)\}\s*(?P<argument>.*)")
_NOT_PARSED: Final = frozenset(
    {
        *(
            "code",
            "code-block",
            "code-cell",
            "sourcecode",
            "highlight",
            "literalinclude",
            "include",
        ),
        *("math", "mermaid", "graphviz", "graph", "digraph", "productionlist", "toctree", "index"),
        *("doctest", "testcode", "testoutput", "testsetup", "testcleanup", "bibliography"),
    }
)
"""Directives whose content is no Markdown."""
_WITH_WORDS: Final = frozenset({"said", "passage"})
"""Roles whose content is parsed again."""
_IMAGES: Final = frozenset({"figure", "image"})
_ROLE: Final = re.compile(r"\{(?P<name>[^{}]+)\}(?P<ticks>`+)")
_DEFINED: Final = re.compile(
    r"\[(?:[^\[\]\\]|\\.)+\]:[ \t]*(?:\n[ \t>]*)?(?:<(?P<angled>[^<>\n]*)>|(?P<bare>\S+))"
)
_NOTED: Final = "ontherecord-noted"


@cache
def _parser(extensions: frozenset[str]) -> MarkdownIt:
    """Give a parser of blocks, which notes where links stand when a line is parsed."""
    parser = create_md_parser(MdParserConfig(enable_extensions=set(extensions)), RendererHTML)
    parser.core.ruler.enableOnly(["normalize", "block"])
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in ("link", "autolink", "image", "html_inline", "myst_role"):
        parser.inline.ruler.at(name, _noting(name, rules[name]))
    return parser


def _noting(name: str, rule: Rule) -> Rule:
    def noting(state: StateInline, silent: bool) -> bool:
        first = state.pos
        if not rule(state, silent):
            return False
        if not silent:
            state.env[_NOTED].append((name, state, first, state.pos))
        return True

    return noting


def places(lines: Sequence[str], extensions: Iterable[str] = ("colon_fence",)) -> Iterator[Place]:
    """Give the places of a source, in no order; ``extensions`` are those of MyST's syntax."""
    return _Finder(lines, _parser(frozenset(extensions))).places(lines, 0)


class _Finder:
    """Finds the places of one source; lines and columns are counted from 0 in it."""

    def __init__(self, source: Sequence[str], parser: MarkdownIt) -> None:
        self._source = source
        self._parser = parser
        self._env: dict[str, object] = {}
        self._after: dict[int, int] = {}

    def places(self, lines: Sequence[str], first: int) -> Iterator[Place]:
        """Give the places in lines that the source has from a line on, however indented."""
        known = set(self._definitions())
        tokens = self._parser.parse("\n".join(lines), self._env)
        for label, (begin, end) in self._definitions().items():
            if label not in known:
                yield from self._defined(first + begin, first + end)
        for token in tokens:
            if token.map is not None:
                yield from self._in_token(token, first + token.map[0])

    def _definitions(self) -> dict[str, tuple[int, int]]:
        found = self._env.get("references", {})
        assert isinstance(found, dict)  # noqa: S101 - the parser's own
        return {label: one["map"] for label, one in found.items()}

    def _defined(self, begin: int, end: int) -> Iterator[Place]:
        text = "\n".join(self._source[begin:end])
        if match := _DEFINED.search(text):
            group = "angled" if match["angled"] is not None else "bare"
            line = begin + text.count("\n", 0, match.start(group))
            column = match.start(group) - (text.rfind("\n", 0, match.start(group)) + 1)
            yield self._place(line, column, "definition", match[group])

    def _in_token(self, token: Token, line: int) -> Iterator[Place]:
        if token.type == "inline":
            yield from self._inline(token.content, line)
        elif token.type == "html_block":
            yield from self._html(token.content, line)
        elif match := _DIRECTIVE.match(token.info.strip()):  # Of a fence; others have no info.
            content = token.content.split("\n")
            yield from self._directive(match["name"], match["argument"], content, line)

    def _directive(
        self, name: str, argument: str, content: list[str], line: int
    ) -> Iterator[Place]:
        if name in _NOT_PARSED:
            return
        if name in _IMAGES and argument:
            yield self._place(line, self._source[line].rindex(argument), "image", argument)
        elif argument:
            yield from self._inline(argument, line)
        if name == "eval-rst":
            for one in restructured.places(content):
                base = self._column(line + one.line, content[one.line - 1])
                yield self._place(line + one.line, base + one.first, one.kind, one.text, one.target)
        elif name == "raw":
            yield from self._html("\n".join(content), line + 1)
        else:
            below = _without_options(content)
            above = content[: len(content) - len(below)]
            yield from self._options(above, line + 1)
            yield from self.places([*[""] * len(above), *below], line + 1)

    def _options(self, options: Sequence[str], line: int) -> Iterator[Place]:
        """Give where a card or a picture leads by its options."""
        found = {
            match["name"]: (number, match["value"])
            for number, text in enumerate(options, line)
            if (match := OPTION.match(text)) and match["value"]
        }
        if found.get("link-type", (0, ""))[1] == "doc" and "link" in found:
            at, target = found["link"]
            yield self._place(at, self._source[at].rindex(target), "card", target)
        if "target" in found:
            at, target = found["target"]
            yield self._place(at, self._source[at].rindex(target), "page", target)

    def _html(self, html: str, line: int) -> Iterator[Place]:
        for position, address in addresses_in(html):
            yield from self._at(html, line, "page", position, address)

    def _inline(self, content: str, line: int) -> Iterator[Place]:
        for found in self._found(content):
            yield from self._at(content, line, *found)
        for number, text in enumerate(content.split("\n"), line):
            self._after[number] = self._column(number, text) + len(text)

    def _found(self, content: str) -> Iterator[Found]:
        noted: list[Noted] = []
        self._env[_NOTED] = noted
        self._parser.inline.parse(content, self._parser, self._env, [])
        for name, state, first, last in noted:
            if state.src is not content:
                continue  # What an image shows instead of itself is a source of its own.
            source = content[first:last]
            if name == "myst_role" and (match := _ROLE.match(source)):
                inner, at = source[match.end() : -len(match["ticks"])], first + match.end()
                if match["name"].removeprefix("record:") in _WITH_WORDS:
                    for kind, place, text, target in self._found(inner):
                        yield kind, at + place, text, target
                else:
                    yield from _of_role(match["name"], inner, first + 1, at)
            else:
                yield from _of_rule(name, state, first, last)

    def _at(
        self, content: str, line: int, kind: Kind, position: int, text: str, target: str = ""
    ) -> Iterator[Place]:
        """Give a place by its position in lines that the source has from a line on."""
        above = content.count("\n", 0, position)
        begin = content.rfind("\n", 0, position) + 1
        base = self._column(line + above, content.split("\n")[above])
        if base >= 0 and "\n" not in text:
            yield self._place(line + above, base + position - begin, kind, text, target)

    def _column(self, line: int, text: str) -> int:
        """Give where a parsed line begins in the source's; cells of a table share one."""
        return self._source[line].find(text.strip(), self._after.get(line, 0)) - (
            len(text) - len(text.lstrip())
        )

    def _place(self, line: int, column: int, kind: Kind, text: str, target: str = "") -> Place:
        return Place(line + 1, column, column + len(text), kind, text, target)


def _of_rule(name: str, state: StateInline, first: int, last: int) -> Iterator[Found]:
    """Give what one rule has matched: each with its kind, its position and its text."""
    source = state.src[first:last]
    if name in {"link", "image"}:
        yield from _destination(name, state, first)
    elif name == "autolink":
        yield "bare", first + 1, source[1:-1], ""
    elif name == "html_inline":
        for position, address in addresses_in(source):
            yield "page", first + position, address, ""


def _destination(name: str, state: StateInline, first: int) -> Iterator[Found]:
    begin = first + (name == "image")
    helpers = state.md.helpers
    end = helpers.parseLinkLabel(state, begin, name == "link")
    if state.src[end + 1 : end + 2] != "(":
        return
    position = end + 2
    while state.src[position : position + 1].isspace():
        position += 1
    found = helpers.parseLinkDestination(state.src, position, len(state.src))
    if not found.ok:
        return
    text = state.src[position : found.pos]
    if text.startswith("<"):
        position, text = position + 1, text[1:-1]
    kind: Kind = "image" if name == "image" else "link"
    yield "bare" if kind == "link" and end == begin + 1 else kind, position, text, ""


def _of_role(name: str, content: str, name_at: int, content_at: int) -> Iterator[Found]:
    position, target = target_in(content)
    short = name.removeprefix("record:")
    if name in {"doc", "std:doc"}:
        yield "doc", content_at + position, target, ""
        yield "doc-name", name_at, name, target
    elif short in RECORDS:
        yield "record", content_at + position, target, ""


def _without_options(content: Sequence[str]) -> list[str]:
    """Give the content of a directive below its options."""
    number = 0
    if content and content[0].strip() == "---":
        number = next((n for n, text in enumerate(content[1:], 2) if text.strip() == "---"), 0)
    else:
        while number < len(content) and OPTION.match(content[number]):
            number += 1
    return list(content[number:])
