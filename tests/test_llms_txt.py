"""``llms.txt``: the form of llmstxt.org, read as Markdown; what it says is counted."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from conftest import Project
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from ontherecord.edition import Edition
from ontherecord.exchange.format import known
from ontherecord.exchange.formats import llms_txt
from ontherecord.imprint import Imprint
from ontherecord.records import Document
from ontherecord.words import fold_space
from random_editions import HARD, editions


def written(edition: Edition) -> str:
    ((path, content),) = llms_txt.FORMAT.files(edition)
    assert path == "llms.txt"
    assert not callable(content)
    return b"".join(content).decode()


def text_of(node: SyntaxTreeNode) -> str:
    return "".join(
        one.content for one in node.walk() if one.type in {"text", "text_special", "code_inline"}
    )


Sections = dict[str, list[tuple[str, str, str]]]


def read(text: str) -> tuple[str, str, str, Sections]:
    """Read the file as llmstxt.org has it: title, summary, what else is said, lists of files."""
    nodes = SyntaxTreeNode(MarkdownIt("commonmark").parse(text)).children
    head, *rest = nodes
    assert (head.type, head.tag) == ("heading", "h1")
    summary = ""
    if rest and rest[0].type == "blockquote":
        summary = text_of(rest.pop(0))
    said, sections = [], Sections()
    listed: list[tuple[str, str, str]] | None = None
    for node in rest:
        if node.type == "heading":
            assert node.tag == "h2"
            listed = sections.setdefault(text_of(node), [])
        elif listed is None:
            assert node.type in {"paragraph", "bullet_list"}
            said.append(text_of(node))
        else:
            assert node.type == "bullet_list"
            for item in node.children:
                (paragraph,) = item.children
                link, *note = paragraph.children[0].children
                assert link.type == "link"
                noted = "".join(map(text_of, note))
                assert not noted or noted.startswith(": ")
                listed.append((text_of(link), str(link.attrs["href"]), noted[2:]))
    return text_of(head), summary, "\n".join(said), sections


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_has_the_form_and_says_what_is_there(edition: Edition) -> None:
    text = written(edition)
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    title, summary, said, sections = read(text)
    assert title == edition.imprint.title
    assert summary == edition.imprint.description
    assert f"{len(edition.quotes)} quotations" in said
    is_tension = edition.contradictions["case-1"].relation == "tension"
    cases = "0 contradictions, 1 tension" if is_tension else "1 contradiction, 0 tensions"
    assert cases in said
    assert edition.imprint.of_record("ID") in said
    assert edition.imprint.licence_address in said
    articles = {
        (fold_space(one.title), edition.imprint.of_page(name)): one
        for name, one in edition.articles.items()
    }
    assert {entry[:2] for entry in sections["Articles"]} == articles.keys()
    for shown, address, note in sections["Articles"]:
        article = articles[shown, address]
        assert note == ". ".join(filter(None, [article.date, article.description]))
    assert [entry[2][:10] for entry in sections["Articles"]] == ["2018-01-01", "2017-02-23"]
    registers = {entry[0]: entry[2] for entry in sections["Registers"]}
    assert registers == {
        "Speakers": "6 speakers",
        "Cases": "1 tension" if is_tension else "1 contradiction",
    }
    for _shown, address, _note in sections["Data"]:
        path = address.removeprefix(edition.imprint.address)
        assert any(path in form.owns for form in known().values())


@pytest.mark.parametrize(
    "title",
    [*HARD, "- a", "+ b", "1. c", "12) d", "=", "---", "a #", "![i](j)", "&copy; &#35;", "`x`"],
)
def test_hard_titles_are_shown_as_they_are(title: str) -> None:
    document = Document("a b(c)", title, date="2024-05-01", description=title)
    imprint = Imprint(title, title, address="https://a.example/")
    shown, summary, _said, sections = read(
        written(Edition({"a b(c)": document}, {}, imprint=imprint))
    )
    assert shown == summary == title
    assert sections["Articles"] == [
        (title, "https://a.example/a%20b%28c%29.html", f"2024-05-01. {title}")
    ]


def test_it_is_bounded_and_says_where_the_rest_is() -> None:
    documents = {
        f"a{number:03}": Document(f"a{number:03}", f"A {number}", date=f"20{number // 12:02}-01-01")
        for number in range(llms_txt.MOST + 7)
    }
    edition = Edition(documents, {}, imprint=Imprint("E"))
    *_, (shown, address, note) = read(written(edition))[3]["Articles"]
    assert len(read(written(edition))[3]["Articles"]) == llms_txt.MOST + 1
    assert shown == "All articles"
    assert address in {"record/articles.csv", "record/edition.json"}
    assert note == "with 7 more articles"


def test_what_is_not_known_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = Edition({}, {}, imprint=Imprint("E"))
    _title, summary, said, sections = read(written(edition))
    assert summary == ""
    assert not re.search("Version|Date|Licence|Editors|Address:|version", said)
    assert sections.keys() == {"Data"}
    monkeypatch.setattr(llms_txt, "published", lambda _edition: lambda _path: False)
    assert read(written(edition))[3] == {}
    made = re.compile(r"cite/.*\.(bib|ris)")
    monkeypatch.setattr(llms_txt, "published", lambda _edition: made.match)
    edition.imprint = replace(edition.imprint, version="1.2")
    said = read(written(edition))[2]
    assert "with the version above" in said
    assert "Its citation is in cite/ID.bib, cite/ID.ris." in said


def test_a_built_edition_leads_to_its_files(first_edition: Project) -> None:
    build = first_edition.build()
    _title, _summary, said, sections = read(build.text("llms.txt"))
    cases = json.loads(build.text("record/edition.json"))["contradictions"]
    tensions = sum(case["relation"] == "tension" for case in cases)
    assert f"{len(cases) - tensions} contradictions, {tensions} tensions" in said
    for listed in sections.values():
        for _shown, address, _note in listed:
            assert (build.out / address).is_file()
