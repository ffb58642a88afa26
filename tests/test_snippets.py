"""The snippets for Visual Studio Code: those of the code, and each builds as it stands."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path

import pytest
from conftest import CONF, EXTENSION, ROOT, Project
from ontherecord.commands.main import main
from ontherecord.markup.directives import DIRECTIVES
from ontherecord.markup.options import Option
from ontherecord.markup.registers import REGISTERS, RegisterDirective
from ontherecord.markup.roles import ROLES
from ontherecord.starting import snippets
from ontherecord.starting.sources import FIELDS

MADE = snippets.snippets()

PLACE = re.compile(
    r"\$(?:\d+|\{(?P<number>\d+)(?::(?P<text>(?:[^}\\]|\\.)*)|\|(?P<words>(?:[^|\\]|\\.)*)\|)\})"
)
"""A place to fill in, as Visual Studio Code's grammar of snippets has it."""


def filled(name: str) -> str:
    """Give a snippet as it stands when nothing in it was changed."""

    def default(match: re.Match[str]) -> str:
        words = re.split(r"(?<!\\),", match["words"]) if match["words"] else [match["text"] or ""]
        return re.sub(r"\\(.)", r"\1", words[0])

    return PLACE.sub(default, "\n".join(MADE[name]["body"])) + "\n"


def test_the_repositorys_file_is_that_of_the_code() -> None:
    assert (ROOT / snippets.NAME).read_text(encoding="utf-8") == snippets.file()


def test_it_has_every_directive_role_option_and_field() -> None:
    wanted = {*DIRECTIVES, *REGISTERS, "said", "passage", "article", "source"}
    wanted |= {f"{name}-all" for name in DIRECTIVES} | {f"{kind}-ref" for kind in ROLES}
    for name, takes in {
        **{name: one.takes for name, one in DIRECTIVES.items()},
        "register": RegisterDirective.takes,
        "source": FIELDS,
    }.items():
        wanted |= {f"{name}-{option.name}" for option in takes}
    assert {*MADE} == wanted - {"said-ref", "passage-ref"}
    assert len({(one["scope"], one["prefix"]) for one in MADE.values()}) == len(MADE)


@pytest.mark.parametrize("name", MADE)
def test_places_are_numbered_in_order_and_end_once(name: str) -> None:
    body = "\n".join(MADE[name]["body"])
    numbers = [int(match["number"] or 0) for match in PLACE.finditer(body)]
    assert sorted(numbers) == list(range(len(numbers)))
    assert [number for number in numbers if number] == list(range(1, len(numbers)))


def options() -> list[Option]:
    takes = [one.takes for one in DIRECTIVES.values()]
    return [option for one in [*takes, RegisterDirective.takes, FIELDS] for option in one]


@pytest.mark.parametrize("option", options(), ids=lambda option: option.name)
def test_an_option_takes_its_example(option: Option) -> None:
    for example in option.choices or (option.example,):
        assert option.read(example)


@pytest.fixture
def town(tmp_path: Path) -> Project:
    """An edition that has what the snippets name, and knows another one."""
    project = Project(tmp_path / "edition")
    names = b"ann-arden record:speaker 1 a.html -\nlibrary record:contradiction 1 a.html -\n"
    head = b"# Sphinx inventory version 2\n# Project: The Archive\n# Version: 1\n"
    project.folder.mkdir()
    inventory = head + b"# The remainder of this file is compressed using zlib.\n"
    (tmp_path / "archive.inv").write_bytes(inventory + zlib.compress(names))
    mapping = {"archive": ("https://archive.example/", str(tmp_path / "archive.inv"))}
    more = f'extensions.append("sphinx.ext.intersphinx")\nintersphinx_mapping = {mapping!r}\n'
    project.put("conf.py", CONF.format(extension=str(EXTENSION)) + more)
    project.put("index.md", "# E\n\n```{toctree}\n:glob:\n\n*\narticles/*\n```\n")
    others = (
        "# Others\n\n:::{speaker} birch\n:name: B\n:::\n\n"
        ":::{quote} birch-library\n:speaker: birch\n:source: wire-2024-05-01\n\nNo.\n:::\n\n"
        ":::{quote} arden-answer\n:speaker: birch\n:source: wire-2024-05-01\n\nYes.\n:::\n"
    )
    project.put("others.md", others)
    return project


WIRE = "\n@misc{wire-2024-05-01, organization = {The Wire}}\n"


def test_the_short_ones_build_together(town: Project) -> None:
    town.put("references.bib", "@misc{herald-2024-05-01, title = {T}}\n" + WIRE)
    references = "".join(filled(f"{kind}-ref") for kind in ("quote", "speaker", "contradiction"))
    said = f"{filled('said')}of {filled('passage')}{references}{filled('annotation-ref')}"
    records = [filled(name) for name in ("quote", "speaker", "contradiction", "annotation")]
    text = "\n".join([filled("article"), said, *records, *map(filled, REGISTERS)])
    town.put("articles/2024-05-01-the-library.md", text)
    built = town.build("html", "-n", "-W")
    assert (built.code, built.warnings) == (0, "")
    assert main(["check", "--quiet", str(town.folder)]) == 0


def test_those_with_every_option_build_together(town: Project) -> None:
    town.put("references.bib", filled("source") + WIRE)
    reading = filled("reading-all").replace("wire-2024-05-01\n", "herald-2024-05-01\n", 1)
    quote = filled("quote-all").removesuffix("::::\n") + f"\n{filled('reading')}\n{reading}::::\n"
    records = [filled(f"{name}-all") for name in ("speaker", "contradiction", "annotation")]
    filters = "".join(filled(f"register-{option.name}") for option in RegisterDirective.takes)
    text = [filled("article"), quote, *records, f":::{{quotes}}\n{filters}:::\n"]
    town.put("articles/2024-05-01-the-library.md", "\n".join(text))
    built = town.build("html", "-n", "-W")
    assert (built.code, built.warnings) == (0, "")


@pytest.mark.parametrize("name", [*DIRECTIVES, "source"])
def test_one_option_is_written_as_among_all(name: str) -> None:
    whole = filled("source" if name == "source" else f"{name}-all")
    takes = FIELDS if name == "source" else DIRECTIVES[name].takes
    for option in takes:
        assert filled(f"{name}-{option.name}").strip() in whole


def test_an_edition_gets_them_once(town: Project, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["new", "snippets", "--folder", str(town.folder)]
    assert main(run) == 0
    path = town.folder / snippets.NAME
    assert json.loads(path.read_text(encoding="utf-8")) == MADE
    assert capsys.readouterr().out == f"{path}:1: new snippets\n"
    path.write_text("mine", encoding="utf-8")
    assert main(run) == 2
    assert path.read_text(encoding="utf-8") == "mine"
