"""Leaves alone at the end of a build what the last one made, where nothing changed and is written.

Sphinx makes the indices, the search page, the search index and the inventory anew in every build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ontherecord.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_MADE_ANEW: Final = (
    "load_indexer",
    "gen_indices",
    "gen_additional_pages",
    "dump_search_index",
    "dump_inventory",
)
"""Steps of Sphinx's HTML builder; those that copy files are not among them."""


def connect(app: Sphinx) -> None:
    """Connect to the beginning of writing."""
    app.connect("write-started", leave_alone, priority=900)


def leave_alone(app: Sphinx, builder: Builder) -> None:
    """Have the steps left out once it is known that no page is to be written."""
    domain = domain_of(app.env)
    if not domain.unchanged or builder.format != "html":
        return
    prepare = builder.prepare_writing

    def prepare_what_is_written(docnames: Set[str]) -> None:
        if not docnames:  # Else a template has changed, which Sphinx looks for.
            domain.is_left_alone = True
            for step in _MADE_ANEW:
                if hasattr(builder, step):
                    setattr(builder, step, _nothing)
        prepare(docnames)

    builder.prepare_writing = prepare_what_is_written  # type: ignore[method-assign]


def _nothing(*_given: Any) -> None:
    """Do nothing."""
