"""Words, exactly: what is stripped, joined, cut and hashed."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from ontherecord.words import (
    BARRED,
    OPENING_LIMIT,
    barred,
    collapse_space,
    fingerprint,
    fold_space,
    holds_in_order,
    join,
    opening,
    outer_marks,
    pieces,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"Yes."', "Yes."),
        ("“Yes.”", "Yes."),
        ("„Ja.“", "Ja."),
        ("« Oui. »", "Oui."),
        ("»Ja.«", "Ja."),
        ("'Yes.'", "Yes."),
        ("「はい」", "はい"),
        ('"A" and "B"', '"A" and "B"'),
        ("“A” and “B”", "“A” and “B”"),
        ('"He said "no" to me"', 'He said "no" to me'),
        ("“He said “no” to me”", "He said “no” to me"),
        ("'They're sayin' it'", "They're sayin' it"),
        ("‘They’re in’", "They’re in"),
        ('"', '"'),
        ('""', ""),
        ("Yes", "Yes"),
        ('"Yes', '"Yes'),
        ('Yes"', 'Yes"'),
        ("[…] yes", "[…] yes"),
    ],
)
def test_one_outer_pair_of_quotation_marks_is_no_words(text: str, words: str) -> None:
    opener, inner, closer = outer_marks(text)
    assert inner == words
    assert opener + inner + closer == text


@given(st.text())
def test_nothing_is_lost_with_the_marks(text: str) -> None:
    assert "".join(outer_marks(text)) == text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("No. None.", "No."),
        ("Mr. Smith came. He left.", "Mr. Smith came."),
        ("The U.S. forces left. Then?", "The U.S. forces left."),
        ("Is it? Yes.", "Is it?"),
        ('He said "no." Then left.', 'He said "no."'),
        ("no end at all", "no end at all"),
        ("At 3 p.m. it began. Then", "At 3 p.m. it began."),
        ("a " * 100, "a " * 59 + "a…"),
        ("x" * 200, "x" * 119 + "…"),
    ],
)
def test_opening_words(words: str, expected: str) -> None:
    assert opening(words) == expected


@given(st.text(min_size=1))
def test_opening_words_are_a_beginning_and_short(words: str) -> None:
    found = opening(words)
    assert len(found) <= OPENING_LIMIT
    assert fold_space(words).startswith(found.removesuffix("…")) or not found


def test_the_fingerprint_is_that_of_the_design() -> None:
    fragments = ["“Ça – va”", "é"]
    text = '["“Ça – va”","é"]'
    assert json.loads(text) == fragments
    assert fingerprint(fragments) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@given(st.lists(st.text()))
def test_no_character_is_escaped_in_a_fingerprint_that_need_not_be(fragments: list[str]) -> None:
    text = json.dumps(fragments, ensure_ascii=False, separators=(",", ":"))
    assert fingerprint(fragments) == hashlib.sha256(text.encode()).hexdigest()


def test_fragments_are_joined_by_what_is_known_of_them() -> None:
    assert join(["A.", "B."], contiguous=True) == "A. B."
    assert join(["A.", "B."], contiguous=False) == "A. […] B."
    assert join([], contiguous=False) == ""


@pytest.mark.parametrize("contiguous", [True, False])
@pytest.mark.parametrize(
    ("fragments", "words"),
    [
        (["A.", "[…] B."], "A. […] B."),
        (["A. […]", "B."], "A. […] B."),
        (["A. […]", "[…] B."], "A. […] B."),
        (["A. [...]", "[...] B.", "[…]", "C."], "A. [...] B. […] C."),
        (["A.", "[…]", "[…]"], "A. […]"),
        (["A. […]", "B […] C."], "A. […] B […] C."),
        (["[…] A. […]"], "[…] A. […]"),
    ],
)
def test_between_two_fragments_one_elision_is_enough(
    fragments: list[str], words: str, contiguous: bool
) -> None:
    assert join(fragments, contiguous=contiguous) == words


@given(st.lists(st.sampled_from(["A.", "b", "[…]", "[…] c", "d [...]", "[e]", "f…"]), max_size=6))
def test_joined_words_have_no_two_elisions_side_by_side(fragments: list[str]) -> None:
    words = join(fragments, contiguous=False)
    assert not re.search(r"\[(…|\.\.\.)\]\s*\[(…|\.\.\.)\]", words)
    assert "".join(pieces(words)) == "".join(pieces(" […] ".join(fragments)))


@pytest.mark.parametrize(
    ("words", "fragments", "holds"),
    [
        ("a b c d", ["a", "c"], True),
        ("a b c d", ["c", "a"], False),
        ("a b c d", ["a […] d"], True),
        ("a b c d", ["a [the] c"], True),
        ("a b c d", ["a [the] b […] d"], True),
        ("a\n\nb", ["a b"], True),
        ("a--b", ["a–b"], False),
        ("force", ["forces"], False),
        ("b b", ["b", "b", "b"], False),
    ],
)
def test_marks_agree_with_words_in_order(words: str, fragments: list[str], holds: bool) -> None:
    assert holds_in_order(words, fragments) is holds


ANY = st.characters(codec=None, categories=None) | st.sampled_from(
    "\0\b\t\n\f\r \x7f\x85\ud800\ufffe\uffff"
)


@given(st.text(ANY))
def test_characters_that_no_page_can_hold_are_all_found(text: str) -> None:
    expected = [match.span() for match in BARRED.finditer(text)]
    assert [match.span() for match in barred(text)] == expected


@given(st.text(st.sampled_from("ab \n\xa0")))
def test_a_folded_text_is_a_plain_string_and_the_same_one_if_it_can_be(text: str) -> None:
    folded = fold_space(nodes.Text(text))
    assert type(folded) is str
    assert folded == " ".join(text.split())
    assert fold_space(folded) is folded


@given(st.text(st.sampled_from("ab \t\n\r\f\v\xa0")))
def test_each_run_of_white_space_is_one_space(text: str) -> None:
    assert collapse_space(text) == re.sub("[ \t\n\r\f]+", " ", text)
