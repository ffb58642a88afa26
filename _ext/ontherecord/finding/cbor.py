"""What of CBOR (RFC 8949) an index of Pagefind is made of: numbers, texts and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNSIGNED, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_KNOWN: Final = 4096


def head(kind: int, argument: int) -> bytes:
    """Give the head of an item: its major type and its argument (RFC 8949, 3)."""
    if argument < 24:
        return bytes((kind << 5 | argument,))
    for more, size in enumerate((1, 2, 4, 8)):
        if argument < 1 << (8 * size):
            return bytes((kind << 5 | 24 + more,)) + argument.to_bytes(size, "big")
    raise OverflowError(argument)


NUMBERS: Final = [head(_UNSIGNED, number) for number in range(_KNOWN)]
"""The smallest numbers, which are nearly all that there are."""
LISTS: Final = [head(_LIST, length) for length in range(_KNOWN)]
"""The heads of short lists."""


def number(value: int) -> bytes:
    """Give a number."""
    if 0 <= value < _KNOWN:
        return NUMBERS[value]
    if _KNOWN <= value < 1 << 16:  # As `head` has them: they are the next most common.
        return b"\x19" + value.to_bytes(2, "big")
    return head(_UNSIGNED, value) if value >= 0 else head(_NEGATIVE, -1 - value)


def text(value: str) -> bytes:
    """Give a text."""
    content = value.encode()
    return head(_TEXT, len(content)) + content


def listed(items: Iterable[bytes]) -> bytes:
    """Give a list of items."""
    found = list(items)
    return head(_LIST, len(found)) + b"".join(found)


def read(content: bytes, place: int = 0) -> tuple[Any, int]:
    """Read an item that begins at a place, and give where it ends; raises `ValueError`."""
    kind, argument = content[place] >> 5, content[place] & 31
    place += 1
    if argument > 23:
        if argument > 27:
            raise ValueError("a length that is not given")
        size = 1 << (argument - 24)
        argument = int.from_bytes(content[place : place + size], "big")
        place += size
    if kind == _UNSIGNED:
        return argument, place
    if kind == _NEGATIVE:
        return -1 - argument, place
    if kind == _TEXT:
        return content[place : place + argument].decode(), place + argument
    if kind == _LIST:
        items = []
        for _number in range(argument):
            item, place = read(content, place)
            items.append(item)
        return items, place
    raise ValueError("an item of another kind")
