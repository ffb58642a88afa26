"""Publishes the index: makes it here where its form is known, else has Pagefind's binary make it.

Of each file is kept what it was packed from and how it was left, so that of an index in which
little has changed little is packed and written.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Final

import msgspec

from ontherecord.finding import inverted, pagefind
from ontherecord.finding.lexicon import Entry, Lexicon
from ontherecord.finding.settled import ENTRY, FOLDER, MAGIC
from ontherecord.finding.taken import Known
from ontherecord.keeping.folder import Folder
from ontherecord.keeping.states import Left
from ontherecord.keeping.stored import load, save

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ontherecord.finding.indexed import Indexed

_OWNER: Final = "search"
_SMALL: Final = 4000
"""Bytes of a file up to which a window of 4 KB is enough."""


class Kept(msgspec.Struct, array_like=True):
    """What is kept of an index.

    ``tools`` digests what it was made with, ``version`` is Pagefind's; ``entries`` digests what
    it was made of, and ``packed`` each file before it was packed, by path; ``script`` names the
    files of Pagefind's script, which has a part for ``language``, and ``left`` says how files
    were left.
    """

    tools: str = ""
    version: str = ""
    entries: bytes = b""
    packed: dict[str, bytes] = {}
    script: list[str] = []
    language: str = ""
    left: Left | None = None


class Words(msgspec.Struct, array_like=True):
    """By which words tokens are found in a language, as a version of Pagefind has it."""

    version: str = ""
    language: str = ""
    known: dict[str, Entry] = {}


class Published:
    """The index in an output folder."""

    def __init__(self, program: Path, version: str, out: Path, kept: Path) -> None:
        """Take the binary, what it says of itself, the output's folder, and where to keep things.

        ``kept`` is a path without its suffix.
        """
        self._program = program
        self._version = version
        self._places = (kept.with_suffix(".search"), kept.with_suffix(".words"))
        self._taken = kept.with_suffix(".taken")
        self._kept = load(self._places[0], Kept)
        self._folder = Folder(out, {_OWNER: self._kept.left} if self._kept.left else {})
        self._files = self._folder.of(_OWNER)
        self._binary: Mapping[str, bytes] = {}
        self._script: list[str] = []

    def is_there(self, tools: str) -> bool:
        """Tell whether it is as it was left, and made with the same tools."""
        is_there = bool(tools) and self._kept.tools == tools and self._files.keep_all()
        if is_there:
            self._sweep()
        return is_there

    def write(self, entries: Sequence[Indexed], language: str, tools: str) -> None:
        """Write the index of some entries, and leave nothing else in its folder.

        Raises `pagefind.Failed` where Pagefind does not answer as it should; what is there
        then stays.
        """
        digests = [_digest(msgspec.msgpack.encode(entry)) for entry in entries]
        digest = _digest(b"".join(digests))
        if self._kept.entries == digest and self.is_there(tools):
            return
        packed: dict[str, bytes] = {}
        if inverted.can_be_made(entries, language, self._version):
            for file in self._made(entries, digests, language):
                path = f"{FOLDER}/{file.path}"
                is_known = self._kept.packed.get(file.path) == file.digest
                if not (is_known and self._files.keep(path)):
                    self._files.put(path, _packed(file.content()))
                packed[file.path] = file.digest
        else:
            made = pagefind.make(self._program, entries, language)
            for path, content in made.items():
                self._files.put(f"{FOLDER}/{path}", content)
        self._sweep()
        kept = Kept(tools, self._version, digest, packed, self._script, language, self._files.now)
        save(self._places[0], kept)

    def _made(
        self, entries: Sequence[Indexed], digests: Sequence[bytes], language: str
    ) -> Iterator[inverted.File]:
        """Give the files that are to be packed, and put those in place that are not."""
        version = self._version.partition(" ")[2]
        words = load(self._places[1], Words)
        if (words.version, words.language) != (version, language):
            words = Words(version, language)
        lexicon = Lexicon(words.known, lambda tokens: self._ask(tokens, language))
        index = inverted.Index(lexicon, language, version, load(self._taken, Known))
        yield from index.files(entries, digests)
        save(self._taken, index.known)
        if lexicon.has_learned:
            known = lexicon.keep(inverted.tokens_of(entries))
            save(self._places[1], Words(version, language, known))
        has_wasm = self._put_script(language, has_index=bool(index.count))
        entry = inverted.entry_file(index, language, version, has_wasm=has_wasm)
        self._files.put(f"{FOLDER}/{ENTRY}", entry)

    def _ask(self, tokens: Sequence[str], language: str) -> list[bytes]:
        """Have Pagefind index a text made of tokens, and give the chunks of that."""
        self._binary = pagefind.read(self._program, " ".join(tokens), language)
        return [
            zlib.decompress(content, wbits=31)[len(MAGIC) :]
            for path, content in self._binary.items()
            if path.startswith("index/")
        ]

    def _put_script(self, language: str, *, has_index: bool) -> bool:
        """Put Pagefind's script in place; tell whether it has a part for the language.

        Where it has none, that for any is there.
        """
        kept = self._kept
        is_same = (kept.version, kept.language) == (self._version, language)
        names = kept.script if is_same and has_index else []
        if not names or not all(self._files.keep(f"{FOLDER}/{name}") for name in names):
            made = self._binary or pagefind.read(self._program, "a", language)
            endings = (".js", ".pagefind") if has_index else (".js",)
            names = [name for name in pagefind.needed(made) if name.endswith(endings)]
            for name in names:
                self._files.put(f"{FOLDER}/{name}", made[name])
        self._script = names if has_index else []
        return f"wasm.{language}.pagefind" in names

    def _sweep(self) -> None:
        self._folder.sweep([f"{FOLDER}/**/*"], lambda _path: False)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _packed(content: bytes) -> bytes:
    """Pack a file as gzip (RFC 1952), without a time: small ones in a small window, for speed."""
    is_small = len(content) < _SMALL
    packer = (
        zlib.compressobj(9, zlib.DEFLATED, 28, 5) if is_small else zlib.compressobj(6, wbits=31)
    )
    return packer.compress(MAGIC + content) + packer.flush()
