"""Writes the feed of a front: what is new in any volume is told to who follows it there."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.domain import domain_of
from ontherecord.exchange.formats import feed
from ontherecord.exchange.offered import FEED, published
from ontherecord.joining.volumes import addresses, volumes_in
from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed, if the front publishes one."""
    volumes, domain = volumes_in(app), domain_of(app.env)
    edition = domain.edition
    if exception is not None or volumes is None or not published(edition)(FEED.path):
        return
    path = Path(app.outdir) / FEED.path
    found = (volumes.edition(name) for name in addresses(app.config))
    parts = chain([edition], filter(None, found))  # No more than one is kept at a time.
    content = b"".join(feed.joint(domain.views.edition, parts))
    if not content:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
