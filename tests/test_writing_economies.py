"""What is spared of the writing of pages changes nothing, and may go some day."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CONF, EXTENSION, Project
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from docutils.writers._html_base import HTMLTranslator
from docutils.writers.html5_polyglot import Writer
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from ontherecord.economies import (
    addresses,
    html_tags,
    node_visits,
    template_files,
    translators,
)
from sphinx.util.docutils import SphinxTranslator

if TYPE_CHECKING:
    from pathlib import Path

# Tags

NAMES = st.sampled_from(["a", "b", "language-de", "language-", "language-fr", "x<y", ""])
NODES = st.builds(
    lambda kind, classes, ids: kind("", classes=classes, ids=ids),
    st.sampled_from([nodes.inline, nodes.table, nodes.bullet_list, nodes.paragraph]),
    st.lists(NAMES, max_size=4),
    st.lists(st.sampled_from(["one", "two", 'th"ree']), max_size=3),
)
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "CLASS": st.sampled_from(["", "a", "new  a", "language-it more"]),
        "href": st.sampled_from(["#", "a@b?c=1&d\n", ""]),
        "Title": st.sampled_from([7, ["x", 1], "words"]),
        "classes": st.lists(NAMES, max_size=2),
        "ids": st.lists(st.sampled_from(["four"]), max_size=1),
        "id": st.just("five"),
        "open": st.none(),
    },
)


def translator() -> HTMLTranslator:
    return HTMLTranslator(new_document("a.md", get_default_settings(Writer)))


def outcome(write: Any, node: Any, attributes: dict[str, Any], empty: bool) -> object:
    copied = {name: list(one) if isinstance(one, list) else one for name, one in attributes.items()}
    try:
        return write(translator(), node, "P", " ", empty, **copied)
    except AssertionError:
        return AssertionError


@given(NODES, ATTRIBUTES, st.booleans())
def test_tags_are_those_that_docutils_writes(
    node: nodes.Element, attributes: dict[str, Any], empty: bool
) -> None:
    ours = outcome(html_tags.start_tag, node.deepcopy(), attributes, empty)
    assert ours == outcome(html_tags._starttag, node, attributes, empty)


def test_tags_of_no_node_are_written() -> None:
    assert html_tags.start_tag(translator(), {}, "p", "", CLASS="a") == '<p class="a">'


def test_html_tags_can_go_when_docutils_asks_less_of_a_plain_node() -> None:
    source = inspect.getsource(html_tags._starttag)
    assert "if isinstance(node, nodes.table):" in source, "economies/html_tags.py can go"


@given(st.text() | st.text(alphabet='a&<>"@é—', max_size=8))
def test_texts_are_encoded_as_docutils_encodes_them(text: str) -> None:
    written = html_tags.encode(translator(), nodes.Text(text))
    assert written == html_tags._encode(translator(), text)
    assert type(written) is str
    other = translator()
    other.special_characters = {ord("a"): "b"}
    assert html_tags.encode(other, text) == text.replace("a", "b")


def test_the_characters_that_are_encoded_are_those_of_docutils() -> None:
    assert HTMLTranslator.special_characters == html_tags.ENCODED
    assert "text.translate(" in inspect.getsource(html_tags._encode), "encode can go"


# Visits


class Noting(SphinxTranslator):
    """Notes what it visits, and raises what a node says."""

    def __init__(self) -> None:
        self.document = new_document("a.md", get_default_settings(Writer))
        self.found: list[str] = []

    def visit_Element(self, node: nodes.Element) -> None:
        self.found.append(f"visits {node.tagname}")
        if "raises" in node:
            raise getattr(nodes, node["raises"])

    def depart_Element(self, node: nodes.Element) -> None:
        self.found.append(f"departs from {node.tagname}")

    def visit_Text(self, node: nodes.Text) -> None:
        self.found.append(node.astext())

    def depart_Text(self, node: nodes.Text) -> None:
        pass

    def visit_strong(self, node: nodes.strong) -> None:
        self.found.append("strong")

    def unknown_departure(self, node: nodes.Node) -> None:
        self.found.append(f"unknown {node.__class__.__name__}")


RAISED = (None, "SkipNode", "SkipDeparture", "SkipChildren", "SkipSiblings", "StopTraversal")
TREES = st.recursive(
    st.builds(nodes.Text, st.sampled_from(["one", "two"])),
    lambda below: st.builds(
        lambda kind, raised, inside: kind(
            "", *[one.deepcopy() for one in inside], **({"raises": raised} if raised else {})
        ),
        st.sampled_from([nodes.inline, nodes.strong, nodes.paragraph]),
        st.sampled_from(RAISED),
        st.lists(below, max_size=4),
    ),
)


@given(TREES, st.booleans())
def test_nodes_are_visited_as_docutils_visits_them(tree: Any, debugs: bool) -> None:
    seen = []
    for walk, visit, depart in (
        (node_visits.walkabout, node_visits.dispatch_visit, node_visits.dispatch_departure),
        (node_visits._walkabout, node_visits._visit, node_visits._depart),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(nodes.Node, "walkabout", walk)
            patch.setattr(SphinxTranslator, "dispatch_visit", visit)
            patch.setattr(SphinxTranslator, "dispatch_departure", depart)
            noting = Noting()
            noting.document.reporter.debug_flag = debugs
            noting.document.reporter.stream = None
            try:
                stops = tree.walkabout(noting)
            except (nodes.SkipSiblings, AssertionError) as error:  # As the root may be told.
                stops = type(error)
            seen.append((stops, noting.found))
    assert seen[0] == seen[1]


def test_what_a_translator_is_given_later_is_called() -> None:
    noting = Noting()
    node_visits.dispatch_visit(noting, nodes.strong())
    noting.visit_strong = lambda _node: noting.found.append("other")  # type: ignore[method-assign]
    node_visits.dispatch_visit(noting, nodes.strong())
    assert noting.found == ["strong", "other"]


def test_node_visits_can_go_when_docutils_and_sphinx_look_less_up() -> None:
    assert "reporter.debug(" in inspect.getsource(node_visits._walkabout), "walkabout can go"
    assert "__mro__" in inspect.getsource(node_visits._visit), "dispatch_visit can go"


# Addresses, and templates


def test_addresses_are_those_that_builders_make(edition: Project) -> None:
    for name in ("html", "dirhtml", "singlehtml", "epub"):
        with edition.set_up(name) as app:
            ours: Any = app.builder
            theirs = type(ours)
            for one, other in (*NAMED, *NAMED):
                assert ours.get_target_uri(one) == theirs.get_target_uri(ours, one)
                between = ours.get_relative_uri(one, other)
                assert between == theirs.get_relative_uri(ours, one, other)


NAMED = (("index", "a b/c"), ("a b/c", "index"), ("a b/c", "a b/d"), ("x", "x"))


def test_addresses_can_go_when_sphinx_keeps_them() -> None:
    assert "quote(docname)" in inspect.getsource(addresses.StandaloneHTMLBuilder.get_target_uri), (
        "economies/addresses.py can go"
    )


def test_messages_are_translated_by_the_translator_that_there_is(edition: Project) -> None:
    with edition.set_up() as app:
        assert app.config.language == "en"
        for named in (("sphinx", "general"), ("ontherecord", "general")):
            assert translators.get_translator(*named) is translators._get(*named)
    assert type(translators.get_translator("nobody")) is type(translators._get("nobody"))
    source = inspect.getsource(translators._get)
    assert "NullTranslations())" in source, "economies/translators.py can go"


def test_templates_are_not_looked_at_again_while_pages_are_written(edition: Project) -> None:
    with edition.set_up() as app:
        environment = app.builder.templates.environment  # type: ignore[attr-defined]
        assert environment.auto_reload, "that part of economies/template_files.py can go"
        assert not environment.bytecode_cache, "economies/template_files.py can go"
        template_files._spare(app, app.builder)
        assert not environment.auto_reload
        assert environment.bytecode_cache


def compiled(project: Project) -> list[Path]:
    return [*project.folder.parent.glob("edition-html.doctrees/ontherecord-*.template")]


def test_templates_are_compiled_again_when_they_changed(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put(
        "conf.py", CONF.format(extension=str(EXTENSION)) + "templates_path = ['_templates']\n"
    )
    edition.put("_templates/layout.html", "one {{ title }}\n")
    assert edition.build().text("article.html").startswith("one The library")
    kept = {path: path.read_bytes() for path in compiled(edition)}
    assert kept
    edition.put("_templates/layout.html", "two {{ title }}\n")
    assert edition.build("html", "-E").text("article.html").startswith("two The library")
    assert kept != {path: path.read_bytes() for path in compiled(edition)}
    for path in compiled(edition):
        path.write_bytes(path.read_bytes()[:40])
    assert edition.build("html", "-E").text("article.html").startswith("two The library")
    monkeypatch.setattr(Environment, "_compile", None)
    assert edition.build("html", "-E").code == 0, "nothing is compiled that was compiled before"


FILTERING = """
def setup(app):
    app.connect("builder-inited", add, priority=900)

def add(app):
    app.builder.templates.environment.filters["now"] = lambda text: text + "ONE"
"""


def test_what_filters_of_others_make_of_constants_is_not_kept(edition: Project) -> None:
    conf = CONF.format(extension=str(EXTENSION)) + "templates_path = ['_templates']\n" + FILTERING
    edition.put("_templates/layout.html", "{{ 'made '|now }}\n")
    edition.put("conf.py", conf)
    assert edition.build().text("article.html").startswith("made ONE")
    edition.put("conf.py", conf.replace("ONE", "TWO"))
    assert edition.build("html", "-E").text("article.html").startswith("made TWO")
    assert not compiled(edition)
