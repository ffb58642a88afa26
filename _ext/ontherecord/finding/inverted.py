"""Makes an index in the form that Pagefind's script reads (Pagefind 1.5).

The same files come out as of Pagefind's own binary, which costs more: a test
holds one against the other. Of each thing that can be found there is a *fragment* in JSON, with
all that is shown of it; words lead to fragments by their number, and stand in *chunks*, of which
a table tells the first and the last word. Lists are CBOR.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import compress, pairwise
from operator import sub
from os.path import commonprefix
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.finding.cbor import LISTS, NUMBERS, head, listed, number, text
from ontherecord.finding.indexed import content_of, meta_of
from ontherecord.finding.lexicon import SEGMENTED, WHOLE
from ontherecord.finding.settled import MAGIC

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from ontherecord.finding.indexed import Indexed
from ontherecord.finding.lexicon import Entry, Lexicon

VERSIONS: Final = ("1.5.",)
"""What the versions begin with whose form this is."""
INCLUDED: Final = "_‿⁀⁔︳︴﹍﹎﹏＿"
"""Characters that are no letters and stand in words all the same."""

_CHUNK: Final = 20_000
"""How many places make a chunk, at which it ends."""
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


class Posted:
    """Where a word stands: the number of each entry, and behind it the places there in CBOR.

    ``size`` counts the numbers in it.
    """

    __slots__ = ("places", "size")

    def __init__(self) -> None:
        """Begin with nowhere."""
        self.places: list[Any] = []
        self.size = 0

    def take(self, entry: int, places: bytes, size: int) -> None:
        """Take the places in an entry, which comes after those that were taken before."""
        self.places += (entry, places)
        self.size += size

    def item(self) -> bytes:
        """Give them as a list, each entry by its distance from the one before."""
        entries = self.places[::2]
        distances = map(sub, entries, [0, *entries])
        begins: Iterable[bytes] = map(_BEFORE.__getitem__, distances)
        if entries and entries[-1] >= _KNOWN:
            begins = (_THREE + number(distance) for distance in distances)
        self.places[::2] = begins
        return head(4, len(entries)) + b"".join(self.places)


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
        self._words: defaultdict[str, Posted] = defaultdict(Posted)
        self._variants: dict[str, dict[str, Posted]] = {}
        self.tokens: set[str] = set()
        self.hash = ""
        self.count = 0

    def files(self, entries: Sequence[Indexed]) -> Iterator[tuple[str, bytes]]:
        """Give the files by path, each as it is before it is packed.

        Of entries without a word there are none: nothing leads to them.
        """
        split = [content_of(entry).split() for entry in entries]
        metas = [sorted(meta_of(entry).items()) for entry in entries]
        self.tokens.update(*split, *(value.split() for meta in metas for _name, value in meta))
        self._lexicon.take(self.tokens)
        found = self._lexicon.entries(self.tokens)
        taken = [any(map(found.__getitem__, words)) for words in split]
        if not all(taken):
            entries = list(compress(entries, taken))
            split, metas = list(compress(split, taken)), list(compress(metas, taken))
        self.count = len(entries)
        if not entries:
            return
        fields = sorted({name for meta in metas for name, _value in meta})
        numbers = {name: -1 - index for index, name in enumerate(fields)}
        names: set[str] = set()
        pages = []
        for index, (entry, words, meta) in enumerate(zip(entries, split, metas, strict=True)):
            self._take(index, words, [(numbers[name], value) for name, value in meta], found)
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

    def _take(
        self,
        index: int,
        words: list[str],
        meta: list[tuple[int, str]],
        found: Mapping[str, Any],
    ) -> None:
        """Take the words of an entry, and those of what else is kept of it."""
        places: dict[str, list[int]] = {}
        forms: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for place, entry in enumerate(map(found.__getitem__, words)):
            if entry.__class__ is tuple:
                for one in entry:
                    of = forms.setdefault(one.variant, {})
                    of.setdefault(one.word, []).append((one.weight, place))
            elif entry in places:
                places[entry].append(place)
            else:
                places[entry] = [place]
        places.pop("", None)
        in_meta, other_meta = _meta(meta, found)
        for word, weighted in forms.pop("", {}).items():
            at = [*weighted, *((WHOLE, place) for place in places.pop(word, ()))]
            item, size = _weighted(at)
            more, count = _named(in_meta.pop(word)) if word in in_meta else (_NONE, 0)
            self._words[word].take(index, item + more, size + count + 1)
        for word, whole in places.items():
            if len(whole) == 1 and whole[0] < _KNOWN:
                item = _SINGLE[whole[0]]
            elif len(whole) == 2 and whole[1] < _KNOWN:
                item = _DOUBLE + NUMBERS[whole[0]] + NUMBERS[whole[1] - whole[0]]
            else:
                item = _whole(whole)
            size = len(whole) + 2
            if word in in_meta:
                more, count = _named(in_meta.pop(word))
                item += more
                size += count
            else:
                item += _NONE
            posted = self._words[word]
            posted.places += (index, item)
            posted.size += size
        for word, named in in_meta.items():  # Words that stand in the fields alone.
            more, count = _named(named)
            self._words[word].take(index, _NONE + more, count + 1)
        for variant in (*sorted(forms), *sorted(other_meta.keys() - forms.keys())):
            self._take_variant(index, variant, forms.get(variant, {}), other_meta.get(variant, {}))

    def _take_variant(
        self,
        index: int,
        variant: str,
        places: Mapping[str, list[tuple[int, int]]],
        in_meta: Mapping[str, list[tuple[int, int]]],
    ) -> None:
        """Take words that have accents here: they stand with the word without."""
        for word in {**places, **in_meta}:
            item, size = _weighted(places[word]) if word in places else (_NONE, 0)
            more, count = _named(in_meta[word]) if word in in_meta else (_NONE, 0)
            self._words[word]  # It is there, even where it never stands without.
            posted = self._variants.setdefault(word, {}).setdefault(variant, Posted())
            posted.take(index, item + more, size + count + 1)

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
            items += (_THREE, text(word), posted.item(), self._item_of_variants(word))
            size += posted.size
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
        return listed(_TWO + text(form) + posted.item() for form, posted in variants.items())

    def _filters(
        self, entries: Sequence[Indexed]
    ) -> Generator[tuple[str, bytes], None, list[bytes]]:
        """Give the filters, and return what the table says of each."""
        values: dict[str, dict[str, list[int]]] = {}
        for index, entry in enumerate(entries):
            for name, value in entry.filters:
                values.setdefault(name, {}).setdefault(value, []).append(index)
        table = []
        for name in sorted(values):
            item = (
                _TWO
                + text(name)
                + listed(
                    _TWO + text(value) + listed(map(number, values[name][value]))
                    for value in sorted(values[name])
                )
            )
            hash_ = f"{self._language}_{_settled(item)[:_DIGITS]}"
            yield f"filter/{hash_}.pf_filter", item
            table.append(_TWO + text(name) + text(hash_))
        return table


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


def _weighted(places: list[tuple[int, int]]) -> tuple[bytes, int]:
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


def _meta(
    meta: list[tuple[int, str]], found: Mapping[str, Entry]
) -> tuple[dict[str, list[tuple[int, int]]], dict[str, dict[str, list[tuple[int, int]]]]]:
    """Give where words stand in the fields, and by their variants where those with accents do."""
    plain: dict[str, list[tuple[int, int]]] = {}
    variants: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for field, value in meta:
        for place, token in enumerate(value.split()):
            entry = found[token]
            if isinstance(entry, str):
                if entry in plain:
                    plain[entry].append((field, place))
                elif entry:
                    plain[entry] = [(field, place)]
                continue
            for one in entry:
                words = variants.setdefault(one.variant, {}) if one.variant else plain
                words.setdefault(one.word, []).append((field, place))
    return plain, variants


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
