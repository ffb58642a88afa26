"""Each mistake gives one named warning with file and line and the mend, and the page is built."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from conftest import ARTICLE, BIB, Project, one
from ontherecord.commands.main import main


class Bad(NamedTuple):
    """A mistake, the warning it gives, the line it stands on, and what the warning says."""

    text: str
    subtype: str
    line: int
    says: str
    name: str = "bad.md"


QUOTE = "\n:::{quote} new-one\n:speaker: ann\n:source: herald-2024\n\nWords.\n:::\n"

CASES = {
    "unknown speaker in a role": Bad("# B\n\n{speaker}`anne`\n", "unknown-speaker", 3, '"ann"'),
    "unknown quote in a role": Bad("# B\n\n{quote}`ann-opn`\n", "unknown-quote", 3, '"ann-open"'),
    "unknown contradiction": Bad("# B\n\n{contradiction}`x`\n", "unknown-contradiction", 3, "x"),
    "unknown annotation": Bad("# B\n\n{annotation}`x`\n", "unknown-annotation", 3, "x"),
    "a speaker where a quote is wanted": Bad(
        "# B\n\n{quote}`ann`\n", "unknown-quote", 3, "it is a speaker"
    ),
    "unknown speaker of a quote": Bad(
        "# B\n" + QUOTE.replace("ann", "anna"), "unknown-speaker", 4, '"ann"'
    ),
    "unknown source": Bad(
        "# B\n" + QUOTE.replace("herald-2024", "herald-2042"), "unknown-source", 5, "herald-2024"
    ),
    "unknown quote in a contradiction": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-close\n\nThe case.\n:::\n",
        "unknown-quote",
        4,
        '"bob-closes"',
    ),
    "unknown answer": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:answered-by: bob-says\n\n"
        "The case.\n:::\n",
        "unknown-quote",
        5,
        "bob-says",
    ),
    "unknown record under a note": Bad(
        "# B\n\n:::{annotation} n\n:on: ann-opens\n\nText.\n:::\n", "unknown-record", 4, "ann-open"
    ),
    "id twice in one file": Bad("# B\n" + QUOTE + QUOTE, "duplicate-id", 10, "bad, line 3"),
    "id twice in two files": Bad(
        "# B\n" + QUOTE.replace("new-one", "ann-open"), "duplicate-id", 3, "article, line"
    ),
    "id twice across kinds": Bad(
        "# B\n\n:::{speaker} ann-open\n:name: Ann\n:::\n", "duplicate-id", 3, "the quote in"
    ),
    "bad id": Bad("# B\n" + QUOTE.replace("new-one", "New_One"), "bad-id", 3, 'such as "new-one"'),
    "no id": Bad("# B\n" + QUOTE.replace(" new-one", ""), "bad-id", 3, "no identifier"),
    "bad id in a mark": Bad("# B\n\n{said}`words <Ann_Open>`\n", "bad-id", 3, "ann-open"),
    "bad date": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:spoken: 1 May 2024\n\nW"), "bad-date", 6, "EDTF"
    ),
    "no such day": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:spoken: 2023-02-29\n\nW"), "bad-date", 6, "no such day"
    ),
    "bad date of an article": Bad(
        "---\ndate: yesterday\n---\n# B\n", "bad-date", 2, "EDTF", "bad-date.md"
    ),
    "bad time": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:time: half past one\n\nW"), "bad-time", 6, "13:32"
    ),
    "bad post": Bad(
        "# B\n\n:::{speaker} new\n:name: New\n:posts: a; b; c; d\n:::\n", "bad-post", 5, "from/to"
    ),
    "date of an article that no calendar has": Bad(
        "---\ntitle: B\ndate: 2024-07-41 # Thursday\n---\n# B\n\n{said}`open <new-one>`\n" + QUOTE,
        "bad-date",
        3,
        "no such day: '2024-07-41'; write a date",
        "bad-date.md",
    ),
    "bad date of a post": Bad(
        "# B\n\n:::{speaker} new\n:name: New\n:posts: a; b; May\n:::\n", "bad-date", 5, "EDTF"
    ),
    "bad history": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:history: 2024 denied: no\n\n"
        "The case.\n:::\n",
        "bad-history",
        5,
        "answered",
    ),
    "unknown option": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:speeker: ann\n\nW"),
        "unknown-option",
        6,
        '(did you mean "speaker"?)',
    ),
    "unknown option value": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:mode: straight\n\nW"), "bad-value", 6, "direct"
    ),
    "option without a value": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:place:\n\nW"), "bad-value", 6, "place"
    ),
    "missing option": Bad(
        "# B\n" + QUOTE.replace(":speaker: ann\n", ""), "missing-option", 3, "speaker"
    ),
    "missing name": Bad("# B\n\n:::{speaker} new\n:::\n", "missing-option", 3, "name"),
    "one side": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open\n\nThe case.\n:::\n",
        "too-few-sides",
        4,
        "two quotes",
    ),
    "sides without a comma": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open bob-closes\n\nThe case.\n:::\n",
        "bad-id",
        4,
        "write `ann-open, bob-closes`",
    ),
    "no sides": Bad(
        "# B\n\n:::{contradiction} c\n\nThe case.\n:::\n", "missing-option", 3, "between"
    ),
    "a quote against itself": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, ann-open, bob-closes\n\nThe case.\n:::\n",
        "duplicate-side",
        4,
        "itself",
    ),
    "mark for no record": Bad(
        "---\ndate: 2024\n---\n# B\n\n{said}`words <nobody>`\n",
        "unknown-quote",
        6,
        "write the quote",
    ),
    "passage for no record": Bad(
        "---\ndate: 2024\n---\n# B\n\n{passage}`words <nothing>`\n", "unknown-annotation", 6, "mend"
    ),
    "mark without an id": Bad("# B\n\n{said}`words`\n", "mark-without-id", 3, "<identifier>"),
    "mark without words": Bad('# B\n\n{said}`"" <ann-open>`\n', "empty-mark", 3, "no words"),
    "marks in no article": Bad(
        "# B\n\n{said}`library <ann-open>`\n", "not-an-article", 3, "date: 2017-02-23"
    ),
    "neither words nor marks": Bad(
        "# B\n" + QUOTE.replace("Words.\n", ""), "no-words", 3, "<new-one>"
    ),
    "words that disagree with the marks": Bad(
        "---\ndate: 2024\n---\n# B\n\n{said}`Worts <new-one>`\n" + QUOTE,
        "words-disagree",
        6,
        '"Words."',
    ),
    "words in another order": Bad(
        "---\ndate: 2024\n---\n# B\n\n{said}`open <ann-open>` {said}`stays <ann-open>`\n",
        "words-disagree",
        6,
        "in this order",
    ),
    "reading outside a quote": Bad(
        "# B\n\n:::{reading} post-2024\nWords.\n:::\n", "misplaced-reading", 3, "move it"
    ),
    "two readings of one source": Bad(
        "# B\n"
        + QUOTE.replace(
            "Words.\n",
            "Words.\n\n```{reading} post-2024\nA\n```\n\n```{reading} post-2024\nB\n```\n",
        ),
        "duplicate-reading",
        13,
        "twice",
    ),
    "a reading of the quote's own source": Bad(
        "# B\n" + QUOTE.replace("Words.\n", "Words.\n\n```{reading} herald-2024\nA\n```\n"),
        "duplicate-reading",
        9,
        "twice",
    ),
    "reading of an unknown source": Bad(
        "# B\n" + QUOTE.replace("Words.\n", "Words.\n\n```{reading} pots-2024\nA\n```\n"),
        "unknown-source",
        9,
        "post-2024",
    ),
    "a reading that repeats the quote": Bad(
        "# B\n"
        + QUOTE.replace(
            "Words.\n", "Words.\n\n```{reading} herald-2024\n:locator: p. 2\nWords.\n```\n"
        ),
        "same-words",
        9,
        "leave it out",
    ),
    "reading without words": Bad(
        "# B\n" + QUOTE.replace("Words.\n", "Words.\n\n```{reading} post-2024\n```\n"),
        "empty-content",
        9,
        "no words",
    ),
    "empty note": Bad(
        "# B\n\n:::{annotation} n\n:on: ann-open\n:::\n", "empty-content", 3, "write the note"
    ),
    "empty case": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:::\n",
        "empty-content",
        3,
        "neutrally",
    ),
    "note on nothing": Bad(
        "# B\n\n:::{annotation} n\n\nText.\n:::\n", "nothing-annotated", 3, "passage"
    ),
    "mark inside a mark": Bad(
        "---\ndate: 2024\n---\n# B\n\n{said}``words {said}`of <ann-open>` hers <new-one>``\n"
        + QUOTE.replace("Words.\n", ""),
        "nested-mark",
        6,
        '"ann-open"',
    ),
    "mark inside a quote's words": Bad(
        "# B\n" + QUOTE.replace("Words.", "Words {said}`of <ann-open>` hers."),
        "nested-mark",
        7,
        "on",
    ),
    "bare reference in marked words": Bad(
        "---\ndate: 2024\n---\n# B\n\n{said}``words of {speaker}`ann` <new-one>``\n"
        + QUOTE.replace("Words.\n", ""),
        "bare-reference",
        6,
        "<ann>",
    ),
    "control character": Bad(
        "# B\n" + QUOTE.replace("Words.", "Wo\x1brds."), "control-character", 7, "U+001B"
    ),
    "unclosed fence": Bad("# B\n\n:::{note}\nText.\n\nMore.\n", "unclosed-fence", 3, ":::{note}"),
    "unclosed fence inside another": Bad(
        "# B\n\n::::{note}\n```{tip}\nText.\n\n::::\n\nMore.\n", "unclosed-fence", 4, "line 7"
    ),
    "fences of equal length, one inside the other": Bad(
        "# B\n\n```{quote} new-one\n:speaker: ann\n:source: herald-2024\n\nWords.\n\n"
        "```{reading} post-2024\nOther words.\n```\n```\n",
        "unclosed-fence",
        3,
        "more characters",
    ),
    "unclosed comment": Bad("# B\n\n<!-- to be checked\n\nMore.\n", "unclosed-fence", 3, "-->"),
    "directive without its second brace": Bad(
        "# B\n\n:::{quote new-one\n:::\n", "mistyped", 3, "{quote}"
    ),
    "directive with a colon short of three": Bad(
        "# B\n" + QUOTE.replace(":::", "::", 1), "mistyped", 3, "write `:::{quote} new-one`"
    ),
    "directive and its end with a colon short of three": Bad(
        "# B\n" + QUOTE.replace(":::", "::"), "mistyped", 3, "write `:::{quote} new-one`"
    ),
    "directive with a backtick short of three": Bad(
        "# B\n" + QUOTE.replace(":::", "```").replace("```", "``", 1), "mistyped", 3, "`{quote}"
    ),
    "directive without braces": Bad("# B\n\n:::annotation n\nText.\n:::\n", "mistyped", 3, "{"),
    "directive in round brackets": Bad(
        "# B\n\n:::(annotation) n\nText.\n:::\n", "mistyped", 3, "{"
    ),
    "directive without a space": Bad("# B\n\n:::{quote}new-one\n:::\n", "mistyped", 3, "{quote} "),
    "directive as in reST": Bad("# B\n\n.. quote:: new-one\n", "mistyped", 3, ":::{quote}"),
    "indented directive": Bad("# B\n\n    :::{quote} new-one\n    :::\n", "mistyped", 3, "code"),
    "space in a mark": Bad("# B\n\nShe: {said} `“Yes” <ann-open>`\n", "mistyped", 3, "right after"),
    "mark without braces": Bad("# B\n\nShe: said`Yes <ann-open>`\n", "mistyped", 3, "{said}"),
    "mark as in reST": Bad("# B\n\nShe :said:`Yes <ann-open>`\n", "mistyped", 3, "{said}"),
    "stars in a word": Bad(
        "---\ndate: 2024\n---\n# B\n\n{said}`f**k this s**t <new-one>`\n"
        + QUOTE.replace("Words.\n", ""),
        "lost-characters",
        6,
        "backslash",
    ),
    "reST: a year that makes a list": Bad(
        "B\n=\n\n.. quote:: new-one\n   :speaker: ann\n   :source: herald-2024\n\n"
        "   2016. That was the year.\n",
        "lost-characters",
        4,
        "numbered list",
        "bad.rst",
    ),
    "quotation mark without its fellow": Bad(
        '---\ndate: 2024\n---\n# B\n\n{said}`"Words <new-one>`\n' + QUOTE.replace("Words.\n", ""),
        "stray-mark",
        6,
        "fellow",
    ),
    "quotation marks of two kinds": Bad(
        "# B\n" + QUOTE.replace("Words.", '“Words."'), "stray-mark", 3, "fellow"
    ),
    "a history run together": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:history:\n"
        ":  2024-03-04 alleged: by the Echo\n:  2024-03-05 answered: by letter\n\nThe case.\n:::\n",
        "lost-options",
        5,
        "|",
    ),
    "a post with its dates second": Bad(
        "# B\n\n:::{speaker} new\n:name: New\n:posts: Mayor; 2021/\n:::\n", "bad-post", 5, "third"
    ),
    "a language that is none": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:lang: spanish\n\nW"), "bad-value", 6, "es"
    ),
    "a time without its zone": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:time: 13:32\n\nW"), "bad-time", 6, "UTC"
    ),
    "an item that is none": Bad(
        "# B\n\n:::{speaker} new\n:name: New\n:wikidata: Mickey\n:::\n", "bad-value", 5, "Q42"
    ),
    "answered without an answer": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:status: answered\n\nCase.\n:::\n",
        "unlike-status",
        3,
        "answered-by",
    ),
    "standing with an answer": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n:status: standing\n"
        ":answered-by: ann-open\n\nCase.\n:::\n",
        "unlike-status",
        3,
        "answered",
    ),
    "words at issue that are not there": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n"
        ":at-issue: ann-open: stays shut\n\nCase.\n:::\n",
        "not-at-issue",
        3,
        "stays shut",
    ),
    "words at issue of no side": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n"
        ":at-issue: ann-opn: stays open\n\nCase.\n:::\n",
        "not-at-issue",
        3,
        "ann-open",
    ),
    "words at issue without a quote": Bad(
        "# B\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n"
        ":at-issue: stays open\n\nCase.\n:::\n",
        "bad-value",
        5,
        "QUOTE: words",
    ),
    "spoken after its source": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:spoken: 2025\n\nW"), "spoken-late", 3, "2024-05-01"
    ),
    "a note on itself": Bad(
        "# B\n\n:::{annotation} n\n:on: n\n\nText.\n:::\n", "nothing-annotated", 3, "itself"
    ),
    "a register from later to earlier": Bad(
        "# B\n\n:::{quotes}\n:from: 2024-05\n:to: 2024-01\n:::\n", "bad-value", 3, "before"
    ),
    "an option without its second colon": Bad(
        "# B\n" + QUOTE.replace(":source: herald-2024", ":source: herald-2024\nplace: Town"),
        "lost-options",
        6,
        ":place:",
    ),
    "a mark late in its paragraph": Bad(
        "---\ndate: 2024\n---\n# B\n\nOne\ntwo\nthree {said}`words <nobody>`\nfour.\n",
        "unknown-quote",
        8,
        "nobody",
    ),
    "reST: options indented too little": Bad(
        "B\n=\n\n.. speaker:: new\n   :name: New\n  :kind: person\n\nText.\n",
        "lost-options",
        4,
        "three",
        "bad.rst",
    ),
    "options below a blank line": Bad(
        "# B\n\n:::{quote} new-one\n:speaker: ann\n:source: herald-2024\n\n:place: Town\nWords.\n:::\n",
        "lost-options",
        7,
        "blank line",
    ),
    "a value continued as in reST": Bad(
        "# B\n\n:::{speaker} new\n:name: New\n:posts: Mayor; Town; 2020/\n"
        "    Judge; Town; 2024/\n:::\n",
        "lost-options",
        6,
        "|",
    ),
    "a value cut at a number sign": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:locator: p. 4 #12\n\nW"),
        "lost-options",
        6,
        "quotation",
    ),
    "a value that drops all options": Bad(
        "# B\n" + QUOTE.replace("\n\nW", '\n:place: "Town" Hall\n\nW'),
        "lost-options",
        6,
        "quotation",
    ),
    "option twice": Bad(
        "# B\n" + QUOTE.replace("\n\nW", "\n:place: A\n:place: B\n\nW"),
        "duplicate-option",
        7,
        "twice",
    ),
    "unknown speaker of a register": Bad(
        "# B\n\n:::{quotes}\n:speaker: anna\n:::\n", "unknown-speaker", 4, '"ann"'
    ),
    "unknown topic of a register": Bad(
        "# B\n\n:::{quotes}\n:topic: libaries\n:::\n", "unknown-topic", 4, "libaries"
    ),
    "unknown article of a register": Bad(
        "# B\n\n:::{quotes}\n:article: artikle\n:::\n", "unknown-article", 4, '"article"'
    ),
    "unknown kind of a register": Bad(
        "# B\n\n:::{contradictions}\n:kind: scop\n:::\n", "bad-value", 3, '"scope"'
    ),
    "unknown status of a register": Bad(
        "# B\n\n:::{contradictions}\n:status: done\n:::\n", "bad-value", 3, "answered"
    ),
    "bad date of a register": Bad("# B\n\n:::{timeline}\n:from: May\n:::\n", "bad-date", 4, "EDTF"),
    "reST: unknown option": Bad(
        "B\n=\n\n.. quote:: new-one\n   :speeker: ann\n   :source: herald-2024\n\n   Words.\n",
        "unknown-option",
        5,
        "speaker",
        "bad.rst",
    ),
    "reST: unknown quote": Bad(
        "B\n=\n\n:quote:`ann-opn`\n", "unknown-quote", 4, "ann-open", "bad.rst"
    ),
    "reST: nested mark": Bad(
        "B\n=\n\n:date: 2024\n\n:said:`words <nobody>`\n", "unknown-quote", 6, "nobody", "bad.rst"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_mistake(edition: Project, case: Bad) -> None:
    edition.put(case.name, case.text)
    build = edition.build()
    pattern = (
        rf"{re.escape(case.name)}:{case.line}: WARNING: (?P<message>.*) \[record\.{case.subtype}\]"
    )
    found = re.search(pattern, build.warnings)
    assert found, build.warnings
    assert case.says in found["message"]
    assert "Traceback" not in build.warnings
    assert (build.out / case.name.replace(".md", ".html").replace(".rst", ".html")).exists()
    assert "The library stays open." in build.text("article.html"), "the other pages are there"


def test_a_sound_edition_gives_no_warning(edition: Project) -> None:
    build = edition.build("html", "-W")
    assert (build.code, build.warnings) == (0, "")


def test_the_second_holder_of_an_id_is_the_same_whoever_reads_first(edition: Project) -> None:
    for number in range(6):
        edition.put(f"more-{number}.md", f"# B{number}\n" + QUOTE)
    alone, both = edition.build(out="one"), edition.build(out="two", jobs=2)
    assert alone.warnings == both.warnings
    assert alone.subtypes == ["record.duplicate-id"] * 5
    assert "more-0, line 3" in alone.warnings


def test_what_a_second_holder_of_an_id_says_is_shown(edition: Project) -> None:
    edition.put("bad.md", "# B\n" + QUOTE.replace("new-one", "ann-open").replace("Words", "Lost?"))
    assert "Lost?" in edition.build().text("bad.html")


def test_a_value_with_a_number_sign_is_kept_whole(edition: Project) -> None:
    edition.put("article.md", ARTICLE.replace(":spoken", ":locator: p. 4 #12\n:spoken", 1))
    assert "p. 4 #12" in edition.build().text("article.html")


def test_suppressed_warnings_are_quiet_and_read_once(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    edition.put("bad.md", "# B\n\n{said}`library <ann-open>`\n")
    quiet = ["-D", "suppress_warnings=record.not-an-article"]
    assert edition.build("html", "-W", *quiet).code == 0
    assert edition.build("html", "-v", *quiet).warnings == ""


def test_sides_without_a_comma_are_one_mistake(edition: Project) -> None:
    edition.put("bad.md", CASES["sides without a comma"].text)
    assert edition.build().subtypes == ["record.bad-id"]


@pytest.mark.parametrize(
    "date", ["2024-07-41", "2024-13-01", "2024-02-30 10:00:00", "yesterday", "2024-07"]
)
def test_a_bad_date_is_one_mistake(edition: Project, date: str) -> None:
    edition.put("article.md", ARTICLE.replace("2024-05-01", f"{date}", 1))
    build = edition.build()
    assert build.subtypes == ([] if date == "2024-07" else ["record.bad-date"])
    assert date == "2024-07" or "article.md:2: WARNING: the document's date: n" in build.warnings


def test_of_a_fence_that_is_too_short_only_its_line_is_named(edition: Project) -> None:
    good = QUOTE.replace("new-one", "another-one")
    edition.put("bad.md", "# B\n" + QUOTE.replace(":::", "::", 1) + good)
    build = edition.build()
    assert build.subtypes == ["record.mistyped"]
    reading = "\n::{reading} post-2024\nOther words.\n:::\n"
    whole = QUOTE.replace("Words.\n", f"Words.\n{reading}").replace(":::{q", "::::{q")
    edition.put("bad.md", "# B\n" + whole.removesuffix("\n") + ":\n")
    build = edition.build()
    assert (build.subtypes, "bad.md:9" in build.warnings) == (["record.mistyped"], True)


def test_a_fence_that_is_too_short_is_no_mistake_where_it_is_shown(edition: Project) -> None:
    edition.put(
        "good.md",
        "# Good\n\n```markdown\n::{quote} x\n```\n\n    ::{quote} x\n\n"
        "`{quote} x` is code, and so is\n``{quote} x``\n",
    )
    assert edition.build("html", "-W").warnings == ""


def test_fences_that_are_closed_are_no_mistake(edition: Project) -> None:
    edition.put(
        "good.md",
        "# Good\n\n````markdown\n```{quote}\n:::{x}\n````\n\n- item\n\n  ```text\n  a\n  ```\n\n"
        "::::{note}\n:::{tip}\nText.\n:::\n::::\n\n> ```\n> a\n> ```\n\n~~~\n```\n~~~\n\n"
        "`` ``` `` is code.\n\n```text\n<!-- shown\n```\n\n<!-- a\n```{quote}\n-->\n\n:::{tip}\nx\n:::\n\n```{eval-rst}\n.. note:: x\n```\n",
    )
    assert edition.build().warnings == ""


def test_a_source_without_a_name(edition: Project) -> None:
    edition.put("references.bib", "@misc{herald-2024, date={2024}}\n@misc{post-2024, title={P}}\n")
    build = edition.build()
    assert re.findall(r"\[record\.(.*?)\]", build.warnings) == ["unnamed-source"]
    assert "references.bib:1: WARNING" in build.warnings


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("date = {4 March 2024}", "EDTF"),
        ("date = {2024-02-31}", "EDTF"),
        ("witness = {reprot}", '(did you mean "report"?)'),
    ],
)
def test_a_field_of_the_bibliography_that_cannot_be_read(
    edition: Project, entry: str, says: str
) -> None:
    edition.put(
        "references.bib",
        f"@misc{{post-2024, title={{P}}}}\n\n@misc{{herald-2024,\n  title={{H}}, {entry}}}\n",
    )
    build = edition.build()
    assert re.findall(r"\[record\.(.*?)\]", build.warnings) == ["bad-source"]
    assert "references.bib:3: WARNING" in build.warnings
    assert says in build.warnings


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("references.bib", b"@misc{a, title={T}\n organization={O}}\n", "references.bib:2"),
        ("references.bib", b"@misc{a, title={T}}\n@misc{a, title={T}}\n", "key of its own"),
        ("references.bib", "@misc{a, title={é}}".encode("latin-1"), "not in UTF-8"),
        ("bad.md", "# é".encode("latin-1"), "bad.md is not in UTF-8 (byte 3)"),
    ],
)
def test_a_file_that_cannot_be_read(
    edition: Project, capsys: pytest.CaptureFixture[str], name: str, content: bytes, says: str
) -> None:
    (edition.folder / name).write_bytes(content)
    build = edition.build("html", "-W", "--keep-going")
    assert build.code == 1
    told = build.warnings + capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told
    assert "record.unreadable-file" in told
    assert "The library stays open." in build.text("article.html"), "the rest is built"


def test_nobody_tells_of_the_keys_of_a_bibliography_that_cannot_be_read(edition: Project) -> None:
    cites = "# More\n\nSee {cite}`wire-2024`, {footcite}`wire-2024`.\n\n"
    cites += "```{footbibliography}\n```\n\n```{bibliography}\n```\n"
    edition.put("more.md", cites)
    source = (edition.folder / "references.bib").read_text()
    edition.put("references.bib", f"{source}\n@misc{{broken, title = {{no end\n")
    for _time in range(2):
        assert edition.build().warnings.count("WARNING") == 1
    edition.put("references.bib", source)
    assert edition.build().warnings == ""
    edition.put("more.md", cites.replace("wire-2024", "wire-2042"))
    assert "bibtex.key_not_found" in edition.build().warnings


def test_a_bibliography_that_is_not_there_is_said_once(edition: Project) -> None:
    (edition.folder / "references.bib").unlink()
    edition.put("b.md", "# B\n\n{cite}`herald-2024` and {cite}`post-2024`.\n")
    for jobs in (1, 2):
        build = edition.build("html", "-E", jobs=jobs)
        assert build.subtypes == ["record.unknown-source"]
        assert build.warnings.count("WARNING") == 1
        assert "article.md:11: " in build.warnings
        assert "write it in references.bib, beside conf.py" in build.warnings


def test_citations_alone_tell_once_of_a_bibliography_that_is_not_there(edition: Project) -> None:
    for name in ("references.bib", "article.md"):
        (edition.folder / name).unlink()
    edition.put("b.md", "# B\n\n{cite}`herald-2024` and {cite}`post-2024`.\n")
    for _ in range(2):
        build = edition.build()
        assert build.warnings.count("WARNING") == 1
        assert 'b.md:3: WARNING: there is no source "herald-2024"' in build.warnings
    edition.put("references.bib", BIB)
    assert "[record." not in edition.build().warnings


@pytest.mark.parametrize("line", ["speaker: ann", ":speaker ann", "source: herald-2024"])
def test_an_option_that_lacks_a_colon_is_all_that_is_said(edition: Project, line: str) -> None:
    assert main(["publish", str(edition.folder)]) == 0
    name = line.strip(":").split(":")[0].split()[0]
    typed = f":{name}: {line.split()[1]}"
    edition.put("article.md", ARTICLE.replace(typed, line, 1))
    build = edition.build()
    assert build.subtypes == ["record.lost-options"], build.warnings
    assert f'"{line}" is not read as an option: write `:{name}: `' in build.warnings
    assert "Ann Arden" in build.text("cite/ann-open.html")


@pytest.mark.parametrize("line", ["speaker: ann", ":speaker ann"])
def test_words_below_such_an_option_stay_words(edition: Project, line: str) -> None:
    edition.put("bad.md", "# B\n" + QUOTE.replace(":speaker: ann", line))
    build = edition.build()
    assert build.subtypes == ["record.lost-options"]
    words = one(build.soup("cite/new-one.html"), ".record-words").get_text()
    assert words.strip() == "Words."


def test_a_published_quote_without_a_speaker_is_one_mistake(edition: Project) -> None:
    assert main(["publish", str(edition.folder)]) == 0
    edition.put("article.md", ARTICLE.replace(":speaker: ann\n", "", 1))
    assert edition.build().subtypes == ["record.missing-option"]


def test_one_bad_line_of_options_gives_one_warning(edition: Project) -> None:
    edition.put("bad.md", "# B\n" + QUOTE.replace("\n\nW", '\n:asked: "Will you" go?\n\nW'))
    build = edition.build()
    assert build.subtypes == ["record.lost-options"]
    assert "bad.md:6" in build.warnings
    assert "Will you" in build.text("bad.html"), "the value is kept"


def test_switched_off_fences_are_said(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + 'myst_enable_extensions = ["deflist"]\n')
    assert "colon_fence" in edition.build().warnings


def test_code_that_shows_mistakes_is_no_mistake(edition: Project) -> None:
    edition.put(
        "guide.md",
        "# G\n\n````markdown\n:::{quote x\n{said} `a <b>`\n````\n\nWrite `{said} ` not `:said:`.\n\n"
        "The role `said` and the directive `quote`. She said `x`.\n\n```text\n.. quote:: x\n```\n",
    )
    assert edition.build().subtypes == []


@pytest.mark.parametrize("options", ["", ":start-line: 1"])
def test_a_character_that_no_page_can_show_in_a_file_that_is_taken_in(
    edition: Project, options: str
) -> None:
    edition.put("part.txt", "One\n\nWo\0rds\n")
    edition.put("a.md", f"# A\n\n```{{include}} part.txt\n{options}\n```\n")
    edition.put("b.rst", f"B\n=\n\n.. include:: part.txt\n   {options}\n")
    for _ in range(2):
        build = edition.build()
        assert build.subtypes == ["record.control-character"], build.warnings
        assert "part.txt:3: WARNING: the character U+0000" in build.warnings
