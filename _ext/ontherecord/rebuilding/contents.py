"""Leaves pages alone whose tables of contents show what they showed.

Sphinx writes a page again whenever a document in its table of contents was read again, since a
title may have changed; where two thousand articles stand in one table, that is a fifth of what
the edit of one takes. What tables show is in the digests by which pages are written again
(`ontherecord.rebuilding.surroundings`), so this need not be done as well, unless an extension
might set more of the documents there, of which the digests know nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SHOW_NOTHING_ELSE: Final = (
    *("alabaster", "myst_parser", "ontherecord", "sphinx_design", "sphinxcontrib.bibtex"),
    *("sphinx.addnodes", "sphinx.builders", "sphinx.config", "sphinx.directives", "sphinx.domains"),
    *("sphinx.environment", "sphinx.extension", "sphinx.parsers", "sphinx.registry"),
    *("sphinx.roles", "sphinx.transforms", "sphinx.versioning"),
    *("sphinx.ext.intersphinx", "sphinx.ext.mathjax"),
    *("sphinxcontrib.applehelp", "sphinxcontrib.devhelp", "sphinxcontrib.htmlhelp"),
    *("sphinxcontrib.qthelp", "sphinxcontrib.serializinghtml"),
)
"""Extensions that set nothing of one document on the page of another but what digests cover."""


class Contents:
    """Which documents stand in whose tables of contents, set aside while pages are written."""

    def __init__(self) -> None:
        """Begin with nothing set aside."""
        self._aside: dict[str, set[str]] | None = None

    def set_aside(self, app: Sphinx) -> None:
        """Have no page written for its table alone, where digests cover all that it shows."""
        if app.config.setup is None and all(map(_shows_nothing_else, app.extensions)):
            self._aside, app.env.files_to_rebuild = app.env.files_to_rebuild, {}

    def put_back(self, app: Sphinx) -> None:
        """Put back what was set aside."""
        if self._aside is not None:
            app.env.files_to_rebuild, self._aside = self._aside, None


def _shows_nothing_else(extension: str) -> bool:
    return any(
        extension == known or extension.startswith(f"{known}.") for known in _SHOW_NOTHING_ELSE
    )
