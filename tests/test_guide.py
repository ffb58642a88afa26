"""Every example of the guide is built or run, as it is printed, and shows what the page says."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import jsonschema
import ontherecord
import parted_edition
import pytest
import yaml
from conftest import EXTENSION, ROOT, Project
from guide_pages import GUIDE, PAGES, Example, examples
from ontherecord import reference, vocabulary
from ontherecord.edition import Edition
from ontherecord.evidence.findings import KINDS as FINDINGS
from ontherecord.exchange.format import known
from ontherecord.records import KINDS
from read_the_docs import SCHEMA

NOT_RUN: Final[dict[tuple[str, str], str]] = {
    ("README.md", "make html"): "it asks the network for the locked versions",
    ("README.md", "pip install"): "it asks the network",
    ("guide/tutorial.md", "python3 -m venv"): "it asks the network; test_repository installs it",
    ("guide/tutorial.md", "git remote add"): "it asks the network",
    ("guide/your-own.md", "pip install"): "it asks the network; test_repository installs it",
    ("guide/exchange.md", "ontherecord export https"): "it asks the network",
    ("guide/importing.md", "curl"): "it asks the network",
    ("guide/other-editions.md", "curl"): "it asks the network",
    (
        "guide/splitting.md",
        "cd site\nduckdb",
    ): "it needs the program of DuckDB; test_joined_exports runs the file",
    ("guide/splitting.md", "part   articles"): "it is of a large archive",
    ("guide/exchange-tables.md", "ontherecord export https"): "it asks the network",
    ("guide/latex-and-word.md", "\\documentclass"): "it needs TeX",
    ("guide/latex-and-word.md", "pandoc"): "it needs Pandoc",
}
"""Examples that cannot be run here, by page and beginning, and why."""

STANDS_IN: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            "guide/add-reading.md",
            "guide/corrections.md",
            "guide/importing.md",
            "guide/read-the-docs.md",
            "guide/rebuilding.md",
            "guide/review.md",
            "guide/split-quotation.md",
            "guide/statuses.md",
            "guide/transcript.md",
            "guide/verify.md",
            "guide/words.md",
        ),
        "tutorials",
    ),
    "README.md": "built",
    "guide/join-editions.md": "two",
    "guide/latex-and-word.md": "built",
    "guide/other-editions.md": "one_of_two",
    "guide/splitting.md": "two_years",
    "guide/starting.md": "nothing",
    "guide/tutorial.md": "nothing",
}
"""The edition that a page's examples stand in; the repository's own, where none is named."""

RUN_ELSEWHERE: Final = {"guide/exchange-tables.md": "test_tables_guide.py"}
"""Pages of which another file runs what is typed, and looks at more."""

WARNS: Final = {
    ("guide/importing.md", "The mayor said"): ["record.missing-option"] * 2,
}
"""What the build says of examples of which the page says that it warns of them."""


def is_not_run(one: Example) -> str:
    """Give why an example is not run, or nothing."""
    for (page, begins), reason in NOT_RUN.items():
        if page == one.page and one.text.startswith(begins):
            return reason
    return ""


def is_settings(text: str) -> bool:
    """Tell whether Python is that of a ``conf.py``: it sets names and does nothing else."""
    return all(isinstance(part, ast.Assign | ast.Import) for part in ast.parse(text).body)


def is_typed(one: Example) -> bool:
    """Tell whether an example belongs to what is typed in one folder, from a page's head to end."""
    if one.kind == "python" and not one.file:
        return not is_settings(one.text)
    return bool(one.file) or one.kind in {"sh", "output", "sql"}


ALL: Final = [one for page in PAGES for one in examples(page)]
ALONE: Final = [
    one for one in ALL if one.kind in {"markdown", "rst", "bibtex", "python"} and not is_typed(one)
]
TYPED: Final = [
    page for page in PAGES if any(map(is_typed, examples(page))) and page not in RUN_ELSEWHERE
]


def test_every_example_is_known() -> None:
    kinds = {"markdown", "rst", "bibtex", "python", "sh", "sql", "latex", "yaml", "json", "text"}
    assert {one.kind for one in ALL} <= kinds | {"output", "seen"}
    for one in ALL:
        assert one in ALONE or is_typed(one) or one.kind in {"text", "seen"} or is_not_run(one), (
            one.name
        )


def test_what_is_not_run_is_there() -> None:
    for page, begins in NOT_RUN:
        assert any(one.text.startswith(begins) for one in examples(page)), (page, begins)


def test_every_address_is_in_the_reference(built: Path) -> None:
    """Nothing is published that the page on files does not have, and nothing that it has is not."""
    named = [*reference.PUBLISHED, *(path for one in known().values() for path in one.owns)]
    patterns = {name: re.compile(glob_translated(name)) for name in named}
    out = built / "_build/html"
    there = {
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file() and not path.relative_to(out).parts[0].startswith(".")
    }
    assert [
        path for path in there if not any(one.fullmatch(path) for one in patterns.values())
    ] == []
    unused = {name for name in reference.PUBLISHED if not any(map(patterns[name].fullmatch, there))}
    # A register is that long, or Pagefind not installed, only in some editions.
    assert unused <= {"*.[0-9]*.html", "searchindex.js", "pagefind/**", "_images/**"}


def test_all_that_an_edition_holds_is_in_the_reference() -> None:
    held = {name for name in vars(Edition({}, {})) if not name.startswith("_")}
    assert held == set(reference.HELD)


def glob_translated(pattern: str) -> str:
    """Give a pattern of paths as a regular expression; a star crosses folders where pages do."""
    marks = {"**/": "(?:.*/)?", "**": ".*", "*": ".*", "[0-9]": "[0-9]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\[0-9\])", pattern)
    return "".join(marks.get(part, re.escape(part)) for part in parts)


@pytest.mark.parametrize(
    "words",
    [
        vocabulary.RELATIONS,
        vocabulary.CONTRADICTION_KINDS,
        vocabulary.STATUSES,
        vocabulary.CERTAINTIES,
        vocabulary.WITNESSES,
        FINDINGS,
    ],
)
def test_every_word_of_the_lists_is_explained(words: dict[str, str]) -> None:
    page = (ROOT / "guide/statuses.md").read_text(encoding="utf-8")
    assert [word for word in words if f"`{word}`" not in page] == []


def test_the_page_that_runs_elsewhere_is_run_there() -> None:
    for page, name in RUN_ELSEWHERE.items():
        assert f'"{page}"' in (ROOT / "tests" / name).read_text(encoding="utf-8")


def test_the_guide_has_every_page_once() -> None:
    index = (ROOT / "guide/index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^([a-z-]+)$", index, re.MULTILINE)
    assert sorted(listed) == sorted(
        path.stem for path in GUIDE.glob("*.md") if path.stem != "index"
    )


# The editions that examples stand in


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder."""
    return tmp_path_factory.mktemp("nothing")


@pytest.fixture(scope="session")
def tutorials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the tutorial ends with, under git."""
    folder = tmp_path_factory.mktemp("tutorial") / "library-record"
    for one in examples("guide/tutorial.md"):
        if one.file and one.kind != "seen":
            put(folder, one)
    shell = Shell(folder)
    for command in (
        "ontherecord publish",
        "git init -q -b main",
        "git add .",
        "git commit -qm first",
    ):
        shell.run(command)
    return folder


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own edition without the guide, under git."""
    folder = tmp_path_factory.mktemp("own") / "edition"
    for name in ("articles", "annotations"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "references.bib", folder / "references.bib")
    project = Project(folder)
    project.put("conf.py", OWN_SETTINGS)
    project.put("index.md", OWN_INDEX)
    shell = Shell(folder)
    for command in ("git init -q -b main", "git add .", "git commit -qm first"):
        shell.run(command)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, own: Path) -> Path:
    """The same, and what a build makes of it."""
    folder = tmp_path_factory.mktemp("built") / "edition"
    shutil.copytree(own, folder)
    Shell(folder).run("sphinx-build -q -b html . _build/html")
    return folder


OWN_SETTINGS = """
project = "On the Record"
copyright = "the editors"
author = "The editors of On the Record"
extensions = ["ontherecord"]
html_theme = "ontherecord"
record_licence = "CC-BY-4.0"
exclude_patterns = ["_build"]
"""

OWN_INDEX = """
# On the Record

```{toctree}
articles/index
annotations/index
```
"""


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory, tutorials: Path) -> Path:
    """The tutorial's edition beside another one, of whose inventory it has a copy."""
    folder = tmp_path_factory.mktemp("two") / "editions"
    shutil.copytree(tutorials, folder / "library-record")
    other = Project(folder / "archive")
    for name, content in ARCHIVE.items():
        other.put(name, content)
    shell = Shell(folder)
    shell.run("ontherecord publish archive")
    shell.run("ontherecord inventory archive --output library-record/archive.inv")
    return folder


@pytest.fixture(scope="session")
def one_of_two(two: Path) -> Path:
    return two / "library-record"


@pytest.fixture(scope="session")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of articles of two years."""
    project = Project(tmp_path_factory.mktemp("years") / "edition")
    for name, content in parted_edition.FILES.items():
        project.put(name, content)
    return project.folder


ARCHIVE: Final = {
    "conf.py": """
project = "The archive"
extensions = ["ontherecord"]
html_theme = "ontherecord"
""",
    "references.bib": """
@misc{letters-2024, organization = {The Letters}, title = {Letters to the town}, date = {2024-05-03}}
""",
    "index.md": """
# The archive

:::{toctree}
:glob:

*/*
:::
""",
    "articles/2024-05-03-letters.md": """
---
date: 2024-05-03
---
# Letters

The council: {said}`"We vote in June." <council-vote>`
The mayor: {said}`"It has no vote in this." <mayor-letter>`

:::{quote} council-vote
:speaker: old-council
:spoken: 2024-05-02
:source: letters-2024
:::

:::{quote} mayor-letter
:speaker: ann-arden
:spoken: 2024-05-03
:source: letters-2024
:::
""",
    "annotations/speakers.md": """
# Speakers

:::{speaker} old-council
:name: Council of the town
:::

:::{speaker} ann-arden
:name: Ann Arden
:::
""",
}


def base(page: str, request: pytest.FixtureRequest) -> Path:
    """Give the edition that a page's examples stand in."""
    folder: Path = request.getfixturevalue(STANDS_IN.get(page, "own"))
    return folder


def put(folder: Path, one: Example) -> None:
    path = folder / one.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(one.text, encoding="utf-8")


# What is typed, from a page's head to its end


@dataclass
class Shell:
    """A folder in which commands are run, one after the other, as in a terminal."""

    folder: Path
    at: Path = field(init=False)
    known: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.at = self.folder

    def run(self, commands: str, *, may_fail: bool = False) -> str:
        """Run commands; give what they print, errors too. The folder that they end in is kept."""
        programs, ended = self.folder.with_name("programs"), self.folder.with_name("ended")
        programs.mkdir(exist_ok=True)
        command = programs / "ontherecord"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ontherecord "$@"\n')
        command.chmod(0o755)
        done = subprocess.run(
            ["bash", "-e", "-c", f"trap 'pwd > \"{ended}\"' EXIT\n{commands}"],
            cwd=self.at,
            env={
                **{name: value for name, value in os.environ.items() if name != "MAKEFLAGS"},
                "PATH": os.pathsep.join(
                    [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
                ),
                "PYTHONPATH": str(EXTENSION),
                "COLUMNS": "120",
                "GIT_CONFIG_GLOBAL": os.devnull,
                **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "An Editor"),
                **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "an@editor.example"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert may_fail or done.returncode == 0, f"{commands}\n{done.stdout}"
        self.at = Path(ended.read_text().rstrip("\n"))
        return done.stdout

    def python(self, code: str, name: str) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.chdir(self.at):
            exec(compile(code, name, "exec"), self.known)
        return out.getvalue()


def hold_output(said: str, expected: str) -> None:
    """Hold what was printed against what the page says: its lines, in order; … is anything."""
    found = iter(re.sub("\x1b\\[[0-9;]*m", "", said).splitlines())
    for line in expected.splitlines():
        pattern = re.escape(line).replace("…", ".*")
        assert any(re.fullmatch(pattern, one) for one in found), f"{line}\nis not in\n{said}"


def shown(path: Path) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return " ".join(soup.body.get_text("").split()) if soup.body else ""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("page", TYPED)
def test_what_is_typed_works(
    page: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    folder = tmp_path / "edition"
    shutil.copytree(base(page, request), folder)
    shell = Shell(folder)
    said = ""
    typed = examples(page)
    for one, after in zip(typed, (*typed[1:], None), strict=True):
        output = after.text if after is not None and after.kind == "output" else ""
        if is_not_run(one):
            continue
        if one.kind == "sh":
            said = shell.run(one.text, may_fail=bool(re.search(r"\berror\b", output)))
        elif one.kind == "output":
            hold_output(said, one.text)
        elif one.kind == "seen" and one.file:
            for line in one.text.splitlines():
                assert squeezed(line) in squeezed(shown(shell.at / one.file)), one.name
        elif one.file:
            put(shell.at, one)
            hold_file(one)
        elif one.kind == "bibtex" and (shell.at / "references.bib").is_file():
            add(shell.at / "references.bib", one.text)
        elif one.kind == "python" and is_typed(one):
            said = shell.python(one.text, one.name)


def hold_file(one: Example) -> None:
    """Hold a file that a service reads against what the service takes."""
    if one.file == ".readthedocs.yaml":
        jsonschema.validate(yaml.safe_load(one.text), SCHEMA)
    elif one.kind == "yaml":
        assert yaml.safe_load(one.text)["jobs"]


# What stands alone, and is built in an edition


RECORD: Final = re.compile(
    r"^(?P<fence>:{3,})\{(?:" + "|".join(KINDS) + r")\} (?P<id>[a-z0-9-]+)\n"
    r".*?^(?P=fence)$\n?",
    re.MULTILINE | re.DOTALL,
)
RECORD_OF_RST: Final = re.compile(
    r"^\.\. (?:record:)?(?:speaker|quote|contradiction|annotation):: (\S+)$", re.M
)
ENTRY: Final = re.compile(r"^@\w+\{(?P<id>[^,]+),\n.*?^\}\n?", re.MULTILINE | re.DOTALL)


GOES_INTO: Final = {"python": "conf.py", "bibtex": "references.bib"}


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}")


def defined(one: Example) -> set[str]:
    """Give the identifiers of the records, or the keys of the sources, that an example makes."""
    if one.kind == "rst":
        return set(RECORD_OF_RST.findall(one.text))
    pattern = ENTRY if one.kind == "bibtex" else RECORD
    return {found["id"] for found in pattern.finditer(one.text)}


def without(folder: Path, taken: set[str]) -> None:
    """Take records, the marks of their words, and sources out of an edition."""
    for path in folder.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        left = RECORD.sub(lambda found: "" if found["id"] in taken else found[0], text)
        for name in taken:
            left = re.sub(rf"\{{(?:said|passage)\}}`([^`]*) <{name}>`", r"\1", left)
        path.write_text(left, encoding="utf-8")
    path = folder / "references.bib"
    text = path.read_text(encoding="utf-8")
    text = ENTRY.sub(lambda found: "" if found["id"] in taken else found[0], text)
    path.write_text(text, encoding="utf-8")


def document(one: Example) -> str:
    """Give an example as a document that no table of contents needs to name."""
    if one.kind == "rst":
        return f":orphan:\n{one.text}"
    if one.text.startswith("---\n"):
        return one.text.replace("---\n", "---\norphan: true\n", 1)
    return f"---\norphan: true\ndate: 2024-05-01\n---\n# An example\n\n{one.text}"


@pytest.mark.parametrize("one", ALONE, ids=lambda one: one.name)
def test_what_stands_alone_is_built(
    one: Example, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if reason := is_not_run(one):
        pytest.skip(reason)
    folder = tmp_path / "edition"
    shutil.copytree(base(one.page, request), folder)
    given = [other for other in ALONE if other.page == one.page and other.kind in GOES_INTO]
    made = defined(one)
    without(folder, made.union(*(defined(other) for other in given)))
    for other in given:  # The settings and sources that the page gives hold for its records.
        add(folder / GOES_INTO[other.kind], other.text)
    if one.kind not in GOES_INTO:
        Project(folder).put(f"example.{'rst' if one.kind == 'rst' else 'md'}", document(one))
    build = Project(folder).build(
        "html", "-W", "--keep-going", "-D", "record_exports=json", "-D", "record_citation_pages=0"
    )
    expected = next(
        (
            named
            for (page, begins), named in WARNS.items()
            if page == one.page and one.text.startswith(begins)
        ),
        [],
    )
    assert build.subtypes == expected, build.warnings
    assert expected or (build.code, build.warnings) == (0, "")
    edition = ontherecord.load(build.out)
    assert made <= {*edition.records, *edition.sources}
