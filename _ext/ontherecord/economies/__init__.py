"""Spares work that a dependency does again and again: a file each, with what upstream should know.

Each file changes nothing that is published. ``tests/test_economies.py`` says of each when it can
go: a test fails once the dependency does the thing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.economies import entry_points

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def apply() -> None:
    """Put every economy into effect that holds for a process."""
    entry_points.apply()


def connect(app: Sphinx) -> None:
    """Put those into effect that hold for one build, when the extensions are set up."""
    # Imported here: what is spared must be in effect before sphinxcontrib-bibtex is imported.
    from ontherecord.economies import (
        addresses,
        bibliography_domain,
        debugging_messages,
        document_paths,
        inventories,
        memory,
        template_files,
        titles,
    )
    from ontherecord.economies.asset_tags import AssetTags
    from ontherecord.economies.collector import Collector

    addresses.connect(app)
    AssetTags().connect(app)
    bibliography_domain.connect(app)
    entry_points.apply_to_bibtex()
    debugging_messages.apply()
    document_paths.apply()
    inventories.apply()
    template_files.connect(app)
    titles.connect(app)
    memory.connect(app)
    Collector().connect(app)
    app.connect("env-before-read-docs", _before_reading)
    app.connect("write-started", _before_writing, priority=1)


def _before_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    if docnames:
        apply_to_documents()


def _before_writing(app: Sphinx, builder: Builder) -> None:
    from ontherecord.domain import domain_of

    if not domain_of(app.env).unchanged:
        apply_to_documents()


def apply_to_documents() -> None:
    """Put those into effect that documents are read and written with; others need not know them."""
    from ontherecord.economies import (
        directive_options,
        docutils_settings,
        first_reading,
        front_matter,
        html_tags,
        idle_transforms,
        markdown_parser,
        mocks,
        node_links,
        node_making,
        node_texts,
        node_visits,
        processes,
        source_workaround,
        syntax_trees,
        translators,
        tree_walks,
        word_count,
    )

    directive_options.apply()
    docutils_settings.apply()
    first_reading.apply()
    front_matter.apply()
    html_tags.apply()
    idle_transforms.apply()
    markdown_parser.apply()
    mocks.apply()
    node_links.apply()
    node_making.apply()
    node_texts.apply()
    node_visits.apply()
    processes.apply()
    source_workaround.apply()
    syntax_trees.apply()
    translators.apply()
    tree_walks.apply()
    word_count.apply()
