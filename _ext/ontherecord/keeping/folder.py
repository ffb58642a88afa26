"""An output folder: its files are listed once, and written only where their bytes would differ."""

# Of tens of thousands of files, an object for a path would cost as much as the file:
# ruff: noqa: PTH103, PTH105, PTH108, PTH113, PTH116, PTH123, PTH202, PTH208

from __future__ import annotations

import hashlib
import os
import re
from fnmatch import translate
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.keeping.states import Left
from ontherecord.whole_files import write_at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ontherecord.keeping.states import State


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

    def __init__(self, root: Path, left: Mapping[str, Left] | None = None) -> None:
        """Take its path, and how files were left, by owner."""
        self.root = root
        self._left = {**(left or {})}
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
        """Give the files of an owner: a format, or a kind of thing in it (``tei/documents``)."""
        if owner not in self._owners:
            self._owners[owner] = Files(self, self._left.get(owner))
        return self._owners[owner]

    def all_of(self, owner: str) -> list[Files]:
        """Give the files of an owner, and those of its kinds of things that there are or were."""
        known = {*self._left, *self._owners}
        return [self.of(one) for one in sorted(known) if one.partition("/")[0] == owner]

    @property
    def left(self) -> dict[str, Left]:
        """How the files that belong there are left now, by owner."""
        return {owner: files.now for owner, files in self._owners.items()}

    def forget(self, owner: str) -> None:
        """Forget the files of an owner that could not be written: all are made again."""
        for known in (self._owners, self._left):
            for one in [one for one in known if one.partition("/")[0] == owner]:
                del known[one]

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
            owned = [files.names_in(path) for files in self._owners.values()]
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


_AGAIN: Final = 1000
"""How often files may be put again before all their states are noted anew; see `States.add`."""


class Files:
    """The files of one owner.

    A build says of each that belongs there that it does: `keep` of one that is as an earlier
    build left it, `put` or `make` of another.
    """

    def __init__(self, folder: Folder, left: Left | None) -> None:
        """Take the folder, and how an earlier build left the files, if one did."""
        self._folder = folder
        self._is_known = left is not None
        self._left = left or Left()
        self._names_are_known = False
        self.now = Left()
        """How this build leaves the files that belong there.

        Where stretches stand in them, only who writes them knows.
        """

    def keep_all(self) -> bool:
        """Tell whether all that was left is there as it was left; if so it belongs there."""
        if not self._is_known or not self._is_intact():
            return False
        self.now = self._left.copy()
        self._names_are_known = True
        return True

    def are_of(self, units: Iterable[str]) -> bool:
        """Say of which things the files are to be; tell whether those that were left are of them.

        If so all can be kept at once, and those of some things `put` again. That of files which
        were put again the states are noted twice is no reason against it, but that of many is.
        """
        named = "\0".join(units).encode(errors="surrogatepass")
        self.now.units = hashlib.blake2b(named, digest_size=16).digest()
        if self.now.units != self._left.units:
            return False
        noted = sum(map(len, self._left.states.values()))
        return noted - sum(map(len, self._files.values())) <= _AGAIN

    @cached_property
    def _files(self) -> dict[str, dict[str, State]]:
        """The files that were left, by directory and name."""
        return {path: states.by_name() for path, states in self._left.states.items()}

    def _is_intact(self) -> bool:
        """Tell whether all files are as they were; most often they are, and nothing is noted."""
        for path, files in self._files.items():
            state = self._folder.directory(path).state
            for name, left in files.items():
                if state(name) != left:
                    return False
        return True

    @cached_property
    def _intact(self) -> dict[str, dict[str, State]]:
        """Those of them that are as they were; all are looked at at once."""
        found = {}
        for path, files in self._files.items():
            state = self._folder.directory(path).state
            found[path] = {name: left for name, left in files.items() if state(name) == left}
        return found

    def keep(self, path: str) -> bool:
        """Tell whether a file is as it was left; if so it belongs there."""
        above, _slash, name = path.rpartition("/")
        state = self._intact.get(above, {}).get(name)
        if state is None:
            return False
        self._note(above, name, state)
        if path in self._left.stretches:
            self.now.stretches[path] = self._left.stretches[path]
        return True

    def former(self, path: str) -> tuple[Path | None, dict[bytes, tuple[int, int]]]:
        """Give a file that is as it was left, with its stretches; nothing where there are none."""
        above, _slash, name = path.rpartition("/")
        if path not in self._left.stretches or name not in self._intact.get(above, {}):
            return None, {}
        return self._folder.root / path, self._left.stretches[path]

    def names_in(self, above: str) -> Collection[str]:
        """Give the names of the files that belong in a directory."""
        if self._names_are_known:
            return self._files.get(above, {})
        states = self.now.states.get(above)
        return states.by_name() if states else ()

    def paths(self) -> Iterator[str]:
        """Give the paths of all that belongs there, from the folder."""
        for above in self.now.states:
            yield from (f"{above}/{name}" if above else name for name in self.names_in(above))

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
        if self._names_are_known and name not in self._files.get(above, {}):
            self._names_are_known = False
        self.now.add(above, name, state)


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
