"""Makes an index in the form that Pagefind's script reads (Pagefind 1.5).

The same files come out as of Pagefind's own binary, which costs more: a test
holds one against the other. Of each thing that can be found there is a *fragment* in JSON, with
all that is shown of it; words lead to fragments by their number, and stand in *chunks*, of which
a table tells the first and the last word. Lists are CBOR.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from functools import partial
from itertools import chain, pairwise
from operator import sub
from os.path import commonprefix
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from ontherecord.finding.cbor import LISTS, NUMBERS, head, listed, number, text
from ontherecord.finding.indexed import content_of, meta_of
from ontherecord.finding.lexicon import SEGMENTED
from ontherecord.finding.settled import MAGIC
from ontherecord.finding.taken import TITLE, Known, Taken, Taking

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from ontherecord.finding.indexed import Indexed
    from ontherecord.finding.lexicon import Lexicon

VERSIONS: Final = ("1.5.",)
"""What the versions begin with whose form this is."""
INCLUDED: Final = "_‿⁀⁔︳︴﹍﹎﹏＿"
"""Characters that are no letters and stand in words all the same."""

_TOLD: Final = re.compile("___(?:END_)?PAGEFIND_")
"""What begins a token that tells the binary something, and is no word to it."""
_DROPPED: Final = "\u200b"
"""What the binary drops in texts and not in the fields beside them, of which the title is one."""

_CHUNK: Final = 20_000
"""How many places make a chunk, at which it ends."""
_DIGITS: Final = 7
"""How many digits of a digest stand in a file's name; more, where two would have the same."""


class Fragment(msgspec.Struct):
    """What is shown of one thing that was found."""

    url: str
    content: str
    word_count: int
    filters: dict[str, list[str]]
    meta: dict[str, str]
    anchors: list[str] = []


class File(NamedTuple):
    """A file of the index: its path, a digest of its content, and what makes that."""

    path: str
    digest: bytes
    content: Callable[[], bytes]


def can_be_made(entries: Sequence[Indexed], language: str, version: str) -> bool:
    """Tell whether the index of these entries is known to be that of Pagefind's own binary."""
    if not entries or language in SEGMENTED or not version.partition(" ")[2].startswith(VERSIONS):
        return False
    return not any(
        _DROPPED in entry.title or _TOLD.search(entry.title) or _TOLD.search(entry.words)
        for entry in entries
    )


def _fields(entries: Iterable[Indexed]) -> list[str]:
    """Give the names of what is shown of some entries, in order."""
    return sorted({TITLE, *(name for entry in entries for name, _value in entry.meta)})


def tokens_of(entries: Iterable[Indexed]) -> set[str]:
    """Give all tokens of some entries."""
    found, tokens = list(entries), set[str]()
    for one in chain(map(_tokens, found), _further(found)):
        tokens.update(one)
    return tokens


def _tokens(entry: Indexed) -> list[str]:
    return content_of(entry).replace(_DROPPED, "").split()


def _further(entries: Iterable[Indexed]) -> Iterator[list[str]]:
    """Give the tokens of what else is shown of some entries, of which many say the same."""
    values = {value for entry in entries for _name, value in entry.meta}
    return (value.split() for value in values)


def _numbers(posted: bytes) -> list[int]:
    numbers = array("I")
    numbers.frombytes(posted)
    return numbers.tolist()


class Index:
    """Gathers where words stand, an entry after the other."""

    def __init__(self, lexicon: Lexicon, language: str, version: str, known: Known) -> None:
        """Take what knows by which words tokens are found, and what is known of entries.

        Language and version are named.
        """
        self._lexicon = lexicon
        self._language = language
        self._version = version
        self._words: dict[str, list[int]] = {}
        self._variants: dict[str, dict[str, list[int]]] = {}
        self._posted: defaultdict[int, list[int]] = defaultdict(list)
        self._contents: list[bytes] = []
        self._sizes: list[int] = []
        self.known = known
        self.hash = ""
        self.count = 0

    def files(self, entries: Sequence[Indexed], digests: Sequence[bytes]) -> Iterator[File]:
        """Give the files, each as it is before it is packed; of each entry is given its digest.

        Of entries without a word there are none: nothing leads to them.
        """
        if not self.known.is_of(self._version, self._language):
            self.known = Known(self._version, self._language)
        before = self.known.entries
        new = {one: entry for entry, one in zip(entries, digests, strict=True) if one not in before}
        # Entries are split twice: to hold a text's tokens takes ten times what the text does.
        tokens = tokens_of(new.values())
        self._lexicon.take(tokens)
        words_of = self._lexicon.entries(tokens)
        leads = {one for one, entry in new.items() if any(map(words_of.get, _tokens(entry)))}
        leads |= {digest for digest, taken in before.items() if taken.posted}
        fields = _fields(
            one for one, digest in zip(entries, digests, strict=True) if digest in leads
        )
        if self.known.fields != fields:
            self.known = Known(self._version, self._language, fields)
            if before:  # In which field a word stands is said by the field's number: begin anew.
                yield from self.files(entries, digests)
                return
        self.known = known = msgspec.structs.replace(self.known, entries={})
        taking = Taking(known, words_of)
        self._contents, self._sizes = taking.contents, taking.sizes
        names: set[str] = set()
        found: list[Indexed] = []
        pages = []
        for entry, digest in zip(entries, digests, strict=True):
            taken, content = before.get(digest), b""
            if taken is None:
                words = _tokens(entry)
                posted = taking.posted(words, len(entry.title.split()), entry.meta)
                content = _fragment(entry, words) if posted else b""
                taken = Taken(_sha1(content), len(words), array("I", posted).tobytes())
            else:
                posted = _numbers(taken.posted)
            known.entries[digest] = taken
            if not posted:
                continue
            self._post(len(found), posted)
            found.append(entry)
            name = _name(self._language, taken.fragment, names, 1)
            pages.append(_TWO + text(name) + number(taken.tokens))
            made = partial(_same, content) if content else partial(_fragment_of, entry)
            yield File(f"fragment/{name}.pf_fragment", taken.fragment, made)
        known.begun = known.begun or known.size
        self.count = len(found)
        if not found:
            return
        chunks = yield from self._chunks()
        filters = yield from self._filters(found)
        table = listed(
            (
                text(self._version),
                listed(pages),
                listed(chunks),
                listed(filters),
                listed(_sorts(found)),
                listed(map(text, fields)),
            )
        )
        digest = _settled(table)
        self.hash = f"{self._language}_{digest.hex()[: len(self._language) + 8]}"
        yield File(f"pagefind.{self.hash}.pf_meta", digest, partial(_same, table))

    def _post(self, index: int, posted: list[int]) -> None:
        """Post what was taken of an entry under its words."""
        by_word, numbers = self._posted, iter(posted)
        for word, item in zip(numbers, numbers, strict=True):
            at = by_word[word]
            at += (index, item)

    def _chunks(self) -> Generator[File, None, list[bytes]]:
        """Give the chunks, and return what the table says of each."""
        for which, posted in self._posted.items():
            word, variant = self.known.words[which]
            if variant:  # It stands with the word without accents, even where that never stands.
                self._variants.setdefault(word, {})[variant] = posted
                self._words.setdefault(word, [])
            else:
                self._words[word] = posted
        names: set[str] = set()
        table: list[tuple[str, str, str]] = []
        items: list[bytes] = []
        first: str | None = None
        size = 0
        last = max(self._words, default="")
        for word in sorted(self._words):
            posted = self._words[word]
            first = word if first is None else first  # It may be empty.
            size += sum(map(self._sizes.__getitem__, posted[1::2]))
            items += (_THREE, text(word), self._item(posted), self._item_of_variants(word))
            if size >= _CHUNK or word == last:
                chunk = _ONE + head(4, len(items) // 4) + b"".join(items)
                digest = _sha1(chunk)
                name = _name(self._language, digest, names, 2)
                yield File(f"index/{name}.pf_index", digest, partial(_same, chunk))
                table.append((first, word, name))
                items, first, size = [], None, 0
        return [listed(map(text, one)) for one in _shortened(table)]

    def _item(self, posted: list[int]) -> bytes:
        """Give where a word stands as a list, each entry by its distance from the one before."""
        entries = posted[::2]
        distances = list(map(sub, entries, [0, *entries]))
        begins: Iterable[bytes]
        if max(distances, default=0) < len(_BEFORE):
            begins = map(_BEFORE.__getitem__, distances)
        else:
            begins = (_THREE + number(distance) for distance in distances)
        both = chain.from_iterable(
            zip(begins, map(self._contents.__getitem__, posted[1::2]), strict=True)
        )
        return head(4, len(entries)) + b"".join(both)

    def _item_of_variants(self, word: str) -> bytes:
        variants = self._variants.get(word)
        if variants is None:
            return _NONE
        return listed(_TWO + text(form) + self._item(posted) for form, posted in variants.items())

    def _filters(self, entries: Sequence[Indexed]) -> Generator[File, None, list[bytes]]:
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
            digest = _settled(item)
            hash_ = f"{self._language}_{digest.hex()[:_DIGITS]}"
            yield File(f"filter/{hash_}.pf_filter", digest, partial(_same, item))
            table.append(_TWO + text(name) + text(hash_))
        return table


def entry_file(index: Index, language: str, version: str, *, has_wasm: bool) -> bytes:
    """Give the file that Pagefind's script begins with."""
    of = {"hash": index.hash, "wasm": language if has_wasm else None, "page_count": index.count}
    languages = {language: of} if index.count else {}
    return msgspec.json.encode(
        {"version": version, "languages": languages, "include_characters": list(INCLUDED)}
    )


def _same(content: bytes) -> bytes:
    return content


def _fragment_of(entry: Indexed) -> bytes:
    return _fragment(entry, _tokens(entry))


def _fragment(entry: Indexed, words: list[str]) -> bytes:
    filters: dict[str, list[str]] = {}
    for name, value in sorted(entry.filters, key=lambda one: one[0]):
        filters.setdefault(name, []).append(value)
    meta = dict(sorted(meta_of(entry).items()))
    return msgspec.json.encode(Fragment(entry.url, " ".join(words), len(words), filters, meta))


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


def _name(language: str, digest: bytes, names: set[str], step: int) -> str:
    """Give a name made of a digest, longer by a step where another has it already."""
    digits = "%x" * len(digest) % tuple(digest)
    length = _DIGITS
    while (name := f"{language}_{digits[:length]}") in names and length < len(digits):
        length += step
    names.add(name)
    return name


def _sha1(content: bytes) -> bytes:
    """Give the digest by which files are named whose content is as it came."""
    return hashlib.sha1(content, usedforsecurity=False).digest()


def _settled(content: bytes) -> bytes:
    """Give the digest by which files are named whose content is put in order."""
    return hashlib.sha256(MAGIC + content).digest()


_ONE, _TWO, _THREE = LISTS[1], LISTS[2], LISTS[3]
_NONE: Final = LISTS[0]
_BEFORE: Final = [_THREE + one for one in NUMBERS]
"""What begins what is said of an entry, by its distance from the one before."""
