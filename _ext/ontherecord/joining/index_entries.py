"""Has the general index of a front list what volumes have: each publishes its entries for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.joining.volumes import BUILDERS, INDEX, is_front, volumes_in
from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from ontherecord.joining.volumes import IndexEntry


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the entries of a volume, by document."""
    config = app.config
    if not config.record_volume or is_front(config) or app.builder.name not in BUILDERS:
        return
    path = Path(app.outdir) / INDEX
    entries = {name: found for name, found in sorted(_entries(app).items()) if found}
    text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    if not path.is_file() or path.read_bytes() != text.encode():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)


def add(app: Sphinx) -> None:
    """Add the entries of all volumes to a front's, for as long as it writes its pages."""
    if volumes_in(app) is not None:
        _entries(app).update(_of_volumes(app))


def take_away(app: Sphinx, _exception: Exception | None) -> None:
    """Leave the front its own entries."""
    volumes = volumes_in(app)
    if volumes is not None:
        entries = _entries(app)
        for place in dict(_of_volumes(app)):
            entries.pop(place, None)


def _entries(app: Sphinx) -> dict[str, list[IndexEntry]]:
    found: dict[str, list[IndexEntry]] = app.env.domains["index"].data["entries"]
    return found


def _of_volumes(app: Sphinx) -> Iterator[tuple[str, list[IndexEntry]]]:
    """Give the entries by document, as ``2017/articles/some-report``.

    Of a page that several parts have, an entry is listed once, and the front's comes first.
    """
    volumes = volumes_in(app)
    seen = {
        (name, *entry[:2])
        for name, entries in _entries(app).items()
        if name in app.env.found_docs
        for entry in entries
    }
    for volume, documents in volumes.indexes.items() if volumes is not None else ():
        for name, entries in documents.items():
            new = [entry for entry in entries if (name, *entry[:2]) not in seen]
            seen |= {(name, *entry[:2]) for entry in new}
            yield f"{volume}/{name}", new
