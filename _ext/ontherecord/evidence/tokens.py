"""Words as a collation sees them: what is compared, and what stands between."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from ontherecord.typography import DASHES, DOUBLE, SINGLE
from ontherecord.words import editorial

UNSEEN: Final = "unseen"
"""The editor's elision: what stands here in the source was left out by the edition."""
MARKED: Final = "marked"
"""The source's own ellipsis: it says that it leaves something out."""
BREAK: Final = "break"
"""A new pair of quotation marks: the fragments of a quote are parted here."""

_PARTS: Final = (
    r"(?P<ellipsis>…|\.{3,}|(?:\. ){2,}\.)"
    r"|(?P<dash>[—–―]|--+)|(?P<break>\x1e)|(?P<space>\s+)|(?P<rest>[^\s\[\]…—–―\x1e]+?(?=\.{3,}|--|[\s\[\]…—–―\x1e]|$)|.)"
)
_PATTERNS: Final = {
    brackets: re.compile(f"(?P<editorial>{editorial(brackets).pattern})|{_PARTS}", re.DOTALL)
    for brackets in ("edition", "source")
}
_DASHES: Final = re.compile(f"[-{DASHES}]+")
_ENDS: Final = frozenset(".!?。！？؟")
_QUOTES: Final = dict.fromkeys(map(ord, SINGLE), "'") | dict.fromkeys(map(ord, DOUBLE), '"')
_CUT: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


@dataclass(slots=True)
class Token:
    """A word of a witness: as printed, as compared, and what stands before and after it.

    ``gap`` says what parts it from the word before: nothing, or one of
    `UNSEEN`, `MARKED` and `BREAK`. ``between`` is the punctuation up to the
    next word, ``ends`` whether a sentence ends with it.
    """

    text: str
    norm: str
    gap: str = ""
    between: str = ""
    ends: bool = False


@dataclass(slots=True)
class Witness:
    """The words of one witness. ``gap`` is what stands after the last of them."""

    tokens: list[Token]
    gap: str = ""

    def shown(self, indexes: list[int]) -> str:
        """Give some of the words in order, with the punctuation between those that are next."""
        shown = ""
        for position, index in enumerate(indexes):
            token = self.tokens[index]
            followed = position + 1 < len(indexes)
            is_next = followed and indexes[position + 1] == index + 1
            elided = is_next and self.tokens[index + 1].gap == UNSEEN
            between = token.between if is_next else " " if followed else ""
            shown += token.text + (f"{between.rstrip()} […] " if elided else between)
        return shown


def tokenise(fragments: tuple[str, ...], brackets: str = "edition") -> Witness:
    """Give a witness's words in order; fragments are parted by a `BREAK`.

    ``brackets`` says whose the words in square brackets are, as `words.editorial` has it.
    """
    witness = Witness([])
    gap = ""
    for match in _PATTERNS[brackets].finditer("\x1e".join(fragments)):
        kind, text = match.lastgroup or "", match[0]
        if kind == "editorial":
            gap = UNSEEN
        elif kind == "ellipsis":
            gap = gap or MARKED
            _add_between(witness, "…")
        elif kind == "break":
            gap = gap or BREAK
        elif kind == "dash":
            _add_between(witness, text)
        elif kind == "space":
            _add_between(witness, " ")
        elif kind == "rest":
            gap = _add_words(witness, text, gap)
    witness.gap = gap
    return witness


def _add_words(witness: Witness, chunk: str, gap: str) -> str:
    """Add the words of a chunk without spaces, and give the gap that is still open."""
    if chunk.isascii() and chunk.isalnum():  # A word alone, as most are.
        witness.tokens.append(Token(chunk, chunk.lower(), gap))
        return ""
    characters = list(chunk)
    begin, end = 0, len(characters)
    while begin < end and not _is_word(characters[begin]):
        begin += 1
    while end > begin and not _is_word(characters[end - 1]):
        end -= 1
    _add_between(witness, chunk[:begin])
    words = chunk[begin:end]
    for word in _CUT.sub(r" \g<0> ", words).split() if words else ():
        witness.tokens.append(Token(word, normal(word), gap))
        gap = ""
    _add_between(witness, chunk[end:])
    return gap


def _add_between(witness: Witness, text: str) -> None:
    if witness.tokens and text:
        token = witness.tokens[-1]
        token.between += text
        token.ends = token.ends or not _ENDS.isdisjoint(text)


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNMS" or character == "%"


def normal(word: str) -> str:
    """Give a word as it is compared: case, form of letters and apostrophes folded."""
    if word.isascii():
        return word.lower().replace("`", "'")
    return unicodedata.normalize("NFKC", word.translate(_QUOTES)).casefold()


def normal_between(text: str) -> str:
    """Give punctuation as it is compared: dashes and quotation marks folded, no space."""
    if text == " ":  # As between most words.
        return ""
    folded = _DASHES.sub("-", text.translate(_QUOTES))
    return folded.replace('"', "").replace("…", "").replace(" ", "")
