"""What is spared of MyST's work leaves all that was read as it was, and may go some day."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import ROOT, Project, called, make_edition, python
from docutils.transforms import Transformer
from hypothesis import example, given, settings
from hypothesis import strategies as st
from left_by_reading import lines
from myst_parser.config.main import MdParserConfig, merge_file_level, read_topmatter
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.options import TokenizeError, options_to_tokens
from ontherecord.economies import (
    directive_options,
    front_matter,
    idle_transforms,
    markdown_parser,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docutils import nodes

EVERYTHING = """
---
date: 2024-05-02
title: A page with all there is
tags: [a, b]
---
# Everything

A [link](#here), a [page](article.md), <https://a.example>, a note[^1], *emphasis*, `code`.

[^1]: The note, with {cite}`post-2024`.

(here)=
## Here

> A quotation.
>
> - of a list
> - with an {index}`entry`

1. numbered

***

| a | b |
|---|---|
| 1 | 2 |

```{eval-rst}
A |version|, a footnote [#f]_, a citation [C2024]_, a `link <https://b.example>`__, target_.

.. [#f] A footnote.
.. [C2024] A citation.
.. _target:

>>> doctest

   >>> doctest in a block quote

.. glossary::
   :sorted:

   term
      What it means.

.. index:: single: old

.. figure:: none.png
   :alt: nothing

   A figure.

.. table:: A table

   == ==
   1  2
   == ==

Unknown_ and |nothing|.
```

% a comment

```python
code
```

Said again: {said}`"open *and* shut -- so" <ann-open>`.
"""
SECOND = """
---
myst:
  enable_extensions: [deflist, colon_fence, smartquotes, replacements]
---
# Another "configuration"

term -- one
: what it means

:::{note}
A note.
:::
"""
BAD = """
---
date: 2024-99-99
---
# A bad date

:::{quote} ann-more
:speaker: ann
:source: herald-2024
:topics: p. 4 #12
:place: 'quoted': and more
:spoken: 2024-05-01

Words "as" they -- stand,
in two lines.
:::

:::{toctree}
:::
"""
PLAIN = """
A document in reStructuredText
==============================

:date: 2024-05-03

Plain words, and :said:`"The library stays open." <ann-open>`.
"""


def left(project: Project, *how: str) -> str:
    out = project.folder.parent / ("left-" + "-".join(["now", *how]))
    done = python(str(ROOT / "tests/left_by_reading.py"), str(project.folder), str(out), *how)
    assert done.returncode == 0, done.stderr
    return (out / "left.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("conf", ["", "smartquotes = False\nkeep_warnings = True\n"])
def test_reading_leaves_the_same_with_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, conf: str
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    project = make_edition(tmp_path / "edition", conf)
    project.write(everything_md=EVERYTHING, second_md=SECOND, bad_md=BAD)
    project.put("plain.rst", PLAIN)
    project.put("search.md", "# A page that takes a name of Sphinx's\n")
    assert left(project).splitlines() == left(project, "untouched").splitlines()


@pytest.mark.parametrize("conf", ["", "smartquotes = False\n"])
def test_transforms_passed_over_would_do_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, conf: str
) -> None:
    """Each feature stands in a document of its own, in which those that work on others are idle."""
    passed_over: set[type] = set()
    named = {*idle_transforms.WORKS_ON, *idle_transforms.WORKS_ON_COMPONENTS}

    def apply(transform: Any, document: nodes.document, pending: Any, given: Any) -> None:
        is_named = transform in named
        is_idle = idle_transforms.IDLE_IF.get(transform)
        kinds = set(map(type, document.findall()))
        if (is_idle and is_idle(document)) or (
            is_named and not idle_transforms.works_on_any(transform, frozenset(kinds))
        ):
            passed_over.add(transform)
            before = [*lines(document)]
            transform(document, startnode=pending).apply(**given)
            assert [*lines(document)] == before, transform
        else:
            transform(document, startnode=pending).apply(**given)
            if transform in idle_transforms.ADDS_NONE:
                added = set(map(type, document.findall())) - kinds
                every = tuple({kind for some in idle_transforms.WORKS_ON.values() for kind in some})
                assert not idle_transforms.has_any(frozenset(added), every), transform

    def apply_all(self: Any) -> None:
        while self.transforms:
            self.transforms.sort(reverse=True)
            _priority, transform, pending, given = self.transforms.pop()
            apply(transform, self.document, pending, given)

    monkeypatch.setattr(idle_transforms, "apply_transforms", apply_all)
    monkeypatch.setattr(Transformer, "apply_transforms", apply_all)
    project = make_edition(tmp_path / "edition", conf)
    head, _fence, rest = EVERYTHING.partition("```{eval-rst}\n")
    inside, _fence, tail = rest.partition("```\n")
    for number, block in enumerate([*head.split("\n\n"), *tail.split("\n\n")]):
        project.put(f"part-{number}.md", f"# Part\n\n{block}\n")
    for number, block in enumerate(re.split(r"\n\n(?=\S)", inside)):
        project.put(f"rest-{number}.rst", f"Part\n====\n\n{block}\n")
    project.write(everything_md=EVERYTHING, second_md=SECOND)
    assert project.build("dummy").code == 0
    never = {*named, *idle_transforms.IDLE_IF} - passed_over
    assert not never, "not held to anything"


# Options of directives

OPTIONS = st.lists(
    st.sampled_from(
        [
            *(
                "speaker: ann",
                "source: herald-2024",
                "topics: a; b, c",
                "time: 13:32-05:00",
                "flag:",
            ),
            *("a:  two  spaces ", "b: 'quoted'", 'c: "so', "d: # comment", "e: p. 4 #12", "f: a#b"),
            *(
                "g: |",
                "  more",
                " h: x",
                "i : j",
                "k:l",
                "m: [1, 2]",
                "n: - o",
                "p: ?",
                "q: ''",
                ":",
            ),
            *(
                "",
                "r: >-",
                "s: é “t”",
                "u: a\tb",
                "v:\tw",
                "x: \\",
                "y: a: b",
                "z: `a`",
                "A-b_1: c",
            ),
            *(
                "1: a",
                "é: b",
                "a: b\rc: d",
                "a: b\x85",
                "a: b\u2028",
                "a: b\xa0",
                "\ufeffa: b",
                "a: b\0c",
            ),
        ]
    )
    | st.text(alphabet="ab:-#'\"| \n\t", max_size=6),
    max_size=5,
).map("\n".join)


@settings(deadline=None)
@given(text=OPTIONS)
@example(text="")
@example(text="speaker: ann\nsource: herald-2024\nspoken: 2024-05-01\n")
def test_options_have_the_tokens_that_myst_gives(text: str) -> None:
    def given_by(tokens: Any) -> Any:
        try:
            found, state = tokens(text, 2, 1)
        except TokenizeError as error:
            return str(error)
        return state, [
            (key.value, key.style, key.start.line, value.value if value else "")
            for key, value in found
        ]

    assert given_by(directive_options.tokens) == given_by(options_to_tokens)


def test_directive_options_can_go_when_myst_scans_more_than_a_character_at_a_time() -> None:
    text = "speaker: ann-arden-of-the-town\nsource: herald-2024-05-01\n"
    assert called(lambda: directive_options.tokens(text))["peek"] == 0
    assert called(lambda: options_to_tokens(text))["peek"] > len(text) / 2, (
        "ontherecord/economies/directive_options.py can go"
    )


# Front matter

VALUES = [
    *(
        "2024-05-01",
        "2024-02-30",
        "2024-05",
        "words of a title",
        "yes",
        "No",
        "null",
        "12",
        "1_000",
    ),
    *(
        "0o17",
        "017",
        "1:30",
        "1.5",
        "1e3",
        ".inf",
        "it's so",
        "a, b; c",
        "(d) + e/f",
        "é “g”",
        "h:i",
    ),
    *(
        "j: k",
        "'l'",
        '"m"',
        "[n, o]",
        "{p: q}",
        "- r",
        "# s",
        "t # u",
        "*v",
        "&w x",
        "!y z",
        "|",
        ">",
    ),
    *("2024-05-01 10:00:00", "2024-05-01T10:00:00Z", "", "~", "%", "@a", "`b`", "c:", "d :e", "\\"),
]
MATTER = st.lists(
    st.tuples(
        st.sampled_from(["date", "title", "a", "b-c", "_d", "1", "é", "  e", "title"]),
        st.sampled_from([": ", ":", ":  ", " : ", ":\t"]),
        st.sampled_from(VALUES) | st.text(max_size=4),
    ).map("".join),
    max_size=4,
).map("\n".join)


def loaded(load: Callable[[str], Any], text: str) -> Any:
    try:
        return load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return str(error)


@settings(deadline=None)
@given(text=MATTER)
@example(text="date: 2024-05-01\ntitle: Words of a title")
def test_front_matter_says_what_the_slow_reader_says(text: str) -> None:
    assert repr(loaded(front_matter.safe_load, text)) == repr(loaded(yaml.safe_load, text))
    whole = f"---\n{text}\n---\n# Title\n"

    def given_by(read: Any) -> Any:
        try:
            return read(whole)
        except Exception as error:
            return type(error), str(error)

    assert repr(given_by(front_matter.read_topmatter)) == repr(given_by(read_topmatter))


def test_front_matter_of_one_document_is_not_that_of_the_next() -> None:
    first = front_matter.safe_load("title: Words\n")
    first["title"] = "others"
    assert front_matter.safe_load("title: Words\n") == {"title": "Words"}


def test_plain_front_matter_is_read_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_matter, "_in_python", None)
    assert front_matter.safe_load("title: Plain words\nn: 3\n") == {"title": "Plain words", "n": 3}


def test_front_matter_can_go_when_myst_reads_it_in_c() -> None:
    count = called(lambda: read_topmatter("---\ntitle: Plain words\n---\n"))
    assert count["fetch_more_tokens"], "ontherecord/economies/front_matter.py can go"


# MyST's parsers


@pytest.fixture
def parsers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The parsers that are taken, none kept from before."""
    monkeypatch.setattr(markdown_parser, "_free", [])
    return []


def parse(parsers: list[Any], config: MdParserConfig, inside: Callable[[Any], None]) -> None:
    """Parse a document that takes a parser and does something with it."""
    markdown_parser._taken.append([])
    parsers.append(markdown_parser.create(config, SphinxRenderer))
    inside(parsers[-1])
    for kept in markdown_parser._taken.pop():
        if kept.clean():
            markdown_parser._free.append(kept)


def test_a_parser_is_kept_for_the_next_document_with_its_configuration(parsers: list[Any]) -> None:
    def use(parser: Any) -> None:
        parser.options["document"] = "a document"
        parser.renderer.document = "a document"

    for extensions in ({"deflist"}, set(), {"deflist"}, set()):
        parse(parsers, MdParserConfig(enable_extensions=extensions), use)
    assert parsers[0] is parsers[2]
    assert parsers[1] is parsers[3]
    assert parsers[0] is not parsers[1]
    assert "document" not in parsers[0].options
    assert "document" not in vars(parsers[0].renderer)


@pytest.mark.parametrize(
    "leave",
    [
        lambda parser: parser.disable("emphasis"),
        lambda parser: parser.inline.ruler.push("of-a-directive", lambda *_given: False),
        lambda parser: parser.options.update(html=False),
        lambda parser: parser.renderer.rules.update(render_text=None),
    ],
    ids=["a rule switched off", "a new rule", "an option", "a method that renders"],
)
def test_a_parser_in_which_something_was_left_is_not_kept(parsers: list[Any], leave: Any) -> None:
    parse(parsers, MdParserConfig(), leave)
    parse(parsers, MdParserConfig(), lambda _parser: None)
    assert parsers[0] is not parsers[1]


def test_an_included_document_has_a_parser_of_its_own(parsers: list[Any]) -> None:
    parse(parsers, MdParserConfig(), lambda _: parse(parsers, MdParserConfig(), lambda _: None))
    assert parsers[0] is not parsers[1]


@pytest.mark.parametrize(
    "matter",
    [{}, {"date": "2024"}, {"myst": {"heading_anchors": 2}}, {"substitutions": {"a": "b"}}],
)
def test_front_matter_configures_as_before(matter: dict[str, Any]) -> None:
    def ignore(*_given: Any) -> None:
        """Take a warning."""

    config = MdParserConfig()
    ours = markdown_parser.merge(config, matter, ignore)
    assert ours == merge_file_level(config, matter, ignore)
    assert ours is not config


def test_markdown_parser_can_go_when_myst_keeps_its_parsers(edition: Project) -> None:
    source = inspect.getsource(markdown_parser._parse)
    assert "create_md_parser(config" in source, "ontherecord/economies/markdown_parser.py can go"
