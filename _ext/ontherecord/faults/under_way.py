"""Marks that a build is under way, and has the next one distrust what one left that was stopped.

Sphinx takes a page for whole that is newer than its source, and a doctree that is there at all;
so does every step that spares work by what an earlier build left. A killed build leaves any of
these half written, and no name of what it was about to write. So each build puts a mark into its
output folder and its folder of doctrees before it writes there, and takes them away at its end
(`ontherecord.faults.lock`). Where the next build finds one,

* in the folder of doctrees, noted while documents were read: those that were written since are
  read again;
* in the output folder: nothing that an earlier build wrote there is taken for right, and every
  page is written. What it was, and how it was called, stays known, so that it can be removed.

A build that ends with an exception leaves its marks too.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from ontherecord.faults import environment
from ontherecord.faults.failing import failed
from ontherecord.faults.lock import Lock
from ontherecord.rebuilding import pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_READING: Final = "reading"
_WRITING: Final = "writing"


class UnderWay:
    """The marks of one build."""

    def __init__(self) -> None:
        """Begin with none."""
        self._locks: dict[Path, Lock] = {}
        self._has_begun = False

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        _make(app, Path(app.outdir))  # Here, for Sphinx itself makes it before the first event.
        app.connect("config-inited", self.take, priority=0)  # Before anything is read or written.
        app.connect("builder-inited", self.begin, priority=0)
        app.connect("env-get-outdated", self.begin_again, priority=0)
        app.connect("write-started", self.note_all_read, priority=0)
        app.connect("build-finished", self.end, priority=1000)  # When all others have written.
        weakref.finalize(app, self.give_up)

    def take(self, app: Sphinx, *_given: object) -> None:
        """Wait until no other build is under way in these folders."""
        doctrees, output = Path(app.doctreedir), Path(app.outdir)
        # In one order, so that no two builds wait for each other.
        for folder in sorted({doctrees, output}):
            self._locks[folder] = self._lock(app, folder)
        try:
            if not hasattr(app, "env") and environment.is_damaged(doctrees):
                logger.info("what was kept of the last build is damaged: everything is read again")
                environment.forget(doctrees)
        except OSError as error:
            self.give_up()
            raise failed(app, error, doctrees) from error

    def _lock(self, app: Sphinx, folder: Path) -> Lock:
        def wait(holder: str) -> None:
            logger.info(
                "another build (process %s) is under way in %s: waiting for its end", holder, folder
            )

        try:
            return Lock(folder, wait)
        except OSError as error:
            self.give_up()
            raise failed(app, error, folder) from error

    def begin(self, app: Sphinx, *_given: object) -> None:
        """Distrust what a build left that was stopped, and mark that one is under way."""
        if not self._locks:
            return
        doctrees, output = self._locks[Path(app.doctreedir)], self._locks[Path(app.outdir)]
        if doctrees.left == _READING:
            logger.info("the last build was stopped while it read: what it read is read again")
            _forget_reading(app, doctrees.since)
        if output.left:
            logger.info("the last build was stopped: every page is written again")
            pages.distrust(app)
        _forget_settings(app)
        try:
            output.note(_WRITING)
            doctrees.note(_READING)
        except OSError as error:
            raise failed(app, error, Path(app.outdir)) from error

    def begin_again(self, app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> Iterable[str]:
        """Take the locks where the same application builds a second time."""
        if not self._locks:
            self.take(app)
            self.begin(app)
        self._has_begun = True
        return []

    def note_all_read(self, app: Sphinx, *_given: object) -> None:
        """Note that what was read is stored whole."""
        environment.note(Path(app.doctreedir))
        if Path(app.doctreedir) in self._locks:
            self._locks[Path(app.doctreedir)].note(_WRITING)

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Take the marks away, unless something went wrong."""
        for lock in self._locks.values():
            lock.release(is_whole=exception is None)
        self._locks.clear()
        self._has_begun = False

    def give_up(self) -> None:
        """Let go of the folders: the application is gone, and perhaps it never built."""
        for lock in self._locks.values():
            lock.release(is_whole=not self._has_begun and not lock.left)
        self._locks.clear()


def _make(app: Sphinx, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed(app, error, folder) from error


def _forget_settings(app: Sphinx) -> None:
    """Remove what Sphinx noted of the settings of an output, where it is not whole.

    For upstream (Sphinx, `BuildInfo.load`): *an empty ``.buildinfo`` ends the build with an
    IndexError*; one that is damaged otherwise is a warning. Without one, every page is written.
    """
    path = Path(app.outdir) / ".buildinfo"
    if path.is_file():
        from sphinx.builders.html._build_info import BuildInfo

        try:
            BuildInfo.load(path)
        except (IndexError, ValueError):
            path.unlink()


def _forget_reading(app: Sphinx, since: int) -> None:
    """Remove what a build wrote while it read, and Sphinx would take for whole.

    That are doctrees, and catalogues of messages. An ``environment.pickle`` that is not whole
    is noticed by Sphinx, which then reads everything.
    """
    from sphinx.util.i18n import CatalogRepository

    catalogs = CatalogRepository(
        app.srcdir, app.config.locale_dirs, app.config.language, app.config.source_encoding
    )
    compiled = [Path(catalog.mo_path) for catalog in catalogs.catalogs]
    if not app.config.gettext_auto_build:
        compiled = []
    for path in [*_below(Path(app.doctreedir), ".doctree"), *compiled]:
        if path.is_file() and path.stat().st_mtime_ns >= since:
            path.unlink()


def _below(folder: Path, suffix: str) -> Iterable[Path]:
    for above, _folders, names in os.walk(folder):
        for name in names:
            if name.endswith(suffix):
                yield Path(above) / name
