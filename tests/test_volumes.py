"""An edition is parted into volumes, and nothing that could be asked of it is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from browser.serving import served
from bs4 import Tag
from conftest import ROOT, Build, Project, differences, one, published
from ontherecord.commands.main import main
from ontherecord.evidence.ledger import Entry
from ontherecord.exchange.reading import load
from ontherecord.joining.joint import Gathered, joined
from ontherecord.parting.inventories import parse
from ontherecord.values import replace
from sphobjinv import Inventory

if TYPE_CHECKING:
    from playwright.sync_api import Browser

from parted_edition import ADDRESS, Volumes, build_part

PARTS = ("2017", "2018", "front")


def said(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


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
    assert "Ann Arden, “stays open”, in An edition, 2017" in said(one(page, "main"))
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


def test_a_list_of_articles_by_contents_leads_from_the_front(volumes: Volumes) -> None:
    links = volumes.built("front").soup("reports/index.html").select("main .toctree-wrapper a")
    assert [(said(a), a["href"]) for a in links] == [
        ("First", f"{ADDRESS}2017/reports/first.html"),
        ("Second", f"{ADDRESS}2018/reports/second.html"),
        ("Third", f"{ADDRESS}2018/reports/third.html"),
    ]


def test_the_general_index_of_the_front_has_the_entries_of_all(volumes: Volumes) -> None:
    def entries(build: Build) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for link in build.soup("genindex.html").select("ul.index a"):
            found.setdefault(said(link), []).append(str(link["href"]).partition("#")[0])
        return found

    assert entries(volumes.whole) == {
        "opening hours": ["reports/first.html"],
        "disagreement": ["registers/cases.html"],
    }
    assert entries(volumes.built("front")) == {
        "opening hours": ["2017/reports/first.html"],
        "disagreement": ["registers/cases.html"],
    }


def test_the_joint_edition_has_the_records_that_the_whole_had(volumes: Volumes) -> None:
    whole, own = load(volumes.whole.out), load(volumes.site)
    gathered = Gathered(PARTS)
    for name in ("2017", "2018"):
        gathered.take(name, load(volumes.site / name))
    joint = joined(own, gathered)
    assert joint.records.keys() == whole.records.keys()
    for identifier, record in whole.records.items():
        now = joint.records[identifier]
        assert replace(now, origin=record.origin) == record
        assert joint.home(now).rpartition("2018/")[2].rpartition("2017/")[2] == whole.home(record)
        assert joint.label(now) == whole.label(record)
    assert [quote.id for quote in joint.timeline] == [quote.id for quote in whole.timeline]
    assert joint.sources.keys() == whole.sources.keys()
    assert not any(joint.documents[place].blocks for place in gathered.documents)


def test_corrections_of_the_front_are_those_of_all_volumes(volumes: Volumes) -> None:
    gathered = Gathered(PARTS)
    for name in ("2017", "2018"):
        volume = load(str(volumes.site / name))
        gone = f"gone-{name}"
        volume.ledger.entries[gone] = [
            Entry("2019-01-01", gone, "quote", event, "", "Words", "", reason)
            for event, reason in (("published", ""), ("withdrawn", "never said"))
        ]
        gathered.take(name, volume)
    ledger = joined(load(str(volumes.site)), gathered).ledger
    assert {"gone-2017", "gone-2018"} <= {entry.id for entry in ledger.corrections()}


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


@pytest.mark.parametrize("page", ["search.html", "2017/search.html"])
def test_a_search_finds_what_is_in_every_volume(
    volumes: Volumes, chromium: Browser, page: str
) -> None:
    with served(volumes.site) as site:
        tab = chromium.new_page()
        tab.goto(site(f"{page}?q=June"))
        tab.locator("#record-results a[href]").first.wait_for()
        found = {str(a.evaluate("a => a.href")) for a in tab.locator("#record-results a").all()}
        assert site("2018/reports/second.html#quote-bob-closes") in found
        tab.goto(site(f"{page}?q=library"))
        tab.locator("#record-results a[href]").first.wait_for()
        found = {str(a.evaluate("a => a.href")) for a in tab.locator("#record-results a").all()}
        assert site("2017/reports/first.html#quote-ann-open") in found
        tab.goto(site(f"{page}?q=Arden"))
        tab.locator("#record-results a[href]").first.wait_for()
        people = [
            link
            for a in tab.locator("#record-results a").all()
            if "#speaker-" in (link := str(a.evaluate("a => a.href")))
        ]
        assert people == [site("registers/people.html#speaker-ann")], "once, at home"
        tab.close()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_browser_is_led_on_from_an_old_address(
    volumes: Volumes, chromium: Browser, has_script: bool
) -> None:
    with served(volumes.site) as site:
        context = chromium.new_context(java_script_enabled=has_script)
        tab = context.new_page()
        tab.goto(site("cite/bob-closes.html"))
        tab.wait_for_url(site("2018/cite/bob-closes.html"))
        assert "It closes in June." in tab.locator("main").inner_text()
        anchor = "#quote-bob-closes" if has_script else ""
        tab.goto(site("reports/second.html#quote-bob-closes"))
        tab.wait_for_url(site(f"2018/reports/second.html{anchor}"))
        context.close()


# What is done again


def test_after_an_edit_the_parts_are_as_built_anew(
    volumes: Volumes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_two_processes_build_what_one_does(volumes: Volumes, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder, ignore=shutil.ignore_patterns("site", "_doctrees"))
    for part in ("2017", "2018", "front"):
        assert build_part(folder, part, jobs=2).warnings == ""
    assert differences(published(folder / "site"), published(volumes.site)) == []


def test_a_front_that_is_built_again_stays_as_it_is(volumes: Volumes, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder)
    build_part(folder, "front")
    before = published(folder / "site")
    times = {path: path.stat().st_mtime_ns for path in (folder / "site/cite").iterdir()}
    assert "cite/bob-closes.bib" in before
    for _ in range(2):
        assert build_part(folder, "front").warnings == ""
        assert differences(published(folder / "site"), before) == []
    assert {path: path.stat().st_mtime_ns for path in (folder / "site/cite").iterdir()} == times


def test_what_a_volume_has_no_more_is_nowhere_in_the_front(
    volumes: Volumes, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder)
    build_part(folder, "front")
    gone = ["cite/cy-both.bib", "cite/cy-both.json", "record/tei/reports/third.xml"]
    assert all((folder / "site" / path).is_file() for path in gone)
    (folder / "2018/annotations/published.csv").unlink()
    (folder / "2018/reports/third.md").unlink()
    for path in folder.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        text = text.replace(":answered-by: cy-both\n", "").replace(
            ":answered-by: 2018:cy-both\n", ""
        )
        path.write_text(text.replace(":status: answered\n", ""), encoding="utf-8")
    build_part(folder, "2018")
    for _ in range(2):
        built = build_part(folder, "front")
        assert not any((folder / "site" / path).exists() for path in gone)
        assert (folder / "site/cite/bob-closes.bib").is_file()
        assert 'the volume "2018" has no page of the record "cy-both" any more' in built.warnings
    for left in ("third", "cy-both"):
        (row,) = [
            number
            for number, line in enumerate(
                (folder / "front/addresses.csv").read_text("utf-8").splitlines(), 1
            )
            if line.split(",")[1].endswith(left)
        ]
        assert f"addresses.csv:{row}: WARNING" in built.warnings


NEW = """
---
date: 2018-11-01
---
# Sixth

Ann: {said}`"A new one." <ann-new>`

:::{quote} ann-new
:speaker: ann
:source: post-2
:spoken: 2018-05-01
:::
"""


def hrefs(build: Build, page: str) -> set[str]:
    """Give what the links of a page lead to, by path from the root."""
    found = build.soup(page).select("main a[href]")
    inside = (str(a["href"]).partition("#")[0] for a in found)
    return {normpath(join(dirname(page), href)) for href in inside if href and "//" not in href}


def test_what_is_new_in_a_volume_has_an_address_in_the_front(
    volumes: Volumes, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder)
    (folder / "2018/reports/sixth.md").write_text(NEW.lstrip(), encoding="utf-8")
    index = folder / "2018/reports/index.md"
    index.write_text(index.read_text("utf-8").replace("third", "third\nsixth"), encoding="utf-8")
    for part in ("2018", "front"):
        assert build_part(folder, part).warnings == ""
    front = Build(0, "", folder / "site")
    assert "cite/ann-new.html" in hrefs(front, "cite/ann.html")
    for page in ("cite/ann.html", "registers/quotes.html", "registers/people.html"):
        assert all((front.out / path).is_file() for path in hrefs(front, page))
    assert "2018/cite/ann-new.html" in front.text("cite/ann-new.html")
    assert front.text("cite/ann-new.bib") == front.text("2018/cite/ann-new.bib")
    assert "2018/reports/sixth.html" in front.text("reports/sixth.html")
    assert (front.out / "record/tei/reports/sixth.xml").is_file()
    with (folder / "2018/annotations/published.csv").open("a", encoding="utf-8") as ledger:
        ledger.write("2024-03-01,ann-new,quote,published,,New,,\n")
        ledger.write("2024-03-02,ann-new,quote,withdrawn,,New,,Never said\n")
    (folder / "2018/reports/sixth.md").write_text("# Sixth\n", encoding="utf-8")
    for part in ("2018", "front"):
        assert build_part(folder, part).warnings == ""
    assert "New (withdrawn)" in front.text("record/feed.atom")
    assert "2018/cite/ann-new.html" in front.text("cite/ann-new.html")
    assert "Withdrawn" in said(one(front.soup("2018/cite/ann-new.html"), "main"))
    assert not (front.out / "cite/ann-new.bib").exists()
    assert not (front.out / "reports/sixth.html").exists()
    assert not (front.out / "record/tei/reports/sixth.xml").exists()


def test_links_and_tables_of_a_front_find_volumes_that_are_not_below_it(
    volumes: Volumes, tmp_path: Path
) -> None:
    folder, published = tmp_path / "parts", tmp_path / "published/projects"
    shutil.copytree(volumes.folder, folder, ignore=shutil.ignore_patterns("site*"))
    with served(tmp_path / "published") as site:
        listed = folder / "volumes.json"
        parts = json.loads(listed.read_text(encoding="utf-8"))
        for name, one in parts["volumes"].items():
            one["address"] = site(f"projects/{name}/en/stable/")
        parts["address"] = site("en/stable/")
        listed.write_text(json.dumps(parts), encoding="utf-8")
        for name in ("2017", "2018"):
            assert build_part(folder, name, published / f"{name}/en/stable").code == 0
        front = build_part(folder, "front", tmp_path / "published/en/stable")
        assert front.warnings == ""
        there = site("projects/2018/en/stable/")
        for page in ("registers/quotes.html", "registers/people.html", "cite/ann.html"):
            assert hrefs(front, page)
            assert all((front.out / path).is_file() for path in hrefs(front, page))
    tables = front.text("record/tables.sql")
    assert f"'{there}record/quotes.csv'" in tables
    assert "|| '2018/" not in tables


@pytest.mark.parametrize(
    ("home", "place"),
    [
        ("https://e.example/projects/{}/en/stable/", "../../projects/{}/en/stable/"),
        ("https://{}.example/", ""),
    ],
)
def test_a_front_leads_to_volumes_that_are_published_elsewhere(
    volumes: Volumes, tmp_path: Path, home: str, place: str
) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder)
    listed = json.loads((folder / "volumes.json").read_text("utf-8"))
    listed["address"] = "https://e.example/en/stable/"
    for name, volume in listed["volumes"].items():
        volume["address"] = home.format(name)
    (folder / "volumes.json").write_text(json.dumps(listed), "utf-8")
    for part in ("2017", "2018", "front"):
        built = build_part(folder, part)
        assert built.warnings == ""
    first = f"{place.format(2017)}reports/first.html"
    quotes = built.soup("registers/quotes.html").select("a[href$='#quote-ann-open']")
    assert {str(link["href"]) for link in quotes} == {f"../{first}#quote-ann-open"}
    assert built.soup("genindex.html").select(f"a[href^='{first}#']")
    uris = {item.name: item.uri for item in parse((built.out / "objects.inv").read_bytes()).items}
    assert uris["ann-open"] == f"{first}#quote-$"
    assert home.format(2017) + "reports/first.html" in built.text("reports/first.html")


def test_index_entries_that_are_none_are_reported(volumes: Volumes, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder, ignore=shutil.ignore_patterns("_doctrees"))
    (folder / "site/2017/record/index.json").write_text('{"a": [1]}', encoding="utf-8")
    built = build_part(folder, "front")
    assert 'the volume "2017" cannot be joined' in built.warnings
    assert "record/index.json" in built.warnings
    assert "disagreement" in built.text("genindex.html")


def test_a_volume_that_is_not_there_is_reported_once(volumes: Volumes, tmp_path: Path) -> None:
    shutil.copytree(volumes.folder, tmp_path / "parts", ignore=shutil.ignore_patterns("site*"))
    listed = tmp_path / "parts/volumes.json"
    listed.write_text(listed.read_text("utf-8").replace("https://e.example", "http://127.0.0.1:1"))
    built = build_part(tmp_path / "parts", "front")
    assert built.subtypes == ["record.unread-edition"] * 2
    assert 'the volume "2017" cannot be joined' in built.warnings
    again = build_part(tmp_path / "parts", "front")
    assert again.warnings == built.warnings, "until it is mended"


def test_a_list_of_volumes_that_is_damaged(
    volumes: Volumes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(volumes.folder, tmp_path / "parts", ignore=shutil.ignore_patterns("site*"))
    (tmp_path / "parts/volumes.json").write_text("{", encoding="utf-8")
    message = f"{tmp_path / 'parts/volumes.json'}: cannot be read"
    command = [sys.executable, "-m", "sphinx", "-q", str(tmp_path / "parts/2017")]
    done = subprocess.run(
        [*command, str(tmp_path / "out")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "programmable error" not in done.stderr
    assert main(["inventory", "--from", "nowhere", str(tmp_path / "parts/2017")]) == 1
    assert message in capsys.readouterr().err


def test_an_identifier_that_two_volumes_have(volumes: Volumes, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder)
    place = folder / "site/2018/record/edition.json"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace('"id":"cy-both"', '"id":"ann-open"', 1), encoding="utf-8")
    for _ in range(2):
        built = build_part(folder, "front")
        assert built.subtypes == ["record.duplicate-id"]
        assert '2018/reports/third:12: WARNING: "ann-open" is taken in the volume "2017"' in (
            built.warnings
        )


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


LATER = """
---
date: 2018-03-01
---
# A year later

{speaker}`Kelly <john-kelly>` said: {said}`"It was never in question." <kelly-later>` See
[the year before](2017-02-23-no-mass-deportations.md), {quote}`kelly-no-mass-deportations` and
{doc}`/guide/index`. {cite}`politico-2017-02-23`

:::{quote} kelly-later
:speaker: john-kelly
:source: politico-2017-02-23
:spoken: 2017-02-20
:::

:::{contradiction} later
:between: kelly-later, kelly-no-military-force
:kind: facts
:status: standing
:at-issue: |
:  kelly-later: never in question
:  kelly-no-military-force: no use of military force

Whether it was in question.
:::
"""


@pytest.mark.slow
def test_the_repositorys_own_edition_with_a_second_year(
    first_edition: Project, tmp_path: Path
) -> None:
    shutil.copytree(first_edition.folder, tmp_path / "edition")
    edition = Project(tmp_path / "edition")
    edition.put("articles/2018-03-01-later.md", LATER)
    edition.put("articles/index.md", "# Articles\n\n```{toctree}\n:glob:\n\n20*\n```\n")
    whole = edition.build("html", "-n", "-W")
    folder = tmp_path / "parts"
    address = ["--address", "https://record.example/"]
    assert main(["split", *address, str(folder), str(edition.folder)]) == 0
    volumes = sorted(path.parent.name for path in folder.glob("2*/conf.py"))
    assert {"2017", "2018"} < {*volumes}
    for part in (*volumes, "front"):
        assert build_part(folder, part).warnings == ""
    assert not (folder / "2017/guide").exists()
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/addresses.py"), whole.out, folder / "site"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
