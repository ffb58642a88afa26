"""Makes no translator for each message that is translated.

For upstream (Sphinx, `sphinx.locale.get_translator`): *every message makes a translator that does
nothing, and throws it away.* It stands as the default of a look-up that nearly always finds the
real one; a page has a hundred messages and more.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import Final

from sphinx import locale

from ontherecord.economies.replacing import replace

_get: Final = locale.get_translator


def apply() -> None:
    """Have Sphinx look translators up so."""
    replace(locale, "get_translator", get_translator)


def get_translator(catalog: str = "sphinx", namespace: str = "general") -> NullTranslations:
    """Give the translator of a catalogue, or one that translates nothing."""
    found = locale.translators.get((namespace, catalog))
    return NullTranslations() if found is None else found
