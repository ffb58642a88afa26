"""Copies of records that are at home in another edition: shown here, and cited there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import CONF, EXTENSION, Build, Project, make_edition, one, published
from ontherecord.commands.main import main
from ontherecord.exchange.format import export
from ontherecord.exchange.reading import load
from ontherecord.finding.indexed import Entries
from ontherecord.joining.redirects import MARK, Redirects, link
from sphobjinv import Inventory

VOTE = """
---
date: 2024-06-01
---
# The vote

Ann said: {said}`"The library was never to stay open." <ann-never>`

:::{quote} ann-never
:speaker: ann
:source: herald-2024
:spoken: 2024-05-30
:::
"""

COPIES = """
# From the archive

:::{speaker} ann
:name: Ann Arden
:posts: |
:  Mayor; Town; 2020/2024
:copied-from: archive
:::

:::{contradiction} stay
:between: archive:ann-open, ann-never
:kind: facts
:copied-from: archive

Whether the library was to stay open.
:::
"""


@pytest.fixture
def here(tmp_path: Path) -> Project:
    """An edition with copies of two records of an archive, which is built as well."""
    archive = make_edition(tmp_path / "archive", 'project = "The Archive"\n')
    archive.build()
    mapping = {
        "archive": ("https://e.example/archive/", str(tmp_path / "archive-html/objects.inv"))
    }
    project = Project(tmp_path / "here")
    project.put(
        "conf.py",
        CONF.format(extension=str(EXTENSION))
        + 'extensions = ["ontherecord", "sphinx.ext.intersphinx"]\n'
        + f'intersphinx_mapping = {mapping!r}\nrecord_address = "https://e.example/here/"\n',
    )
    project.put("references.bib", "@misc{herald-2024, title = {A Title}, date = {2024-06-01}}\n")
    project.put("index.md", "# Here\n\n```{toctree}\n:glob:\n\n*\n```\n")
    project.put("vote.md", VOTE)
    project.put("copies.md", COPIES)
    return project


def rows(build: Build, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(build.text(f"record/{name}.csv").splitlines()))


def test_a_copy_is_shown_and_counted_here(here: Project) -> None:
    build = here.build("html", "-n", "-W")
    assert build.warnings == ""
    assert "Mayor" in build.soup("vote.html").get_text()
    assert "never to stay open" in build.soup("copies.html").select_one("#speaker-ann").get_text()
    page = build.soup("cite/ann-never.html")
    assert "Whether the library was to stay open" in build.text("copies.html")
    assert page.select("#against"), "the statement is contradicted"


def test_its_address_is_its_home(here: Project) -> None:
    build = here.build()
    home = "https://e.example/archive/cite/ann.html"
    page = build.text("cite/ann.html")
    assert MARK in page
    assert one(build.soup("cite/ann.html"), "link[rel=canonical]")["href"] == home
    assert '"../../archive/cite/ann.html" + location.search + location.hash' in page
    assert not (build.out / "cite" / "ann.bib").exists()
    made = json.loads(build.text("record/edition.json"))
    speaker = next(one for one in made["speakers"] if one["id"] == "ann")
    assert (speaker["address"], speaker["copied-from"]) == (home, "archive")
    assert [(row["id"], row["address"], row["copied_from"]) for row in rows(build, "records")] == [
        ("ann", home, "archive"),
        ("ann-never", "https://e.example/here/cite/ann-never.html", ""),
        ("stay", "https://e.example/archive/cite/stay.html", "archive"),
    ]


def test_it_is_listed_at_its_home_alone(here: Project) -> None:
    build = here.build()
    objects = Inventory(str(build.out / "objects.inv")).objects
    assert {one.name for one in objects if one.domain == "record"} == {"ann-never"}
    assert "cite/ann.html" not in build.text("sitemap.xml")
    edition = load(build.out)
    found = Entries(edition, lambda name, anchor: f"{name}#{anchor}").all([])
    assert [entry.url for entry in found] == ["vote#quote-ann-never"]
    main(["publish", str(here.folder)])
    ledger = (here.folder / "annotations/published.csv").read_text(encoding="utf-8")
    assert [line.split(",")[1] for line in ledger.splitlines()] == ["id", "ann-never"]


def test_exports_of_what_was_read_back_are_the_same(here: Project, tmp_path: Path) -> None:
    build = here.build()
    names = ["json", "csv", "citations", "linkset"]
    for path in export(load(build.out), tmp_path / "again", names):
        assert (tmp_path / "again" / path).read_bytes() == (build.out / path).read_bytes(), path


def test_an_edition_that_is_not_known(here: Project) -> None:
    here.put("copies.md", COPIES.replace("copied-from: archive", "copied-from: archiv", 1))
    build = here.build()
    assert build.subtypes == ["record.unknown-edition"]
    assert 'copies.md:7: WARNING: there is no edition "archiv"' in build.warnings
    assert 'did you mean "archive"?' in build.warnings


def test_a_name_that_is_none(here: Project) -> None:
    here.put("copies.md", COPIES.replace("copied-from: archive", "copied-from: an archive", 1))
    assert here.build().subtypes == ["record.bad-value"]


def test_what_is_copied_no_more_has_its_page_again(here: Project) -> None:
    here.build()
    here.put("copies.md", COPIES.replace(":copied-from: archive\n", "", 1))
    again = published(here.build().out)
    assert MARK not in again["cite/ann.html"].decode()
    assert again == published(here.build(out="clean").out)
    here.put("copies.md", "# From the archive\n")
    here.put("vote.md", VOTE.replace(":speaker: ann", ":speaker: archive"))
    assert "cite/stay.html" not in published(here.build().out)


@pytest.mark.parametrize(
    ("there", "shown"),
    [
        ("https://e.example/2017/cite/a.html#x", "../2017/cite/a.html#x"),
        ("https://e.example/cite/", "./"),
        ("https://e.example/", "../"),
        ("https://e.example", "../"),
        ("https://e.example/2017/", "../2017/"),
        ("https://other.example/cite/a.html", "https://other.example/cite/a.html"),
        ("https://e.example/cite/c.html?q=1#h", "c.html?q=1#h"),
    ],
)
def test_a_link_stays_on_the_host(there: str, shown: str) -> None:
    assert link("https://e.example/cite/b.html", there) == shown


def test_no_text_of_an_address_ends_the_script() -> None:
    page = Redirects("en", "https://e.example/", "Now at").page(
        "a.html", "https://x.example/</script>"
    )
    assert page.count("</script>") == 1
