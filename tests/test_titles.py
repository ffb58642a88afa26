"""How often titles are rendered, that they are right, and when `economies.titles` can go."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from conftest import CONF, EXTENSION, Project, differences, published
from docutils import nodes
from ontherecord.economies import titles
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
    assert rendered["one"] == rendered["three"] == 0, "what is about words is rendered for all"
    assert rendered[titles._PLACE] == 1
    assert rendered["The two & all"] > 1, "what has more than words may look otherwise elsewhere"
    assert "<em>The</em> two &amp; <code" in built.text("three.html")


SMART = """
def setup(app):
    app.connect("builder-inited", lambda app: setattr(app.builder._settings, "smart_quotes", True))
"""
TITLES = (
    *("Words", "A < B & C > D", "a@b.example", "It's said", '"So"', "this -- that", "wait..."),
    *("a `b", r"back\\slash", "words", "one *and* two", "`code`", "&amp;amp;", "Words"),
)


@pytest.mark.parametrize("smart", [True, False])
@pytest.mark.parametrize("conf", ["", SMART])
def test_titles_and_contents_are_as_sphinx_renders_them(
    edition: Project, monkeypatch: pytest.MonkeyPatch, smart: bool, conf: str
) -> None:
    names = [f"page-{number}" for number in range(len(TITLES))]
    listed = "\n".join([*names, "several"])
    edition.put("index.md", f"# Front\n\n```{{toctree}}\n{listed}\n```\n")
    for name, title in zip(names, TITLES, strict=True):
        edition.put(f"{name}.md", f"# {title}\n")
    edition.put("several.md", "# Several\n\n## One\n\n## Two\n")
    edition.put(
        "_templates/layout.html", "{{ title }}|{{ toc }}|{{ prev }}|{{ next }}|{{ parents }}"
    )
    edition.put("conf.py", CONF.format(extension=str(EXTENSION)) + conf)
    options = ("-D", f"smartquotes={int(smart)}", "-D", "templates_path=_templates")
    ours = published(edition.build("html", *options, out="ours").out)
    monkeypatch.setattr(titles, "_spare", lambda _app: None)
    assert differences(published(edition.build("html", *options, out="theirs").out), ours) == []
    assert b"A &lt; B &amp; C &gt; D" in ours["page-1.html"]


def test_titles_can_go_when_sphinx_renders_each_once(
    edition: Project, rendered: Counter[str]
) -> None:
    pages(edition)
    edition.put("conf.py", 'extensions = ["myst_parser"]\n')
    edition.build()
    assert rendered["one"] > 1, (
        "Sphinx keeps rendered titles now: ontherecord/economies/titles.py can go"
    )
