"""What a page shows of an article: its blocks in order, each with the marks that it has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from ontherecord.evidence.captures import Capture
from ontherecord.importing.folding import Folded, fold, letters


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text.

    ``record`` is that of the mark it stands in, ``within`` the markup around it, from outside
    in. ``kind`` is ``code`` for what is no prose, ``reference`` for what a reference makes up.
    """

    text: str
    kind: Literal["text", "code", "reference"] = "text"
    record: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A block of an article's text.

    ``line`` counts from 1, and is 0 where it is not known. ``file`` is the path of the file that
    the article includes it from, ``record`` the quote whose block quotation it is.
    """

    anchor: str
    line: int
    pieces: tuple[Piece, ...]
    kind: Literal["text", "heading", "code"] = "text"
    file: str = ""
    record: str = ""

    @cached_property
    def text(self) -> str:
        """The text, as it was read."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def folded(self) -> Folded:
        """The text, as it is compared."""
        return fold(self.text)

    @cached_property
    def pieces_at(self) -> tuple[int, ...]:
        """For each character of the folded text, the piece that it stands in."""
        ends, reached = [], 0
        for piece in self.pieces:
            reached += len(piece.text)
            ends.append(reached)
        found, index = [], 0
        for start in self.folded.starts:
            while ends[index] <= start:
                index += 1
            found.append(index)
        return tuple(found)

    @cached_property
    def marks(self) -> tuple[tuple[int, int, str], ...]:
        """The marks: where each begins and ends in the folded text, and its record."""
        found: list[tuple[int, int, str]] = []
        for index, at in enumerate(self.pieces_at):
            record = self.pieces[at].record
            if found and found[-1][1] == index and found[-1][2] == record:
                found[-1] = (found[-1][0], index + 1, record)
            elif record:
                found.append((index, index + 1, record))
        return tuple(found)

    @cached_property
    def shape(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The letters and figures with the markup around them: what no import may change."""
        found: list[tuple[str, tuple[str, ...]]] = []
        for character, at in zip(self.folded.text, self.pieces_at, strict=True):
            if character == " " or character in "\"'":
                continue
            within = self.pieces[at].within
            if found and found[-1][1] == within:
                found[-1] = (found[-1][0] + character, within)
            else:
                found.append((character, within))
        return tuple(found)


class ShownText:
    """An article's text, with what is asked of it again and again."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        """Take the blocks, in their order."""
        self.blocks = blocks
        self.offsets: list[int] = []
        """Where each block begins in the folded text of all."""
        self._letters_before: list[int] = []
        offset = count = 0
        parts = []
        for block in blocks:
            self.offsets.append(offset)
            self._letters_before.append(count)
            offset += len(block.folded.text)
            parts.append(letters(block.folded.text))
            count += len(parts[-1])
        self.letters = "".join(parts)

    @cached_property
    def capture(self) -> Capture:
        """The text as a capture, a line each block: what words are nearest is asked of it."""
        return Capture(Path(), b"", "\n".join(block.folded.text for block in self.blocks))

    def letters_until(self, block: int, position: int) -> int:
        """Give how many letters stand before a place in a block."""
        text = self.blocks[block].folded.text[:position]
        return self._letters_before[block] + len(letters(text))
