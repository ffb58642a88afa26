"""A value stored with the environment as bytes of its own, and read when it is asked for."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class Later(Generic[_T]):
    """Holds a value, or the bytes that it was stored as."""

    __slots__ = ("_packed", "_value")

    def __init__(self, value: _T) -> None:
        """Take a value."""
        self._packed: bytes | None = None
        self._value: _T | None = value

    @property
    def value(self) -> _T:
        """The value; the same one each time, until it is stored."""
        if self._packed is not None:
            self._value = pickle.loads(self._packed)  # noqa: S301 - of our own environment
            self._packed = None
        return self._value  # type: ignore[return-value]  # What was packed is a value.

    def __reduce__(self) -> tuple[Callable[[bytes], Any], tuple[bytes]]:
        """Store the value as bytes, which take its place until somebody asks for it again."""
        if self._packed is None:
            self._packed = pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL)
            self._value = None
        return _stored, (self._packed,)


def _stored(packed: bytes) -> Later[Any]:
    later: Later[Any] = Later(None)
    later._packed = packed
    return later
