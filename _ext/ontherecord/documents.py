"""What was read, by document: each packed until it is asked for, since most builds ask for few."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import MutableMapping
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Final

from msgspec.structs import force_setattr

from ontherecord import packed, records
from ontherecord.packed import pack, unpack
from ontherecord.records import Document, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


VERSION: Final = zlib.crc32(
    b"".join(Path(str(one.__file__)).read_bytes() for one in (records, packed))
)
"""Another one whenever records may have another shape: what was packed before is read anew."""


class Documents(MutableMapping[str, Document]):
    """The documents by name, stored with the environment as bytes.

    A build in which nothing changed unpacks none of them.
    """

    def __init__(self, packed: dict[str, bytes] | None = None) -> None:
        """Take what was packed before."""
        self._packed = packed or {}
        self._known: dict[str, Document] = {}

    def __getitem__(self, docname: str) -> Document:
        """Give a document, the same one each time."""
        known = self._known.get(docname)
        if known is None:
            known = self._known[docname] = _unpacked(self._packed[docname])
        return known

    def __setitem__(self, docname: str, document: Document) -> None:
        """Take a document, packed: while others are read it would only take room."""
        self._packed[docname] = bytes(pack(document))
        self._known.pop(docname, None)

    def __delitem__(self, docname: str) -> None:
        """Forget a document."""
        del self._packed[docname]
        self._known.pop(docname, None)

    def __contains__(self, docname: object) -> bool:
        """Tell whether there is such a document, without unpacking it."""
        return docname in self._packed

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._packed)

    def __reduce__(self) -> tuple[type[Documents], tuple[dict[str, bytes]]]:
        """Store what is packed, and nothing else."""
        return Documents, (self._packed,)

    def take(self, docnames: Iterable[str], other: Documents) -> None:
        """Take those documents that another process has read."""
        for docname in docnames:
            if docname in other:
                self._packed[docname] = other._packed[docname]
                self._known.pop(docname, None)

    def digest(self, docname: str) -> bytes:
        """Give a digest of all that a document holds."""
        return hashlib.blake2b(self._packed[docname], digest_size=16).digest()


_OF_QUOTE: Final = (
    *("id", "speaker", "source", "spoken"),
    *("time_is", "mode", "contiguous", "brackets"),
)
"""Fields of a quote whose value others have too; its mark has its identifier."""


def _unpacked(stored: bytes) -> Document:
    """Give a document whose records and marks hold one text where they were given one each."""
    document: Document = unpack(stored, Document)
    for record in document.records:
        if record.origin.docname == document.docname:
            force_setattr(record.origin, "docname", document.docname)
        if isinstance(record, Quote):
            for name in _OF_QUOTE:
                force_setattr(record, name, intern(getattr(record, name)))
    for mark in document.marks:
        force_setattr(mark, "record", intern(mark.record))
        force_setattr(mark, "block", intern(mark.block))
    return document
