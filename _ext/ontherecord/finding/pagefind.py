"""Hands what is indexed to Pagefind, and keeps of what it writes what the search page needs.

Pagefind's binary is spoken to directly, in the messages of its service (base64
of JSON, parted by commas), since its Python API reads one answer in a tenth of
a second: 50 records took it 5.1 s, and 16,000 take 4 s here (Pagefind 1.5.2,
two cores).
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontherecord.finding.settled import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ontherecord.finding.indexed import Indexed

ENTRY: Final = "pagefind-entry.json"

_UNUSED: Final = ("pagefind-*ui.js", "pagefind-*ui.css", "pagefind-highlight.js")
"""Pagefind's own pages and marks: 420 KB that no page of ours asks for."""
_WORKER: Final = "pagefind-worker.js"
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


def write(program: Path, entries: Sequence[Indexed], language: str, folder: Path) -> None:
    """Write the index of some entries into a folder, in place of what is there.

    All of them are in one index, in whatever language their words are. Raises
    `Failed` where that cannot be done; what is there then stays.
    """
    made = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    try:
        _speak(program, list(_messages(entries, language, made)))
        settle(made)
        _leave_out(made)
    except (OSError, ValueError) as error:
        shutil.rmtree(made, ignore_errors=True)
        raise Failed(str(error)) from error
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)


def _messages(entries: Iterable[Indexed], language: str, folder: Path) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"force_language": language}}
    for entry in entries:
        filters: dict[str, list[str]] = {}
        for facet, value in entry.filters:
            filters.setdefault(facet, []).append(value)
        yield {
            "type": "AddRecord",
            "index_id": 0,  # The first index of a process.
            "url": entry.url,
            "content": entry.words,
            "language": entry.language,
            "meta": {"title": entry.title, **dict(entry.meta)},
            "filters": filters,
            "sort": dict(entry.sort),
        }
    yield {"type": "WriteFiles", "index_id": 0, "output_path": str(folder)}


def _speak(program: Path, messages: Sequence[dict[str, Any]]) -> None:
    """Send all messages, and wait for as many answers; raises `Failed` for one that is an error."""
    service = subprocess.Popen(  # noqa: S603 - as above
        [program, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    sending = threading.Thread(target=_send, args=(service, messages), daemon=True)
    sending.start()  # Beside the reading: either end of a full pipe would wait for the other.
    answered, rest = 0, b""
    try:
        while answered < len(messages):
            read = service.stdout.read1(1 << 16)  # type: ignore[union-attr]
            if not read:
                raise Failed(f"Pagefind stopped after {answered} of {len(messages)} messages")
            *answers, rest = (rest + read).split(b",")
            for answer in answers:
                payload = json.loads(base64.b64decode(answer))["payload"]
                if payload["type"] == "Error":
                    raise Failed(str(payload.get("message", payload)))
            answered += len(answers)
    except BaseException:
        service.kill()
        raise
    finally:
        sending.join()
        service.stdin.close()  # type: ignore[union-attr]
        service.wait()
        service.stdout.close()  # type: ignore[union-attr]


def _send(service: subprocess.Popen[bytes], messages: Iterable[dict[str, Any]]) -> None:
    pipe = service.stdin
    try:
        for number, payload in enumerate(messages, 1):
            message = json.dumps({"message_id": number, "payload": payload})
            pipe.write(base64.b64encode(message.encode()) + b",")  # type: ignore[union-attr]
        pipe.flush()  # type: ignore[union-attr]
    except OSError:
        return  # The reader sees that the service has stopped.


def _leave_out(folder: Path) -> None:
    """Remove what no page asks for: Pagefind's own interface, and what other languages need."""
    for pattern in (*_UNUSED, _WORKER):
        for path in folder.glob(pattern):
            path.unlink()
    entry = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
    used = {one["wasm"] or "unknown" for one in entry["languages"].values()}
    for path in folder.glob("wasm.*.pagefind"):
        if path.name.split(".")[1] not in used:
            path.unlink()
