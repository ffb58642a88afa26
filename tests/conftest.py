"""Small editions, written, built and read by the tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup, Tag
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.cmd.build import build_main
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parted_edition import Volumes
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent
EXTENSION = ROOT / "_ext"

CONF = """
import sys
sys.path.insert(0, {extension!r})
project = "An edition"
copyright = "the editors"
extensions = ["ontherecord"]
html_theme = "basic"
"""

BIB = """
@misc{herald-2024, organization = {The Herald}, title = {A Title of Its Own}, date = {2024-05-01},
  witness = {report}, url = {https://herald.example/1}}
@misc{post-2024, organization = {The Post}, date = {2024-06-02}, witness = {report}}
@misc{wire-2024, organization = {The Wire}, date = {2024-05}, witness = {second-hand}}
"""

SPEAKERS = """
# Speakers

:::{speaker} ann
:name: Ann Arden
:posts: |
:  Mayor; Town; 2020/2024
:::

:::{speaker} bob
:name: Bob Birch
:::
"""

INDEX = """
# The edition

```{toctree}
:glob:

*
```
"""

ARTICLE = """
---
date: 2024-05-01
---
# The library

Ann said: {said}`"The library stays open." <ann-open>`
And Bob: {said}`"It closes in June." <bob-closes>`

:::{quote} ann-open
:speaker: ann
:source: herald-2024
:spoken: 2024-05-01
:::

:::{quote} bob-closes
:speaker: bob
:source: post-2024
:spoken: 2024-05-01
:::
"""


@dataclass
class Build:
    """What a build left behind."""

    code: int
    warnings: str
    out: Path

    def soup(self, page: str) -> BeautifulSoup:
        return BeautifulSoup((self.out / page).read_text(encoding="utf-8"), "html.parser")

    def text(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")

    def squeezed(self, name: str) -> str:
        return " ".join(self.text(name).split())

    @property
    def subtypes(self) -> list[str]:
        """The names of the warnings given, in order."""
        return re.findall(r"\[(record\.[a-z-]+)\]", self.warnings)


def sphinx_build(arguments: list[str]) -> int:
    """Build as ``sphinx-build`` does, and give what it exits with.

    Sphinx keeps a language that a build in the same process had, and a build in English then says
    "Lien vers cette rubrique".
    """
    locale.translators.clear()
    return build_main(arguments)


@dataclass
class Project:
    """A folder with the sources of an edition."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    def write(self, **files: str) -> Project:
        """Write files, named by path with ``__`` for a slash and a suffix after the last ``_``."""
        for name, content in files.items():
            stem, _, suffix = name.rpartition("_")
            self.put(stem.replace("__", "/").replace("_", "-") + "." + suffix, content)
        return self

    def put(self, name: str, content: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content).lstrip("\n"), encoding="utf-8")

    def build(
        self,
        builder: str = "html",
        *options: str,
        out: str = "",
        jobs: int = 1,
    ) -> Build:
        """Build, with an environment of its own for each output folder."""
        target = self.folder.parent / f"{self.folder.name}-{out or builder}"
        log = target.with_suffix(".log")
        arguments = [
            "-q",
            "-b",
            builder,
            "-j",
            str(jobs),
            "-w",
            str(log),
            "-d",
            f"{target}.doctrees",
        ]
        log.unlink(missing_ok=True)
        code = sphinx_build([*arguments, *options, str(self.folder), str(target)])
        warnings = log.read_text(encoding="utf-8") if log.exists() else ""
        return Build(code, re.sub("\x1b\\[[0-9;]*m", "", warnings), target)

    @contextmanager
    def set_up(self, builder: str = "html") -> Iterator[Sphinx]:
        """Give a build in which nothing is read or written yet."""
        out = self.folder.parent / f"{self.folder.name}-{builder}-set-up"
        locale.translators.clear()
        with patch_docutils(self.folder), docutils_namespace():
            yield Sphinx(self.folder, self.folder, out, out / "doctrees", builder, status=None)


@pytest.fixture
def edition(tmp_path: Path) -> Project:
    """An edition of one article with two quotes, ready to be changed."""
    return make_edition(tmp_path / "edition")


def make_edition(folder: Path, conf: str = "") -> Project:
    project = Project(folder)
    project.put("conf.py", CONF.format(extension=str(EXTENSION)) + conf)
    project.put("references.bib", BIB)
    project.put("index.md", INDEX)
    project.put("speakers.md", SPEAKERS)
    project.put("article.md", ARTICLE)
    return project


@pytest.fixture(autouse=True)
def _date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give builds of editions outside git a date, as a packager would."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture(autouse=True)
def _language() -> None:
    """Have tests that build nothing speak English, whatever was built before."""
    locale.translators.clear()
    for catalogue in ("sphinx", "ontherecord"):
        locale.init([], "en", catalogue)


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The repository's own edition, copied."""
    folder = tmp_path_factory.mktemp("first") / "edition"
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in names:
        if not name.startswith("tests/") and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    return Project(folder)


def python(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run this Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )


def published(folder: Path) -> dict[str, bytes]:
    """Give all that a build publishes, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".buildinfo")
    }


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Give the paths at which two folders, as published, do not have the same."""
    return sorted(
        name for name in {*one, *other} if one.get(name, b"absent") != other.get(name, b"absent")
    )


def called(function: Callable[[], Any]) -> Counter[str]:
    """Count the functions of Python that are called, by name."""
    count: Counter[str] = Counter()

    def note(frame: Any, event: str, _given: Any) -> None:
        if event == "call":
            count[frame.f_code.co_name] += 1

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    """Give the one element that a selector finds."""
    found = soup.select(selector)
    assert len(found) == 1, f"{len(found)} elements for {selector}"
    return found[0]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        from browser.tools import missing

        missing("playwright is not installed")
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    from browser.tools import program

    # The sandbox needs rights that containers do not give; the pages are our own.
    browser = playwright.chromium.launch(
        executable_path=program("chromium", "CHROMIUM"), args=["--no-sandbox"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Volumes]:
    """An edition of two years, whole and in volumes, both built; it is not to be changed."""
    from parted_edition import built

    yield from built(tmp_path_factory.mktemp("volumes"))
