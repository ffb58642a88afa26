"""Reads one document of an edition as it would be with another source, and keeps nothing."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.commands.article_text import text_of
from ontherecord.commands.reader import listening
from ontherecord.domain import domain_of
from ontherecord.importing.placing import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

_FIRST: Final = 1
"""Before all others look at a source: they are to see this one."""

_LAST: Final = 999
"""After all others have worked on a document that was read."""


class Reader:
    """Reads documents anew; what it is after that must not be built from."""

    def __init__(self, app: Sphinx) -> None:
        """Take Sphinx as it is after it has read an edition."""
        self._app = app
        self._edition = domain_of(app.env).edition
        self._source = ""
        self._doctree: nodes.document | None = None
        app.connect("source-read", self._give, priority=_FIRST)
        app.connect("doctree-read", self._take, priority=_LAST)

    def _give(self, app: Sphinx, docname: str, content: list[str]) -> None:
        content[0] = self._source

    def _take(self, app: Sphinx, doctree: nodes.document) -> None:
        self._doctree = doctree

    def read(self, docname: str, source: str) -> Trial:
        """Read a document as if its file held another source."""
        app, env = self._app, self._app.env
        self._source = source.replace("\r\n", "\n").replace("\r", "\n")
        self._doctree = None
        with listening(app) as messages:
            app.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)
            app.builder.read_doc(docname, _cache=False)
        document = domain_of(env).documents.get(docname)
        path = Path(env.doc2path(docname))
        return Trial(
            text_of(self._doctree, path, self._edition) if self._doctree else (),
            tuple(record.id for record in document.records) if document else (),
            Counter(document.problems if document else ()),
            Counter((one.line, one.text) for one in messages.messages),
        )


@contextmanager
def reader(app: Sphinx) -> Iterator[Reader]:
    """Give a reader of trials, which writes what Sphinx must write to a folder that goes away."""
    kept = app.builder.doctreedir
    with tempfile.TemporaryDirectory() as folder:
        app.builder.doctreedir = type(kept)(folder)
        try:
            yield Reader(app)
        finally:
            app.builder.doctreedir = kept
