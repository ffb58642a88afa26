"""Lists in a front's ``objects.inv`` what is at home in volumes: it is still found there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.domain import domain_of
from ontherecord.joining.volumes import gathered_in, places, volumes_in
from ontherecord.parting.inventories import Inventory, Item, inventory, parse
from ontherecord.parting.material import Listed
from ontherecord.records import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from ontherecord.edition import Edition
    from ontherecord.joining.joint import Gathered

_ABOVE_HEADINGS = -1
"""The priority that Sphinx gives to documents, in search."""


def write(app: Sphinx, exception: Exception | None) -> None:
    """Add the volumes' records and articles to the inventory that Sphinx has written."""
    path = Path(app.outdir) / "objects.inv"
    if exception is not None or volumes_in(app) is None or not path.is_file():
        return
    read = parse(path.read_bytes())
    # Sphinx may leave the file alone, with what was added before, or write it anew.
    below = tuple(filter(None, places(app.config).values()))
    own = [item for item in read.items if not item.uri.startswith(below)]
    if domain_of(app.env).unchanged and len(own) < len(read.items):
        return
    volumes = gathered_in(app)
    if volumes is None:
        return
    listed = _listed(volumes, domain_of(app.env).views.edition)
    more = inventory("", "", listed, app.builder.name)
    there = {(item.kind, item.name) for item in own}
    at = places(app.config)
    added = [_at(item, at) for item in more.items if (item.kind, item.name) not in there]
    content = Inventory(read.title, read.version, (*own, *added)).content()
    if content != path.read_bytes():
        path.write_bytes(content)


def _at(item: Item, at: Mapping[str, str]) -> Item:
    """Give what is in a volume with the link to where that is published."""
    volume, _slash, below = item.uri.partition("/")
    return replace(item, uri=at[volume] + below)


def _listed(volumes: Gathered, joint: Edition) -> Iterator[Listed]:
    for identifier in volumes.homes:
        record = joint.records[identifier]
        place, anchor = joint.home(record), joint.anchor(record)
        yield Listed("record", kind_of(record), identifier, joint.label(record), place, anchor, 1)
    for place, document in volumes.documents.items():
        if document.date:  # The name is the old one, and the place the new.
            docname = place.partition("/")[2]
            yield Listed("std", "doc", docname, document.title, place, "", _ABOVE_HEADINGS)
