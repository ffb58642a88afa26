"""Links of a parted edition lead where they led before, or are reported before anything is written."""

from __future__ import annotations

import runpy
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Project
from ontherecord.commands.main import main
from ontherecord.parting.inventories import Inventory, parse
from parted_edition import ADDRESS, FILES, build_part, put

LINKS = """

## Links

[defined][r], [r], <project:second.md>, [titled](second.md "A title"), <project:second.md>,
[![i](map.svg)](second.md), [project](project:second.md), [part](second.md#a-second), [](second.md#fig_2),
{ref}`fig_2`, [label](#fig_2), {any}`fig_2`, <a href="second.html#x">raw</a>,
<a href="../files/paper.txt">a paper</a>, <a href="../cite/bob-closes.html">cited</a>,
`[c](second.md)`

```{figure} map.svg
:target: second.html

A caption with [a link](second.md)
```

| a | b |
|---|---|
| [cell](second.md "t") | `[c](second.md)` |

:::::{grid} 1
::::{grid-item-card} A card
:link: second
:link-type: doc

Words
::::
:::::

<div><a href="second.html">in a block</a> <a href="../about.html">about</a></div>

```md
[in code](second.md)
```

[r]: second.md
"""
RST = """
In the other format
===================

:doc:`reports/first`, `inline <reports/first.html>`__, `named`_ and a `source <reports/third.html>`_

.. _named: reports/first.html#p1

.. raw:: html

   <a href="reports/second.html">raw</a>
"""
MORE = {
    "conf.py": FILES["conf.py"]
    + 'html_extra_path = ["extra"]\nnumfig = True\nmyst_heading_anchors = 2\n',
    "extra/files/paper.txt": "A paper.\n",
    "rst.rst": RST,
    "index.md": FILES["index.md"].replace("about\n", "about\nrst\n", 1),
    "about.md": FILES["about.md"]
    + "\nMore [f](reports/first.md 't') <project:reports/first.md> [k].\n\n[k]: reports/first.md\n",
    "reports/first.md": FILES["reports/first.md"] + LINKS,
    "reports/second.md": FILES["reports/second.md"]
    + "\n(Fig_2)=\n```{figure} map.svg\nThe map\n```\n\n## A second\n",
}


@pytest.fixture
def linked(tmp_path: Path) -> Project:
    project = Project(tmp_path / "edition")
    put(project, {**FILES, **MORE})
    return project


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Path]:
    """The edition with its links, whole and in parts, all built."""
    folder = tmp_path_factory.mktemp("linked")
    project = Project(folder / "edition")
    put(project, {**FILES, **MORE})
    whole = project.build("html", "-n")
    assert whole.warnings == ""
    assert split(project) == 0
    for part in ("2017", "2018", "front"):
        assert build_part(folder / "parts", part).warnings == "", part
    return whole, folder / "parts/site"


def split(project: Project, *options: str) -> int:
    return main(["split", *options, str(project.folder.parent / "parts"), str(project.folder)])


def links_of(html: str, section: str, address: str) -> list[tuple[str, str]]:
    """Give what each link of a section shows, and where it leads from the address of its page."""
    found = BeautifulSoup(html, "html.parser").select_one(f"section#{section}")
    assert found is not None
    return [
        (" ".join(a.get_text().split()), urljoin(address, str(a["href"])))
        for a in found.select("a[href]")
    ]


@pytest.mark.parametrize(
    ("page", "section", "part"),
    [
        ("reports/first.html", "links", "2017"),
        ("about.html", "about", "front"),
        ("rst.html", "in-the-other-format", "front"),
    ],
)
def test_links_lead_where_they_led(
    sites: tuple[Build, Path], page: str, section: str, part: str
) -> None:
    whole, site = sites
    path = site / page if part == "front" else site / part / page
    base = ADDRESS if part == "front" else f"{ADDRESS}{part}/"
    before = links_of(whole.text(page), section, ADDRESS + page)
    after = links_of(path.read_text(encoding="utf-8"), section, base + page)
    places = [
        (words, there.replace("/2018/", "/").replace("/2017/", "/")) for words, there in after
    ]
    assert before == places
    assert len(before) > 3
    for words, there in after:
        if "second.html" in there or "cite/bob" in there:
            assert there.startswith(f"{ADDRESS}2018/"), words
        if "about.html" in there or "paper.txt" in there:
            assert there.startswith((f"{ADDRESS}about", f"{ADDRESS}files")), words


def test_files_beside_the_pages_are_in_the_front_alone(sites: tuple[Build, Path]) -> None:
    _whole, site = sites
    assert (site / "files/paper.txt").read_text("utf-8") == "A paper.\n"
    assert not (site / "2017/files").exists()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("{download}`second.md`", "the source of reports/second is offered here"),
        ("x\n\n```{literalinclude} second.md\n```", "reports/second is taken in here"),
        ("[a](path:second.md)", "the source of reports/second is offered here"),
        ("{numref}`fig_2`", 'what "fig_2" names is numbered in another part, "2018"'),
        ("{any}`second`", "this leads to reports/second, which falls into another part"),
        ("[](second.md#a-second)", 'this link shows the heading "a-second" of reports/second'),
    ],
)
def test_a_link_that_cannot_lead_on_is_reported(
    linked: Project, capsys: pytest.CaptureFixture[str], link: str, said: str
) -> None:
    linked.put("reports/first.md", FILES["reports/first.md"] + f"\nHere: {link}\n")
    for options in (["--dry-run"], []):
        assert split(linked, *options) == 1
        line = 20 if "include" in link else 18
        assert capsys.readouterr().out.startswith(f"reports/first.md:{line}: {said}")
    assert not (linked.folder.parent / "parts").exists()


def test_a_link_in_a_file_that_is_included_is_reported_there(
    linked: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    linked.put("conf.py", MORE["conf.py"] + 'exclude_patterns = ["shared"]\n')
    linked.put("shared/end.md", "By us.\n\nSee [the second](second.md).\n")
    linked.put(
        "reports/first.md",
        FILES["reports/first.md"] + "\n```{include} ../shared/end.md\n```\n",
    )
    assert split(linked) == 1
    assert capsys.readouterr().out.startswith("shared/end.md:3: this leads to reports/second")


def test_a_copy_in_another_document_still_leads_to_what_its_record_led_to(linked: Project) -> None:
    article = MORE["reports/second.md"].replace(
        "Whether a month was named.",
        "Whether a month was named; [then](first.md), [here](second.md).\n\n![The map](../town/plan.svg)",
    )
    linked.put("town/plan.svg", FILES["reports/map.svg"])
    linked.put("reports/second.md", article)
    assert split(linked) == 0
    folder = linked.folder.parent / "parts"
    copies = (folder / "2017/copies.md").read_text(encoding="utf-8")
    assert "[then](/reports/first.md), [here](inv:2018:std:doc#reports/second)" in copies
    assert "![The map](/town/plan.svg)" in copies
    assert (folder / "2017/town/plan.svg").is_file()
    assert build_part(folder, "2017").warnings == ""


def test_inventories_beside_the_settings_are_found_by_every_part(linked: Project) -> None:
    other = Inventory("Other", "", ()).content()
    (linked.folder / "known").mkdir()
    (linked.folder / "known/other.inv").write_bytes(other)
    linked.put(
        "conf.py",
        MORE["conf.py"] + 'extensions += ["sphinx.ext.intersphinx"]\n'
        'intersphinx_mapping = {"other": ("https://o.example/", "known/other.inv")}\n',
    )
    assert split(linked) == 0
    folder = linked.folder.parent / "parts"
    assert (folder / "edition/known/other.inv").read_bytes() == other
    settings = runpy.run_path(str(folder / "2017/conf.py"))
    assert settings["intersphinx_mapping"]["other"] == (
        "https://o.example/",
        "../edition/known/other.inv",
    )


def test_a_front_knows_terms_of_several_words_that_are_in_a_volume(linked: Project) -> None:
    linked.put(
        "reports/second.md",
        MORE["reports/second.md"] + "\n```{glossary}\nopening hours\n  When it is open.\n```\n",
    )
    linked.put("about.md", MORE["about.md"] + "\n{term}`opening hours`\n")
    assert split(linked) == 0
    folder = linked.folder.parent / "parts"
    known = parse((folder / "front/inventories/2018.inv").read_bytes())
    assert "opening hours" in {item.name for item in known.items}
