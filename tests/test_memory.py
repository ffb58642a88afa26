"""What a build keeps in memory, and when `ontherecord.economies.memory` and `.collector` can go."""

from __future__ import annotations

import gc
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Project, python
from ontherecord.economies import collector
from sphinx.environment import BuildEnvironment

# An extension of an edition's own says how many trees live when everything is read and written.
WATCH = """
def say(app, *given):
    kept = app.env._write_doc_doctree_cache, app.env._pickled_doctree_cache
    with open(app.confdir / "kept.txt", "a") as file:
        file.write(" ".join(str(len(one)) for one in kept) + "\\n")

def setup(app):
    app.connect("env-updated", say, priority=1000)
    app.connect("build-finished", say, priority=1)
"""


def kept(project: Project) -> list[str]:
    path = project.folder / "kept.txt"
    lines = path.read_text().splitlines()
    path.unlink()
    return lines


def watched(edition: Project) -> Project:
    conf = edition.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + WATCH, encoding="utf-8")
    return edition


def test_no_tree_is_kept_when_documents_are_read_or_written(edition: Project) -> None:
    watched(edition)
    assert edition.build().code == 0
    assert kept(edition) == ["0 0", "0 0"]
    edition.write(speakers_md="# Speakers\n\nNobody yet.\n")
    edition.build()
    assert kept(edition) == ["0 0", "0 0"]


def test_memory_can_go_when_sphinx_keeps_no_trees(edition: Project) -> None:
    for name in ("conf.py", "article.md", "speakers.md", "references.bib"):
        (edition.folder / name).unlink()
    edition.put("conf.py", 'extensions = ["myst_parser"]\n' + WATCH)
    edition.put("index.md", "# Plain\n")
    assert edition.build().code == 0
    after_reading, _after_writing = kept(edition)
    assert after_reading.startswith("1 "), (
        "Sphinx drops its trees now: the half of ontherecord/economies/memory.py that does can go"
    )


def test_the_collector_is_as_before_when_a_build_has_ended(edition: Project) -> None:
    before = gc.get_threshold()
    edition.build()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


class Events(SimpleNamespace):
    """Stands for an application that connects handlers to events."""

    def connect(self, name: str, handler: Any, **_options: object) -> None:
        vars(self).setdefault(name, []).append(handler)

    def emit(self, name: str, *given: object) -> None:
        for handler in vars(self)[name]:
            handler(self, *given)


def test_what_lives_is_set_aside_while_documents_are_read() -> None:
    app = Events()
    collector.connect(app)  # type: ignore[arg-type]
    try:
        app.emit("config-inited")
        assert not gc.isenabled()
        app.emit("builder-inited")
        assert gc.isenabled()
        before = gc.get_freeze_count()
        living = []
        for _document in range(collector._DOCUMENTS):
            tree: list[Any] = []
            tree.append(tree)
            living.append([tree])
            app.emit("source-read")
        assert gc.get_freeze_count() > before
        assert not any(one is living for one in gc.get_objects())
    finally:
        app.emit("build-finished")
    assert gc.get_freeze_count() == 0


def environments() -> int:
    return sum(type(one) is BuildEnvironment for one in gc.get_objects())


def test_what_builds_left_goes_when_it_has_doubled_what_there_is(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector._Process, "lived", 1 << 60)
    for _ in range(3):
        edition.build("html", "-E")
    left = environments()
    assert left >= 3
    monkeypatch.setattr(collector._Process, "lived", 1)
    edition.build("html", "-E")
    assert environments() < left
    assert collector._Process.lived > 1


def test_the_collector_hardly_runs_where_few_documents_are_read() -> None:
    before = gc.get_threshold()
    app = Events()
    collector.connect(app)  # type: ignore[arg-type]
    try:
        app.emit("config-inited")
        app.emit("builder-inited")
        app.emit("env-before-read-docs", None, ["a"] * collector._DOCUMENTS)
        assert gc.get_threshold() == (collector._YOUNG, *collector._OLDER)
        app.emit("env-before-read-docs", None, ["a"])
        assert gc.get_threshold() == collector._AFTER_AN_EDIT
    finally:
        app.emit("build-finished")
    assert gc.get_threshold() == before


@pytest.mark.parametrize("builds", [1, 2])
def test_at_the_end_of_the_process_nothing_is_taken_apart(edition: Project, builds: int) -> None:
    said = f"""
import atexit, gc, sys
atexit.register(lambda: print("set aside", gc.get_freeze_count() > 1000, len(gc.get_objects())))
from sphinx.cmd.build import main
for _ in range({builds}):
    main(["-q", "-E", ".", "_out"])
print("ended", gc.get_freeze_count())
"""
    lines = python("-c", said, cwd=edition.folder).stdout.splitlines()
    assert lines[-2] == "ended 0"
    assert lines[-1].startswith("set aside True")
