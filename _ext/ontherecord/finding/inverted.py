"""Makes an index in the form that Pagefind's script reads (Pagefind 1.5).

The same files come out as of Pagefind's own binary, which costs more: a test
holds one against the other. Of each thing that can be found there is a *fragment* in JSON, with
all that is shown of it; words lead to fragments by their number, and stand in *chunks*, of which
a table tells the first and the last word. Lists are CBOR.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from itertools import compress, pairwise
from operator import add, sub
from os.path import commonprefix
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.finding.cbor import LISTS, NUMBERS, head, listed, number, text
from ontherecord.finding.indexed import content_of, meta_of
from ontherecord.finding.lexicon import SEGMENTED, WHOLE
from ontherecord.finding.settled import MAGIC

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from ontherecord.finding.indexed import Indexed, Pairs
    from ontherecord.finding.lexicon import Entry, Lexicon

VERSIONS: Final = ("1.5.",)
"""What the versions begin with whose form this is."""
INCLUDED: Final = "_‿⁀⁔︳︴﹍﹎﹏＿"
"""Characters that are no letters and stand in words all the same."""

_CHUNK: Final = 20_000
"""How many places make a chunk, at which it ends."""
_TITLE: Final = "title"
"""The field of an entry's title, with which its text begins."""
_DIGITS: Final = 7
"""How many digits of a digest stand in a file's name; more, where two would have the same."""
_USUAL: Final = 25
"""The weight that places have until another is named."""
_KNOWN: Final = len(NUMBERS)


class Fragment(msgspec.Struct):
    """What is shown of one thing that was found."""

    url: str
    content: str
    word_count: int
    filters: dict[str, list[str]]
    meta: dict[str, str]
    anchors: list[str] = []


Posted = list[Any]
"""Where a word stands, in threes: the number of an entry, the places there in CBOR, how many
numbers that are."""


def _posted(posted: Posted) -> bytes:
    """Give where a word stands as a list, each entry by its distance from the one before."""
    entries = posted[::3]
    distances = list(map(sub, entries, [0, *entries]))
    begins: Iterable[bytes]
    if max(distances, default=0) < _KNOWN:
        begins = map(_BEFORE.__getitem__, distances)
    else:
        begins = (_THREE + number(distance) for distance in distances)
    posted[::3] = begins
    del posted[2::3]
    return head(4, len(entries)) + b"".join(posted)


def can_be_made(entries: Sequence[Indexed], language: str, version: str) -> bool:
    """Tell whether the index of these entries is known to be that of Pagefind's own binary."""
    if not entries or language in SEGMENTED or not version.partition(" ")[2].startswith(VERSIONS):
        return False
    # These stand for something else in what the binary is told.
    return not any(
        "\u200b" in one or "___" in one for entry in entries for one in (entry.title, entry.words)
    )


class Index:
    """Gathers where words stand, an entry after the other."""

    def __init__(self, lexicon: Lexicon, language: str, version: str) -> None:
        """Take what knows by which words tokens are found; language and version are named."""
        self._lexicon = lexicon
        self._language = language
        self._version = version
        self._words: defaultdict[str, Posted] = defaultdict(list)
        self._variants: dict[str, dict[str, Posted]] = {}
        self.tokens: set[str] = set()
        self.hash = ""
        self.count = 0

    def files(self, entries: Sequence[Indexed]) -> Iterator[tuple[str, bytes]]:
        """Give the files by path, each as it is before it is packed.

        Of entries without a word there are none: nothing leads to them.
        """
        split = [content_of(entry).split() for entry in entries]
        others = {value for entry in entries for _name, value in entry.meta}
        self.tokens.update(*split, *map(str.split, others))
        self._lexicon.take(self.tokens)
        found = self._lexicon.entries(self.tokens)
        taken = [any(map(found.__getitem__, words)) for words in split]
        if not all(taken):
            entries, split = list(compress(entries, taken)), list(compress(split, taken))
        self.count = len(entries)
        if not entries:
            return
        fields = sorted({_TITLE, *(name for entry in entries for name, _value in entry.meta)})
        take = _Taking(self._words, self._variants, found, fields).take
        names: set[str] = set()
        pages = []
        for index, (entry, words) in enumerate(zip(entries, split, strict=True)):
            take(index, words, len(entry.title.split()), entry.meta)
            fragment = _fragment(entry, words)
            name = _name(self._language, fragment, names, 1)
            pages.append(_TWO + text(name) + number(len(words) or 1))
            yield f"fragment/{name}.pf_fragment", fragment
        chunks = yield from self._chunks()
        filters = yield from self._filters(entries)
        table = listed(
            (
                text(self._version),
                listed(pages),
                listed(chunks),
                listed(filters),
                listed(_sorts(entries)),
                listed(map(text, fields)),
            )
        )
        self.hash = f"{self._language}_{_settled(table)[: len(self._language) + 8]}"
        yield f"pagefind.{self.hash}.pf_meta", table

    def _chunks(self) -> Generator[tuple[str, bytes], None, list[bytes]]:
        """Give the chunks, and return what the table says of each."""
        names: set[str] = set()
        table: list[tuple[str, str, str]] = []
        items: list[bytes] = []
        first: str | None = None
        size = 0
        last = max(self._words, default="")
        for word in sorted(self._words):
            posted = self._words[word]
            first = word if first is None else first  # It may be empty.
            size += sum(posted[2::3])
            items += (_THREE, text(word), _posted(posted), self._item_of_variants(word))
            if size >= _CHUNK or word == last:
                chunk = _ONE + head(4, len(items) // 4) + b"".join(items)
                name = _name(self._language, chunk, names, 2)
                yield f"index/{name}.pf_index", chunk
                table.append((first, word, name))
                items, first, size = [], None, 0
        return [listed(map(text, one)) for one in _shortened(table)]

    def _item_of_variants(self, word: str) -> bytes:
        variants = self._variants.get(word)
        if variants is None:
            return _NONE
        return listed(_TWO + text(form) + _posted(posted) for form, posted in variants.items())

    def _filters(
        self, entries: Sequence[Indexed]
    ) -> Generator[tuple[str, bytes], None, list[bytes]]:
        """Give the filters, and return what the table says of each."""
        values: dict[str, dict[str, list[bytes]]] = {}
        for index, entry in enumerate(entries):
            encoded = number(index)
            for name, value in entry.filters:
                values.setdefault(name, {}).setdefault(value, []).append(encoded)
        table = []
        for name in sorted(values):
            item = (
                _TWO
                + text(name)
                + listed(
                    _TWO + text(value) + listed(values[name][value])
                    for value in sorted(values[name])
                )
            )
            hash_ = f"{self._language}_{_settled(item)[:_DIGITS]}"
            yield f"filter/{hash_}.pf_filter", item
            table.append(_TWO + text(name) + text(hash_))
        return table


@dataclass(frozen=True, slots=True)
class _InFields:
    """Where words stand in some fields: by word, as field and place.

    ``variants`` has those with accents, by their variant; ``alone`` the items of the others, and
    how many numbers they are, for a text in which the word does not stand.
    """

    plain: dict[str, list[tuple[int, int]]]
    variants: dict[str, dict[str, list[tuple[int, int]]]]
    alone: list[tuple[str, bytes, int]]


class _Taking:
    """Takes the words of entries: those of their text, and those of what else is kept of them.

    The text begins with the title, so that whatever stands there stands in that field too.
    """

    def __init__(
        self,
        words: defaultdict[str, Posted],
        variants: dict[str, dict[str, Posted]],
        found: Mapping[str, Entry],
        fields: Sequence[str],
    ) -> None:
        """Take what to fill, by which words tokens are found, and the fields in their order."""
        self._words = words
        self._variants = variants
        self._found = found
        self._numbers = {name: -1 - index for index, name in enumerate(fields)}
        self._title = self._numbers[_TITLE]
        in_title = [_named([(self._title, place)])[0] for place in range(_SHORT)]
        self._in_title = [(_DOUBLE + NUMBERS[place], one) for place, one in enumerate(in_title)]
        self._once_in_title = list(map(add, _SINGLE, in_title))
        self._once = [one + _NONE for one in _SINGLE]
        self._of_fields: dict[Pairs, _InFields] = {}

    def take(self, index: int, tokens: list[str], titled: int, meta: Pairs) -> None:
        """Take an entry: its number, its tokens, how many of them are its title, what else it has.

        It comes after those that were taken before.
        """
        words, short = self._words, min(titled, _SHORT)
        places: dict[Any, Any] = {}  # By word; a number, or a list of several.
        forms: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for place, entry in enumerate(map(self._found.__getitem__, tokens)):
            if entry.__class__ is tuple:
                for one in entry:
                    of = forms.setdefault(one.variant, {})
                    of.setdefault(one.word, []).append((one.weight, place))
            elif entry in places:
                at = places[entry]
                if at.__class__ is int:
                    places[entry] = [at, place]
                else:
                    at.append(place)
            else:
                places[entry] = place
        places.pop("", None)
        in_fields = self._of_fields.get(meta)
        if in_fields is None:
            in_fields = self._of_fields[meta] = self._in_fields(meta)
        if forms or in_fields.variants or not places.keys().isdisjoint(in_fields.plain):
            self._take_rare(index, places, forms, titled, in_fields)
        else:
            for word, item, size in in_fields.alone:
                words[word] += (index, item, size)
        for word, at in places.items():
            posted = words[word]
            if at.__class__ is int:
                if at < short:
                    posted += (index, self._once_in_title[at], 5)
                elif titled <= at < _KNOWN:
                    posted += (index, self._once[at], 3)
                else:
                    posted += (index, *self._several([at], titled))
            elif len(at) == 2 and at[0] < short and titled <= at[1] < _KNOWN:
                # As nearly all words of a statement's title, with which its text begins.
                first, in_title = self._in_title[at[0]]
                posted += (index, first + NUMBERS[at[1] - at[0]] + in_title, 6)
            else:
                posted += (index, *self._several(at, titled))

    def _several(self, places: list[int], titled: int) -> tuple[bytes, int]:
        """Give the places of a word that is found whole, and how many numbers they are."""
        if len(places) == 2 and places[1] < _KNOWN:
            item = _DOUBLE + NUMBERS[places[0]] + NUMBERS[places[1] - places[0]]
        else:
            item = _whole(places)
        size = len(places) + 2
        if places[0] >= titled:
            return item + _NONE, size
        more, count = _named([(self._title, place) for place in places if place < titled])
        return item + more, size + count

    def _take_rare(
        self,
        index: int,
        places: dict[str, Any],
        forms: dict[str, dict[str, list[tuple[int, int]]]],
        titled: int,
        in_fields: _InFields,
    ) -> None:
        """Take the words that are parts of tokens, have accents, or stand in further fields.

        Those of them that are found whole as well are taken out of ``places``.
        """
        plain, variants = in_fields.plain, in_fields.variants
        parts = forms.pop("", {})
        for word in {**parts, **plain}:
            whole = places.pop(word, [])
            whole = [whole] if whole.__class__ is int else whole
            weighted = [*parts.get(word, ()), *((WHOLE, place) for place in whole)]
            self._words[word] += (index, *self._anywhere(weighted, titled, plain.get(word, ())))
        for variant in (*sorted(forms), *sorted(variants.keys() - forms.keys())):
            in_text, in_further = forms.get(variant, {}), variants.get(variant, {})
            # They stand with the word without accents.
            for word in {**in_text, **in_further}:
                self._words[word]  # It is there, even where it never stands without.
                posted = self._variants.setdefault(word, {}).setdefault(variant, [])
                further = in_further.get(word, ())
                posted += (index, *self._anywhere(in_text.get(word, ()), titled, further))

    def _anywhere(
        self,
        weighted: Sequence[tuple[int, int]],
        titled: int,
        further: Sequence[tuple[int, int]],
    ) -> tuple[bytes, int]:
        """Give the places of a word in the text and the fields, and how many numbers they are."""
        item, size = _weighted(weighted) if weighted else (_NONE, 0)
        in_title = sorted(place for _weight, place in weighted if place < titled)
        named = [*((self._title, place) for place in in_title), *further]
        if not named:
            return item + _NONE, size + 1
        more, count = _named(sorted(named, key=lambda one: -one[0]))
        return item + more, size + count + 1

    def _in_fields(self, meta: Pairs) -> _InFields:
        """Give where words stand in the fields that an entry has beside its title."""
        plain: dict[str, list[tuple[int, int]]] = {}
        variants: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for name, value in sorted(meta):
            for place, token in enumerate(value.split()):
                entry = self._found[token]
                at = (self._numbers[name], place)
                if isinstance(entry, str):
                    if entry:
                        plain.setdefault(entry, []).append(at)
                    continue
                for one in entry:
                    words = variants.setdefault(one.variant, {}) if one.variant else plain
                    words.setdefault(one.word, []).append(at)
        named = ((word, *_named(places)) for word, places in plain.items())
        alone = [(word, _NONE + item, size + 1) for word, item, size in named]
        return _InFields(plain, variants, alone)


def entry_file(index: Index, language: str, version: str, *, has_wasm: bool) -> bytes:
    """Give the file that Pagefind's script begins with."""
    of = {"hash": index.hash, "wasm": language if has_wasm else None, "page_count": index.count}
    languages = {language: of} if index.count else {}
    return msgspec.json.encode(
        {"version": version, "languages": languages, "include_characters": list(INCLUDED)}
    )


def _fragment(entry: Indexed, words: list[str]) -> bytes:
    filters: dict[str, list[str]] = {}
    for name, value in sorted(entry.filters, key=lambda one: one[0]):
        filters.setdefault(name, []).append(value)
    meta = dict(sorted(meta_of(entry).items()))
    return msgspec.json.encode(Fragment(entry.url, " ".join(words), len(words) or 1, filters, meta))


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
    if len(places) == 1:
        field, place = places[0]
        if place < _SHORT and field >= -8:
            return _META[1 + (-1 - field) * _SHORT + place], 2
    numbers: list[int] = []
    current, last = 0, 0
    for field, place in places:
        if field != current:
            numbers.append(field)
            current, last = field, 0
        numbers.append(place - last)
        last = place
    return head(4, len(numbers)) + b"".join(map(number, numbers)), len(numbers)


def _sorts(entries: Sequence[Indexed]) -> list[bytes]:
    values: dict[str, list[tuple[str, int]]] = {}
    for index, entry in enumerate(entries):
        for name, value in entry.sort:
            values.setdefault(name, []).append((value, index))
    return [
        _TWO + text(name) + listed(number(index) for _value, index in sorted(values[name]))
        for name in sorted(values)
    ]


def _shortened(table: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Cut what tells a chunk's first and last word to what tells it from its neighbours."""
    cut = [list(one) for one in table]
    for before, after in pairwise(cut):
        # Letters, not folders: it is the one function that compares texts.
        common = len(commonprefix((before[1], after[0]))) + 1  # noqa: RUF071
        if before[1][:common] >= before[0]:
            before[1] = before[1][:common]
        after[0] = after[0][:common]
    return [(first, last, name) for first, last, name in cut]


def _name(language: str, content: bytes, names: set[str], step: int) -> str:
    """Give a name made of the content, longer by a step where another has it already."""
    digits = "%x" * 20 % tuple(hashlib.sha1(content, usedforsecurity=False).digest())
    length = _DIGITS
    while (name := f"{language}_{digits[:length]}") in names and length < len(digits):
        length += step
    names.add(name)
    return name


def _settled(content: bytes) -> str:
    """Give the digest by which files are named whose content is put in order."""
    return hashlib.sha256(MAGIC + content).hexdigest()


_ONE, _TWO, _THREE = LISTS[1], LISTS[2], LISTS[3]
_NONE: Final = LISTS[0]
_WEIGHT: Final = number(-1 - WHOLE)
_DOUBLE: Final = _THREE + _WEIGHT
_SINGLE: Final = [_TWO + _WEIGHT + one for one in NUMBERS]
"""The item of a word that stands in one place, by the place."""
_BEFORE: Final = [_THREE + one for one in NUMBERS]
"""What begins the item of an entry, by its distance from the one before."""
_SHORT: Final = 64
_META: Final = [
    LISTS[0],
    *(_TWO + number(-1 - field) + NUMBERS[place] for field in range(8) for place in range(_SHORT)),
]
"""The item of no place in any field, and of one place in one of the first fields."""
