"""Inventories: what an edition has, by name and address, as intersphinx reads it.

The form is version 2 of Sphinx's ``objects.inv``: four lines of text, then the objects, a line
each, deflated.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ontherecord.parting.material import Listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

_LINE: Final = re.compile(r"(.+?)\s+(\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)")
"""As `sphinx.util.inventory` has it: a name may hold spaces."""


_NAMES: Final = re.compile(r"[^\s,;{}()\[\]`<>\"'|#]+")


def names_in(text: str) -> set[str]:
    """Give all in a source that may be a name, also what stands after a colon in one."""
    words = set(_NAMES.findall(text))
    return words | {word.rpartition(":")[2] for word in words if ":" in word}


class NoInventory(ValueError):
    """What was given is no inventory; the message says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an inventory: the name, ``domain:kind``, priority, address, and what to show."""

    name: str
    kind: str
    priority: int
    uri: str
    label: str


@dataclass(frozen=True)
class Inventory:
    """An inventory: the edition's title and version, and the objects."""

    title: str
    version: str
    items: tuple[Item, ...]

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        """The places of the objects, by name."""
        found: dict[str, list[int]] = {}
        for place, item in enumerate(self.items):
            found.setdefault(item.name, []).append(place)
        return found

    def holding(self, names: Set[str], always: Set[str] = frozenset()) -> Inventory:
        """Give the inventory with only those objects that have one of some names.

        ``always`` are names of documents that stay: an inventory without any object is
        taken for one that could not be read.
        """
        wanted = (names | always) & self._by_name.keys()
        places = sorted(place for name in wanted for place in self._by_name[name])
        items = (self.items[place] for place in places)
        kept = tuple(one for one in items if one.name in names or one.kind == "std:doc")
        return Inventory(self.title, self.version, kept)

    def content(self) -> bytes:
        """Give the bytes of the file."""
        title, version = (" ".join(text.split()) for text in (self.title, self.version))
        head = (
            "# Sphinx inventory version 2\n"
            f"# Project: {title}\n"
            f"# Version: {version}\n"
            "# The remainder of this file is compressed using zlib.\n"
        )
        lines = "".join(
            f"{one.name} {one.kind} {one.priority} {one.uri} {one.label}\n" for one in self.items
        )
        return head.encode() + zlib.compress(lines.encode(), 9)


def address_of(builder: str) -> Callable[[str], str]:
    """Give what gives the address of a document below an edition's, for a builder."""
    if "dirhtml" not in builder:
        return lambda docname: f"{quote(docname)}.html"  # As Sphinx has it.

    def folder(docname: str) -> str:
        if docname == "index":
            return ""
        below = quote(docname)  # Sphinx has it as it is; but no address holds a space.
        return below.removesuffix("index") if below.endswith("/index") else f"{below}/"

    return folder


def inventory(
    title: str, version: str, objects: Iterable[Listed], builder: str = "html"
) -> Inventory:
    """Give the inventory of some objects, in the order in which Sphinx has them."""
    address, items = address_of(builder), []
    for one in sorted(objects, key=lambda one: (one.domain, one.name, one.label, one.kind)):
        anchor = one.anchor
        if anchor.endswith(one.name):
            anchor = f"{anchor[: -len(one.name)]}$"
        uri = address(one.docname) + (f"#{anchor}" if anchor else "")
        label = "-" if one.label == one.name else one.label
        items.append(Item(one.name, f"{one.domain}:{one.kind}", one.priority, uri, label))
    return Inventory(title, version, tuple(items))


def parse(content: bytes) -> Inventory:
    """Read an inventory; raises `NoInventory`."""
    parts = content.split(b"\n", 4)
    if len(parts) < 5 or b"version 2" not in parts[0]:
        raise NoInventory("it is no inventory of version 2")
    try:
        text = zlib.decompress(parts[4]).decode()
        title, version = (part.decode().partition(": ")[2].strip() for part in parts[1:3])
    except (zlib.error, UnicodeDecodeError) as error:
        raise NoInventory(f"its objects cannot be read: {error}") from error
    items = []
    for line in text.splitlines():
        if match := _LINE.fullmatch(line.rstrip()):
            name, kind, priority, uri, label = match.groups()
            items.append(Item(name, kind, int(priority), uri, label))
    return Inventory(title, version, tuple(items))
