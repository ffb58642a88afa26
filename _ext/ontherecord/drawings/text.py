"""How wide a label is at most, and how it is cut to its room."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

SIZE: Final = 15
"""The size of a label in user units; the sheet sets the same."""

_EMS: Final = {
    **dict.fromkeys("ijlI.,:;'!|()[]‘’·`", 0.33),
    **dict.fromkeys(' ftr-/"“”„', 0.38),
    **dict.fromkeys("mw", 0.84),
    **dict.fromkeys("MW—%@…&", 1.02),
}
_UNLAWFUL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_DIRECTIONS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSING: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "「": "」"}


def clean(text: str) -> str:
    """Give a text on one line, with U+FFFD for what neither XML 1.0 nor HTML allows.

    Marks that set a direction are left off: a label is isolated as a whole.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_UNLAWFUL.sub("\ufffd", _DIRECTIONS.sub("", text)).split())


def width(text: str) -> float:
    """Give how wide a text is at most, in user units, in the usual serif faces."""
    return SIZE * sum(map(_ems, text))


@lru_cache(maxsize=4096)
def _ems(character: str) -> float:
    if character in _EMS:
        return _EMS[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    if len(whole := unicodedata.normalize("NFKC", character)) > 1:
        return max(0.8, sum(map(_ems, whole.replace(character, ""))))
    if character.isupper():
        return 0.72
    if character.isdigit():
        return 0.58
    return 0.53 if ord(character) < 0x590 else 0.85


def shorten(text: str, room: float) -> str:
    """Give a text as it fits its room in user units: cut with … and its quotation mark closed."""
    if width(text) <= room:
        return text
    close = _CLOSING.get(text[:1], "")
    end = "…" + (close if text.endswith(close) else "")
    if width(end) > room:
        return "…" if width("…") <= room else ""
    left = (room - width(end)) / SIZE
    fits = 0
    for character in text:
        left -= _ems(character)
        if left < 0:
            break
        fits += 1
    kept = text[:fits]
    # A mark that combines with the letter before it goes with it.
    while kept and unicodedata.category(text[len(kept)]) in {"Mn", "Me", "Mc", "Cf"}:
        kept = kept[:-1]
    return kept.rstrip() + end
