"""Contradictions between a quote of this edition and one of another, through intersphinx."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import Tag
from conftest import CONF, EXTENSION, Build, Project, make_edition, one, published
from ontherecord.commands.main import main
from ontherecord.edition import Edition
from ontherecord.finding.indexed import Entries
from ontherecord.records import Contradiction, Document, Origin, Quote, RemoteQuote
from ontherecord.views import Views

ADDRESS = "https://archive.example/article.html#quote-ann-open"
CLOSES = "https://archive.example/article.html#quote-bob-closes"

HERE = """
---
date: 2024-06-01
---
# The vote

Cy said: {said}`"The library was never to stay open." <cy-never>`
Di said: {said}`"All of it was voted on." <di-voted>`

:::{speaker} cy
:name: Cy Cole
:::

:::{speaker} di
:name: Di Dale
:::

:::{quote} cy-never
:speaker: cy
:source: herald-2024
:spoken: 2024-05-30
:time: 10:00-05:00
:::

:::{quote} di-voted
:speaker: di
:source: herald-2024
:spoken: 2024-05-30
:time: 12:00-05:00
:::
"""

CASE = """
# Cases

:::{contradiction} stay
:between: cy-never, archive:ann-open
:kind: facts
:status: answered
:answered-by: archive:bob-closes

Whether the library was to stay open.
:::
"""

REGISTERS = """
# Registers

:::{contradictions}
:::

:::{quotes}
:::

:::{timeline}
:::

:::{annotations}
:::

See {contradiction}`stay` and {quote}`cy-never`.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Project:
    """The other edition, built."""
    project = make_edition(tmp_path / "archive", 'project = "The Archive"\nversion = "2.1"\n')
    project.build()
    return project


@pytest.fixture
def here(tmp_path: Path, archive: Project) -> Project:
    """This edition, with a case between one of its quotes and one of the archive's."""
    project = Project(tmp_path / "here")
    project.put("conf.py", conf(archive))
    project.put("references.bib", "@misc{herald-2024, title = {A Title}, date = {2024-06-01}}\n")
    project.put("index.md", "# Here\n\n```{toctree}\n:glob:\n\n*\n```\n")
    project.put("vote.md", HERE)
    project.put("cases.md", CASE)
    project.put("registers.md", REGISTERS)
    return project


def inventory(archive: Project) -> Path:
    return archive.folder.parent / "archive-html" / "objects.inv"


def conf(archive: Project, more: str = "") -> str:
    mapping = {"archive": ("https://archive.example/", str(inventory(archive)))}
    return (
        CONF.format(extension=str(EXTENSION))
        + 'extensions = ["ontherecord", "sphinx.ext.intersphinx"]\n'
        + f"intersphinx_mapping = {mapping!r}\n{more}"
    )


def said(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def addresses(tag: Tag) -> list[str]:
    return [str(link["href"]) for link in tag.select("a[href^='https://archive.example']")]


def test_a_case_shows_both_sides_face_to_face(here: Project) -> None:
    build = here.build("html", "-n", "-W")
    assert build.warnings == ""
    block = one(build.soup("cases.html"), "#contradiction-stay")
    ours, theirs = block.select(".record-pair > .record-side")
    assert said(one(ours, "blockquote")) == "The library was never to stay open."
    assert said(one(theirs, "blockquote")) == "The library stays open."
    assert one(theirs, "blockquote").get("class") == one(ours, "blockquote").get("class")
    place = one(theirs, "a")
    assert (place["href"], said(place)) == (ADDRESS, "In The Archive, version 2.1")
    assert said(theirs).startswith("A statement in another edition.")
    assert "Ann" not in said(block), "the inventory does not say who spoke"
    assert "Date not seen" not in said(theirs), "nor is it known that the date was not seen"
    assert theirs["aria-label"] == "a statement in The Archive"
    assert "Cy Cole / The Archive" in said(block)
    answer = one(block, ".record-answer .record-side")
    assert said(one(answer, "blockquote")) == "It closes in June."
    assert addresses(answer) == [CLOSES]
    assert "apart" not in said(block) and "after the last" not in said(block)


def test_the_card_of_our_side_names_the_other(here: Project) -> None:
    build = here.build()
    page = build.soup("vote.html")
    against = one(page, "#card-cy-never .record-against")
    assert said(against) == (
        "In contradiction with “The library stays open.”, in The Archive; "
        "answered by “It closes in June.”, in The Archive."
    )
    assert addresses(against) == [ADDRESS, CLOSES]
    assert against.select("a")[0]["href"] == "cases.html#contradiction-stay"
    assert "in contradiction with a statement in The Archive" in str(page)


def test_our_quote_as_an_answer_to_another_editions(here: Project) -> None:
    here.put(
        "cases.md",
        "# C\n\n:::{contradiction} two\n:between: archive:ann-open, di-voted, archive:bob-closes\n"
        ":answered-by: cy-never\n\nThe case.\n:::\n",
    )
    here.put("registers.md", "# R\n\n{contradiction}`two`\n")
    build = here.build("html", "-W")
    page = build.soup("vote.html")
    assert said(one(page, "#card-cy-never .record-answers")) == (
        "Answers the case between “The library stays open.”, in The Archive; Di Dale, “All of it was "
        "voted on.”; “It closes in June.”, in The Archive."
    )
    against = one(page, "#card-di-voted .record-against")
    assert said(against) == (
        "In contradiction with “The library stays open.”, in The Archive, “It closes in June.”, "
        "in The Archive; answered by Cy Cole."
    )
    block = one(build.soup("cases.html"), "#contradiction-two")
    assert [said(side) for side in block.select(".record-many blockquote")] == [
        "The library stays open.",
        "All of it was voted on.",
        "It closes in June.",
    ], "in the editor's order"
    assert "The Archive / Di Dale" in said(block)
    assert "after the last" not in said(block), "when the others were said is not known"


def test_the_pages_of_records_show_the_other_side(here: Project) -> None:
    build = here.build()
    quote = build.soup("cite/cy-never.html")
    assert ADDRESS in addresses(quote)
    assert "“The library stays open.”, in The Archive" in said(quote)
    case = build.soup("cite/stay.html")
    assert [said(tag) for tag in case.select(".record-side blockquote")] == [
        "The library was never to stay open.",
        "The library stays open.",
        "It closes in June.",
    ]
    drawing = one(case, "svg.record-draw-map")
    assert addresses(drawing) == [ADDRESS, CLOSES]
    assert "in The Archive" in said(drawing)
    listed = [said(item) for item in case.select("#neighbours ~ ul li, .nlist li")]
    assert listed[-2:] == [
        "“The library stays open.”, in The Archive.",
        "In answer: “It closes in June.”, in The Archive.",
    ]
    assert not (build.out / "cite/archive:ann-open.html").exists()


def test_registers_and_reference_cards_show_it_and_the_timeline_leaves_it_out(
    here: Project,
) -> None:
    page = here.build().soup("registers.html")
    case = one(page, ".record-register-contradictions tbody tr")
    assert ADDRESS in addresses(one(case, ".record-column-sides"))
    assert addresses(one(case, ".record-column-answers")) == [CLOSES]
    assert json.loads(str(case["data-speaker"])) == ["Cy Cole"]
    moments = one(page, ".record-register-timeline")
    assert "never to stay" in said(moments) and "stays open" not in said(moments)
    of_case, of_quote = page.select("template, .record-card")
    assert "30 May 2024" in str(of_case) and ADDRESS in str(of_case)
    assert "Answer: " in str(of_case) and CLOSES in str(of_case)
    assert "In contradiction with" in str(of_quote) and ADDRESS in str(of_quote)


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub"])
def test_other_pages_and_books_link_to_it(here: Project, builder: str) -> None:
    build = here.build(builder, "-W")
    name = {
        "dirhtml": "cases/index.html",
        "singlehtml": "index.html",
        "epub": "cases.xhtml",
    }[builder]
    page = build.soup(name)
    assert ADDRESS in addresses(page)
    assert "The library stays open." in said(page)


@pytest.mark.parametrize(
    ("builder", "name"),
    [
        ("text", "cases.txt"),
        ("text", "vote.txt"),
        ("text", "registers.txt"),
        ("latex", "*.tex"),
        ("man", "*.1"),
        ("texinfo", "*.texi"),
        ("xml", "cases.xml"),
        ("gettext", "cases.pot"),
    ],
)
def test_other_builders_print_its_words_and_address(here: Project, builder: str, name: str) -> None:
    build = here.build(builder, "-W")
    (path,) = build.out.glob(name)
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\\[:%]", "", text) if builder == "man" else text.replace("\\#", "#")
    text = text.replace("@/", "") if builder == "texinfo" else text
    text = text.replace('"\n"', "") if builder == "gettext" else text
    squeezed = " ".join(text.split())
    assert "The library stays open." in squeezed
    assert "The Archive" in squeezed
    assert ADDRESS in "".join(text.split()), "a line may end within it"


def test_a_note_on_another_editions_quote(here: Project) -> None:
    here.put("notes.md", "# N\n\n:::{annotation} note\n:on: archive:ann-open\n\nSo it was.\n:::\n")
    build = here.build("html", "-W")
    shown = "on “The library stays open.”, in The Archive"
    block = one(build.soup("notes.html"), "#annotation-note")
    assert shown in said(block) and addresses(block) == [ADDRESS]
    assert addresses(one(build.soup("registers.html"), ".record-register-annotations")) == [ADDRESS]
    page = build.soup("cite/note.html")
    assert said(one(page, "h1")) == "Note on “The library stays open.”"
    assert ADDRESS in addresses(page)
    assert f"{shown} ({ADDRESS})" in here.build("text").squeezed("notes.txt")


def test_from_restructuredtext(here: Project) -> None:
    (here.folder / "cases.md").unlink()
    here.put(
        "cases.rst",
        """
        Cases
        =====

        .. contradiction:: stay
           :between: archive:ann-open, cy-never
           :answered-by: archive:bob-closes

           The case, with :external+archive:record:quote:`ann-open`.
        """,
    )
    build = here.build("html", "-W", "-n")
    assert addresses(build.soup("cases.html")) == [ADDRESS, ADDRESS, CLOSES]


def test_roles_point_at_another_editions_records(here: Project) -> None:
    here.put(
        "roles.md",
        "# R\n\n{quote}`archive:ann-open`, {speaker}`archive:ann`, {quote}`ann-open`, "
        "{external+archive:record:quote}`ann-open`\n\n{quote}`archive:ann-opn`\n",
    )
    build = here.build("html", "-n")
    assert build.subtypes == ["record.unknown-quote"]
    links = [said(link) for link in build.soup("roles.html").select("section a.external")]
    assert links == ["The library stays open.", "Ann Arden", *["The library stays open."] * 2]


def case(between: str, more: str = "") -> str:
    return f"# C\n\n:::{{contradiction}} stay\n:between: {between}\n{more}\nThe case.\n:::\n"


BAD = {
    "a name that conf.py does not know": (
        case("cy-never, archiv:ann-open"),
        "unknown-edition",
        4,
        'there is no edition "archiv" in intersphinx_mapping in conf.py (did you mean "archive"?)',
    ),
    "a quote that the inventory does not have": (
        case("cy-never, archive:ann-opn"),
        "unknown-quote",
        4,
        'there is no quote "ann-opn" in "archive" (did you mean "ann-open"?)',
    ),
    "a record of another kind": (
        case("cy-never, archive:ann"),
        "unknown-quote",
        4,
        "it is a speaker: name a quote",
    ),
    "a quote that another edition alone has": (
        case("cy-never, ann-open"),
        "unknown-quote",
        4,
        'there is no quote "ann-open" here: it is in another edition: write "archive:ann-open"',
    ),
    "a note on a quote that another edition alone has": (
        "# C\n\n:::{annotation} note\n:on: ann-open\n\nText.\n:::\n",
        "unknown-record",
        4,
        'write "archive:ann-open"',
    ),
    "an answer that is not there": (
        case("cy-never, di-voted", ":answered-by: archive:nothing\n"),
        "unknown-quote",
        5,
        "name one that is in its inventory",
    ),
    "no side of this edition": (
        case("archive:ann-open, archive:bob-closes"),
        "no-side-here",
        4,
        "name a quote of this edition among them",
    ),
    "a note on something else than a quote": (
        "# C\n\n:::{annotation} note\n:on: archive:bob\n\nText.\n:::\n",
        "unknown-quote",
        4,
        "it is a speaker: name a quote",
    ),
    "no identifier": (case("cy-never, di-voted, archive:Ann Open"), "bad-id", 4, "ann-open"),
    "no name": (case("cy-never, di-voted, :ann-open"), "bad-id", 4, "NAME:ID"),
    "words at issue of another edition's": (
        case("cy-never, archive:ann-open", ":at-issue: archive:ann-open: stays\n"),
        "not-at-issue",
        3,
        "has no more than the opening words",
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_input(here: Project, bad: str) -> None:
    source, subtype, line, mend = BAD[bad]
    (here.folder / "registers.md").unlink()
    here.put("cases.md", source)
    build = here.build("html", "-n")
    assert build.subtypes[0] == f"record.{subtype}"
    assert set(build.subtypes[1:]) <= {"record.too-few-sides"}, "of a list that was not read"
    assert f"cases.md:{line}: " in build.warnings
    assert mend in build.warnings
    page = build.soup("cases.html")
    assert "Text." in said(page) or "The case." in said(page)


def test_a_copy_of_a_case_needs_no_side_here(here: Project) -> None:
    more = ":status: answered\n:answered-by: cy-never\n:copied-from: archive\n"
    here.put("cases.md", case("archive:ann-open, archive:bob-closes", more))
    build = here.build("html", "-W", "-n")
    assert build.code == 0, build.warnings
    assert "The library stays open." in said(one(build.soup("cite/cy-never.html"), "main"))


def test_what_is_not_in_the_inventory_is_shown_by_its_identifier(here: Project) -> None:
    here.put("cases.md", case("cy-never, archive:ann-opn"))
    build = here.build()
    theirs = build.soup("cases.html").select(".record-side")[1]
    assert said(theirs) == (
        "A statement in another edition. ann-opn "
        "In archive; its words and address are not known yet."
    )
    card = one(build.soup("vote.html"), "#card-cy-never .record-against")
    assert said(card) == "In contradiction with ann-opn, in archive (address not known)."
    assert not theirs.select("a")
    assert "None" not in said(build.soup("cite/stay.html"))


def test_without_intersphinx(here: Project, archive: Project) -> None:
    here.put("conf.py", CONF.format(extension=str(EXTENSION)))
    build = here.build()
    assert build.subtypes == ["record.unknown-edition", "record.unknown-edition"]
    assert "cases.md:4: " in build.warnings and "cases.md:7: " in build.warnings
    assert 'add "sphinx.ext.intersphinx" to extensions in conf.py' in build.warnings
    assert "ann-open" in said(one(build.soup("cases.html"), "#contradiction-stay"))


@pytest.mark.parametrize("how", ["gone", "broken"])
def test_an_inventory_that_cannot_be_read(
    here: Project, archive: Project, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here.build(out="kept")
    if how == "gone":
        inventory(archive).unlink()
    else:
        inventory(archive).write_text("no inventory")
    build = here.build()
    assert "failed to reach any of the inventories" in build.warnings, "intersphinx's own"
    assert build.subtypes == ["record.unread-edition", "record.unread-edition"]
    assert "cases.md:4: " in build.warnings
    assert 'the inventory of "archive" could not be read' in build.warnings
    assert "ann-open In archive; its words and address are not known yet." in said(
        one(build.soup("cases.html"), "#contradiction-stay")
    )
    kept = here.build(out="kept")
    if how == "gone":
        assert differences(kept, build) == []
    capsys.readouterr()
    assert main(["check", str(here.folder)]) == 0, "offline is no fault of the records"
    assert "note:" in capsys.readouterr().out


def differences(some: Build, others: Build) -> list[str]:
    one_, other = published(some.out), published(others.out)
    return sorted(name for name in {*one_, *other} if one_.get(name) != other.get(name))


def test_check_knows_other_editions(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(here.folder)]) == 0
    here.put("cases.md", case("cy-never, archive:ann-opn"))
    capsys.readouterr()
    assert main(["check", str(here.folder)]) == 1
    assert "cases.md:4: error: " in capsys.readouterr().out


def stays(archive: Project) -> None:
    """Give the quote another label."""
    text = (archive.folder / "article.md").read_text()
    archive.put("article.md", text.replace("The library stays", "The old library stays"))


def moved(archive: Project) -> None:
    """Give it another address."""
    (archive.folder / "article.md").rename(archive.folder / "report.md")


def gone(archive: Project) -> None:
    """Take it out."""
    text = (archive.folder / "article.md").read_text()
    text = re.sub(r'\{said\}`"The[^`]*`', "nothing", text)
    text = re.sub(r":::\{quote\} ann-open.*?:::\n", "", text, flags=re.DOTALL)
    archive.put("article.md", text)


def renamed(archive: Project) -> None:
    """Give the edition another version."""
    text = (archive.folder / "conf.py").read_text()
    archive.put("conf.py", text.replace("2.1", "2.2"))


@pytest.mark.parametrize("edit", [stays, moved, gone, renamed], ids=lambda one: one.__name__)
@pytest.mark.parametrize("builder", ["html", "text", "epub"])
def test_what_changes_there_is_written_here(
    here: Project, archive: Project, builder: str, edit: object
) -> None:
    here.put("notes.md", "# N\n\n:::{annotation} note\n:on: archive:ann-open\n\nSo it was.\n:::\n")
    here.put("roles.md", "# R\n\n{external+archive:record:quote}`ann-open`, {quote}`ann-open`\n")
    before = here.build(builder, out="kept")
    was = published(before.out)
    edit(archive)  # type: ignore[operator]
    archive.build()
    kept = here.build(builder, out="kept")
    clean = here.build(builder, out="clean")
    assert differences(kept, clean) == []
    assert published(kept.out) != was


def test_only_pages_that_show_it_are_written_again(here: Project, archive: Project) -> None:
    here.put("plain.md", "# Plain\n")
    before = here.build()
    plain = before.out / "plain.html"
    was = plain.stat().st_mtime_ns
    stays(archive)
    archive.build()
    again = here.build()
    assert plain.stat().st_mtime_ns == was
    assert "The old library stays open." in said(again.soup("vote.html"))
    assert "The old library stays open." in said(again.soup("cite/cy-never.html"))


def test_two_processes_publish_what_one_does(here: Project) -> None:
    assert differences(here.build(out="one"), here.build(out="two", jobs=2)) == []


def test_an_edition_below_ours_has_addresses_from_each_page(
    here: Project, archive: Project
) -> None:
    text = (here.folder / "conf.py").read_text()
    here.put("conf.py", text.replace("https://archive.example/", "archive/"))
    (here.folder / "deep").mkdir()
    (here.folder / "cases.md").rename(here.folder / "deep" / "cases.md")
    here.put("index.md", "# Here\n\n```{toctree}\n:glob:\n\n*\ndeep/*\n```\n")
    build = here.build()
    place = "archive/article.html#quote-ann-open"
    for page, address in (
        ("deep/cases.html", f"../{place}"),
        ("vote.html", place),
        ("cite/stay.html", f"../{place}"),
        ("cite/cy-never.html", f"../{place}"),
    ):
        assert build.soup(page).select(f"a[href='{address}']"), page


def test_the_edition_knows_no_sphinx_and_gives_what_is_known() -> None:
    quote = RemoteQuote("archive:b", "Words.", ADDRESS, "The Archive", "2")
    case = Contradiction("c", Origin("d", 1), ("archive:b", "archive:x", "nothing"))
    edition = Edition(
        {"d": Document("d", "D", records=(case,))},
        {},
        remote={"z:a": RemoteQuote("z:a"), "archive:b": quote},
    )
    assert list(edition.remote) == ["archive:b", "z:a"]
    assert edition.remote_quote("archive:b") is quote
    assert edition.remote_quote("archive:x") == RemoteQuote("archive:x")
    assert edition.remote_quote("nothing") is None
    assert edition.label(case) == "The Archive / archive"


def at(identifier: str, hour: int) -> Quote:
    return Quote(
        identifier, Origin("d", 1), "s", "s", block="W.", spoken="2024-05-01", time=f"{hour}:00Z"
    )


@pytest.mark.parametrize(
    ("between", "answers", "apart", "after"),
    [
        (("a", "b"), ("c",), True, [True]),
        (("a", "b", "archive:x"), ("c",), False, [False]),
        (("a", "b"), ("c", "archive:x"), True, [True, False]),
    ],
)
def test_times_apart_are_said_only_where_all_are_known(
    between: tuple[str, ...], answers: tuple[str, ...], apart: bool, after: list[bool]
) -> None:
    case = Contradiction("case", Origin("d", 1), between, answered_by=answers)
    records = (at("a", 10), at("b", 12), at("c", 14), case)
    view = Views(Edition({"d": Document("d", "D", records=records)}, {})).contradiction(case)
    assert (bool(view.span), [bool(span) for span in view.answer_spans]) == (apart, after)


def test_search_finds_a_case_by_the_words_of_the_other_side() -> None:
    case = Contradiction("case", Origin("d", 1), ("a", "archive:b"), text="The case.")
    edition = Edition(
        {"d": Document("d", "D", records=(at("a", 10), case))},
        {},
        remote={"archive:b": RemoteQuote("archive:b", "Otherwise.", ADDRESS, "The Archive")},
    )
    found = Entries(edition, lambda docname, anchor: f"{docname}#{anchor}").all(())
    (entry,) = [one for one in found if one.url == "d#contradiction-case"]
    assert entry.words == "The case. W. Otherwise."
