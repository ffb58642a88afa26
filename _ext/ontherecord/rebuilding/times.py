"""Reads a document again whose files have another time or size than when it was read.

Sphinx reads again what is newer than its reading. What comes from a backup, or with its former
time from elsewhere, is older and another all the same.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ontherecord.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Times:
    """The states of the files that documents were read from."""

    def __init__(self) -> None:
        """Begin with none read."""
        self._read: list[str] = []

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("env-get-outdated", self.read_again)
        app.connect("env-before-read-docs", self.note, priority=990)
        app.connect("env-updated", self.keep)

    def read_again(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], *_gone: object
    ) -> Iterable[str]:
        """Give the documents of which a file is not as it was."""
        states = domain_of(env).data.get("states", {})
        unchanged = (name for name in states if name not in changed and name in env.found_docs)
        return [name for name in unchanged if states[name] != _state(env, name)]

    def note(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Note what is going to be read."""
        self._read = list(docnames)

    def keep(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Keep the states of what was read.

        A file that was changed since is newer than its reading, which Sphinx sees.
        """
        states = domain_of(env).data.setdefault("states", {})
        states.update((name, _state(env, name)) for name in self._read if name in env.found_docs)
        for name in states.keys() - env.found_docs:
            del states[name]
        self._read = []


def _state(env: BuildEnvironment, docname: str) -> bytes:
    digest = hashlib.blake2b(digest_size=8)
    taken_in = sorted(map(str, env.dependencies.get(docname, ())))
    for path in (env.doc2path(docname), *(env.srcdir / name for name in taken_in)):
        try:
            state = path.stat()
        except OSError:
            continue
        digest.update(b"%d %d " % (state.st_size, state.st_mtime_ns))
    return digest.digest()
