"""What is imported when it is needed is there, and is what it is said to be."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import EXTENSION, Project
from ontherecord import late
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def named(edition: Project) -> dict[str, int]:
    edition.build()
    assert len(late.NAMED) > 10
    return late.NAMED


def test_all_that_is_named_is_there(named: dict[str, int]) -> None:
    for name, priority in named.items():
        found = late.find(name)
        if priority:
            assert issubclass(found, SphinxPostTransform)
            assert found.default_priority == priority, name
        else:
            assert callable(found) or isinstance(found, dict)


HEAVY = (
    *("numpy", "edtf", "pyparsing", "citeproc", "lxml", "ontherecord.edition"),
    *("ontherecord.views", "ontherecord.markup.directives", "ontherecord.apparatus.record_page"),
)


def test_a_build_in_which_nothing_changed_imports_little(edition: Project) -> None:
    out = edition.folder.parent / "out"
    program = (
        f"import sys; sys.path.insert(0, {str(EXTENSION)!r})\n"
        "from sphinx.cmd.build import build_main\n"
        f"assert build_main(['-q', '-b', 'html', {str(edition.folder)!r}, {str(out)!r}]) == 0\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )

    def imported() -> set[str]:
        run = [sys.executable, "-c", program]
        done = subprocess.run(run, capture_output=True, text=True, check=True)
        return {*HEAVY} & {*done.stdout.split()}

    assert "ontherecord.edition" in imported()
    assert imported() == set()


def test_a_table_is_imported_by_any_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "find", lambda name: {name: 1, "both": name})
    questions: list[Callable[[late.Table], object]] = [
        lambda table: table["one"],
        lambda table: table.get("one"),
        lambda table: "one" in table,
        lambda table: list(table) == ["one", "both", "two"],
        lambda table: len(table) == 3,
        lambda table: list(table.keys()) == ["one", "both", "two"],
        lambda table: set(table.values()) == {1, "one"},
        lambda table: dict(table.items()) == {"one": 1, "two": 1, "both": "one"},
    ]
    for question in questions:
        assert question(late.Table("one", "two"))
    own = late.Table("one")
    own.update(both="ours")
    assert own["both"] == "ours", "what an edition's own conf.py adds stands"
    for name in ("one", "two"):
        del late.NAMED[name]
