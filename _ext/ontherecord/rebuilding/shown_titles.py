"""Notices whether a theme shows the titles of other pages, so that pages hang on these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ontherecord.keeping.places import kept_in

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

_ASKING: Final = frozenset(
    {
        *("agogo", "alabaster", "basic", "bizstyle", "classic", "default", "epub", "haiku"),
        *("nature", "nonav", "ontherecord", "pyramid", "scrolls", "sphinxdoc", "traditional"),
    }
)
"""Themes that ask the page's context for the titles of others; what asks elsewhere is not seen."""


def is_seen(builder: Any) -> bool:
    """Tell whether a builder's theme is one of which it is seen whether it shows other titles."""
    return getattr(getattr(builder, "theme", None), "name", "basic") in _ASKING


def note(app: Sphinx) -> None:
    """Note that the theme shows the titles of other pages, for the builds that follow too."""
    _noted_in(app).touch()


def are_noted(app: Sphinx) -> bool:
    """Tell whether any process has noted that the theme shows the titles of other pages."""
    return _noted_in(app).is_file()


def _noted_in(app: Sphinx) -> Path:
    return kept_in(app).with_suffix(".navigation")
