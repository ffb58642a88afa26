"""The volumes that a front joins: read once in a build, from beside its output or from the web."""

from __future__ import annotations

import hashlib
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sphinx.util import logging

from ontherecord.apparatus.addresses import record_address
from ontherecord.exchange.formats.edition_json import FILE
from ontherecord.exchange.reading import Unreadable, fetch, load, parse
from ontherecord.joining.joint import Gathered
from ontherecord.joining.redirects import link
from ontherecord.parting import FRONT
from ontherecord.problems import TYPE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from ontherecord.edition import Edition

BUILDERS: Final = frozenset({"html", "dirhtml", "readthedocs", "readthedocsdirhtml"})
"""Builders whose pages have addresses that the volumes' lie below."""
INDEX: Final = "record/index.json"
"""What a volume has for the general index of the front."""
IndexEntry = tuple[str, str, str, str, str | None]
"""As Sphinx has it: type, value, target, whether it is the main one, and category."""
logger = logging.getLogger(__name__)


def is_front(config: Config) -> bool:
    """Tell whether an edition is the front of several volumes."""
    return bool(config.record_volume == FRONT and config.record_volumes)


def addresses(config: Config) -> dict[str, str]:
    """Give the address of each volume, by name."""
    parts = config.record_volumes
    return {name: one["address"] for name, one in parts.items() if name != FRONT}


def places(config: Config) -> dict[str, str]:
    """Give the link from a front's root to each volume's, by name.

    Pages of the front link to others without a host; of a volume on another host there is
    nothing but what leads on from the old addresses.
    """
    here = record_address(config)
    links = {name: link(here, there) for name, there in addresses(config).items()}
    return {name: "" if "://" in place else place for name, place in links.items()}


def lead_there(app: Sphinx) -> None:
    """Have a front's links to what is in volumes lead to where those are published."""
    builder: Any = app.builder
    if not is_front(app.config) or builder.name not in BUILDERS:
        return
    at, target = places(app.config), builder.get_target_uri

    def of_document(docname: str, typ: str | None = None) -> str:
        name, _slash, below = docname.partition("/")
        uri: str = at[name] + target(below, typ) if name in at else target(docname, typ)
        return uri

    builder.get_target_uri = of_document


class Volumes:
    """The volumes of one build: where their ``edition.json`` are, what is in them, as Editions.

    ``away`` are the addresses of those that are not in a folder of their name below the front.
    """

    is_troubled = False
    """Whether something was wrong with one of them, and reported."""

    def __init__(self, app: Sphinx) -> None:
        """Find them: beside the output where they were built, else at their addresses."""
        self._parts = frozenset(app.config.record_volumes)
        beside = {name: Path(app.outdir) / name / FILE for name in addresses(app.config)}
        self._places = {
            name: str(beside[name]) if beside[name].is_file() else f"{address}{FILE}"
            for name, address in addresses(app.config).items()
        }
        self._brought: dict[str, bytes] = {}
        self.indexes: dict[str, dict[str, list[IndexEntry]]] = {}
        self.digests: dict[str, str] = {}
        below = {name: f"{record_address(app.config)}{name}/" for name in beside}
        self.away = {
            name: address
            for name, address in addresses(app.config).items()
            if address != below[name] and not beside[name].is_file()
        }
        for name, place in self._places.items():
            try:
                read = fetch(place)
            except Unreadable as error:
                self._report(name, error)
                continue
            index = self._index_of(name) if app.config.html_use_index else b""
            self.digests[name] = hashlib.blake2b(read + index, digest_size=16).hexdigest()
            if not beside[name].is_file():
                self._brought[name] = read  # What is at hand is read again, and not kept.

    def _index_of(self, name: str) -> bytes:
        """Keep what a volume has for the general index; one without any has no such file."""
        place = self._places[name].removesuffix(FILE) + INDEX
        try:
            read = fetch(place)
        except Unreadable:
            return b""
        try:
            self.indexes[name] = msgspec.json.decode(read, type=dict[str, list[IndexEntry]])
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._report(name, Unreadable(f"{place}: {error}"))
        return read

    def edition(self, name: str) -> Edition | None:
        """Give one volume as it is, or nothing where it cannot be read."""
        if name not in self.digests:
            return None
        place = self._places[name]
        try:
            read = self._brought.get(name)
            return load(place) if read is None else parse(read, place)
        except Unreadable as error:
            self._report(name, error)
            return None

    @cached_property
    def gathered(self) -> Gathered:
        """What the front keeps of those that can be read; the others are reported."""
        made = Gathered(self._parts)
        for name in self._places:
            volume = self.edition(name)
            if volume is not None:
                made.take(name, volume)
        for identifier, home, place, line in made.twice:  # No build of one of them can see it.
            message = f'"{identifier}" is taken in the volume "{home}" already: rename one of them'
            self.warn("duplicate-id", message, f"{place}:{line}")
        return made

    def _report(self, name: str, error: Unreadable) -> None:
        message = f'the volume "{name}" cannot be joined: {error}; build it first, or publish it'
        self.warn("unread-edition", message, "conf.py:1")

    def warn(self, subtype: str, message: str, location: str) -> None:
        """Warn of something, in this build and in each after it until it is mended."""
        self.is_troubled = True
        logger.warning(message, type=TYPE, subtype=subtype, location=location)


def volumes_in(app: Sphinx) -> Volumes | None:
    """Give the volumes that a front joins, looked for once in a build."""
    if not is_front(app.config) or app.builder.name not in BUILDERS:
        return None
    builder: Any = app.builder
    if not hasattr(builder, "record_volumes"):
        builder.record_volumes = Volumes(app)
    found: Volumes = builder.record_volumes
    return found


def gathered_in(app: Sphinx) -> Gathered | None:
    """Give what a front keeps of its volumes; nothing for another edition."""
    found = volumes_in(app)
    return found.gathered if found is not None else None


def contents(app: Sphinx) -> dict[str, str]:
    """Give a digest of what each volume has, by name, without reading what it says.

    Where something was wrong the last time, it is another one each time: a build that failed
    must fail again until that is mended.
    """
    found = volumes_in(app)
    if found is None:
        return {}
    again = {"": str(time.time_ns())} if _troubled(app).exists() else {}
    return {**found.digests, **again}


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Keep whether something was wrong with the volumes of this build."""
    found = volumes_in(app)
    if found is not None and found.is_troubled:
        _troubled(app).touch()
    elif found is not None:
        _troubled(app).unlink(missing_ok=True)


def _troubled(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "ontherecord-volumes.troubled"
