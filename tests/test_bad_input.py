"""Each mistake gives one named warning with file and line and the mend, and the page is built."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from conftest import ARTICLE, Project


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
    "unclosed fence": Bad("# B\n\n:::{note}\nText.\n\nMore.\n", "unclosed-fence", 3, ":::{note}"),
    "unclosed fence inside another": Bad(
        "# B\n\n::::{note}\n```{tip}\nText.\n\n::::\n\nMore.\n", "unclosed-fence", 4, "```{tip}"
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


def test_fences_that_are_closed_are_no_mistake(edition: Project) -> None:
    edition.put(
        "good.md",
        "# Good\n\n````markdown\n```{quote}\n:::{x}\n````\n\n- item\n\n  ```text\n  a\n  ```\n\n"
        "::::{note}\n:::{tip}\nText.\n:::\n::::\n\n> ```\n> a\n> ```\n\n~~~\n```\n~~~\n\n"
        "`` ``` `` is code.\n\n:::{tip}\nx\n:::\n\n```{eval-rst}\n.. note:: x\n```\n",
    )
    assert edition.build().warnings == ""


def test_a_source_without_a_name(edition: Project) -> None:
    edition.put("references.bib", "@misc{herald-2024, date={2024}}\n@misc{post-2024, title={P}}\n")
    build = edition.build()
    assert re.findall(r"\[record\.(.*?)\]", build.warnings) == ["unnamed-source"]
    assert "article.md:9: WARNING" in build.warnings
