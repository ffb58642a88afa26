"""An edit in running text is known to change no other page, and only such an edit."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ontherecord.documents import Documents
from ontherecord.edition import Edition
from ontherecord.packed import pack
from ontherecord.rebuilding.shown_to_others import ShownToOthers
from ontherecord.records import Block, Document, Part, Query, Quote, Use
from ontherecord.values import replace
from ontherecord.views import Views
from random_editions import editions

TIME = 5


def shows_the_same(before: Document | None, after: Document | None, read: int = TIME) -> bool:
    """Ask as a build does that reads one document again."""
    documents = Documents()
    env: Any = SimpleNamespace(
        all_docs={"one": TIME}, domains={"record": SimpleNamespace(documents=documents)}
    )
    shown = ShownToOthers()
    if before is not None:
        documents["one"] = before
    shown.remember(SimpleNamespace(), env, "one")  # type: ignore[arg-type]
    documents.pop("one", None)
    if after is not None:
        documents["one"] = after
    return shown.is_the_same(env, ["one"], {"one": read})


def moved(document: Document, lines: int) -> Document:
    """Give a document as it is with more lines, and another text, above all that it records."""

    def down(record: Any) -> Any:
        origin = replace(record.origin, line=record.origin.line + lines, last=0)
        return replace(record, origin=origin)

    return replace(
        document,
        records=tuple(map(down, document.records)),
        marks=tuple(
            replace(
                mark,
                line=mark.line + lines,
                block=f"{mark.block}0",
                first=mark.first + 1,
                last=mark.last + 1,
            )
            for mark in document.marks
        ),
        packed_blocks=pack(
            [
                Block(f"{block.anchor}0", (Part("text", "Another text: "), *block.parts))
                for block in document.blocks
            ]
        ),
        packed_uses=pack([*document.uses, Use("speaker", "speaker-0", 1)]),
    )


def shown(edition: Edition) -> list[object]:
    views = Views(edition, page_size=200)
    registers = ("quotes", "speakers", "contradictions", "annotations", "timeline", "topics")
    return [
        *(views.block(name, 200) for name in edition.records),
        *(views.reference(name) for name in edition.records),
        *(views.article(name) for name in edition.articles),
        *(tuple(views.register(Query(name))) for name in (*registers, "articles", "sources")),
    ]


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
@given(edition=editions(), lines=st.integers(1, 40))
def test_other_running_text_shows_others_the_same(edition: Edition, lines: int) -> None:
    documents = {name: moved(one, lines) for name, one in edition.documents.items()}
    for name, document in edition.documents.items():
        assert shows_the_same(document, documents[name])
    again = Edition(documents, edition.sources, "en", ledger=edition.ledger)
    again.imprint = edition.imprint
    assert shown(again) == shown(edition)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
@given(edition=editions(), data=st.data())
def test_what_shows_others_the_same_leaves_their_views(
    edition: Edition, data: st.DataObject
) -> None:
    """Whatever else is altered: where the views are others, it is noticed."""
    name = data.draw(st.sampled_from(sorted(edition.documents)))
    document = edition.documents[name]
    changes: list[Document] = [
        replace(document, title=f"{document.title}."),
        replace(document, description="Another."),
        replace(document, records=document.records[1:]),
        replace(document, records=document.records[::-1]),
        replace(document, marks=document.marks[:-1]),
        replace(document, marks=document.marks[::-1]),
        replace(document, marks=tuple(replace(one, words="other") for one in document.marks)),
        replace(document, marks=tuple(replace(one, line=99 - one.line) for one in document.marks)),
        replace(document, queries=((Query("sources"), 1),)),
        replace(
            document,
            records=tuple(
                replace(one, spoken="2001") if isinstance(one, Quote) else one
                for one in document.records
            ),
        ),
    ]
    if document.date:
        changes.append(replace(document, date="2001-01-01"))
    for changed in changes:
        documents = {**edition.documents, name: changed}
        again = Edition(documents, edition.sources, "en", ledger=edition.ledger)
        again.imprint = edition.imprint
        if shown(again) != shown(edition):
            assert not shows_the_same(document, changed)


def test_what_was_read_at_another_time_is_not_known() -> None:
    one = Document("one", "One", date="2024-05-01")
    assert shows_the_same(one, one)
    assert not shows_the_same(one, one, read=TIME - 1)
    assert not shows_the_same(one, None)
    assert not shows_the_same(None, one)
    env: Any = SimpleNamespace(domains={"record": SimpleNamespace(documents=Documents())})
    assert not ShownToOthers().is_the_same(env, ["one"], {"one": TIME})
