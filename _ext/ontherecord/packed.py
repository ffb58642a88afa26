"""Packs what is stored or held until somebody asks: documents, what they have many of, sources."""

from __future__ import annotations

import pickle
from functools import cache
from typing import Any, Final

import msgspec

NOTHING: Final = msgspec.Raw(b"\x90")
"""An empty array (MessagePack)."""


def pack(value: Any) -> msgspec.Raw:
    """Pack a value, or a list or dictionary of them; as pickled bytes, if UTF-8 cannot hold it.

    Half a character may stand in a text, which is reported.
    """
    try:
        packed = _encode(value)
    except UnicodeEncodeError:
        packed = _encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    return msgspec.Raw(packed)


def unpack(packed: msgspec.Raw | bytes, kind: Any) -> Any:
    """Give what was packed, which is of that type."""
    try:
        return _decoder(kind).decode(packed)
    except msgspec.ValidationError:  # Then it is an array of bytes.
        return pickle.loads(msgspec.msgpack.decode(packed, type=bytes))  # noqa: S301 - our own


_encode: Final = msgspec.msgpack.Encoder().encode


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
