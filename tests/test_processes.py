"""What several processes share when they read and write documents."""

from __future__ import annotations

import base64
import os

import pytest
from conftest import Project, differences, published
from ontherecord.economies import processes
from sphinx.builders import Builder

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NOTING = """
import os
def noted(kind):
    def note(app, *given):
        name = given[0] if kind == "written" else given[1]
        with open(os.path.join(app.srcdir, "noted.txt"), "a") as file:
            file.write(f"{{kind}} {{name}} {{os.getpid()}}\\n")
    note.__module__ = {module!r}
    return note
def setup(app):
    app.connect("doctree-resolved", noted("resolved"))
    app.connect("html-page-context", noted("written"))
"""
PAGES = [f"p{number}" for number in range(12)]


@pytest.fixture
def several(edition: Project) -> Project:
    """An edition with pages enough for several processes, a picture on each."""
    conf = (edition.folder / "conf.py").read_text(encoding="utf-8")
    edition.put(
        "conf.py", conf.replace('"basic"', '"ontherecord"') + "record_register_page_size = 1\n"
    )
    edition.put("statements.md", "# Statements\n\n```{quotes}\n```\n")
    for name in PAGES:
        (edition.folder / f"{name}.png").write_bytes(PIXEL + name.encode())
        edition.put(f"{name}.md", f"# Page {name}\n\n![A picture]({name}.png)\n")
    return edition


def noted(project: Project, module: str, jobs: int = 3) -> dict[str, dict[str, int]]:
    """Give the processes by which each document was resolved and written."""
    conf = (project.folder / "conf.py").read_text(encoding="utf-8")
    project.put("conf.py", conf + NOTING.format(module=module))
    assert project.build(jobs=jobs).warnings == ""
    found: dict[str, dict[str, int]] = {"resolved": {}, "written": {}}
    for line in (project.folder / "noted.txt").read_text(encoding="utf-8").splitlines():
        kind, name, process = line.split()
        found[kind][name] = int(process)
    return found


@pytest.mark.parametrize("jobs", [2, 3])
def test_pictures_and_further_pages_are_there_whoever_wrote_the_page(
    several: Project, jobs: int
) -> None:
    alone, shared = several.build(out="one"), several.build(out="two", jobs=jobs)
    files = published(shared.out)
    assert "statements.2.html" in files
    assert {f"_images/{name}.png" for name in PAGES} <= files.keys()
    assert differences(files, published(alone.out)) == []


def test_a_document_is_resolved_and_written_in_one_process(several: Project) -> None:
    by = noted(several, "ontherecord.tried")
    assert {name: by["written"][name] for name in by["resolved"]} == by["resolved"]
    assert len({by["resolved"][name] for name in PAGES}) == 3
    assert by["resolved"]["statements"] == os.getpid(), "its further pages are composed here"


def test_what_an_extension_keeps_of_documents_is_kept_in_the_first_process(
    several: Project,
) -> None:
    by = noted(several, "another.extension")
    assert set(by["resolved"].values()) == {os.getpid()}
    assert by["resolved"].keys() >= set(PAGES)


def test_sphinx_s_own_index_is_fed_in_the_first_process(several: Project) -> None:
    conf = (several.folder / "conf.py").read_text(encoding="utf-8")
    several.put("conf.py", conf + 'record_search = "sphinx"\n')
    by = noted(several, "ontherecord.tried")
    assert set(by["resolved"].values()) == {os.getpid()}
    index = (several.folder.parent / "edition-html/searchindex.js").read_text(encoding="utf-8")
    assert all(f'"{name}"' in index for name in PAGES)


def test_sharing_can_go_when_sphinx_resolves_where_it_writes(
    several: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "apply", lambda: None)
    monkeypatch.setattr(Builder, "_write_parallel", processes._write_parallel)
    by = noted(several, "ontherecord.tried")
    assert set(by["resolved"].values()) == {os.getpid()}, "economies/processes.py can go"


def test_each_process_reads_one_share() -> None:
    names = [str(number) for number in range(100)]
    shares = processes.shares(names, 2)
    assert sorted(map(len, shares)) == [50, 50]
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert processes.shares(["a"], 4) == [["a"]]
    assert len(processes._chunks(names, 2)) > 2, "reading is shared so by Sphinx itself"
