"""How often a title is rendered, and when `ontherecord.economies.titles` can go."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from conftest import Project
from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

PAGES = ("one", "two", "three")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often the title of each page is rendered."""
    counted: Counter[str] = Counter()
    render = StandaloneHTMLBuilder.render_partial

    def watched(self: Any, node: Any) -> Any:
        if isinstance(node, nodes.title):
            counted[node.astext()] += 1
        return render(self, node)

    monkeypatch.setattr(StandaloneHTMLBuilder, "render_partial", watched)
    return counted


def pages(project: Project) -> None:
    listed = "\n".join(PAGES)
    project.put("index.md", f"# Front\n\n```{{toctree}}\n{listed}\n```\n")
    for name in PAGES:
        project.put(f"{name}.md", f"# *The* {name} & `all`\n" if name == "two" else f"# {name}\n")


def test_a_title_of_words_alone_is_rendered_once(edition: Project, rendered: Counter[str]) -> None:
    pages(edition)
    built = edition.build()
    assert rendered["one"] == rendered["three"] == 1
    assert rendered["The two & all"] > 1, "what has more than words may look otherwise elsewhere"
    assert "<em>The</em> two &amp; <code" in built.text("three.html")


def test_titles_can_go_when_sphinx_renders_each_once(
    edition: Project, rendered: Counter[str]
) -> None:
    pages(edition)
    edition.put("conf.py", 'extensions = ["myst_parser"]\n')
    edition.build()
    assert rendered["one"] > 1, (
        "Sphinx keeps rendered titles now: ontherecord/economies/titles.py can go"
    )
