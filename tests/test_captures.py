"""Words verified against captures: what verifies, what does not, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from conftest import Project, called
from hypothesis import example, given
from hypothesis import strategies as st
from ontherecord.commands.check_builder import BUILDER
from ontherecord.commands.main import main
from ontherecord.evidence import places, verifications
from ontherecord.evidence.captures import Capture, fold
from ontherecord.evidence.controls import controls, in_a_row
from ontherecord.evidence.matching import altered, verify
from ontherecord.evidence.verification import lines_meant
from ontherecord.evidence.verifications import load_verifications
from ontherecord.words import pieces

# From a White House transcript of 8 July 2021 (CC0), with its typography and lines changed.
TRANSCRIPT = """
# Remarks

Q    Is a Taliban takeover of Afghanistan now inevitable?

THE PRESIDENT:  No, it is not.

Q    Why?

THE PRESIDENT:  Because you \u2014 the Afghan troops have 300,000 well-equipped \u2014 as well-equipped
as any army in the world \u2014 and an air force against something like 75,000 Taliban.  It is not
inevitable.
"""


FILLER = " ".join(f"Word {number} of the mayor's answer." for number in range(20))

# After a transcript of 23 May 2022 (CC0): an answer of one word, and the commitment it is about.
BRIEFING = f"""Q    Will you close it?

MAYOR:  No.

{FILLER}

Q    Will you keep it, if it comes to that?

MAYOR:  Yes.

Q    You will?

MAYOR:  That is the commitment we made.  That is the commitment we made.

Q    Is it?

MAYOR:  Yes.  And that is that.
"""


def capture(text: str) -> Capture:
    return Capture(Path("source.md"), text.encode(), text)


@pytest.mark.parametrize(
    "words",
    [
        "No, it is not.",
        "the Afghan troops have 300,000 well-equipped \u2014 as well-equipped as any army in the world",
        "the Afghan troops have 300,000 well-equipped -- as well-equipped as any army in the world",
        "Because you […] an air force against something like 75,000 Taliban. It is not inevitable.",
        "the [Afghan] troops have 300,000",
    ],
)
def test_words_that_are_there_verify(words: str) -> None:
    result = verify(capture(TRANSCRIPT), words)
    assert result.found
    assert verify(capture(TRANSCRIPT), altered(words)).found is False, "the control fails"


def test_the_line_is_that_of_the_file() -> None:
    assert verify(capture(TRANSCRIPT), "No, it is not.").line == 6
    assert verify(capture(TRANSCRIPT), "Because you").line == 10
    assert verify(capture(TRANSCRIPT), "It is not inevitable").line == 11


def test_one_changed_word_fails_with_its_line_and_difference() -> None:
    words = "an air force against something like 57,000 Taliban."
    result = verify(capture(TRANSCRIPT), words)
    assert not result.found
    assert result.line == 11
    assert result.difference == "an air force against something like [-75,000-] {+57,000+} Taliban."


@pytest.mark.parametrize(
    ("printed", "words", "difference"),
    [
        ("We began the process.", "We start the process", "We [-began-] {+start+} the process"),
        ("We began the process-and so", "start the process", "[-began-] {+start+} the process"),
        ('He: "We began it', "We start it", "We [-began-] {+start+} it"),
        (
            "the process, as we began it",
            "process as we began",
            "[-process,-] {+process+} as we began",
        ),
        (
            "We began the process.",
            "We start the process,",
            "We [-began-] {+start+} the [-process.-] {+process,+}",
        ),
        ('"We began it." So he said', "We began them.", "We began [-it.-] {+them.+}"),
        ('We "began" the process', "We began the process", 'We [-"began"-] {+began+} the process'),
    ],
)
def test_a_difference_has_only_what_is_an_error(printed: str, words: str, difference: str) -> None:
    result = verify(capture(printed), words)
    assert (result.found, result.difference) == (False, difference)


def test_an_unmarked_elision_is_caught() -> None:
    words = "the Afghan troops have 300,000 well-equipped and an air force"
    result = verify(capture(TRANSCRIPT), words)
    assert not result.found
    assert "[-" in result.difference
    marked = "the Afghan troops have 300,000 well-equipped […] and an air force"
    assert verify(capture(TRANSCRIPT), marked).found


def test_a_word_is_not_found_within_another() -> None:
    assert not verify(capture("no military forces at all"), "no military force").found
    assert not verify(capture("reforce it"), "force it").found


def test_pieces_are_found_in_order_only() -> None:
    assert not verify(capture("one two three"), "three […] one").found


@pytest.mark.parametrize(
    ("words", "meant", "line", "lines"),
    [
        ("Yes. […] That is the commitment we made.", None, 9, (9,)),
        ("That is the commitment we made. […] Yes.", None, 13, (13,)),
        ("Yes.", None, 9, (9, 17)),
        ("Yes.", (17, 17), 17, (17,)),
        ("Yes.", (15, 16), 17, (17,)),
        ("Yes.", (7, 8), 9, (9,)),
        ("Yes. […] that is that", None, 17, (17,)),
        ("Will you […] it", None, 7, (1, 7)),
        ("Will you […] it", (7, 7), 7, (7,)),
        ("That is the commitment we made.", None, 13, (13,)),
    ],
)
def test_the_place_is_the_nearest_together_and_to_the_locator(
    words: str, meant: tuple[int, int] | None, line: int, lines: tuple[int, ...]
) -> None:
    result = verify(capture(BRIEFING), words, meant)
    assert (result.found, result.line, result.lines, result.apart) == (True, line, lines, ())


@pytest.mark.parametrize(
    ("words", "meant", "apart"),
    [
        ("No. […] That is the commitment we made.", None, (("No.", 3),)),
        ("No. […] That is the commitment we made.", (3, 3), (("No.", 3),)),
        ("No. […] That is the commitment we made.", (3, 13), ()),
        ("No. […] Yes. […] That is the commitment we made.", None, (("No.", 3),)),
        ("No. […] You will?", None, (("No.", 3),)),
        ("Word 0 of the mayor's answer. […] Word 19 of the mayor's answer.", None, ()),
        ("Word 0 […] Word 19", None, ()),
    ],
)
def test_a_few_words_stand_near_others_or_are_named(
    words: str, meant: tuple[int, int] | None, apart: tuple[tuple[str, int], ...]
) -> None:
    assert verify(capture(BRIEFING), words, meant).apart == apart


@pytest.mark.parametrize(
    ("locator", "lines"),
    [
        ("line 427", (427, 427)),
        ("lines 427–430", (427, 430)),
        ("p. 4, lines 427-30", (427, 430)),
        ("líneas 4 a 12", (4, 12)),
        ("p. 4", None),
        ("12:30", None),
        ("on line", None),
    ],
)
def test_lines_that_a_locator_names(locator: str, lines: tuple[int, int] | None) -> None:
    assert lines_meant(locator) == lines


TOKENS = st.sampled_from(["a", "b", "one two three four five", "x" * 150, "y" * 700])
PLACED = st.tuples(
    st.lists(TOKENS, min_size=1, max_size=9),
    st.lists(st.sampled_from(["a", "b", "one two three four five"]), min_size=1, max_size=4),
    st.lists(st.integers(0, 4), max_size=2),
    st.none() | st.tuples(st.integers(0, 900), st.integers(0, 900)),
)


@given(PLACED)
@example((["a", "b", "x" * 150, "a", "x" * 150, "b", "b"], ["a", "b", "b"], [], None))
def test_no_placing_is_better_than_the_one_that_is_taken(
    drawn: tuple[list[str], list[str], list[int], tuple[int, int] | None],
) -> None:
    tokens, fragments, breaks, meant = drawn
    text = " ".join(tokens)
    paragraphs = sorted({0, *(len(" ".join(tokens[:n])) + 1 for n in breaks if n)})
    meant = (min(meant), max(meant)) if meant else None
    if places.missing(text, fragments) >= 0:
        return
    found = places.placings(text, fragments, paragraphs, meant)
    costs = [
        cost_of(text, starts, fragments, paragraphs, meant)
        for starts in product(*(places.occurrences(text, one) for one in fragments))
        if all(
            one + len(fragment) <= other
            for one, other, fragment in zip(starts, starts[1:], fragments, strict=False)
        )
    ]
    assert (len(found[0].apart), found[0].distance, found[0].gap) == min(costs)
    assert cost_of(text, found[0].starts, fragments, paragraphs, meant) == min(costs)
    assert len({one.starts[0] for one in found}) == len(found)


def cost_of(
    text: str,
    starts: tuple[int, ...],
    fragments: list[str],
    paragraphs: list[int],
    meant: tuple[int, int] | None,
) -> tuple[int, int, int]:
    """Give what a placing costs, by the definition and without any economy."""
    begin, end = meant or (0, len(text))
    ends = [start + len(one) for start, one in zip(starts, fragments, strict=True)]
    gaps = [after - before for before, after in zip(ends, starts[1:], strict=False)]
    distance = sum(max(0, begin - e, s - end) for s, e in zip(starts, ends, strict=True))
    groups = [[0]]
    for number, gap in enumerate(gaps, 1):
        parted = any(ends[number - 1] < one <= starts[number] for one in paragraphs)
        within = meant and ends[number - 1] >= begin and begin <= starts[number] <= end
        if within or gap <= places.NEAR or (gap <= places.PARAGRAPH and not parted):
            groups[-1].append(number)
        else:
            groups.append([number])
    if all(map(places.is_short, fragments)):
        apart = sum(map(len, groups[:-1]))
    else:
        alone = [g for g in groups if all(places.is_short(fragments[n]) for n in g)]
        apart = sum(map(len, alone))
    return apart, distance, sum(gaps)


def test_what_finding_places_costs_grows_with_the_capture() -> None:
    def calls(size: int) -> int:
        text = capture("\n\n".join([BRIEFING] * size))
        words = "it […] Yes. […] That is the commitment we made. […] it"
        assert text.folded
        return called(lambda: verify(text, words)).total()

    assert calls(200) < 2.5 * calls(100)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("He said: \u201cIt\u2019s *so* \u2013 yes\u2026\u201d", 'He said: "It\'s so -- yes..."'),
        ("non\u00a0breaking  space\n\nacross", "non breaking space across"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("e\u0301galite\u0301", "\u00e9galit\u00e9"),
        ("5\\*3 and \\[sic\\]", "5*3"),
        (
            "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645",
            "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645",
        ),
        ("a dash \u2014\nends the line", "a dash \u2014 ends the line"),
        ("spaced - out", "spaced \u2014 out"),
        ("ends -\nthe line", "ends - the line"),
        ("one\n- two", "one - two"),
        ("minus -5", "minus -5"),
        ("«Notorias» – y públicas", '"Notorias" - y públicas'.replace(" - ", " \u2014 ")),
    ],
)
def test_typography_is_folded(printed: str, words: str) -> None:
    assert verify(capture(f"Before.\n{printed}\nAfter."), words).found


@pytest.mark.parametrize(
    ("printed", "words"), [("Force", "force"), ("its", "it's"), ("a, b", "a b")]
)
def test_letters_case_and_other_marks_are_not(printed: str, words: str) -> None:
    assert not verify(capture(printed), words).found


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_what_a_capture_holds_verifies(before: str, words: str, after: str) -> None:
    if any(piece for piece in pieces(words)) and "[" not in words and "]" not in words:
        text = f"{before}\n{words}\n{after}"
        if fold(words):
            assert verify(capture(text), words).found == (fold(words) in capture(text).folded)


CAPTURED_PAGE = (
    f"# The Herald\n\nThe library stays open.\n\n[A link](<{'x' * 400}>) and "
    "`{said}`: {said}`mine <ann-open>`\n"
)


@pytest.mark.parametrize("builder", ["html", "dirhtml", "text", "latex", "epub", "check"])
def test_a_capture_in_markdown_is_no_document(edition: Project, builder: str) -> None:
    edition.put("captures/herald-2024.md", CAPTURED_PAGE)
    build = edition.build(builder if builder != "check" else BUILDER, "-W", "-D", "version=1")
    assert (build.code, build.warnings) == (0, "")
    assert [path for path in build.out.rglob("*herald*") if "cite" not in path.parts] == []


@pytest.mark.parametrize(
    ("value", "folder"),
    [
        ("captures", "captures"),
        ("./kept/here/", "kept/here"),
        ("x/../a [b]*", "a [b]*"),
        ("prises-de-vue-e\u0301", "prises-de-vue-\u00e9"),
    ],
)
def test_the_folder_of_captures_is_left_out_whatever_its_name(
    edition: Project, value: str, folder: str
) -> None:
    with (edition.folder / "conf.py").open("a") as conf:
        conf.write(f'exclude_patterns = ["drafts"]\nrecord_captures = {value!r}\n')
    edition.put(f"{folder}/herald-2024.md", CAPTURED_PAGE)
    edition.put("drafts/one.md", "# A draft\n")
    build = edition.build("html", "-W")
    assert (build.code, build.warnings) == (0, "")
    assert not list(build.out.rglob("herald-2024.html"))


def test_an_absolute_folder_of_captures_is_left_out(edition: Project) -> None:
    with (edition.folder / "conf.py").open("a") as conf:
        conf.write(f"record_captures = {str(edition.folder / 'kept')!r}\n")
    edition.put("kept/herald-2024.md", CAPTURED_PAGE)
    assert edition.build("html", "-W").warnings == ""


@pytest.mark.parametrize("value", ["", ".", "..", "elsewhere", "capture?", None])
def test_another_folder_is_not_left_out(edition: Project, value: str | None) -> None:
    with (edition.folder / "conf.py").open("a") as conf:
        conf.write(f"record_captures = {value!r}\n")
    edition.put("captures/one.md", "# A document\n")
    edition.put("index.md", "# E\n\n```{toctree}\n:glob:\n\n*\ncaptures/*\n```\n")
    build = edition.build()
    assert "[record." not in build.warnings
    assert (build.out / "captures" / "one.html").is_file()


def test_no_setting_is_no_folder(edition: Project) -> None:
    with (edition.folder / "conf.py").open("a") as conf:
        conf.write('record_captures = ""\n')
    edition.put("herald-2024.txt", "Other words.")
    assert edition.build("html", "-W").warnings == ""


def test_a_key_longer_than_a_file_s_name_has_no_capture(captured: Project) -> None:
    article = (captured.folder / "article.md").read_text()
    captured.put("article.md", article.replace("post-2024", "x" * 300))
    assert captured.build().subtypes == ["record.unknown-source"]
    assert run(captured) == 0


@pytest.fixture
def captured(edition: Project) -> Project:
    edition.put(
        "captures/herald-2024.txt", "The mayor said:\n\u201cThe library stays open.\u201d\n"
    )
    return edition


def run(edition: Project) -> int:
    return main(["verify", str(edition.folder)])


def test_verification_is_kept_and_shown_with_and_without_captures(captured: Project) -> None:
    assert run(captured) == 0
    (row,) = load_verifications(captured.folder / verifications.NAME)
    assert (row.quote, row.source, row.locator) == ("ann-open", "herald-2024", "line 2")
    assert row.verified == "2023-11-14"
    assert row.swhid.startswith("swh:1:cnt:")
    shown = captured.build("html", "-W").text("article.html")
    assert "verified on 14 November 2023" in shown
    (captured.folder / "captures" / "herald-2024.txt").unlink()
    assert captured.build("html", "-W").text("article.html") == shown
    assert run(captured) == 0
    assert load_verifications(captured.folder / verifications.NAME) == [row], (
        "what was verified stands"
    )


def test_a_capture_that_belongs_to_no_source_is_named(
    captured: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    captured.put("captures/README.md", "What sources printed.")
    captured.put("captures/post-2024.txt", "It closes in June.")
    assert captured.build("html", "-W").warnings == "", "a source's need not be quoted"
    (captured.folder / "captures/herald-2024.txt").rename(
        captured.folder / "captures/herald-202.MD"
    )
    says = (
        'the capture herald-202.MD is of no source, and is not read: there is no "herald-202" in '
        'the bibliography (did you mean "herald-2024"?): '
    )
    build = captured.build("html", "-W")
    assert build.subtypes == ["record.unknown-capture"]
    assert f"captures/herald-202.MD:1: WARNING: {says}" in build.warnings
    assert main(["check", str(captured.folder)]) == 1
    assert f"captures/herald-202.MD:1: error: {says}" in capsys.readouterr().out
    assert run(captured) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f"captures/herald-202.MD:1: {says}")
    assert out.endswith("[record.unknown-capture]\n")
    assert "1 wording without a capture: herald-2024 (1)" in err


def test_captures_that_editions_share_are_of_no_one_of_them(edition: Project) -> None:
    edition.put("../shared/other-2024.txt", "Another edition's.")
    with (edition.folder / "conf.py").open("a") as file:
        file.write('record_captures = "../shared"\n')
    assert edition.build("html", "-W").warnings == ""


def test_without_its_sources_no_capture_is_a_stranger(captured: Project) -> None:
    captured.put("references.bib", "@misc{herald-2024, title = {A brace not closed")
    assert captured.build().subtypes == ["record.unreadable-file"]


def test_wordings_without_a_capture_are_counted(
    captured: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(captured) == 0
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "1 wording verified",
        "1 wording without a capture: post-2024 (1)",
    ]
    (captured.folder / "captures/herald-2024.txt").unlink()
    assert run(captured) == 0
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "0 wordings verified",
        "2 wordings without a capture: herald-2024 (1), post-2024 (1); "
        "1 of them verified before, and kept",
    ]


def test_words_that_change_are_no_longer_verified(captured: Project) -> None:
    run(captured)
    article = (captured.folder / "article.md").read_text()
    captured.put("article.md", article.replace("stays open", "stays shut"))
    build = captured.build("html", "-W")
    assert build.subtypes == ["record.unverified-words"]
    assert "article.md:9: WARNING" in build.warnings
    assert "The library stays [-open.-] {+shut.+}" in build.warnings
    assert "verified on" not in build.text("article.html")
    assert run(captured) == 1


def test_readings_are_held_too(captured: Project) -> None:
    captured.put(
        "captures/post-2024.txt", "Ann said the library will stay open.\nIt closes in June."
    )
    captured.put(
        "more.md",
        "# M\n\n::::{quote} ann-more\n:speaker: ann\n:source: herald-2024\n\nThe library stays open.\n\n"
        ":::{reading} post-2024\nthe library stays open\n:::\n::::\n",
    )
    build = captured.build()
    assert build.subtypes == ["record.unverified-words"]
    assert "more.md:9" in build.warnings


def test_a_capture_that_changed_is_reported(captured: Project) -> None:
    run(captured)
    captured.put("captures/herald-2024.txt", "Corrected. The library stays open.\n")
    assert captured.build().subtypes == ["record.changed-capture"]
    assert run(captured) == 0
    assert captured.build().subtypes == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"PDF\x00\x01", "is not text"),
        ("Müller said: The library stays open.".encode("latin-1"), "not in UTF-8 (byte 1)"),
    ],
)
def test_a_capture_that_cannot_be_read(captured: Project, content: bytes, says: str) -> None:
    (captured.folder / "captures" / "herald-2024.txt").write_bytes(content)
    build = captured.build()
    assert build.subtypes == ["record.unreadable-capture"]
    assert says in build.warnings


def test_a_huge_capture_is_refused_at_once(captured: Project) -> None:
    with (captured.folder / "captures" / "herald-2024.txt").open("wb") as file:
        file.truncate(100_000_000)
    build = captured.build()
    assert build.subtypes == ["record.unreadable-capture"]
    assert "100,000,000 bytes" in build.warnings


def test_words_that_a_capture_has_twice_want_a_locator(captured: Project) -> None:
    captured.put(
        "captures/herald-2024.txt",
        "The library stays open.\n\nSo:\n\nThe library stays open. The library stays open.\n",
    )
    build = captured.build()
    assert build.subtypes == ["record.words-twice"]
    assert "on the lines 1, 5:" in build.warnings
    assert run(captured) == 1
    assert load_verifications(captured.folder / verifications.NAME) == [], "no place is guessed"
    locate(captured, "the last words")
    assert captured.build().subtypes == ["record.words-twice"], "so few words stand anywhere"
    locate(captured, "line 5")
    assert captured.build().subtypes == []
    assert run(captured) == 0
    (row,) = load_verifications(captured.folder / verifications.NAME)
    assert row.locator == "line 5"


def test_places_that_are_on_one_line_are_settled_by_it(captured: Project) -> None:
    again = "The library stays open."
    captured.put("captures/herald-2024.txt", f"{again} {FILLER} {again}\n")
    assert "on line 1 twice" in captured.build().warnings
    locate(captured, "line 1")
    assert captured.build().subtypes == []


def test_of_many_places_a_message_lists_some(captured: Project) -> None:
    captured.put("captures/herald-2024.txt", "The library stays open.\n\n" * 50)
    assert "on the lines 1, 3, 5, 7, 9, 11, 13, 15, and 42 more:" in captured.build().warnings


def test_words_that_are_many_want_no_line_where_a_locator_says_more(captured: Project) -> None:
    words = "The library stays open until the end of June."
    captured.put("captures/herald-2024.txt", f"{words}\n\nSo:\n\n{words}\n")
    article = (captured.folder / "article.md").read_text()
    captured.put("article.md", article.replace("The library stays open.", words))
    assert captured.build().subtypes == ["record.words-twice"]
    locate(captured, "p. 4")
    assert captured.build().subtypes == []


def locate(edition: Project, locator: str) -> None:
    """Give the first quote a locator."""
    article = (edition.folder / "article.md").read_text()
    article = re.sub(r"\n:locator: .*", "", article)
    edition.put(
        "article.md",
        article.replace(":source: herald-2024", f":source: herald-2024\n:locator: {locator}"),
    )


def test_words_that_stand_apart_are_not_verified(captured: Project) -> None:
    captured.put("captures/herald-2024.txt", BRIEFING)
    article = (captured.folder / "article.md").read_text()
    marked = '"No." <ann-open>` and {said}`"That is the commitment we made." <ann-open>`'
    captured.put("article.md", article.replace('"The library stays open." <ann-open>`', marked))
    build = captured.build()
    assert build.subtypes == ["record.words-apart"]
    assert '"No." of "ann-open" only far from the words beside it, on line 3:' in build.warnings
    assert run(captured) == 1
    assert load_verifications(captured.folder / verifications.NAME) == []
    locate(captured, "lines 3–13")
    assert captured.build().subtypes == [], "the editor has looked"
    captured.put(
        "article.md",
        article.replace('"The library stays open." <ann-open>`', marked.replace("No.", "Yes.")),
    )
    assert run(captured) == 0
    (row,) = load_verifications(captured.folder / verifications.NAME)
    assert row.locator == "line 9"


def test_a_control_that_holds_is_reported(
    captured: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break the control: a capture that holds anything must not pass for one that holds the words."""
    import ontherecord.evidence.verification as verification

    monkeypatch.setattr(verification, "altered", lambda words, _brackets: words)
    assert captured.build().subtypes == ["record.control-held"]


# Controls


def control(edition: Project, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["verify", "--control", str(edition.folder)])
    return code, capsys.readouterr().out


def test_controls_are_refused_and_nothing_is_entered(
    captured: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    captured.put("captures/post-2024.txt", "Bob: It closes in June, and not before. It closes.")
    captured.put("captures/wire-2024.md", "Nothing of what is quoted.")
    captured.put(
        "more.md",
        "# M\n\n::::{quote} ann-more\n:speaker: ann\n:source: wire-2024\n\nIt stays.\n\n"
        ":::{reading} post-2024\n[It] closes in June […] before\n:::\n::::\n",
    )
    before = {path: path.read_bytes() for path in captured.folder.rglob("*") if path.is_file()}
    code, out = control(captured, capsys)
    assert (code, out) == (
        0,
        "2 wordings held, 6 controls refused (2 changed, 2 dropped, 2 added)\n",
    )
    built = captured.folder / "_build"
    after = {
        path: path.read_bytes()
        for path in captured.folder.rglob("*")
        if path.is_file() and built not in path.parents
    }
    assert after == before


def test_an_edition_without_captures_has_no_controls(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert control(edition, capsys) == (0, "0 wordings held, 0 controls refused\n")
    edition.put("captures/herald-2024.txt", " ")
    code, out = control(edition, capsys)
    assert code == 1
    assert "article.md:9: the capture herald-2024.txt is empty" in out


def everything(_text: str, _piece: str, position: int) -> int:
    return position


def the_first_word(text: str, piece: str, position: int) -> int:
    return text.find(piece.split(maxsplit=1)[0], position)


def any_order(text: str, piece: str, _position: int) -> int:
    return 0 if {*piece.split()} <= {*text.split()} else -1


@pytest.mark.parametrize(
    ("broken", "kinds"),
    [
        (everything, {"changed", "dropped", "added"}),
        (the_first_word, {"changed", "dropped", "added"}),
        (any_order, {"dropped", "added"}),
    ],
)
def test_a_check_that_lets_pass_what_it_should_not_is_found_out(
    captured: Project,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[str, str, int], int],
    kinds: set[str],
) -> None:
    captured.put("captures/herald-2024.txt", "The library stays open.\n")
    monkeypatch.setattr(places, "find", broken)
    monkeypatch.setattr(places, "occurrences", lambda *_: [0])
    code, out = control(captured, capsys)
    assert code == 1
    assert {*re.findall(r"with one of them (\w+) in", out)} == kinds
    assert f"{len(kinds)} controls found" in out
    assert out.startswith('article.md:9: the check finds words of "ann-open"')


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("no military force", ["no imlitary force", "no force", "no military military force"]),
        ("I", ["II", "I I"]),
        ("aaa b", ["aaaa b", "aaa aaa b"]),
        ("[We] will […] go on [it]", ["[We] will […] og on [it]", "[We] will […] go go on [it]"]),
        ("75,000 or 300,000", ["75,000 or 030,000", "75,000 300,000", "75,000 000 or 300,000"]),
        ("— … —", []),
        ("[…]", []),
    ],
)
def test_controls_are_always_the_same(words: str, made: list[str]) -> None:
    assert [one.words for one in controls(words, in_a_row(words))] == made


def test_a_control_is_never_what_the_capture_has() -> None:
    """The next word is taken where the capture has the altered words too."""
    text = "It was long ago. It was ago. Long, long ago."
    made = {one.kind: one.words for one in controls("It was long ago", in_a_row(text))}
    assert made == {
        "changed": "It was olng ago",
        "dropped": "It long ago",
        "added": "It was long long ago",
    }


@given(st.lists(st.text("ab -'é.\u00ad", max_size=6)), st.data())
def test_what_holds_the_words_holds_no_control(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    words = " ".join(text.split())[data.draw(st.integers(0, 6)) :]
    for one in controls(words, in_a_row(text)):
        assert not verify(capture(text), one.words).found, one
