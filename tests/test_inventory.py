"""``objects.inv``, as sphobjinv reads it: every record with its address, kind and label."""

from __future__ import annotations

import sphobjinv
from conftest import Build, Project
from ontherecord import load
from ontherecord.edition import Edition
from ontherecord.records import kind_of

HARD = [
    "Costs rose $5 to $; anchor $ and more",
    "It is so: yes, a:b :: c",
    "قال الرئيس: لا",
    "שלום (עולם) abc",
    "👩‍👩‍👧‍👦 and e\u0301 and ]]> <b> & `x`",
    "-",
    "1 2 3 4",
    "# not a comment",
    "x" * 300,
]

ARTICLE = """
---
date: 2024-05-02
---
# Hard labels

:::{speaker} padded
:name: "   \u00a0Padded   Name  "
:::

:::{speaker} broken
:name: "Two\\nlines, and\\ta tab "
:::

:::{annotation} lines
:on: padded

First line
second line

And a paragraph.
:::
"""


def said(label: str, name: str) -> str:
    """Give what a reader makes of a label: a lone hyphen is the format's word for the name."""
    return name if label == "-" else label


def hold(build: Build, edition: Edition) -> None:
    """Hold the inventory against the edition, which has been read back from its own file."""
    inventory = sphobjinv.Inventory(str(build.out / "objects.inv"))
    ours = [one for one in inventory.objects if one.domain == "record"]
    found = {one.name: (one.role, one.uri_expanded, one.dispname_expanded) for one in ours}
    assert len(found) == len(ours)
    assert found == {
        key: (
            kind_of(record),
            edition.imprint.of_page(edition.home(record), edition.anchor(record)),
            said(edition.label(record), key),
        )
        for key, record in edition.records.items()
    }
    for _role, address, label in found.values():
        page, _hash, anchor = address.partition("#")
        assert build.soup(page).find(id=anchor) is not None, address
        assert label
    # What is written again is read the same: nothing in a label breaks the lines apart.
    again = sphobjinv.Inventory(plaintext=inventory.data_file())
    assert {one.name: one for one in again.objects} == {one.name: one for one in inventory.objects}


def test_every_record_of_the_edition(first_edition: Project) -> None:
    build = first_edition.build()
    edition = load(build.out)
    assert len(edition.records) > 25
    hold(build, edition)


def test_hard_labels(edition: Project) -> None:
    text = ARTICLE
    for number, words in enumerate(HARD):
        text += f":::{{quote}} hard-{number}\n:speaker: padded\n:source: herald-2024\n\n"
        text += (
            "".join(f"\\{one}" if one in "`*_#$<>[]&-\\" else one for one in words) + "\n:::\n\n"
        )
    edition.put("hard.md", text)
    build = edition.build()
    read = load(build.out)
    assert [read.words(read.quotes[f"hard-{number}"]).text for number in range(len(HARD))] == HARD
    hold(build, read)
