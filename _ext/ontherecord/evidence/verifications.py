"""What was verified: the lines of ``captures.csv``, beside ``conf.py``."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.settings import CAPTURES
from ontherecord.texts import decoded_if_there
from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME: Final = CAPTURES
"""Where it is kept what was verified, beside ``conf.py``."""

MEANINGS: Final = {
    "quote": "the identifier of the quote",
    "source": "the key of the source whose wording it is",
    "fingerprint": "the SHA-256 of the words",
    "capture_sha256": "the SHA-256 of the capture",
    "swhid": "the Software Heritage identifier of the capture",
    "locator": "where in the source the words stand",
    "verified": "the day on which they were found there",
}
COLUMNS: Final = tuple(MEANINGS)


@dataclass(frozen=True, slots=True)
class Verification:
    """A line of ``captures.csv``: a reading that was found in a capture, when and where."""

    quote: str
    source: str
    fingerprint: str
    capture_sha256: str
    swhid: str
    locator: str
    verified: str
    line: int = 0


def load_verifications(path: Path) -> list[Verification]:
    """Read ``captures.csv``; lines that lack a column are left out.

    Of a file that cannot be read nothing is given; `why_unreadable` says why.
    """
    return _read(path)[0]


def why_unreadable(path: Path) -> str:
    """Say why ``captures.csv`` cannot be read; nothing where it can, or is not there."""
    return _read(path)[1]


def _read(path: Path) -> tuple[list[Verification], str]:
    text, wrong = decoded_if_there(path)
    if wrong:
        return [], wrong
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""))
        return [
            Verification(**{name: row[name] for name in COLUMNS}, line=number)
            for number, row in enumerate(rows, 2)
            if all(row.get(name) is not None for name in COLUMNS)
        ], ""
    except csv.Error as error:
        return [], f"cannot be read ({error}): put it right, or put back what git has of it"


def save_verifications(path: Path, verifications: Iterable[Verification]) -> None:
    """Write ``captures.csv``, in order of quote and source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted(verifications, key=lambda one: (one.quote, one.source, one.fingerprint)):
        writer.writerow([getattr(one, name) for name in COLUMNS])
    write_whole(path, text.getvalue())
