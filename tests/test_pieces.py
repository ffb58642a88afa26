"""Pieces become on pages the HTML that Sphinx's own writer makes of them as nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import make_edition
from docutils import nodes
from docutils.utils import new_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ontherecord.apparatus import pieces
from ontherecord.apparatus.issues import mark_issues, marked
from ontherecord.apparatus.piece_html import html
from ontherecord.apparatus.piece_nodes import as_node, as_nodes
from ontherecord.apparatus.pieces import Piece
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

Written = Callable[[list[nodes.Node]], str]

TEXTS = st.text(alphabet=st.sampled_from("ab <>&\"'@—“”é中\u00a0."), min_size=1, max_size=12)
CLASSES = st.lists(st.sampled_from(["record-a", "record-b", "language-es"]), max_size=3)


def in_line(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def made(kind: type[Piece], parts: list[Any], classes: list[str]) -> Piece:
        return kind(*parts, classes=classes)

    plain = st.builds(
        made,
        st.sampled_from([pieces.inline, pieces.strong, pieces.emphasis]),
        st.lists(inner, min_size=1, max_size=3),
        CLASSES,
    )
    # Sphinx makes a space of another one that stands alone; here it stays as it is.
    literal = st.builds(pieces.literal, TEXTS.filter(lambda text: "\u00a0" not in text))
    link = st.builds(
        lambda parts, address, internal: pieces.reference(
            *parts, address=address, internal=internal
        ),
        st.lists(TEXTS, min_size=1, max_size=2),
        st.sampled_from(["a.html#b", "https://example.org/?a=1&b=2"]),
        st.booleans(),
    )
    anchored = st.builds(
        lambda shown, anchor: pieces.reference(shown, anchor=anchor), TEXTS, st.just("quote-a")
    )
    return plain | literal | link | anchored


LINES = st.recursive(TEXTS, in_line, max_leaves=6)
PARAGRAPHS = st.builds(
    lambda parts, classes: pieces.paragraph(*parts, classes=classes),
    st.lists(LINES, min_size=1, max_size=4),
    CLASSES,
)


def blocks(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    boxes = st.builds(
        lambda kind, parts, classes: kind(*parts, classes=classes),
        st.sampled_from([pieces.container, pieces.block_quote]),
        several,
        CLASSES,
    )
    lists = st.builds(
        lambda items, classes: pieces.bullet_list(
            *(pieces.list_item(*item) for item in items), classes=classes
        ),
        st.lists(st.lists(PARAGRAPHS, min_size=1, max_size=2), min_size=1, max_size=3),
        CLASSES,
    )
    below = st.builds(
        lambda line, inside: pieces.bullet_list(pieces.list_item(line, inside)), PARAGRAPHS, lists
    )
    days = st.builds(
        lambda term, inside: pieces.definition_list(pieces.definition(term, inside)),
        TEXTS,
        lists,
    )
    return boxes | lists | below | days


BLOCKS = st.recursive(PARAGRAPHS, blocks, max_leaves=5)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """Give what writes nodes as Sphinx does."""
    folder = tmp_path_factory.mktemp("written") / "edition"
    project = make_edition(folder)
    out = folder.parent / "out"
    with patch_docutils(folder), docutils_namespace():
        app = Sphinx(project.folder, project.folder, out, out / "trees", "html", status=None)
        builder: Any = app.builder
        builder.prepare_writing(set())
        yield writer(builder)


def writer(builder: Any) -> Written:
    def as_written(parts: list[nodes.Node]) -> str:
        document = new_document("pieces", builder.docsettings)
        document += parts
        translator = builder.create_translator(document, builder)
        for part in parts:
            part.walkabout(translator)
        return "".join(translator.body)

    return as_written


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(BLOCKS, min_size=1, max_size=3))
def test_pieces_are_written_as_the_nodes_that_they_are(written: Written, parts: list[Any]) -> None:
    assert html(parts) == written(as_nodes(parts))


def test_a_piece_with_anchors_has_the_first_as_its_own(written: Written) -> None:
    line = pieces.paragraph("words")
    line.ids += ["one", "two"]
    assert html([line]) == written([as_node(line)])


@settings(deadline=None)
@given(st.text(alphabet="abc ", max_size=20), st.lists(st.text("abc", min_size=1), max_size=3))
def test_words_at_issue_are_marked_alike_in_pieces_and_in_nodes(
    words: str, issues: list[str]
) -> None:
    paragraph = nodes.paragraph("", "", nodes.Text(words))
    mark_issues(paragraph, issues)
    as_pieces = pieces.paragraph(*marked(words, issues))
    assert pieces.text(as_pieces) == words, "not a character is changed"
    assert as_node(as_pieces).pformat() == paragraph.pformat()


def test_the_records_that_links_lead_to_are_given_but_those_in_lists_of_statements() -> None:
    link = pieces.reference("words", address="a.html")
    link.record = "one"
    listed = pieces.reference("words", address="a.html")
    listed.record = "two"
    said = pieces.bullet_list(pieces.list_item(listed), classes=["record-statements"])
    block = pieces.container(pieces.paragraph(link), said)
    assert pieces.gathered([block]).named == ["one"]


def test_what_an_editor_wrote_is_given_wherever_pieces_take_it_in() -> None:
    one, two, three = nodes.Text("one"), nodes.inline("", "two"), nodes.inline("", "three")
    said = pieces.bullet_list(pieces.list_item(two), classes=["record-statements"])
    parts = ["words", one, pieces.container(said, pieces.reference(three, address="a.html"))]
    assert pieces.gathered(parts).nodes == [one, two, three]
