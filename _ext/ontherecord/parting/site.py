"""Where things are in the site that the parts make together, and where they were before."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ontherecord.parting import FRONT
from ontherecord.parting.inventories import address_of

if TYPE_CHECKING:
    from ontherecord.parting.material import Material
    from ontherecord.parting.plan import Plan


class Site:
    """The addresses of one plan's parts, and of what is in them."""

    def __init__(self, material: Material, plan: Plan, address: str, builder: str) -> None:
        """Take what is parted and how; ``address`` is that of the whole edition."""
        self._material = material
        self._plan = plan
        self.base = address.rstrip("/") + "/"
        self.below = address_of(builder)

    def address(self, part: str) -> str:
        """Give the address of a part."""
        return self.base if part == FRONT else f"{self.base}{part}/"

    def of_document(self, docname: str, part: str = "") -> str:
        """Give the address of a document's page, in its own part or in another that has it."""
        return self.address(part or self._plan.part_of(docname)) + self.below(docname)

    @cached_property
    def documents(self) -> dict[str, str]:
        """The names of the documents by the paths of their pages in the whole site."""
        return {self.below(name): name for name in self._material.files}

    def part_of(self, path: str) -> str:
        """Give the part that has what was at a path and is no document's page; or nothing."""
        folder, _slash, file = path.rpartition("/")
        if folder == "cite":
            return self._plan.homes.get(file.partition(".")[0], "")
        return FRONT if path in self._material.extra else ""
