"""The editors' notes."""

from __future__ import annotations

from typing import Final

from ontherecord import vocabulary
from ontherecord.exchange.tables.columns import (
    ADDRESS,
    ARTICLE,
    DOCUMENT,
    ID,
    LABEL,
    LICENCE,
    PAGE,
    days,
    own,
    terms,
)
from ontherecord.exchange.tables.remote import here_or_there
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.exchange.tables.things import ALL_ANNOTATIONS

ANNOTATIONS: Final = (
    Table(
        "annotations",
        "Notes",
        "The editors' notes, on a record or on passages.",
        ALL_ANNOTATIONS,
        (
            ID,
            LABEL,
            own("type", terms("What it is for.", vocabulary.ANNOTATION_TYPES), is_asked_for=True),
            *here_or_there("on_record", "The record that it is on", "records", lambda one: one.on),
            Column(
                "text",
                "The note; paragraphs are parted by a blank line.",
                lambda edition, one: edition.text(one),
            ),
            own("source", "The source that it names.", references="sources"),
            own("editor", "Who wrote it."),
            *days("date", "When it was written", lambda _, one: one.date),
            DOCUMENT,
            ARTICLE,
            PAGE,
            ADDRESS,
            LICENCE,
        ),
        label="label",
        searched=("text",),
    ),
)
