"""What a build keeps in memory, and when `ontherecord.economies.memory` can go."""

from __future__ import annotations

import gc

from conftest import Project

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
