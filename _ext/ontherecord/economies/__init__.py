"""Spares work that a dependency does again and again: a file each, with what upstream should know.

Each file changes nothing that is published. A test of each says when it can go: it fails once the
dependency does the thing itself. What a file replaces is private to a dependency; under a version
that has it no longer there is nothing to spare, and the build goes on without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ontherecord.economies import entry_points

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

OF_BUILDS: Final = (
    "addresses",
    "asset_tags",
    "bibliography_domain",
    "template_files",
    "titles",
    "memory",
    "collector",
)
"""Those that hold for one build."""
OF_PROCESSES: Final = ("debugging_messages", "document_paths")
"""Those that hold for a process, and are needed by each build."""
OF_DOCUMENTS: Final = (
    "directive_options",
    "docutils_settings",
    "first_reading",
    "front_matter",
    "html_tags",
    "idle_transforms",
    "markdown_parser",
    "mocks",
    "node_links",
    "node_making",
    "node_texts",
    "node_visits",
    "processes",
    "source_workaround",
    "syntax_trees",
    "translators",
    "tree_walks",
    "word_count",
)
"""Those that hold for a process, and are needed where documents are read or written."""


def apply() -> None:
    """Put into effect what has to be before sphinxcontrib-bibtex is imported."""
    entry_points.apply()


def connect(app: Sphinx) -> None:
    """Put the others into effect, when the extensions are set up."""
    entry_points.apply_to_bibtex()
    for name in OF_BUILDS:
        if economy := known(name):
            economy.connect(app)
    _apply(OF_PROCESSES)
    app.connect("env-before-read-docs", _before_reading)
    app.connect("write-started", _before_writing, priority=1)


def known(name: str) -> Any:
    """Give a module of this package, or nothing where a dependency lacks what it replaces."""
    try:
        return import_module(f"{__name__}.{name}")
    except (ImportError, AttributeError):
        return None


def _before_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    if docnames:
        apply_to_documents()


def _before_writing(app: Sphinx, builder: Builder) -> None:
    from ontherecord.domain import domain_of

    if not domain_of(app.env).unchanged:
        apply_to_documents()


def apply_to_documents() -> None:
    """Put those into effect that documents are read and written with; others need not know them."""
    _apply(OF_DOCUMENTS)


def _apply(names: tuple[str, ...]) -> None:
    for name in names:
        if economy := known(name):
            economy.apply()
