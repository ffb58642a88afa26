"""Makes a large index in a process of its own, which gives back what it took when it has ended.

The index takes as much memory as the edition does, and both would be held at once. Where a build
may use more than one process, it goes on meanwhile.

A line of JSON says what to do, one is for each entry, and an empty one says that these are all. The
pipe stays open until there is an answer: where it ends sooner the build has ended, and so does
the process, so that it changes nothing under the next build.
"""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import msgspec

from ontherecord.finding import pagefind
from ontherecord.finding.indexed import Indexed
from ontherecord.finding.published import Published

if TYPE_CHECKING:
    from collections.abc import Iterable

_END: Final = b"\n"


class Task(msgspec.Struct, frozen=True):
    """What `ontherecord.finding.published.Published` is told, but for the entries."""

    program: str
    version: str
    out: str
    kept: str
    language: str
    tools: str

    def write(self, entries: list[Indexed]) -> None:
        """Write the index of some entries; raises `pagefind.Failed`, and `OSError`."""
        published = Published(Path(self.program), self.version, Path(self.out), Path(self.kept))
        published.write(entries, self.language, self.tools)


class Answer(msgspec.Struct, frozen=True):
    """What became of it: what Pagefind said, or the system, of which file, where either failed."""

    pagefind: str | None = None
    system: tuple[int | None, str, str | None] | None = None


class Apart:
    """A process that makes an index."""

    def __init__(self, task: Task) -> None:
        """Begin it, with modules from where this process has them."""
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl-C ends the build, and it ends with that.
        )
        self._send(msgspec.json.encode(task) + _END)

    def send(self, entries: Iterable[Indexed]) -> None:
        """Send it all entries; none of them is held here."""
        encode = msgspec.json.Encoder().encode
        for entry in entries:
            self._send(encode(entry) + _END)
        self._send(_END)
        with contextlib.suppress(OSError):
            _pipe(self._process.stdin).flush()

    def wait(self) -> None:
        """Wait until the index is there; raises what `Task.write` does.

        Where the process was ended by something else, that is a `ChildProcessError`.
        """
        said = _pipe(self._process.stdout).read()
        self._process.communicate()
        if not said:
            told = f"the process that makes the search index ended with {self._process.returncode}"
            raise ChildProcessError(errno.ECHILD, told)
        answer = msgspec.json.decode(said, type=Answer)
        if answer.pagefind is not None:
            raise pagefind.Failed(answer.pagefind)
        if answer.system is not None:
            number, told, path = answer.system
            raise OSError(number, told, path)

    def _send(self, line: bytes) -> None:
        # Of a process that has ended, the answer tells.
        with contextlib.suppress(BrokenPipeError):
            _pipe(self._process.stdin).write(line)


def main() -> None:
    """Do what is asked for at the other end."""
    lines = iter(sys.stdin.buffer.readline, b"")
    task = msgspec.json.decode(next(lines), type=Task)
    decode = msgspec.json.Decoder(Indexed).decode
    entries = []
    for line in lines:
        if line == _END:
            break
        entries.append(decode(line))
    else:  # The build has ended before all was sent.
        return
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    sys.stdout.buffer.write(msgspec.json.encode(_answer(task, entries)))


def _answer(task: Task, entries: list[Indexed]) -> Answer:
    try:
        task.write(entries)
    except pagefind.Failed as reason:
        return Answer(pagefind=str(reason))
    except OSError as error:
        path = error.filename2 or error.filename
        return Answer(system=(error.errno, str(error.strerror or error), path and str(path)))
    return Answer()


def _end_with_the_build() -> None:
    # Past the buffer, which nobody could close while it is read.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("there is no pipe")
    return pipe


if __name__ == "__main__":
    main()
