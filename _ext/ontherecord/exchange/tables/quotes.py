"""The statements, each in the wording of its one source: fragments, topics, and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord import vocabulary
from ontherecord.exchange.tables.columns import (
    ADDRESS,
    ARTICLE,
    DOCUMENT,
    ID,
    LICENCE,
    PAGE,
    POSITION,
    days,
    own,
    owner,
    parts,
    terms,
    verified,
    whole,
)
from ontherecord.exchange.tables.table import Column, Reference, Table
from ontherecord.exchange.tables.things import ALL_QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.records import Quote


def _posts_held(edition: Edition, quote: Quote) -> Iterator[int]:
    """Give the numbers of the posts that a quote's speaker may have held on its day."""
    speaker = edition.speakers.get(quote.speaker)
    held = speaker.posts_on(quote.spoken) if speaker else ()
    for position, post in enumerate(speaker.posts if speaker else (), 1):
        if post in held:
            yield position


QUOTES: Final = (
    Table(
        "quotes",
        "Statements",
        "Statements, each in the wording of its one source.",
        ALL_QUOTES,
        (
            ID,
            Column(
                "words",
                "The words, exactly; paragraphs are parted by a blank line.",
                lambda edition, one: edition.words(one).text,
            ),
            own("speaker", "Who said it.", references="speakers"),
            *days("spoken", "When it was said", lambda _, one: one.spoken),
            own("time", "The time of day, with its distance from UTC."),
            Column(
                "time_is",
                terms("What the time is that of.", vocabulary.TIME_IS),
                lambda _, one: one.time and one.time_is,
            ),
            own("place", "Where it was said."),
            own("spoken_to", "To whom it was said.", "to"),
            own("asked", "The question that it answers."),
            own("scope", "Of what the source has it said."),
            own("source", "The source whose wording it is.", references="sources"),
            own("via", "The source through which the edition has it.", references="sources"),
            own("locator", "Where in the source it stands."),
            own("lang", "The language (BCP 47); empty where it is the edition's."),
            own("translation", "The words in the edition's language."),
            own("mode", terms("How the source has the words.", vocabulary.MODES)),
            own(
                "contiguous",
                terms("Whether the fragments followed each other.", vocabulary.CONTIGUOUS),
            ),
            own("brackets", terms("Whose words in square brackets are.", vocabulary.BRACKETS)),
            Column(
                "opening_words",
                "The words to the first sentence's end, at most 120 characters.",
                lambda edition, one: edition.label(one),
            ),
            Column(
                "fingerprint",
                "SHA-256 of the fragments as a JSON array without spaces, in UTF-8.",
                lambda edition, one: edition.words(one).fingerprint,
            ),
            verified(lambda edition, one: (one, one.source, edition.words(one).fragments)),
            DOCUMENT,
            ARTICLE,
            PAGE,
            ADDRESS,
            LICENCE,
        ),
        label="opening_words",
        searched=("words", "translation"),
    ),
    Table(
        "fragments",
        "Fragments",
        "The pieces in which the source gives the words of a statement.",
        parts(ALL_QUOTES, lambda edition, one: edition.words(one).fragments),
        (owner("quote", "quotes"), POSITION, whole("words", "The words, exactly.")),
        label="words",
    ),
    Table(
        "quote_topics",
        "Topics",
        "What a statement is about.",
        parts(ALL_QUOTES, lambda _, one: one.topics),
        (owner("quote", "quotes"), POSITION, whole("topic", "The topic.", is_asked_for=True)),
        label="topic",
    ),
    Table(
        "quote_posts",
        "Posts on the day",
        "The posts that the speaker may have held on the day of a statement.",
        parts(ALL_QUOTES, _posts_held),
        (
            owner("quote", "quotes"),
            POSITION,
            Column("speaker", "Who said it.", lambda _, one: one.owner.speaker),
            whole("post", "The position of the post among the speaker's.", type="integer"),
        ),
        compound=(Reference(("speaker", "post"), "posts", ("speaker", "position")),),
    ),
)
