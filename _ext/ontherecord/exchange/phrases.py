"""The small words of exports in the edition's language, without Sphinx.

What is said here is in the catalogues already, for pages say it too.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_LOCALE: Final = Path(__file__).parent.parent / "locale"


@lru_cache
def translation(language: str) -> Callable[[str], str]:
    """Give what says a message in a language (BCP 47), in English where there is no catalogue."""
    return gettext.translation(
        "ontherecord", _LOCALE, [language.replace("-", "_")], fallback=True
    ).gettext
