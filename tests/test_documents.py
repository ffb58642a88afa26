"""What was read is stored packed, and comes back as it was."""

from __future__ import annotations

import copy
import pickle

import msgspec
import pytest
from conftest import Project
from hypothesis import HealthCheck, given, settings
from ontherecord import documents
from ontherecord.documents import Documents
from ontherecord.domain import RecordDomain
from ontherecord.edition import Edition
from ontherecord.packed import pack
from ontherecord.problems import Problem
from ontherecord.records import Block, Document, Mark, Origin, Part, Query, Quote, Use
from random_editions import editions

MORE = Document(
    "more",
    "More",
    problems=(Problem("more", 3, "bad-id", "it is none"),),
    packed_uses=pack([Use("source", "wire", 4)]),
    queries=((Query("quotes", speaker="kelly"), 5),),
    references=(("std", "ref", "x"),),
)


def stored(given: Documents) -> Documents:
    again: Documents = pickle.loads(pickle.dumps(given))
    return again


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=50)
@given(edition=editions())
def test_documents_come_back_as_they_were(edition: Edition) -> None:
    held = Documents()
    held.update({**edition.documents, "more": MORE})
    assert dict(stored(held)) == {**edition.documents, "more": MORE}


def test_half_a_character_is_stored_too() -> None:
    held = Documents()
    blocks = (Block("p1", (Part("text", "half \udfff"),)),)
    held["half"] = Document("half", "\ud800", packed_blocks=pack(blocks))
    held["other"] = Document("other", "Other", packed_blocks=pack(blocks))
    again = stored(held)
    assert again["half"].title == "\ud800"
    assert again["half"].blocks == again["other"].blocks == blocks
    assert (again["half"].uses, again["half"].is_empty) == ((), True)


def test_what_records_have_alike_is_held_once() -> None:
    origins = [Origin("".join(["sh", "ared"]), line) for line in (3, 5)]
    quotes = [Quote(f"q{one.line}", one, "kelly", "wire", spoken="2017-02-23") for one in origins]
    mark = Mark("said", "q3", 3, "Words", "p1", 0, 1, 1)
    held = Documents()
    held["shared"] = Document("shared", "Shared", records=tuple(quotes), marks=(mark,))
    again = stored(held)["shared"]
    assert again == held["shared"]
    first, second = again.records
    assert isinstance(first, Quote) and isinstance(second, Quote)
    assert first.origin.docname is second.origin.docname is again.docname
    assert first.speaker is second.speaker and first.spoken is second.spoken
    assert again.marks[0].record is first.id


def test_what_is_not_asked_for_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Documents()
    held["more"] = MORE
    again = stored(held)

    def refuse(packed: bytes) -> Document:
        raise AssertionError("unpacked")

    monkeypatch.setattr(documents, "_unpacked", refuse)
    assert "more" in again and len(again) == 1 and list(again) == ["more"]
    assert stored(again).digest("more") == held.digest("more")
    copy.deepcopy(again)


def test_documents_of_another_process_take_the_place_of_ours() -> None:
    ours, theirs = Documents(), Documents()
    ours["more"] = MORE
    theirs["more"], theirs["others"] = Document("more", "Other"), MORE
    ours.take(["more", "absent"], stored(theirs))
    assert {name: one.title for name, one in ours.items()} == {"more": "Other"}


def test_what_records_of_another_shape_left_is_read_anew(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecordDomain, "data_version", 1)
    monkeypatch.setattr(documents, "pack", lambda _document: msgspec.msgpack.encode(["of old"]))
    edition.build()
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    edition.put("more.md", "# More\n")
    edition.put("index.md", "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n\nMore.\n")
    again = edition.build()
    assert (again.code, again.warnings) == (0, "")
