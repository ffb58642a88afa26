"""Keeps from one build to the next what the citation styles have made of shapes of items.

To load the styles and to put a shape in each of them takes longer than to format the references
of a thousand records. What they make hangs on nothing but the language and what makes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.citing.known import Known
from ontherecord.keeping.stored import load, save
from ontherecord.languages import tag_of
from ontherecord.publishing.whole import made_with

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ontherecord.citing import Citations


def learn(app: Sphinx, builder: Builder) -> None:
    """Take what is known, before pages are written."""
    if builder.format == "html" and not (citations := _citations(app)).shapes:
        known = load(_path(app), Known)
        if _is_of(known, app):
            citations.known = known


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Keep what is known when all is written."""
    if app.builder.format != "html":
        return
    known, before = _citations(app).known, load(_path(app), Known)
    if known.calendar and not (_is_of(before, app) and known.templates == before.templates):
        known.made_with = made_with()
        save(_path(app), known)


def _is_of(known: Known, app: Sphinx) -> bool:
    return known.made_with == made_with() and known.language == tag_of(app.config.language)


def _citations(app: Sphinx) -> Citations:
    from ontherecord.apparatus.cite_box import citations

    return citations(tag_of(app.config.language))


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "ontherecord.citations"
