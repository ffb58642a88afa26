"""What is spared of docutils' and Sphinx's work changes nothing, and may go some day."""

from __future__ import annotations

import hashlib
import inspect
import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import docutils.transforms
import pytest
from conftest import EXTENSION, Project, called, python
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.readers import standalone
from docutils.transforms import universal
from docutils.utils import new_document
from hypothesis import given, settings
from hypothesis import strategies as st
from myst_parser.parsers.sphinx_ import MystParser
from ontherecord.economies import (
    debugging_messages,
    docutils_settings,
    first_reading,
    idle_transforms,
    node_making,
    node_texts,
    source_workaround,
    tree_walks,
)
from sphinx import events
from sphinx.events import EventManager
from sphinx.util.logging import SphinxLoggerAdapter
from sphinx.util.nodes import NodeMatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


# Settings


def defaults() -> dict[str, Any]:
    return {"traceback": True, "env": object(), "tab_width": 3, "input_encoding": "utf-8-sig"}


def comparable(settings: Any) -> dict[str, Any]:
    found = dict(vars(settings))
    return {**found, "record_dependencies": vars(found["record_dependencies"])}


def test_settings_are_those_that_sphinx_and_docutils_make() -> None:
    components, given = (standalone.Reader, MystParser()), defaults()
    for _ in range(2):
        ours = docutils_settings.settings(*components, defaults=given, read_config_files=True)
        theirs = docutils_settings._of_sphinx(*components, defaults=given, read_config_files=True)
        assert comparable(ours) == comparable(theirs)
        assert type(ours) is type(theirs)
        ours = docutils_settings.default_settings(Parser)
        assert comparable(ours) == comparable(get_default_settings(Parser))


def test_settings_of_one_document_are_not_those_of_the_next() -> None:
    first = docutils_settings.default_settings(Parser)
    first._config_files.append("one.conf")
    first.tab_width = 4
    second = docutils_settings.default_settings(Parser)
    assert second._config_files == []
    assert second.tab_width == 8
    assert second.record_dependencies is not first.record_dependencies


def test_a_configuration_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "docutils.conf"
    monkeypatch.setenv("DOCUTILSCONFIG", str(file))
    for width in (5, 6):
        file.write_text(
            f"[general]\ntab_width: {width}\n[restructuredtext parser]\ntab_width: {width}\n"
        )
        found = docutils_settings.settings(
            standalone.Reader, MystParser(), defaults={}, read_config_files=True
        )
        assert found.tab_width == width


def test_docutils_settings_can_go_when_defaults_are_kept_upstream() -> None:
    def settings() -> None:
        docutils_settings._of_sphinx(standalone.Reader, MystParser(), defaults={})
        get_default_settings(Parser)

    settings()
    assert called(settings)["populate_from_components"] == 2, (
        "docutils and Sphinx keep the defaults now: "
        "ontherecord/economies/docutils_settings.py can go"
    )


# Walks


def tree(shape: Any) -> nodes.Node:
    if isinstance(shape, str):
        return nodes.Text(shape)
    kind, children = shape
    made: nodes.Element = kind("", *map(tree, children))
    return made


KINDS = st.sampled_from(
    [nodes.section, nodes.paragraph, nodes.container, nodes.bullet_list, nodes.block_quote]
)
SHAPES = st.recursive(
    st.text(max_size=2) | st.tuples(KINDS, st.just([])),
    lambda inner: st.tuples(KINDS, st.lists(inner, max_size=4)),
    max_leaves=20,
)
CONDITIONS: list[Any] = [
    *(None, nodes.Text, nodes.Element, nodes.paragraph, nodes.Body, nodes.target),
    lambda node: isinstance(node, nodes.section | nodes.container),
    *(NodeMatcher(nodes.paragraph), NodeMatcher(), NodeMatcher(nodes.Element, marked=True)),
    *(NodeMatcher(marked=Any), NodeMatcher(nodes.paragraph, nodes.section, marked=Any, twice=1)),
]


def upstream(node: nodes.Node, condition: Any) -> Iterator[nodes.Node]:
    """Walk as the recursion upstream does."""
    if (
        condition is None
        or (isinstance(condition, type) and isinstance(node, condition))
        or (not isinstance(condition, type) and condition(node))
    ):
        yield node
    for child in node.children:
        yield from upstream(child, condition)


@settings(deadline=None)
@given(
    shape=st.tuples(KINDS, st.lists(SHAPES, max_size=5)), which=st.integers(0, len(CONDITIONS) - 1)
)
def test_walks_find_what_the_recursion_finds(shape: Any, which: int) -> None:
    root, condition = tree(shape), CONDITIONS[which]
    for index, node in enumerate(tree_walks.below(root)):
        if isinstance(node, nodes.Element) and index % 2:
            node["marked"] = index % 3 != 0
            node["twice"] = index % 4
    expected = list(map(id, upstream(root, condition)))
    assert [*map(id, tree_walks.findall(root, condition))] == expected
    if isinstance(condition, NodeMatcher):
        assert [*map(id, tree_walks.matching(condition, root))] == expected


@settings(deadline=None)
@given(
    shape=st.tuples(KINDS, st.lists(SHAPES, min_size=1, max_size=5)),
    at=st.integers(0, 9),
    how=st.sampled_from(["remove", "replace", "unwrap", "add", "clear"]),
    which=st.integers(0, len(CONDITIONS) - 1),
)
def test_walks_see_changes_on_the_way_as_the_recursion_does(
    shape: Any, at: int, how: str, which: int
) -> None:
    def walked(walk: Callable[..., Iterator[nodes.Node]]) -> list[str]:
        found = []
        for index, node in enumerate(walk(tree(shape), CONDITIONS[which])):
            found.append(repr(node))
            parent = node.parent
            if index != at or parent is None:
                continue
            place = next(n for n, child in enumerate(parent.children) if child is node)
            if how == "remove":
                del parent[place]
            elif how == "replace":
                parent[place] = nodes.strong("", "new")
            elif how == "unwrap":
                parent[place : place + 1] = node.children
            elif how == "add":
                parent.insert(place, nodes.paragraph("", "before"))
                parent.append(nodes.paragraph("", "after"))
            else:
                parent.clear()
        return found

    assert walked(tree_walks.findall) == walked(upstream)


def test_tree_walks_can_go_when_docutils_walks_with_one_generator() -> None:
    program = (
        "import sys; from docutils import nodes; n = 0\n"
        "def note(frame, event, given):\n"
        "    global n; n += event == 'call'\n"
        "tree = nodes.section('', *[nodes.paragraph('', 'words') for _ in range(100)])\n"
        "sys.setprofile(note); list(tree.findall(nodes.target)); sys.setprofile(None); print(n)"
    )
    assert int(python("-c", program).stdout) > 100, (
        "docutils makes no generator for each node now: ontherecord/economies/tree_walks.py can go"
    )


# Texts


@settings(deadline=None)
@given(text=st.text(alphabet="a \0\n\\", max_size=8))
def test_texts_are_given_without_their_escapes(text: str) -> None:
    found = node_texts.astext(nodes.Text(text))
    assert found == str(nodes.unescape(text))
    assert type(found) is str


def test_node_texts_can_go_when_docutils_looks_for_a_null_first() -> None:
    class Counted(str):
        splits: list[str] = []

        def split(self, *given: Any) -> list[str]:  # type: ignore[override]
            self.splits.append(self)
            return super().split(*given)

    nodes.unescape(Counted("words"))
    assert Counted.splits, "ontherecord/economies/node_texts.py can go"


# Transforms

READ = {
    **dict.fromkeys(idle_transforms.WORKS_ON),
    **dict.fromkeys(idle_transforms.WORKS_ON_COMPONENTS),
    **dict.fromkeys(idle_transforms.IDLE_IF),
    **dict.fromkeys(idle_transforms.ADDS_NONE),
}
FINGERPRINT = "5162335efc28da27"


def test_the_transforms_passed_over_are_those_that_were_read() -> None:
    assert idle_transforms.are_known(), "read the transforms of these versions; see KNOWN"
    sources = sorted(f"{one.__module__}.{inspect.getsource(one)}" for one in READ)
    found = hashlib.sha256("".join(sources).encode()).hexdigest()[:16]
    assert found == FINGERPRINT, (
        "a transform has changed: read those that idle_transforms.py names, and see whether it "
        "still says truly what they work on"
    )


def test_post_transforms_for_others_are_those_that_say_so(edition: Project) -> None:
    document = new_document("a.md", get_default_settings(Parser))
    with edition.set_up() as app:
        document.settings.env = app.env
        transforms = app.registry.get_post_transforms()
        told = {one: idle_transforms.is_for_others(one, document.settings) for one in transforms}
        for transform, is_for_others in told.items():
            assert not is_for_others or not transform(document).is_supported()  # type: ignore[attr-defined]
    assert any(told.values())
    assert not all(told.values())
    assert not idle_transforms.is_for_others(universal.Messages, document.settings)


def test_other_versions_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_transforms.docutils, "__version__", "0.23")
    assert not idle_transforms.are_known()


def test_idle_transforms_can_go_when_docutils_passes_them_over() -> None:
    source = inspect.getsource(docutils.transforms.Transformer)
    assert "            transform.apply(**kwargs)\n" in source, (
        "ontherecord/economies/idle_transforms.py can go"
    )


# Links, and sources


LINKED = """
import sys
{before}
from docutils import nodes
from docutils.utils import new_document

def told(node):
    return node.document is not None and node.document['source'], node.line, node.source

document = new_document('a.md')
document.current_line, document.current_source = 7, 'a.md'
orphan = nodes.paragraph('', 'words')
found = [told(orphan), told(orphan[0])]
document += orphan
orphan += nodes.strong('', 'more', nodes.Text('still'))
known = nodes.Text('known')
known.line, known.source = 3, 'b.md'
orphan += known
late = nodes.container('', nodes.paragraph('', 'late'))
found += [told(late), told(late[0])]
document += late
late[0].parent = late
found += [told(node) for node in document.findall()]
late.document = None
found += [told(late)]
count = 0
def note(frame, event, given):
    global count; count += event == 'call'
sys.setprofile(note)
orphan.append(nodes.Text('x'))
sys.setprofile(None)
print(found)
print(count)
"""


def linked(before: str) -> list[str]:
    path = f"sys.path.insert(0, {str(EXTENSION)!r})"
    done = python("-c", LINKED.format(before=f"{path}\n{before}"))
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


MADE = st.tuples(
    st.sampled_from([nodes.paragraph, nodes.section, nodes.raw, nodes.target]),
    st.sampled_from(["", "raw"]),
    st.lists(st.sampled_from(["one", "two"]), max_size=2),
    st.dictionaries(
        st.sampled_from(["ids", "CLASSES", "names", "dupnames", "Refid", "format", "backrefs"]),
        st.lists(st.sampled_from("ab"), max_size=2),
        max_size=3,
    ),
)


@given(MADE)
def test_nodes_are_made_as_docutils_makes_them(made: Any) -> None:
    kind, raw, inside, attributes = made
    found = []
    for init in (node_making.init, node_making._init):
        node = kind.__new__(kind)
        init(node, raw, *[nodes.inline("", text) for text in inside], **attributes)
        assert all(child.parent is node for child in node.children)
        copied = {name for name, value in attributes.items() if node[name.lower()] is not value}
        state = {name: value for name, value in vars(node).items() if name != "children"}
        inner = [child.astext() for child in node.children]
        found.append((state, list(node.attributes), inner, copied))
    assert found[0] == found[1]
    with pytest.raises(TypeError):
        node_making.init(kind.__new__(kind), nodes.inline())


def test_node_making_can_go_when_docutils_asks_less_of_a_new_node() -> None:
    source = inspect.getsource(node_making._init)
    assert "for att in self.list_attributes:" in source, "economies/node_making.py can go"


def test_nodes_are_linked_as_docutils_links_them() -> None:
    ours, steps = linked("from ontherecord.economies import node_links; node_links.apply()")
    theirs, more_steps = linked("")
    assert ours == theirs
    assert int(steps) < int(more_steps)


def test_node_links_can_go_when_docutils_asks_no_node_whether_it_is_true() -> None:
    _found, steps = linked("")
    assert int(steps) >= 10, "ontherecord/economies/node_links.py can go"


def mended(mend: Any) -> list[tuple[Any, ...]]:
    document = new_document("a.md", get_default_settings(Parser))
    term = nodes.term("term : kind", "term : kind")
    item = nodes.definition_list_item("", term, nodes.classifier("", "kind"))
    item.source, item.line = "a.md", 5
    figure = nodes.figure("", nodes.image(uri="a.png", alt="none"), nodes.caption("", "A figure"))
    figure.source, figure.line = "a.md", 9
    section = nodes.section("", nodes.title("", "Title"))
    section.source, section.line = "b.md", 3
    section += [
        *(
            nodes.paragraph("", "Words"),
            nodes.paragraph("raw", "Words"),
            nodes.rubric("", "Rubric"),
        ),
        nodes.line_block("", nodes.line("", "Line")),
        nodes.field_list("", nodes.field("", nodes.field_name("", "date"), nodes.field_body())),
        *(nodes.topic("", nodes.title("", "Topic")), nodes.literal_block("", "code"), figure),
        nodes.definition_list("", item),
    ]
    document += section
    for node in document.findall(nodes.Element):
        if node not in {item, figure, section}:
            node.source = node.line = None
    mend(SimpleNamespace(document=document))
    return [
        (type(node), node.source, node.line, node.rawsource)
        for node in document.findall(nodes.Element)
    ]


def test_sources_are_mended_as_sphinx_mends_them() -> None:
    assert mended(source_workaround.mend) == mended(source_workaround._apply)


def test_source_workaround_can_go_when_sphinx_asks_less() -> None:
    assert "apply_source_workaround(node)" in inspect.getsource(source_workaround._apply)
    source = inspect.getsource(source_workaround.apply_source_workaround)
    found = hashlib.sha256(source.encode()).hexdigest()[:16]
    assert found == "de6d56d588e968e4", (
        "read what Sphinx mends now, and see whether _MENDED still names it all"
    )


# Messages, and first readings


def test_messages_for_debugging_are_made_for_those_who_listen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    adapter = SphinxLoggerAdapter(logging.getLogger("sphinx.of_a_test"), {})
    root = logging.getLogger("sphinx")
    listener = logging.Handler(logging.INFO)
    monkeypatch.setattr(root, "handlers", [listener])
    monkeypatch.setattr(root, "propagate", False)
    monkeypatch.setattr(root, "level", logging.DEBUG)
    asked = debugging_messages.is_enabled_for
    assert not asked(adapter, logging.DEBUG)
    assert asked(adapter, logging.INFO)
    listener.setLevel(logging.DEBUG)
    assert asked(adapter, logging.DEBUG)


def test_what_goes_with_an_event_is_made_a_text_when_one_is_asked_for() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ValueError

    assert debugging_messages.Shown((1, "two")).__repr__() == "(1, 'two')"
    assert repr(debugging_messages.Shown(Shy())) == ""
    debugging_messages.apply()
    assert "repr(args)" in inspect.getsource(EventManager.emit), "Shown can go"
    assert events.repr is debugging_messages.Shown


def test_debugging_messages_can_go_when_sphinx_asks_its_handlers() -> None:
    program = (
        "import io, logging\n"
        "from sphinx.util import logging as of_sphinx\n"
        "from types import SimpleNamespace as Bare\n"
        "of_sphinx.setup(Bare(_exception_on_warning=False, messagelog=[]), io.StringIO(), io.StringIO())\n"
        "print(of_sphinx.getLogger('a').isEnabledFor(logging.DEBUG))"
    )
    done = python("-c", program)
    assert done.stdout.strip() == "True", "ontherecord/economies/debugging_messages.py can go"


def test_what_was_never_read_is_not_cleared() -> None:
    cleared: list[str] = []

    def domain(name: str) -> Any:
        return SimpleNamespace(name=name, clear_doc=lambda _docname: cleared.append(name))

    domains = SimpleNamespace(sorted=lambda: [domain("py"), domain("std"), domain("other")])
    first_reading.clear_doc(SimpleNamespace(all_docs={}, domains=domains), "a")  # type: ignore[arg-type]
    assert cleared == ["std", "other"]


def test_first_reading_can_go_when_sphinx_asks_what_it_has_read() -> None:
    source = inspect.getsource(first_reading._clear)
    assert "\n        self.domains._clear_doc(docname)" in source
