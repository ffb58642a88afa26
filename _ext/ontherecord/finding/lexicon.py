"""By which words each token of a text is found, as Pagefind's own binary has it.

A token is what stands between white space. Pagefind lowers it, drops what is no letter or
figure, takes off its ending by the language's rules, and takes it apart where it is put
together; and does so with each token for itself (Pagefind 1.5, `get_indexable_words`). So it
is asked once for each token, and what it says is kept. A plain word, with or without a
capital and punctuation around it, is found by the same words as the word alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from ontherecord.finding import cbor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

WHOLE: Final = 24
"""The weight of a word that is found whole; a part of it has a share."""

SEGMENTED: Final = frozenset({"ja", "th", "zh"})
"""Languages in which a token is taken apart by what stands around it."""

_PLAIN: Final = re.compile(r"[!-/:-@\[-^`{-~]*([A-Za-z][a-z]*)[!-/:-@\[-^`{-~]*")


class Found(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word by which a token is found, and its weight.

    ``variant`` is the word with its accents, where it has any; the word itself has none.
    """

    word: str
    weight: int = WHOLE
    variant: str = ""


Entry = str | tuple[Found, ...]
"""A word alone, by which most tokens are found, or all of them; empty where there is none."""


class Lexicon:
    """Knows by which words tokens are found, and asks for those that it does not know."""

    def __init__(
        self, known: Mapping[str, Entry], ask: Callable[[list[str]], Iterable[bytes]]
    ) -> None:
        """Take what is known, and what gives the chunks of the index of a text made of tokens."""
        self.known = dict(known)
        self.has_learned = False
        self._ask = ask
        self._plain: dict[str, str] = {}

    def take(self, tokens: Iterable[str]) -> None:
        """Learn the tokens that are not known yet."""
        keys = {self._key(token) for token in tokens}
        unknown = sorted(keys - self.known.keys())
        if unknown:
            self.has_learned = True
            for key in unknown:
                self.known[key] = ""
            self._learn(unknown, self._ask(unknown))

    def _key(self, token: str) -> str:
        key = self._plain.get(token)
        if key is None:
            plain = _PLAIN.fullmatch(token)
            key = self._plain[token] = plain[1].lower() if plain else token
        return key

    def entries(self, tokens: Iterable[str]) -> dict[str, Entry]:
        """Give by which words tokens are found that were taken."""
        known, plain = self.known, self._plain
        return {token: known[plain[token]] for token in tokens}

    def keep(self, tokens: Iterable[str]) -> dict[str, Entry]:
        """Give what is to be kept: what is known of tokens that are still in use."""
        keys = {self._key(token) for token in tokens}
        return {key: self.known[key] for key in sorted(keys & self.known.keys())}

    def _learn(self, asked: list[str], chunks: Iterable[bytes]) -> None:
        found: list[list[Found]] = [[] for _token in asked]
        for chunk in chunks:
            for word, pages, variants in cbor.read(chunk)[0][0]:
                for form, listed in (("", pages), *variants):
                    for _page, places, _meta in listed:
                        for place, weight in _placed(places):
                            found[place].append(Found(word, weight, form))
        for token, words in zip(asked, found, strict=True):
            is_plain = len(words) == 1 and words[0].weight == WHOLE and not words[0].variant
            self.known[token] = words[0].word if is_plain else tuple(words) or ""


def _placed(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Read the places of a word: a negative number changes the weight of those behind it."""
    weight, place, is_new = 25, 0, False
    for number in places:
        if number < 0:
            weight, is_new = -1 - number, True
            continue
        place = number if is_new else place + number
        is_new = False
        yield place, weight
