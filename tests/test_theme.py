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


def test_a_speakers_list_of_statements_brings_no_cards(themed: Project) -> None:
    """There may be hundreds of them, and each line says what its card would."""
    page = themed.build().soup("speakers.html")
    assert len(page.select(".record-statements a.record-ref")) == 2
    assert page.select("template") == []


def test_a_card_in_the_margin_is_short_and_says_the_rest_when_it_is_pointed_at(
    themed: Project,
) -> None:
    article = (themed.folder / "article.md").read_text(encoding="utf-8")
    options = ":locator: second paragraph\n:asked: Does it stay open?\n"
    themed.put("article.md", article.replace(":spoken:", f"{options}:spoken:", 1))
    themed.put(
        "cases.md",
        "# Cases\n\n:::{contradiction} stay\n:between: ann-open, bob-closes\n"
        ":answered-by: ann-again, ann-more\n\nNo.\n:::\n\n"
        ":::{quote} ann-again\n:speaker: ann\n:source: wire-2024\n\nIt does.\n:::\n\n"
        ":::{quote} ann-more\n:speaker: ann\n:source: wire-2024\n\nIt will.\n:::\n",
    )
    page = themed.build().soup("article.html")
    card, other = page.select(".record-card")
    more = one(card, ".record-more").extract().get_text()
    assert "Asked: Does it stay open?" in more and "second paragraph" in more
    assert "second paragraph" not in card.get_text() and "Asked" not in card.get_text()
    line = " ".join(one(other, ".record-against").get_text().split())
    assert (
        line == "In contradiction with Ann Arden, “The library stays open.”; answered by Ann Arden."
    )


def test_a_card_at_a_reference_follows_its_record(themed: Project) -> None:
    themed.put("more.md", "# More\n\n{speaker}`ann`.\n")
    themed.build()
    speakers = (themed.folder / "speakers.md").read_text()
    themed.put("speakers.md", speakers.replace("Mayor; Town", "Governor; Town"))
    assert "Governor" in one(themed.build().soup("more.html"), "template").get_text()


def test_the_head_follows_the_pages_that_it_names(themed: Project) -> None:
    """Where conf.py names none they are the first of the front page's table of contents."""
    themed.put("index.md", "# E\n\n```{toctree}\nspeakers\narticle\nnear\naway\n```\n")
    themed.put("near.md", "# Near\n")
    themed.put("away.md", "# Away, and not next to what is named\n")
    themed.build()
    speakers = (themed.folder / "speakers.md").read_text()
    themed.put("speakers.md", speakers.replace("# Speakers", "# Those who speak"))
    page = themed.build().soup("away.html")
    assert "Those who speak" in one(page, "header nav").get_text()


def test_an_article_without_a_description_gives_its_beginning(themed: Project) -> None:
    article = (themed.folder / "article.md").read_text()
    themed.put("article.md", article.replace("description: Open & shut, on <one> day\n", ""))
    assert meta(themed.build(), "article.html", "description").startswith("Ann said: “The library")


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


CASE = (
    "# C\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:status: alleged\n"
    ":at-issue: |\n:  bob-closes: closes\n\nSays of {quote}`ann-open` and {cite}`post-2024`.\n:::\n"
)


@pytest.mark.parametrize(
    "link", ["[x](#quote-bob-closes)", "{any}`bob-closes`", "[](#contradiction-c)"]
)
@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (
            "article.md",
            ":source: post-2024\n:spoken: 2024-05-01",
            ":source: post-2024\n:spoken: 2023",
        ),
        ("case.md", ":status: alleged", ":status: standing"),
        ("case.md", "bob-closes: closes", "bob-closes: in June"),
        ("references.bib", "{The Post}", "{The Evening Post}"),
    ],
)
def test_links_of_any_spelling_bring_cards_that_follow(
    themed: Project, link: str, file: str, before: str, after: str
) -> None:
    themed.put("case.md", CASE)
    themed.put("more.md", f"# More\n\n{link}\n")
    themed.build()
    text = (themed.folder / file).read_text()
    assert before in text
    (themed.folder / file).write_text(text.replace(before, after))
    again = themed.build().text("more.html")
    assert "<template" in again
    assert again == themed.build(out="clean").text("more.html")


def test_several_words_at_issue_are_each_marked(themed: Project) -> None:
    themed.put(
        "case.md",
        CASE.replace(
            ":  bob-closes",
            ":  ann-open: stays\n:  ann-open: stays open\n:  ann-open: The\n:  bob-closes",
        ),
    )
    page = themed.build("html", "-W").soup("article.html")
    mark = one(page, "[id='quote-ann-open']")
    assert mark.get_text() == "The library stays open."
    assert [one.get_text() for one in mark.select(".record-issue")] == ["The", "stays open"]
    excerpt = themed.build().soup("cite/ann-open.html").select(".record-mark")
    assert [one.get_text() for one in excerpt[0].select(".record-issue")] == ["The", "stays open"]


def test_a_block_quotation_stands_in_its_article(themed: Project) -> None:
    block = ":spoken: 2024-05-01\n\nFirst words.\n\nAnd second.\n:::"
    article = (themed.folder / "article.md").read_text()
    words = '{said}`"It closes in June." <bob-closes>`'
    assert article.count(":spoken: 2024-05-01\n:::") == 2
    assert words in article
    article = article.replace(words, "he was silent.")
    article = article.replace(
        ":source: post-2024\n:spoken: 2024-05-01\n:::", f":source: post-2024\n{block}"
    )
    themed.put("article.md", article)
    page = themed.build("html", "-W").soup("cite/bob-closes.html")
    place = one(page, "#article + p a")
    assert place.get_text() == "The library, paragraph 2"
    assert place["href"] == "../article.html#quote-bob-closes"
    assert one(page, "#article").get_text() == "In the article"
    assert "Stands in the article." in page.get_text()
    assert "the edition" not in one(page, "main").get_text()
    # Where it stands elsewhere, no article is named.
    themed.put("article.md", article.replace(article[article.index(":::{quote} bob") :], ""))
    themed.put("bob.md", "# Bob\n\n" + article[article.index(":::{quote} bob") :])
    page = themed.build("html", "-W").soup("cite/bob-closes.html")
    assert "Stands in the edition." in page.get_text()
    assert one(page, "#article").get_text() == "In its place"


def test_a_note_on_a_passage_and_on_a_quote_stands_at_both(themed: Project) -> None:
    article = (themed.folder / "article.md").read_text()
    note = "\n:::{annotation} to-whom\n%s:source: post-2024\n\nHe did not say to whom.\n:::\n"
    article = article.replace("And Bob:", "And Bob, {passage}`in public <to-whom>`:")
    themed.put("article.md", article + note % ":on: bob-closes\n")
    build = themed.build("html", "-W")
    assert "He did not say to whom." in one(build.soup("article.html"), "#card-to-whom").get_text()
    more = one(build.soup("article.html"), "#card-bob-closes .record-on")
    assert more.get_text() == "Note: He did not say to whom."
    assert "He did not say to whom." in one(build.soup("cite/bob-closes.html"), "main").get_text()
    themed.put("article.md", article + note % "")
    page = one(themed.build("html", "-W").soup("cite/bob-closes.html"), "main")
    assert "He did not say to whom." not in page.get_text()


def test_words_in_tension_are_marked_as_such(themed: Project) -> None:
    tension = CASE.replace("c\n:between", "t\n:relation: tension\n:between", 1)
    themed.put("case.md", tension)
    build = themed.build("html", "-W")
    page = build.soup("article.html")
    marks = {one["id"]: one for one in page.select(".record-mark")}
    ann, bob = marks["quote-ann-open"], marks["quote-bob-closes"]
    assert [one.get_text() for one in page.select(".record-tension-issue")] == ["closes"]
    assert page.select(".record-issue, .record-contradicted:not(.record-shape)") == []
    assert {"record-in-tension", "record-has-tension-issue"} <= set(bob["class"])
    assert "record-in-tension" in ann["class"]
    assert "record-has-tension-issue" not in ann["class"], "the editor named none of its words"
    cards = page.select(".record-card.record-in-tension")
    assert [card["id"] for card in cards] == ["card-ann-open", "card-bob-closes"]
    summary = one(page, ".record-cards summary").get_text()
    assert "1 Ann Arden, in tension with Bob Birch" in summary
    assert "words in tension" in one(page, ".record-key").get_text()
    (excerpt,) = build.soup("cite/bob-closes.html").select(".record-mark")
    assert [one.get_text() for one in excerpt.select(".record-tension-issue")] == ["closes"]
    case = build.soup("cite/t.html")
    assert [one.get_text() for one in case.select(".record-tension-issue")] == ["closes"]
    assert case.select(".record-issue") == []
    # Where they are contradicted too, that line comes first, and each has its words.
    themed.put("more.md", CASE.replace("bob-closes: closes", "bob-closes: June"))
    page = themed.build("html", "-W").soup("article.html")
    bob = one(page, "[id='quote-bob-closes']")
    assert [one.get_text() for one in bob.select(".record-tension-issue")] == ["closes"]
    assert [one.get_text() for one in bob.select(".record-issue")] == ["June"]
    card = one(page, "#card-bob-closes")
    assert "record-contradicted" in card["class"]
    assert "record-in-tension" not in card["class"]
    assert "Bob Birch, in contradiction with Ann Arden, in tension with Ann Arden" in (
        one(page, ".record-cards summary").get_text()
    )


def test_a_tension_follows_when_it_becomes_a_contradiction(themed: Project) -> None:
    themed.put("case.md", CASE.replace("c\n:between", "c\n:relation: tension\n:between", 1))
    themed.build()
    themed.put("case.md", CASE)
    again = themed.build().text("article.html")
    assert "record-in-tension" not in again.partition("record-key")[0]
    assert again == themed.build(out="clean").text("article.html")
    themed.put("case.md", CASE.replace(":at-issue: |\n:  bob-closes: closes\n", ""))
    again = themed.build().text("article.html")
    assert again == themed.build(out="clean").text("article.html")


def test_a_text_shown_elsewhere_says_what_it_names(themed: Project) -> None:
    themed.put("case.md", CASE)
    page = themed.build("html", "-W").soup("cite/c.html")
    lead = one(page, ".record-lead").get_text()
    assert "Says of The library stays open. and The Post." in " ".join(lead.split())
    assert "ann-open" not in lead


def test_a_number_stands_after_all_stops_and_before_dots(themed: Project) -> None:
    article = (themed.folder / "article.md").read_text()
    article = article.replace("<ann-open>`\n", "<ann-open>`?! And\n").replace(
        "<bob-closes>`", "<bob-closes>`... and left."
    )
    themed.put("conf.py", (themed.folder / "conf.py").read_text() + "smartquotes = False\n")
    themed.put("article.md", article)
    page = themed.build("html", "-W").soup("article.html")
    paragraph = page.select("p:has(> a.record-note)")[0]
    for note in paragraph.select("a.record-note"):
        note.replace_with(f"[{note['data-n']}]")
    assert "open.”?![1] And And Bob: “It closes in June.”[2]... and left." in " ".join(
        paragraph.get_text().split()
    )


def test_a_title_is_text_in_the_head(themed: Project) -> None:
    themed.put("more.md", "# The *army* & {speaker}`ann`\n\nText.\n")
    assert one(themed.build().soup("more.html"), "title").get_text() == (
        "The army & Ann Arden · An edition"
    )


def test_times_of_one_date_in_zones_far_apart(themed: Project) -> None:
    quotes = "".join(
        f":::{{quote}} q{number}\n:speaker: ann\n:source: post-2024\n:spoken: 2024-05-01\n"
        f":time: {time}\n\nWords {number}.\n:::\n\n"
        for number, time in enumerate(("09:00+13:00", "15:00-08:00"))
    )
    themed.put("more.md", f"# More\n\n{quotes}:::{{timeline}}\n:::\n")
    build = themed.build("html", "-W")
    assert (build.code, build.warnings) == (0, "")
    assert build.soup("more.html").get_text().count("Words 1.") >= 2


def test_a_theme_made_of_it(themed: Project) -> None:
    themed.put(
        "themes/child/theme.toml",
        '[theme]\ninherit = "ontherecord"\n[options]\ndescription = "Ours"\n',
    )
    conf = (themed.folder / "conf.py").read_text()
    themed.put(
        "conf.py",
        conf + 'html_theme_options = {}\nhtml_theme = "child"\nhtml_theme_path = ["themes"]\n',
    )
    build = themed.build("html", "-W")
    assert (build.code, build.warnings) == (0, "")
    page = build.soup("article.html")
    assert "Ours." in one(page, "footer").get_text()
    assert page.select("link[href*='edition.css']")


def test_pages_named_by_name_alone(themed: Project) -> None:
    build = themed.build("html", "-W", "-D", "html_theme_options.navigation=speakers,article")
    assert build.warnings == ""
    links = [link.get_text() for link in build.soup("index.html").select("header nav a")]
    assert links == ["Speakers", "The library", "Search"]


def test_a_page_named_that_is_not_there(themed: Project) -> None:
    build = themed.build("html", "-D", "html_theme_options.foot=speakerz")
    assert build.subtypes == ["record.unknown-page"]
    assert 'did you mean "speakers"' in build.warnings


@pytest.mark.parametrize("builder", ["json", "pickle", "singlehtml", "dirhtml"])
def test_other_builders_under_the_theme(themed: Project, builder: str) -> None:
    build = themed.build(builder, "-W")
    assert (build.code, build.warnings) == (0, "")


def test_a_document_with_a_dot_in_its_name_is_a_page_like_others(themed: Project) -> None:
    themed.put("notes.md", "# Notes\n\nText.\n")
    themed.put("notes.v2.md", "# More notes\n\nText.\n")
    page = themed.build().soup("notes.v2.html")
    assert one(page, "body")["class"] == ["plain"]


def test_an_icon_of_its_own(themed: Project) -> None:
    themed.put("own.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    themed.put("conf.py", (themed.folder / "conf.py").read_text() + 'html_favicon = "own.svg"\n')
    build = themed.build("html", "-W")
    assert one(build.soup("article.html"), "link[rel=icon]")["href"] == "_static/own.svg"
    assert one(build.soup("cite/ann.html"), "link[rel=icon]")["href"] == "../_static/own.svg"
    assert (build.out / "_static" / "own.svg").exists()


def test_a_name_with_a_semicolon_is_one_choice(themed: Project) -> None:
    speakers = (themed.folder / "speakers.md").read_text()
    themed.put("speakers.md", speakers.replace("Bob Birch", 'Bob "A;B" <Q>'))
    themed.put("more.md", "# More\n\n:::{quotes}\n:::\n")
    page = themed.build("html", "-W").soup("more.html")
    options = [str(option["value"]) for option in page.select("select[name=speaker] option")]
    assert options == ["", "Ann Arden", 'Bob "A;B" <Q>']


def test_the_register_of_articles(themed: Project) -> None:
    themed.put("later.md", "---\ndate: 2024-07\n---\n# Later\n\nNobody is quoted.\n")
    themed.put("more.md", "# More\n\n:::{articles}\n:::\n\n:::{articles}\n:speaker: ann\n:::\n")
    build = themed.build("html", "-W")
    assert build.warnings == ""
    all_, anns = build.soup("more.html").select(".record-register")
    assert [line.get_text() for line in all_.select(".record-article-title")] == [
        "Later",
        "The library",
    ]
    assert [line.get_text() for line in anns.select("p")] == [
        "1 May 2024",
        "The library",
        "Open & shut, on <one> day",
        "2 statements by 2 speakers.",
    ]
    assert "Later" in themed.build("text").text("more.txt")
