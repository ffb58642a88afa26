"""Has Python's collector look once at each object, and not at all when the process ends.

For upstream (Sphinx, `sphinx.application`): *A fifth of a build is the garbage collector's.* A
document is read into a tree, which is a cycle, and what the environment keeps of it lives as long
as the build. Python's collector looks through the living again and again to find the dead trees:
at 400 articles that is a fifth of the build. And when the process ends it takes what the build
kept apart, object by object, to give back memory that the system takes back at once: a tenth of a
build of 2,000 articles.

So what lives is set aside now and then while documents are read (``gc.freeze``), and is not looked
at again before the build has ended; while the environment is loaded there is no garbage at all; and
at the end of the process everything is set aside. A tree is dead when the next document is begun:
were it alive when all is set aside, nothing would ever collect it. A process that builds again and
again, as tests do, looks at everything once what earlier builds left has doubled what there is.
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_DOCUMENTS: Final = 64
"""Documents that are read before what lives of them is set aside."""
_YOUNG: Final = 8_000
"""New objects after which the collector runs by itself: those of a few documents."""
_OLDER: Final = (2, 2)
"""Runs after which it looks at older ones too: few are left, and pages are garbage until then."""
_AFTER_AN_EDIT: Final = (100_000, 10, 10)
"""The same where few documents are read: most of what is made then lives as long as the build."""


def connect(app: Sphinx) -> None:
    """Put it into effect for a build."""
    Collector().connect(app)


class Collector:
    """When garbage is collected in one build."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._documents = self._written = 0
        self._is_running = gc.isenabled()
        self._threshold = gc.get_threshold()

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("config-inited", self._pause, priority=999)
        app.connect("builder-inited", self._begin)
        app.connect("env-before-read-docs", self._expect)
        app.connect("source-read", self._count)
        app.connect("env-merge-info", self._note_reading)
        app.connect("doctree-resolved", self._count_written)
        app.connect("env-updated", self._settle, priority=999)  # When the Edition is joined.
        app.connect("build-finished", self._end, priority=999)

    def _pause(self, *_given: object) -> None:
        self._is_running = gc.isenabled()
        gc.disable()  # While the environment is loaded, which is no garbage.

    def _begin(self, *_given: object) -> None:
        if self._is_running:
            gc.enable()
        _set_aside_what_is_there()
        gc.set_threshold(_YOUNG, *_OLDER)

    def _expect(self, _app: Sphinx, _env: object, docnames: list[str]) -> None:
        if len(docnames) < _DOCUMENTS:
            gc.set_threshold(*_AFTER_AN_EDIT)

    def _count(self, *_given: object) -> None:
        self._documents += 1  # The tree of the document before it is dead.
        if self._documents % _DOCUMENTS == 0:
            _collect()

    def _count_written(self, *_given: object) -> None:
        self._written += 1
        if self._written == _DOCUMENTS:
            gc.set_threshold(_YOUNG, *_OLDER)  # There is more to be written than to be read.

    def _note_reading(self, *_given: object) -> None:
        self._documents += 1

    def _settle(self, *_given: object) -> None:
        if self._documents:
            _collect()

    def _end(self, *_given: object) -> None:
        gc.unfreeze()
        gc.set_threshold(*self._threshold)
        atexit.unregister(gc.freeze)
        atexit.register(gc.freeze)  # Once, however many builds a process runs.


def collect_young() -> None:
    """Collect what was made and is dead since the collector last ran.

    A page that was rendered is a cycle of few objects that hold long texts: the collector counts
    objects, and would leave dozens of such pages.
    """
    gc.collect(1)


class _Process:
    """What is known of this process."""

    has_built = False
    lived = 0
    """How many objects there were when they were last looked at, or first counted."""


def _set_aside_what_is_there() -> None:
    """Set aside what there is when a build begins, without what builds before it have left."""
    gc.freeze()
    if not _Process.has_built:
        _Process.has_built = True  # To count them takes a hundredth of a second.
        return
    if 0 < 2 * _Process.lived < gc.get_freeze_count():
        gc.unfreeze()
        _collect()
        _Process.lived = gc.get_freeze_count()
    _Process.lived = _Process.lived or gc.get_freeze_count()


def _collect() -> None:
    gc.collect()
    gc.freeze()
