"""Sources are cut and changed where a part needs it, and nowhere else."""

from __future__ import annotations

import pytest
from ontherecord.parting.cutting import end_of, opens, renamed, with_option, without_issues
from ontherecord.parting.entries import parsed
from ontherecord.parting.inventories import NoInventory, parse
from ontherecord.parting.links import Elsewhere, redirected, referring, without_contents


def test_entries_of_a_bibliography_as_they_stand() -> None:
    text = (
        "Not an entry.\n@comment{@misc{no, title={x}}}\n@STRING(a = {b})\n"
        "@misc{one, title = {A {nested} (brace}, note = {mail@host.example},\n  crossref={two}}\n"
        '@book(two, title = "with a ) brace {)}")\n@misc{three, title = {x}}\n'
    )
    found = parsed(text)
    assert list(found.entries) == ["one", "two", "three"]
    assert (
        found.entries["two"]
        == '@book(two, title = "with a ) brace {)}")'[: len(found.entries["two"])]
    )
    assert found.common == ["@STRING(a = {b})"]
    assert found.closed(["one"]) == {"one", "two"}
    assert "@misc{three" not in found.text({"one"})


RST = """
.. contradiction:: stay
   :between: a-1, b-1,
      c-1
   :at-issue: a-1: words of a

   The case.

   More.

After.
""".strip().split("\n")


def test_directives_of_restructuredtext() -> None:
    assert end_of(RST, 1) == 8
    lines = list(RST)
    renamed(lines, 1, {"a-1": "a-1", "b-1": "x:b-1", "c-1": "x:c-1"}, ["between"])
    assert lines[1] == "   :between: a-1, x:b-1,"
    assert lines[2] == "      x:c-1"
    assert lines[3] == "   :at-issue: a-1: words of a"
    assert with_option(RST, "copied-from", "x")[1] == "   :copied-from: x"
    assert without_issues(RST, 1, ["a-1"]) == []
    assert [(s.first, s.last) for s in without_issues(RST, 1, [])] == [(4, 4)]


def test_a_directive_that_code_only_shows() -> None:
    shown = ["````markdown", "```{bibliography}", "```", "````", "```{code-block} md", "x", "```"]
    assert not opens(shown, "bibliography")
    assert opens([*shown, ":::{bibliography}", ":::"], "bibliography")
    assert opens(["::::{grid}", ":::{bibliography} x", ":::", "::::"], "bibliography")
    assert opens(["", ".. bibliography::"], "bibliography")


def test_links_to_documents_elsewhere() -> None:
    there = Elsewhere(
        "reports/first",
        lambda name: "2018" if name == "reports/second" else "",
        lambda name: f"https://e.example/2018/{name}.html",
    )
    text = (
        "[a](second.md) [](second.md) [b](/reports/second.md#p1) [c](third.md) [d](https://x.example/a.md)\n"
        "{doc}`second` {doc}`words <second>` :doc:`/reports/second` {doc}`third` `[e](second.md)x`"
    )
    assert redirected(text, there) == (
        "[a](https://e.example/2018/reports/second.html) [](inv:2018:std:doc#reports/second) "
        "[b](https://e.example/2018/reports/second.html#p1) [c](third.md) [d](https://x.example/a.md)\n"
        "{external+2018:std:doc}`reports/second` {external+2018:std:doc}`words <reports/second>` "
        ":external+2018:std:doc:`reports/second` {doc}`third` "
        "`[e](second.md)x`"
    )


def test_what_is_shown_as_it_is_written_stays() -> None:
    there = Elsewhere("first", lambda _name: "2018", lambda name: f"https://e.example/{name}")
    shown = (
        "`[e](second.md)`, ``{doc}`second` ``, `a` and `b [e](second.md)`\n\n"
        "```md\n[in code](second.md) {doc}`second`\n```\n\n"
        "~~~{code-block} md\n{quote}`one`\n~~~\n"
    )
    text = f"{{said}}`words <one>` {shown}\n```{{note}}\n[`in` it](second.md)\n```\n"
    made = redirected(referring(text, lambda _name: "2018:one"), there)
    assert made == text.replace("[`in` it](second.md)", "[`in` it](https://e.example/second)")


def test_references_to_records_elsewhere() -> None:
    text = (
        "{quote}`one` {quote}`its words <one>` {record:quote}`one` :quote:`one` {quote}`two`\n"
        "{said}`words <one>` {speaker}`one` {external+x:record:quote}`one` {quote}`a:one`"
    )
    assert referring(text, lambda name: "2018:one" if name == "one" else "") == (
        "{quote}`2018:one` {quote}`its words <2018:one>` {record:quote}`2018:one` :quote:`2018:one` "
        "{quote}`two`\n{said}`words <one>` {speaker}`2018:one` {external+x:record:quote}`one` "
        "{quote}`a:one`"
    )


def test_contents_that_list_what_is_elsewhere() -> None:
    lines = [
        *("```{toctree}", ":glob:", "", "a*", "Title <second>", "third", "```", "", "Text", ""),
        *("```{toctree}", "", "second", "```", ""),
    ]
    known = {"reports/second", "reports/third"}
    made = without_contents(lines, "reports/index", {"reports/third"}, known)
    assert made == ["```{toctree}", ":glob:", "", "third", "```", "", "Text", ""]


def test_what_is_no_inventory() -> None:
    for content in (
        b"",
        b"# Sphinx inventory version 1\n\n\n\nx",
        b"# Sphinx inventory version 2\n\n\n\nx",
    ):
        with pytest.raises(NoInventory):
            parse(content)
