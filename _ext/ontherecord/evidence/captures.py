"""Captures: copies of sources, kept outside the repository, that readings are held against."""

from __future__ import annotations

import errno
import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ontherecord.imprint import content_identifier
from ontherecord.typography import DASHES, DOUBLE, INVISIBLE, SINGLE

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

SUFFIXES: Final = (".txt", ".md")
_ABOUT: Final = ("readme", "license", "licence")
"""Names of files that say something of the folder they are in."""

LARGEST: Final = 20_000_000
"""Largest capture that is read, in bytes: a whole day's transcripts are a tenth of it."""

_DROPPED: Final = re.compile(f"[{INVISIBLE}]")
_FOLDS: Final = [
    (re.compile(rf"\s*(?:--+|[{DASHES}])\s*|(?:^|\s+)-(?:\s+|$)"), "-"),
    (re.compile(f"[{SINGLE}]"), "'"),
    (re.compile(f"[{DOUBLE}]|''"), '"'),
    (re.compile("…|\\. \\. \\."), "..."),
    (re.compile(r"(?<![\w\\])[*_]{1,3}(?=\S)|(?<=[^\s\\])[*_]{1,3}(?!\w)"), ""),
    (re.compile(r"\\(?=[^\w\s])"), ""),
    (re.compile(r"\s+"), " "),
]
"""What is folded: dashes with the space around them, quotation marks, three dots, Markdown's
escapes and emphasis, white space. Letters, figures, case and other marks are not."""


def fold(text: str) -> str:
    """Give a text as it is compared with a capture."""
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    for pattern, replacement in _FOLDS:
        text = pattern.sub(replacement, text)
    return text.strip()


class Unreadable(Exception):
    """A capture that cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Capture:
    """A capture that was read."""

    path: Path
    content: bytes
    text: str

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def swhid(self) -> str:
        """The Software Heritage identifier of the file's content (SWHID 1.2, core identifiers)."""
        return content_identifier(self.content)

    @cached_property
    def _lines(self) -> tuple[str, list[int], list[int]]:
        """The folded text, and where in it each line of the file and each paragraph begins."""
        parts: list[str] = []
        starts: list[int] = []
        paragraphs: list[int] = []
        length, blank, before = 0, True, ""
        for line in self.text.splitlines() or [""]:
            folded = fold(line)
            if folded and before:
                # A dash that ends a line, or begins one, lost its space; so must that between.
                glue = "" if before.endswith("-") or folded.startswith("-") else " "
                parts.append(glue)
                length += len(glue)
            starts.append(length)
            if folded and blank:
                paragraphs.append(length)
            blank = not folded
            if folded:
                parts.append(folded)
                length += len(folded)
                before = folded
        return "".join(parts), starts, paragraphs

    @property
    def folded(self) -> str:
        """The text as it is searched."""
        return self._lines[0]

    @property
    def paragraphs(self) -> list[int]:
        """Where in the folded text paragraphs begin: what follows an empty line."""
        return self._lines[2]

    def line(self, position: int) -> int:
        """Give the line of the file, from 1, of a place in the folded text."""
        return max(1, bisect_right(self._lines[1], position))

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """Give where in the folded text lines of the file begin and end."""
        text, starts, _ = self._lines
        begin = starts[first - 1] if 0 < first <= len(starts) else len(text)
        return begin, starts[last] if 0 < last < len(starts) else len(text)


def read(path: Path) -> Capture:
    """Read a capture. Raises `Unreadable` where it is empty, binary, not in UTF-8 or too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(
                f"has {size:,} bytes, and more than {LARGEST:,} are not read: "
                "keep the part of the source that is quoted"
            )
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    if not content.strip():
        raise Unreadable("is empty: save the source's text in it")
    if b"\x00" in content:
        raise Unreadable("is not text: save the source as plain text or Markdown, in UTF-8")
    try:
        return Capture(path, content, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"is not in UTF-8 (byte {error.start:,}): save it anew in that encoding"
        ) from error


class Captures:
    """The captures of a folder, each read when it is asked for and kept no longer."""

    def __init__(self, folder: Path | None, edition: Path | None = None) -> None:
        """Take the folder, which need not exist, and that of the edition whose captures they are.

        A folder that is not inside the edition's may have captures of other editions too.
        """
        self.folder = folder
        self._edition = edition

    @property
    def are_there(self) -> bool:
        """Whether there is such a folder, with captures or without."""
        return self.folder is not None and self.folder.is_dir()

    def strangers(self, sources: Container[str]) -> list[tuple[str, Path]]:
        """Give the files that would be captures if a source had their name, each with its path
        from the edition's folder.

        None are given of a folder outside the edition's, nor of what says what the folder is for.
        """
        folder, edition = self.folder, self._edition
        if folder is None or edition is None or edition not in folder.parents:
            return []
        try:
            paths = sorted(path for path in folder.iterdir() if path.is_file())
        except OSError:
            return []
        return [
            (path.relative_to(edition).as_posix(), path)
            for path in paths
            if path.suffix.lower() in SUFFIXES
            and path.stem.lower() not in _ABOUT
            and (path.suffix not in SUFFIXES or path.stem not in sources)
        ]

    def path(self, source: str) -> Path | None:
        """Give the file of a source's capture, or nothing where there is none."""
        if self.folder is None:
            return None
        for suffix in SUFFIXES:
            path = self.folder / f"{source}{suffix}"
            try:
                if path.is_file():
                    return path
            except OSError as error:
                if error.errno != errno.ENAMETOOLONG:  # As a mistyped key can be.
                    return path  # Reading it says what is wrong.
        return None
