"""Text that XML can carry."""

from __future__ import annotations

from ontherecord.words import BARRED


def xml_text(text: str) -> str:
    """Give a text with U+FFFD for each character that XML cannot carry.

    Such a character is reported when it is read, so this is the last resort.
    """
    return text if text.isprintable() else BARRED.sub("\ufffd", text)
