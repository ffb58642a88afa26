"""Words in square brackets that the source itself prints: words like others, wherever they go."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import ontherecord
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from ontherecord.citing.text_fragment import text_fragment
from ontherecord.commands.main import main
from ontherecord.evidence import verifications
from ontherecord.evidence.captures import Capture
from ontherecord.evidence.collation import collate
from ontherecord.evidence.controls import controls, in_a_row
from ontherecord.evidence.findings import find
from ontherecord.evidence.matching import altered, verify
from ontherecord.evidence.verifications import load_verifications
from ontherecord.words import fingerprint, holds_in_order, pieces

# As a White House transcript of 26 March 2022 (CC0) prints a word that was not heard.
PRINTED = (
    "For God's sake, this man [Putin] cannot remain in [power]. It went on for long. That is it."
)
WORDS = "this man [Putin] cannot remain in [power]. […] That is it."
TEI = {"t": "http://www.tei-c.org/ns/1.0"}


def capture(text: str) -> Capture:
    return Capture(Path("source.txt"), text.encode(), text)


def test_what_is_the_editor_s_is_parted_off() -> None:
    assert pieces(WORDS) == ["this man", "cannot remain in", ".", "That is it."]
    assert pieces(WORDS, "source") == [
        "this man [Putin] cannot remain in [power].",
        "That is it.",
    ]
    assert holds_in_order(PRINTED, [WORDS], "source")
    assert not holds_in_order(PRINTED.replace("[Putin] ", ""), [WORDS], "source")
    assert holds_in_order(PRINTED.replace("[Putin] ", ""), [WORDS])


@given(st.text(st.sampled_from("ab […]. "), max_size=20))
def test_the_source_s_words_lack_nothing_but_elisions(text: str) -> None:
    without = " ".join(text.replace("[…]", " ").replace("[...]", " ").split())
    assert " ".join(pieces(text, "source")) == without


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (PRINTED, True),
        (PRINTED.replace("[", "\\[").replace("]", "\\]"), True),
        (PRINTED.replace("[Putin] ", ""), False),
        (PRINTED.replace("[Putin]", "Putin"), False),
        (PRINTED.replace("[power]", "[office]"), False),
    ],
)
def test_the_source_s_brackets_are_held_against_the_capture(printed: str, found: bool) -> None:
    assert verify(capture(printed), WORDS, brackets="source").found is found
    assert not verify(capture(printed), altered(WORDS, "source"), brackets="source").found
    for control in controls(WORDS, in_a_row(printed), "source"):
        assert not verify(capture(printed), control.words, brackets="source").found


def test_a_control_can_change_the_word_in_the_brackets() -> None:
    assert altered("[Putin]", "source") == "[PutinnituPx]"
    assert altered("[Putin]") == "[Putin] x"


def test_the_source_s_brackets_are_collated() -> None:
    def shown(*brackets: str) -> list[tuple[str, str]]:
        wordings = [("this man [Putin] cannot",), ("this man Biden cannot",)]
        return [(one.kind, one.words) for one in find(collate(wordings, brackets), ["A", "B"])]

    assert shown("source", "edition") == [
        ("substitution", "Putin (A) | Biden (B)"),
        ("punctuation", "man [Putin (A) | man Biden (B)"),
    ]
    assert shown("edition", "edition") == []


def test_an_address_leads_to_what_the_source_has() -> None:
    assert text_fragment("https://a.example", "[sic] yes").endswith("text=yes")
    assert text_fragment("https://a.example", "[sic] yes", "source").endswith("%5Bsic%5D%20yes")


ARTICLE = """
---
date: 2024-05-01
---
# The library

Ann said: {said}`"The library [sic] stays \\[open\\]." <ann-open>`

::::{quote} ann-open
:speaker: ann
:source: herald-2024
:spoken: 2024-05-01
:brackets: source

:::{reading} post-2024
The library [hall] stays open.
:::

:::{reading} wire-2024
:brackets: source

The library [too] stays open.
:::
::::
"""


@pytest.fixture
def bracketed(edition: Project) -> Project:
    edition.put("article.md", ARTICLE)
    edition.put("captures/herald-2024.txt", "The library [sic] stays [open].\n")
    edition.put("captures/post-2024.txt", "The library stays open.\n")
    edition.put("captures/wire-2024.txt", "The library [too] stays open.\n")
    return edition


def test_brackets_are_shown_held_and_said_to_be_the_source_s(bracketed: Project) -> None:
    assert main(["verify", str(bracketed.folder)]) == 0
    rows = load_verifications(bracketed.folder / verifications.NAME)
    assert [row.source for row in rows] == ["herald-2024", "post-2024", "wire-2024"]
    build = bracketed.build("html", "-W")
    page = " ".join(build.soup("cite/ann-open.html").get_text().split())
    assert "The library [sic] stays [open]." in page
    assert page.count("words in square brackets are the source’s") >= 2
    assert "Reading of The Post: “The library [hall] stays open.”; words" not in page
    assert "sic H" not in page
    assert "“sic” (The Herald); “too” (The Wire)" in page
    bracketed.put("captures/herald-2024.txt", "The library stays open.\n")
    bracketed.put("captures/wire-2024.txt", "The library stays open.\n")
    found = bracketed.build().subtypes
    assert found.count("record.unverified-words") == 2


@pytest.mark.parametrize(
    ("words", "subtypes"),
    [
        ("The library [sic] stays", []),
        ("The library […] [open]", []),
        ("The library [too] stays", ["record.words-disagree"]),
    ],
)
def test_marks_elsewhere_have_the_brackets_of_the_quote(
    bracketed: Project, words: str, subtypes: list[str]
) -> None:
    more = f'---\ndate: 2024-05-02\n---\n# More\n\nAgain: {{said}}`"{words}" <ann-open>`\n'
    bracketed.put("more.md", more)
    assert bracketed.build().subtypes == subtypes


def test_every_export_says_whose_they_are(bracketed: Project) -> None:
    build = bracketed.build("html", "-W", "-D", "record_address=https://a.example/")
    record = json.loads(build.text("record/edition.json"))
    (quote,) = record["quotes"]
    assert quote["words"] == "The library [sic] stays [open]."
    assert quote["fingerprint"] == fingerprint(["The library [sic] stays [open]."])
    assert quote["brackets"] == "source"
    assert [one["brackets"] for one in quote["readings"]] == ["edition", "source"]
    with (build.out / "record/quotes.csv").open(encoding="utf-8", newline="") as file:
        assert [row["brackets"] for row in csv.DictReader(file)] == ["source"]
    with (build.out / "record/readings.csv").open(encoding="utf-8", newline="") as file:
        assert [row["brackets"] for row in csv.DictReader(file)] == ["edition", "source"]
    loaded = ontherecord.load(build.out).quotes["ann-open"]
    assert (loaded.brackets, [one.brackets for one in loaded.readings]) == (
        "source",
        ["edition", "source"],
    )
    annotations = "".join(
        path.read_text(encoding="utf-8")
        for path in build.out.glob("record/web-annotations/**/*.json*")
    )
    assert "brackets" in annotations


def test_tei_does_not_call_them_the_editors(bracketed: Project) -> None:
    build = bracketed.build("html", "-W")
    tei = etree.parse(build.out / "record/tei/article.xml")
    (event,) = tei.findall(".//t:event[@type='utterance']", TEI)
    assert "#category-brackets-source" in event.get("ana").split()
    own, sources = tei.findall(".//t:rdg", TEI)
    assert "#category-brackets-source" not in own.get("ana").split()
    assert "#category-brackets-source" in sources.get("ana").split()
    (category,) = tei.xpath("//*[@xml:id='category-brackets-source']")
    assert "the source's own" in "".join(category.itertext())


def test_brackets_are_the_edition_s_if_nothing_else_is_said(bracketed: Project) -> None:
    bracketed.put("article.md", ARTICLE.replace(":brackets: source\n", ""))
    bracketed.put("captures/herald-2024.txt", "The library stays.\n")
    build = bracketed.build()
    assert build.subtypes == []
    assert "square brackets" not in build.soup("cite/ann-open.html").get_text()
    tei = build.text("record/tei/article.xml")
    assert "category-brackets" not in tei


def test_another_value_is_refused(bracketed: Project) -> None:
    bracketed.put("article.md", ARTICLE.replace("brackets: source", "brackets: mine"))
    assert bracketed.build().subtypes == ["record.bad-value", "record.bad-value"]
