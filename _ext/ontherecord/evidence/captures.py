"""Captures: copies of sources, kept outside the repository, that readings are held against."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.places import NEAR, is_short, missing, placings
from ontherecord.imprint import content_identifier
from ontherecord.settings import CAPTURES
from ontherecord.whole_files import write_whole
from ontherecord.words import editorial, pieces

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

SUFFIXES: Final = (".txt", ".md")
_ABOUT: Final = ("readme", "license", "licence")
"""Names of files that say something of the folder they are in."""

LARGEST: Final = 20_000_000
"""Largest capture that is read, in bytes: a whole day's transcripts are a tenth of it."""

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

_SAYS: Final = re.compile(r"\w")
"""What words have, and marks between them have not."""

_AROUND: Final = "\"'()[]"
"""Quotation marks and brackets, as they are folded."""

_DROPPED: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FOLDS: Final = [
    (re.compile(r"\s*(?:--+|[‐‑‒–—―−])\s*|(?:^|\s+)-(?:\s+|$)"), "-"),
    (re.compile("[‘’‚‛′`´]"), "'"),
    (re.compile("[“”„‟″«»]|''"), '"'),
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


@dataclass(frozen=True, slots=True)
class Result:
    """What a capture says of a wording: found or not, on which lines, what is nearest.

    ``line`` is that of the wording's beginning, and counts from 1; ``lines`` are those of all
    places at which it can as well stand, in order. ``short`` says that it has no fragment but of a
    few words; ``apart`` are such fragments that stand only far from the others, each with the
    line. ``nearest`` and ``difference`` are empty where the words were found.
    """

    found: bool
    line: int = 0
    lines: tuple[int, ...] = ()
    short: bool = False
    apart: tuple[tuple[str, int], ...] = ()
    nearest: str = ""
    difference: str = ""


CLOSE: Final = 5
"""Lines from those that a locator names at which words still are what it means: editors name the
line at which a turn begins, and captures break lines where they like."""


def verify(
    capture: Capture,
    words: str,
    meant: tuple[int, int] | None = None,
    *,
    brackets: str = "edition",
    explain: bool = True,
) -> Result:
    """Hold words against a capture: each stretch between the editor's elisions, in order.

    Where they can stand in several places, the one is taken that is nearest to the lines
    ``meant``, and in which the stretches are nearest together. ``brackets`` says whose the words
    in square brackets are. Where words are not found, ``explain`` asks what is nearest, which
    takes longer than the rest.
    """
    fragments = folded_pieces(words, brackets)
    number = missing(capture.folded, fragments)
    if number >= 0:
        return _nearest(capture, fragments[number]) if explain else Result(found=False)
    if not fragments:
        return Result(found=False)
    stretch = capture.stretch(*meant) if meant else None
    best, *others = placings(capture.folded, fragments, capture.paragraphs, stretch)
    line = capture.line(best.starts[0])
    is_meant = meant is not None and (
        meant[0] - CLOSE <= capture.line(best.end - 1) and line <= meant[1] + CLOSE
    )
    short = all(map(is_short, fragments))
    rivals = [
        other.starts[0]
        for other in others
        if len(other.apart) == len(best.apart)
        and (other.distance == best.distance or not is_meant)
        and (other.gap == best.gap or short)
    ]
    lines = [line]
    for start in rivals:  # What is said twice in one breath stands in one place.
        is_far = abs(start - best.starts[0]) > NEAR and not is_meant
        if is_far or capture.line(start) != line:
            lines.append(capture.line(start))
    return Result(
        found=True,
        line=line,
        lines=tuple(sorted(lines)),
        short=short,
        apart=tuple((fragments[n], capture.line(best.starts[n])) for n in best.apart),
    )


def folded_pieces(words: str, brackets: str = "edition") -> list[str]:
    """Give the stretches of words that a capture must have, folded; of marks alone, no stretch."""
    folded = [fold(piece) for piece in pieces(words, brackets)]
    return [piece for piece in folded if _SAYS.search(piece)] or [*filter(None, folded)]


def _nearest(capture: Capture, piece: str) -> Result:
    """Give the passage that shares most words with a piece, and how the two differ."""
    asked = piece.split()
    wanted = [_bare(word) for word in asked]
    places = [(match.start(), match[0]) for match in re.finditer(r"\S+", capture.folded)]
    words = [_bare(word) for _, word in places]
    begin = _best_window(words, wanted)
    end = min(len(words), begin + len(wanted) + 2)
    begin = max(0, begin)
    matcher = SequenceMatcher(None, words[begin:end], wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if blocks:  # Leave out what stands before and after the passage.
        last = blocks[-1]
        end = min(end, begin + last.a + last.size + max(0, len(wanted) - last.b - last.size))
        begin += max(0, blocks[0].a - blocks[0].b)
    passage = [word for _, word in places[begin:end]]
    if passage and asked:  # What stands beside the passage, and in one word with it, is no matter.
        passage[0] = _from_asked(passage[0], asked[0])
        passage[-1] = _to_asked(passage[-1], asked[-1])
    line = capture.line(places[begin][0]) if places else 0
    return Result(
        found=False,
        line=line,
        nearest=" ".join(passage),
        difference=word_difference(passage, asked),
    )


def _from_asked(printed: str, asked: str) -> str:
    """Give the first word of a passage without the marks before it that are not asked for."""
    if printed.endswith(asked) and not printed.removesuffix(asked)[-1:].isalnum():
        return asked
    return printed if asked[:1] in _AROUND else printed.lstrip(_AROUND) or printed


def _to_asked(printed: str, asked: str) -> str:
    """Give the last word of a passage without the marks behind it that are not asked for."""
    if printed.startswith(asked) and not printed.removeprefix(asked)[:1].isalnum():
        return asked
    return printed if asked[-1:] in _AROUND else printed.rstrip(_AROUND) or printed


def _bare(word: str) -> str:
    """Give a word without the quotation marks and brackets around it."""
    return word.strip(_AROUND) or word


def _best_window(words: Sequence[str], wanted: Sequence[str]) -> int:
    """Give where the stretch begins that has most of the wanted words, as often as wanted."""
    size = len(wanted) + 1
    need = Counter(wanted)
    have: Counter[str] = Counter()
    shared = best = begin = 0
    for index, word in enumerate(words):
        have[word] += 1
        shared += have[word] <= need[word]
        if index >= size:
            gone = words[index - size]
            shared -= have[gone] <= need[gone]
            have[gone] -= 1
        if shared > best:
            best, begin = shared, index - size + 1
    return begin


def word_difference(printed: Sequence[str], read: Sequence[str]) -> str:
    """Give a difference of words: ``[-in the source-]``, ``{+in the edition+}``."""
    shown = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, printed, read, autojunk=False).get_opcodes():
        if tag == "equal":
            shown.append(" ".join(printed[i1:i2]))
            continue
        if i2 > i1:
            shown.append(f"[-{' '.join(printed[i1:i2])}-]")
        if j2 > j1:
            shown.append(f"{{+{' '.join(read[j1:j2])}+}}")
    return " ".join(shown)


def altered(words: str, brackets: str = "edition") -> str:
    """Give words with one of them changed: the control, which no capture may hold."""
    longest = max(re.findall(r"\w+", " ".join(pieces(words, brackets))) or [""], key=len)
    other = f"{longest}{longest[::-1]}x"
    parts = re.split(f"({editorial(brackets).pattern})", words)
    for index, part in enumerate(parts):
        if longest and index % 2 == 0 and longest in part:
            parts[index] = part.replace(longest, other, 1)
            return "".join(parts)
    return f"{words} x"


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
    if not path.is_file():
        return [], ""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            return [
                Verification(**{name: row[name] for name in COLUMNS}, line=number)
                for number, row in enumerate(rows, 2)
                if all(row.get(name) is not None for name in COLUMNS)
            ], ""
    except (OSError, UnicodeDecodeError, csv.Error) as error:
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
