"""The sources of the bibliography: their authors, origins, and all their fields."""

from __future__ import annotations

from typing import Final

from ontherecord import vocabulary
from ontherecord.evidence.witnesses import taken_from
from ontherecord.exchange.tables.columns import POSITION, days, own, owner, parts, terms, whole
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.exchange.tables.things import ALL_SOURCES

BIBLIOGRAPHY: Final = (
    Table(
        "sources",
        "Sources",
        "The bibliography, an entry a row.",
        ALL_SOURCES,
        (
            own("id", "The key of the entry.", "key", is_key=True),
            own("type", "The type of the entry, as BibTeX has it."),
            own("label", "What the edition calls it in short."),
            own("title", "Its title."),
            own("publisher", "Who published it: the outlet, else the author."),
            *days("date", "When it was published", lambda _, one: one.date),
            own(
                "witness",
                terms("What kind of witness it is.", vocabulary.WITNESSES),
                is_asked_for=True,
            ),
            Column("url", "Its address.", lambda _, one: one.field("url")),
            Column(
                "archive",
                "The address of an archived copy.",
                lambda _, one: one.field("archive"),
            ),
        ),
        label="label",
    ),
    Table(
        "source_authors",
        "Authors of sources",
        "Who wrote a source.",
        parts(ALL_SOURCES, lambda _, one: one.authors),
        (owner("source", "sources"), POSITION, whole("name", "The name.")),
        label="name",
    ),
    Table(
        "source_origins",
        "Origins of sources",
        "The sources from which a source took its words.",
        parts(ALL_SOURCES, lambda edition, one: taken_from(edition, one.key)),
        (
            owner("source", "sources"),
            POSITION,
            whole("origin", "The source from which it has them.", references="sources"),
        ),
    ),
    Table(
        "source_fields",
        "Fields of sources",
        "All fields of the bibliography's entries, without LaTeX.",
        parts(ALL_SOURCES, lambda _, one: sorted(dict(one.fields).items())),
        (
            owner("source", "sources"),
            Column("field", "Its name.", lambda _, one: one.value[0], is_key=True),
            Column("value", "What it says.", lambda _, one: one.value[1]),
        ),
    ),
)
