"""What is marked stands, in the text that the page shows, exactly where a segment says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import hard_text
import pytest
from bs4 import BeautifulSoup
from conftest import Build, Project, make_edition
from ontherecord.edition import Edition
from ontherecord.exchange.reading import load
from ontherecord.imprint import Imprint
from ontherecord.records import Annotation, Document, Origin, Quote
from ontherecord.segments import CONTEXT, Segment, segments, segments_in


def every(edition: Edition) -> Iterator[tuple[Quote | Annotation, Segment]]:
    for record in (*edition.quotes.values(), *edition.annotations.values()):
        for segment in segments(edition, record):
            yield record, segment


class Pages:
    """The text of elements of a build's pages, as a browser collapses it."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._soups: dict[str, BeautifulSoup] = {}

    def text(self, docname: str, anchor: str) -> str:
        soup = self._soups.setdefault(docname, self._build.soup(f"{docname}.html"))
        (element,) = soup.find_all(id=anchor)
        for template in element.find_all("template"):
            template.extract()
        return re.sub(r"[ \t\n\r\f]+", " ", element.get_text()).strip(" ")


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = hard_text.edition(tmp_path_factory.mktemp("hard") / "edition", "basic").build()
    assert (build.code, build.warnings) == (0, "")
    return build


def misplaced(build: Build) -> list[str]:
    """Give what a page shows in a segment's place, where that is not what the segment says."""
    pages, found = Pages(build), []
    for record, one in every(load(build.out)):
        text = pages.text(one.docname, one.block)
        before, words, after = text[: one.start], text[one.start : one.end], text[one.end :]
        expected = one.prefix, one.exact, one.suffix
        if (before[-CONTEXT:], words, after[:CONTEXT]) != expected and (
            # A section's text goes on after its title.
            re.fullmatch(r"p\d+|block\.\d+", one.block)
            or (before[-CONTEXT:], words, after[: len(one.suffix)]) != expected
        ):
            found.append(f"{record.id} in {one.docname}#{one.block}: {expected} is {text!r}")
    return found


def test_hard_text_is_where_segments_say(hard: Build) -> None:
    assert misplaced(hard) == []
    assert sum(1 for _one in every(load(hard.out))) > 40


def test_the_first_edition_is_where_segments_say(first_edition: Project) -> None:
    assert misplaced(first_edition.build(out="segments")) == []


def test_anchors_of_words_are_on_the_page(hard: Build) -> None:
    pages = Pages(hard)
    for _record, one in every(load(hard.out)):
        assert one.exact in pages.text(one.docname, one.anchor)


def test_no_two_blocks_of_a_document_share_an_anchor(hard: Build) -> None:
    for document in load(hard.out).documents.values():
        anchors = [block.anchor for block in document.blocks]
        assert len(anchors) == len(set(anchors))


def test_a_footnote_among_words_is_on_the_page_and_not_in_the_words(hard: Build) -> None:
    edition = load(hard.out)
    quote = edition.quotes["ann-foot"]
    assert edition.words(quote).text == "before the note after the note"
    (segment,) = segments(edition, quote)
    assert segment.exact == "before the note[1] after the note"
    given = segments(edition, edition.quotes["ann-block"])[0]
    assert given.exact == 'Given "words" -- with emphasis and a footnote[1] inside.'


def test_segments_of_one_document_are_those_of_all(hard: Build) -> None:
    edition = load(hard.out)
    for record in (*edition.quotes.values(), *edition.annotations.values()):
        found = segments(edition, record)
        for docname in {one.docname for one in found}:
            assert list(segments_in(edition, record, docname)) == [
                one for one in found if one.docname == docname
            ]


def test_what_references_show_follows_what_they_name(tmp_path: Path) -> None:
    """A title that changes changes the text around words in another document, in any build."""
    edition = make_edition(tmp_path / "edition")
    article = (edition.folder / "article.md").read_text(encoding="utf-8")
    edition.put("article.md", article.replace("Ann said:", "Ann said in {doc}`speakers`:"))
    first = edition.build().text("record/edition.json")
    assert "Ann said in Speakers: “" in first
    speakers = (edition.folder / "speakers.md").read_text(encoding="utf-8")
    edition.put("speakers.md", speakers.replace("# Speakers", "# Who speaks"))
    again = edition.build()
    assert "Ann said in Who speaks: “" in again.text("record/edition.json")
    assert again.text("record/edition.json") == edition.build(out="clean").text(
        "record/edition.json"
    )
    assert "Ann said in Who speaks: “" in again.soup("cite/ann-open.html").get_text()


def test_a_paragraph_that_is_only_an_elision_is_nobody_s_words() -> None:
    quote = Quote("q", Origin("a", 2), "s", "k", block="It stays.\n\n[…]\n\nIt does.")
    edition = Edition({"a": Document("a", "A", records=(quote,))}, {}, imprint=Imprint("E"))
    assert [one.exact for one in segments(edition, quote)] == ["It stays.", "It does."]
