"""Ends a build for a fault of the machine, with one message that says what to do."""

from __future__ import annotations

import errno
import os
import re
from bdb import BdbQuit
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.errors import ExtensionError, SphinxError, SphinxParallelError, ThemeError
from sphinx.util import logging

from ontherecord.faults.links import said_of
from ontherecord.problems import PROBLEMS, TYPE

if TYPE_CHECKING:
    import logging as python_logging

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class Fault(SphinxError):
    """A fault, with the name that the table of problems has for it, and what to do."""

    category = "Fault"

    def __init__(self, name: str, message: str) -> None:
        """Take the name and the message."""
        if name not in PROBLEMS:
            raise ValueError(f"no such problem: {name}")
        super().__init__(name, message)
        self.name = name
        self.message = message

    def __str__(self) -> str:
        """Give the message and, as warnings have it, the name."""
        return f"{self.message} [{TYPE}.{self.name}]"


class Stopped(SphinxError, BdbQuit):
    """A fault that has been told: the build ends with exit code 2.

    Sphinx's command shows any other error with part of a traceback and asks for a report; of
    one who left the debugger it assumes that nothing more need be said, which is so here.
    """

    category = "Stopped"


_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_OF_DISK: Final = _FULL | {errno.EROFS, errno.EIO, errno.EFBIG}
"""What goes wrong with a disk, whichever file it is that is not written."""


_OTHERS: Final = frozenset({errno.EISDIR, errno.ENOTDIR, errno.EEXIST})


class Failing:
    """Tells what ended a build."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._heard: list[python_logging.Logger] = []

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("builder-inited", self.listen, priority=0)
        # After all others, which may still have to put something back.
        app.connect("build-finished", self.tell, priority=1001)

    def listen(self, app: Sphinx) -> None:
        """Hear when the builder warns that it could not write: it would go on to the next page."""
        unwritten = _Unwritten(app)
        for one in type(app.builder).__mro__:
            heard = logging.getLogger(one.__module__).logger
            heard.addFilter(unwritten)
            self._heard.append(heard)
        self._filter = unwritten

    def tell(self, app: Sphinx, exception: Exception | None) -> None:
        """Tell a fault in one message, and end the build in place of Sphinx; leave others to it."""
        while self._heard:
            self._heard.pop().removeFilter(self._filter)
        fault = fault_of(app, exception)
        if fault is not None:
            raise stop(fault) from exception


class _Unwritten:
    """A filter that raises a `Fault` for a warning that a file of the output cannot be written."""

    def __init__(self, app: Sphinx) -> None:
        self._folders = _folders(app)

    def filter(self, record: python_logging.LogRecord) -> bool:
        """Let a record pass that is of something else."""
        given = record.args if isinstance(record.args, tuple) else ()
        for one in given:
            if isinstance(one, OSError):
                fault = _fault_of_system(one.errno, one.strerror, _paths(one), self._folders)
                if fault is not None:
                    raise fault from one
        return True


def fault_of(app: Sphinx, error: BaseException | None) -> Fault | None:
    """Give the fault that an exception of a build tells of; nothing where it is of another kind."""
    while isinstance(error, ExtensionError) and error.orig_exc is not None:
        error = error.orig_exc
    if isinstance(error, ThemeError):  # Of a page, which says of the cause no more than its kind.
        error = error.__cause__
    match error:
        case Fault():
            return error
        case SphinxParallelError():  # Of which other processes tell in words alone.
            return _fault_told(app, error.message)
        case OSError():
            fault = _fault_of_system(error.errno, error.strerror, _paths(error), _folders(app))
            return fault or _fault_of_source(app, error)
        case RuntimeError() if link := said_of(error):
            return _leads_back(link)
    return None


def _fault_of_source(app: Sphinx, error: OSError) -> Fault | None:
    """Give the fault of a file of the edition that could not be read, such as a template."""
    above = (Path(app.srcdir), Path(app.confdir))
    for path in _paths(error):
        if any(path.is_relative_to(one) for one in above):
            if error.errno == errno.ELOOP:
                return _leads_back(path)
            message = f"{path}: cannot be read ({error.strerror}): let this user read it, or "
            return Fault("unreadable-file", f"{message}take it out")
    return None


def _leads_back(link: Path) -> Fault:
    message = f"{link}: is a link that leads back to itself: let it lead to a file, or take it out"
    return Fault("unreadable-file", message)


def is_of_all(error: OSError) -> bool:
    """Whether the system would tell the same of any other file in the folder."""
    return error.errno in _OF_DISK | {errno.ENOTDIR, errno.EEXIST}


def failed(app: Sphinx, error: OSError, folder: Path) -> Stopped:
    """Tell that a folder cannot be written into, and give what ends the build."""
    fault = _fault_of_system(error.errno, error.strerror, [*_paths(error), folder], [folder])
    return stop(fault or Fault("unwritten-output", f"{folder}: {error}"))


def stop(fault: Fault) -> Stopped:
    """Tell a fault, and give what ends the build."""
    # Not as a warning with a name: whoever suppresses it would see nothing at all.
    logger.error("%s", fault)
    return Stopped(str(fault))


def _folders(app: Sphinx) -> list[Path]:
    return [Path(app.outdir), Path(app.doctreedir)]


def _paths(error: OSError) -> list[Path]:
    """Give the files that an error names: of two, the second is the one to be written."""
    names = (error.filename2, error.filename)
    return [Path(name) for name in names if isinstance(name, str)]


def _fault_of_system(
    number: int | None, said: str | None, paths: list[Path], folders: list[Path]
) -> Fault | None:
    """Give the fault that the system told of; nothing where it was not about our folders."""
    if number is None:
        return None
    ours = [path for path in paths if any(path.is_relative_to(one) for one in folders)]
    if number not in _OF_DISK and not ours:
        return None
    where = str(ours[0]) if ours else " or ".join(dict.fromkeys(map(str, folders)))
    if number in _FULL:
        what = f"{where}: the disk is full: make room on it, and build again"
    elif number == errno.EFBIG:
        what = f"{where}: the file is larger than is allowed here (ulimit -f): allow more"
    elif number in _OTHERS:
        standing = next(filter(os.path.lexists, (where, *map(str, Path(where).parents))), where)
        what = f"{standing}: something else stands there ({said}): take it away, and build again"
    elif number == errno.ENOENT:
        what = f"{where}: it was removed while the build was under way: build again"
    else:
        what = (
            f"{where}: cannot be written ({said}): let this user write there, or name other "
            "folders for the output and, with -d, for the doctrees"
        )
    return Fault("unwritten-output", what)


_TOLD: Final = re.compile(
    rf"{re.escape(f'{Fault.__module__}.{Fault.__qualname__}')}: (?P<message>.*) "
    rf"\[{TYPE}\.(?P<name>[a-z-]+)\]",
    re.DOTALL,
)
_SYSTEM: Final = re.compile(
    r"\w+: \[Errno (?P<number>\d+)\] (?P<said>.*?)(?:: '(?P<path>[^']*)')?"
    r"(?: -> '(?P<second>[^']*)')?",
    re.DOTALL,
)


def _fault_told(app: Sphinx, message: str) -> Fault | None:
    """Give the fault that another process has told of."""
    if told := _TOLD.fullmatch(message):
        return Fault(told["name"], told["message"])
    if told := _SYSTEM.fullmatch(message):
        paths = [Path(path) for path in (told["second"], told["path"]) if path]
        return _fault_of_system(int(told["number"]), told["said"], paths, _folders(app))
    return None
