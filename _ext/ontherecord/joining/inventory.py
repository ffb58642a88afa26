"""Lists in a front's ``objects.inv`` what is at home in volumes: it is still found there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.joining.volumes import volumes_of
from ontherecord.parting.inventories import Inventory, inventory, parse
from ontherecord.parting.material import Listed
from ontherecord.records import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from ontherecord.edition import Edition

_ABOVE_HEADINGS = -1
"""The priority that Sphinx gives to documents, in search."""


def write(app: Sphinx, exception: Exception | None) -> None:
    """Add the volumes' records and articles to the inventory that Sphinx has written."""
    volumes = volumes_of(app) if exception is None else {}
    path = Path(app.outdir) / "objects.inv"
    if not volumes or not path.is_file():
        return
    own = parse(path.read_bytes())
    more = inventory("", "", _listed(volumes), app.builder.name)
    there = {(item.kind, item.name) for item in own.items}
    added = tuple(item for item in more.items if (item.kind, item.name) not in there)
    path.write_bytes(Inventory(own.title, own.version, (*own.items, *added)).content())


def _listed(volumes: Mapping[str, Edition]) -> Iterator[Listed]:
    for name, edition in volumes.items():
        for record in edition.own.values():
            home, anchor = f"{name}/{edition.home(record)}", edition.anchor(record)
            label = edition.label(record)
            yield Listed("record", kind_of(record), record.id, label, home, anchor, 1)
        for docname, article in edition.articles.items():
            # The name is the old one, and the place the new.
            place = f"{name}/{docname}"
            yield Listed("std", "doc", docname, article.title, place, "", _ABOVE_HEADINGS)
