"""What a build keeps of what it has published: of what it was made, and how its files were left."""

from __future__ import annotations

import msgspec

from ontherecord.keeping.states import Left

Content = tuple[str, int, int]
"""The SWHID of a file, and the time in nanoseconds and the size by which it is known again."""


class Unit(msgspec.Struct, frozen=True, array_like=True):
    """What a document gives of one record: a digest, and the records that it is about.

    ``about`` are those of which others can be seen to be spoken of here: the sides and answers
    of a case, what a note is on. ``of`` is the speaker of a quote, whose page alone lists it.
    """

    digest: bytes
    about: tuple[str, ...] = ()
    of: str = ""


class Given(msgspec.Struct, frozen=True, array_like=True):
    """What a document gives: ``read`` is the moment of its reading, which no other has.

    ``page`` is what its imprint says of it, ``head`` what else others can see of it, ``text``
    the digest of its blocks; ``units`` are by record, unread as long as nobody asks.
    """

    read: int
    page: tuple[str, ...]
    head: tuple[str, ...]
    text: bytes
    units: msgspec.Raw

    def by_record(self) -> dict[str, Unit]:
        """Give what it gives of each record."""
        return msgspec.msgpack.decode(self.units, type=dict[str, Unit])


class Kept(msgspec.Struct, array_like=True):
    """What one output folder was last made of.

    ``tools`` digests what files were made with, ``whole`` all that any file may show: settings,
    ledger, and the tools; both are empty where that cannot be said.
    ``sources`` are digests of the bibliography's entries, ``references`` what references in
    marked blocks show. ``files`` say by owner how files were left.
    """

    tools: str = ""
    whole: str = ""
    documents: dict[str, Given] = {}
    sources: dict[str, bytes] = {}
    references: dict[str, str] = {}
    files: dict[str, Left] = {}
    contents: dict[str, Content] = {}
