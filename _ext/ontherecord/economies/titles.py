"""Renders what all titles have about their words once a build, and looks for no style sheets.

For upstream (Sphinx, `StandaloneHTMLBuilder.get_doc_context`): *a page's title is rendered on its
own page, on both its neighbours and on every page below it, and its table of contents on each page
that has no more sections.* Each time a document is made, run through docutils' transforms and given
a translator of its own, a third of a millisecond for a few words. Where a title is words alone,
only the words differ: `render_partial` could keep what it made about them. And every translator
looks in the file system for docutils' own style sheets (``stylesheet_path``), which no page of
Sphinx uses.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.writers.html5 import HTML5Translator

from ontherecord.apparatus.piece_html import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

Parts = dict[str, str]

_PLACE: Final = "\ue000words\ue001"
"""Stands for the words, in what is kept; the characters are for private use, and in no title."""

_OF_LIST: Final = (nodes.bullet_list, nodes.list_item, addnodes.compact_paragraph, nodes.reference)
"""What stands about a title in the table of contents of a page with one section."""


def connect(app: Sphinx) -> None:
    """Connect to the beginning of a build."""
    app.connect("builder-inited", _spare)
    app.connect("write-started", _forget_sheets, priority=999)


def _spare(app: Sphinx) -> None:
    builder: Any = app.builder
    if app.builder.format == "html" and hasattr(builder, "render_partial"):
        builder.render_partial = _Kept(builder)
        # What the translators of all pages are given is made of these.
        app.env.settings["stylesheet_path"] = []


def _forget_sheets(app: Sphinx, builder: Any) -> None:
    if app.builder.format == "html" and hasattr(builder, "_settings"):
        builder._settings.stylesheet_path = []


class _Kept:
    """Renders lone nodes as a builder does, and keeps what it made about words."""

    def __init__(self, builder: Any) -> None:
        """Take the builder."""
        self._builder = builder
        self._render: Callable[[nodes.Node | None], Parts] = builder.render_partial
        self._about: dict[object, Parts] = {}

    def __call__(self, node: nodes.Node | None) -> Parts:
        """Give the parts of a node's HTML."""
        around = _around_words(node)
        if not around or not self._sets_words_as_they_are:
            return self._render(node)
        shape = tuple((type(one), str(one.non_default_attributes())) for one in around)
        if shape not in self._about:
            last = around[-1].copy()
            last += nodes.Text(_PLACE)
            self._about[shape] = self._render(_within(around[:-1], last))
        written = encode(around[-1].astext())
        return {name: part.replace(_PLACE, written) for name, part in self._about[shape].items()}

    @cached_property
    def _sets_words_as_they_are(self) -> bool:
        """Tell whether nothing is made of words but what Sphinx's own translator does."""
        translator = self._builder.get_translator_class()
        return not self._builder._settings.smart_quotes and all(
            getattr(translator, name, None) is getattr(HTML5Translator, name)
            for name in ("visit_Text", "encode", "visit_title", "visit_reference")
        )


def _around_words(node: nodes.Node | None) -> list[nodes.Element]:
    """Give a title, or a list with one entry, and what else stands about words; else nothing."""
    if type(node) is nodes.title:
        around: list[nodes.Element] = [node]
    else:
        around = []
        for kind in _OF_LIST:
            if type(node) is not kind or len(node.children) != 1:
                return []
            around.append(node)
            node = node.children[0]
    texts = around[-1].children
    return around if texts and all(type(one) is nodes.Text for one in texts) else []


def _within(around: list[nodes.Element], node: nodes.Element) -> nodes.Element:
    """Give a node in copies of those that are to be about it."""
    for one in reversed(around):
        above = one.copy()
        above += node
        node = above
    return node
