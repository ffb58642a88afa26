"""A page with hundreds of notes: which of them have a card on it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Project, make_edition
from ontherecord.apparatus.beside import MOST_CARDS


def article(count: int) -> str:
    said = "\n\n".join(
        f'They said: {{said}}`"Words number {number}." <q{number}>`.' for number in range(count)
    )
    records = "\n".join(
        f":::{{quote}} q{number}\n:speaker: ann\n:source: herald-2024\n:::\n"
        for number in range(count)
    )
    case = ":::{contradiction} case\n:between: q0, q1\n:kind: facts\n\nThey differ.\n:::\n"
    note = ":::{annotation} note\n:on: q2\n:type: context\n\nA note.\n:::\n"
    return f"---\ndate: 2024-05-02\n---\n# Many\n\n{said}\n\n{records}\n{case}\n{note}"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Build:
    project = make_edition(tmp_path_factory.mktemp("many") / "edition")
    project.put("article.md", article(MOST_CARDS + 1))
    built = project.build()
    assert built.warnings == ""
    return built


def number_of(page: BeautifulSoup, name: str) -> str:
    mark = page.select_one(f"#quote-{name}")
    assert mark is not None
    number = mark.find_next("a", class_="record-note")
    assert number is not None
    return str(number["href"])


def test_what_is_contradicted_or_has_a_note_keeps_its_card(many: Build) -> None:
    page = many.soup("article.html")
    assert [card["id"] for card in page.select(".record-card[id]")] == [
        "card-q0",
        "card-q1",
        "card-q2",
    ]
    assert number_of(page, "q1") == "#card-q1"
    assert page.select_one("#quote-q1")["data-card"] == "card-q1"  # type: ignore[index]


def test_the_number_of_any_other_leads_to_its_page(many: Build) -> None:
    page = many.soup("article.html")
    assert number_of(page, "q7") == "cite/q7.html"
    assert "data-card" not in page.select_one("#quote-q7").attrs  # type: ignore[union-attr]
    shown = many.soup("cite/q7.html").get_text(" ", strip=True)
    assert "Words number 7." in shown


def test_with_fewer_notes_or_without_such_pages_each_has_its_card(edition: Project) -> None:
    edition.put("article.md", article(MOST_CARDS))
    page = edition.build().soup("article.html")
    assert len(page.select(".record-card[id]")) == MOST_CARDS
    edition.put("article.md", article(MOST_CARDS + 1))
    without = edition.build("html", "-D", "record_citation_pages=0", out="without")
    assert len(without.soup("article.html").select(".record-card[id]")) == MOST_CARDS + 1
