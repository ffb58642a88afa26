"""After any edit, an incremental build publishes what a clean one does, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from conftest import CONF, EXTENSION, Build, Project, differences, published, sphinx_build
from edition_model import EDITS, Model
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ontherecord.evidence.ledger import COLUMNS as LEDGER_COLUMNS
from ontherecord.rebuilding.inputs import Inputs
from sphinx.builders.html import StandaloneHTMLBuilder


def hold(
    model: Model, edits: list[str], builder: str, jobs: int, conf: str, every: int = 1
) -> None:
    """Build after each edit, and hold the result of each, or every few, against a clean build's."""
    folder = Path(tempfile.mkdtemp())
    try:
        project = Project(folder / "edition")
        project.put("conf.py", CONF.format(extension=str(EXTENSION)) + conf)
        model.write(project.folder)
        project.build(builder, out="kept", jobs=jobs)
        for number, edit in enumerate(edits, 1):
            getattr(model, edit)()
            model.write(project.folder)
            kept = project.build(builder, out="kept", jobs=jobs)
            if number % every and number < len(edits):
                continue
            clean = project.build(builder, out="clean")
            done = edits[max(0, number - every) : number]
            assert differences(published(kept.out), published(clean.out)) == [], done
            for left in folder.glob("edition-clean*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    finally:
        shutil.rmtree(folder)


# An example takes seconds, so a failing one is reported as it is and not made smaller.
SETTINGS = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def try_edits(part: int, examples: int, builder: str = "html", conf: str = "") -> None:
    @settings(SETTINGS, max_examples=examples)
    @given(
        seed=st.integers(part * 1000, part * 1000 + 999),
        edits=st.lists(st.sampled_from(EDITS), min_size=1, max_size=4),
    )
    def check(seed: int, edits: list[str]) -> None:
        hold(Model(seed), edits, builder, 2 if seed % 3 == 0 else 1, conf)

    check()


@pytest.mark.parametrize("part", range(4))
def test_any_edit(part: int) -> None:
    try_edits(part, 8)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_edit_in_turn(seed: int) -> None:
    model = Model(seed)
    hold(model, model.random.sample(EDITS, len(EDITS)), "html", seed, "")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "text", "xml", "latex"])
def test_any_edit_under_other_builders(builder: str) -> None:
    try_edits(9, 3, builder)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_any_edit_of_registers_of_several_pages(builder: str) -> None:
    try_edits(11, 6, builder, conf="record_register_page_size = 2\n")


def test_any_edit_under_a_theme_that_shows_every_title() -> None:
    try_edits(10, 4, conf='html_theme = "alabaster"\n')


def test_any_edit_under_the_theme_of_editions() -> None:
    try_edits(11, 6, conf='html_theme = "ontherecord"\n')


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20, 40))
def test_many_edits(part: int) -> None:
    try_edits(part, 25)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_hundreds_of_edits_of_two_hundred_articles(seed: int) -> None:
    model = Model(seed, articles=200)
    edits = model.random.choices(EDITS, k=50)
    hold(model, edits, "html", 1 + seed % 2, 'html_theme = "ontherecord"\n', every=5)


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "text", "xml", "gettext"])
def test_many_edits_under_other_builders(builder: str) -> None:
    try_edits(50, 20, builder)


def test_two_processes_publish_what_one_does(first_edition: Project) -> None:
    alone = first_edition.build(out="one")
    both = first_edition.build(out="two", jobs=2)
    assert differences(published(alone.out), published(both.out)) == []


def test_nothing_changed_means_nothing_to_do(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    edition.build()
    capsys.readouterr()
    out = edition.folder.parent / "edition-html"
    sphinx_build(["-b", "html", "-d", f"{out}.doctrees", str(edition.folder), str(out)])
    assert "no targets are out of date" in capsys.readouterr().out


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "texinfo", "man", "gettext"])
def test_the_same_commit_gives_the_same_bytes_on_another_day(
    edition: Project, builder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The date comes from the commit: a file touched later, or a later day, changes nothing."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    commit(edition.folder, "2024-05-03T12:00:00Z")
    first = published(edition.build(builder, out="first").out)
    for path in edition.folder.glob("*.md"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    time.sleep(2.1)  # The dates in an archive are even seconds.
    build = edition.build(builder, out="second")
    assert differences(first, published(build.out)) == []
    if builder == "gettext":
        with (build.out / "article.pot").open("rb") as file:
            assert read_po(file).creation_date == datetime(2024, 5, 3, 12, tzinfo=UTC)


def commit(folder: Path, date: str) -> None:
    environment = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    identity = ["-c", "user.name=An editor", "-c", "user.email=editor@herald.example"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "The edition"]):
        subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True)


def test_a_failed_build_fails_again_until_it_is_mended(edition: Project) -> None:
    edition.put("extra.md", "# More\n\nSee {quote}`ann-opn`.\n")
    assert edition.build("html", "-W").code == 1
    again = edition.build("html", "-W")
    assert again.code == 1
    assert again.subtypes == ["record.unknown-quote"]
    edition.put("extra.md", "# More\n\nSee {quote}`ann-open`.\n")
    assert edition.build("html", "-W").code == 0


def test_two_builders_of_one_environment_stay_right(edition: Project) -> None:
    """What one builder has read is no reason for another to leave its pages stale."""
    shared = ["-d", str(edition.folder.parent / "shared")]
    edition.put("extra.md", "# More\n\nSee {quote}`ann-open`.\n")
    edition.build("html", *shared)
    article = (edition.folder / "article.md").read_text(encoding="utf-8")
    edition.put("article.md", article.replace("stays open", "stays shut"))
    edition.build("xml", *shared)
    page = edition.build("html", *shared).text("extra.html")
    assert "The library stays shut." in page


def test_outputs_of_a_deleted_article_are_removed(edition: Project) -> None:
    edition.put("extra/more.md", "---\norphan: true\n---\n# More\n")
    built = edition.build()
    assert (built.out / "extra/more.html").exists()
    (edition.folder / "extra/more.md").unlink()
    edition.build()
    assert not (built.out / "extra").exists()
    assert not (built.out / "_sources/extra/more.md.txt").exists()
    assert (built.out / "article.html").exists()


def test_index_entries_of_pages_not_written_again_stay_in_search(edition: Project) -> None:
    edition.put("extra.md", "# More\n\n```{index} single: librarianship\n```\n\nText.\n")
    edition.build()
    edition.put("article.md", (edition.folder / "article.md").read_text() + "\nMore.\n")
    assert "librarianship" in edition.build().text("searchindex.js")


def settled(edition: Project, builder: str = "html", *options: str, jobs: int = 1) -> Build:
    """Build again and hold the result against a clean build's."""
    kept = edition.build(builder, *options, jobs=jobs)
    clean = edition.build(builder, *options, out="clean")
    assert differences(published(kept.out), published(clean.out)) == []
    for left in edition.folder.parent.glob(f"{edition.folder.name}-clean*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return kept


def test_a_page_that_names_a_record_only_follows_it(edition: Project) -> None:
    edition.put("extra.md", "# More\n\nSee {quote}`ann-open` and {speaker}`bob`.\n")
    edition.build()
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace("stays open", "stays shut"))
    assert "stays shut" in settled(edition).text("extra.html")


def test_a_front_page_follows_titles_two_levels_down(edition: Project) -> None:
    edition.put("index.md", "# I\n\n```{toctree}\nlist\n```\n")
    # Not the first of the list, whose title the list's own page shows as the next one.
    edition.put("list.md", "# L\n\n```{toctree}\narticle\nextra\nspeakers\n```\n")
    edition.put("extra.md", "# More\n")
    edition.build()
    edition.put("extra.md", "# Another title\n")
    assert "Another title" in settled(edition).text("index.html")


def pages_written(edition: Project, monkeypatch: pytest.MonkeyPatch, **options: Any) -> list[str]:
    """Build, see that it is as a clean build is, and give the documents whose pages it wrote."""
    written: list[str] = []
    real = StandaloneHTMLBuilder.write_doc

    def note(self: Any, docname: str, doctree: Any) -> None:
        if not Path(self.outdir).name.endswith("clean"):
            written.append(docname)
        real(self, docname, doctree)

    with monkeypatch.context() as patched:
        patched.setattr(StandaloneHTMLBuilder, "write_doc", note)
        settled(edition, **options)
    return written


LISTED = "---\n{0}\n---\n# More\n\n{1}\n\n## A part\n\nWords.\n\n### A part of it\n\nWords.\n"


def test_a_table_of_contents_is_written_again_when_it_shows_something_else(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("index.md", "# I\n\n```{toctree}\nlist\n```\n")
    edition.put("list.md", "# L\n\n```{toctree}\narticle\nextra\nspeakers\n```\n")
    edition.put("extra.md", LISTED.format("a: b", "One."))
    edition.build()
    edition.put("extra.md", LISTED.format("a: b", "Two."))
    assert pages_written(edition, monkeypatch) == ["extra"]
    edition.put("extra.md", LISTED.format("tocdepth: 2", "Two."))
    assert pages_written(edition, monkeypatch) == ["extra", "index", "list"]
    edition.put("extra.md", LISTED.format("tocdepth: 2", "Two.").replace("## A part", "## A Part"))
    assert pages_written(edition, monkeypatch) == ["extra", "index", "list"]


# An extension of an edition's own sets more of the documents below on the page above them.
FIRST_WORDS = """
def set_words(app, doctree, docname):
    from docutils import nodes
    for name in app.env.toctree_includes.get(docname, ()):
        tree = app.env.get_doctree(name)
        words = next(iter(tree.findall(nodes.paragraph)), None)
        if words is not None:
            doctree += nodes.paragraph("", words.astext())

def setup(app):
    app.connect("doctree-resolved", set_words)
"""


def test_a_table_of_contents_to_which_others_add_is_written_with_what_stands_in_it(
    edition: Project,
) -> None:
    conf = edition.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + FIRST_WORDS, encoding="utf-8")
    edition.put("list.md", "# L\n\n```{toctree}\nextra\n```\n")
    edition.put("extra.md", "# More\n\nOne.\n")
    edition.build()
    edition.put("extra.md", "# More\n\nTwo.\n")
    assert "Two." in settled(edition).text("list.html")


def test_building_one_page_leaves_no_other_stale(edition: Project) -> None:
    edition.put("extra.md", "# More\n\nSee {quote}`ann-open`.\n")
    edition.build()
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace("stays open", "stays shut"))
    out = edition.folder.parent / "edition-html"
    arguments = ["-q", "-b", "html", "-d", f"{out}.doctrees", str(edition.folder), str(out)]
    sphinx_build([*arguments, str(edition.folder / "index.md")])
    assert "stays shut" in settled(edition).text("extra.html")


def test_an_included_file_is_followed_by_every_builder(edition: Project) -> None:
    shared = ["-d", str(edition.folder.parent / "shared")]
    edition.put("extra.md", "# More\n\n```{include} part.txt\n```\n")
    edition.put("part.txt", "First.\n")
    for builder in ("html", "text"):
        edition.build(builder, *shared)
    edition.put("part.txt", "Second.\n")
    edition.build("html", *shared)
    assert "Second." in edition.build("text", *shared).text("extra.txt")


TERM = "# {0}\n\n```{{glossary}}\nlibrary\n: A place of books.\n```\n"


@pytest.mark.parametrize(
    ("first", "second", "reference"),
    [
        (TERM, "# {0}\n", "{term}`library`"),
        ("# {0}\n\n```{{math}}\n:label: sum\na+b\n```\n", "# {0}\n", "{eq}`sum`"),
        ("# {0}\n\n```{{py:function}} f()\n```\n", "# {0}\n", "{py:func}`f`"),
    ],
)
def test_other_references_follow_what_they_name(
    edition: Project, first: str, second: str, reference: str
) -> None:
    edition.put("one.md", first.format("One"))
    edition.put("two.md", second.format("Two"))
    edition.put("zz.md", f"# Z\n\nSee {reference}.\n")
    edition.build()
    edition.put("one.md", second.format("One"))
    edition.put("two.md", first.format("Two"))
    assert "two.html" in settled(edition).text("zz.html")
    edition.put("two.md", second.format("Two"))
    settled(edition)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082"
)


def test_pictures_of_one_name_keep_theirs(edition: Project) -> None:
    for folder in ("x", "y", "z"):
        (edition.folder / folder).mkdir()
        (edition.folder / folder / "p.png").write_bytes(PNG + folder.encode())
    edition.put("b.md", "# B\n\n![b](x/p.png)\n")
    edition.put("c.md", "# C\n\n![c](y/p.png)\n")
    edition.build()
    edition.put("aa.md", "# A\n\n![a](z/p.png)\n")
    settled(edition)
    edition.put("b.md", "# B\n")
    assert len(list((settled(edition).out / "_images").iterdir())) == 2
    for name in ("aa", "c"):
        edition.put(f"{name}.md", "# None\n")
    assert not (settled(edition).out / "_images").exists()


def test_a_bibliography_that_is_begun_later_is_read(edition: Project) -> None:
    bib = (edition.folder / "references.bib").read_text()
    (edition.folder / "references.bib").unlink()
    edition.put("sources.md", "# S\n\n```{bibliography}\n:all:\n```\n\n{cite}`post-2024`\n")
    edition.build()
    edition.put("references.bib", bib)
    build = settled(edition)
    assert build.warnings == ""
    assert "A Title of Its Own" in build.text("sources.html")


def test_a_document_that_changes_its_language_leaves_no_source(edition: Project) -> None:
    edition.put("extra.md", "# More\n")
    edition.build()
    (edition.folder / "extra.md").unlink()
    edition.put("extra.rst", "More\n====\n")
    settled(edition)


def test_a_page_that_shows_the_date_follows_it(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    option = ["-D", "html_last_updated_fmt=%Y-%m-%d"]
    edition.build("html", *option)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1710000000")
    assert "2024-03-09" in settled(edition, "html", *option).text("speakers.html")


def test_a_theme_that_shows_titles_in_some_places_is_noticed_by_any_process(
    edition: Project,
) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + 'html_sidebars = {"s/*": ["globaltoc.html"]}\n')
    for number in range(16):
        edition.put(f"p{number}.md", f"# Page {number}\n")
    edition.put("s/x.md", "# X\n")
    edition.put("index.md", "# I\n\n```{toctree}\n:glob:\n\n*\ns/x\n```\n")
    edition.build(jobs=2)
    edition.put("p3.md", "# Another title\n")
    assert "Another title" in settled(edition, jobs=2).text("s/x.html")


def test_a_build_that_was_stopped_while_writing_is_made_good_though_the_edit_is_taken_back(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of others that the stopped build wrote are not taken for those of the one before."""
    edition.put("extra.md", "# More\n\nSee {quote}`ann-open`.\n")
    edition.put("z.md", "# Last\n\nSee {quote}`ann-open`.\n")
    article = (edition.folder / "article.md").read_text()
    edition.build()
    edition.put("article.md", article.replace("stays open", "stays shut"))
    with monkeypatch.context() as patched:
        real = StandaloneHTMLBuilder.write_doc

        def stop_at_the_last(self: Any, docname: str, doctree: Any) -> None:
            if docname == "z":
                raise KeyboardInterrupt
            real(self, docname, doctree)

        patched.setattr(StandaloneHTMLBuilder, "write_doc", stop_at_the_last)
        assert edition.build().code != 0
    assert "stays shut" in (edition.folder.parent / "edition-html" / "extra.html").read_text()
    edition.put("article.md", article)
    assert "stays open" in settled(edition).text("extra.html")


def test_what_no_document_says_is_noticed_too(edition: Project) -> None:
    """The settings, the ledger, the bibliography and the version: no document is read for them."""
    edition.put("extra.md", "# More\n\nSee {quote}`ann-open`.\n")
    edition.build()
    bib = (edition.folder / "references.bib").read_text()
    edition.put("references.bib", bib.replace("The Herald", "The New Herald"))
    assert "The New Herald" in settled(edition).text("article.html")
    edition.put("annotations/published.csv", f"{','.join(LEDGER_COLUMNS)}\n")
    settled(edition)
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", f'{conf}\nversion = "7.1"\n')
    assert "7.1" in settled(edition).text("article.html")


def test_an_edit_in_running_text_is_no_other_page_s(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("extra.md", "# More\n\nSee {quote}`ann-open`.\n")
    edition.build()
    asked: list[str] = []
    real = Inputs.digest
    monkeypatch.setattr(Inputs, "digest", lambda self, name: asked.append(name) or real(self, name))
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace("Ann said", "A line.\n\nThen Ann said"))
    edition.build()
    assert asked == ["article"]
    edition.build()
    assert asked == ["article"], "nothing has changed"
    edition.put("article.md", article.replace("stays open", "stays shut"))
    settled(edition)
    assert "extra" in asked


def stamps(out: Path) -> dict[str, int]:
    """When each file of the output was written, but for those that Sphinx copies each time."""
    return {
        path.relative_to(out).as_posix(): path.stat().st_mtime_ns
        for path in out.rglob("*")
        if path.is_file() and "_static" not in path.parts and path.name != ".buildinfo"
    }


@pytest.mark.parametrize("theme", ["basic", "ontherecord"])
def test_nothing_changed_means_nothing_is_written(edition: Project, theme: str) -> None:
    option = ["-D", f"html_theme={theme}"]
    edition.put("sources.md", "# S\n\n```{bibliography}\n:all:\n```\n\n{cite}`post-2024`\n")
    first = edition.build("html", *option)
    before = stamps(first.out)
    assert stamps(edition.build("html", *option).out) == before
    assert differences(published(first.out), published(edition.build("html", *option).out)) == []


@pytest.mark.parametrize("name", ["article.html", "genindex.html", "objects.inv", "cite", "record"])
def test_what_was_taken_out_of_the_output_is_put_back(edition: Project, name: str) -> None:
    out = edition.build().out
    edition.build()
    path = out / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    settled(edition)


def test_a_picture_that_was_taken_out_of_the_output_is_put_back(edition: Project) -> None:
    edition.put("one.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    edition.put("pictures.md", "# Pictures\n\n![One](one.svg)\n")
    build = edition.build()
    (build.out / "_images/one.svg").unlink()
    settled(edition)


def test_a_template_that_changed_is_followed_where_nothing_else_did(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", f'{conf}\ntemplates_path = ["templates"]\n')
    edition.put("templates/page.html", '{% extends "!page.html" %}')
    edition.build()
    edition.build()
    time.sleep(0.01)
    edition.put(
        "templates/page.html", '{% extends "!page.html" %}{% block body %}Changed{% endblock %}'
    )
    assert "Changed" in settled(edition).text("article.html")


def test_warnings_of_the_end_of_a_build_are_given_again(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", f'{conf}\nrecord_exports = ["nothing-known"]\n')
    for _ in range(3):
        assert "unknown-export" in edition.build().warnings
