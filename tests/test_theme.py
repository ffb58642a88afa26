"""The theme of editions: what every page says of itself, and the cards that it brings."""

from __future__ import annotations

import pytest
from conftest import Build, Project, one

BASE = "https://record.example/en/stable/"


@pytest.fixture
def themed(edition: Project) -> Project:
    conf = (edition.folder / "conf.py").read_text()
    more = f'html_theme = "ontherecord"\nhtml_baseurl = "{BASE}"\n'
    edition.put(
        "conf.py", conf + more + 'html_theme_options = {"description": "Who said <what>"}\n'
    )
    article = (edition.folder / "article.md").read_text()
    edition.put(
        "article.md", article.replace("date:", "description: Open & shut, on <one> day\ndate:", 1)
    )
    return edition


def meta(build: Build, page: str, name: str) -> str:
    key = "property" if ":" in name else "name"
    return str(one(build.soup(page), f"meta[{key}='{name}']")["content"])


def test_every_page_says_what_it_is(themed: Project) -> None:
    build = themed.build("html", "-W")
    assert build.warnings == ""
    pages = ["index", "article", "speakers", "search", "genindex", "cite/ann-open", "cite/ann"]
    titles = {}
    for name in pages:
        page = build.soup(f"{name}.html")
        assert one(page, "html")["lang"] == "en"
        assert one(page, "html")["dir"] == "ltr"
        assert one(page, "link[rel=canonical]")["href"] == f"{BASE}{name}.html"
        assert meta(build, f"{name}.html", "og:url") == f"{BASE}{name}.html"
        assert meta(build, f"{name}.html", "og:site_name") == "An edition"
        assert len(page.select("h1")) == 1, name
        titles[name] = one(page, "title").get_text()
    assert len(set(titles.values())) == len(titles), titles
    assert titles["article"] == "The library · An edition"
    assert meta(build, "article.html", "description") == "Open & shut, on <one> day"
    assert meta(build, "article.html", "og:description") == "Open & shut, on <one> day"
    assert meta(build, "article.html", "og:type") == "article"
    assert meta(build, "cite/ann-open.html", "description") == "The library stays open."


def test_an_article_has_a_head_and_a_foot(themed: Project) -> None:
    page = themed.build().soup("article.html")
    assert one(page, ".kicker time")["datetime"] == "2024-05-01"
    assert one(page, ".record-deck").get_text() == "Open & shut, on <one> day"
    assert one(page, ".record-count").get_text() == "2 statements by 2 speakers."
    sources = [line.get_text() for line in one(page, ".record-tail ul").select("li")]
    assert sources == ["The Herald, A Title of Its Own, 1 May 2024.", "The Post, 2 June 2024."]
    assert f"{BASE}article.html" in one(page, ".record-tail").get_text()


def test_a_reference_brings_its_card_and_no_other(themed: Project) -> None:
    themed.put(
        "more.md", "# More\n\n{speaker}`Her <ann>` said {quote}`ann-open`, {quote}`ann-open`.\n"
    )
    page = themed.build().soup("more.html")
    cards = {str(card["id"]): card for card in page.select("template")}
    assert cards.keys() == {"record-speaker-ann", "record-quote-ann-open"}
    assert "Mayor, Town" in cards["record-speaker-ann"].get_text()
    assert "The library stays open." in cards["record-quote-ann-open"].get_text()
    assert page.select("a.record-ref")[0]["href"] == "speakers.html#speaker-ann"


def test_a_card_at_a_reference_follows_its_record(themed: Project) -> None:
    themed.put("more.md", "# More\n\n{speaker}`ann`.\n")
    themed.build()
    speakers = (themed.folder / "speakers.md").read_text()
    themed.put("speakers.md", speakers.replace("Mayor; Town", "Governor; Town"))
    assert "Governor" in one(themed.build().soup("more.html"), "template").get_text()


def test_the_head_follows_the_pages_that_it_names(themed: Project) -> None:
    """Where conf.py names none they are the first of the front page's table of contents."""
    themed.build()
    speakers = (themed.folder / "speakers.md").read_text()
    themed.put("speakers.md", speakers.replace("# Speakers", "# Those who speak"))
    page = themed.build().soup("article.html")
    assert "Those who speak" in one(page, "header nav").get_text()


def test_words_at_issue_alone_get_the_double_line(themed: Project) -> None:
    themed.put(
        "case.md",
        "# C\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:at-issue: |\n"
        ":  ann-open: stays open\n:  bob-closes: closes\n\nC.\n:::\n",
    )
    build = themed.build("html", "-W")
    assert build.warnings == ""
    mark = one(build.soup("article.html"), "[id='quote-ann-open']")
    assert mark.get_text() == "The library stays open."
    assert one(mark, ".record-issue").get_text() == "stays open"
    assert "record-has-issue" in mark["class"]
    case = one(build.soup("case.html"), "#contradiction-c")
    assert [words.get_text() for words in case.select(".record-issue")] == ["stays open", "closes"]
    card = one(build.soup("article.html"), "[id='card-ann-open']")
    assert "In contradiction with Bob Birch, “closes”" in card.get_text()
    assert one(build.soup("cite/c.html"), "h1").get_text() == "“stays open”, “closes”"


def test_a_page_brings_what_it_uses(themed: Project) -> None:
    themed.put("code.md", "# Code\n\n```python\nx = 1\n```\n")
    build = themed.build()
    for name in ("article", "code"):
        page = build.soup(f"{name}.html")
        sheets = [
            str(link["href"]).partition("?")[0] for link in page.select("link[rel=stylesheet]")
        ]
        assert sheets == ["_static/ontherecord.css", "_static/edition.css"], name
        scripts = [str(script["src"]).partition("?")[0] for script in page.select("script[src]")]
        assert scripts == ["_static/ontherecord.js"], name
