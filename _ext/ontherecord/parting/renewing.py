"""Takes anew what a part knows of the others: from what they have, what its sources name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.exchange import reading
from ontherecord.parting import FRONT, INVENTORIES, STATEMENTS, VOLUMES, statements
from ontherecord.parting.inventories import Inventory, NoInventory, names_in, parse
from ontherecord.parting.settings import parts_in

if TYPE_CHECKING:
    from pathlib import Path

    from ontherecord.parting.statements import Statements


def renew(part: Path, folder: Path) -> list[str]:
    """Write what a part knows of others anew, from what is in a folder; give what is missing there.

    Raises `ValueError` where it is no part, or a file is not what it should be, and `OSError`.
    """
    if not (part.parent / VOLUMES).is_file():
        raise ValueError(f"{part}: is no part of an edition: there is no {part.parent / VOLUMES}")
    parts = parts_in(part.parent)
    named: set[str] = set()
    for path in sorted(part.rglob("*")):
        if path.suffix in {".md", ".rst"} and "_build" not in path.parts:
            named |= names_in(path.read_text(encoding="utf-8-sig", errors="replace"))
    missing = []
    for name in parts:
        if name == part.name:
            continue
        source = _inventory_in(folder, name)
        if source is None:
            missing.append(f"inventory of {name}")
            continue
        try:
            whole = parse(source.read_bytes())
        except NoInventory as error:
            raise ValueError(f"{source}: {error}") from error
        if name == FRONT:
            whole = _without_volumes(whole, ["../", *(f"{one}/" for one in parts)])
        known = whole.holding(named, {"index"})
        target = part / INVENTORIES / f"{name}.inv"
        _put(target, known.content())
        if part.name == FRONT:  # It has all that volumes publish.
            continue
        beside = target.with_suffix(STATEMENTS)
        if not statements.names_in(known):
            beside.unlink(missing_ok=True)
        elif (found := _statements_in(folder, name)) is None:
            missing.append(f"statements of {name}")
        else:
            _put(beside, statements.content(statements.listed_in(known, found)))
    return missing


def _put(target: Path, content: bytes) -> None:
    """Write a file, unless it is what it should be."""
    if not target.is_file() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _without_volumes(front: Inventory, folders: list[str]) -> Inventory:
    """Give the front's inventory without what it lists of volumes, which have their own."""
    own = (item for item in front.items if not item.uri.startswith(tuple(folders)))
    return Inventory(front.title, front.version, tuple(own))


def _inventory_in(folder: Path, name: str) -> Path | None:
    """Give the inventory of a part in a folder: ``NAME.inv``, or that of a site that was built."""
    built = folder / "objects.inv" if name == FRONT else folder / name / "objects.inv"
    return next((path for path in (folder / f"{name}.inv", built) if path.is_file()), None)


def _statements_in(folder: Path, name: str) -> Statements | None:
    """Give a part's statements: those of ``NAME.json``, or of a site that was built."""
    read = folder / f"{name}{STATEMENTS}"
    if read.is_file():
        try:
            return statements.parse(read.read_bytes())
        except ValueError as error:
            raise ValueError(f"{read}: {error}") from error
    built = folder / ("" if name == FRONT else name) / "record" / "edition.json"
    return statements.statements_of(reading.load(built)) if built.is_file() else None
