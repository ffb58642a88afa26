"""Findings come from the collation: on witnesses with known edits, and on the record's own."""

from __future__ import annotations

from collections import Counter

import pytest
from conftest import BIB, Project
from hypothesis import given, settings
from hypothesis import strategies as st
from ontherecord.edition import Edition
from ontherecord.evidence.apparatus_entries import entries, sigla
from ontherecord.evidence.collation import collate
from ontherecord.evidence.findings import Finding, find
from ontherecord.evidence.quote_evidence import evidence
from ontherecord.evidence.tokens import tokenise
from ontherecord.evidence.witnesses import chains, independent
from ontherecord.exchange.of_edition import quote as quote_shape
from ontherecord.packed import pack
from ontherecord.records import Block, Document, Mark, Origin, Part, Quote, Reading, Source
from ontherecord.values import replace
from witness_maker import KINDS, SENTENCES, make


def findings(*wordings: str | tuple[str, ...]) -> list[Finding]:
    given_ = [words if isinstance(words, tuple) else (words,) for words in wordings]
    return find(collate(given_), [chr(ord("A") + number) for number in range(len(given_))])


def shown(*wordings: str | tuple[str, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, " ".join(one.witnesses), one.words) for one in findings(*wordings)]


BEFORE = "No use of military force in immigration operations. None"
AFTER = "At least half of you try to get that right."


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        (("no force", "no forces"), ("substitution", "A B", "force (A) | forces (B)")),
        (("one two … four", "one two three four"), ("omission-marked", "A B", "three")),
        (("one two... four", "one two three four"), ("omission-marked", "A B", "three")),
        (("one two four", "one two three four"), ("omission-unmarked", "A B", "three")),
        (
            ((BEFORE, AFTER), f"{BEFORE}. So again, I repeat it. {AFTER}"),
            ("omission-unmarked", "A B", "So again, I repeat it"),
        ),
        (
            ("It was so. It ended.", "It was so. It went on for long. It ended."),
            ("splice", "A B", "It went on for long"),
        ),
        (
            (("It was so", "It ended."), "It was so. It went on. And on. It ended."),
            ("splice", "A B", "It went on. And on"),
        ),
        (
            (("It was so", "It ended."), "It was so. It went on […] It ended."),
            ("splice", "A B", "It went on"),
        ),
        (
            ("what to do.", "what to do and not do, et cetera."),
            ("truncation", "A B", "and not do, et cetera"),
        ),
        (
            ("It came before.", "It came before!"),
            ("punctuation", "A B", "before. (A) | before! (B)"),
        ),
        (
            ("minor incursion", "minor and small incursion", "minor and tiny incursion"),
            ("omission-unmarked", "A B C", "and small (B) | and tiny (C)"),
        ),
        (
            ("in a moment of differences", "In a moment of differences, the way is dialogue. Yes."),
            ("truncation", "A B", "the way is dialogue"),
        ),
        (
            ("start today, not tomorrow", "start today; not tomorrow"),
            ("punctuation", "A B", "today, not (A) | today; not (B)"),
        ),
    ],
)
def test_each_kind(wordings: tuple[str, str], expected: tuple[str, str, str]) -> None:
    assert shown(*wordings)[-1] == expected
    assert len(shown(*wordings)) == (2 if len(wordings) > 2 else 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("No — repeat — no", "No -- repeat -- no"),
        ("“Never” he said", '"never" he said'),
        ("It’s  so", "It's so"),
        ("one […] four", "one two three four"),
        ("[…] two three", "one two three"),
        ("one two […]", "one two three."),
        ("e\u0301galite\u0301", "\u00e9galit\u00e9"),
        ("The president", "the President"),
    ],
)
def test_what_is_no_difference_of_words(one: str, other: str) -> None:
    assert shown(one, other) == []


def test_an_excerpt_is_aligned_where_it_overlaps() -> None:
    base = "There will be no mass deportations. Everything is legal."
    excerpt = "Let me be very clear: There will be no […]"
    assert shown(base, excerpt) == []
    assert entries(collate([(base,), (excerpt,)])) == []


def test_a_word_of_an_excerpt_is_aligned_beside_its_neighbours() -> None:
    base = "At a rate that nobody has seen, and because what has been allowed in is bad."
    assert shown(base, "[…] because that has been allowed […]") == [
        ("substitution", "A B", "what (A) | that (B)")
    ]


def test_several_witnesses_are_aligned_with_each_other() -> None:
    third = f"{BEFORE}. I repeat, there will be no use. {AFTER}"
    second = f"{BEFORE}. So again, I repeat, no use. {AFTER}"
    found = findings((BEFORE, AFTER), second, third)
    assert Finding("omission-unmarked", ("B", "C"), "there will be") in found
    assert Finding("omission-unmarked", ("C", "B"), "So again") in found


def test_the_apparatus_reads_as_scholars_set_it() -> None:
    collation = collate(
        [("no use of force at all",), ("no use of forces at all",), ("no use at all",)]
    )
    (entry,) = entries(collation)
    assert entry.lemma == "of force"
    assert [(one.words, one.witnesses, one.how) for one in entry.variants] == [
        ("of forces", (1,), ""),
        ("", (2,), "dropped"),
    ]
    (added,) = entries(collate([("one two",), ("one and a two",)]))
    assert (added.lemma, added.adds, added.variants[0].words) == ("one", True, "and a")


def test_sigla_tell_witnesses_apart() -> None:
    assert sigla(["Politico", "MSNBC", "CNN, The Lead", "CNN", "The Post", "Post"]) == [
        "P", "M", "C", "C2", "P2", "P3",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_any_wordings_are_aligned_whole(wordings: list[str]) -> None:
    """Every word of every witness stands in one column, in its order."""
    collation = collate([(words,) for words in wordings])
    for number, words in enumerate(wordings):
        have = [column[number] for column in collation.columns if column[number] is not None]
        assert have == list(range(len(tokenise((words,)).tokens)))
    find(collation, [str(number) for number in range(len(wordings))])
    entries(collation)


@given(st.text(max_size=80))
def test_a_wording_agrees_with_itself(words: str) -> None:
    assert findings(words, words) == []


def score(language: str, kinds: list[list[str]], seeds: range) -> tuple[float, float]:
    """Give precision and recall over witnesses with known edits."""
    hits = made_count = found_count = 0
    for seed in seeds:
        made = make(seed, language, kinds[seed % len(kinds)])
        found = Counter(one.kind for one in findings(made.base, made.witness))
        wanted = Counter(kind for kind, _ in made.edits)
        hits += sum((found & wanted).values())
        found_count += sum(found.values())
        made_count += sum(wanted.values())
    return hits / max(1, found_count), hits / max(1, made_count)


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("kind", KINDS)
def test_known_edits_are_found(language: str, kind: str) -> None:
    precision, recall = score(language, [[kind]], range(60))
    assert precision >= 0.97
    assert recall >= 0.97


@pytest.mark.parametrize("language", SENTENCES)
def test_mixed_edits_are_found(language: str) -> None:
    mixes = [list(KINDS[:3]), list(KINDS[2:6]), ["substitution", "splice", "punctuation"]]
    precision, recall = score(language, mixes, range(120))
    assert precision >= 0.95
    assert recall >= 0.95


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from(sorted(SENTENCES)), st.sampled_from(KINDS))
def test_a_finding_names_its_witnesses_and_words(seed: int, language: str, kind: str) -> None:
    made = make(seed, language, [kind])
    for one in findings(made.base, made.witness):
        assert set(one.witnesses) <= {"A", "B"}
        assert one.words


def test_long_readings_do_not_hang() -> None:
    base = " ".join(SENTENCES["en"] * 12)
    wordings = [base, *(base.replace("law", f"law{number}", 3) for number in range(10))]
    assert len(base.split()) > 900
    assert {one.kind for one in findings(*wordings)} == {"substitution"}


def test_an_edition_collates_a_quote_once_and_no_other_in_its_name() -> None:
    reading = Reading("b", "no forces", 2)
    quote = Quote("q", Origin("d", 1), "s", "a", "no force", readings=(reading,))
    edition = Edition({"d": Document("d", "D", records=(quote,))}, {})
    assert evidence(edition, quote) is evidence(edition, quote)
    other = replace(quote, readings=(Reading("b", "no force", 2),))
    assert evidence(edition, quote).findings
    assert not evidence(edition, other).findings


def quoted(
    contiguous: str, kind: str, *readings: Reading, locator: str = ""
) -> tuple[Edition, Quote]:
    """Give a quote of two fragments, "one two" and "five six", in an edition of its own."""
    quote = Quote(
        "q",
        Origin("d", 1),
        "s",
        "a",
        contiguous=contiguous,
        locator=locator,
        readings=readings,
    )
    marks = tuple(
        Mark("said", "q", 1, words, "p1", number, number + 1, number + 1)
        for number, words in enumerate(["One two.", "Five six."])
    )
    block = Block("p1", tuple(Part("text", mark.words) for mark in marks))
    document = Document(
        "d", "D", date="2024-05-01", records=(quote,), marks=marks, packed_blocks=pack([block])
    )
    source = Source("a", "misc", (), (("witness", kind), ("shorttitle", "The House")))
    return Edition({"d": document}, {"a": source}), quote


@pytest.mark.parametrize(
    ("contiguous", "kind", "omits"),
    [
        ("yes", "transcript", True),
        ("no", "report", True),
        ("no", "transcript", False),
        ("no", "recording", False),
        ("no", "document", False),
        ("unknown", "report", False),
    ],
)
def test_a_source_that_has_what_stood_between_fragments_omits_nothing(
    contiguous: str, kind: str, omits: bool
) -> None:
    edition, quote = quoted(contiguous, kind, Reading("b", "One two. Three four. Five six.", 2))
    assert bool(evidence(edition, quote).findings) is omits


AGAIN = Reading("a", "One too. Five six.", 2, locator="line 9, as it was read out")


def test_a_source_that_is_a_witness_twice_is_told_apart_by_the_place() -> None:
    edition, quote = quoted("yes", "transcript", AGAIN, Reading("b", "One to. Five six.", 3))
    found = evidence(edition, quote)
    assert found.sigla == (("H", "a"), ("H2", "a, line 9, as it was read out"), ("B", "b"))
    (finding,) = found.findings
    assert finding.words == "two (a) | too (a, line 9, as it was read out) | to (b)"
    shape = quote_shape(edition, quote).findings[0]
    assert shape.witnesses == ("a", "b")
    assert [one.sources for one in shape.variants] == [("a",), ("a",), ("b",)]


def test_a_source_is_one_witness_in_however_many_places() -> None:
    edition, quote = quoted("yes", "transcript", AGAIN)
    witnesses = chains(edition, quote)
    assert [one.source for one in witnesses] == ["a"]
    assert independent(witnesses) == 1


def test_pages_tell_like_witnesses_apart(edition: Project) -> None:
    edition.put(
        "references.bib",
        BIB + "@misc{herald-late, organization = {The Herald}, date = {2024-05-02}}\n"
        "@misc{herald-again, organization = {The Herald}, date = {2024-05-02}}\n",
    )
    edition.put(
        "more.md",
        """
        # More

        ::::{quote} ann-more
        :speaker: ann
        :source: herald-2024

        It stays open.

        :::{reading} herald-2024
        :locator: line 9

        It stays shut.
        :::

        ::::
        """,
    )
    page = edition.build("html", "-W").soup("cite/ann-more.html").get_text()
    assert "H The Herald; H2 The Herald, line 9." in page
    assert "“open” (The Herald); “shut” (The Herald, line 9)" in page
    assert "1 witness" in page
    assert "2 witnesses" not in page
    assert "independent" not in page
    more = (edition.folder / "more.md").read_text()
    others = "".join(
        f":::{{reading}} {key}\nIt stays {word}.\n:::\n\n"
        for key, word in [("herald-late", "put"), ("herald-again", "shut")]
    )
    edition.put("more.md", more.replace(":::{reading}", others + ":::{reading}", 1))
    page = edition.build("html", "-W").soup("cite/ann-more.html").get_text()
    assert "H The Herald, 1 May 2024; H2 The Herald, herald-late; H3 The Herald, " in page
    assert "H4 The Herald, 1 May 2024, line 9." in page
    assert "3 independent witnesses" in page
