"""What an edition says of itself, who made it, and all its records by their addresses."""

from __future__ import annotations

from typing import Final

from ontherecord.exchange.tables.columns import (
    ADDRESS,
    COPIED,
    ID,
    LABEL,
    LICENCE,
    POSITION,
    Part,
    own,
    whole,
)
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.exchange.tables.things import Things
from ontherecord.exchange.tables.version import VERSION
from ontherecord.records import kind_of

EDITION: Final = (
    Table(
        "edition",
        "The edition",
        "What the edition says of itself, in one row.",
        lambda edition: [edition.imprint],
        (
            own("title", "Its title."),
            own("description", "What it is, in a sentence."),
            own("version", "The version of this state of it."),
            own("date", "The day of this state of it.", "date"),
            own("address", "Where it lives; other addresses are relative where this is empty."),
            Column("language", "Its language (BCP 47).", lambda edition, _: edition.language),
            own("licence", "Its licence, as it names it."),
            own("licence_address", "The address of the licence."),
            own("copyright", "Whose it is."),
            own("origin", "The repository of its sources."),
            Column("tables_version", "Version of these tables.", lambda *_: VERSION),
        ),
        label="title",
    ),
    Table(
        "edition_editors",
        "Editors",
        "Who made the edition.",
        lambda edition: (
            Part(None, position, name) for position, name in enumerate(edition.imprint.editors, 1)
        ),
        (POSITION, whole("name", "The name.")),
        label="name",
    ),
    Table(
        "records",
        "Records",
        "Every record of whatever kind, what it is called, and its permanent address.",
        Things("records", lambda edition: dict(sorted(edition.records.items()))),
        (
            ID,
            Column(
                "kind",
                "speaker, quote, contradiction or annotation; a tension is recorded as a "
                "contradiction, and its relation says that it is none.",
                lambda _, one: kind_of(one),
                is_asked_for=True,
            ),
            LABEL,
            ADDRESS,
            LICENCE,
            COPIED,
        ),
        label="label",
    ),
)
