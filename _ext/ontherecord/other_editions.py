"""Reads of other editions what their inventories say, as intersphinx has loaded them.

Of another volume's statements there is more beside the inventory; see `parting.statements`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.ext.intersphinx import InventoryAdapter

from ontherecord.parting import STATEMENTS
from ontherecord.problems import Problem
from ontherecord.records import KINDS, RemoteQuote, copied_from
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.environment import BuildEnvironment

    from ontherecord.checks import Elsewhere
    from ontherecord.records import Record

EXTENSION = "sphinx.ext.intersphinx"


class OtherEditions:
    """The inventories of the editions that conf.py names, by name; those not loaded are empty.

    They are looked up by the address that conf.py has for them: what intersphinx keeps by name
    may be that of an earlier build.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        """Take the environment, once intersphinx has loaded what it can."""
        self.is_there = EXTENSION in env.app.extensions
        self._inventories: dict[str, Mapping[str, Mapping[str, Any]]] = {}
        self.addresses: dict[str, str] = {}
        self._told: dict[str, tuple[str, bytes]] = {}
        # Volumes have the settings of this one.
        self._volumes = env.config.record_volumes if env.config.record_citation_pages else {}
        if not self.is_there:
            return
        cache = InventoryAdapter(env).cache
        folder = Path(env.srcdir)
        for name, (uri, locations) in sorted(env.config.intersphinx_mapping.values()):
            _name, _time, inventory = cache.get(uri, (name, 0, {}))
            self.addresses[name] = uri.rstrip("/") + "/"
            self._inventories[name] = inventory if _can_be_there(locations, folder) else {}
            if name in env.config.record_volumes:
                self._told |= _told(name, locations, folder)

    def contents(self) -> tuple[object, ...]:
        """Give all that records of this edition can be shown to name: a value to be compared."""
        return tuple(
            (name, self.addresses[name], kind, identifier, repr(item))
            for name, inventory in self._inventories.items()
            for kind in KINDS
            for identifier, item in sorted(inventory.get(f"record:{kind}", {}).items())
        )

    @cached_property
    def digest(self) -> str:
        """The digest of all that the inventories have, of records and of whatever else."""
        digest = hashlib.blake2b(digest_size=16)
        for name, inventory in self._inventories.items():
            for kind, items in sorted(inventory.items()):
                found = (name, self.addresses[name], kind, sorted(map(repr, items.items())))
                digest.update(repr(found).encode(errors="surrogatepass"))
        digest.update(repr(self._told).encode())
        return digest.hexdigest()

    def named(self, target: str) -> list[str]:
        """Say all that a reference to something of another project may lead to.

        It may name the inventory before the name, and the case may be another.
        """
        name = target.lower()
        return [*self._by_name.get(name, ()), *self._by_name.get(name.partition(":")[2], ())]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for inventory, kinds in self._inventories.items():
            for kind, items in sorted(kinds.items()):
                for name, item in items.items():
                    found[name.lower()].append(f"{inventory} {kind} {name} {item!r}")
        return dict(found)

    def address_of(self, record: Record) -> str:
        """Give the permanent address of a copied record, at its home; else nothing."""
        address = self.addresses.get(copied_from(record), "")
        return f"{address}cite/{record.id}.html" if "://" in address else ""

    @property
    def elsewhere(self) -> Elsewhere | None:
        """The kind of each record by edition and identifier, ``None`` for an edition not loaded.

        Nothing at all where intersphinx is not among the extensions.
        """
        if not self.is_there:
            return None
        return {
            name: {
                identifier: kind
                for kind in KINDS
                for identifier in inventory.get(f"record:{kind}", ())
            }
            if inventory
            else None
            for name, inventory in self._inventories.items()
        }

    def quotes(self, identifiers: Iterable[str]) -> dict[str, RemoteQuote]:
        """Give those quotes, of identifiers as ``NAME:ID``, that the inventories have."""
        found = {}
        for identifier in identifiers:
            edition, _colon, name = identifier.rpartition(":")
            item = self._inventories.get(edition, {}).get("record:quote", {}).get(name)
            if item is not None:
                page = f"{self.addresses[edition]}cite/{name}.html"
                found[identifier] = replace(
                    self._statements.get(edition, {}).get(name, RemoteQuote(identifier)),
                    id=identifier,
                    label="" if item.display_name in {"-", name} else item.display_name,
                    address=item.uri,
                    edition=item.project_name,
                    version=item.project_version,
                    permanent=page if edition in self._volumes else "",
                )
        return found

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with files that say more than an inventory."""
        return self._read[1]

    @property
    def _statements(self) -> dict[str, dict[str, RemoteQuote]]:
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[dict[str, dict[str, RemoteQuote]], list[Problem]]:
        """What other volumes' statements are, by volume and identifier; and what is unreadable."""
        found: dict[str, dict[str, RemoteQuote]] = {}
        problems = []
        for name, (file, content) in self._told.items():
            from ontherecord.parting.statements import quotes_in

            try:
                found[name] = quotes_in(content)
            except ValueError as error:
                message = (
                    f'what is known of the statements of "{name}" cannot be read ({error}), so '
                    "that pages show their opening words alone: write it anew with `make "
                    "inventories` in the folder of all parts"
                )
                problems.append(Problem(file, 1, "unreadable-file", message))
        return found, problems

    def said_of(self, identifier: str) -> tuple[tuple[str, ...], ...]:
        """Give what a reference to a record of another edition may show: all by that name.

        Each as edition, kind, address and label, and the title and version of the edition.
        """
        edition, _colon, name = identifier.rpartition(":")
        return tuple(
            (
                *(other, kind, item.uri, item.display_name),
                *(item.project_name, item.project_version),
            )
            for other, inventory in self._inventories.items()
            if edition in {"", other}
            for kind in KINDS
            if (item := inventory.get(f"record:{kind}", {}).get(name)) is not None
        )


def _can_be_there(locations: Iterable[str | None], folder: Path) -> bool:
    """Tell whether an inventory can have been loaded in this build.

    Intersphinx keeps what it once loaded; of a file that is gone a clean build has nothing.
    """
    return any(
        location is None or "://" in location or (folder / location).is_file()
        for location in locations
    )


def _told(name: str, locations: Iterable[str | None], folder: Path) -> dict[str, tuple[str, bytes]]:
    """Give the file beside a volume's inventory, and what is in it, by the volume's name."""
    for location in locations:
        if location is not None and "://" not in location:
            file = Path(location).with_suffix(STATEMENTS)
            with suppress(OSError):
                return {name: (file.as_posix(), (folder / file).read_bytes())}
    return {}
