"""Takes anew what a part knows of the others: from their inventories, what its sources name."""

from __future__ import annotations

from pathlib import Path

from ontherecord.parting import FRONT, INVENTORIES, VOLUMES
from ontherecord.parting.inventories import Inventory, NoInventory, names_in, parse
from ontherecord.parting.settings import parts_in


def renew(part: Path, folder: Path) -> list[str]:
    """Write the inventories of a part anew, from those in a folder; give the parts missing there.

    Raises `ValueError` where it is no part, or an inventory is none, and `OSError`.
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
            missing.append(name)
            continue
        try:
            whole = parse(source.read_bytes())
        except NoInventory as error:
            raise ValueError(f"{source}: {error}") from error
        if name == FRONT:
            whole = _without_volumes(whole, ["../", *(f"{one}/" for one in parts)])
        target = part / INVENTORIES / f"{name}.inv"
        content = whole.holding(named, {"index"}).content()
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return missing


def _without_volumes(front: Inventory, folders: list[str]) -> Inventory:
    """Give the front's inventory without what it lists of volumes, which have their own."""
    own = (item for item in front.items if not item.uri.startswith(tuple(folders)))
    return Inventory(front.title, front.version, tuple(own))


def _inventory_in(folder: Path, name: str) -> Path | None:
    """Give the inventory of a part in a folder: ``NAME.inv``, or that of a site that was built."""
    built = folder / "objects.inv" if name == FRONT else folder / name / "objects.inv"
    return next((path for path in (folder / f"{name}.inv", built) if path.is_file()), None)
