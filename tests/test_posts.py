"""In which post a statement's speaker is named: that of the day, as far as it is known."""

from __future__ import annotations

import sqlite3

import pytest
from conftest import Project, one
from ontherecord.edition import Edition
from ontherecord.evidence.quote_evidence import evidence
from ontherecord.exchange import schema_org
from ontherecord.imprint import Imprint
from ontherecord.records import Document, Origin, Post, Quote, Speaker
from ontherecord.views import Views

SECRETARY = Post("Secretary", "Press Office")
MAYOR = Post("Mayor", "Town", "2017/2020")
AGAIN = Post("Mayor", "Town", "2018-06/")


def edition_of(posts: tuple[Post, ...], spoken: str) -> tuple[Edition, Quote]:
    quote = Quote("q", Origin("a", 2), "s", "k", block="W.", spoken=spoken)
    records = (Speaker("s", Origin("a", 1), "S", posts=posts), quote)
    return Edition({"a": Document("a", "A", records=records)}, {}, imprint=Imprint("E")), quote


@pytest.mark.parametrize(
    ("posts", "spoken", "named", "is_noted"),
    [
        ((SECRETARY,), "2017-02-23", "Secretary", False),
        ((SECRETARY,), "", "Secretary", False),
        ((SECRETARY, Post("Poet")), "2017", "Secretary; Poet", False),
        ((SECRETARY, MAYOR), "2017-02-23", "Mayor", False),
        ((SECRETARY, MAYOR), "2022-02-23", "Secretary", False),  # It may have been held then.
        ((SECRETARY, MAYOR), "", "", False),
        ((MAYOR,), "2022-02-23", "", True),
        ((MAYOR, AGAIN), "2019-02-23", "Mayor", False),
        ((Post("Poet", "", "2019"), MAYOR, AGAIN), "2019-02-23", "Poet; Mayor", False),
    ],
)
def test_a_speaker_is_named_in_the_post_of_the_day(
    posts: tuple[Post, ...], spoken: str, named: str, is_noted: bool
) -> None:
    edition, quote = edition_of(posts, spoken)
    assert Views(edition).statement(quote).post == named
    kinds = [finding.kind for finding in evidence(edition, quote).findings]
    assert kinds.count("no-post") == is_noted


def test_a_post_without_dates_is_shown_and_exported(edition: Project) -> None:
    speakers = (edition.folder / "speakers.md").read_text()
    dated = "Mayor; Town; 2020/2024"
    assert dated in speakers
    twice = "Mayor; Town; 2020/\n:  Mayor; Town; 2024/"
    for posts, body in (("Press Secretary; Town Hall;", "Town Hall"), (twice, "Town")):
        edition.put("speakers.md", speakers.replace(dated, posts))
        title = posts.partition(";")[0]
        build = edition.build("html", "-W")
        card = one(build.soup("article.html"), "#card-ann-open .record-post")
        assert card.get_text() == title
        facts = build.soup("cite/ann-open.html").select(".facts .record-post")
        assert [fact.get_text() for fact in facts] == [title]
        with sqlite3.connect(build.out / "record" / "edition.sqlite") as database:
            found = database.execute("SELECT posts FROM quotes_in_full WHERE id = 'ann-open'")
            assert found.fetchall() == [(f"{title}, {body}",)]
        database.close()
        assert f"**Ann Arden**, {title} " in edition.build("text").squeezed("article.txt")


def test_a_post_without_dates_is_a_role_without_dates() -> None:
    spoken_by = schema_org.of_quote(*edition_of((SECRETARY,), "2017-02-23"))["spokenByCharacter"]
    assert spoken_by["affiliation"]["roleName"] == "Secretary"
    assert "startDate" not in spoken_by["affiliation"]
