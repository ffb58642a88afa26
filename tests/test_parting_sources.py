"""Sources are cut and changed where a part needs it, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ontherecord.parting import markdown, restructured
from ontherecord.parting.contents import Listing, with_contents
from ontherecord.parting.cutting import (
    end_of,
    opens,
    options_of,
    renamed,
    with_option,
    without_issues,
)
from ontherecord.parting.entries import parsed
from ontherecord.parting.inventories import NoInventory, parse
from ontherecord.parting.links import Elsewhere, Redirected, redirected


def test_entries_of_a_bibliography_as_they_stand() -> None:
    text = (
        "Not an entry.\n@comment{@misc{no, title={x}}}\n@STRING(a = {b})\n% On the first.\n"
        "@misc{one, title = {A {nested} (brace}, note = {mail@host.example},\n  crossref={two}}\n"
        '@book(two, title = "with a ) brace {)}")\n@misc{three, title = {x}}\n% The end.\n'
    )
    found = parsed(text)
    assert list(found.entries) == ["one", "two", "three"]
    assert (
        found.entries["two"]
        == '@book(two, title = "with a ) brace {)}")'[: len(found.entries["two"])]
    )
    assert found.common == [
        "Not an entry.\n@comment{@misc{no, title={x}}}",
        "@STRING(a = {b})",
        "% The end.",
    ]
    assert found.entries["one"].startswith("% On the first.\n@misc{one,")
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


def test_options_in_a_block_of_several_lines() -> None:
    lines = [":::{contradiction} stay", "---", "between: a-1,", "  b-1", "kind: facts", "---"]
    assert [(one.name, one.first, one.last) for one in options_of(lines, 1)] == [
        ("between", 3, 4),
        ("kind", 5, 5),
    ]
    renamed(lines, 1, {"b-1": "x:b-1"}, ["between"])
    assert lines[3] == "  x:b-1"


def test_a_directive_that_code_only_shows() -> None:
    shown = ["````markdown", "```{bibliography}", "```", "````", "```{code-block} md", "x", "```"]
    assert not opens(shown, "bibliography")
    assert opens([*shown, ":::{bibliography}", ":::"], "bibliography")
    assert opens(["::::{grid}", ":::{bibliography} x", ":::", "::::"], "bibliography")
    assert opens(["", ".. bibliography::"], "bibliography")


THERE = Elsewhere(
    "reports/first",
    lambda name: "2018" if name in {"reports/second", "reports/my paper"} else "",
    lambda name: f"https://e.example/2018/{name}.html",
    lambda path: f"https://e.example/{path}" if path in {"about.html", "cite/one.html"} else "",
    lambda _name, heading: {"a-heading": ("id1", ""), "map": ("map", "map")}.get(heading, ("", "")),
    lambda name: "2018:one" if name == "one" else "",
    "reports/first.html",
)


def markdown_led(text: str, there: Elsewhere = THERE) -> Redirected:
    lines = text.split("\n")
    found = list(markdown.places(lines))
    for place in found:
        assert lines[place.line - 1][place.first : place.last] == place.text
    return redirected(lines, found, there)


def rst_led(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(redirected(lines, restructured.places(lines), THERE).lines)


SECOND = "inv:2018:std:doc#reports/second"
ADDRESS = "https://e.example/2018/reports/second.html"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[a](second.md)", f"[a]({SECOND})"),
        ('[a](second.md "A *title*")', f'[a]({SECOND} "A *title*")'),
        ("[a](<second.md>)", f"[a](<{SECOND}>)"),
        ("[a [b] ![c](d.svg)](second.md)", f"[a [b] ![c](d.svg)]({SECOND})"),
        ("[a](/reports/second.md#p1)", f"[a]({ADDRESS}#p1)"),
        ("[a](second.md#a-heading)", f"[a]({ADDRESS}#id1)"),
        ("[a](my%20paper.md)", "[a](https://e.example/2018/reports/my paper.html)"),
        ("[a](project:second.md)", f"[a]({SECOND})"),
        ("[](second.md)", f"[]({SECOND})"),
        ("[a](second.md#map)", "[a](inv:2018:std:label#map)"),
        ("[](second.md#map)", "[](inv:2018:std:label#map)"),
        ("<project:second.md>", f"<{SECOND}>"),
        ("[a][r]\n\n[r]: second.md", f"[a][r]\n\n[r]: {SECOND}"),
        ('> [r]:\n> <second.md>\n> "T"\n\n[r]', f'> [r]:\n> <{SECOND}>\n> "T"\n\n[r]'),
        ("# A [b](second.md) #", f"# A [b]({SECOND}) #"),
        (
            "| a | b |\n|---|---|\n| `[c](second.md)` | [c](second.md) |",
            f"| a | b |\n|---|---|\n| `[c](second.md)` | [c]({SECOND}) |",
        ),
        ("- a\n  > b\n  > [c](second.md)", f"- a\n  > b\n  > [c]({SECOND})"),
        (":::{note} A [b](second.md)\n:::", f":::{{note}} A [b]({SECOND})\n:::"),
        (
            "::::{note}\n:name: a\n\n:::{tip}\n[b](second.md)\n:::\n::::",
            f"::::{{note}}\n:name: a\n\n:::{{tip}}\n[b]({SECOND})\n:::\n::::",
        ),
        (
            ":::{grid-item-card} A\n:link: second\n:link-type: doc\n:::",
            ":::{grid-item-card} A\n:link: 2018:reports/second\n:link-type: doc\n:::",
        ),
        ("{said}`a [b](second.md) <c>`", f"{{said}}`a [b]({SECOND}) <c>`"),
        ("{doc}`second`", "{external+2018:std:doc}`reports/second`"),
        ("{std:doc}`a <second>`", "{external+2018:std:doc}`a <reports/second>`"),
        ("{quote}`a <one>` {record:quote}`one`", "{quote}`a <2018:one>` {record:quote}`2018:one`"),
        ('<a href="../about.html#x">a</a>', '<a href="https://e.example/about.html#x">a</a>'),
        (
            "<div>\n<a href='../cite/one.html'>a</a>\n</div>",
            "<div>\n<a href='https://e.example/cite/one.html'>a</a>\n</div>",
        ),
        ("```{eval-rst}\n:quote:`one`\n```", "```{eval-rst}\n:quote:`2018:one`\n```"),
    ],
)
def test_links_of_markdown_lead_elsewhere(written: str, made: str) -> None:
    found = markdown_led(written)
    assert ("\n".join(found.lines), found.wrong) == (made, [])


@pytest.mark.parametrize(
    "text",
    [
        "[a](third.md) [b](https://x.example/second.md) [c](#second) <inv:x:std:doc#second>",
        "{doc}`third` {external+x:record:quote}`one` {quote}`two` {quote}`a:one` {said}`one <one>`",
        "`[e](second.md)`, ``{doc}`second` ``, `a` and `b [e](second.md)` \\[a](second.md)",
        "```md\n[in code](second.md) {doc}`second`\n```",
        "~~~{code-block} md\n{quote}`one`\n~~~",
        "a\n\n    [in code](second.md)",
        "% [in a comment](second.md)",
        '`<a href="../about.html">` <a href="second.html">here</a> <a href="/about.html">root</a>',
    ],
)
def test_what_is_shown_as_it_is_written_stays(text: str) -> None:
    assert markdown_led(text).lines == text.split("\n")


def test_a_link_that_shows_a_heading_elsewhere_is_reported() -> None:
    found = markdown_led("a\n\n[](second.md#a-heading)")
    ((line, message),) = found.wrong
    assert line == 3
    assert "write the words that it shows, as in [words](second.md#a-heading)" in message


def test_a_text_that_moves_names_its_files_from_the_root() -> None:
    there = Elsewhere(
        "reports/first", str, files={"reports/third": "reports/third.md"}, is_moved=True
    )
    there = replace(there, part=lambda _name: "")
    found = markdown_led("[a](third.md) {doc}`third` ![b](map.svg) [c](https://x.example)", there)
    assert found.lines == [
        "[a](/reports/third.md) {doc}`/reports/third` ![b](/reports/map.svg) [c](https://x.example)"
    ]


def test_links_of_restructuredtext_lead_elsewhere() -> None:
    assert rst_led(
        "`A <../about.html>`__ :doc:`second` :doc:`a <second>` :quote:`one` `b`_\n\n"
        ".. _b: ../cite/one.html\n\n__ ../about.html\n\n.. figure:: a.svg\n   :target: ../about.html\n\n"
        '.. raw:: html\n\n   <a href="../about.html">a</a>\n'
    ) == (
        "`A <https://e.example/about.html>`__ :external+2018:std:doc:`reports/second` "
        ":external+2018:std:doc:`a <reports/second>` :quote:`2018:one` `b`_\n\n"
        ".. _b: https://e.example/cite/one.html\n\n__ https://e.example/about.html\n\n"
        ".. figure:: a.svg\n   :target: https://e.example/about.html\n\n"
        '.. raw:: html\n\n   <a href="https://e.example/about.html">a</a>\n'
    )


def test_what_restructuredtext_only_shows_stays() -> None:
    text = (
        "``:doc:`second` `` as in::\n\n   :doc:`second`\n   `A <../about.html>`__\n\n"
        ".. code-block:: rst\n\n   :quote:`one`\n\n.. A comment: :quote:`one`\n   :doc:`second`\n"
    )
    assert rst_led(text) == text
    assert rst_led("a::\n\n   :quote:`one`\n\n:quote:`one`").endswith("`one`\n\n:quote:`2018:one`")


CONTENTS = [
    *(
        "```{toctree}",
        ":glob:",
        "",
        "a*",
        "Title <second>",
        "third",
        "first",
        "```",
        "",
        "Text",
        "",
    ),
    *("```{toctree}", "", "second", "```", ""),
]
KNOWN = {f"reports/{name}" for name in ("first", "second", "third")}


def test_contents_that_list_what_is_elsewhere() -> None:
    made = with_contents(CONTENTS, "reports/index", Listing({"reports/third"}, KNOWN))
    assert made == ["```{toctree}", ":glob:", "", "third", "```", "", "Text", ""]


def led(name: str) -> tuple[str, str]:
    return f"Of {name}", f"https://e.example/{name}.html"


FRONT = Listing({"about"}, {*KNOWN, "about"}, led, frozenset(KNOWN))


def test_contents_of_a_front_lead_to_what_has_moved() -> None:
    made = with_contents(CONTENTS, "reports/index", FRONT)
    assert made == [
        *("```{toctree}", ":glob:", ""),
        "Title <https://e.example/reports/second.html>",
        "Of reports/third <https://e.example/reports/third.html>",
        "Of reports/first <https://e.example/reports/first.html>",
        *("```", "", "Text", "", "```{toctree}", ""),
        *("Of reports/second <https://e.example/reports/second.html>", "```", ""),
    ]


def test_a_pattern_that_fits_some_articles_is_a_list_of_them() -> None:
    lines = ["```{toctree}", ":glob:", "", "*d", "/about", "```"]
    assert with_contents(lines, "reports/index", FRONT) == [
        *("```{toctree}", ":glob:", ""),
        "Of reports/second <https://e.example/reports/second.html>",
        "Of reports/third <https://e.example/reports/third.html>",
        *("/about", "```"),
    ]


def test_a_pattern_that_fits_all_articles_is_the_register_of_them() -> None:
    lines = ["a", "", "```{toctree}", ":glob:", "", "*", "```", "", "b"]
    made = with_contents(lines, "reports/index", FRONT)
    assert made == ["a", "", "```{articles}", "```", "", "b"]
    itself = Listing({"reports/index"}, {*KNOWN, "reports/index"}, led, frozenset(KNOWN))
    assert with_contents([*lines[:-1], ""], "reports/index", itself) == [*made[:-1], ""]
    lines = ["```{toctree}", ":glob:", "", "*", "/about", "```"]
    made = with_contents(lines, "reports/index", FRONT)
    assert made == ["```{articles}", "```", "", "```{toctree}", ":glob:", "", "/about", "```"]
    lines = ["a", "", ".. toctree::", "   :glob:", "", "   *", "", "b"]
    assert with_contents(lines, "reports/index", FRONT) == ["a", "", ".. articles::", "", "b"]
    lines = ["   .. toctree::", "      :glob:", "", "      *", "      /about", "", "b"]
    made = with_contents(lines, "reports/index", FRONT)
    assert made[:4] == ["   .. articles::", "", "   .. toctree::", "      :glob:"]


def test_contents_that_readers_do_not_see_list_nothing_elsewhere() -> None:
    lines = ["```{toctree}", ":glob:", ":hidden:", "", "*", "/about", "```"]
    made = with_contents(lines, "reports/index", FRONT)
    assert made == ["```{toctree}", ":glob:", ":hidden:", "", "/about", "```"]


def test_what_is_no_inventory() -> None:
    for content in (
        b"",
        b"# Sphinx inventory version 1\n\n\n\nx",
        b"# Sphinx inventory version 2\n\n\n\nx",
    ):
        with pytest.raises(NoInventory):
            parse(content)
