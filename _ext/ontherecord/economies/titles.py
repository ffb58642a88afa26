"""Renders each title once a build, and looks for no style sheets of docutils.

For upstream (Sphinx, `StandaloneHTMLBuilder.get_doc_context`): *a page's title is rendered on its
own page, on both its neighbours and on every page below it.* Each time a document is made, run
through docutils' transforms and given a translator of its own, a third of a millisecond for a few
words. Titles do not change while pages are written: what `render_partial` made of one could be
kept. And every translator looks in the file system for docutils' own style sheets
(``stylesheet_path``), which no page of Sphinx uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

Parts = dict[str, str]


def connect(app: Sphinx) -> None:
    """Connect to the beginning of a build."""
    app.connect("builder-inited", _spare)
    app.connect("write-started", _forget_sheets, priority=999)


def _spare(app: Sphinx) -> None:
    builder: Any = app.builder
    if app.builder.format == "html" and hasattr(builder, "render_partial"):
        builder.render_partial = _kept(builder.render_partial)
        # What the translators of all pages are given is made of these.
        app.env.settings["stylesheet_path"] = []


def _forget_sheets(app: Sphinx, builder: Any) -> None:
    if app.builder.format == "html" and hasattr(builder, "_settings"):
        builder._settings.stylesheet_path = []


def _kept(render: Callable[[nodes.Node | None], Parts]) -> Callable[[nodes.Node | None], Parts]:
    """Give what renders, and keeps what it made of titles that are words alone."""
    made: dict[str, Parts] = {}

    def rendered(node: nodes.Node | None) -> Parts:
        if type(node) is not nodes.title or node.attlist():
            return render(node)
        words = [child for child in node.children if type(child) is nodes.Text]
        if len(words) != len(node.children):
            return render(node)
        key = "".join(words)
        if key not in made:
            made[key] = render(node)
        return made[key]

    return rendered
