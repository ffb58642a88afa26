"""What a plan is made of: an edition as it was read, its sources, and what its settings say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ontherecord.edition import Edition
    from ontherecord.records import Document


@dataclass(frozen=True, slots=True)
class Listed:
    """What an inventory lists: a record, a document, a section that has a label."""

    domain: str
    kind: str
    name: str
    label: str
    docname: str
    anchor: str
    priority: int


@dataclass(frozen=True)
class Material:
    """An edition that is to be parted.

    ``files`` are the paths of its documents from its folder, by name; ``needs`` the files
    that a document takes in besides; ``metadata`` what front matters say; ``bibliographies``
    the documents that list sources; ``below`` the documents in each one's table of contents;
    ``shared`` the files and folders that conf.py names.
    """

    folder: Path
    edition: Edition
    files: Mapping[str, str]
    root: str = "index"
    title: str = ""
    version: str = ""
    address: str = ""
    bibfiles: tuple[str, ...] = ()
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metadata: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bibliographies: frozenset[str] = frozenset()
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    objects: tuple[Listed, ...] = ()
    shared: tuple[str, ...] = ()

    @cached_property
    def articles(self) -> dict[str, Document]:
        """The edition's articles, by name."""
        return self.edition.articles

    def path(self, docname: str) -> Path:
        """Give the file of a document."""
        return self.folder / self.files[docname]

    def lines(self, docname: str) -> list[str]:
        """Give the lines of a document, as the reader of it counts them."""
        return self.path(docname).read_text(encoding="utf-8-sig").splitlines()

    def others(self) -> Iterable[str]:
        """Give the names of the documents that are no articles."""
        return (name for name in sorted(self.files) if name not in self.articles)
