"""An output folder: its files are listed once, and written only where their bytes would differ."""

# Of tens of thousands of files, an object for a path would cost as much as the file:
# ruff: noqa: PTH103, PTH105, PTH108, PTH113, PTH116, PTH123, PTH202, PTH208

from __future__ import annotations

import os
import re
from fnmatch import translate
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.keeping.states import State, States
from ontherecord.whole_files import write_at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Left = Mapping[str, States]
    """In which state files were left, by directory."""
    Stretches = dict[str, dict[bytes, tuple[int, int]]]
    """Where stretches stand in files, by path and key; see `ontherecord.exchange.stretches`."""


class Directory:
    """One directory of an output folder, as it was when it was first looked at."""

    def __init__(self, path: str) -> None:
        """Take its path; it need not be there."""
        self.path = path
        self._is_there = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of what is in it."""
        try:
            found = frozenset(os.listdir(self.path))
        except FileNotFoundError:
            return frozenset()
        self._is_there = True
        return found

    def below(self) -> list[str]:
        """Give the names of the directories in it."""
        try:
            with os.scandir(self.path) as listed:
                return [entry.name for entry in listed if entry.is_dir()]
        except FileNotFoundError:
            return []

    def state(self, name: str) -> State | None:
        """Give the state of a file, or nothing where it is not there.

        To ask for it by its path takes half as long as to list it and ask what was listed.
        """
        try:
            state = os.stat(f"{self.path}/{name}")
        except OSError:
            return None
        return state.st_size, state.st_mtime_ns

    def put(self, name: str, content: bytes) -> State:
        """Put a file in place whole, unless it is there with the same bytes; give its state.

        A new one is written where it stands: a build that is killed meanwhile has not kept
        its state, so that the next one reads it and writes it again. Another is replaced by
        one that was written beside it, so that readers never see a part of it. Raises
        `OSError` where it cannot be written.
        """
        path = f"{self.path}/{name}"
        if name not in self.names:
            try:
                return self._create(path, content)
            except FileExistsError:  # Another build has just made it.
                return self._replace(name, content)
        return _same(path, content) or self._replace(name, content)

    def make(self, name: str, write: Callable[[Path], None]) -> State:
        """Put a file in place that a function writes to the path that it is given."""
        path, waiting = f"{self.path}/{name}", self._waiting(name)
        self._be_there()
        try:
            write(Path(waiting))
            if not (name in self.names and _are_alike(waiting, path)):
                os.replace(waiting, path)
        finally:
            _unlink(waiting)
        state = os.stat(path)
        return state.st_size, state.st_mtime_ns

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        _unlink(f"{self.path}/{name}")

    def _waiting(self, name: str) -> str:
        return f"{self.path}/.{name}.{os.getpid()}"

    def _replace(self, name: str, content: bytes) -> State:
        waiting = self._waiting(name)
        _unlink(waiting)
        try:
            state = self._create(waiting, content)
            os.replace(waiting, f"{self.path}/{name}")
        finally:
            _unlink(waiting)
        return state

    def _create(self, path: str, content: bytes) -> State:
        self._be_there()
        state = write_at_once(path, content, os.O_EXCL)
        return state.st_size, state.st_mtime_ns

    def _be_there(self) -> None:
        if not self._is_there:
            os.makedirs(self.path, exist_ok=True)
            self._is_there = True


class Folder:
    """An output folder, with the directories in it that were asked for."""

    def __init__(
        self,
        root: Path,
        left: Mapping[str, Left] | None = None,
        stretches: Mapping[str, Stretches] | None = None,
    ) -> None:
        """Take its path, and by owner in which state its files were left, and their stretches."""
        self.root = root
        self._left = left or {}
        self._stretches = stretches or {}
        self._directories: dict[str, Directory] = {}
        self._owners: dict[str, Files] = {}

    def directory(self, path: str) -> Directory:
        """Give a directory by its path below the folder, with slashes; it need not be there."""
        found = self._directories.get(path)
        if found is None:
            below = f"{self.root}/{path}" if path else str(self.root)
            found = self._directories[path] = Directory(below)
        return found

    def of(self, owner: str) -> Files:
        """Give the files of an owner, such as a format."""
        if owner not in self._owners:
            left, stretches = self._left.get(owner), self._stretches.get(owner, {})
            self._owners[owner] = Files(self, left, stretches)
        return self._owners[owner]

    @property
    def left(self) -> dict[str, dict[str, States]]:
        """In which state the files that belong there are left now, by owner."""
        return {owner: files.now for owner, files in self._owners.items()}

    @property
    def stretches(self) -> dict[str, Stretches]:
        """Where the stretches of those files stand that have any, by owner and path."""
        found = {owner: files.stretches for owner, files in self._owners.items()}
        return {owner: stretches for owner, stretches in found.items() if stretches}

    def forget(self, owner: str) -> None:
        """Forget the files of an owner that could not be written: all are made again."""
        self._owners.pop(owner, None)

    def sweep(self, patterns: Iterable[str], spared: Callable[[str], bool]) -> None:
        """Remove the files with these paths that are nobody's, but those that are spared.

        Patterns are those of `fnmatch`, a directory at a time; ``**`` is any number of them.
        """
        fitting: dict[str, list[str]] = {}
        for pattern in patterns:
            above, _slash, name = pattern.rpartition("/")
            for path in self._directories_of(above):
                fitting.setdefault(path, []).append(translate(name))
        for path, names in fitting.items():
            directory = self.directory(path)
            if not directory.names:
                continue  # All that is there was made by this build: whose it is need not be known.
            owned = [files.now_in(path) for files in self._owners.values()]
            nobodys = directory.names.difference(*owned)
            fits = re.compile("|".join(names)).match
            for name in nobodys:
                left_over = _LEFT_OVER.fullmatch(name)
                if left_over is not None and fits(left_over["name"]):
                    is_to_go = not _runs(int(left_over["process"]))
                else:
                    is_to_go = bool(fits(name)) and os.path.isfile(f"{directory.path}/{name}")
                if is_to_go and not spared(f"{path}/{name}" if path else name):
                    directory.remove(name)

    def _directories_of(self, pattern: str) -> Iterator[str]:
        if pattern.endswith("/**"):
            yield from self._below(pattern.removesuffix("/**"))
        else:
            yield pattern

    def _below(self, path: str) -> Iterator[str]:
        yield path
        for name in self.directory(path).below():
            yield from self._below(f"{path}/{name}")


class Files:
    """The files of one owner.

    A build says of each that belongs there that it does: `keep` of one that is as an earlier
    build left it, `put` or `make` of another.
    """

    def __init__(self, folder: Folder, left: Left | None, stretches: Stretches) -> None:
        """Take the folder, and in which state an earlier build left the files, if one did."""
        self._folder = folder
        self._stretches = stretches
        self.stretches: Stretches = {}
        """Where stretches stand in files that belong there, by path; only who writes them knows."""
        self._is_known = left is not None
        self._left: Left = left or {}
        self.now: dict[str, States] = {}
        """The state in which this build leaves the files that belong there, by directory."""

    def keep_all(self) -> bool:
        """Tell whether all that was left is there as it was left; if so it belongs there."""
        if not self._is_known:
            return False
        if any(len(self._intact[path]) != len(states) for path, states in self._left.items()):
            return False
        self.now = {path: states.copy() for path, states in self._left.items()}
        self.stretches = dict(self._stretches)
        return True

    @cached_property
    def _intact(self) -> dict[str, dict[str, State]]:
        """Those of the files that were left that are as they were; all are looked at at once."""
        found = {}
        for path, states in self._left.items():
            state, files = self._folder.directory(path).state, states.by_name()
            found[path] = {name: left for name, left in files.items() if state(name) == left}
        return found

    def keep(self, path: str) -> bool:
        """Tell whether a file is as it was left; if so it belongs there."""
        above, _slash, name = path.rpartition("/")
        state = self._intact.get(above, {}).get(name)
        if state is None:
            return False
        self._note(above, name, state)
        if path in self._stretches:
            self.stretches[path] = self._stretches[path]
        return True

    def former(self, path: str) -> tuple[Path | None, dict[bytes, tuple[int, int]]]:
        """Give a file that is as it was left, with its stretches; nothing where there are none."""
        above, _slash, name = path.rpartition("/")
        if path not in self._stretches or name not in self._intact.get(above, {}):
            return None, {}
        return self._folder.root / path, self._stretches[path]

    def now_in(self, above: str) -> dict[str, State]:
        """Give the state of each file that belongs in a directory, by name."""
        states = self.now.get(above)
        return states.by_name() if states else {}

    def paths(self) -> Iterator[str]:
        """Give the paths of all that belongs there, from the folder."""
        for above in self.now:
            yield from (f"{above}/{name}" if above else name for name in self.now_in(above))

    def put(self, path: str, content: bytes) -> None:
        """Put a file in place; see `Directory.put`."""
        above, _slash, name = path.rpartition("/")
        state = self._folder.directory(above).put(name, content)
        self._note(above, name, state)

    def make(self, path: str, write: Callable[[Path], None]) -> None:
        """Put a file in place that a function writes; see `Directory.make`."""
        above, _slash, name = path.rpartition("/")
        state = self._folder.directory(above).make(name, write)
        self._note(above, name, state)

    def _note(self, above: str, name: str, state: State) -> None:
        states = self.now.get(above)
        if states is None:
            states = self.now[above] = States()
        states.add(name, state)


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _same(path: str, content: bytes) -> State | None:
    """Give the state of a file that has these bytes, else nothing."""
    try:
        with open(path, "rb", buffering=0) as file:
            state = os.fstat(file.fileno())
            if state.st_size == len(content) and file.read(len(content) + 1) == content:
                return state.st_size, state.st_mtime_ns
    except FileNotFoundError:
        return None
    return None


_LEFT_OVER: Final = re.compile(r"\.(?P<name>.+)\.(?P<process>\d{1,9})")
"""The name of a file that waits to be put in place: of a process that was killed, for good."""


def _runs(process: int) -> bool:
    """Tell whether a process may still be there."""
    if os.name == "nt":
        return True  # To ask would be to interrupt it.
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


_PIECE: Final = 1 << 20


def _are_alike(one: str, other: str) -> bool:
    try:
        if os.path.getsize(one) != os.path.getsize(other):
            return False
        with open(one, "rb", 0) as left, open(other, "rb", 0) as right:
            while piece := left.read(_PIECE):
                if right.read(len(piece)) != piece:
                    return False
    except FileNotFoundError:
        return False
    return True
