"""The speakers: their other names, identifiers, and posts."""

from __future__ import annotations

from typing import Final

from ontherecord import vocabulary
from ontherecord.exchange.tables.columns import (
    ADDRESS,
    COPIED,
    ID,
    LICENCE,
    PAGE,
    POSITION,
    days,
    own,
    owner,
    part,
    parts,
    terms,
    whole,
)
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.exchange.tables.things import ALL_SPEAKERS

SPEAKERS: Final = (
    Table(
        "speakers",
        "Speakers",
        "Those who are quoted: persons, organisations, and some whom a source does not name.",
        ALL_SPEAKERS,
        (
            ID,
            own("name", "The name.", is_asked_for=True),
            own("family_name", "The family name, where an editor has said which it is.", "family"),
            own("kind", terms("What kind of speaker it is.", vocabulary.SPEAKER_KINDS)),
            Column("text", "Who they are, by the editors.", lambda edition, one: edition.text(one)),
            PAGE,
            ADDRESS,
            LICENCE,
            COPIED,
        ),
        label="name",
        searched=("name", "text"),
    ),
    Table(
        "speaker_aliases",
        "Other names",
        "Other names of a speaker.",
        parts(ALL_SPEAKERS, lambda _, one: one.aliases),
        (owner("speaker", "speakers"), POSITION, whole("alias", "The other name.")),
        label="alias",
    ),
    Table(
        "speaker_authorities",
        "Identifiers of speakers",
        "What files of names call a speaker.",
        parts(ALL_SPEAKERS, lambda _, one: dict(one.authorities).items()),
        (
            owner("speaker", "speakers"),
            Column(
                "authority",
                "The file of names, such as wikidata.",
                lambda _, one: one.value[0],
                is_key=True,
            ),
            Column("identifier", "The identifier there.", lambda _, one: one.value[1]),
        ),
        label="identifier",
    ),
    Table(
        "posts",
        "Posts",
        "The posts that a speaker held, as Popolo's memberships have them.",
        parts(ALL_SPEAKERS, lambda _, one: one.posts),
        (
            owner("speaker", "speakers"),
            POSITION,
            part("title", "What the post is called."),
            part("body", "The body in which it is."),
            *days("held", "When it was held", lambda _, one: one.value.interval),
        ),
        label="title",
    ),
)
