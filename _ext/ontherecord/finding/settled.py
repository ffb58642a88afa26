"""Puts a Pagefind index into the form that the same records always have.

Pagefind (1.5.2) writes the same bytes for the same records in the same order,
with no time in its gzip headers, but for one thing: the values of a filter, and
the filters in the table of contents, stand in the order of a hash table, which
differs from one process to the next, and with them the names of these files
and the entry file. So they are put in order here and the files named anew.

What is read is CBOR (RFC 8949): of a filter, ``[name, [[value, [page, …]], …]]``,
of the table ``[version, pages, words, [[filter, file], …], [[key, [page, …]], …], …]``,
after twelve bytes of Pagefind's own and under gzip. Nothing is decoded but the
lengths, so that what Pagefind may add to an item is kept.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = "pagefind"
"""The index's folder in the output."""

ENTRY: Final = "pagefind-entry.json"

MAGIC: Final = b"pagefind_dcd"

_VALUES: Final = 1
_FILTERS: Final = 3
_SORTS: Final = 4
"""Where in their files the lists stand that are put in order."""

_ARRAY, _MAP, _TAG, _TEXT, _BYTES, _SIMPLE = 4, 5, 6, 3, 2, 7


class Unfamiliar(ValueError):
    """A file of the index is not in the form that is known here."""


def settle(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give an index's files, by path, with what is named in order and named by its contents.

    Raises `Unfamiliar` where the files are not as they are known.
    """
    settled = dict(files)
    names: dict[bytes, bytes] = {}
    for path in sorted(path for path in files if path.endswith(".pf_filter")):
        content = _order(_read(files[path]), _VALUES)
        name = _stem(path)
        names[name.encode()] = _put(settled, path, name, content).encode()
    entry = files[ENTRY]
    for path in sorted(path for path in files if path.endswith(".pf_meta")):
        content = _order(_read(files[path]), _FILTERS, _SORTS)
        for before, after in names.items():
            content = content.replace(before, after)
        name = _stem(path).removeprefix("pagefind.")
        after = _put(settled, path, name, content).encode()
        entry = entry.replace(b'"%s"' % name.encode(), b'"%s"' % after)
    return settled | {ENTRY: entry}


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _read(packed: bytes) -> bytes:
    try:
        content = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise Unfamiliar("a file is not packed as it should be") from error
    if not content.startswith(MAGIC):
        raise Unfamiliar("a file does not begin as it should")
    return content


def _put(files: dict[str, bytes], path: str, before: str, content: bytes) -> str:
    """Put a file under a name made from its content, as long as before, and give the name."""
    language, _line, digest = before.rpartition("_")
    name = f"{language}_{hashlib.sha256(content).hexdigest()[: len(digest)]}"
    del files[path]
    files[path.replace(before, name)] = gzip.compress(content, 9, mtime=0)
    return name


def _order(content: bytes, *lists: int) -> bytes:
    """Put those of the lists in a file in order that have these numbers in it."""
    kind, count, place = _head(content, len(MAGIC))
    if kind != _ARRAY or count <= max(lists):
        raise Unfamiliar("a file has fewer parts")
    parts = [content[:place]]
    for number in range(count):
        end = _skip(content, place)
        parts.append(_ordered(content[place:end]) if number in lists else content[place:end])
        place = end
    return b"".join(parts)


def _ordered(items: bytes) -> bytes:
    """Put a list of items in order, each of which is a list that begins with its name."""
    kind, count, begun = _head(items, 0)
    if kind != _ARRAY:
        raise Unfamiliar("not a list")
    named, place = [], begun
    for _number in range(count):
        end = _skip(items, place)
        kind, _fields, inside = _head(items, place)
        name_kind, length, text = _head(items, inside)
        if kind != _ARRAY or name_kind != _TEXT:
            raise Unfamiliar("an item has no name")
        named.append((items[text : text + length], items[place:end]))
        place = end
    return items[:begun] + b"".join(item for _name, item in sorted(named))


def _head(content: bytes, place: int) -> tuple[int, int, int]:
    """Give an item's major type, its argument, and where what follows begins (RFC 8949, 3)."""
    kind, argument = content[place] >> 5, content[place] & 31
    place += 1
    if argument < 24:
        return kind, argument, place
    if argument > 27:
        raise Unfamiliar("a length that is not given")
    size = 1 << (argument - 24)
    return kind, int.from_bytes(content[place : place + size], "big"), place + size


def _skip(content: bytes, place: int) -> int:
    """Give where an item ends."""
    left = 1
    while left:
        kind, argument, place = _head(content, place)
        left -= 1
        if kind in {_TEXT, _BYTES}:
            place += argument
        elif kind in {_ARRAY, _MAP}:
            left += argument * (kind - 3)
        elif kind == _TAG:
            left += 1
    return place
