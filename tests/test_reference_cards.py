"""The cards of references: made once for the pages of a folder, and right on each."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import pytest
from conftest import Project, published
from ontherecord.apparatus import references

PAGES = ("one", "two", "in/one", "in/two", "in/deep/one", "speakers", "in/speakers")


def refer(project: Project) -> None:
    project.put("in/speakers.md", "# More\n\n:::{speaker} cid\n:name: Cid\n:kind: office\n:::\n")
    for name in PAGES:
        if "speakers" not in name:
            project.put(f"{name}.md", "# Words\n\n{speaker}`ann`, {speaker}`cid`.\n")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_cards_of_speakers_lead_where_they_would_if_made_for_each_page(
    edition: Project, builder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refer(edition)
    with (edition.folder / "speakers.md").open("a", encoding="utf-8") as speakers:
        speakers.write("\n{speaker}`ann`, {speaker}`cid`.\n")
    ours = published(edition.build(builder, out="ours").out)
    monkeypatch.setattr(references, "_SPEAKERS", _Forgetful())
    each = published(edition.build(builder, out="each").out)
    assert ours == each
    name = "in/one/index.html" if builder == "dirhtml" else "in/one.html"
    assert ours[name].count(b"<template") == 2


class _Forgetful(WeakKeyDictionary[object, dict[object, object]]):
    """Keeps nothing."""

    def setdefault(self, key: object, default: object = None) -> dict[object, object]:
        return {}


def test_a_speaker_with_another_name_has_another_card_on_the_next_build(edition: Project) -> None:
    refer(edition)
    assert b"Cid" in edition.build().out.joinpath("in/one.html").read_bytes()
    text = (edition.folder / "in/speakers.md").read_text(encoding="utf-8")
    edition.put("in/speakers.md", text.replace("Cid", "Robert"))
    again = edition.build().out.joinpath("in/two.html").read_bytes()
    assert b"Robert" in again
    assert b"Cid" not in again
