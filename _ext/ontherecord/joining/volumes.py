"""The volumes that a front joins: read once in a build, from beside its output or from the web."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from ontherecord.exchange.formats.edition_json import FILE
from ontherecord.exchange.reading import Unreadable, fetch, parse
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
    """The volumes of one build: where their ``edition.json`` are, what is in them, as Editions."""

    def __init__(self, app: Sphinx) -> None:
        """Find them: beside the output where they were built, else at their addresses."""
        beside = {name: Path(app.outdir) / name / FILE for name in addresses(app.config)}
        self._places = {
            name: str(beside[name]) if beside[name].is_file() else f"{address}{FILE}"
            for name, address in addresses(app.config).items()
        }
        self._read: dict[str, bytes] = {}
        for name, place in self._places.items():
            try:
                self._read[name] = fetch(place)
            except Unreadable as error:
                _report(name, error)
        self.digests = {
            name: hashlib.blake2b(read, digest_size=16).hexdigest()
            for name, read in self._read.items()
        }

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """Those that can be read, by name; the others are reported."""
        made = {}
        for name, read in self._read.items():
            try:
                made[name] = parse(read, self._places[name])
            except Unreadable as error:
                _report(name, error)
        self._read.clear()
        return made


def _report(name: str, error: Unreadable) -> None:
    logger.warning(
        "the volume %r cannot be joined: %s; build it first, or publish it",
        name,
        error,
        type=TYPE,
        subtype="unread-edition",
        location="conf.py:1",
    )


def _volumes(app: Sphinx) -> Volumes | None:
    """Give the volumes that a front joins, looked for once in a build."""
    if not is_front(app.config) or app.builder.name not in BUILDERS:
        return None
    builder: Any = app.builder
    if not hasattr(builder, "record_volumes"):
        builder.record_volumes = Volumes(app)
    found: Volumes = builder.record_volumes
    return found


def volumes_of(app: Sphinx) -> dict[str, Edition]:
    """Give the volumes that a front joins, by name; else none."""
    found = _volumes(app)
    return found.editions if found is not None else {}


def contents(app: Sphinx) -> dict[str, str]:
    """Give a digest of what each volume has, by name, without reading what it says."""
    found = _volumes(app)
    return found.digests if found is not None else {}
