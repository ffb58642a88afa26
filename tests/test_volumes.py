"""An edition is parted into volumes, and nothing that could be asked of it is lost."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from bs4 import Tag
from conftest import ROOT, Build, Project, one, published
from ontherecord.commands.main import main
from ontherecord.parting.entries import parsed
from ontherecord.parting.inventories import parse
from sphobjinv import Inventory

if TYPE_CHECKING:
    from collections.abc import Iterator

from parted_edition import ADDRESS, FILES, put


@dataclass
class Volumes:
    """An edition, whole and parted, both built."""

    whole: Build
    edition: Project
    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def built(self, part: str) -> Build:
        return Build(0, "", self.site / part if part != "front" else self.site)

    def build(self, part: str, out: Path | None = None) -> Build:
        return build_part(self.folder, part, out)


def build_part(folder: Path, part: str, out: Path | None = None, builder: str = "html") -> Build:
    target = out or (folder / "site" / part if part != "front" else folder / "site")
    log = folder / f"{part}.log"
    from sphinx.cmd.build import build_main

    options = ["-q", "-n", "-b", builder, "-w", str(log), "-d", str(folder / "_doctrees" / part)]
    code = build_main([*options, str(folder / part), str(target)])
    return Build(code, log.read_text(encoding="utf-8") if log.exists() else "", target)


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Volumes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        folder = tmp_path_factory.mktemp("parting")
        edition = Project(folder / "edition")
        put(edition, FILES)
        main(["publish", str(edition.folder)])
        ledger = edition.folder / "annotations/published.csv"
        with ledger.open("a", encoding="utf-8") as file:
            file.write("2024-01-01,old-open,quote,published,,Old,,\n")
            file.write("2024-01-02,old-open,quote,moved,,Old,ann-open,\n")
            file.write("2024-01-01,gone,quote,published,,Gone,,\n")
            file.write("2024-01-02,gone,quote,withdrawn,,Gone,,Wrong\n")
        whole = edition.build("html", "-n", "-W")
        assert whole.warnings == ""
        assert main(["split", "--by", "year", str(folder / "parts"), str(edition.folder)]) == 0
        for part in ("2018", "2017", "front"):
            built = build_part(folder / "parts", part)
            assert built.warnings == "", part
        yield Volumes(whole, edition, folder / "parts")


def said(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


# What is written


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
        "# Cases\n\nWhat does not agree.\n\n"
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
    assert "- [Statements](https://e.example/registers/quotes.html)\n" in volumes.read(
        "2017/index.md"
    )
    folder = tmp_path / "parts"
    assert main(["split", "--registers", "all", str(folder), str(volumes.edition.folder)]) == 0
    assert ":topic: library" in (folder / "2017/registers/quotes.md").read_text("utf-8")
    assert ":topic: library" not in (folder / "2018/registers/quotes.md").read_text("utf-8")


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


# What readers find


def test_every_old_address_answers(volumes: Volumes) -> None:
    command = [sys.executable, str(ROOT / "benchmarks/addresses.py")]
    done = subprocess.run(
        [*command, str(volumes.whole.out), str(volumes.site)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 old addresses do not answer" in done.stdout
    (volumes.site / "cite/bob-closes.html").rename(volumes.site / "away.html")
    done = subprocess.run(
        [*command, str(volumes.whole.out), str(volumes.site)],
        capture_output=True,
        text=True,
        check=False,
    )
    (volumes.site / "away.html").rename(volumes.site / "cite/bob-closes.html")
    assert "cite/bob-closes.html: nothing answers" in done.stdout


def test_files_at_old_addresses_are_those_of_the_volumes(volumes: Volumes) -> None:
    for path in ("cite/bob-closes.bib", "cite/stay.json", "record/tei/reports/first.xml"):
        here = (volumes.site / path).read_bytes()
        part = "2018" if "bob" in path else "2017"
        assert here == (volumes.site / part / path).read_bytes()


def test_words_and_citations_are_those_of_the_whole(volumes: Volumes) -> None:
    whole = json.loads(volumes.whole.text("record/edition.json"))
    parted = [
        json.loads((volumes.site / part / "record/edition.json").read_text(encoding="utf-8"))
        for part in ("2017", "2018")
    ]
    quotes = {quote["id"]: quote for made in parted for quote in made["quotes"]}
    assert quotes.keys() == {quote["id"] for quote in whole["quotes"]}
    for quote in whole["quotes"]:
        for name in ("words", "fragments", "fingerprint", "speaker", "source", "spoken", "topics"):
            assert quotes[quote["id"]][name] == quote[name]
        assert set(quotes[quote["id"]]["contradictions"]) == set(quote["contradictions"])
        assert set(quotes[quote["id"]]["answers"]) == set(quote["answers"])


def test_the_page_of_a_statement_says_what_stands_against_it_in_another_volume(
    volumes: Volumes,
) -> None:
    page = volumes.built("2018").soup("cite/bob-closes.html")
    assert page.find(id="against") is not None
    assert "The library stays open." in said(one(page, "main"))
    assert page.select(f"a[href^='{ADDRESS}2017/reports/first.html']")
    assert "Mayor" in said(one(volumes.built("2017").soup("cite/ann-open.html"), "main"))


def test_links_lead_into_other_volumes(volumes: Volumes) -> None:
    page = volumes.built("2017").soup("reports/first.html")
    assert f"{ADDRESS}2018/reports/second.html" in [a.get("href") for a in page.select("a")]
    assert f"{ADDRESS}about.html#about" in [a.get("href") for a in page.select("a")]
    quote = next(a for a in page.select("a") if a.get("href", "").endswith("#quote-bob-closes"))
    assert said(quote) == "It closes in June."
    front = volumes.built("front").soup("index.html")
    hrefs = [str(a.get("href")) for a in front.select("main a")]
    assert f"{ADDRESS}2017/reports/first.html" in hrefs
    assert "2017/reports/first.html#quote-ann-open" in hrefs
    assert "Second" in said(one(front, "main"))


def test_registers_of_the_front_have_all_in_full(volumes: Volumes) -> None:
    front, whole = volumes.built("front"), volumes.whole

    def cells(build: Build, page: str) -> list[str]:
        rows = build.soup(page).select("table.record-table tbody tr")
        return [" ".join(said(cell) for cell in row.select("td")) for row in rows]

    assert cells(front, "registers/quotes.html") == cells(whole, "registers/quotes.html")
    assert len(cells(front, "registers/quotes.html")) == 5
    listed = said(one(front.soup("index.html"), "main"))
    for title in ("First", "Second", "Third"):
        assert title in listed
    people = front.soup("registers/people.html")
    assert said(one(people, "#speaker-ann")) == said(
        one(whole.soup("registers/people.html"), "#speaker-ann")
    )
    page = front.soup("cite/ann.html")
    assert [a["href"] for a in page.select("main a[href^=ann-]")] == [
        "ann-open.html",
        "ann-june.html",
    ]


def test_the_front_has_and_lists_its_own_alone(volumes: Volumes) -> None:
    front = volumes.built("front")
    made = json.loads(front.text("record/edition.json"))
    assert [speaker["id"] for speaker in made["speakers"]] == ["ann", "bob", "dora"]
    assert made["quotes"] == made["articles"] == []
    assert "ann-open" not in front.text("sitemap.xml")
    assert "Withdrawn on" in front.text("cite/gone.html")
    # But who knew the edition by its old address finds all of it there.
    items = parse((volumes.site / "objects.inv").read_bytes()).items
    uris = {item.name: item.uri for item in items if item.kind.startswith("record:")}
    assert uris["bob-closes"] == "2018/reports/second.html#quote-$"
    assert uris["ann"] == "registers/people.html#speaker-$"
    assert Inventory(str(volumes.site / "objects.inv")).count == len(items)


def test_tables_of_all_parts_are_one_set(volumes: Volumes) -> None:
    def table(folder: Path, name: str) -> pd.DataFrame:
        path = folder / f"record/{name}.csv"
        return pd.read_csv(path, dtype=str, keep_default_na=False)

    def joint(name: str) -> pd.DataFrame:
        folders = (volumes.site, volumes.site / "2017", volumes.site / "2018")
        every = pd.concat([table(folder, name) for folder in folders])
        if "copied_from" in every:
            every = every[every["copied_from"] == ""]
        return every.drop_duplicates()

    for name in ("quotes", "speakers", "contradictions", "annotations", "articles", "sources"):
        ids = sorted(joint(name)["id"])
        assert ids == sorted(table(volumes.whole.out, name)["id"]), name
    assert sorted(joint("posts")["speaker"]) == ["ann"]
    sides = joint("contradiction_sides")
    sides["quote"] = sides["quote"].where(
        sides["quote"] != "", sides["remote_quote"].str.rpartition(":")[2]
    )
    columns = ["contradiction", "position", "quote"]
    found = set(sides[columns].itertuples(index=False, name=None))
    whole = table(volumes.whole.out, "contradiction_sides")[columns]
    assert found == set(whole.itertuples(index=False, name=None))
    views = volumes.built("front").text("record/tables.sql")
    assert "|| '2018/record/quotes.csv'" in views


def test_the_search_of_each_part_asks_all(volumes: Volumes) -> None:
    form = one(volumes.built("front").soup("search.html"), "#record-search")
    assert form["data-others"] == "2017/ 2018/"
    form = one(volumes.built("2017").soup("search.html"), "#record-search")
    assert form["data-others"] == "../2018/ ../"


# What is done again


def test_after_an_edit_the_parts_are_as_built_anew(
    volumes: Volumes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder)
    for part in ("2017", "2018", "front"):  # Where things are is part of what is kept.
        build_part(folder, part)
    (folder / "2018/annotations/published.csv").unlink()
    article = folder / "2018/reports/third.md"
    text = article.read_text(encoding="utf-8").replace("Both are right.", "Both are wrong.")
    article.write_text(text, encoding="utf-8")
    assert main(["inventory", "--output", str(folder / "all/2018.inv"), str(folder / "2018")]) == 0
    monkeypatch.chdir(folder)
    assert main(["inventory", "--from", "all", "2017"]) == 0
    for part in ("2018", "2017", "front"):
        assert build_part(folder, part).warnings == ""
    assert "Both are wrong." in (folder / "site/2017/registers/cases.html").read_text("utf-8")
    assert "Both are wrong." in (folder / "site/registers/quotes.html").read_text("utf-8")
    again = published(folder / "site")
    shutil.rmtree(folder / "site")
    shutil.rmtree(folder / "_doctrees")
    for part in ("2018", "2017", "front"):
        build_part(folder, part)
    anew = published(folder / "site")
    assert [name for name in anew.keys() | again.keys() if anew.get(name) != again.get(name)] == []


def test_a_volume_that_is_not_there_is_reported_once(volumes: Volumes, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(volumes.folder, tmp_path / "parts", ignore=shutil.ignore_patterns("site*"))
    listed = tmp_path / "parts/volumes.json"
    listed.write_text(listed.read_text("utf-8").replace("https://e.example", "http://127.0.0.1:1"))
    built = build_part(tmp_path / "parts", "front")
    assert built.subtypes == ["record.unread-edition"] * 2
    assert "the volume '2017' cannot be joined" in built.warnings


@pytest.mark.slow
def test_under_dirhtml(volumes: Volumes, tmp_path: Path) -> None:
    whole = volumes.edition.build("dirhtml")
    folder = tmp_path / "parts"
    arguments = ["split", "--builder", "dirhtml", str(folder), str(volumes.edition.folder)]
    assert main(arguments) == 0
    for part in ("2017", "2018", "front"):
        assert build_part(folder, part, builder="dirhtml").warnings == ""
    command = [sys.executable, str(ROOT / "benchmarks/addresses.py")]
    done = subprocess.run(
        [*command, str(whole.out), str(folder / "site")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_corpus_of_the_benchmarks_in_volumes() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/parting.py"), "40", "4"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "of which 0 do not answer" in done.stdout
