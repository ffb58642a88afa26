"""Only what has changed is made again, and what is not made again has not changed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import pytest
from bs4 import BeautifulSoup
from changing_editions import World
from conftest import Project, differences, published
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ontherecord.citing.of_record import item_of_record
from ontherecord.edition import Edition
from ontherecord.evidence.quote_evidence import evidence
from ontherecord.exchange import schema_org, stretches
from ontherecord.exchange.format import Each, export, put_each, standard, sweep, write
from ontherecord.exchange.signposting import links_of_record
from ontherecord.exchange.stretches import LENGTH
from ontherecord.exchange.tei.document import document
from ontherecord.keeping import folder as folder_module
from ontherecord.keeping.affected import Affected, affected
from ontherecord.keeping.folder import Folder
from ontherecord.keeping.kept import Kept
from ontherecord.keeping.states import Left, States
from ontherecord.keeping.stored import load, save
from ontherecord.keeping.units import digest
from ontherecord.keeping.units import given as given_by
from ontherecord.records import Contradiction, Document, Origin, Quote
from ontherecord.views import Views


def kept(edition: Edition, before: Kept, read: dict[str, int]) -> Kept:
    """Give what a build keeps of an edition."""
    views = Views(edition, {}, 2)
    return Kept(
        "tools",
        f"all {edition.sources_register}",
        given_by(edition, read, before.documents),
        {key: digest([one, views.source(key)]) for key, one in edition.sources.items()},
        dict(edition.references),
    )


def shown(edition: Edition) -> dict[str, Any]:
    """Give all that is shown of each record, on its page and in its files."""
    views = Views(edition, {}, 2)
    found = {}
    for identifier, record in edition.records.items():
        found[identifier] = (
            views.block(identifier, 3),
            views.excerpts(record),
            evidence(edition, record) if isinstance(record, Quote) else None,
            item_of_record(edition, record),
            schema_org.of_record(edition, record),
            links_of_record(edition, record),
        )
    return found


@given(st.integers(0, 100_000), st.integers(1, 2))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_not_affected_is_shown_as_before(seed: int, changes: int) -> None:
    world = World(seed)
    before = world.edition()
    first = kept(before, Kept(), dict.fromkeys(before.documents, 1))
    made = [world.change() for _ in range(changes)]
    after = world.edition()
    # What was not read again is what it was, and nobody looks at it.
    read = {
        name: 1 if before.documents.get(name) == one else 2 for name, one in after.documents.items()
    }
    found = affected(after, first, kept(after, first, read))
    if found.all:
        assert "toggle_register" in made
        return
    then, now = shown(before), shown(after)
    for identifier, one in now.items():
        assert identifier in found.records or one == then.get(identifier), (made, identifier)
    for name in after.articles:
        if name not in found.documents:
            assert document(after, name) == document(before, name), (made, name)
    if before.documents == after.documents and before.sources == after.sources:
        assert found.nothing or before.references != after.references


@given(st.integers(0, 10_000), st.integers(1, 3), st.sampled_from([1, 3, LENGTH]))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_folder_brought_up_to_date_is_one_written_anew(
    tmp_path_factory: pytest.TempPathFactory, seed: int, changes: int, length: int
) -> None:
    with mock.patch.object(stretches, "LENGTH", length):
        bring_up_to_date(tmp_path_factory, seed, changes)


def bring_up_to_date(factory: pytest.TempPathFactory, seed: int, changes: int) -> None:
    """Change an edition again and again, and hold a folder that is kept against one made anew."""
    world, kept_folder = World(seed), factory.mktemp("kept")
    before, read = Kept(), dict[str, int]()
    for step in range(3):
        edition = world.edition()
        read = {
            name: read.get(name, 0) + (step if name in read else 1) for name in edition.documents
        }
        now = kept(edition, before, read)
        folder = Folder(kept_folder, before.files)
        changed = affected(edition, before, now)
        for name in standard():
            write(edition, folder, name, affected=changed)
        sweep(folder, standard())
        now.files = folder.left
        save(kept_folder / "kept", now)
        before = load(kept_folder / "kept", Kept)
        assert before == now
        (kept_folder / "kept").unlink()
        clean = factory.mktemp("clean")
        export(edition, clean, standard())
        assert differences(published(kept_folder), published(clean)) == []
        shutil.rmtree(clean)
        for _ in range(changes):
            world.change()
    shutil.rmtree(kept_folder)


def test_a_case_is_affected_by_a_quote_that_is_at_issue_and_no_side() -> None:
    quotes = [Quote(name, Origin("d", n), "s", "a", "Yes.") for n, name in enumerate("abc", 1)]
    case = Contradiction("case", Origin("e", 1), ("a", "b"), at_issue=(("c", "Yes."),))
    elsewhere = Document("e", "E", records=(case,))
    before = Edition({"d": Document("d", "D", records=tuple(quotes)), "e": elsewhere}, {})
    after = Edition({"d": Document("d", "D", records=tuple(quotes[:2])), "e": elsewhere}, {})
    first = kept(before, Kept(), {"d": 1, "e": 1})
    assert "case" in affected(after, first, kept(after, first, {"d": 2, "e": 1})).records


def test_nothing_is_affected_where_all_is_the_same() -> None:
    edition = World(1).edition()
    first = kept(edition, Kept(), {})
    assert affected(edition, first, kept(edition, first, {})).nothing
    # Read again, and found to be the same.
    assert affected(
        edition, first, kept(edition, Kept(), dict.fromkeys(edition.documents, 5))
    ).nothing
    assert affected(edition, Kept(), first).all


# In builds


def states(out: Path) -> dict[str, tuple[int, int]]:
    """Give which file each path is, and when it was written."""
    return {
        path.relative_to(out).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for folder in ("cite", "record")
        for path in (out / folder).rglob("*")
        if path.is_file()
    }


def settled(edition: Project, *options: str) -> dict[str, bytes]:
    """Build again, and hold the result against a clean build's."""
    again = published(edition.build("html", *options).out)
    clean = edition.build("html", *options, out="clean").out
    found = published(clean)
    assert {name for name in again if again[name] != found.get(name)} == set()
    assert again.keys() == found.keys()
    shutil.rmtree(clean)
    shutil.rmtree(f"{clean}.doctrees")
    return again


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list of the records whose pages are made from now on."""
    from ontherecord.apparatus.record_pages import RecordPages

    made: list[str] = []
    make = RecordPages.of_record

    def of_record(self: RecordPages, identifier: str) -> str:
        made.append(identifier)
        return make(self, identifier)

    monkeypatch.setattr(RecordPages, "of_record", of_record)
    return made


def test_no_page_is_made_when_nothing_has_changed(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = edition.build().out
    before = states(out)
    made = counted(monkeypatch)
    edition.build()
    assert made == []
    assert states(out) == before
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text())
    os.utime(edition.folder / "speakers.md", (2_000_000_000, 2_000_000_000))
    edition.build()
    assert made == []
    assert states(out) == before


def test_an_edit_makes_the_pages_that_show_it(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("second.md", SECOND)
    out = edition.build().out
    before = states(out)
    made = counted(monkeypatch)
    edition.put("second.md", SECOND.replace("never closes", "never shuts"))
    edition.build()
    assert made == ["cat", "cat-never"]
    settled(edition)
    for path in ("cite/ann-open.html", "cite/ann-open.bib", "record/tei/article.xml"):
        assert states(out)[path] == before[path]
    assert states(out)["cite/cat-never.bib"] != before["cite/cat-never.bib"]


def test_a_speaker_s_page_follows_the_cases_of_what_was_said(edition: Project) -> None:
    case = ":::{{contradiction}} stay\n:between: ann-open, bob-closes\n:kind: facts\n{}\nNo.\n:::\n"
    edition.put("cases.md", "# Cases\n\n" + case.format(""))
    edition.build()
    edition.put("cases.md", "# Cases\n\n" + case.format(":at-issue: |\n:  bob-closes: in June\n"))
    page = BeautifulSoup(settled(edition)["cite/ann.html"], "html.parser")
    (line,) = page.select(".record-statements .record-against")
    assert " ".join(line.get_text().split()) == "In contradiction with Bob Birch, “in June”."
    assert [link["href"] for link in line.select("a")] == ["stay.html"]
    edition.put("cases.md", "# Cases\n\n" + case.format(""))
    edition.build()
    article = (edition.folder / "article.md").read_text(encoding="utf-8")
    edition.put("article.md", article.replace("It closes in June.", "It shuts in June."))
    assert "It shuts in June." in settled(edition)["cite/ann.html"].decode()
    edition.put("cases.md", "# Cases\n")
    assert b"record-against" not in settled(edition)["cite/ann.html"]


def test_an_edit_makes_what_stands_beside_a_reference_to_it(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("second.md", SECOND)
    edition.put("third.md", THIRD)
    edition.put("fourth.md", FOURTH)
    edition.build()
    made = counted(monkeypatch)
    edition.put("second.md", SECOND.replace("never closes", "never shuts"))
    edition.build()
    assert {"eve-yes", "eve"} <= set(made)
    settled(edition)


THIRD = """
---
date: 2024-06-02
---
# To that

Of {quote}`cat-never` Eve said: {said}`"Yes." <eve-yes>`

:::{speaker} eve
:name: Eve Elm
:::
"""

FOURTH = """
# Kept

:::{quote} eve-yes
:speaker: eve
:source: post-2024
:::
"""

SECOND = """
---
date: 2024-06-01
---
# More

Cat said: {said}`"It never closes." <cat-never>`

:::{speaker} cat
:name: Cat Cole
:::

:::{quote} cat-never
:speaker: cat
:source: herald-2024
:::
"""


@pytest.mark.parametrize(
    "path", ["cite/ann-open.html", "cite/ann-open.ris", "record/edition.json", "record/quotes.csv"]
)
def test_a_file_that_was_changed_or_lost_is_made_again(edition: Project, path: str) -> None:
    out = edition.build().out
    content = (out / path).read_bytes()
    (out / path).write_bytes(content.replace(b"a", b"e"))
    assert settled(edition)[path] == content
    (out / path).unlink()
    assert settled(edition)[path] == content
    os.utime(out / path, (1, 1))
    assert settled(edition)[path] == content


@pytest.mark.parametrize(
    "path", ["cite/strange.bib", "record/tei/strange.xml", "cite/strange.json"]
)
def test_a_file_of_no_record_is_taken_away(edition: Project, path: str) -> None:
    out = edition.build().out
    (out / path).write_text("strange")
    (out / "cite" / "strange.html").write_text("A page of somebody else.")
    edition.build()
    assert not (out / path).exists()
    assert (out / "cite" / "strange.html").exists()


def test_what_a_killed_build_has_left_behind_is_taken_away(edition: Project) -> None:
    out = edition.build().out
    waiting = out / "cite" / ".ann-open.bib.999999999"
    waiting.write_text("half")
    ours = out / "cite" / f".ann-open.bib.{os.getpid()}"
    ours.write_text("of a build that still runs")
    edition.build()
    assert not waiting.exists()
    assert ours.exists()


def test_settings_make_all_anew(edition: Project) -> None:
    edition.build()
    conf = (edition.folder / "conf.py").read_text()
    for more in (
        "record_address = 'https://edition.example/'\n",
        "record_licence = 'CC-BY-4.0'\n",
        "html_theme = 'ontherecord'\n",
        "record_exports = ['json', 'csv']\n",
        "record_exports = False\nrecord_citation_pages = False\n",
        "record_exports = True\n",
    ):
        edition.put("conf.py", conf + more)
        settled(edition)


def test_exports_are_made_again_when_they_are_switched_on_again(edition: Project) -> None:
    edition.build()
    for setting in ("False", "True", "csv"):
        settled(edition, "-D", f"record_exports={setting}")


def test_each_output_folder_has_its_own(edition: Project) -> None:
    shared = ["-d", str(edition.folder.parent / "shared")]
    first = edition.build("html", *shared, out="first").out
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    second = edition.build("html", *shared, out="second").out
    assert (
        differences(published(edition.build("html", *shared, out="first").out), published(second))
        == []
    )
    shutil.rmtree(edition.folder.parent / "shared")
    assert (
        differences(published(edition.build("html", *shared, out="first").out), published(first))
        == []
    )


def test_what_cannot_be_read_is_as_if_nothing_were_kept(edition: Project) -> None:
    out = edition.build().out
    (path,) = Path(f"{out}.doctrees").glob("*.published")
    for content in (b"", b"\xc1", path.read_bytes()[:-20]):
        path.write_bytes(content)
        settled(edition)


@pytest.mark.parametrize("path", ["record/edition.sqlite", "cite/ann-open.bib"])
def test_what_could_not_be_written_once_is_written_when_it_can_be(
    edition: Project, path: str
) -> None:
    place = edition.build().out / path
    place.unlink()
    place.mkdir()
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace("stays open", "remains open"))
    assert edition.build().subtypes == ["record.unwritten-export"]
    place.rmdir()
    settled(edition)
    settled(edition)


def test_heads_that_others_add_are_asked_for_in_every_build(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put(
        "conf.py",
        conf
        + """
def setup(app):
    from pathlib import Path
    day = Path(__file__).parent / "day"
    app.connect("record-page-head", lambda app, name: f"<meta name=day content={day.read_text()}>")
""",
    )
    edition.put("day", "one")
    edition.build()
    edition.put("day", "two")
    assert "content=two" in edition.build().text("cite/ann-open.html")


def test_affected_knows_when_there_is_nothing() -> None:
    assert Affected().nothing
    assert not Affected(records=frozenset({"x"})).nothing


def test_states_come_back_by_name_and_take_few_bytes() -> None:
    states = States()
    for name, state in (("a", (1, 2)), ("a b\udcff.é", (0, 1 << 61)), ("a", (3, -4))):
        states.add(name, state)
    apart = states.copy()
    apart.add("c", (5, 6))
    assert len(states) == 3
    assert states.by_name() == {"a": (3, -4), "a b\udcff.é": (0, 1 << 61)}
    assert [*apart.by_name()] == ["a", "a b\udcff.é", "c"]
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(states), type=States)
    assert again.by_name() == states.by_name()
    del again.numbers[-20:]
    assert again.by_name() == {"a": (1, 2)}
    assert States().by_name() == {}
    many = States()
    for number in range(1000):
        many.add(f"quote-{number}.json", (number, number))
    assert sys.getsizeof(many.names) + sys.getsizeof(many.numbers) < 40 * len(many)


def brought(tmp_path: Path, left: dict[str, Left], units: str, *changed: str) -> tuple[Folder, str]:
    """Bring the files of some things up to date; give the folder, and which were looked at."""
    looked_at: list[str] = []

    def paths(unit: str) -> tuple[str, ...]:
        looked_at.append(unit)
        return (f"of/{unit}.txt",)

    folder = Folder(tmp_path, left)
    part = Each("records", units, paths, lambda unit: (f"{unit}{changed}".encode(),))
    little = Affected(records=frozenset(changed), documents=frozenset({"x"}))
    put_each(folder, "made", part, little, lambda path: path == "of/s.txt")
    sweep_of = ["of/*.txt"]
    folder.sweep(sweep_of, lambda path: path == "of/s.txt")
    return folder, "".join(looked_at)


def test_where_the_things_are_the_same_only_what_is_affected_is_looked_at(tmp_path: Path) -> None:
    folder, looked_at = brought(tmp_path, {}, "abc")
    assert looked_at == "abc"
    folder, looked_at = brought(tmp_path, folder.left, "abc", "b")
    assert looked_at == "b"
    assert sorted(path.read_text() for path in tmp_path.glob("of/*")) == ["a()", "b('b',)", "c()"]
    assert brought(tmp_path, folder.left, "abc")[1] == ""
    (tmp_path / "of/a.txt").write_text("another hand")
    folder, looked_at = brought(tmp_path, folder.left, "abc")
    assert looked_at == "abc"
    assert (tmp_path / "of/a.txt").read_text() == "a()"
    folder, looked_at = brought(tmp_path, folder.left, "ac")
    assert looked_at == "ac"
    assert [path.name for path in sorted(tmp_path.glob("of/*"))] == ["a.txt", "c.txt"]


def test_what_somebody_else_brought_is_looked_at_again(tmp_path: Path) -> None:
    folder, _looked_at = brought(tmp_path, {}, "as")
    assert brought(tmp_path, folder.left, "as")[1] == "as"


def test_states_that_are_noted_twice_too_often_are_noted_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "_AGAIN", 1)
    folder, _looked_at = brought(tmp_path, {}, "abc")
    for expected, noted in (("b", 4), ("b", 5), ("abc", 3), ("b", 4)):
        folder, looked_at = brought(tmp_path, folder.left, "abc", "b")
        assert looked_at == expected
        assert len(folder.left["made/records"].states["of"]) == noted
