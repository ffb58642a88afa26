"""The quotes of other editions that records of this one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ontherecord.exchange.tables.columns import own
from ontherecord.exchange.tables.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from ontherecord.edition import Edition

REMOTE: Final = Table(
    "remote",
    "Quotes of other editions",
    "Quotes of other editions that records name, as far as those editions' inventories tell.",
    lambda edition: edition.remote.values(),
    (
        own("id", "Name of the other edition, a colon, and the identifier there.", is_key=True),
        own("label", "The opening words."),
        own("address", "Where it stands."),
        own("permanent", "Its permanent address, known of another volume of the same edition."),
        own("edition", "The other edition's title."),
        own("version", "The other edition's version."),
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
