"""The readings: what other sources print of a statement."""

from __future__ import annotations

from typing import Final

from ontherecord import vocabulary
from ontherecord.exchange.tables.columns import (
    LICENCE,
    POSITION,
    owner,
    part,
    parts,
    terms,
    verified,
)
from ontherecord.exchange.tables.table import Table
from ontherecord.exchange.tables.things import ALL_QUOTES

READINGS: Final = (
    Table(
        "readings",
        "Readings",
        "The wordings of a statement that other sources print.",
        parts(ALL_QUOTES, lambda _, one: one.readings),
        (
            owner("quote", "quotes"),
            POSITION,
            part("source", "The source that prints it.", references="sources"),
            part("words", "The words, exactly; paragraphs are parted by a blank line."),
            part("via", "The source through which the edition has it.", references="sources"),
            part("mode", terms("How the source has the words.", vocabulary.MODES)),
            part("brackets", terms("Whose words in square brackets are.", vocabulary.BRACKETS)),
            part("locator", "Where in the source it stands."),
            part("lang", "The language (BCP 47); empty where it is the statement's."),
            part("scope", "Of what the source has it said; none where it leaves that out."),
            verified(lambda _, one: (one.owner, one.value.source, (one.value.words,))),
            LICENCE,
        ),
        label="words",
        searched=("words",),
    ),
)
