"""References: the words stay as they are, in every style and every format."""

from __future__ import annotations

import datetime
import gc
import json
import re
import shutil
import subprocess
import unicodedata
import weakref
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import rispy
from bs4 import BeautifulSoup
from citeproc.model import CitationStylesElement
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from ontherecord.citing import (
    STYLES,
    Citations,
    Formatted,
    Item,
    Name,
    bibtex,
    bibtex_of_source,
    csl,
    csl_json,
    item_of_source,
    name_of,
    ris,
)
from ontherecord.citing.bibtex import latex
from ontherecord.citing.known import Known
from ontherecord.citing.parted_dates import PartedDate, parted
from ontherecord.citing.processor import Processor, locale_for
from ontherecord.citing.shape import initials
from ontherecord.citing.text_fragment import text_fragment
from ontherecord.dates import say
from ontherecord.economies import citation_macros
from ontherecord.records import Source
from ontherecord.sources import read
from ontherecord.values import replace
from ontherecord.words import fold_space
from pybtex.database import parse_string
from pybtex.richtext import Text

if TYPE_CHECKING:
    from pathlib import Path

KELLY = Item(
    id="kelly-no-mass-deportations",
    type="chapter",
    title="There will be no — repeat — no mass deportations.",
    authors=(name_of("John F. Kelly", "Kelly"),),
    words="There will be no — repeat — no mass deportations. Everything will be done legally.",
    container="On the Record",
    version="0.1.0",
    issued="2026-11-24",
    original="2017-02-23",
    address="https://ontherecord.example/cite/kelly-no-mass-deportations.html",
    language="en",
)

NASTY = [
    "",
    "A <b> & ]]> C",
    "{ a }} b {",
    r"100 % of $5 #1 a_b ~x ^y \textbf{z} \\",
    "“a” ‘b’ \"c\" 'd' «e» „f“ ‚g‘ ‹h› 「i」",
    "--- -- - ``x'' !` ?` ,, << >>",
    "🙂 👩‍👩‍👧 e\u0301a\u0308",
    "لن يكون هناك ترحيل جماعي",
    "לא יהיו גירושים המוניים.",
    "one\ntwo\r\nthree\n\nfour\u2028five",
    "word " * 4000,
    "(sic!)",
    "No,",
    "no mass deportations of the kind",
    "NO. mass. DEPORTATIONS…”",
    "\U000f0000 \U0001d400\ue000 \u2c00 3105 45 \U000fff00",
]

words = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.sampled_from("aB 1.,;:?!…—-'\"“”’«»`<>&{}[]()\\%$#~^_é\u0301א🙂\n"), max_size=30),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)


@lru_cache
def citations(language: str = "en") -> Citations:
    return Citations(language)


def formatted(item: Item, language: str = "en") -> dict[str, Formatted]:
    return {one.style: one for one in citations(language).format(item)}


# Names


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("John F. Kelly", "Kelly", Name("", "Kelly", "John F.")),
        ("Enrique Peña Nieto", "Peña Nieto", Name("", "Peña Nieto", "Enrique")),
        ("Xi Jinping", "Xi", Name("", "Xi", "Jinping")),
        ("Martin King Jr.", "King", Name("", "King", "Martin", "Jr.")),
        ("Martin Luther King, Jr.", "King", Name("", "King", "Martin Luther", "Jr.")),
        ("Kelly, John", "Kelly", Name("", "Kelly", "John")),
        ("Madonna", "Madonna", Name("", "Madonna")),
        ("John F. Kelly", "", Name("John F. Kelly")),
        ("Maria Kellyanne", "Kelly", Name("Maria Kellyanne")),
        ("Ana Peña-Nieto", "Nieto", Name("Ana Peña-Nieto")),
        ("Gabriel García Márquez", "García", Name("Gabriel García Márquez")),
        ("a  White House\nofficial", "", Name("a White House official")),
        ("", "", Name()),
    ],
)
def test_names_are_parted_by_the_recorded_family_name_alone(
    name: str, family: str, parts: Name
) -> None:
    assert name_of(name, family) == parts


@pytest.mark.parametrize(
    ("given_names", "apa", "harvard"),
    [
        ("John F.", "J. F.", "J.F."),
        ("Jean-Paul", "J.-P.", "J.-P."),
        ("Xiao-ming", "X.-m.", "X.-m."),
        ("Ludwig van", "L. van", "L. van"),
        ("J.R.R.", "J. R. R.", "J.R.R."),
        ("E\u0301mile", "E\u0301.", "E\u0301."),
        ("近平", "近平", "近平"),
        ("-", "-", "-"),
    ],
)
def test_initials(given_names: str, apa: str, harvard: str) -> None:
    assert initials(given_names, ". ") == apa
    assert initials(given_names, ".") == harvard


# Styles


def test_a_quotation_in_every_style() -> None:
    address = KELLY.address
    said = "There will be no — repeat — no mass deportations."
    have = formatted(KELLY)
    assert {key: one.text for key, one in have.items()} == {
        "apa": f"Kelly, J. F. (2026). {said} [23 February 2017]. In On the Record (Version 0.1.0). "
        f"{address} (Original work published 2017)",
        "chicago-notes": f"Kelly, John F. “{said}” [23 February 2017]. In On the Record, "
        f"version 0.1.0. 2017, 2026. {address}.",
        "chicago-author-date": f"Kelly, John F. (2017) 2026. “{said}” [23 February 2017]. "
        f"In On the Record, version 0.1.0. {address}.",
        "mla": f"Kelly, John F. “{said}” 23 Feb. 2017. On the Record, Version 0.1.0, 2026, "
        f"{address}.",
        "harvard": f"Kelly, J.F. (2026) “{said}” [23 February 2017], On the Record. "
        f"Version 0.1.0. Available at: {address}.",
    }
    assert have["chicago-notes"].note_text == (
        f"John F. Kelly, “{said}” [23 February 2017], in On the Record, version 0.1.0 "
        f"(2017, 2026), {address}."
    )
    assert [one.label for one in have.values()] == [style.label for style in STYLES]
    for one in have.values():
        assert one.html.count("<i>On the Record</i>") == 1
        assert re.findall(r"</?(\w+)", one.html) == ["i", "i"]


@pytest.mark.parametrize("language", ["en", "en-GB", "es", "de", "fr", "he", "ja", "xx"])
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(title=words)
@example(title="There will be no — repeat — no mass deportations.")
def test_no_style_changes_a_character(language: str, title: str) -> None:
    whole = fold_space(title)
    for one in citations(language).format(replace(KELLY, title=title)):
        assert whole in one.text
        assert escape(whole, quote=False) in one.html
        assert not one.note_text or whole in one.note_text


@settings(deadline=None, max_examples=100)
@given(title=words, container=words, publisher=words, version=words, family=words, given_name=words)
def test_what_is_shown_is_the_text(**parts: str) -> None:
    texts = {key: fold_space(value) for key, value in parts.items()}
    name = Name(family=texts["family"] or "Kelly", given=texts["given_name"])
    item = replace(
        KELLY,
        title=texts["title"],
        container=texts["container"] or "On the Record",
        publisher=texts["publisher"],
        version=texts["version"],
        authors=(name,),
    )
    for one in citations().format(item):
        assert BeautifulSoup(one.html, "html.parser").get_text() == one.text
        assert set(re.findall(r"</?(\w+)", one.html)) <= {"i"}
        for value in (texts["container"], texts["version"], name.family):
            assert value in one.text


@pytest.mark.parametrize("end", [".", "?", "!", "…", ".”", "?’", "!)", "[…]", ".»"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_no_stop_is_set_behind_a_stop(end: str, language: str) -> None:
    bare = replace(KELLY, title=f"So it is{end}", original="")
    for one in citations(language).format(bare):
        for text in filter(None, (one.text, one.note_text)):
            after = text.partition(bare.title)[2]
            assert re.match(r"\s?[”»“’‘]?[,]? ?[A-Zeio(\[]", after.replace("\xa0", " ")), text


GARBAGE = "You could conclude that he was calling “garbage” — all supporters “garbage.”"


@pytest.mark.parametrize(
    ("language", "title", "around"),
    [
        ("en", GARBAGE, "‘’"),
        ("en", "“Garbage” is what he said", "‘’"),
        ("en", 'Not "garbage" at all', "‘’"),
        ("en", "the “so-called ‘deal’”", "‘’"),
        ("en", "don’t say ‘garbage’", "“”"),
        ("en", "‘I said “garbage”’", "“”"),
        ("en", "it’s the voters’ own", "“”"),
        ("en", 'a 5" pipe', "“”"),
        ("en", "“garbage” and ‘rubbish’", "“”"),
        ("en-GB", GARBAGE, "‘’"),
        ("en-GB", "don’t say ‘garbage’", "“”"),
        ("de", "das „Wort“ und", "‚‘"),
        ("de", "das «Wort» und", "„“"),
        ("es", GARBAGE, "«»"),
        ("es", "dijo «basura»", "“”"),
        ("fr", "dit « ordures »", "“”"),
        ("ja", "「ごみ」と", "『』"),
        ("sv", "han sa ”skräp” då", "’’"),
    ],
)
def test_marks_around_words_differ_from_those_in_them(
    language: str, title: str, around: str
) -> None:
    """Words are as they were said, in every style: the marks around them are the style's."""
    have = formatted(replace(KELLY, title=title), language)
    shown = [have[style].text for style in ("chicago-notes", "chicago-author-date", "mla")]
    for text in [*shown, have["harvard"].text, have["chicago-notes"].note_text]:
        assert f"{around[0]}{title}{around[1]}" in text
        assert text.count(title) == 1
    assert f"{title}" in have["apa"].text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (GARBAGE, GARBAGE.replace("“", "‘").replace("”", "’")),
        ("Note: “the editors’ ‘own’ word” is theirs", "Note: ‘the editors’ “own” word’ is theirs"),
        ('What "garbage" was', "What ‘garbage’ was"),
        ("Tension: Ann, ‘a “b”’; Bob, ‘c’", "Tension: Ann, ‘a “b”’; Bob, ‘c’"),
        ("It opens “and is cut…", "It opens ‘and is cut…"),
        ("No marks, and the voters’ own", "No marks, and the voters’ own"),
    ],
)
def test_marks_in_a_title_of_the_editors_are_single_within_double_ones(
    title: str, shown: str
) -> None:
    item = replace(KELLY, title=title, exact=False)
    have = formatted(item)
    for style in ("chicago-notes", "chicago-author-date", "mla"):
        assert f"“{shown}”" in have[style].text
    assert f"“{shown}”" in have["chicago-notes"].note_text
    assert title in have["apa"].text, "a style without marks leaves them as they are"
    assert csl(item)["title"] == title, "what programs read has it as it is"
    british = formatted(replace(item, title="Of ‘garbage’"), "en-GB")["mla"].text
    assert "“Of ‘garbage’”" in british
    paper = formatted(replace(item, type="article-newspaper"))["chicago-notes"]
    assert f"“{shown}”" in paper.text


def test_a_stop_is_set_where_there_is_none() -> None:
    have = formatted(replace(KELLY, title="so it is", original=""))
    assert "so it is. In" in have["apa"].text
    assert "“so it is”. In" in have["chicago-notes"].text


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("2017-02-23", "23 February 2017"),
        ("2017-02-01", "1 February 2017"),
        ("2017-02", "February 2017"),
        ("2017", "2017"),
        ("2017-02~", "about February 2017"),
        ("2017-02-23?", "perhaps 23 February 2017"),
        ("2017%", "perhaps about 2017"),
        ("2017-02-23/2017-02-25", "23 February 2017 to 25 February 2017"),
        ("2016-12-31/2017", "31 December 2016 to 2017"),
        ("2017-02-23/..", "from 23 February 2017"),
        ("201X", "201X"),
        ("0800-12-25", "25 December 800"),
        ("in spring, <they> say", "in spring, <they> say"),
        ("2017-02-30", "2017-02-30"),
    ],
)
def test_the_day_of_the_words_stands_in_every_style(spoken: str, said: str) -> None:
    for key, one in formatted(replace(KELLY, original=spoken)).items():
        shown = one.text
        if key == "mla":
            shown = shown.replace("Feb.", "February").replace("25 Dec. 800", "25 December 800")
        assert said in shown, key


def test_a_style_that_prints_the_day_gets_no_bracket() -> None:
    for language in ("en", "fr", "de", "ja", "cs"):
        for spoken in ("2017-02-01", "2017-02-03", "2017-02-23"):
            item = replace(KELLY, original=spoken)
            have = formatted(item, language)
            assert "[" not in have["mla"].text, language
            assert f"[{say(spoken, language)}]" in have["harvard"].text


@pytest.mark.parametrize(
    "change",
    [
        {"container": "Another Record?"},
        {"publisher": "The Press"},
        {"version": "0.2.0"},
        {"issued": "2027-10-23"},
        {"editors": (Name(literal="The Editors"),)},
    ],
)
def test_what_records_have_alike_is_that_of_their_own_edition(change: dict[str, Any]) -> None:
    cited = Citations()
    edited = replace(KELLY, editors=(Name(literal="Somebody"),), publisher="A Press")
    for item in (edited, replace(edited, **change), edited):
        assert cited.format(item) == Citations().format(item)


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_what_is_known_formats_without_the_styles(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [KELLY, replace(KELLY, original="2017-02~"), replace(KELLY, authors=(), issued="")]
    first = Citations(language)
    made = [first.format(item) for item in items]
    kept = msgspec.msgpack.encode(first.known)
    monkeypatch.setattr("ontherecord.citing.putting.Processor", None)
    known = Citations(language, known=msgspec.msgpack.decode(kept, type=Known))
    assert [known.format(item) for item in items] == made
    if language != "zh":  # Of the same shape, though in another month.
        assert known.format(replace(KELLY, issued="2017-12-11", original="2017-11-12"))
    with pytest.raises(TypeError):
        known.format(replace(KELLY, version=""))


def test_styles_are_let_go_when_all_shapes_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ontherecord.citing.styles._ENOUGH", 3)
    cited = Citations()
    first = cited.format(KELLY)
    styles = weakref.ref(cited._styles)
    assert [cited.format(KELLY) for _ in range(2)] == [first, first]
    gc.collect()
    assert styles() is None
    other = replace(KELLY, version="")
    assert cited.format(other) == Citations().format(other)


def test_without_a_date_there_is_none() -> None:
    have = formatted(replace(KELLY, issued="", original=""))
    for key, said in (("apa", "(n.d.)"), ("chicago-notes", "n.d."), ("harvard", "(no date)")):
        assert said in have[key].text
    assert not any("[" in one.text for one in have.values())


def test_the_small_words_of_dates_are_translated() -> None:
    said = Citations("de", lambda phrase: {"about %s": "um %s"}.get(phrase, phrase))
    assert "[um Februar 2017]" in said.format(replace(KELLY, original="2017-02~"))[0].text


def test_without_an_author_the_title_stands_once() -> None:
    for kind in ("chapter", "article-newspaper", "webpage", "report"):
        for one in citations().format(replace(KELLY, authors=(), type=kind)):
            assert one.text.count(KELLY.title) == 1
            assert one.text.startswith(KELLY.title[:3]) or KELLY.title in one.text


def test_whoever_speaks() -> None:
    house = Name(literal="a White House official, unnamed")
    for one in citations().format(replace(KELLY, authors=(house,))):
        assert one.text.startswith(house.literal)
    arden = name_of("Ann B. Arden", "Arden")
    two = formatted(replace(KELLY, authors=(arden, house)))
    assert two["apa"].text.startswith("Arden, A. B., & a White House official")
    assert two["apa"].html.startswith("Arden, A. B., &amp; a White House official")
    for count in (3, 8, 25, 90):
        people = tuple(Name(family=f"F{number}", given=f"G{number}") for number in range(count))
        have = formatted(replace(KELLY, authors=people))
        assert have["apa"].text.startswith("F0, G., F1, G., ")
        assert f"F{count - 1}, G. (2026)" in have["apa"].text
        assert have["mla"].text.startswith("F0, G0, et al.")
        shown = range(19) if count > 20 else range(count)
        assert all(have["apa"].text.count(f"F{number}, G.") == 1 for number in shown)
        assert have["apa"].text.count("G.") == min(count, 20)


def test_what_is_missing_leaves_no_trace() -> None:
    for missing in ("title", "container", "version", "address", "issued", "original"):
        for one in citations().format(replace(KELLY, **{missing: ""})):
            assert not re.search(r"\(\)|\[\]|“”|  |,,|\.\.|: \.", one.text), one.text
            if missing == "version":
                assert "ersion" not in one.text
    assert len(citations().format(Item("nothing", "chapter"))) == len(STYLES)


def test_no_edition_is_named_where_there_is_none() -> None:
    """In a condition, citeproc-py labels what is missing; the styles are put right for it."""
    for one in citations().format(replace(KELLY, type="article-newspaper", version="")):
        assert "dition" not in one.text


def test_a_genre_and_a_day_without_a_title_stand_at_the_end() -> None:
    have = formatted(replace(KELLY, title="", genre="Quotation <1>"))
    assert have["apa"].text.endswith("[Quotation <1>, 23 February 2017].")
    assert "[Quotation &lt;1&gt;, 23 February 2017]" in have["apa"].html


def test_a_reference_does_not_hang_on_those_before_it() -> None:
    kinds = ("chapter", "article-newspaper", "webpage", "report", "broadcast")
    items = [
        replace(KELLY, type=kind, original=day)
        for kind in kinds
        for day in ("2017-02-23", "2017-02~")
    ]
    forth, back = Citations("fr"), Citations("fr")
    one_way = [forth.format(item) for item in items]
    assert one_way == [back.format(item) for item in reversed(items)][::-1]
    assert one_way == [forth.format(item) for item in items]


# Against the processor itself

capitalised = st.lists(
    st.from_regex(r"[A-ZÉ][a-zé]{0,6}", fullmatch=True), min_size=1, max_size=4
).map(" ".join)
person = st.builds(
    Name,
    literal=st.just(""),
    family=st.sampled_from(["Kelly", "Peña Nieto", "O'Neil"]),
    given=st.sampled_from(["", "John F.", "Jean-Paul", "Ann", "J. R. R.", "Rosa Maria"]),
    suffix=st.sampled_from(["", "", "Jr."]),
)
body = st.builds(Name, literal=capitalised)
day = st.one_of(
    st.just(""),
    st.dates(min_value=datetime.date(900, 1, 1)).map(str),
    st.from_regex(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?~?", fullmatch=True),
    st.just("2016/2018"),
)
items = st.builds(
    Item,
    id=st.just("item"),
    type=st.sampled_from(["chapter", "article-newspaper", "webpage", "report", "broadcast"]),
    title=capitalised,
    authors=st.lists(st.one_of(person, body), min_size=1, max_size=4).map(tuple),
    container=st.one_of(st.just(""), capitalised),
    editors=st.one_of(st.just(()), st.tuples(person)),
    publisher=st.one_of(st.just(""), capitalised),
    version=st.sampled_from(["", "0.1.0", "2"]),
    issued=day,
    original=day,
    address=st.sampled_from(["", "https://a.example/b"]),
)


@lru_cache
def processor(file: str, language: str) -> Processor:
    return Processor(file, language)


@pytest.mark.parametrize("language", ["en", "en-GB", "es", "de", "fr", "cs", "ja", "pt-BR"])
@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(item=items)
def test_filled_in_is_what_the_processor_gives(language: str, item: Item) -> None:
    assume(item.type == "chapter" or not item.version)
    data = csl(replace(item, exact=False))
    for name in ("issued", "original-date"):
        parts = parted(item.issued if name == "issued" else item.original)
        if parts is not None and len(parts.begin) > 1:  # Of a day, the bracket says the doubt.
            data[name].pop("circa", None)
    for style, ours in zip(STYLES, citations(language).format(item), strict=True):
        direct = processor(style.file, language)
        given_data = dict(data)
        if style.key == "harvard" and "version" in data:
            term = direct.term("version")
            given_data["edition"] = f"{term[0].upper()}{term[1:]} {given_data.pop('version')}"
        bracket = f" [{say(item.original, language)}]" if item.original else ""
        for note, html in ((False, ours.html), (True, ours.note_html)):
            if note and not html:
                continue
            assert html.replace(bracket, "") == direct.reference(given_data, note=note)


@pytest.mark.parametrize("language", ["en", "da", "nl", "ru", "ar", "hu", "ko", "zh-TW", "fr-CA"])
def test_every_month_and_day(language: str) -> None:
    for month in range(1, 13):
        item = replace(KELLY, title="Yes", original="", issued=f"2017-{month:02}-{month * 2:02}")
        item = replace(item, type="article-newspaper", version="", genre="")
        for style, ours in zip(STYLES, citations(language).format(item), strict=True):
            data = {k: v for k, v in csl(item).items() if k not in {"abstract", "language"}}
            assert ours.html == processor(style.file, language).reference(data)


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        *(("es", "es-ES"), ("es-MX", "es-MX"), ("es_MX", "es-MX"), ("es-PE", "es-ES")),
        *(("en", None), ("en-GB", "en-GB"), ("en-au", "en-US"), ("xx", None), ("", None)),
        *(("zh-TW", "zh-TW"), ("sr", "sr-Latn-RS"), ("ar", "ar")),
    ],
)
def test_languages_and_their_locales(language: str, locale: str | None) -> None:
    assert locale_for(language) == locale


# Dates


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2017-02-23", PartedDate((2017, 2, 23))),
        ("2017-02~", PartedDate((2017, 2), (), uncertain=True)),
        ("2017?", PartedDate((2017,), (), uncertain=True)),
        ("2016/2017-02", PartedDate((2016,), (2017, 2))),
        ("2017-02-23/2017-02", PartedDate((2017, 2, 23), (2017, 2))),
        *((date, None) for date in ("", "2017-13", "2017-02-30", "201X", "2017/2016", "0000")),
        *((date, None) for date in ("2017/..", "../2017", "2017~/2018", "spring", "2017-21")),
    ],
)
def test_dates_in_parts(date: str, parts: PartedDate | None) -> None:
    assert parted(date) == parts


# BibTeX


UNKNOWN = {
    **{r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciicircum{}": "^"},
    r"\$": "$",
}
"""LaTeX for characters, that pybtex's codec leaves as it is."""


def plain(field: str) -> str:
    """Read LaTeX with pybtex, and what pybtex does not know by the table."""
    for number, command in enumerate(UNKNOWN):
        field = field.replace(command, chr(0xE001 + number))
    characters = {0xE001 + number: text for number, text in enumerate(UNKNOWN.values())}
    return str(Text.from_latex(field)).translate(characters)


@settings(deadline=None, max_examples=300)
@given(text=words)
@example(text="\n\n".join(NASTY))
@example(text="`'`")
def test_bibtex_keeps_the_words(text: str) -> None:
    assume(not re.search("[\ue001-\ue004]", text))
    entry = parse_string(bibtex(replace(KELLY, title=text, words=text)), "bibtex").entries[KELLY.id]
    assert plain(entry.fields.get("title", "")) == fold_space(text)
    paragraphs = [fold_space(part) for part in re.split(r"\n\s*?\n", text)]
    assert plain(entry.fields.get("abstract", "")) == "\n\n".join(filter(None, paragraphs))


def test_bibtex_has_what_biblatex_and_bibtex_ask_for() -> None:
    people = (
        name_of("John F. Kelly", "Kelly"),
        Name(literal="Barnes and Noble, of {X}"),
        name_of("Martin King Jr.", "King"),
    )
    database = parse_string(bibtex(replace(KELLY, authors=people)), "bibtex")
    entry = database.entries[KELLY.id]
    assert entry.type == "incollection"
    wanted = {"booktitle": "{On the Record}", "date": "2026-11-24", "year": "2026"}
    wanted |= {"month": "November", "origdate": "2017-02-23", "langid": "english"}
    wanted |= {"version": "0.1.0", "url": KELLY.address}
    assert wanted.items() <= dict(entry.fields.items()).items()
    read_back = entry.persons["author"]
    assert [str(one) for one in read_back][::2] == ["Kelly, John F.", "King, Jr., Martin"]
    assert plain(str(read_back[1])) == people[1].literal


def biber(folder: Path, text: str) -> str:
    """Have biber read and write a bibliography; it must find nothing to say against it."""
    if shutil.which("biber") is None:
        pytest.skip("biber, which comes with TeX, is not on the PATH")
    (folder / "given.bib").write_text(text, encoding="utf-8")
    command = ["biber", "--tool", "--nolog", "--output-file", "written.bib", "given.bib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert not re.search(r"WARN|ERROR", done.stdout), done.stdout
    return (folder / "written.bib").read_text(encoding="utf-8")


def test_biber_reads_it(tmp_path: Path) -> None:
    people = (Name(literal="Barnes and Noble, of {X"), name_of("Martin King Jr.", "King"))
    kinds = ("chapter", "article-newspaper", "webpage", "report")
    dates = ("2017-02-23", "2017-02~", "2017-02-23?", "2017-02-23/2017-02-25", "2017/..", "2017%")
    made = [
        replace(
            KELLY,
            id=f"record-{number}",
            type=kinds[number % 4],
            title=text.replace("\U000fff00", ""),
            words=text,
            note=text,
            authors=(*people, *KELLY.authors) * (number % 3),
            issued=dates[number % 6],
            original=dates[number % 5],
            swhid="swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2;origin=https://a.example",
        )
        for number, text in enumerate(NASTY)
    ]
    written = parse_string(biber(tmp_path, "".join(map(bibtex, made))), "bibtex")
    assert list(written.entries) == [item.id for item in made]
    for item in made:
        entry = written.entries[item.id]
        have = plain(entry.fields.get("title", ""))
        # biber writes all it reads in NFC.
        assert have == unicodedata.normalize("NFC", fold_space(item.title))
        assert entry.fields["date"] == item.issued.replace("..", "")


# RIS


@settings(deadline=None, max_examples=200)
@given(text=words, name=words)
@example(text="TY  - CHAP\r\nER  - \r\n", name="ER  - ")
def test_ris_keeps_the_words(text: str, name: str) -> None:
    item = replace(KELLY, title=text, words=text, note=text, authors=(Name(literal=name),))
    written = ris(item)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in written.split("\r\n")[:-1])
    assert re.search(r"[^\r]\n", written) is None
    (entry,) = rispy.loads(written, newline="\r\n")
    folded = fold_space(text)
    assert entry.get("title", "") == entry.get("abstract", "") == folded
    assert entry.get("notes", []) == ([folded] if folded else [])
    assert entry.get("authors", []) == ([fold_space(name)] if fold_space(name) else [])


def test_ris_has_what_a_catalogue_asks_for() -> None:
    (entry,) = rispy.loads(ris(replace(KELLY, publisher="P", swhid="swh:1:x")), newline="\r\n")
    wanted = {"type_of_reference": "CHAP", "id": KELLY.id, "authors": ["Kelly, John F."]}
    wanted |= {"secondary_title": "On the Record", "edition": "version 0.1.0", "year": "2026"}
    wanted |= {"date": "2026/11/24/", "original_publication": "2017-02-23", "language": "en"}
    wanted |= {"urls": [KELLY.address], "publisher": "P", "notes": ["SWHID: swh:1:x"]}
    assert wanted.items() <= entry.items()
    assert ris(replace(KELLY, type="article-newspaper")).count("JO  - On the Record") == 1
    for date, said in (("2017-02~", "2017/02//2017-02~"), ("2017", "2017///"), ("201X", "///201X")):
        assert f"DA  - {said}\r\n" in ris(replace(KELLY, issued=date))


# CSL-JSON


@given(text=words)
def test_csl_json_keeps_the_words(text: str) -> None:
    written = csl_json([replace(KELLY, title=text, words=text)])
    (entry,) = json.loads(written)
    title = fold_space(text)
    assert entry.get("title", "") == (f'<span class="nocase">{title}</span>' if title else "")
    assert entry.get("abstract", "") == text


def test_csl_json_says_all_and_citeproc_reads_it() -> None:
    people = (*KELLY.authors, Name(literal="White House"), name_of("M. King Jr.", "King"))
    item = replace(KELLY, authors=people, swhid="swh:1:x", licence="CC0-1.0", note="a")
    (entry,) = json.loads(csl_json([item]))
    assert entry["author"][1:] == [
        {"literal": "White House"},
        {"family": "King", "given": "M.", "suffix": "Jr."},
    ]
    assert entry["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert entry["original-date"] == {"date-parts": [[2017, 2, 23]]}
    assert entry["note"] == "a\nswhid: swh:1:x\nlicense: CC0-1.0"
    assert "White House" in processor("apa", "en").reference(entry)
    assert "editor" not in entry
    assert csl_json([]) == "[]\n"


@pytest.mark.parametrize(
    ("date", "variable"),
    [
        ("2017-02~", {"date-parts": [[2017, 2]], "circa": True}),
        ("2017-02-23/2017-02-25", {"date-parts": [[2017, 2, 23], [2017, 2, 25]]}),
        ("2017/..", {"literal": "2017/..", "raw": "2017/.."}),
    ],
)
def test_csl_dates(date: str, variable: dict[str, object]) -> None:
    assert csl(replace(KELLY, issued=date))["issued"] == variable


# Sources


def source(kind: str = "misc", authors: tuple[str, ...] = (), **fields: str) -> Source:
    return Source("herald-2017", kind, authors, tuple(sorted(fields.items())))


@pytest.mark.parametrize(
    ("given_source", "kind", "container", "publisher"),
    [
        (
            source(organization="The Herald", witness="report"),
            "article-newspaper",
            "The Herald",
            "",
        ),
        (source("article", journal="The Herald"), "article-newspaper", "The Herald", ""),
        (source("article", journal="Words", volume="1"), "article-journal", "Words", ""),
        (source(organization="CNN", witness="transcript"), "broadcast", "", "CNN"),
        (source(organization="CNN", witness="transcript", url="u"), "webpage", "", "CNN"),
        (source(organization="CNN", witness="recording", url="u"), "broadcast", "", "CNN"),
        (source("book", publisher="P"), "book", "", "P"),
        (source("incollection", publisher="P", booktitle="B"), "chapter", "B", "P"),
        (source(title="T"), "document", "", ""),
    ],
)
def test_sources_as_items(given_source: Source, kind: str, container: str, publisher: str) -> None:
    item = item_of_source(given_source)
    assert (item.type, item.container, item.publisher) == (kind, container, publisher)
    assert not item.exact
    assert all(one.text for one in citations().format(replace(item, title="T")))


def test_a_document_is_by_the_body_that_issued_it() -> None:
    item = item_of_source(
        source(
            organization="DHS", number="No. 1", date="2017-02-20", witness="document", doi="10.1/x"
        )
    )
    assert item_of_source(source(organization="DHS", witness="document")).type == "report"
    assert item.address == "https://doi.org/10.1/x"
    assert (item.title, item.issued) == ("No. 1", "2017-02-20")
    by = item_of_source(source(organization="DHS", witness="document"))
    assert by.authors == (Name(literal="DHS"),)
    assert not by.publisher


def test_sources_keep_all_their_fields(tmp_path: Path) -> None:
    given_sources = [
        source(
            "misc",
            ("El País and Co.", "John F. Kelly"),
            title="50 % off: the {U.S.} & us_",
            organization="A ~ B ^",
            note=r"a \ b -- c",
            date="2017-02-23/2017-02-24",
            url="https://a.example/%20_~x#y&z",
            witness="report",
            takenfrom="a, b",
            langid="spanish",
            shorttitle="U.S.",
        )
    ]
    for one in given_sources:
        written = bibtex_of_source(one)
        (back,) = read(parse_string(written, "bibtex").entries).values()
        assert (back.key, back.type, back.authors) == (one.key, one.type, one.authors)
        wanted = dict(one.fields)
        have = dict(back.fields)
        assert (have.pop("year"), have.pop("month")) == ("2017", "February")
        # pybtex has no sign for what is a brace or a caret itself; see `plain`.
        for name in ("title", "organization"):
            raw: Any = parse_string(written, "bibtex").entries[one.key].fields[name]
            assert plain(raw) == wanted.pop(name)
            have.pop(name)
        assert have == wanted
        biber(tmp_path, written)


@given(text=words)
def test_latex_has_no_character_that_is_not_text(text: str) -> None:
    written = latex(text)
    assert not re.search(r"(?<!\\)[%$#&_]|[~^]", written)
    assert written.count("{") == written.count("}") == written.count("{}")


def test_an_address_ends_no_field() -> None:
    written = bibtex(replace(KELLY, address="https://a.example/}{ x\\%20_"))
    entry = parse_string(written, "bibtex").entries[KELLY.id]
    assert entry.fields["url"] == "https://a.example/%7D%7B%20x%5C%20_"


def test_latex_of_nothing_is_nothing() -> None:
    assert latex(" \n\n ") == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a military operation", "https://a.example/x#:~:text=a%20military%20operation"),
        (
            "none, and-so & on […] later",
            "https://a.example/x#:~:text=none%2C%20and%2Dso%20%26%20on",
        ),
        (
            "one two three four five six seven eight nine",
            "https://a.example/x#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine",
        ),
        ("[…]", ""),
    ],
)
def test_a_text_fragment_leads_to_the_words(words: str, expected: str) -> None:
    assert text_fragment("https://a.example/x", words) == expected


def test_a_text_fragment_keeps_the_fragment_that_is_there() -> None:
    assert text_fragment("https://a.example/x#part", "no") == "https://a.example/x#part:~:text=no"
    assert (
        text_fragment("https://a.example/x#:~:text=old", "no") == "https://a.example/x#:~:text=no"
    )
    assert text_fragment("", "no") == ""


# What is spared of the processor's work


def styles_as_read() -> list[Any]:
    return [Processor(style.file, "en")._style.root for style in STYLES]


def test_a_macro_is_the_one_that_a_search_finds() -> None:
    for root in styles_as_read():
        for macro in root.iter(citation_macros.MACRO):
            name = macro.get("name")
            assert citation_macros.get_macro(macro, name) is citation_macros.upstream(root, name)
        for give in (citation_macros.get_macro, citation_macros.upstream):
            with pytest.raises(IndexError):
                give(root, "no-such-macro")


def test_citation_macros_can_go_when_citeproc_does_not_search_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = styles_as_read()[0]
    name = next(root.iter(citation_macros.MACRO)).get("name")
    searched = []
    search = CitationStylesElement.xpath_search
    monkeypatch.setattr(
        CitationStylesElement,
        "xpath_search",
        lambda self, expression: searched.append(expression) or search(self, expression),
    )
    for _ in range(3):
        citation_macros.upstream(root, name)
    assert len(searched) == 3, "citeproc-py keeps macros now: economies/citation_macros.py can go"
