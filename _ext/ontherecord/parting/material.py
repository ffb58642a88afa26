"""What a plan is made of: an edition as it was read, its sources, and what its settings say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontherecord.markup.source_lines import lines_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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


@dataclass(frozen=True, slots=True)
class Lead:
    """A link as it was read: its kind, what it names, and where it stands.

    ``file`` is empty where that is the document's own.
    """

    kind: str
    target: str
    file: str
    line: int


def _no_leads(_docname: str) -> tuple[Lead, ...]:
    return ()


@dataclass(frozen=True)
class Material:
    """An edition that is to be parted.

    ``files`` are the paths of its documents from its folder, by name; ``needs`` the files
    that a document takes in besides; ``metadata`` what front matters say; ``bibliographies``
    the documents that list sources; ``below`` the documents in each one's table of contents;
    ``shared`` the files and folders that conf.py names; ``extra`` the paths that files beside
    the pages have in the site; ``editions`` the names by which others are known. ``syntax`` are
    the extensions of MyST's, ``leads`` gives all links of a document, and ``sources``
    are the other documents whose sources one offers or takes in.
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
    extra: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    syntax: frozenset[str] = frozenset({"colon_fence"})
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leads: Callable[[str], tuple[Lead, ...]] = _no_leads

    @cached_property
    def articles(self) -> dict[str, Document]:
        """The edition's articles, by name."""
        return self.edition.articles

    @cached_property
    def labels(self) -> dict[str, Listed]:
        """The places that have a label, by name."""
        kinds = [one for one in self.objects if (one.domain, one.kind) == ("std", "label")]
        return {one.name: one for one in kinds}

    def anchor(self, docname: str, name: str) -> tuple[str, str]:
        """Give what a heading or a label is called on its page, and the label if it has a title.

        MyST looks for the heading first; ``name`` may be what its page has, too.
        """
        headings: Any = self.metadata.get(docname, {}).get("myst_slugs", {})
        label = self.labels.get(name)
        if name in headings:
            return headings[name][1], ""
        if label is None or label.docname != docname:
            return "", ""
        return label.anchor, (name if label.label != name else "")

    def path(self, docname: str) -> Path:
        """Give the file of a document."""
        return self.folder / self.files[docname]

    def lines(self, docname: str) -> list[str]:
        """Give the lines of a document, as the parser of it counts them."""
        text = self.path(docname).read_text(encoding="utf-8-sig")
        return lines_in(text, is_markdown=self.files[docname].endswith(".md"))

    def others(self) -> Iterable[str]:
        """Give the names of the documents that are no articles."""
        return (name for name in sorted(self.files) if name not in self.articles)
