"""Lists in a front's ``objects.inv`` what is at home in volumes: it is still found there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.domain import domain_of
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
    is_done = exception is not None or domain_of(app.env).unchanged
    volumes = {} if is_done else volumes_of(app)
    path = Path(app.outdir) / "objects.inv"
    if not volumes or not path.is_file():
        return
    read = parse(path.read_bytes())
    # Sphinx leaves the file alone where it writes no page, with what was added before.
    below = tuple(f"{name}/" for name in volumes)
    own = [item for item in read.items if not item.uri.startswith(below)]
    more = inventory("", "", _listed(volumes), app.builder.name)
    there = {(item.kind, item.name) for item in own}
    added = [item for item in more.items if (item.kind, item.name) not in there]
    content = Inventory(read.title, read.version, (*own, *added)).content()
    if content != path.read_bytes():
        path.write_bytes(content)


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
