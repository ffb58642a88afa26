"""Keeps no tree longer than it is needed.

For upstream (Sphinx, `sphinx.environment`): *A serial build keeps the doctree of every document,
and a build that reads them back keeps their pickles.* ``Builder.write_doctree`` puts each tree that
was read into ``_write_doc_doctree_cache``, until it is written; ``BuildEnvironment.get_doctree``
puts the bytes of each that it loads into ``_pickled_doctree_cache`` and takes none out. Loading a
tree when its page is written is cheaper than what Python's collector does with all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Connect to the events of a build."""
    app.connect("source-read", _drop_trees)
    app.connect("env-updated", _drop_trees)
    app.connect("doctree-resolved", _drop_pickle)


def _drop_trees(app: Sphinx, *_given: object) -> None:
    _kept(app, "_write_doc_doctree_cache").clear()


def _drop_pickle(app: Sphinx, _doctree: object, docname: str) -> None:
    _kept(app, "_pickled_doctree_cache").pop(docname, None)


def _kept(app: Sphinx, name: str) -> dict[str, Any]:
    """Give what the environment keeps under a name; nothing where it does not."""
    kept: dict[str, Any] = getattr(app.env, name, {})
    return kept
