"""The volumes that a front joins: read once in a build, from beside its output or from the web."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from ontherecord.exchange.formats.edition_json import FILE
from ontherecord.exchange.reading import Unreadable, load
from ontherecord.parting import FRONT
from ontherecord.problems import TYPE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from ontherecord.edition import Edition

BUILDERS: Final = frozenset({"html", "dirhtml", "readthedocs", "readthedocsdirhtml"})
"""Builders whose pages have addresses that the volumes' lie below."""
logger = logging.getLogger(__name__)


def is_front(config: Config) -> bool:
    """Tell whether an edition is the front of several volumes."""
    return bool(config.record_volume == FRONT and config.record_volumes)


def addresses(config: Config) -> dict[str, str]:
    """Give the address of each volume, by name."""
    parts = config.record_volumes
    return {name: one["address"] for name, one in parts.items() if name != FRONT}


class Volumes:
    """The volumes of one build, as their ``edition.json`` has them."""

    def __init__(self, app: Sphinx) -> None:
        """Read those that can be read, and report the others."""
        self.editions: dict[str, Edition] = {}
        for name, address in addresses(app.config).items():
            beside = _beside(app, name)
            place = str(beside) if beside.is_file() else f"{address}{FILE}"
            try:
                self.editions[name] = load(place)
            except Unreadable as error:
                logger.warning(
                    "the volume %r cannot be joined: %s; build it first, or publish it",
                    name,
                    error,
                    type=TYPE,
                    subtype="unread-edition",
                    location="conf.py:1",
                )


def _beside(app: Sphinx, name: str) -> Path:
    return Path(app.outdir) / name / FILE


def contents(app: Sphinx) -> list[tuple[str, str]]:
    """Give what tells by volume whether what a front shows of it is the same as it was."""
    if not is_front(app.config) or app.builder.name not in BUILDERS:
        return []
    found = []
    for name in addresses(app.config):
        try:
            content = hashlib.sha256(_beside(app, name).read_bytes()).hexdigest()
        except OSError:  # From the web, if at all.
            one = volumes_of(app).get(name)
            content = repr((one.documents, one.sources, one.imprint)) if one else ""
        found.append((name, content))
    return found


def volumes_of(app: Sphinx) -> dict[str, Edition]:
    """Give the volumes that a front joins, read when they are first asked for; else none."""
    if not is_front(app.config) or app.builder.name not in BUILDERS:
        return {}
    builder = app.builder
    if not hasattr(builder, "record_volumes"):
        builder.record_volumes = Volumes(app)  # type: ignore[attr-defined]
    volumes: Volumes = builder.record_volumes  # type: ignore[attr-defined]
    return volumes.editions
