"""Packs what a document has many of, and unpacks it when somebody asks."""

from __future__ import annotations

import pickle
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ontherecord.values import Value

NOTHING: Final = msgspec.Raw(b"\x90")
"""An empty array (MessagePack)."""


def pack(values: Iterable[Value]) -> msgspec.Raw:
    """Pack values of one kind as an array; as pickled bytes, if UTF-8 cannot hold them.

    Half a character may stand in a text, which is reported.
    """
    listed = tuple(values)
    try:
        packed = msgspec.msgpack.encode(listed)
    except UnicodeEncodeError:
        packed = msgspec.msgpack.encode(pickle.dumps(listed, pickle.HIGHEST_PROTOCOL))
    return msgspec.Raw(packed)


def unpack(packed: msgspec.Raw, kind: Any) -> tuple[Any, ...]:
    """Give the values that were packed, which are all of one kind."""
    try:
        found: tuple[Any, ...] = _decoder(kind).decode(packed)
        return found
    except msgspec.ValidationError:  # Then it is an array of bytes.
        pickled = msgspec.msgpack.decode(packed, type=bytes)
        unpickled: tuple[Any, ...] = pickle.loads(pickled)  # noqa: S301 - of our own environment
        return unpickled


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(tuple[kind, ...])
