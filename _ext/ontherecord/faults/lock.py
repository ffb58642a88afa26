"""A file in a folder that is there while a build writes into it, and stays where one was stopped.

It is locked by the process that builds, so that another waits for its turn; the system takes the
lock away with the process, however that ends, and so no lock is left over. It knows no Sphinx.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.faults.orphans import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME: Final = ".ontherecord-building"
_LENGTH: Final = 40
"""Bytes of what is noted."""
_PAUSE: Final = 0.1
"""Seconds after which the lock is asked for again."""

if sys.platform == "win32":
    import msvcrt

    _PLACE: Final = 1 << 30
    """The byte that is locked, far behind what others read."""

    def _lock(number: int) -> None:
        os.lseek(number, _PLACE, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """The lock of a folder, held by this process.

    ``left`` is what a build that was stopped had noted last, and ``since`` when, in nanoseconds of
    the file system's clock; nothing where the last one came to its end.
    """

    def __init__(self, folder: Path, wait: Callable[[str], None]) -> None:
        """Take the lock, and wait for it; raises `OSError` where no file can be made there.

        ``wait`` is called once if another process holds it, with that process's number.
        """
        self.path = folder.resolve() / NAME
        self._process = os.getpid()
        watch(_is_any_held)
        known = _HELD.get(self.path)
        # Who builds twice in one process does so one after the other.
        self._number = known.give() if known is not None else _take(self.path, wait)
        _HELD[self.path] = self
        self.left = os.read(self._number, _LENGTH).decode(errors="replace").partition(" ")[0]
        self.since = os.fstat(self._number).st_mtime_ns

    def give(self) -> int:
        """Give the open file up to another lock of this process."""
        number, self._number = self._number, -1
        os.lseek(number, 0, os.SEEK_SET)
        return number

    def note(self, word: str) -> None:
        """Note what is being done, for the next build if this one is stopped."""
        os.lseek(self._number, 0, os.SEEK_SET)
        # Of one length, and over what was there: it is never empty in between.
        os.write(self._number, f"{word} {self._process}".ljust(_LENGTH).encode())

    def release(self, *, is_whole: bool) -> None:
        """Let go; ``is_whole`` says that the build came to its end, or never began."""
        if self._number < 0 or self._process != os.getpid():
            return  # Given up, or that of the process that this one was forked from.
        if is_whole:
            # Emptied first: where it cannot be removed, it says at least that nothing was stopped.
            with suppress(OSError):
                os.truncate(self._number, 0)
                if os.name == "nt":  # There, what is open cannot be removed.
                    os.close(self.give())
                with _unseen(self.path.parent):
                    self.path.unlink()
        if self._number >= 0:
            os.close(self.give())
        if _HELD.get(self.path) is self:
            del _HELD[self.path]


_HELD: Final[dict[Path, Lock]] = {}
"""The locks of this process, and of those that it is forked into."""


def _is_any_held() -> bool:
    return bool(_HELD)


def _take(path: Path, wait: Callable[[str], None]) -> int:
    """Give the file, open and locked."""
    has_said = False
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _unseen(path.parent):
            number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        is_ours = True
        try:
            _lock(number)
        except (BlockingIOError, PermissionError):
            is_ours = False
        except OSError:
            return number  # A file system without locks: two builds at once are not told apart.
        if is_ours and _is_there(path, number):
            return number
        holder = os.read(number, _LENGTH).decode(errors="replace").partition(" ")[2].strip()
        os.close(number)
        if not is_ours:
            if not has_said:
                wait(holder or "?")
                has_said = True
            time.sleep(_PAUSE)


@contextmanager
def _unseen(folder: Path) -> Iterator[None]:
    """Leave the time at which a folder was changed: by it is known whether others came to it."""
    before = folder.stat()
    yield
    with suppress(OSError):  # The folder may be somebody else's.
        os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))


def _is_there(path: Path, number: int) -> bool:
    """Tell whether the open file is still the one at its path: its holder may have removed it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except OSError:
        return False
