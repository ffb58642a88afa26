"""Contradictions between a quote of this edition and one of another, through intersphinx."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import Tag
from conftest import CONF, EXTENSION, Build, Project, make_edition, one, published
from ontherecord.commands.main import main
from ontherecord.domain import RecordDomain
from ontherecord.edition import Edition
from ontherecord.records import Contradiction, Document, Origin, RemoteQuote

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
