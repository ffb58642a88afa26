"""Registers and their filters."""

from __future__ import annotations

import gc
import json
import re
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import Project, one
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from ontherecord.apparatus.piece_html import html
from ontherecord.apparatus.placing import most_statements
from ontherecord.apparatus.register_pages import RegisterPages
from ontherecord.apparatus.registers import RegisterComposer
from ontherecord.citing.item import Item, Name
from ontherecord.views import Link, QuoteEntry, SourceView, SpeakerEntry, Statement

RECORDS = """
---
date: 2024-06-01
---
# More

:::{quote} ann-later
:speaker: ann
:source: post-2024
:spoken: 2024-06-01
:time: 12:00Z
:time-is: spoken
:topics: money

We have the money.
:::

:::{quote} bob-undated
:speaker: bob
:source: wire-2024
:topics: money

We have none.
:::

:::{contradiction} money
:between: ann-later, bob-undated
:kind: facts
:status: answered
:answered-by: ann-open
:history: 2024-06-02 answered: in a letter

Whether there is money.
:::

:::{contradiction} closing
:between: ann-open, bob-closes
:relation: tension
:status: standing

Whether it closes.
:::

:::{annotation} open-hours
:on: ann-open
:type: correction
:source: wire-2024

It closed at six.
:::
"""


def entries(edition: Project, register: str, options: str = "") -> str:
    edition.put("more.md", RECORDS)
    edition.put("register.md", f"# R\n\n:::{{{register}}}\n{options}\n:::\n")
    build = edition.build()
    assert build.warnings == ""
    section = build.soup("register.html").select_one(".record-register")
    assert section is not None
    return " ".join(section.get_text().split())


@pytest.mark.parametrize(
    ("options", "order"),
    [
        ("", ["stays open", "closes in June", "have the money", "have none"]),
        (":speaker: ann", ["stays open", "have the money"]),
        (":topic: money", ["have the money", "have none"]),
        (":article: article", ["stays open", "closes in June"]),
        (":from: 2024-05-15", ["have the money"]),
        (":to: 2024-05", ["stays open", "closes in June"]),
        (":kind: facts", ["have the money", "have none"]),
        (":status: standing", ["stays open", "closes in June"]),
        (":kind: tension\n:speaker: bob", ["closes in June"]),
    ],
)
def test_quotes_are_filtered_and_in_order_of_time(
    edition: Project, options: str, order: list[str]
) -> None:
    text = entries(edition, "quotes", options)
    found = sorted(
        (text.find(words), words)
        for words in ("stays open", "closes in June", "have the money", "have none")
        if words in text
    )
    assert [words for _, words in found] == order


NOTED = """
---
date: 2024-06-02
---
# Noted

There is {passage}`"a *plan*" <the-plan>` of {speaker}`ann`, and
{passage}``a plan of {speaker}`the council <bob>` <the-plan>``.

:::{annotation} the-plan
:on: ann-open

What is planned.
:::
"""


def noted(page: BeautifulSoup, selector: str) -> list[tuple[str, str]]:
    links = one(page, selector).select("a[href*='annotation-the-plan']")
    return [(" ".join(link.get_text().split()), str(link["href"])) for link in links]


def test_a_note_on_passages_says_their_words(edition: Project) -> None:
    edition.put("noted.md", NOTED)
    edition.put("register.md", "# R\n\n:::{annotations}\n:::\n")
    build = edition.build("html", "-W")
    assert build.warnings == ""
    places = ["annotation-the-plan", "annotation-the-plan.2"]
    article = build.soup("noted.html")
    assert all(article.find(id=place) for place in places)
    words = ["“a plan”", "“a plan of the council”"]
    of_page = noted(build.soup("cite/the-plan.html"), ".facts.cols")
    assert of_page == [
        (said, f"../noted.html#{place}") for said, place in zip(words, places, strict=True)
    ]
    of_register = noted(build.soup("register.html"), ".record-register")
    assert of_register[1:] == [  # Behind the note itself.
        (said, f"noted.html#{place}") for said, place in zip(words, places, strict=True)
    ]


def test_a_printed_register_leads_to_the_passages_too(edition: Project) -> None:
    edition.put("noted.md", NOTED)
    edition.put("register.md", "# R\n\n:::{annotations}\n:::\n")
    build = edition.build("latex", "-W")
    assert build.warnings == ""
    (book,) = (path.read_text() for path in build.out.glob("*.tex") if "passage" not in path.name)
    named = r"noted:annotation-the-plan.2"
    assert rf"\label{{\detokenize{{{named}}}}}" in book
    assert rf"\hyperref[\detokenize{{{named}}}]" in book


def test_a_note_on_a_passage_alone_is_titled_by_it(edition: Project) -> None:
    edition.put("noted.md", NOTED.replace(":on: ann-open\n", ""))
    title = one(edition.build().soup("cite/the-plan.html"), "h1").get_text()
    assert title == "Note on “a plan”"


@pytest.mark.parametrize(
    ("register", "options", "has", "lacks"),
    [
        ("speakers", "", ["Ann Arden", "2 speakers", "Mayor, Town", "Bob Birch"], []),
        ("speakers", ":kind: person\n:to: 2024-05-02\n:speaker: ann", ["Ann"], ["Bob"]),
        ("contradictions", "", ["facts", "answered", "tension", "standing", "2 cases"], []),
        ("contradictions", ":kind: facts", ["have the money"], ["closes in June"]),
        ("contradictions", ":kind: tension", ["closes in June"], ["have the money"]),
        ("contradictions", ":status: answered", ["have the money"], ["closes in June"]),
        ("contradictions", ":topic: money", ["have the money"], ["closes in June"]),
        ("annotations", "", ["It closed at six", "correction", "The Wire"], []),
        ("annotations", ":kind: context", ["Nothing is entered"], ["six"]),
        ("annotations", ":speaker: ann", ["six"], []),
        ("annotations", ":speaker: bob", ["Nothing is entered"], ["six"]),
        ("annotations", ":from: 2024-06", ["Nothing is entered"], ["six"]),
        ("timeline", ":from: 2024-06-02", ["answered, in a letter"], ["stays open"]),
        ("timeline", ":to: 2024-05-31", ["stays open"], ["in a letter"]),
        (
            "timeline",
            "",
            ["1 May 2024", "1 June 2024", "12:00 (UTC): Ann", "answered, in a letter"],
            ["have none"],
        ),
        ("timeline", ":speaker: ann", ["stays open"], ["closes in June"]),
        (
            "sources",
            "",
            ["The Herald", "A Title of Its Own", "Rests on it: Ann", "Note: It closed at six"],
            [],
        ),
        (
            "topics",
            "",
            ["money, 2 statements by 2 speakers, 1 June 2024", "Ann Arden, “We have the money"],
            [],
        ),
        ("topics", ":speaker: bob", ["money, 1 statement by 1 speaker"], ["have the money"]),
        ("sources", ":kind: second-hand", ["The Wire"], ["The Herald"]),
        (
            "totals",
            "",
            ["statements by 2 speakers; 1 contradiction; 1 tension; 1 note; 3 sources."],
            ["empty"],
        ),
        ("totals", ":speaker: bob", ["by 1 speaker; 1 contradiction;"], ["note"]),
        ("totals", ":from: 2099", ["Nothing is entered"], ["speaker"]),
    ],
)
def test_other_registers(
    edition: Project, register: str, options: str, has: list[str], lacks: list[str]
) -> None:
    text = entries(edition, register, options)
    assert [words for words in has if words not in text] == []
    assert [words for words in lacks if words in text] == []


def test_a_register_in_rest(edition: Project) -> None:
    edition.put("register.rst", "R\n=\n\n.. quotes::\n   :speaker: ann\n")
    build = edition.build()
    assert build.warnings == ""
    text = build.soup("register.html").get_text()
    assert "stays open" in text
    assert "closes in June" not in text


def test_a_contradiction_shows_both_sides_alike_and_the_answer(edition: Project) -> None:
    edition.put("more.md", RECORDS)
    page = edition.build().soup("more.html")
    case = page.find(id="contradiction-money")
    assert case is not None
    sides = case.select(".record-pair .record-side")
    assert [[child.name for child in side.find_all(recursive=False)] for side in sides] == [
        ["p", "blockquote", "p", "p"]
    ] * 2
    assert [(side["role"], side["class"]) for side in sides] == [("group", ["record-side"])] * 2
    assert [side["aria-label"] for side in sides] == ["Ann Arden", "Bob Birch"]
    assert "The library stays open." in case.select(".record-answer")[0].get_text()
    assert "2 June 2024: answered, in a letter" in case.get_text()


def test_a_tension_is_not_counted_as_a_contradiction(edition: Project) -> None:
    edition.put("more.md", RECORDS)
    build = edition.build()
    article, more = build.soup("article.html"), build.soup("more.html")
    assert article.select(".record-mark.record-contradicted") == []
    assert len(more.select("blockquote.record-contradicted")) == 2
    tension = more.find(id="contradiction-closing")
    assert tension is not None
    assert "Tension:" in tension.get_text()


def test_the_time_between_is_said_as_it_is_known(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    first = article.replace(
        ":source: herald-2024", ":source: herald-2024\n:time: 10:56-05:00\n:time-is: event-began"
    )
    both = first.replace(
        ":source: post-2024", ":source: post-2024\n:time: 18:32Z\n:time-is: event-began"
    )
    edition.put("article.md", both)
    edition.put(
        "case.md", "# C\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n\nCase.\n:::\n"
    )
    assert "The events began 2 h 36 min apart." in edition.build().soup("case.html").get_text()
    answer = "\n:::{quote} late\n:speaker: ann\n:source: post-2024\n:spoken: 2024-05-01\n:time: 20:00Z\n:time-is: spoken\n\nYes.\n:::\n"
    edition.put("more.md", f"# More\n{answer}")
    answered = ":answered-by: late\n\nCase."
    edition.put("case.md", (edition.folder / "case.md").read_text().replace("\nCase.", answered))
    text = edition.build().soup("case.html").get_text()
    assert "By the times given, 1 h 28 min after the last of them." in text
    edition.put("article.md", first)
    assert "apart" not in edition.build().soup("case.html").get_text()


def test_posts_are_those_of_the_day(edition: Project) -> None:
    page = edition.build().soup("article.html")
    card = page.find(id="card-ann-open")
    assert card is not None
    assert "Ann Arden Mayor" in card.get_text()
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace(":spoken: 2024-05-01", ":spoken: 2025-05-01"))
    card = edition.build().soup("article.html").find(id="card-ann-open")
    assert card is not None
    assert "Mayor" not in card.get_text()


def test_a_day_without_a_post_and_one_with_two_are_findings(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace(":spoken: 2024-05-01", ":spoken: 2019-05-01"))
    build = edition.build("html", "-W")
    assert build.warnings == "", "findings fail no build"
    text = build.soup("article.html").get_text()
    assert "No post of the speaker is known for 2019-05-01" in text
    speakers = (edition.folder / "speakers.md").read_text()
    bob = ":name: Bob Birch\n:posts: |\n:  Mayor; Town; 2022/2023"
    edition.put("speakers.md", speakers.replace(":name: Bob Birch", bob))
    text = edition.build("html", "-W").soup("speakers.html").get_text()
    assert text.count("Overlapping posts: Mayor: Ann Arden, 2020/2024; Bob Birch, 2022/2023") == 2
    edition.put(
        "speakers.md", speakers.replace(":name: Bob Birch", bob.replace("2022/2023", "2025/"))
    )
    assert "Overlapping" not in edition.build().soup("speakers.html").get_text()


def test_witnesses_that_share_a_root_are_not_independent(edition: Project) -> None:
    bib = (edition.folder / "references.bib").read_text()
    edition.put(
        "references.bib", bib.replace("{second-hand}", "{second-hand}, takenfrom = {herald-2024}")
    )
    readings = "\n".join(
        f"```{{reading}} {key}\nThe library {words}.\n```\n"
        for key, words in (("wire-2024", "stays"), ("post-2024", "remains"))
    )
    article = (edition.folder / "article.md").read_text()
    first = ":source: herald-2024\n:spoken: 2024-05-01\n"
    edition.put("article.md", article.replace(first, f"{first}:via: post-2024\n\n{readings}"))
    card = edition.build("html", "-W").soup("article.html").find(id="card-ann-open")
    assert card is not None
    text = " ".join(card.get_text().split())
    assert "The Herald, 1 May 2024 (report, through The Post)" in text
    assert "also in The Wire (second-hand, taken from The Herald), The Post (report)" in text
    assert "3 witnesses, 2 of them independent" in text


def test_a_circle_of_sources_ends(edition: Project) -> None:
    edition.put(
        "references.bib",
        "@misc{herald-2024, title={H}, takenfrom={post-2024}}\n@misc{post-2024, title={P}, takenfrom={herald-2024}}\n",
    )
    build = edition.build()
    assert re.findall(r"\[record\.(.*?)\]", build.warnings) == ["bad-source"] * 2
    assert "leads back to it" in build.warnings


def test_a_chain_that_leads_nowhere(edition: Project) -> None:
    bib = (edition.folder / "references.bib").read_text()
    edition.put(
        "references.bib", bib.replace("{second-hand}", "{second-hand}, takenfrom = {heral-2024}")
    )
    warnings = edition.build().warnings
    assert "not in the bibliography" in warnings
    assert '"herald-2024"' in warnings


def test_reported_words_and_fragments_of_unknown_distance_are_not_collated(
    edition: Project,
) -> None:
    quote = (
        "# B\n\n{said}`I did not say <new>` and {said}`that word at all. <new>`\n\n"
        ":::{quote} new\n:speaker: ann\n:source: herald-2024\n\n```{reading} post-2024\n%s"
        "I did not say to anyone that word at all.\n```\n:::\n"
    )
    edition.put("b.md", "---\ndate: 2024\n---\n" + quote % "")
    assert "no sign" not in edition.build().text("b.html")
    known = quote.replace(":speaker: ann", ":speaker: ann\n:contiguous: no")
    edition.put("b.md", "---\ndate: 2024\n---\n" + known % "")
    assert "no sign" in edition.build().text("b.html")
    edition.put("b.md", "---\ndate: 2024\n---\n" + known % ":mode: indirect\n\n")
    assert "no sign" not in edition.build().text("b.html")


def test_a_long_register_has_pages_of_bounded_size(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + "record_register_page_size = 2\n")
    edition.put("more.md", RECORDS)
    edition.put("all/quotes.md", "# All\n\n:::{quotes}\n:::\n")
    edition.put("sources.md", "# Sources\n\n:::{sources}\n:::\n")
    edition.put("index.md", "# I\n\n```{toctree}\n:glob:\n\n*\nall/*\n```\n")
    build = edition.build("html", "-W")
    assert build.warnings == ""
    first, second = build.soup("all/quotes.html"), build.soup("all/quotes.2.html")
    assert [len(page.select(".record-table tbody tr")) for page in (first, second)] == [2, 2]
    assert one(first, ".record-pages-line a")["href"] == "quotes.2.html"
    assert one(second, ".record-pages-line a")["href"] == "quotes.html"
    assert second.select("a[href='../more.html#quote-ann-later']")
    assert one(second, "h1").get_text() == "All, page 2"
    assert build.soup("sources.2.html").find(id="source-wire-2024") is not None
    link = build.soup("more.html").select("a[href$='#source-wire-2024']")[0]
    assert link["href"] == "sources.2.html#source-wire-2024"
    assert edition.build("text").text("all/quotes.txt").count("The Post") == 2, "others have all"
    edition.put("more.md", "# More\n")
    again = edition.build()
    assert not (again.out / "all" / "quotes.2.html").exists()
    assert (again.out / "sources.2.html").exists()


def test_many_speakers_of_one_document_have_few_statements_each(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + "record_register_page_size = 4\n")
    crowd = [f":::{{speaker}} crowd-{number}\n:name: Crowd {number}\n:::\n" for number in range(9)]
    said = [
        f":::{{quote}} crowd-{number}-{time}\n:speaker: crowd-{number}\n:source: wire-2024\n\n"
        f"Words {number} {time}.\n:::\n"
        for number in range(9)
        for time in range(4)
    ]
    edition.put("quotes.md", "# Quotes\n\n" + "\n".join(said))

    def listed(speakers: int) -> list[int]:
        edition.put("crowd.md", "# Crowd\n\n" + "\n".join(crowd[:speakers]))
        edition.put("others.md", "# Others\n\n" + "\n".join(crowd[speakers:]))
        build = edition.build()
        assert build.warnings == ""
        blocks = build.soup("crowd.html").select(".record-statements")
        assert ("And 1 more." in build.soup("crowd.html").get_text()) == (speakers > 5)
        return [len(block.find_all("li", recursive=False)) for block in blocks]

    assert listed(5) == [4] * 5
    assert listed(9) == [3] * 9  # And not the two that five pages hold of each.
    assert listed(6) == [3] * 6


@pytest.mark.parametrize(
    ("counts", "most"),
    [
        ([], 200),
        ([300], 200),
        ([50] * 20, 200),
        ([40, *[1] * 900], 200),
        ([60] * 20, 50),
        ([200, *[10] * 99], 10),
        ([35] * 400, 3),
    ],
)
def test_statements_below_all_speakers_have_room_together(counts: list[int], most: int) -> None:
    assert most_statements(edition_builder(200), counts) == most
    assert most_statements(edition_builder(0), counts) == sys.maxsize


def edition_builder(size: int) -> SimpleNamespace:
    config = SimpleNamespace(record_register_page_size=size)
    return SimpleNamespace(name="html", config=config)


def test_registers_of_one_document_share_the_anchors_of_a_page(edition: Project) -> None:
    """Two on one further page would else have an anchor twice; a page of its own has its own."""
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + "record_register_page_size = 1\n")
    topics = "---\ndate: 2024-06-01\n---\n# More\n\n" + "".join(
        f":::{{quote}} q{number}\n:speaker: ann\n:source: post-2024\n:topics: {topic}\n\nYes.\n:::\n\n"
        for number, topic in enumerate(["money", "time"])
    )
    edition.put("more.md", topics)
    # The second begins with what the first has on its second page.
    edition.put(
        "topics.md",
        "# T\n\n:::{topics}\n:::\n\n:::{topics}\n:::\n\n:::{topics}\n:topic: time\n:::\n",
    )
    build = edition.build()
    assert build.warnings == ""
    pages = [build.soup(name) for name in ("topics.html", "topics.2.html")]
    found = [[one["id"] for one in page.select("[id^=topic-]")] for page in pages]
    assert found == [["topic-money", "topic-time"], ["topic-time"]]


def test_a_further_page_is_composed_when_it_is_written() -> None:
    done: list[str] = []

    def composes(name: str) -> Callable[[set[str]], nodes.Node]:
        def compose(taken: set[str]) -> nodes.Node:
            done.append(f"composed {name}")
            return nodes.Text(name)

        return compose

    def rendered() -> list[str]:
        held = [one.astext() for one in gc.get_objects() if isinstance(one, nodes.container)]
        return [text for text in held if text.startswith("all.")]

    pages = RegisterPages()
    builder = SimpleNamespace(render_partial=lambda body: {"fragment": body.astext()})
    titles = {"all": nodes.title("", "All")}
    app: Any = SimpleNamespace(builder=builder, env=SimpleNamespace(titles=titles))
    pages._begin(app)
    builder.record_pages.update({name: [composes(name)] for name in ("all.2", "all.3")})
    for name, context, _template in pages.collect(app):
        assert context["body"].endswith(name)
        # What was rendered before is a cycle, of few objects; yet it is gone.
        assert rendered() == [name]
        done.append(f"written {name}")
    assert done == ["composed all.2", "written all.2", "composed all.3", "written all.3"]


COUNT = """
import gc

def count(app, pagename, *given):
    if pagename.startswith("all."):
        gc.collect()
        kind = "register_block"
        held = [one for one in gc.get_objects() if type(one).__name__ == kind and one.children]
        with open(app.confdir / "held.txt", "a") as file:
            file.write(f"{len(held)} ")

def setup(app):
    app.connect("html-page-context", count)
"""


def test_no_more_than_one_further_page_is_held(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + "record_register_page_size = 1\n" + COUNT)
    edition.put("more.md", RECORDS)
    edition.put("all.md", "# All\n\n:::{quotes}\n:::\n")
    edition.build()
    held = (edition.folder / "held.txt").read_text().split()
    assert len(held) == 3
    assert set(held) == {"2"}, "the first, which stands in its document, and the one to be written"


HARD = st.text(alphabet=st.sampled_from("ab <>&\"'@—“”é中\n."), max_size=12)


@settings(deadline=None)
@given(HARD, HARD, st.sampled_from(["", "es"]), st.sampled_from(["here", "there"]), HARD)
def test_cells_are_written_as_pieces_are(
    label: str, name: str, lang: str, docname: str, url: str
) -> None:
    builder: Any = SimpleNamespace(
        name="html",
        format="html",
        config=SimpleNamespace(record_citation_pages=True),
        get_relative_uri=lambda _here, there: f"../{there}.html?a&b",
    )
    composer = RegisterComposer(builder, "here", "en")
    link = Link("quote", "one", label, docname, "quote-one", lang)
    speaker = Link("speaker", "ann", name, docname, "speaker-ann")
    source = SourceView("s", label, url=url, docname="" if url else docname, anchor="cite-s")
    said = Statement(
        link, speaker, name, "", (label, name), lang, "2024-05-01", "", "", "", "", "", source
    )
    case = Link("contradiction", "case", name, "there", "contradiction-case")
    entry = QuoteEntry(
        said,
        (("tension", case, "facts", "standing"), ("", case, "", "")),
        (case,),
        (label,),
        2,
        Item("one", "chapter", title=label, authors=(Name(name),)),
    )
    found = BeautifulSoup(html(composer.register([entry])), "html.parser")
    words = html([composer.link(link, composer.quoted((label, name), lang))]).removesuffix("</a>")
    cells = {
        "date": "<p>1 May 2024</p>\n",
        "speaker": html([composer.line(composer.speaker(said))]),
        "source": html([composer.line(composer.source(source))]),
        "witnesses": '<p>2<span class="record-unit"> witnesses</span></p>\n',
        "standing": html(
            [
                composer.line(
                    composer.link(case, "in tension"), classes=["record-against", "record-tension"]
                ),
                composer.line(composer.link(case, "contradicted"), classes=["record-against"]),
                composer.line(composer.link(case, "an answer"), classes=["record-answers"]),
            ]
        ),
    }
    shown = html(composer.register([entry]))
    for column, cell in cells.items():
        value = {"date": ' data-v="2024-05-01"', "witnesses": ' data-v="2"'}.get(column, "")
        assert f'<td class="record-column-{column}"{value}>{cell}</td>' in shown
    assert f'<td class="record-column-words"><p>{words}<span class="Z3988"' in shown
    row = one(found, "tbody tr")
    assert json.loads(str(row["data-speaker"])) == [name]
    assert json.loads(str(row["data-topic"])) == [label]


def test_a_number_says_what_it_counts_where_heads_are_not_shown() -> None:
    builder: Any = SimpleNamespace(
        name="html",
        format="html",
        config=SimpleNamespace(record_citation_pages=True),
        get_relative_uri=lambda _here, there: f"{there}.html",
    )
    entries = [
        SpeakerEntry(Link("speaker", name, name, "people", name), "", (), count)
        for name, count in (("ann", 1), ("bob", 2))
    ]
    found = BeautifulSoup(
        html(RegisterComposer(builder, "here", "en").register(entries)), "html.parser"
    )
    cells = [cell.get_text(strip=False).strip() for cell in found.select(".record-column-count")]
    assert cells[1:] == ["1 statement", "2 statements"]
    assert len(found.select("td.record-column-count .record-unit")) == 2
