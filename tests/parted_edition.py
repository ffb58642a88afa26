"""A small edition of two years, for the tests that part it into volumes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from conftest import CONF, EXTENSION, Build, Project, sphinx_build
from ontherecord.commands.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ADDRESS = "https://e.example/"
FILES = {
    "conf.py": CONF.format(extension=str(EXTENSION))
    + f"""
import pathlib
version = "2.1"
record_address = "{ADDRESS}"
html_static_path = ["own"]
html_css_files = ["own.css"]
html_theme = "ontherecord"
html_theme_options = {{"navigation": {{"registers/quotes": "Statements", "about": "About"}}}}
""",
    "own/own.css": "/* ours */\n",
    "references.bib": """
@string{herald = "The Herald"}
@misc{herald-1, organization = herald, title = {First {T}itle}, date = {2017-02-23}}
@misc{post-2, organization = {The Post}, title = {Second}, date = {2018-05-01},
  takenfrom = {wire-2}}
@misc{wire-2, organization = {The Wire}, title = {Third}, date = {2018-04-30}}
@misc{unused, organization = {Nobody}, title = {Fourth}, date = {2001}}
""",
    "index.md": """
# The edition

See {quote}`ann-open`, {contradiction}`stay`, [the report](reports/first.md) and
[](reports/second.md).

:::{articles}
:::

```{toctree}
:hidden:

about
reports/index
registers/quotes
registers/cases
registers/people
registers/sources
```
""",
    "about.md": """
(about)=
# About

Who we are; {doc}`the second <reports/second>` was the last.
""",
    "reports/index.md": "# Reports\n\n```{toctree}\nfirst\nsecond\nthird\n```\n",
    "reports/first.md": """
---
date: 2017-02-23
---
# First

{speaker}`Ann <ann>` said: {said}`"The library stays open." <ann-open>` That was later denied
in [another report](second.md); see {ref}`about` and {quote}`bob-closes`. {cite}`herald-1`

![A map](map.svg) {index}`opening hours`

:::{quote} ann-open
:speaker: ann
:source: herald-1
:spoken: 2017-02-23
:topics: library
:::
""",
    "reports/map.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
    "reports/second.md": """
---
date: 2018-05-01
---
# Second

Bob: {said}`"It closes in June." <bob-closes>` Ann: {said}`"I never said June." <ann-june>`

:::{quote} bob-closes
:speaker: bob
:source: post-2
:spoken: 2018-05-01
:::

:::{quote} ann-june
:speaker: ann
:source: post-2
:spoken: 2018-05-01
:::

:::{contradiction} june
:between: ann-june, ann-open
:kind: scope

Whether a month was named.
:::
""",
    "reports/third.md": """
---
date: 2018-06-01
---
# Third

Cy: {said}`"Both are right." <cy-both>`

:::{speaker} cy
:name: Cy Cole
:::

:::{quote} cy-both
:speaker: cy
:source: post-2
:spoken: 2018-05-01
:::
""",
    "registers/quotes.md": """
# Statements

:::{quotes}
:::

## On the library

:::{quotes}
:topic: library
:::
""",
    "registers/cases.md": """
# Cases

What does not agree. {index}`disagreement`

:::{contradiction} stay
:between: ann-open, bob-closes
:kind: facts
:status: answered
:answered-by: cy-both
:at-issue: |
:  ann-open: stays open
:  bob-closes: closes

Whether it was to stay open; see {quote}`cy-both`.
:::

:::{annotation} on-stay
:on: stay
:source: post-2

Of the year before.
:::

:::{annotation} on-bob
:on: bob-closes

He was not asked.
:::
""",
    "registers/people.md": """
# People

:::{speaker} ann
:name: Ann Arden
:posts: |
:  Mayor; Town; 2016/2020
:::

:::{speaker} bob
:name: Bob Birch
:::

:::{speaker} dora
:name: Dora Dale
:::

:::{annotation} on-dora
:on: dora

She was not quoted yet.
:::
""",
    "registers/sources.md": "# Sources\n\n```{bibliography}\n:all:\n```\n",
    "annotations/captures.csv": (
        "quote,source,fingerprint,capture_sha256,swhid,locator,verified\n"
        "bob-closes,post-2,f,c,s,,2024-01-01\n"
    ),
}


def put(project: Project, files: dict[str, str]) -> None:
    for name, content in files.items():
        project.put(name, content)


@dataclass
class Volumes:
    """An edition, whole and parted, both built."""

    whole: Build
    edition: Project
    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def built(self, part: str) -> Build:
        return Build(0, "", self.site / part if part != "front" else self.site)

    def build(self, part: str, out: Path | None = None) -> Build:
        return build_part(self.folder, part, out)


def build_part(
    folder: Path, part: str, out: Path | None = None, builder: str = "html", jobs: int = 1
) -> Build:
    target = out or (folder / "site" / part if part != "front" else folder / "site")
    log = folder / f"{part}.log"
    options = [
        "-q",
        "-n",
        "-j",
        str(jobs),
        "-b",
        builder,
        "-w",
        str(log),
        "-d",
        str(folder / "_doctrees" / part),
    ]
    code = sphinx_build([*options, str(folder / part), str(target)])
    return Build(code, log.read_text(encoding="utf-8") if log.exists() else "", target)


def built(folder: Path, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Volumes]:
    """Give the edition, with more files or others, whole and parted, both built in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        edition = Project(folder / "edition")
        put(edition, {**FILES, **more})
        main(["publish", str(edition.folder)])
        ledger = edition.folder / "annotations/published.csv"
        with ledger.open("a", encoding="utf-8") as file:
            file.write("2024-01-01,old-open,quote,published,,Old,,\n")
            file.write("2024-01-02,old-open,quote,moved,,Old,ann-open,\n")
            file.write("2024-01-01,gone,quote,published,,Gone,,\n")
            file.write("2024-01-02,gone,quote,withdrawn,,Gone,,Wrong\n")
        whole = edition.build("html", "-n", "-W")
        assert whole.warnings == ""
        assert main(["split", "--by", "year", str(folder / "parts"), str(edition.folder)]) == 0
        for part in ("2018", "2017", "front"):
            built = build_part(folder / "parts", part)
            assert built.warnings == "", part
        yield Volumes(whole, edition, folder / "parts")
