"""Controls: words that no capture has, and that the check must therefore refuse.

A check that finds everything would find the edition's words too. For each wording that a capture
holds, a word of it is changed, dropped and repeated; what comes of it is held against the capture
by the check that builds use. That the capture does not have it is made sure of in another way, by
the letters alone, so that a control which is found is the check's fault and never the text's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.captures import Capture, Captures
from ontherecord.evidence.matching import verify
from ontherecord.evidence.verification import captured
from ontherecord.typography import INVISIBLE
from ontherecord.words import editorial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ontherecord.edition import Edition
    from ontherecord.evidence.verification import Wording

_LETTERS: Final = re.compile(r"[^\W_]+")
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Control:
    """Words of which one was changed: ``kind`` is a key of `KINDS`."""

    kind: str
    words: str


@dataclass(slots=True)
class Tried:
    """What became of an edition's controls.

    ``held`` counts the wordings that captures have, ``not_held`` those that they should have;
    ``refused`` the controls by kind. What is wrong is in ``found`` and ``unreadable``.
    """

    held: int = 0
    not_held: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    found: list[tuple[Wording, Control]] = field(default_factory=list)
    unreadable: list[tuple[Wording, str]] = field(default_factory=list)


def control_all(edition: Edition, captures: Captures) -> Tried:
    """Hold the controls of every wording that has a capture against it, one after the other."""
    tried = Tried()
    for capture, of_source in captured(edition, captures):
        if isinstance(capture, str):
            tried.unreadable.append((of_source[0], capture))
            continue
        letters = in_a_row(capture.text)
        for wording in filter(lambda one: one.words, of_source):
            if not verify(capture, wording.words, brackets=wording.brackets, explain=False).found:
                tried.not_held += 1
                continue
            tried.held += 1
            _try(wording, capture, letters, tried)
    return tried


def _try(wording: Wording, capture: Capture, letters: str, tried: Tried) -> None:
    for control in controls(wording.words, letters, wording.brackets):
        if verify(capture, control.words, brackets=wording.brackets, explain=False).found:
            tried.found.append((wording, control))
        else:
            tried.refused[control.kind] += 1


def controls(words: str, letters: str, brackets: str = "edition") -> list[Control]:
    """Give the controls of a wording, at most one of each kind, always the same.

    ``letters`` are those of the capture, as `in_a_row` gives them. The editor's ``[…]`` and
    ``[word]`` are left as they are, and no word is dropped where an elision could stand for it.
    """
    parts = _parts(words, brackets)
    found = []
    for kind, changes in KINDS.items():
        for index in sorted(range(0, len(parts), 2), key=lambda one: -len(parts[one])):
            changed = next((one for one in changes(parts[index]) if _is_new(one, letters)), None)
            if changed is not None:
                altered = [*parts[:index], changed, *parts[index + 1 :]]
                found.append(Control(kind, "".join(altered)))
                break
    return found


def in_a_row(text: str) -> str:
    """Give the runs of letters and figures of a text, a space before and after each."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return f" {' '.join(_LETTERS.findall(plain))} "


def _is_new(piece: str, letters: str) -> bool:
    row = in_a_row(piece)
    return bool(row.strip()) and row not in letters


def _parts(words: str, brackets: str) -> list[str]:
    """Give the speaker's stretches of words at even places, the editor's at odd ones."""
    parts, begin = [], 0
    for match in editorial(brackets).finditer(words):
        parts += [words[begin : match.start()], match[0]]
        begin = match.end()
    return [*parts, words[begin:]]


def _changed(piece: str) -> Iterator[str]:
    """Give a piece with two letters of a word exchanged, the longest word first.

    At last come words in which all letters are the same: one of them is doubled.
    """
    found = [(match, _exchanged(match[0])) for match in _LETTERS.finditer(piece)]
    for match, other in sorted(found, key=lambda one: (not one[1], -len(one[0][0]))):
        word = other or f"{match[0]}{match[0][-1]}"
        yield f"{piece[: match.start()]}{word}{piece[match.end() :]}"


def _exchanged(word: str) -> str:
    """Give a word with its first two letters that are not the same exchanged, or nothing."""
    for at, (one, other) in enumerate(pairwise(word)):
        if one != other:
            return f"{word[:at]}{other}{one}{word[at + 2 :]}"
    return ""


def _dropped(piece: str) -> Iterator[str]:
    """Give a piece without one of the words inside it: the longest first."""
    for match in sorted(_inside(piece), key=lambda one: -len(one[0])):
        yield f"{piece[: match.start()].rstrip()} {piece[match.end() :].lstrip()}"


def _added(piece: str) -> Iterator[str]:
    """Give a piece in which a word stands twice: the longest first."""
    for match in sorted(_LETTERS.finditer(piece), key=lambda one: -len(one[0])):
        yield f"{piece[: match.end()]} {match[0]}{piece[match.end() :]}"


def _inside(piece: str) -> list[re.Match[str]]:
    """Give the words of a piece that have others before and after them."""
    found = [match for match in re.finditer(r"\S+", piece) if _LETTERS.search(match[0])]
    return found[1:-1]


KINDS: Final[dict[str, Callable[[str], Iterator[str]]]] = {
    "changed": _changed,
    "dropped": _dropped,
    "added": _added,
}
"""What is done to a word, in the order in which it is said."""
