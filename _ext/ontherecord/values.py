"""What records and views are made as: frozen values, cheap to make, to compare and to store."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["Value", "replace"]


class Value(Struct, frozen=True, gc=False, array_like=True):
    """A value that holds texts, numbers and other values, and never itself.

    It is stored as a list of its fields, in their order; ``gc=False`` spares the collector of
    cycles from looking through hundreds of thousands of them, since they can form none.
    """
