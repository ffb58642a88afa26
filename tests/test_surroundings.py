"""A build after an edit of what surrounds the records is what a clean build is."""

from __future__ import annotations

import os
import shutil
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project, differences, published
from ontherecord.rebuilding import beside

Edit = Callable[[Project], object]
"""What is put into an edition, or done to it."""


def files(**texts: str) -> Edit:
    """Put files; ``__`` in a name is a slash, and ``_`` before the ending a dot."""

    def put(edition: Project) -> None:
        for name, text in texts.items():
            path, _line, ending = name.replace("__", "/").rpartition("_")
            edition.put(f"{path}.{ending}", text)

    return put


def settings(text: str) -> Edit:
    def put(edition: Project) -> None:
        edition.put("conf.py", (edition.folder / "conf.py").read_text("utf-8") + f"\n{text}\n")

    return put


def gone(name: str) -> Edit:
    return lambda edition: (edition.folder / name).unlink()


def older(name: str, text: str) -> Edit:
    """Replace a file by one with a time long past, as a backup brings it."""

    def put(edition: Project) -> None:
        edition.put(name, text)
        os.utime(edition.folder / name, (1e9, 1e9))

    return put


def unnoticed(name: str, old: str, new: str) -> Edit:
    """Change words in a file, and leave it its time."""

    def put(edition: Project) -> None:
        path = edition.folder / name
        state, text = path.stat(), path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))

    return put


def inventory(name: str, title: str) -> Edit:
    """Put an inventory of another project with one label."""
    head = "# Sphinx inventory version 2\n# Project: P\n# Version: 1\n# zlib\n"

    def put(edition: Project) -> None:
        body = zlib.compress(f"{name} std:label -1 {name}.html {title}\n".encode())
        (edition.folder / "other.inv").write_bytes(head.encode() + body)

    return put


ELSEWHERE = (
    settings(
        'extensions.append("sphinx.ext.intersphinx")\n'
        'intersphinx_mapping = {"other": ("https://other.example/", "other.inv")}'
    ),
    files(
        a_md="# A\n\n{external+other:ref}`here`\n",
        b_md="# B\n\n[](inv:other#here)\n",
        c_rst="C\n=\n\n:ref:`other:Here`\n",
    ),
    inventory("here", "One"),
)
LISTED = files(a_md="# A\n\n{cite}`herald-2024`\n\n```{bibliography}\n:all:\n```\n")
NUMBERED = "# Front\n\n```{{toctree}}\n:numbered:\n\n{}\n```\n"
HAS_TITLE = (settings('html_theme = "furo"'), files(other_md="# One\n"), files(other_md="# Two\n"))
ENTRIES = [("article", "Article"), ("speakers", "Speakers")]
ABOVE, BELOW = ({"navigation": dict(one)} for one in (ENTRIES, ENTRIES[::-1]))
CASES: dict[str, tuple[Edit, ...]] = {
    "a theme that shows titles its own way": HAS_TITLE,
    "a term that any reference leads to": (
        files(terms_md="# T\n\n```{glossary}\nalpha\n  First.\n```\n", a_md="# A\n\n[](#alpha)\n"),
        files(terms_md="# T\n\n```{glossary}\nbeta\n  First.\n```\n"),
    ),
    "the number of a section": (
        settings("numfig = True"),
        files(a_md="# A\n", b_md="(here)=\n# B\n", c_md="# C\n\n{numref}`here`\n"),
        files(index_md=NUMBERED.format("a\nb\nc\narticle\nspeakers")),
        files(index_md=NUMBERED.format("b\na\nc\narticle\nspeakers")),
    ),
    "a bibliography that a footnote cites": (
        files(more_bib="@misc{more, title = {More}, date = {2020}}\n"),
        files(a_md="# A\n\n{footcite}`more`\n\n```{footbibliography}\n```\n"),
        settings('bibtex_bibfiles = ["references.bib"]'),
        settings('bibtex_bibfiles = ["references.bib", "more.bib"]'),
    ),
    "a bibliography of the same time": (
        LISTED,
        unnoticed("references.bib", "A Title of Its Own", "Another Title"),
    ),
    "a bibliography of the same time and size": (
        LISTED,
        unnoticed("references.bib", "wire-2024", "wise-2024"),
    ),
    "another title in another project": (*ELSEWHERE, inventory("here", "Two")),
    "another name in another project": (*ELSEWHERE, inventory("there", "One")),
    "an export that a file stood in place of": (
        settings('html_baseurl = "https://e.example/"\nhtml_extra_path = ["_extra"]'),
        files(_extra__a_txt="a"),
        files(_extra__sitemap_xml="<mine/>"),
        gone("_extra/sitemap.xml"),
    ),
    "a sheet that has changed": (
        settings('html_static_path = ["_own"]\nhtml_css_files = ["own.css"]'),
        files(_own__own_css="a {}"),
        files(_own__own_css="b {}"),
    ),
    "a static file that is gone": (
        settings('html_static_path = ["_own"]\nhtml_extra_path = ["_extra"]'),
        files(_own__below__one_txt="1", _own__two_txt="2", _extra__below__three_txt="3"),
        gone("_own/below/one.txt"),
        gone("_extra/below/three.txt"),
    ),
    "a static file in a folder that is a link": (
        settings('html_static_path = ["_own"]\nhtml_extra_path = ["_extra"]'),
        files(_own__one_txt="1", _extra__two_txt="2", real__three_txt="3"),
        lambda edition: [
            (edition.folder / where / "linked").symlink_to("../real")
            for where in ("_own", "_extra")
        ],
        gone("real/three.txt"),
    ),
    "a template that is gone": (
        settings('templates_path = ["_templates"]'),
        files(
            _templates__layout_html='{% extends "!layout.html" %}{% block footer %}X{% endblock %}'
        ),
        gone("_templates/layout.html"),
    ),
    "a template that is older": (
        settings('templates_path = ["_templates"]'),
        files(
            _templates__layout_html='{% extends "!layout.html" %}{% block footer %}X{% endblock %}'
        ),
        older(
            "_templates/layout.html",
            '{% extends "!layout.html" %}{% block footer %}Y{% endblock %}',
        ),
    ),
    "a listener in conf.py": (
        settings(
            "def setup(app):\n"
            '    app.connect("source-read", lambda a, d, s: s.append(s.pop().replace("W", "one")))'
        ),
        files(a_md="# A W\n"),
        settings(
            "def setup(app):\n"
            '    app.connect("source-read", lambda a, d, s: s.append(s.pop().replace("W", "two")))'
        ),
    ),
    "a translation that is gone": (
        settings('locale_dirs = ["own"]\nlanguage = "de"'),
        files(
            a_md="# Word\n",
            own__de__LC_MESSAGES__a_po=(
                'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                'msgid "Word"\nmsgstr "Wort"\n'
            ),
        ),
        gone("own/de/LC_MESSAGES/a.po"),
    ),
    "a document gone that a link leads to": (
        files(a_md="# A\n\n[](b.md) and [the other](b.md#b)\n", b_md="# B\n"),
        gone("b.md"),
    ),
    "a document that is older": (
        files(a_md="# One\n"),
        older("a.md", "# Two\n"),
    ),
    "a file taken in that is older": (
        files(a_md="# One\n\n```{include} part.txt\n```\n", part_txt="This.\n"),
        older("part.txt", "That.\n"),
    ),
    "another language": (
        settings('html_theme = "ontherecord"'),
        settings('language = "de"'),
    ),
}


PAGE = '{% extends "layout.html" %}{% block body %}X{% endblock %}'
INDEXED = files(a_md="# A\n\n```{index} Beta, alpha\n```\n\nWords.\n", _templates__x_html=PAGE)
CASES |= {
    "an index in one page": (
        INDEXED,
        settings("html_split_index = True"),
        settings("html_split_index = False"),
    ),
    "no index": (INDEXED, settings("html_use_index = False")),
    "a page fewer that is named in the settings": (
        INDEXED,
        settings('templates_path = ["_templates"]'),
        settings('html_additional_pages = {"one": "x.html", "two/three": "x.html"}'),
        settings('html_additional_pages = {"one": "x.html"}'),
    ),
    "a document of the name of such a page": (
        INDEXED,
        settings('templates_path = ["_templates"]\nhtml_additional_pages = {"one": "x.html"}'),
        lambda edition: (
            settings("html_additional_pages = {}")(edition),
            files(one_md="# One\n")(edition),
        ),
    ),
    "the search of another language": (settings('language = "de"'), settings('language = "ja"')),
    "a search that nobody describes": (
        settings('html_use_opensearch = "https://one.example"'),
        settings('html_use_opensearch = ""'),
    ),
    "another theme": (settings('html_theme = "alabaster"'), settings('html_theme = "classic"')),
    "the order of the entries above a page": (
        settings('html_theme = "ontherecord"'),
        settings(f"html_theme_options = {ABOVE!r}"),
        settings(f"html_theme_options = {BELOW!r}"),
    ),
    "the order of style sheets": (
        files(own__a_css="/* a */\n", own__b_css="/* b */\n"),
        settings('html_static_path = ["own"]\nhtml_css_files = ["a.css", "b.css"]'),
        settings('html_css_files = ["b.css", "a.css"]'),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_published_after_an_edit(edition: Project, case: str) -> None:
    for edit in CASES[case][:-1]:
        edit(edition)
    index = edition.folder / "index.md"
    if case != "the number of a section":
        index.write_text("# Front\n\n```{toctree}\n:glob:\n\n*\n```\n", encoding="utf-8")
    edition.build()
    time.sleep(0.01)
    CASES[case][-1](edition)
    again, clean = edition.build(), edition.build(out="clean")
    assert again.code == clean.code == 0
    assert differences(published(again.out), published(clean.out)) == []


BOOKS = """
latex_documents = [("index", "i.tex", "T", "A", "manual"), ("part/a", "a.tex", "T", "A", "manual")]
man_pages = [("index", "i", "T", "A", 1), ("part/a", "a", "T", "A", 1)]
texinfo_documents = [(*one[:4], one[1], "D", "M") for one in latex_documents]
latex_documents = latex_documents[:number]
man_pages = man_pages[:number]
texinfo_documents = texinfo_documents[:number]
"""


@pytest.mark.parametrize("builder", ["gettext", "latex", "man", "texinfo"])
def test_nothing_is_left_of_what_is_made_of_documents_that_are_gone(
    edition: Project, builder: str
) -> None:
    edition.put("part/a.md", "# A\n\nWords.\n")
    settings(f"number = 2{BOOKS}")(edition)
    files(index_md="# Front\n\n```{toctree}\n:glob:\n\n*\n*/*\n```\n")(edition)
    before = edition.build(builder)
    assert {"part", "a"} & {path.name.partition(".")[0] for path in before.out.rglob("*")}
    gone("part/a.md")(edition)
    settings(f"number = 1{BOOKS}")(edition)
    again, clean = edition.build(builder), edition.build(builder, out="clean")
    assert again.code == clean.code == 0
    assert differences(published(again.out), published(clean.out)) == []


@pytest.mark.parametrize("builder", ["text", "xml"])
def test_tags_are_followed_by_every_builder(edition: Project, builder: str) -> None:
    edition.put("a.md", "# A\n\n:::{only} draft\nDraft.\n:::\n\nAll.\n")
    edition.build(builder)
    again = edition.build(builder, "-t", "draft")
    clean = edition.build(builder, "-t", "draft", out="clean")
    assert differences(published(again.out), published(clean.out)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_date_in_a_text_follows_it(
    edition: Project, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("a.md", "# A\n\n{sub-ref}`today`\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert "14 November 2023" in edition.build(jobs=jobs).text("a.html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1710000000")
    assert "March 2024" in edition.build(jobs=jobs).text("a.html")


def test_of_two_bibliographies_the_same_one_is_led_to(edition: Project) -> None:
    for name in "ab":
        edition.put(f"{name}.md", f"# {name}\n\n```{{bibliography}}\n:all:\n```\n")
    edition.put("c.md", "# C\n\n{cite}`herald-2024`\n")
    edition.build()
    edition.put("a.md", "# More\n\n```{bibliography}\n:all:\n```\n")
    again, clean = edition.build(), edition.build(out="clean")
    assert "duplicate citation" in again.warnings
    assert again.warnings == clean.warnings
    assert differences(published(again.out), published(clean.out)) == []


def test_a_folder_that_was_moved_keeps_no_page_of_what_is_gone(
    edition: Project, tmp_path: Path
) -> None:
    edition.put("a.md", "# A\n")
    edition.build()
    moved = Project(tmp_path / "elsewhere" / edition.folder.name)
    shutil.copytree(tmp_path, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("elsewhere"))
    (moved.folder / "a.md").unlink()
    build = moved.build()
    assert not (build.out / "a.html").exists()
    assert differences(published(build.out), published(moved.build(out="clean").out)) == []


def test_equations_that_nobody_named_have_the_same_anchors_again(edition: Project) -> None:
    equation = "\\begin{equation}\na = %d\n\\end{equation}\n\n"
    settings('myst_enable_extensions = ["amsmath"]')(edition)
    edition.put("a.md", "# A\n\n" + equation % 1 + equation % 2)
    one, two = edition.build(out="one"), edition.build(out="two", jobs=2)
    assert len(one.soup("a.html").select("div.math")) == 2
    assert differences(published(one.out), published(two.out)) == []


def test_what_stands_beside_documents_is_looked_at_once_a_build(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings('html_static_path = ["_own"]\nhtml_extra_path = ["_extra"]')(edition)
    files(_own__one_txt="1", _extra__two_txt="2")(edition)
    looked_at: list[Path] = []
    states = beside._states
    monkeypatch.setattr(beside, "_states", lambda path: looked_at.append(path) or states(path))
    for text in ("# A\n", "# B\n"):
        edition.put("a.md", text)
        looked_at.clear()
        edition.build()
        assert edition.folder / "_extra" in looked_at
        assert len(looked_at) == len(set(looked_at))
