"""What is spared of the parsing of Markdown gives the same tokens and nodes, and may go some day."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest
from conftest import called
from docutils import nodes
from hard_markdown import EVERY, NONE, TEXTS, UNTYPED
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.rules_block import paragraph
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.wordcount import basic_count
from myst_parser import mocking
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser
from ontherecord.economies import mocks, plain_paragraphs, syntax_trees, word_count

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SETS = pytest.mark.parametrize(
    "extensions", [NONE, UNTYPED, EVERY], ids=["none", "untyped", "every"]
)


def parser(extensions: set[str], *, spared: bool, **more: Any) -> MarkdownIt:
    config = MdParserConfig(enable_extensions=extensions, **more)
    made = create_md_parser(config, DocutilsRenderer)
    if spared:
        plain_paragraphs.add(made, config)
    return made


# Paragraphs

BEGINS = st.sampled_from(
    [
        *("", "", "", "", "  ", "    ", "\t", "> ", ">", "- ", "* ", "1. ", "2016. ", "7) ", "12 "),
        *(
            ": ",
            "~ ",
            "| ",
            "+ ",
            "% ",
            "# ",
            "=",
            "---",
            "(a)=",
            "[a]: b",
            "[^a]: ",
            "{a}",
            "{a}`b` ",
        ),
        *(
            "{#a} ",
            ":::{note}",
            ":::",
            "```",
            "$$",
            "<b>",
            "\\begin{a}",
            "“",
            "'",
            "é",
            "+++",
            "---|---",
        ),
    ]
)
ENDS = st.sampled_from(["", "", "", "  ", "\\", "}", " {.a}", " |", ":", " a | b", "\t"])
LINES = st.tuples(BEGINS, TEXTS | st.sampled_from(["", "Words", "more"]), ENDS).map("".join)
PAGES = st.lists(LINES | st.sampled_from(["", "", " ", "Words."]), max_size=8).map("\n".join)


@SETS
@settings(deadline=None)
@given(text=PAGES)
@example(text="Term\n: what it means\n")
@example(text="Term\n\n~ what it means\n")
@example(text="2016. That was the year.\n")
@example(text="- Item\n\n  Paragraph\n")
@example(text="> Quoted\n>\n> “More”\n")
@example(text="Title\n===\n\nTitle\n---\n\na | b\n--|--\n1 | 2\n")
@example(text="Words\n  and more\n    and more\n- Item\nlazy\n")
@example(text="{#id .class}\nWords.\n\n{a}`b` {c=d}\n\nWords {a}`b`{.c}\n")
@example(text="{a}`b` {#c}\nWords.\n")
@example(text="Words\n:::{note}\nInside.\n:::\nAfter\n%comment\n")
@example(text="Last line without an end")
def test_paragraphs_are_the_same(extensions: set[str], text: str) -> None:
    found, expected = (parser(extensions, spared=spared).parse(text) for spared in (True, False))
    assert found == expected


def test_plain_paragraphs_ask_no_other_rule() -> None:
    text = "Plain words,\nand “quoted” ones.\n\nMore of them.\n"
    for spared, asked in ((True, 0), (False, 2)):
        made = parser(NONE, spared=spared)
        assert called(lambda made=made: made.parse(text))["lheading"] == asked


def test_a_rule_that_comes_later_is_asked() -> None:
    made = parser(NONE, spared=True)
    seen: list[int] = []
    made.block.ruler.before("table", "of-a-directive", lambda *given: bool(seen.append(given[1])))
    made.parse("Plain words.\n")
    assert seen


def test_other_delimiters_of_substitutions_are_asked_for() -> None:
    made = parser({"substitution"}, spared=True, sub_delimiters=("a", "b"))
    assert plain_paragraphs.NAME not in made.get_all_rules()["block"]


def test_plain_paragraphs_can_go_when_markdown_it_asks_less_of_a_paragraph() -> None:
    assert "for terminatorRule in terminatorRules" in inspect.getsource(paragraph), (
        "look at ontherecord/economies/plain_paragraphs.py again"
    )


# Trees of tokens


def shown(node: SyntaxTreeNode) -> Any:
    tokens = node.nester_tokens or node.token
    parent = node.parent.type if node.parent else None
    return node.type, parent, tokens, [*map(shown, node.children)]


@SETS
@settings(deadline=None)
@given(text=PAGES)
def test_trees_are_the_same(extensions: set[str], text: str) -> None:
    tokens = parser(extensions, spared=False).parse(text)

    class AsUpstream(SyntaxTreeNode):
        """A tree made by upstream's own method."""

        _set_children_from_tokens = syntax_trees._set_children

    ours: Any = SyntaxTreeNode()
    syntax_trees.set_children(ours, tokens)
    assert shown(ours) == shown(AsUpstream(tokens))


@pytest.mark.parametrize("count", [0, 1])
def test_tokens_that_do_not_match_are_refused(count: int) -> None:
    tokens = parser(NONE, spared=False).parse("Words.\n")
    with pytest.raises(ValueError):
        syntax_trees.set_children(SyntaxTreeNode(), tokens[count : count + 2])


def test_syntax_trees_can_go_when_tokens_are_not_copied() -> None:
    source = inspect.getsource(syntax_trees._set_children)
    assert "list(reversed(tokens))" in source, "ontherecord/economies/syntax_trees.py can go"


# Words


@settings(deadline=None)
@given(text=TEXTS | st.text())
def test_words_are_counted_as_before(text: str) -> None:
    assert word_count.count(text) == basic_count(text)


def test_word_count_can_go_when_words_are_not_stripped_first() -> None:
    assert "el.strip(" in inspect.getsource(basic_count), (
        "ontherecord/economies/word_count.py can go"
    )


# Stand-ins


def states(renderer: Any) -> list[dict[str, Any]]:
    found = []
    for init in (mocks.init_state, mocks._init_state):
        state = mocking.MockState.__new__(mocking.MockState)
        init(state, renderer, None, 5, preserve_inline_edge_whitespace=True)
        values = vars(state)
        memo, inliner = values.pop("memo"), values.pop("inliner")
        for name in ("document", "reporter", "language", "title_styles", "section_level"):
            values[f"memo.{name}"] = getattr(memo, name)
        values["bubble"] = memo.section_bubble_up_kludge
        assert memo.inliner is inliner
        found += [values, vars(inliner)]
    return found


def test_stand_ins_hold_what_they_held() -> None:
    made = parser(NONE, spared=False)
    renderer: Any = made.renderer
    made.options["document"] = nodes.document(_bare(), _bare(), source="a.md")
    renderer.setup_render(made.options, {})
    first, inliner, second, other = states(renderer)
    assert first == second
    assert inliner == other
    assert "myst_preserve_newline" in made.get_all_rules()["inline"]
    assert states(renderer)[1] == other


def _bare() -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(language_code="en", get_source_and_line=None)


def test_mocks_can_go_when_no_class_is_made_for_a_state() -> None:
    assert "class Struct:" in inspect.getsource(mocks._init_state)
    assert "get_all_rules()" in inspect.getsource(mocks._init_inliner)
