"""A file is made of stretches, and those that have not changed are taken over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from changing_editions import World
from hypothesis import given
from hypothesis import strategies as st
from ontherecord.exchange.format import known, write
from ontherecord.exchange.formats.sqlite import FILE
from ontherecord.exchange.stretches import LENGTH, Former, Stretch, runs
from ontherecord.exchange.stretches import write as write_pieces
from ontherecord.keeping.affected import EVERYTHING, Affected
from ontherecord.keeping.folder import Folder

NAMES = [f"q{number}" for number in range(8 * LENGTH)]


@given(st.lists(st.text()))
def test_runs_hold_all_names_in_order(names: list[str]) -> None:
    assert [name for run in runs(names) for name in run] == names


@given(st.integers(0, len(NAMES)), st.text())
def test_a_name_that_comes_changes_the_run_in_which_it_stands(place: int, name: str) -> None:
    before, after = set(runs(NAMES)), set(runs([*NAMES[:place], name, *NAMES[place:]]))
    assert len(before - after) <= 1
    assert len(after - before) <= 2  # It may be the last of its run.


def test_only_what_is_affected_or_new_is_made(tmp_path: Path) -> None:
    made: list[str] = []

    def stretch(*names: str) -> Stretch:
        def make() -> list[bytes]:
            made.extend(names)
            return [name.encode() for name in names]

        return Stretch("list", "records", names, make)

    one, other = tmp_path / "one", tmp_path / "other"
    first = Former()
    write_pieces(one, [b"[", stretch("a", "b"), stretch("c"), stretch("d", "e"), b"]"], first)
    assert one.read_bytes() == b"[abcde]"
    made.clear()
    second = Former(one, first.now, Affected(records=frozenset({"c"}), documents=frozenset({"a"})))
    pieces = [b"{{", stretch("d", "e"), stretch("b", "a"), stretch("a", "b"), stretch("c"), b"}"]
    write_pieces(other, pieces, second)
    assert other.read_bytes() == b"{{debaabc}"
    assert made == ["b", "a", "c"]
    assert second.now[stretch("a", "b").key] == (6, 2)


@given(
    st.permutations(range(6)),
    st.permutations(range(6)),
    st.sets(st.integers(0, 5)),
    st.sets(st.integers(0, 6)),
)
def test_a_file_that_takes_over_is_one_made_anew(
    before: list[int], after: list[int], changed: set[int], parted: set[int]
) -> None:
    """In any order, with anything between them; one of them is empty."""

    def pieces(order: list[int], words: str) -> Iterator[bytes | Stretch]:
        for place, unit in enumerate(order):
            if place in parted:
                yield b"|"
            made = [f"{words if unit in changed else ''}{unit}".encode()] * unit
            yield Stretch("list", "records", (str(unit),), partial(iter, made))

    with TemporaryDirectory() as folder:
        first, again, anew = (Path(folder, name) for name in ("first", "again", "anew"))
        former = Former()
        write_pieces(first, pieces(before, "old"), former)
        little = Affected(records=frozenset(map(str, changed)), documents=frozenset({"x"}))
        taken, made = Former(first, former.now, little), Former()
        write_pieces(again, pieces(after, "new"), taken)
        write_pieces(anew, pieces(after, "new"), made)
        assert again.read_bytes() == anew.read_bytes()
        assert taken.now == made.now


def test_what_was_changed_by_another_hand_is_not_taken_over(tmp_path: Path) -> None:
    """All is made again where a file is not as it was left, though little is affected."""
    edition = World(1).edition()
    folder = Folder(tmp_path)
    for name in known():
        write(edition, folder, name, affected=EVERYTHING)
    left = {
        path: (tmp_path / path).read_bytes()
        for files in folder.all_of("csv")
        for path in files.paths()
    }
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE quotes SET words = 'Never said.'")
    for path in left:
        (tmp_path / path).write_bytes(b"Never said.")
    again = Folder(tmp_path, folder.left)
    little = Affected(records=frozenset({"nobody"}), documents=frozenset({"none"}))
    for name in ("csv", "sqlite"):
        write(edition, again, name, affected=little)
    assert {path: (tmp_path / path).read_bytes() for path in left} == left
    assert b"Never said." not in (tmp_path / FILE).read_bytes()
