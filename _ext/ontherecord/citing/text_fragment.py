"""Addresses that lead to words in a page of another site."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from ontherecord.words import pieces

_WHOLE: Final = 8
"""Most words that a fragment gives whole; of more it gives the first and the last."""
_ENDS: Final = 4
"""How many first and last words: enough to be found nowhere else as a rule."""

_ENCODED: Final = {
    number: "%2D" if chr(number) == "-" else quote(chr(number), safe="") for number in range(128)
}
"""How the characters of ASCII are written there."""


def text_fragment(address: str, words: str, brackets: str = "edition") -> str:
    """Give the address of a page with the words in it to which a browser is to go.

    The words are those up to the editor's first omission or insertion, since the page has
    none (URL Fragment Text Directives, W3C Community Group draft; browsers that do not
    know it open the page). ``brackets`` says whose words in square brackets are. Nothing is
    given where there is no address or no word.
    """
    found = pieces(words, brackets)
    if not address or not found:
        return ""
    said = found[0].split()
    if len(said) <= _WHOLE:
        directive = _encoded(said)
    else:
        directive = f"{_encoded(said[:_ENDS])},{_encoded(said[-_ENDS:])}"
    page, hash_, fragment = address.partition("#")
    before = fragment.partition(":~:")[0]
    return f"{page}#{before if hash_ else ''}:~:text={directive}"


def _encoded(words: list[str]) -> str:
    """Give words as percent-encoding has them; a hyphen would mark a prefix or suffix."""
    text = " ".join(words)
    if text.isascii():
        return text.translate(_ENCODED)
    return quote(text, safe="").replace("-", "%2D")
