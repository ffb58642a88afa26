"""Text that XML can carry."""

from __future__ import annotations

import re
from typing import Final

_BARRED: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold, not even as a reference (XML 1.0, 2.2)."""


def xml_text(text: str) -> str:
    """Give a text with U+FFFD for each character that XML cannot carry.

    Words with such a character are reported when they are read, so this is the last resort.
    """
    return _BARRED.sub("\ufffd", text)
