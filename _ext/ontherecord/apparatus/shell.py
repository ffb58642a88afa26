"""What a template makes of many pages that differ in a few texts, made once for all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PLACE: Final = re.compile("\ufdd0([a-z]+)\ufdd1")
"""Where a text is to stand; no text of a page may hold these characters (HTML, 13.2.3.5)."""


class Shell:
    """A page with the places left open in which its own texts stand."""

    def __init__(self, names: Iterable[str], render: Callable[[dict[str, str]], str]) -> None:
        """Take the names of the texts, and what makes a page of them."""
        html = render({name: f"\ufdd0{name}\ufdd1" for name in names})
        # Every second piece is the name of what stands between the others.
        self._pieces = _PLACE.split(html)

    def fill(self, texts: Mapping[str, str]) -> str:
        """Give the page with its own texts, which are HTML."""
        pieces = self._pieces.copy()
        pieces[1::2] = [texts[name] for name in pieces[1::2]]
        return "".join(pieces)
