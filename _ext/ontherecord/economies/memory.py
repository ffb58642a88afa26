"""Keeps no tree longer than it is needed, and looks for garbage only where there is some.

For upstream (Sphinx, `sphinx.environment`): *A serial build keeps the doctree of every document,
and a build that reads them back keeps their pickles.* ``Builder.write_doctree`` puts each tree that
was read into ``_write_doc_doctree_cache``, until it is written; ``BuildEnvironment.get_doctree``
puts the bytes of each that it loads into ``_pickled_doctree_cache`` and takes none out. At 400
articles of 400 words the trees are half of all objects that Python's collector goes through, again
and again: a fifth of the build is spent in it. Loading a tree when its page is written is cheaper.

Once the interpreter's modules are loaded, and once all documents are read, what lives then lives
as long as the build, and the collector need not look at it again (``gc.freeze``). While the
environment is loaded it need not look at all: with 2,000 documents that is a fifth of a second of
the second and a half that Sphinx takes when nothing changed. Documents are
cycles, so that it has to run; but 700 objects, its measure for the youngest, are a part of one.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_YOUNG: Final = 2000
"""New objects after which the collector runs: about a document's, so that memory stays as it is."""


class Memory:
    """What one build keeps in memory."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._has_read = False
        self._is_running = gc.isenabled()
        self._threshold = gc.get_threshold()

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("config-inited", self._pause, priority=999)
        app.connect("builder-inited", self._begin)
        app.connect("source-read", self._drop_trees)
        app.connect("env-merge-info", self._note_reading)
        app.connect("env-updated", self._settle, priority=999)  # When the Edition is joined.
        app.connect("doctree-resolved", self._drop_pickle)
        app.connect("build-finished", self._end, priority=999)

    def _pause(self, *_given: Any) -> None:
        self._is_running = gc.isenabled()
        gc.disable()  # While the environment is loaded, which is no garbage.

    def _begin(self, app: Sphinx) -> None:
        if self._is_running:
            gc.enable()
        gc.freeze()
        gc.set_threshold(_YOUNG, *self._threshold[1:])

    def _drop_trees(self, app: Sphinx, *_given: Any) -> None:
        self._has_read = True
        _kept(app, "_write_doc_doctree_cache").clear()

    def _note_reading(self, *_given: Any) -> None:
        self._has_read = True

    def _settle(self, app: Sphinx, *_given: Any) -> None:
        _kept(app, "_write_doc_doctree_cache").clear()
        if self._has_read:
            gc.collect()
            gc.freeze()

    def _drop_pickle(self, app: Sphinx, _doctree: object, docname: str) -> None:
        _kept(app, "_pickled_doctree_cache").pop(docname, None)

    def _end(self, *_given: Any) -> None:
        gc.unfreeze()
        gc.set_threshold(*self._threshold)


def _kept(app: Sphinx, name: str) -> dict[str, Any]:
    """Give what the environment keeps under a name; nothing where it does not."""
    kept: dict[str, Any] = getattr(app.env, name, {})
    return kept
