"""What stands in the heads of pages, as reference managers read it."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from conftest import Project
from hypothesis import HealthCheck, given, settings
from ontherecord.citing.coins import coins
from ontherecord.citing.item import Item, Name
from ontherecord.citing.meta_tags import meta_tags
from ontherecord.citing.of_record import item_of_article, item_of_record
from ontherecord.edition import Edition
from ontherecord.words import fold_space
from random_editions import editions

CONF = '\nrecord_address = "https://edition.example/en/"\nrecord_licence = "CC-BY-4.0"\n'


@pytest.fixture
def published(edition: Project) -> Project:
    edition.put("conf.py", (edition.folder / "conf.py").read_text() + CONF)
    speakers = (edition.folder / "speakers.md").read_text()
    edition.put(
        "speakers.md", speakers.replace(":name: Ann Arden\n", ":name: Ann Arden\n:family: Arden\n")
    )
    return edition


def tags(build, page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in build.soup(page).find_all("meta", attrs={"name": True}):
        found.setdefault(meta["name"], []).append(meta["content"])
    return found


def test_a_record_is_a_section_of_the_book(published: Project) -> None:
    found = tags(published.build(), "cite/ann-open.html")
    assert found["citation_title"] == ["The library stays open."]
    assert found["citation_author"] == ["Arden, Ann"]
    assert found["citation_inbook_title"] == ["An edition"]
    assert found["citation_public_url"] == ["https://edition.example/en/cite/ann-open.html"]
    assert found["citation_language"] == ["en"]
    assert found["z:itemType"] == ["bookSection"]
    assert found["DC.description"][0].splitlines()[0] == "Original Date: 2024-05-01"
    assert found["DCTERMS.abstract"] == ["The library stays open."]
    assert not {name for name in found if "journal" in name or "conference" in name}


def test_an_article_is_one_of_a_newspaper(published: Project) -> None:
    found = tags(published.build(), "article.html")
    assert found["z:itemType"] == ["newspaperArticle"]
    assert found["citation_title"] == ["The library"]
    assert found["citation_publication_date"] == ["2024/05/01"]
    forcing = {"citation_inbook_title", "citation_journal_title", "citation_book_title"}
    assert not forcing & set(found)


def test_pages_of_a_kind_differ_in_their_own_titles(published: Project) -> None:
    # One speaker is called as the edition is, and says so; the other has a name to be escaped.
    speakers = (published.folder / "speakers.md").read_text()
    speakers = speakers.replace("Ann Arden", "An edition").replace("Bob Birch", "Bob & <Birch>")
    published.put("speakers.md", speakers)
    build = published.build()
    for identifier, title, name in (
        ("ann", "An edition", "An edition"),
        ("bob", "Bob & <Birch> · An edition", "Bob & <Birch>"),
    ):
        page = build.soup(f"cite/{identifier}.html")
        assert page.title.get_text() == title
        assert page.find("meta", property="og:title")["content"] == name == page.h1.get_text()
        assert page.find("link", rel="canonical")["href"].endswith(f"/cite/{identifier}.html")
        assert name in page.find("meta", attrs={"name": "description"})["content"]


def test_a_name_without_parts_is_not_taken_apart() -> None:
    item = Item(
        id="a",
        type="chapter",
        authors=(Name(literal="Department of Justice"), Name(literal="Pelé")),
    )
    authors = [content for name, content in meta_tags(item) if name == "citation_author"]
    assert authors == ["Department of Justice,", "Pelé"]
    spanish = Item(id="a", type="chapter", authors=(Name(family="Peña Nieto", given="Enrique J."),))
    assert dict(meta_tags(spanish))["citation_author"] == "Peña\u00a0Nieto, Enrique J."


def test_registers_have_coins_and_nothing_else_has(published: Project) -> None:
    published.put("quotes.md", "# Quotes\n\n:::{quotes}\n:::\n")
    build = published.build()
    found = build.soup("quotes.html").select("span.Z3988")
    assert len(found) == 2
    for span in found:
        fields = parse_qs(str(span["title"]), strict_parsing=True)
        assert fields["rft.genre"] == ["bookitem"]
        assert fields["rft_id"][0].startswith("https://edition.example/en/cite/")
    for page in build.out.rglob("*.html"):
        if page.name != "quotes.html":
            assert "Z3988" not in page.read_text(), page


@given(editions())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_changes_in_a_tag(edition: Edition) -> None:
    for quote in edition.quotes.values():
        item = item_of_record(edition, quote)
        words = edition.words(quote)
        found = dict(meta_tags(item))
        opening = item.title.removesuffix(" […]")
        assert words.opening.startswith(opening)
        assert found["citation_title"] == item.title
        assert found["DCTERMS.abstract"] == fold_space(words.text)
        fields = parse_qs(coins(item), strict_parsing=True)
        assert fields["rft.atitle"] == [item.title]
    for docname, article in edition.articles.items():
        found = dict(meta_tags(item_of_article(edition, docname)))
        assert found["citation_title"] == fold_space(article.title)
