"""Has Pagefind's binary make an index, and keeps of what it writes what the search page needs.

Pagefind's binary is spoken to directly, in the messages of its service (base64
of JSON, parted by commas), since its Python API reads one answer in a tenth of
a second: 50 records took it 5.1 s, and 16,000 take 4 s here (Pagefind 1.5.2,
two cores).
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import threading
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontherecord.finding.indexed import content_of, meta_of
from ontherecord.finding.settled import ENTRY, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ontherecord.finding.indexed import Indexed

_UNUSED: Final = (
    *("pagefind-*ui.js", "pagefind-*ui.css", "pagefind-highlight.js"),
    *("pagefind-worker.js", "playground/*"),
)
"""Pagefind's own interface and its worker: 460 KB that our page does without."""
_PATIENCE: Final = 20
"""Seconds in which the binary has to say its version."""


class Failed(RuntimeError):
    """Pagefind did not do what it was asked."""


def binary() -> Path | None:
    """Give Pagefind's binary: that of the package ``pagefind-bin``, else one on the path."""
    try:
        return Path(import_module("pagefind_bin").get_executable())
    except (ImportError, OSError):
        found = shutil.which("pagefind")
        return Path(found) if found else None


def version(program: Path) -> str:
    """Give the version that the binary says it has; raises `Failed` where it does not run."""
    try:
        done = subprocess.run(  # noqa: S603 - the binary that was installed for this
            [program, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Failed(str(error)) from error
    return done.stdout.strip()


SILENCE: Final = 120.0
"""Seconds that Pagefind may take for anything; a whole index of a thousand takes one."""
PATIENCE: Final = 0.02
"""Seconds more for each entry: some fifty times what one takes."""


def make(program: Path, entries: Iterable[Indexed], language: str) -> dict[str, bytes]:
    """Have the index of some entries made, and give its files by path.

    All of them are in one index, in whatever language their words are. Raises `Failed` where
    Pagefind does not answer as it should.
    """
    with _named():
        return needed(settle(_speak(program, list(_messages(entries, language)))))


def read(program: Path, text: str, language: str) -> dict[str, bytes]:
    """Give the files of an index of one text by path, as they come; raises `Failed` as `make`."""
    record = {"url": "", "content": text, "meta": {}, "filters": {}, "sort": {}}
    with _named():
        return _speak(
            program,
            [
                {"type": "NewIndex", "config": {"force_language": language}},
                {"type": "AddRecord", "index_id": 0, "language": language, **record},
                {"type": "GetFiles", "index_id": 0},
            ],
        )


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """Name whatever goes wrong."""
    try:
        yield
    except (OSError, ValueError, LookupError) as error:
        raise Failed(str(error)) from error


def _messages(entries: Iterable[Indexed], language: str) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"force_language": language}}
    for entry in entries:
        filters: dict[str, list[str]] = {}
        for facet, value in entry.filters:
            filters.setdefault(facet, []).append(value)
        yield {
            "type": "AddRecord",
            "index_id": 0,  # The first index of a process.
            "url": entry.url,
            "content": content_of(entry),
            "language": entry.language,
            "meta": meta_of(entry),
            "filters": filters,
            "sort": dict(entry.sort),
        }
    # `WriteFiles` answers before the last files are whole, and loses them when the process ends.
    yield {"type": "GetFiles", "index_id": 0}


def _speak(program: Path, messages: Sequence[dict[str, Any]]) -> dict[str, bytes]:
    """Send all messages, and give the files that the last is answered with.

    Raises `Failed` for an answer that is an error, and where the binary stops.
    """
    service = subprocess.Popen(  # noqa: S603 - as above
        [program, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    # Beside the reading, for at a full pipe either end would wait for the other.
    sending = threading.Thread(target=_send, args=(service, messages), daemon=True)
    sending.start()
    # A binary that never answers is stopped, and the reader below sees that it has.
    patience = threading.Timer(SILENCE + len(messages) * PATIENCE, service.kill)
    patience.daemon = True
    patience.start()
    payload: dict[str, Any] = {}
    answers = _answers(service)
    try:
        for number in range(len(messages)):
            payload = next(answers, {"type": "Error", "message": f"it stopped after {number}"})
            if payload["type"] == "Error":
                raise Failed(str(payload.get("message", payload)))
    finally:
        patience.cancel()
        service.kill()  # It holds nothing that is still wanted.
        service.wait()
        sending.join()
        for pipe in (service.stdin, service.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
    return {file["path"]: base64.b64decode(file["content"]) for file in payload["files"]}


def _answers(service: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    begun: list[bytes] = []
    while read := service.stdout.read1(1 << 20):  # type: ignore[union-attr]
        *ends, rest = read.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join([*begun, end])))["payload"]
            begun = []
        begun.append(rest)


def _send(service: subprocess.Popen[bytes], messages: Iterable[dict[str, Any]]) -> None:
    pipe = service.stdin
    try:
        for number, payload in enumerate(messages, 1):
            message = json.dumps({"message_id": number, "payload": payload})
            pipe.write(base64.b64encode(message.encode()) + b",")  # type: ignore[union-attr]
        pipe.flush()  # type: ignore[union-attr]
    except OSError:
        return  # The reader sees that the service has stopped.


def needed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what no page asks for: Pagefind's own interface, and what other languages need."""
    languages = json.loads(files[ENTRY])["languages"].values()
    wasm = {f"wasm.{one['wasm'] or 'unknown'}.pagefind" for one in languages}
    return {
        path: content
        for path, content in files.items()
        if not any(fnmatch(path, pattern) for pattern in _UNUSED)
        and (path in wasm or not path.startswith("wasm."))
    }
