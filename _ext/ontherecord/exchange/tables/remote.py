"""The quotes of other editions that records of this one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ontherecord import vocabulary
from ontherecord.exchange.tables.columns import days, own, terms
from ontherecord.exchange.tables.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from ontherecord.edition import Edition

REMOTE: Final = Table(
    "remote",
    "Quotes of other editions",
    "Quotes of other editions that records name, as far as those editions' inventories tell; from "
    "permanent on, what is known of another volume of the same edition alone.",
    lambda edition: edition.remote.values(),
    (
        own("id", "Name of the other edition, a colon, and the identifier there.", is_key=True),
        own("label", "The opening words."),
        own("address", "Where it stands."),
        own("edition", "The other edition's title."),
        own("version", "The other edition's version."),
        own("permanent", "Its permanent address."),
        own("words", "All words, as they are shown."),
        own("lang", "The language of the words (BCP 47); empty where it is the edition's."),
        own("translation", "The words in the edition's language."),
        own("speaker", "The identifier of the speaker."),
        own("speaker_name", "The speaker's name."),
        own("post", "The posts that the speaker may have held on that day."),
        *days("spoken", "When it was said", lambda _, one: one.spoken),
        own("time", "The time of day, with its distance from UTC."),
        own("time_is", terms("What the time is that of.", vocabulary.TIME_IS)),
        own("place", "Where it was said."),
        own("spoken_to", "To whom it was said.", "to"),
        own("asked", "The question that it answers."),
        own("source", "The key of the source whose wording it is."),
        own("source_label", "What the other edition calls that source."),
    ),
    label="label",
)


def here_or_there(
    name: str, meaning: str, references: str, read: Callable[[Any], str]
) -> tuple[Column, Column]:
    """Give the columns of what may be another edition's: one for this edition's, one for that."""

    def here(edition: Edition, item: Any) -> str:
        return "" if read(item) in edition.remote else read(item)

    def there(edition: Edition, item: Any) -> str:
        return read(item) if read(item) in edition.remote else ""

    return (
        Column(name, f"{meaning}.", here, references=references),
        Column(f"remote_{name}", f"{meaning}, of another edition.", there, references="remote"),
    )
