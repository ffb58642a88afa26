"""Each part is given what it needs: documents, records, copies, sources, lines of ledgers."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

from ontherecord.commands.main import main
from ontherecord.parting.entries import parsed
from ontherecord.parting.inventories import parse
from parted_edition import Volumes
from sphobjinv import Inventory


def test_each_part_has_its_own(volumes: Volumes) -> None:
    there = {
        path.relative_to(volumes.folder).as_posix()
        for part in ("2017", "2018", "front", "edition")
        for path in (volumes.folder / part).rglob("*")
        if path.is_file()
    }
    shared = {"conf.py", "references.bib", "index.md", "reports/index.md"}
    registers = {f"registers/{name}.md" for name in ("cases", "people", "sources")}
    assert {name for name in there if "inventories" not in name and "_build" not in name} == {
        *(f"{part}/{name}" for part in ("2017", "2018", "front") for name in shared | registers),
        *("2017/reports/first.md", "2017/reports/map.svg", "2017/copies.md"),
        *("2018/reports/second.md", "2018/reports/third.md"),
        *("front/about.md", "front/addresses.csv", "front/registers/quotes.md"),
        *(f"{part}/annotations/published.csv" for part in ("2017", "2018", "front")),
        "2018/annotations/captures.csv",
        *("edition/conf.py", "edition/own/own.css"),
    }


def test_an_article_that_names_nothing_elsewhere_is_the_same_file(volumes: Volumes) -> None:
    assert volumes.read("2018/reports/third.md") == (
        volumes.edition.folder / "reports/third.md"
    ).read_text(encoding="utf-8")


def test_a_case_stands_where_its_sides_are_and_is_at_home_in_one(volumes: Volumes) -> None:
    home, copy = volumes.read("2017/registers/cases.md"), volumes.read("2018/registers/cases.md")
    assert ":between: ann-open, 2018:bob-closes\n" in home
    assert ":answered-by: 2018:cy-both\n" in home
    assert "copied-from" not in home
    assert ":at-issue: |\n:  ann-open: stays open\n\n" in home
    assert ":copied-from: 2017\n:between: 2017:ann-open, bob-closes\n" in copy
    assert ":answered-by: cy-both\n" in copy
    assert ":at-issue: |\n:  bob-closes: closes\n\n" in copy
    assert volumes.read("front/registers/cases.md") == (
        "# Cases\n\nWhat does not agree. {index}`disagreement`\n\n"
        "(contradiction-stay)=\n- {record:contradiction}`stay`\n\n"
        "(annotation-on-stay)=\n- {record:annotation}`on-stay`\n\n"
        "(annotation-on-bob)=\n- {record:annotation}`on-bob`\n"
    )


def test_a_case_in_an_article_is_copied_to_a_document_of_its_own(volumes: Volumes) -> None:
    assert ":between: ann-june, 2017:ann-open\n" in volumes.read("2018/reports/second.md")
    assert volumes.read("2017/copies.md") == (
        "# From other volumes\n\n:::{contradiction} june\n:copied-from: 2018\n"
        ":between: 2018:ann-june, ann-open\n:kind: scope\n\nWhether a month was named.\n:::\n"
    )


def test_a_document_of_the_name_of_copies_stays(volumes: Volumes, tmp_path: Path) -> None:
    edition = tmp_path / "edition"
    shutil.copytree(volumes.edition.folder, edition, ignore=shutil.ignore_patterns("_build"))
    (edition / "registers/people.md").rename(edition / "copies.md")
    index = edition / "index.md"
    index.write_text(index.read_text("utf-8").replace("registers/people", "copies"), "utf-8")
    assert main(["split", str(tmp_path / "parts"), str(edition)]) == 0
    assert "{speaker} ann" in (tmp_path / "parts/2017/copies.md").read_text("utf-8")
    copies = (tmp_path / "parts/2017/copies-of-volumes.md").read_text("utf-8")
    assert "{contradiction} june" in copies


def test_signs_that_other_programs_take_for_the_end_of_a_line_stay(
    volumes: Volumes, tmp_path: Path
) -> None:
    edition = tmp_path / "edition"
    shutil.copytree(volumes.edition.folder, edition, ignore=shutil.ignore_patterns("_build"))
    for path, words in (("reports/second.md", "Bob: "), ("registers/cases.md", "What does")):
        text = (edition / path).read_text("utf-8")
        (edition / path).write_text(text.replace(words, f"A\u2028B C\u0085D {words}"), "utf-8")
    assert main(["split", str(tmp_path / "parts"), str(edition)]) == 0
    for path in ("2018/reports/second.md", "2018/registers/cases.md", "2017/copies.md"):
        made = (tmp_path / "parts" / path).read_text("utf-8")
        assert made.replace("A\u2028B C\u0085D ", "") == volumes.read(path)


def test_notes_are_where_what_they_are_on_is(volumes: Volumes) -> None:
    assert "{annotation} on-stay" in volumes.read("2017/registers/cases.md")
    assert "{annotation} on-bob" in volumes.read("2018/registers/cases.md")
    assert "{annotation} on-dora" in volumes.read("front/registers/people.md")


def test_speakers_are_at_home_in_the_front_and_copied_where_they_speak(volumes: Volumes) -> None:
    people = {part: volumes.read(f"{part}/registers/people.md") for part in ("2017", "front")}
    assert re.findall(r"\{speaker\} (\w+)", people["front"]) == ["ann", "bob", "dora"]
    assert re.findall(r"\{speaker\} (\w+)\n:copied-from: front", people["2017"]) == ["ann"]
    assert ":  Mayor; Town; 2016/2020\n" in people["2017"]


def test_sources_are_copied_with_what_they_are_taken_from(volumes: Volumes) -> None:
    keys = {
        part: set(parsed(volumes.read(f"{part}/references.bib")).entries)
        for part in ("2017", "2018", "front")
    }
    assert keys["2017"] == {"herald-1", "post-2", "wire-2"}, "a note there rests on the second"
    assert keys["2018"] == {"post-2", "wire-2"}
    assert keys["front"] == {"herald-1", "post-2", "wire-2", "unused"}
    assert '@string{herald = "The Herald"}' in volumes.read("2017/references.bib")


def test_ledgers_are_parted_by_record(volumes: Volumes) -> None:
    def ids(part: str) -> set[str]:
        lines = volumes.read(f"{part}/annotations/published.csv").splitlines()
        return {row["id"] for row in csv.DictReader(lines)}

    assert ids("2017") == {"ann-open", "old-open", "stay", "on-stay"}
    assert ids("front") == {"ann", "bob", "dora", "on-dora", "gone"}
    assert not ids("2018") & (ids("2017") | ids("front"))
    assert "bob-closes,post-2" in volumes.read("2018/annotations/captures.csv")


def test_registers_are_in_the_front_or_in_volumes_too(volumes: Volumes, tmp_path: Path) -> None:
    assert ":topic: library" in volumes.read("front/registers/quotes.md")
    assert "- [Statements](<inv:front:std:doc#registers/quotes>)\n" in volumes.read("2017/index.md")
    folder = tmp_path / "parts"
    assert main(["split", "--registers", "all", str(folder), str(volumes.edition.folder)]) == 0
    assert ":topic: library" in (folder / "2017/registers/quotes.md").read_text("utf-8")
    assert ":topic: library" not in (folder / "2018/registers/quotes.md").read_text("utf-8")


def test_a_volumes_first_page_lists_what_is_in_it(volumes: Volumes, tmp_path: Path) -> None:
    assert "```{articles}\n```\n\n```{toctree}\n:hidden:\n" in volumes.read("2017/index.md")
    edition = tmp_path / "edition"
    shutil.copytree(volumes.edition.folder, edition, ignore=shutil.ignore_patterns("_build"))
    text = (edition / "index.md").read_text("utf-8").replace(":::{articles}\n:::\n", "")
    (edition / "index.md").write_text(text, "utf-8")
    assert main(["split", str(tmp_path / "parts"), str(edition)]) == 0
    index = (tmp_path / "parts/2017/index.md").read_text("utf-8")
    assert "{articles}" not in index
    assert "```{toctree}\n:maxdepth: 1\n\nreports/index\n" in index


def test_the_inventories_made_before_any_build_say_what_builds_say(volumes: Volumes) -> None:
    made = parse((volumes.folder / "2017/inventories/2018.inv").read_bytes())
    built = parse((volumes.site / "2018/objects.inv").read_bytes())
    assert made.title == built.title == "An edition, 2018"
    assert made.version == built.version == "2.1"
    assert set(made.items) - {item for item in made.items if item.name == "index"} <= set(
        built.items
    )
    assert {item.name for item in made.items if item.kind == "record:quote"} == {
        *("ann-june", "bob-closes", "cy-both"),
    }
    assert Inventory(str(volumes.folder / "2017/inventories/2018.inv")).count == len(made.items)


def test_the_jobs_build_it_all(volumes: Volumes) -> None:
    rows = [line.split("\t") for line in volumes.read("jobs.tsv").splitlines()]
    assert [(step, part) for step, part, _command in rows] == [
        ("1 volumes", "2017"),
        ("1 volumes", "2018"),
        ("2 front", "front"),
    ]
    assert rows[0][2] == (
        "python -m sphinx -q -W --keep-going -b html -d _doctrees/2017 2017 site/2017"
    )
    dry = subprocess.run(
        ["make", "-n", "-C", str(volumes.folder)], capture_output=True, text=True, check=True
    )
    commands = [line for line in dry.stdout.splitlines() if line.startswith("python")]
    assert sorted(commands[:2]) == [rows[0][2], rows[1][2]]
    assert commands[2] == rows[2][2]
