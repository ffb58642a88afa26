"""Words without markup are set as MyST's own parser and renderer set them, to the character."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from docutils.statemachine import StringList
from docutils.utils import new_document
from hard_markdown import EVERY, HARD, NONE, TEXTS, UNTYPED, WHOLE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.mocking import MockInliner, MockState, MockStateMachine
from myst_parser.parsers.mdit import create_md_parser
from ontherecord.markup.as_written import as_written
from ontherecord.markup.plain_words import KNOWN, set_paragraph, set_text

SETS = pytest.mark.parametrize(
    "extensions", [NONE, UNTYPED, EVERY], ids=["none", "untyped", "every"]
)


class Reader:
    """MyST's renderer in the middle of a document."""

    def __init__(self, extensions: set[str]) -> None:
        parser = create_md_parser(MdParserConfig(enable_extensions=extensions), DocutilsRenderer)
        self.document = new_document("a.md", SimpleNamespace(**vars(_settings())))
        parser.options["document"] = self.document
        self.renderer: Any = parser.renderer
        self.renderer.setup_render(parser.options, {"references": {}})
        parser.parse("", self.renderer.md_env)  # As the document itself was, before its directives.
        self.document.current_line, self.document.current_source = 3, "a.md"

    def container(self) -> nodes.Element:
        container = nodes.Element()
        container.document = self.document
        return container

    def left(self, container: nodes.Element) -> Any:
        return [
            *map(shown, container.children),
            self.document.current_line,
            self.renderer.md_env.get("wordcount"),
        ]


def _settings() -> Any:
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser

    settings = get_default_settings(Parser)
    settings.report_level = 5
    return settings


def shown(node: nodes.Node) -> Any:
    if isinstance(node, nodes.Text):
        return type(node), str(node), node.line, node.source
    assert isinstance(node, nodes.Element)
    own = {name: value for name, value in node.attributes.items() if value}
    return type(node), node.rawsource, node.line, node.source, own, [*map(shown, node.children)]


def said_by_myst(extensions: set[str], words: str) -> Any:
    reader = Reader(extensions)
    inliner = MockInliner(reader.renderer)
    container = reader.container()
    with as_written(inliner):
        children, _messages = inliner.parse(words, 5, None, container)
    container += children
    return reader.left(container)


def hold_mark(extensions: set[str], words: str) -> None:
    reader = Reader(extensions)
    container = reader.container()
    if set_text(MockInliner(reader.renderer), words, container):
        assert reader.left(container) == said_by_myst(extensions, words)
    else:
        assert not container.children


def hold_paragraph(extensions: set[str], text: str, offset: int, *, words: bool) -> None:
    lines = text.splitlines()
    reader = Reader(extensions)
    container = reader.container()
    state = MockState(reader.renderer, MockStateMachine(reader.renderer, 7), 7)
    if not set_paragraph(state, StringList(lines, "a.md"), offset, container, as_written=words):
        assert not container.children
        return
    other = Reader(extensions)
    expected = other.container()
    state = MockState(other.renderer, MockStateMachine(other.renderer, 7), 7)
    with as_written(state) if words else nullcontext():
        state.nested_parse(StringList(lines, "a.md"), offset, expected)
    assert reader.left(container) == other.left(expected)


@SETS
@settings(deadline=None)
@given(words=TEXTS)
def test_a_mark_is_set_as_myst_would(extensions: set[str], words: str) -> None:
    hold_mark(extensions, words)


@SETS
@settings(deadline=None)
@given(text=TEXTS, offset=st.integers(0, 3), words=st.booleans())
@example(text="", offset=0, words=True)
@example(text="Two lines\nof one paragraph,\nand a third.\n\n", offset=1, words=False)
@example(text="A year\n2016. That was it.", offset=0, words=False)
@example(text="Setext\n===", offset=0, words=False)
@example(text="Term\n: what it means", offset=0, words=False)
@example(text="a -- b ... (c) 'd'", offset=0, words=False)
def test_a_paragraph_is_set_as_myst_would(
    extensions: set[str], text: str, offset: int, words: bool
) -> None:
    hold_paragraph(extensions, text, offset, words=words)


@SETS
@pytest.mark.parametrize("place", ["{}", "{} after", "Before {} and after.", "Before\n{}", "in{}"])
def test_each_hard_thing_is_set_as_myst_would(extensions: set[str], place: str) -> None:
    for hard in WHOLE + HARD:
        text = place.replace("{}", hard)
        hold_mark(extensions, text)
        hold_paragraph(extensions, text, 0, words=True)
        hold_paragraph(extensions, text, 0, words=False)


@pytest.mark.parametrize(
    "words",
    [
        "Plain words, and “quoted” ones: it's so; twenty-five (25)!",
        "Nobody said that — nobody.",
    ],
)
def test_plain_words_are_spared_the_parser(words: str) -> None:
    reader = Reader(NONE)
    assert set_text(MockInliner(reader.renderer), words, reader.container())


def test_a_rule_that_nobody_knows_is_asked() -> None:
    reader = Reader(NONE)
    inliner = MockInliner(reader.renderer)
    assert set_text(inliner, "plain", reader.container())
    reader.renderer.md.inline.ruler.push("of-an-extension", lambda *_given: False)
    assert not set_text(inliner, "plain", reader.container())


def test_all_rules_that_myst_offers_are_known() -> None:
    rules = Reader(EVERY).renderer.md.get_all_rules()
    unknown = {name for names in rules.values() for name in names} - KNOWN
    assert not unknown, f"read these rules, and add them to KNOWN: {unknown}"


def test_rules_are_as_before_whatever_happens_inside() -> None:
    reader = Reader(EVERY)
    before = reader.renderer.md.get_active_rules()
    inliner = MockInliner(reader.renderer)
    with pytest.raises(RuntimeError), as_written(inliner):
        assert "html_inline" not in reader.renderer.md.get_active_rules()["inline"]
        raise RuntimeError
    inside = reader.renderer.md.get_active_rules()
    inside["inline"].remove("myst_preserve_newline")
    assert inside == before
