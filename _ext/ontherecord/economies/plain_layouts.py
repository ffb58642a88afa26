"""Keeps numpy out of a build that lays graphs out by grandalf.

For upstream (grandalf, `grandalf.utils.geometry`): *whoever lays a graph out in layers imports
numpy, where it happens to be installed.* The module asks for it for random points and ellipses,
and has a class of its own to do without; layers need neither. It takes a seventh of a second and
16 MB of each build that draws one.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "numpy"


@contextmanager
def importing() -> Iterator[None]:
    """Have what is imported meanwhile find no numpy, unless it has been imported already."""
    modules = cast("dict[str, Any]", sys.modules)
    if NAME in modules:
        yield
        return
    modules[NAME] = None  # What Python takes for a module that is not there.
    try:
        yield
    finally:
        modules.pop(NAME, None)
