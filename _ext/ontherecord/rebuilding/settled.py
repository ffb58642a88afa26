"""Settings as values that another build compares: in their order, and without what is of a process.

Sphinx compares settings without the order of what is in them, in which a theme may show it.
"""

from __future__ import annotations

import re
from typing import Any, Final

_ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")


def settled(value: Any) -> Any:
    """Give a value of a setting such that another process represents it alike."""
    match value:
        case set() | frozenset():
            return sorted(repr(settled(one)) for one in value)
        case dict():
            return [(settled(key), settled(one)) for key, one in value.items()]
        case list() | tuple():
            return [settled(one) for one in value]
        case str() | int() | float() | bytes() | None:
            return value
    return _ADDRESS.sub("", repr(value))
