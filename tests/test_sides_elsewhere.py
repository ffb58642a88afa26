"""A side of a case that is in another volume stands there as one that is not."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from conftest import one, published
from ontherecord.commands.main import main
from ontherecord.edition import Edition
from ontherecord.exchange.reading import load
from ontherecord.parting.statements import content, quotes_in, statements_of
from ontherecord.records import Contradiction, Document, Origin, Post, Quote, Source, Speaker
from ontherecord.values import replace
from ontherecord.views.records import RecordViews
from ontherecord.views.shapes import Statement
from parted_edition import ADDRESS, Volumes, build_part

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

OPEN = ("Ann Arden", "Mayor", "The library stays open.", "23 February 2017", "The Herald")
CLOSES = ("Bob Birch", "", "It closes in June.", "1 May 2018", "The Post")
BOTH = ("Cy Cole", "", "Both are right.", "1 May 2018", "The Post")


def said(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def shown(side: Tag) -> tuple[str, ...]:
    """Give who said what when, in which post and by which source."""
    post = side.find(class_="record-post")
    return (
        said(one(side, ".record-name")),
        said(post) if post else "",
        said(one(side, ".record-words")),
        said(one(side, ".record-when")).rstrip("."),
        said(one(side, ".record-source")).partition("; ")[0],
    )


@pytest.mark.parametrize("part", ["2017", "2018"])
def test_both_sides_and_the_answer_are_whole_in_each_volume(volumes: Volumes, part: str) -> None:
    case = volumes.built(part).soup("registers/cases.html")
    sides = case.select(".record-sides .record-side")
    assert [shown(side) for side in sides] == [OPEN, CLOSES, BOTH]
    in_whole = volumes.whole.soup("cite/stay.html").select(".record-sides .record-side")
    assert [shown(side) for side in in_whole] == [OPEN, CLOSES, BOTH]
    marked = [said(mark) for mark in case.select(".record-sides mark, .record-sides .record-issue")]
    assert marked == ["stays open", "closes"]


def test_a_side_elsewhere_leads_to_where_it_stands_and_names_the_volume(volumes: Volumes) -> None:
    sides = volumes.built("2017").soup("cite/stay.html").select(".record-sides .record-side")
    link = one(sides[1], ".record-source a[href*='/2018/']")
    assert said(link) == "in An edition, 2018"
    assert link["href"] == f"{ADDRESS}2018/reports/second.html#quote-bob-closes"


def test_titles_and_citations_are_those_of_the_whole(volumes: Volumes) -> None:
    for part, name in (("2017", "stay"), ("2018", "june")):
        own, whole = volumes.built(part), volumes.whole
        page = f"cite/{name}.html"
        assert said(one(own.soup(page), "h1")) == said(one(whole.soup(page), "h1"))
        for suffix in ("bib", "ris", "json"):
            text = own.text(f"cite/{name}.{suffix}").replace(f"An edition, {part}", "An edition")
            text = text.replace(f"{ADDRESS}{part}/", ADDRESS)
            pattern = r"swh:1:cnt\S+"
            assert re.sub(pattern, "", text) == re.sub(
                pattern, "", whole.text(f"cite/{name}.{suffix}")
            )


def test_cards_name_who_stands_against_the_words(volumes: Volumes) -> None:
    page = volumes.built("2017").soup("reports/first.html")
    against = [said(line) for line in page.select(".record-cards .record-against")]
    assert against == [
        "In contradiction with Ann Arden, “I never said June.”, in An edition, 2018.",
        "In contradiction with Bob Birch, “closes”, in An edition, 2018; "
        "answered by Cy Cole, in An edition, 2018.",
    ]
    assert "Ann Arden, in contradiction with Ann Arden, Bob Birch" in said(page)
    line = "Bob Birch, 1 May 2018: “closes”, in An edition, 2018"
    template = one(page, "#record-contradiction-stay")  # Whose text is no page's.
    assert line in "".join(template.find_all(string=True))
    other = volumes.built("2018").soup("cite/bob-closes.html")
    against_bob = said(other.select(".record-against")[0])
    assert "Ann Arden, “stays open”, in An edition, 2017" in against_bob


def test_exports_say_of_a_side_elsewhere_what_they_say_of_their_own(volumes: Volumes) -> None:
    out = volumes.site / "2017"
    known = json.loads((out / "record/edition.json").read_text("utf-8"))["remote"]
    bob = next(one for one in known if one["id"] == "2018:bob-closes")
    assert (bob["words"], bob["speaker-name"], bob["spoken"], bob["source"]) == (
        *("It closes in June.", "Bob Birch", "2018-05-01", "post-2"),
    )
    read = load(out / "record/edition.json")
    assert read.label(read.contradictions["stay"]) == "Ann Arden / Bob Birch"
    assert read.at_issue_in(read.contradictions["stay"]) == {
        "ann-open": ("stays open",),
        "2018:bob-closes": ("closes",),
    }
    remote = pd.read_csv(out / "record/remote.csv").set_index("id")
    assert remote.loc["2018:bob-closes", "speaker_name"] == "Bob Birch"
    assert remote.loc["2018:bob-closes", "spoken"] == "2018-05-01"
    data = (
        volumes.built("2017").soup("cite/stay.html").find_all("script", type="application/ld+json")
    )
    sides = next(one for one in map(json.loads, (tag.text for tag in data)) if "about" in one)
    assert [side["spokenByCharacter"]["name"] for side in sides["about"]] == [
        *("Ann Arden", "Bob Birch"),
    ]
    assert [side["text"] for side in sides["about"]] == [OPEN[2], CLOSES[2]]
    feed = volumes.built("2017").text("record/feed.atom")
    assert "Bob Birch, 1 May 2018. Source: The Post" in feed
    assert "Answer of Cy Cole:" in feed
    annotations = (out / "record").glob("web-annotations/*.jsonld")
    assert any('"Both are right."' in path.read_text("utf-8") for path in annotations)


def test_an_edit_in_one_volume_is_shown_in_the_other(
    volumes: Volumes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder)
    for part in ("2017", "2018"):  # Where things are is part of what is kept.
        build_part(folder, part)
    (folder / "2018/annotations/published.csv").unlink()
    article = folder / "2018/reports/second.md"
    text = article.read_text("utf-8").replace("2018-05-01", "2018-04-29")
    article.write_text(text, "utf-8")
    people = folder / "2018/registers/people.md"
    people.write_text(people.read_text("utf-8").replace("Bob Birch", "Rob Birch"), "utf-8")
    assert build_part(folder, "2018").warnings == ""
    monkeypatch.chdir(folder)
    for way in ("of a site", "of what was read"):
        if way == "of a site":
            assert main(["inventory", "--from", "site", "2017"]) == 0
        else:
            assert main(["inventory", "--output", "all/2018.inv", "2018"]) == 0
            before = (folder / "2017/inventories/2018.json").read_bytes()
            assert main(["inventory", "--from", "all", "2017"]) == 0
            assert (folder / "2017/inventories/2018.json").read_bytes() == before
    built = build_part(folder, "2017")
    assert built.warnings == ""
    sides = built.soup("cite/stay.html").select(".record-sides .record-side")
    assert shown(sides[1]) == ("Rob Birch", "", CLOSES[2], "29 April 2018", "The Post")
    again = published(folder / "site/2017")
    shutil.rmtree(folder / "site/2017")
    shutil.rmtree(folder / "_doctrees/2017")
    build_part(folder, "2017")
    anew = published(folder / "site/2017")
    assert [name for name in anew.keys() | again.keys() if anew.get(name) != again.get(name)] == []


def test_what_cannot_be_read_is_said_and_what_is_not_there_is_not(
    volumes: Volumes, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder, ignore=shutil.ignore_patterns("site", "_doctrees"))
    told = folder / "2017/inventories/2018.json"
    assert build_part(folder, "2017").warnings == ""
    told.write_text('[{"id": "bob-closes", "words": 5}]', "utf-8")
    assert build_part(folder, "2017").warnings != "", "though no document has changed"
    built = build_part(folder, "2017")
    assert built.warnings.count("WARNING") == 1
    assert f'{told}:1: WARNING: what is known of the statements of "2018"' in built.warnings
    assert "`make inventories`" in built.warnings
    assert "[record.unreadable-file]" in built.warnings
    told.unlink()
    built = build_part(folder, "2017")
    assert built.warnings == ""
    assert "A statement in another edition." in said(one(built.soup("cite/stay.html"), "main"))


def test_renewing_says_which_statements_it_did_not_find(
    volumes: Volumes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "parts"
    shutil.copytree(volumes.folder, folder, ignore=shutil.ignore_patterns("_doctrees"))
    (folder / "site/2018/record/edition.json").unlink()
    told = folder / "2017/inventories/2018.json"
    before = told.read_bytes()
    assert main(["inventory", "--from", str(folder / "site"), str(folder / "2017")]) == 0
    assert "has no statements of 2018, and what was known of it stays" in capsys.readouterr().err
    assert told.read_bytes() == before
    (folder / "site/2018.json").write_text("[", "utf-8")
    assert main(["inventory", "--from", str(folder / "site"), str(folder / "2017")]) == 1
    assert f"{folder / 'site/2018.json'}: " in capsys.readouterr().err


def test_a_side_elsewhere_has_what_views_have_of_one_here() -> None:
    here = Quote(
        *("ann-open", Origin("d", 1), "ann", "herald-1", "One.\n\nTwo."),
        spoken="2017-02-23",
        time="10:00-05:00",
        time_is="event-began",
        lang="es",
        place="Town hall",
        to="the press",
        asked="Is it open?",
    )
    ann = Speaker("ann", Origin("d", 2), "Ann Arden", posts=(Post("Mayor"),))
    fields = (("shorttitle", "The Herald"), ("url", "https://h.example/1"))
    source = Source("herald-1", "misc", (), fields)
    case = Contradiction(
        "stay", Origin("d", 3), ("ann-open", "bob"), at_issue=(("ann-open", "One"),)
    )
    records = (here, ann, case)
    there = Edition({"d": Document("d", "D", records=records)}, {"herald-1": source})
    told = quotes_in(content(statements_of(there).values()))["ann-open"]
    case = replace(case, between=("there:ann-open", "bob"), at_issue=())
    known = {"there:ann-open": replace(told, id="there:ann-open", edition="There")}
    edition = Edition({"d": Document("d", "D", records=(case,))}, {}, remote=known)
    view = RecordViews(edition).contradiction(case)
    side, whole = view.sides[0], RecordViews(there).statement(here)
    assert isinstance(side, Statement)
    apart = {"link": side.link, "speaker": side.speaker, "source": side.source}
    assert replace(whole, **apart) == side
    assert (side.link.edition, side.link.lang, side.speaker) == ("There", "es", None)
    assert (side.source.label, side.source.url) == ("The Herald", "https://h.example/1")
    assert view.at_issue == (("there:ann-open", "One"),)
