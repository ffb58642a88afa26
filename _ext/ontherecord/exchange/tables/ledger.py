"""What became of identifiers that were published, and wordings that were verified."""

from __future__ import annotations

from typing import Final

from ontherecord.evidence.ledger import EVENTS
from ontherecord.exchange.tables.columns import POSITION, Part, own, part
from ontherecord.exchange.tables.table import Table

LEDGER: Final = (
    Table(
        "ledger",
        "Ledger",
        "What became of every identifier that was ever published; some are of records now gone.",
        lambda edition: (
            Part(None, position, entry)
            for _, entries in sorted(edition.ledger.entries.items())
            for position, entry in enumerate(entries, 1)
        ),
        (
            part("id", "The identifier.", is_key=True),
            POSITION,
            part("date", "The day of the event."),
            part("kind", "speaker, quote, contradiction or annotation."),
            part("event", f"What happened: {', '.join(EVENTS)}.", is_asked_for=True),
            part("fingerprint", "The fingerprint of the words that the record then had."),
            part("label", "The record as it was cited then."),
            part("target", "The identifier to which it moved."),
            part("reason", "Why."),
        ),
        label="label",
    ),
    Table(
        "verifications",
        "Verifications",
        "Wordings that were found in a capture of their source; some are of words since revised.",
        lambda edition: (one for _, one in sorted(edition.verifications.items())),
        (
            own("quote", "The identifier of the statement.", is_key=True),
            own("source", "The key of the source.", is_key=True),
            own("fingerprint", "The fingerprint of the wording.", is_key=True),
            own("verified", "The day on which it was found."),
            own("capture_sha256", "SHA-256 of the capture."),
            own("swhid", "Software Heritage identifier of the capture."),
            own("locator", "Where in the capture it stands."),
        ),
    ),
)
