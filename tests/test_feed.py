"""The feed: an Atom document that readers take, with ids that stay and dates that are known."""

from __future__ import annotations

import datetime
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup
from conftest import Project
from hypothesis import HealthCheck, given, settings
from lxml import etree
from ontherecord.edition import Edition
from ontherecord.evidence.ledger import Entry, Ledger
from ontherecord.exchange.changes import changed, first_day
from ontherecord.exchange.formats.feed import FORMAT, MOST, entry_id
from ontherecord.imprint import Imprint
from ontherecord.records import (
    Annotation,
    Contradiction,
    Document,
    Event,
    Origin,
    Quote,
    Source,
    Speaker,
)
from random_editions import HARD, editions

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = Path(__file__).parent / "atom.rnc"
IMPRINT = Imprint(title="An edition", address="https://a.example/", licence="CC-BY-4.0")


def written(edition: Edition) -> bytes:
    files = dict(FORMAT.files(edition))
    content = files.get("record/feed.atom", [])
    assert not callable(content)
    return b"".join(content)


def read(content: bytes) -> feedparser.FeedParserDict:
    found = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def judge(folder: Path, *contents: bytes) -> None:
    """Hold documents against the RFC's grammar, with jing."""
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"{number}.atom")
        files[-1].write_bytes(content)
    jing = Path(sys.executable).with_name("pyjing")
    done = subprocess.run(
        [str(jing), "-c", str(SCHEMA), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def hold_to_prose(content: bytes) -> None:
    """Hold a document against what the RFC's grammar cannot say (4.1.1, 4.1.2, 4.2.6)."""
    feed = etree.fromstring(content)
    entries = feed.findall(f"{ATOM}entry")
    assert feed.find(f"{ATOM}author") is not None or all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    )
    ids = [one.findtext(f"{ATOM}id") for one in [feed, *entries]]
    assert len(ids) == len(set(ids))
    for one in [feed, *entries]:
        links = [
            (link.get("rel"), link.get("type"), link.get("hreflang"))
            for link in one.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        assert len(links) == len(set(links)) == 1


def words_of(entry: feedparser.FeedParserDict) -> list[str]:
    soup = BeautifulSoup(entry.content[0].value, "html.parser")
    return [
        "\n\n".join(part.get_text() for part in block.select("p"))
        for block in soup.select("blockquote")
    ]


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_reader_gets_every_dated_record(edition: Edition) -> None:
    content = written(edition)
    hold_to_prose(content)
    found = read(content)
    entries = {entry.id: entry for entry in found.entries}
    dated = {key: changed(edition, one) for key, one in edition.records.items()}
    gone = edition.ledger.entries.keys() - edition.records.keys()
    wanted = {entry_id(edition, key) for key, day in dated.items() if day}
    assert entries.keys() == wanted | {entry_id(edition, key) for key in gone}
    for key, quote in edition.quotes.items():
        entry = entries[entry_id(edition, key)]
        assert words_of(entry) == [edition.words(quote).text]
        assert entry.author == edition.speaker_name(quote)
        assert entry.link.endswith(f"cite/{key}.html")
        assert entry.updated == f"{dated[key]}T00:00:00Z"
        terms = [tag.term for tag in entry.tags]
        assert terms[0] == "quote"
        assert set(quote.topics) <= set(terms)
        block = BeautifulSoup(entry.content[0].value, "html.parser").blockquote
        assert block is not None
        assert block["lang"] == (quote.lang or "en")
    for case in edition.contradictions.values():
        entry = entries[entry_id(edition, case.id)]
        sides = [*case.between, *case.answered_by]
        assert words_of(entry) == [edition.words(edition.quotes[one]).text for one in sides]
        is_tension = case.relation == "tension"
        assert entry.title.startswith("tension: " if is_tension else "contradiction: ")
        text = BeautifulSoup(entry.content[0].value, "html.parser").get_text("\n")
        assert text.startswith("tension" if is_tension else "contradiction")
        assert all(paragraph in text for paragraph in edition.paragraphs(case))
    days = [entry.updated for entry in found.entries]
    assert days == sorted(days, reverse=True)
    assert found.feed.updated == days[0]
    if edition.imprint.address:
        assert all(entry.link.startswith(edition.imprint.address) for entry in found.entries)
    assert {link.href for link in found.feed.links if link.rel == "license"} == {
        "https://creativecommons.org/licenses/by/4.0/"
    }


@given(editions(most_quotes=3))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_is_what_rfc_4287_says(
    tmp_path_factory: pytest.TempPathFactory, edition: Edition
) -> None:
    judge(tmp_path_factory.mktemp("atom"), written(edition))


def quoted(
    *quotes: Quote, others: tuple[Document, ...] = (), ledger: Ledger | None = None
) -> Edition:
    article = Document("one", "One", date="2024-05-01", records=quotes)
    speakers = (Speaker("ann", Origin("people", 1), "Ann <b> & Co"),)
    people = Document("people", "People", records=speakers)
    documents = {one.docname: one for one in (article, people, *others)}
    sources = {"s": Source("s", "misc", (), (("title", "T"),))}
    return Edition(documents, sources, ledger=ledger, imprint=IMPRINT)


def quote(identifier: str = "q", words: str = "Words.", line: int = 1, **fields: str) -> Quote:
    return Quote(identifier, Origin("one", line), "ann", "s", block=words, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", [*HARD, "a\n\nb\n\nc", "ab " * 6666 + "end"])
def test_hard_words_come_through(words: str, tmp_path: Path) -> None:
    content = written(quoted(quote(words=words)))
    judge(tmp_path, content)
    assert words_of(read(content).entries[0]) == [words]


def test_ids_stay_when_the_edition_moves_and_words_are_revised() -> None:
    ledger = Ledger(
        {
            "q": [
                Entry("2024-06-01", "q", "quote", "published", "0", "Ann", "", ""),
                Entry("2024-07-01", "q", "quote", "revised", "1", "Ann", "", "a <slip>"),
            ]
        }
    )
    before = quoted(quote())
    after = quoted(quote(words="Other words.", lang="es"), ledger=ledger)
    after.imprint = replace(IMPRINT, address="", version="2.0", date="2025-01-01")
    first, second = read(written(before)), read(written(after))
    assert first.feed.id == second.feed.id != first.entries[0].id == second.entries[0].id
    # These are in readers' memories already: they must never be others.
    assert first.feed.id == "urn:uuid:e9b8e81d-67db-5bd4-9dfa-dce2356bd7ba"
    assert first.entries[0].id == "urn:uuid:43d63b8a-1e18-5b40-8b1b-3d8aa8d828c5"
    assert (first.entries[0].updated, "published" in first.entries[0]) == (
        "2024-05-01T00:00:00Z",
        False,
    )
    assert second.entries[0].updated == "2024-07-01T00:00:00Z"
    assert second.entries[0].published == "2024-06-01T00:00:00Z"
    assert "1 July 2024: revised, a <slip>" in BeautifulSoup(
        second.entries[0].content[0].value, "html.parser"
    ).get_text("\n")
    other = replace(IMPRINT, title="Another edition")
    before.imprint = other
    assert read(written(before)).entries[0].id != first.entries[0].id


def test_what_is_gone_is_told(tmp_path: Path) -> None:
    entries = [
        Entry("2024-06-01", "old", "quote", "published", "0", "Ann, “Words.”", "", ""),
        Entry("2024-08-01", "old", "quote", "moved", "", "Ann, “Words.”", "q", "split <in two>"),
        Entry("2024-09-01", "bad", "quote", "withdrawn", "", "Ann, “No & no”", "", "not <said>"),
        Entry("2024-06-01", "lost", "speaker", "published", "", "Bob", "", ""),
    ]
    ledger = Ledger()
    for entry in entries:
        ledger.entries.setdefault(entry.id, []).append(entry)
    content = written(quoted(quote(), ledger=ledger))
    judge(tmp_path, content)
    withdrawn, moved, lost, _quote = read(content).entries
    texts = [BeautifulSoup(one.content[0].value, "html.parser") for one in (withdrawn, moved, lost)]
    assert withdrawn.title == "Ann, “No & no” (withdrawn)"
    assert "Withdrawn on 1 September 2024: not <said>." in texts[0].get_text()
    assert withdrawn.link == "https://a.example/cite/bad.html"
    assert moved.title == "Ann, “Words.” (moved)"
    assert (moved.updated, moved.published) == ("2024-08-01T00:00:00Z", "2024-06-01T00:00:00Z")
    assert "split <in two>" in texts[1].get_text()
    now = texts[1].a
    assert now is not None
    assert (now["href"], now.get_text()) == (
        "https://a.example/cite/q.html",
        "Ann <b> & Co, “Words.”",
    )
    assert [link.href for link in moved.links if link.rel == "related"] == [now["href"]]
    assert "no longer in the edition" in texts[2].get_text()


def test_dates_are_those_that_are_known() -> None:
    cases = (
        Contradiction("dated", Origin("cases", 1), ("q",), history=(Event("2024-06", "a", "b"),)),
        Contradiction("undated", Origin("cases", 2), ("q",)),
        Contradiction("adrift", Origin("cases", 3), ("nothing",)),
    )
    notes = (
        Annotation("signed", Origin("cases", 4), on="ann", date="2024-07-03~", text="N."),
        Annotation("on", Origin("cases", 5), on="undated", text="N."),
        Annotation("unknown", Origin("cases", 6), on="ann", text="N."),
    )
    edition = quoted(quote(), others=(Document("cases", "Cases", records=(*cases, *notes)),))
    days = {key: changed(edition, record) for key, record in edition.records.items()}
    assert days == {
        "q": "2024-05-01",
        "ann": "",
        "dated": "2024-06-01",
        "undated": "2024-05-01",
        "adrift": "",
        "signed": "2024-07-03",
        "on": "2024-05-01",
        "unknown": "",
    }
    assert [first_day(date) for date in ("", "../2024", "2024/..", "1789", "never")] == [
        *("", "", "2024-01-01", "1789-01-01", "")
    ]
    content = written(edition)
    hold_to_prose(content)
    assert len(read(content).entries) == 5


def test_it_is_bounded_and_the_newest_stay() -> None:
    ledger = Ledger()
    quotes = []
    for number in range(MOST + 50):
        quotes.append(quote(f"q{number}", line=number + 1))
        if number >= MOST + 40:
            entry = Entry("2025-01-01", f"q{number}", "quote", "published", "", "Q", "", "")
            ledger.entries[f"q{number}"] = [entry]
    edition = quoted(*quotes, ledger=ledger)
    found = read(written(edition)).entries
    assert len(found) == MOST
    newest = {entry_id(edition, f"q{number}") for number in range(MOST + 40, MOST + 50)}
    assert {entry.id for entry in found[:10]} == newest


def test_without_a_date_there_is_no_feed() -> None:
    edition = Edition({"people": Document("people", "P")}, {}, imprint=IMPRINT)
    assert written(edition) == b""
    edition.imprint = replace(IMPRINT, date="2025-01-01")
    found = read(written(edition))
    assert (found.entries, found.feed.updated) == ([], "2025-01-01T00:00:00Z")


def test_it_speaks_the_editions_language() -> None:
    edition = quoted(
        quote(), others=(Document("c", "C", records=(Contradiction("c", Origin("c", 1), ("q",)),)),)
    )
    edition.language = "es"
    found = read(written(edition))
    assert found.feed.title_detail.language == "es"
    titles = [entry.title for entry in found.entries]
    assert any(title.startswith("contradicción: ") for title in titles), titles


def test_a_built_edition_has_a_feed(first_edition: Project, tmp_path: Path) -> None:
    build = first_edition.build("html", "-D", "record_address=https://record.example/en/stable")
    content = (build.out / "record/feed.atom").read_bytes()
    judge(tmp_path, content)
    found = read(content)
    assert [link.href for link in found.feed.links if link.rel == "self"] == [
        "https://record.example/en/stable/record/feed.atom"
    ]
    for entry in found.entries:
        page = entry.link.removeprefix("https://record.example/en/stable/")
        assert (build.out / page).is_file()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    assert today.encode() not in content, "no day of a build"
