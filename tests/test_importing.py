"""``ontherecord import``: what readers marked on a page becomes drafts in its source, or a list."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Project, make_edition, python
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ontherecord.commands.main import main
from ontherecord.commands.reader import read_edition
from ontherecord.importing import formats
from ontherecord.importing.addresses import article_at
from ontherecord.importing.anchoring import Found, Several, decide_by_position
from ontherecord.importing.drafting import Draft, identifier
from ontherecord.importing.folding import fold
from ontherecord.importing.highlights import Highlight
from ontherecord.importing.placing import Trial, difference
from ontherecord.importing.shown_text import Block, Piece, ShownText
from ontherecord.problems import Problem
from ontherecord.words import outer_marks

HERE = "https://edition.example/en/latest/town.html"

TOWN = """
---
date: 2024-05-01
---
# The town hall

The mayor said "we will *not* close it -- not now", and
left. Nobody answered her; "we shall see" was all that
[the clerk](https://clerk.example/) would say.

She said it twice. The clerk said it twice.

- In the list {speaker}`Ann Arden <ann>` speaks, and `code` stands.

> In a block of another's
> words the town is quiet.

Ann said: {said}`"The library stays open." <ann-library>` He wrote f\\*\\*k, and 5 < 6.

| who | what |
|---|---|
| a neighbour | nothing to add |

## A heading of some words

:::{quote} ann-library
:speaker: ann
:source: herald-2024
:::

:::{annotation} a-note
:on: ann-library

What an editor adds to it.
:::
"""


def w3c(exact: str, *, prefix: str = "", suffix: str = "", address: str = HERE, **more: Any) -> Any:
    selector: Any = {"type": "TextQuoteSelector", "exact": exact}
    selector |= {"prefix": prefix} if prefix else {}
    selector |= {"suffix": suffix} if suffix else {}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "target": {"source": address, "selector": selector},
        **more,
    }


def row(exact: str, *, prefix: str = "", suffix: str = "", start: int = 0, **more: Any) -> Any:
    selectors = [
        {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 1},
        {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
    ]
    return {
        "uri": HERE,
        "text": "",
        "tags": [],
        "target": [{"source": HERE, "selector": selectors}],
        **more,
    }


class Run:
    """What one run of the command gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        self.left = [line for line in err.splitlines() if line.partition(": ")[0].endswith("json")]


class Town:
    """An edition with one article more, and a file of annotations beside it."""

    def __init__(self, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
        self.project, self._capsys = project, capsys
        self.article = project.folder / "town.md"
        project.put("town.md", TOWN)

    @property
    def source(self) -> str:
        return self.article.read_text(encoding="utf-8")

    def run(self, annotations: Any, *options: str) -> Run:
        path = self.project.folder.parent / "notes.json"
        if isinstance(annotations, bytes):
            path.write_bytes(annotations)
        else:
            path.write_text(json.dumps(annotations), encoding="utf-8")
        self._capsys.readouterr()
        code = main(["import", str(path), str(self.project.folder), *options])
        done = self._capsys.readouterr()
        return Run(code, done.out, done.err)

    def added(self, *annotations: Any, options: tuple[str, ...] = ()) -> str:
        """Write annotations that must all be placed, and give the source with them."""
        done = self.run(list(annotations), "--write", *options)
        assert (done.code, done.left) == (0, [])
        return self.source

    def refused(self, annotation: Any, *options: str) -> str:
        """Give the one line about an annotation that must not be placed."""
        before = self.source
        done = self.run(annotation, "--write", *options)
        assert done.code == 1
        assert self.source == before
        (line,) = done.left
        return line


@pytest.fixture
def town(edition: Project, capsys: pytest.CaptureFixture[str]) -> Town:
    return Town(edition, capsys)


# Marking


@pytest.mark.parametrize(
    ("exact", "marked"),
    [
        ("Nobody answered her", "{said}`Nobody answered her <nobody-answered-her>`; "),
        # The quotation marks around the words are taken into the mark; one alone is left.
        ("we shall see", '{said}`"we shall see" <we-shall-see>` was'),
        ("“we shall see”", '{said}`"we shall see" <we-shall-see>` was'),
        ("“we shall", '"{said}`we shall <we-shall>` see"'),
        ("shall see", '"we {said}`shall see <shall-see>`" was'),
        # Markup, dashes and line breaks between the words.
        ("we will not close it – not now", "{said}`\"we will *not* close it -- not now\" <we-"),
        ("not close it", "{said}`*not* close it <not-close-it>` --"),
        ("will not", "{said}`will *not* <will-not>` close"),
        ("not", "*{said}`not <not>`*"),
        ("and left. Nobody", "{said}`and\nleft. Nobody <and-left-nobody>` answered"),
        ("the clerk", "[{said}`the clerk <the-clerk>`](https://clerk.example/)"),
        ("the clerk would", "{said}`[the clerk](https://clerk.example/) would <the-clerk-would>` say"),
        ("all that the clerk", "{said}`all that\n[the clerk](https://clerk.example/) <all-that-the-clerk>` would"),
        ("list Ann Arden speaks", "{said}``list {speaker}`Ann Arden <ann>` speaks <list-ann-arden-speaks>``, and"),
        ("Ann Arden", "{said}``{speaker}`Ann Arden <ann>` <ann-arden>`` speaks"),
        ("of another's words the", "{said}`of another's\n> words the <of-anothers-words-the>` town"),
        ("wrote f**k, and 5 < 6", r"{said}`wrote f\*\*k, and 5 < 6 <wrote-f-k-and-5>`."),
        ("nothing to add", "| {said}`nothing to add <nothing-to-add>` |"),
    ],
)  # fmt: skip
def test_words_are_marked_where_they_stand(town: Town, exact: str, marked: str) -> None:
    before = town.source
    prefix = "we will " if exact == "not" else ""
    source = town.added(w3c(exact, prefix=prefix))
    assert marked in source
    (name,) = re.findall(r"^:::\{quote\} (.*)", source[len(before) :], re.MULTILINE)
    words = read_edition(town.project.folder).domain.edition.marks[name]["town"][0].words
    assert fold(words).text == outer_marks(fold(exact.strip("“")).text)[1].strip('"')


def test_the_draft_is_read_and_lacks_what_nobody_said(town: Town) -> None:
    source = town.added(
        w3c(
            "Nobody answered her",
            id="urn:1",
            creator={"name": "A Reader"},
            created="2026-11-01T10:00:00Z",
            body=[
                {"type": "TextualBody", "value": "Did nobody?\n\n-- I ask :said:`x <y>`", "purpose": "commenting"},
                {"type": "TextualBody", "value": "silence", "purpose": "tagging"},
            ],
        )
    )  # fmt: skip
    assert source.endswith(
        "\n\n% drafted from the annotation urn:1\n"
        "% note by A Reader, 2026-11-01T10:00:00Z: Did nobody?\n"
        "%   -- I ask :said:`x <y>`\n"
        "% tags: silence\n"
        ":::{quote} nobody-answered-her\n:::\n"
    )
    built = town.project.build()
    assert built.subtypes == ["record.missing-option"] * 2
    line = source[: source.index(":::{quote} nobody")].count("\n") + 1
    assert built.warnings.count(f"town.md:{line}: ") == 2
    page = built.soup("town.html")
    assert page.select("#quote-nobody-answered-her")[0].get_text() == "Nobody answered her"
    assert "Did nobody" not in built.text("town.html")


def test_tags_become_topics_only_if_asked(town: Town) -> None:
    source = town.added(
        w3c("Nobody answered her", body={"value": "a #tag", "purpose": "tagging"}),
        row("She said it twice", tags=["one's", "two; three"]),
        options=("--tags-as-topics",),
    )
    assert "% tags: two; three\n" in source
    edition = read_edition(town.project.folder).domain.edition
    assert edition.quotes["nobody-answered-her"].topics == ("a #tag",)
    assert edition.quotes["she-said-it-twice"].topics == ("one's",)


def test_without_write_only_a_difference_is_shown(town: Town) -> None:
    before = town.source
    done = town.run(w3c("Nobody answered her"))
    assert (done.code, town.source) == (0, before)
    assert "1 to be drafted" in done.err
    if git := shutil.which("git"):
        patch = town.project.folder.parent / "it.patch"
        patch.write_text(done.out, encoding="utf-8")
        import subprocess

        subprocess.run([git, "apply", str(patch)], cwd=town.project.folder, check=True)
        after = town.source
        town.article.write_text(before, encoding="utf-8")
        assert town.added(w3c("Nobody answered her")) == after


def test_a_second_import_adds_nothing(town: Town) -> None:
    annotations = [w3c("Nobody answered her", id="urn:1"), row("we shall see")]
    first = town.added(*annotations)
    done = town.run(annotations, "--write")
    assert (done.code, done.left, town.source) == (0, [], first)
    assert "2 drafted before" in done.err
    # Where an editor has taken the comments out the marks still tell.
    town.article.write_text(re.sub(r"^%.*\n", "", first, flags=re.MULTILINE), encoding="utf-8")
    done = town.run(annotations, "--write")
    assert done.code == 1
    assert "is marked already, whole or in part, as words of “nobody-answered-her”" in done.left[0]


def test_line_ends_and_byte_order_mark_are_kept(town: Town) -> None:
    content = b"\xef\xbb\xbf" + TOWN.strip().replace("\n", "\r\n").encode()
    town.article.write_bytes(content)
    done = town.run(w3c("and left. Nobody"), "--write")
    assert done.code == 0
    written = town.article.read_bytes()
    assert b"{said}`and\r\nleft. Nobody <and-left-nobody>`" in written
    assert (
        written.replace(b"{said}`and", b"and")
        .replace(b" <and-left-nobody>`", b"")
        .startswith(content)
    )
    assert written.count(b"\n") == written.count(b"\r\n")


def test_another_domain_and_no_fences_of_colons(town: Town) -> None:
    conf = town.project.folder / "conf.py"
    conf.write_text(
        conf.read_text(encoding="utf-8") + 'primary_domain = "py"\nmyst_enable_extensions = []\n',
        encoding="utf-8",
    )
    town.project.put("town.md", "---\ndate: 2024\n---\n# Town\n\nNobody answered her.\n")
    source = town.added(w3c("Nobody answered"))
    assert "{record:said}`Nobody answered <nobody-answered>` her" in source
    assert "```{record:quote} nobody-answered\n```" in source
    assert read_edition(town.project.folder).domain.edition.marks["nobody-answered"]


# What does not fit


@pytest.mark.parametrize(
    ("exact", "why"),
    [
        ("and left. Nobody replied to her; we shall", "town.md:6: “and left. Nobody replied to her; we shall” is not in the article; nearest to it is “and left. Nobody answered her; \"we shall”"),
        ("quite other things altogether", "“quite other things altogether” is not in the article: "),
        ("said it twice", "town.md:10: “said it twice” stands in 2 places (line 10), and the text"),
        ("would say. She said it twice. The", "runs over several paragraphs (lines 6 to 10)"),
        ("library stays", "town.md:17: “library stays” is marked already, whole or in part, as words of “ann-library”"),
        ("stays open.” He wrote", "words of “ann-library”"),
        ("stays open.” 3 He wrote", "words of “ann-library”"),
        ("heading of some", "stands in a heading"),
        ("and code stands", "stands in code, or has code in it"),
        ("editor adds", "stands in the note “a-note”, and not in the article's own text"),
        ("obody answered", "begins or ends within a word"),
        (" … ", "has no letter"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_listed(town: Town, exact: str, why: str) -> None:
    if exact == " … ":
        town.project.put("town.md", TOWN.replace("He wrote", "… He wrote"))
    if exact.startswith("would say"):
        exact = exact.replace("say. She", "say.\nNote 1\nShe")
    line = town.refused(w3c(exact, id="urn:9"))
    assert "notes.json: annotation 1 (urn:9): " in line
    assert why in line


def test_of_words_that_overlap_one_is_marked_and_none_makes_way_for_nothing(town: Town) -> None:
    annotations = [w3c("Nobody answered her"), w3c("answered her")]
    line = town.run(annotations).left[0]
    assert "annotation 2: town.md:6: “answered her” overlaps words that become “nobody-" in line
    town.project.put("town.md", TOWN.replace("left. Nobody", "*left. Nobody*"))
    done = town.run(annotations, "--write")
    assert "annotation 1: town.md:7: “Nobody answered her” cannot be marked" in done.left[0]
    assert "{said}`answered her <answered-her>`" in town.source


def test_directives_that_miscount_their_lines(town: Town) -> None:
    card = "\n:::::{grid}\n::::{grid-item-card} Its head\nwords in a card\n::::\n:::::\n"
    town.project.put("town.md", TOWN + card)
    assert "\n{said}`words in <words-in>` a card\n" in town.added(w3c("words in", suffix=" a card"))


def test_markup_that_would_break_is_listed(town: Town) -> None:
    town.project.put("town.md", TOWN.replace("left. Nobody", "*left. Nobody* {quote}`ann-library`"))
    assert "cannot be marked" in town.refused(w3c("and left"))
    assert "has a reference in it" in town.refused(w3c("The library stays open. answered"))


def test_a_number_of_a_footnote_is_in_the_page_and_no_words(town: Town) -> None:
    town.project.put("town.md", TOWN.replace("Nobody", "Nobody[^a]") + "\n[^a]: A note.\n")
    assert "has a reference in it" in town.refused(w3c("Nobody[1] answered"))
    assert "[^a] {said}`answered her" in town.added(w3c("answered her", prefix="Nobody[1]"))


DRAFT = Draft("one", Highlight(1, "b"), 0, 1, 0, 2, 3)
MARKED = Block("p1", 1, (Piece("a "), Piece("b", record="one"), Piece(" c")))
BEFORE = Trial((Block("p1", 1, (Piece("a b c"),)),), ("two",))
AFTER = Trial((MARKED,), ("two", "one"), Counter([Problem("a", 9, "missing-option", "")]))


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (AFTER, ""),
        (replace(AFTER, problems=Counter([Problem("a", 3, "missing-option", "lacks")])), "lacks"),
        (replace(AFTER, problems=Counter([Problem("a", 9, "stray-mark", "stray")])), "stray"),
        (replace(AFTER, blocks=(*AFTER.blocks, Block("p2", 2, (Piece("d"),)))), "within other markup"),
        (replace(AFTER, blocks=(Block("p1", 1, (*MARKED.pieces[:2], Piece(" d"))),)), "within other markup"),
        (replace(AFTER, blocks=(Block("p1", 1, (*MARKED.pieces[:2], Piece(" c", within=("strong",)))),)), "would be broken"),
        (replace(AFTER, blocks=BEFORE.blocks), "other words than these"),
        (replace(AFTER, blocks=(Block("p1", 1, (*MARKED.pieces[:2], Piece(" c", record="one"))),)), "other words than these"),
        (replace(AFTER, records=("two",)), "would not be read"),
        (replace(AFTER, warnings=Counter([(5, "unknown role")])), "unknown role"),
    ],
)  # fmt: skip
def test_a_draft_is_dropped_unless_nothing_else_changed(after: Trial, why: str) -> None:
    said = difference(BEFORE, after, [DRAFT], 8)
    assert why in said
    assert bool(said) == bool(why)


def test_what_stands_elsewhere_is_listed(town: Town) -> None:
    town.project.put("town.md", TOWN + "\n```{include} part.txt\n```\n")
    town.project.put("part.txt", "Included words stand here.\n")
    assert "comes from the file" in town.refused(w3c("Included words"))
    town.project.put("rest.rst", ":date: 2024\n\nRest\n====\n\nRest has words.\n")
    line = town.refused(w3c("has words", address="https://edition.example/rest.html"))
    assert "rest.rst: it is not Markdown" in line
    town.project.put("town.md", TOWN + "\n:::{note}\nIt is never closed.\n")
    assert "which was meant for the one that begins" in town.refused(w3c("Nobody answered her"))


def test_pages_and_fragments(town: Town) -> None:
    other = "https://edition.example/index.html"
    assert f"“x y”: {other} is no page of an article" in town.refused(w3c("x y", address=other))
    assert "it names no page" in town.refused({"target": w3c("x y")["target"] | {"source": ""}})
    assert town.run(w3c("x"), "--article", "twon").code == 2
    source = town.added(w3c("said it twice", address=f"{HERE}?q=1#p4", prefix="The clerk "))
    assert "The clerk {said}`said it twice <said-it-twice>`." in source
    town.added(w3c("Nobody answered her", address=other), options=("--article", "town"))


def test_a_block_named_by_the_target_decides(town: Town) -> None:
    town.project.put(
        "town.md", TOWN.replace("The clerk said it twice.", "\n\nThe clerk said it twice.")
    )
    assert "stands in 2 places (lines 10, 12)" in town.refused(w3c("said it twice"))
    town.added(w3c("said it twice", address=f"{HERE}#p3"))
    assert "The clerk {said}`said it twice" in town.source


def test_surroundings_decide_and_changed_ones_do_not(town: Town) -> None:
    assert "stands in 2 places" in town.refused(w3c("said it twice", prefix="A stranger "))
    assert "stands in 2 places" in town.refused(w3c("said it twice", prefix="An old clerk "))
    assert "in other surroundings" in town.refused(w3c("Nobody", prefix="Then ", suffix=" came"))
    source = town.added(row("said it twice", prefix="Menu. twice. The clerk ", suffix="\nNote 5"))
    assert "The clerk {said}`said it twice" in source


def test_a_position_decides_only_where_it_leaves_no_doubt() -> None:
    pieces = ["one two three", "one and one", "x" * 50]
    shown = ShownText(tuple(Block(f"p{n}", n, (Piece(text),)) for n, text in enumerate(pieces, 1)))
    places = Several((Found(0, 0, 3), Found(1, 0, 3), Found(1, 8, 11)))
    first, second, third = places.places
    assert decide_by_position(places, None, shown, []) is None
    assert decide_by_position(places, 0, shown, []) == first
    assert decide_by_position(Several((first, third)), 22, shown, []) == third
    assert decide_by_position(Several((first, third)), 500, shown, []) is None
    assert decide_by_position(Several((first, third)), 500, shown, [(504, 4)]) == first
    assert decide_by_position(Several((first, third)), 540, shown, [(504, 4)]) == third
    assert decide_by_position(Several((second, third)), 900, shown, [(504, 4), (990, 30)]) is None


# Formats

WORDS = "Nobody answered her"


@pytest.mark.parametrize(
    "value",
    [
        w3c(WORDS),
        [w3c(WORDS)],
        {"type": "AnnotationPage", "items": [w3c(WORDS)]},
        {"type": "AnnotationCollection", "total": 1, "first": {"type": "AnnotationPage", "items": [w3c(WORDS)]}},
        [{"type": "AnnotationPage", "items": [w3c(WORDS)]}],
        {"@graph": [w3c(WORDS)]},
        row(WORDS),
        [row(WORDS)],
        {"total": 1, "rows": [row(WORDS)]},
        {"export_date": "2026-11-01", "annotations": [row(WORDS)]},
        w3c("x") | {"target": [{"source": {"id": HERE}, "selector": [{"type": "FragmentSelector", "value": "p1", "refinedBy": {"type": ["TextQuoteSelector"], "exact": WORDS}}]}]},
        w3c("x") | {"target": {"type": "Choice", "items": [w3c(WORDS)["target"]]}},
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_formats(value: Any) -> None:
    found = formats.read(json.dumps(value).encode())
    (highlight,) = found.highlights
    assert (highlight.exact, highlight.address, found.unfit) == (WORDS, HERE, [])


def test_positions_and_refinements_are_read() -> None:
    selector = {
        "type": "FragmentSelector",
        "value": "p7",
        "refinedBy": [
            {"type": "TextPositionSelector", "start": 4, "end": 9},
            {"type": "TextQuoteSelector", "exact": "a", "prefix": "b", "suffix": "c"},
        ],
    }
    (one,) = formats.read(
        json.dumps({"target": {"source": HERE, "selector": selector}, "bodyValue": "n"}).encode()
    ).highlights
    assert (one.fragment, one.start, one.end, one.prefix, one.suffix) == ("p7", 4, 9, "b", "c")
    assert one.note == "n"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (row(WORDS, references=["a"]), "a reply"),
        ({"uri": HERE, "text": "n", "target": [{"source": HERE}]}, "a whole page"),
        ({"target": HERE}, "a whole page"),
        (w3c(""), "has no words"),
        (w3c(5), "has no words"),
        ({"target": []}, "no target"),
        ([5], "this is no annotation"),
        ([w3c(WORDS) | {"target": {"source": HERE, "selector": {"type": "SvgSelector"}}}], "SvgSelector"),
        ({"total": 3, "rows": []}, "0 of 3"),
    ],
)  # fmt: skip
def test_annotations_that_mark_no_words_are_listed(town: Town, value: Any, why: str) -> None:
    assert why in town.refused(value)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"rows": [{"uri": ', "is not JSON"),
        (b"", "is not JSON"),
        ("{}".encode("utf-16"), "is not in UTF-8"),
        (b"[" * 200_000, "cannot be read as JSON"),
        (b"1" * 5_000, "cannot be read as JSON"),
        (b"{}", "holds no annotations"),
        (b"null", "holds no annotations"),
        (b'{"rows": 5}', "holds no annotations"),
        (b'{"type": "AnnotationCollection", "first": "https://x.example/1"}', "save https://x.example/1 too"),
        (b'"' + b" " * formats.LARGEST + b'"', "has more than"),
    ],
)  # fmt: skip
def test_unreadable_files(town: Town, content: bytes, why: str) -> None:
    done = town.run(content, "--write")
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert "notes.json: " in line
    assert why in line


def test_no_such_file(town: Town) -> None:
    done = python("-m", "ontherecord", "import", "nothing.json", cwd=ROOT / "_ext")
    assert (done.returncode, done.stderr) == (2, "nothing.json: cannot be read: No such file or directory\n")  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(HERE),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(
            ["type", "id", "target", "selector", "source", "exact", "prefix", "start", "value", "body", "purpose", "refinedBy", "items", "rows", "first", "total", "tags", "text", "uri", "creator", "created", "user", "references"]
        )
        | st.text(max_size=3),
        inner | st.sampled_from(["TextQuoteSelector", "TextPositionSelector", "AnnotationCollection", "\ud800"]),
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(value: Any) -> None:
    try:
        found = formats.read(json.dumps(value).encode())
    except formats.Unreadable as error:
        assert str(error)
        return
    for one in found.highlights:
        assert one.exact.strip()
        assert one.key.encode()
    assert all(one.message for one in found.unfit)


# Addresses and identifiers


@pytest.mark.parametrize(
    ("address", "base", "docname"),
    [
        ("https://x.example/articles/one.html", "", "articles/one"),
        ("https://x.example/articles/one/", "", "articles/one"),
        ("https://x.example/articles/one/index.html?a=b", "", "articles/one"),
        ("http://localhost:8000/_build/html/articles/one.html", "https://x.example/", "articles/one"),
        ("file:///home/a%20b/articles/one.html", "", "articles/one"),
        ("http://x.example/en/articles/one.html", "https://x.example/en", "articles/one"),
        ("https://x.example/en/old/articles/one.html", "https://x.example/en/", ""),
        ("https://x.example/other-articles/one.html", "", "one"),
        ("https://x.example/phone.html", "", ""),
        ("https://x.example/", "", "index"),
        ("https://x.example/en/", "https://x.example/en/", "index"),
        ("https://x.example/en/index.html", "", "index"),
        ("https://[bad/articles/one.html", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_article_of_an_address(address: str, base: str, docname: str) -> None:
    assert article_at(address, ["one", "articles/one", "index"], base) == docname


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("There will be no — repeat — no", "there-will-be-no-repeat"),
        ("Está claro", "esta-claro"),
        ("2017 was it", "draft-2017-was-it"),
        ("Καλημέρα", "draft"),
        ("don’t", "dont"),
        ("taken", "taken-3"),
        ("incomprehensibilities " * 5, "incomprehensibilities"),
    ],
)
def test_identifiers(words: str, name: str) -> None:
    assert identifier(words, {"taken", "taken-2"}) == name


# Whatever the article, and whatever is marked in it

WORD = st.sampled_from(
    [
        "the",
        "mayor",
        "said",
        "that",
        "nothing",
        "will",
        "change",
        "don't",
        "in",
        "May",
        "5",
        "½",
        "naïve",
        "so",
    ]
)
RUN = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
PIECE = st.one_of(
    RUN,
    RUN.map('"{}"'.format),
    RUN.map("*{}*".format),
    RUN.map("**{}**".format),
    RUN.map("“{}”,".format),
    RUN.map("[{}](https://x.example/a_b 'so it is')".format),
    RUN.map("{{speaker}}`{} <ann>`".format),
    RUN.map('{{said}}`"{}" <ann-open>`'.format),
    RUN.map("`{}`".format),
    RUN.map("*a **{}** b*".format),
    RUN.map("'{}'".format),
    st.sampled_from(["--", "...", "\\*", "&amp;", "5 < 6", "f\\*\\*k", "\\\n", "[^1]", "{cite}`herald-2024`"]),
)  # fmt: skip
PARAGRAPH = st.lists(PIECE, min_size=1, max_size=7).flatmap(
    lambda pieces: st.lists(
        st.sampled_from([" ", " ", " ", "\n"]), min_size=len(pieces), max_size=len(pieces)
    ).map(lambda gaps: "".join(p + g for p, g in zip(pieces, gaps, strict=True)).strip(" \n\\"))
)
BLOCK = st.one_of(
    PARAGRAPH,
    PARAGRAPH.map(lambda text: "- " + text.replace("\n", "\n  ")),
    PARAGRAPH.map(lambda text: "> " + text.replace("\n", "\n> ")),
    PARAGRAPH.map(":::{{note}}\n{}\n:::".format),
)
ARTICLE = st.lists(BLOCK, min_size=1, max_size=4).map(
    lambda blocks: "---\ndate: 2024-05-01\n---\n# Town\n\n" + "\n\n".join(blocks) + "\n\n[^1]: A note.\n"
)  # fmt: skip


def page_texts(page: BeautifulSoup) -> list[str]:
    """The words of each block of the article, as a client sees them."""
    for foreign in page.select(".record-cards, .headerlink, .footnote-list, .record-note"):
        foreign.decompose()
    return [block.get_text() for block in page.find_all(id=re.compile(r"^p\d+$"))]


def check_any_article(project: Project, article: str, data: st.DataObject, folder: Path) -> None:
    project.put("town.md", article)
    article = (project.folder / "town.md").read_text(encoding="utf-8")
    before = project.build()
    texts = page_texts(before.soup("town.html"))
    annotations = []
    for number in range(data.draw(st.integers(1, 6))):
        assume(texts)  # An article may have no words.
        text = data.draw(st.sampled_from(texts))
        words = list(re.finditer(r"\S+", text))
        if not words:
            continue
        first = data.draw(st.integers(0, len(words) - 1))
        last = data.draw(st.integers(first, min(len(words) - 1, first + 7)))
        begin, end = words[first].start(), words[last].end()
        make = data.draw(st.sampled_from([w3c, row]))
        around = {"prefix": text[max(0, begin - 32) : begin], "suffix": text[end : end + 32]}
        annotations.append(make(text[begin:end], **around, id=f"urn:{number}"))
    path = folder / "notes.json"
    path.write_text(json.dumps(annotations), encoding="utf-8")
    code = main(["import", str(path), str(project.folder), "--write"])
    written = (project.folder / "town.md").read_text(encoding="utf-8")
    drafted = dict(
        re.findall(r"% drafted from the annotation (urn:\d+)\n:::\{quote\} (.*)\n", written)
    )
    assert code == (0 if len(drafted) == len(annotations) else 1)
    # Nothing but marks and records was added.
    bare = written
    for name in drafted.values():
        bare, count = re.subn(rf"\{{said\}}(`+)(?=((?:(?!\{{said\}}).|\{{said\}}(?!\1))*?) <{name}>\1(?!`))", "", bare, count=1, flags=re.DOTALL)  # fmt: skip
        assert count == 1
        bare = re.sub(rf" <{name}>`+", "", bare)
    assert bare.startswith(article)
    # The page says what it said, and the quotes have the words that were marked.
    after = project.build()
    shown = page_texts(after.soup("town.html"))
    assert [fold(text).text for text in shown] == [fold(text).text for text in texts]
    edition = read_edition(project.folder).domain.edition
    for annotation in annotations:
        name = drafted.get(annotation["id"])
        if name is None:
            continue
        target = annotation["target"]
        selector = target["selector"] if isinstance(target, dict) else target[0]["selector"][-1]
        (mark,) = edition.marks[name]["town"]
        exact, words = fold(selector["exact"]).text, fold(mark.words).text
        assert exact.strip("\"' ") == words.strip("\"' "), (selector, mark)


@given(ARTICLE, st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_any_words_of_any_article(
    tmp_path_factory: pytest.TempPathFactory, article: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    check_any_article(make_edition(folder / "edition"), article, data, folder)


@pytest.mark.slow
@given(ARTICLE, st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_words_of_many_articles(
    tmp_path_factory: pytest.TempPathFactory, article: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("many")
    check_any_article(make_edition(folder / "edition"), article, data, folder)
