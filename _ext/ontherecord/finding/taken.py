"""Takes entries of the index, each by itself: which words it has, and in which places each stands.

That depends on nothing but the entry and on by which words its tokens are found. So it is kept
from build to build, and an entry that is the same as in the last build is not looked at again.

Where a word stands in an entry is an *item* in CBOR. Words and items are kept as numbers: nearly
all are those of many entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from operator import sub
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.finding.cbor import LISTS, NUMBERS, head, number
from ontherecord.finding.lexicon import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ontherecord.finding.indexed import Pairs
    from ontherecord.finding.lexicon import Entry

TITLE: Final = "title"
"""The field of an entry's title, with which its text begins."""

_NOTHING: Final = -1
"""The number of no word, for tokens that are found by none."""
_USUAL: Final = 25
"""The weight that places have until another is named."""
_KNOWN: Final = len(NUMBERS)
_SHORT: Final = 64
"""From which place on of a title, or of another field, nothing is known beforehand."""


class Taken(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was taken of an entry: its fragment's SHA-1, its number of tokens, and its words.

    ``posted`` are numbers of words and of items in turns (`array.array`, ``I``); there are none
    in an entry to which no word leads.
    """

    fragment: bytes
    tokens: int
    posted: bytes


class Known(msgspec.Struct, array_like=True):
    """What is known of the entries of an index, and of which version, language and fields.

    ``words`` are those that have numbers, each with its variant, and ``items`` the places, each
    with how many numbers it has; ``begun`` says how many of both there were when all entries were
    taken, and ``entries`` are by their digests.
    """

    version: str = ""
    language: str = ""
    fields: list[str] = []
    words: list[tuple[str, str]] = []
    items: list[tuple[bytes, int]] = []
    begun: int = 0
    entries: dict[bytes, Taken] = {}

    def is_of(self, version: str, language: str) -> bool:
        """Tell whether it can be used for an index, and has not become twice as much as needed."""
        is_same = (self.version, self.language) == (version, language)
        return is_same and self.size <= 2 * self.begun

    @property
    def size(self) -> int:
        """How many words and items there are."""
        return len(self.words) + len(self.items)


@dataclass(frozen=True, slots=True)
class _InFields:
    """Where words stand in some fields: by number, as field and place.

    ``variants`` has those with accents, by their variant and the word; ``alone`` is what is posted
    of the others where they do not stand in the text, and ``items`` has the items of that by word.
    """

    plain: dict[int, list[tuple[int, int]]]
    variants: dict[str, dict[str, list[tuple[int, int]]]]
    items: dict[int, int]
    alone: list[int]


class Taking:
    """Takes entries, and gives numbers to words and items."""

    def __init__(self, known: Known, found: Mapping[str, Entry]) -> None:
        """Take what is known, which grows, and by which words tokens are found."""
        self._words = known.words
        self._items = known.items
        self._word_numbers = {word: index for index, word in enumerate(known.words)}
        self._fields = {name: -1 - index for index, name in enumerate(known.fields)}
        self._title = self._fields[TITLE]
        in_title = [_named([(self._title, place)]) for place in range(_SHORT)]
        self._in_title = [
            (_DOUBLE + NUMBERS[place], more, 4 + count)
            for place, (more, count) in enumerate(in_title)
        ]
        first = [(one + _NONE, 3) for one in _SINGLE]
        first += [
            (_SINGLE[place] + more, 3 + count) for place, (more, count) in enumerate(in_title)
        ]
        self.contents = [item for item, _size in (*first, *known.items)]
        self.sizes = [size for _item, size in (*first, *known.items)]
        self._item_numbers = {
            item: index for index, item in enumerate(self.contents) if index >= _FIRST
        }
        self._twice: dict[int, int] = {}
        self._of_fields: dict[Pairs, _InFields] = {}
        self._found = self._numbered(found)

    def _numbered(self, found: Mapping[str, Entry]) -> dict[str, Any]:
        """Give by which words tokens are found, with the number of a word that is alone."""
        numbers = {"": _NOTHING}
        for entry in found.values():
            if isinstance(entry, str) and entry not in numbers:
                numbers[entry] = self._word(entry)
        return {
            token: entry if entry.__class__ is tuple else numbers[entry]  # type: ignore[index]
            for token, entry in found.items()
        }

    def _word(self, word: str, variant: str = "") -> int:
        """Give the number of a word, or of a variant of it."""
        known = self._word_numbers.get((word, variant))
        if known is None:
            known = self._word_numbers[word, variant] = len(self._words)
            self._words.append((word, variant))
        return known

    def _item(self, item: bytes, size: int) -> int:
        """Give the number of an item, which has so many numbers in it."""
        known = self._item_numbers.get(item)
        if known is None:
            known = self._item_numbers[item] = len(self.contents)
            self.contents.append(item)
            self.sizes.append(size)
            self._items.append((item, size))
        return known

    def posted(self, tokens: list[str], titled: int, meta: Pairs) -> list[int]:
        """Give what is posted of an entry; see `Taken`.

        The first tokens, ``titled`` of them, are its title's as well; ``meta`` is what else is
        shown of it.
        """
        places: dict[int, Any] = {}  # A place, or a list of several.
        forms: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for place, found in enumerate(map(self._found.__getitem__, tokens)):
            if found.__class__ is tuple:
                for one in found:
                    of = forms.setdefault(one.variant, {})
                    of.setdefault(one.word, []).append((one.weight, place))
            elif found in places:
                at = places[found]
                if at.__class__ is int:
                    places[found] = [at, place]
                else:
                    at.append(place)
            else:
                places[found] = place
        places.pop(_NOTHING, None)
        if not places and not forms:
            return []
        in_fields = self._of_fields.get(meta)
        if in_fields is None:
            in_fields = self._of_fields[meta] = self._in_fields(meta)
        if forms or in_fields.variants or not places.keys().isdisjoint(in_fields.plain):
            posted = list(self._rare(places, forms, titled, in_fields))
        else:
            posted = in_fields.alone.copy()
        short, twice = min(titled, _SHORT), self._twice
        for word, at in places.items():
            if at.__class__ is int:
                if at < short:
                    posted += (word, _KNOWN + at)
                elif titled <= at < _KNOWN:
                    posted += (word, at)
                else:
                    posted += (word, self._several([at], titled))
            elif len(at) == 2 and at[0] < short and titled <= at[1] < _KNOWN:
                # As nearly all words of a statement's title, with which its text begins.
                key = at[0] * _KNOWN + at[1]
                item = twice.get(key)
                if item is None:
                    begin, end, size = self._in_title[at[0]]
                    item = twice[key] = self._item(begin + NUMBERS[at[1] - at[0]] + end, size)
                posted += (word, item)
            else:
                posted += (word, self._several(at, titled))
        return posted

    def _several(self, places: list[int], titled: int) -> int:
        """Give the item of a word that is found whole in these places."""
        named = [(self._title, place) for place in places if place < titled]
        more, count = _named(named) if named else (_NONE, 0)
        return self._item(_whole(places) + more, len(places) + 2 + count)

    def _rare(
        self,
        places: dict[int, Any],
        forms: dict[str, dict[str, list[tuple[int, int]]]],
        titled: int,
        in_fields: _InFields,
    ) -> Iterator[int]:
        """Give what is posted of words that are parts of tokens, have accents, or are in fields.

        Those of them that are found whole as well are taken out of ``places``.
        """
        plain, variants = in_fields.plain, in_fields.variants
        parts = {self._word(word): at for word, at in forms.pop("", {}).items()}
        for word in {**parts, **plain}:
            yield word
            if word not in parts and word not in places:
                yield in_fields.items[word]
                continue
            whole = places.pop(word, [])
            whole = [whole] if whole.__class__ is int else whole
            weighted = [*parts.get(word, ()), *((WHOLE, place) for place in whole)]
            yield self._anywhere(weighted, titled, plain.get(word, ()))
        for variant in (*sorted(forms), *sorted(variants.keys() - forms.keys())):
            in_text, in_further = forms.get(variant, {}), variants.get(variant, {})
            for one in {**in_text, **in_further}:
                yield self._word(one, variant)
                yield self._anywhere(in_text.get(one, ()), titled, in_further.get(one, ()))

    def _anywhere(
        self,
        weighted: Sequence[tuple[int, int]],
        titled: int,
        further: Sequence[tuple[int, int]],
    ) -> int:
        """Give the item of a word in the text, with weights, and in further fields."""
        item, size = _weighted(weighted) if weighted else (_NONE, 0)
        in_title = sorted(place for _weight, place in weighted if place < titled)
        named = [*((self._title, place) for place in in_title), *further]
        if not named:
            return self._item(item + _NONE, size + 1)
        more, count = _named(sorted(named, key=lambda one: -one[0]))
        return self._item(item + more, size + count + 1)

    def _in_fields(self, meta: Pairs) -> _InFields:
        """Give where words stand in the fields that an entry has beside its title."""
        plain: dict[int, list[tuple[int, int]]] = {}
        variants: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for name, value in sorted(meta):
            for place, token in enumerate(value.split()):
                found = self._found[token]
                at = (self._fields[name], place)
                if found.__class__ is not tuple:
                    if found != _NOTHING:
                        plain.setdefault(found, []).append(at)
                    continue
                for one in found:
                    if one.variant:
                        of = variants.setdefault(one.variant, {})
                        of.setdefault(one.word, []).append(at)
                    else:
                        plain.setdefault(self._word(one.word), []).append(at)
        named = ((word, *_named(at)) for word, at in plain.items())
        items = {word: self._item(_NONE + more, count + 1) for word, more, count in named}
        return _InFields(plain, variants, items, [*chain.from_iterable(items.items())])


def _whole(places: list[int]) -> bytes:
    """Give the places of a word that is found whole."""
    distances = map(sub, places, [0, *places])
    if places[-1] < _KNOWN:
        return head(4, len(places) + 1) + _WEIGHT + b"".join(map(NUMBERS.__getitem__, distances))
    return head(4, len(places) + 1) + _WEIGHT + b"".join(map(number, distances))


def _weighted(places: Sequence[tuple[int, int]]) -> tuple[bytes, int]:
    """Give places by weight: the weight, less than nothing, before the first that has it."""
    numbers: list[int] = []
    current, last = _USUAL, 0
    for weight, place in sorted(places, key=lambda one: (one[0] != _USUAL and one[0], one[1])):
        if weight != current:
            numbers += (-1 - weight, place)
            current = weight
        else:
            numbers.append(place - last)
        last = place
    return head(4, len(numbers)) + b"".join(map(number, numbers)), len(numbers)


def _named(places: list[tuple[int, int]]) -> tuple[bytes, int]:
    """Give places by field: its number, less than nothing, before the first that is in it."""
    numbers: list[int] = []
    current, last = 0, 0
    for field, place in places:
        if field != current:
            numbers.append(field)
            current, last = field, 0
        numbers.append(place - last)
        last = place
    return head(4, len(numbers)) + b"".join(map(number, numbers)), len(numbers)


_NONE: Final = LISTS[0]
_WEIGHT: Final = number(-1 - WHOLE)
_DOUBLE: Final = LISTS[3] + _WEIGHT
_SINGLE: Final = [LISTS[2] + _WEIGHT + one for one in NUMBERS]
"""The places of a word that stands in one place, by the place."""
_FIRST: Final = _KNOWN + _SHORT
"""The number of the first item that is not known beforehand: those of one place have the place
as their number, and those of one place in the title the place after them."""
