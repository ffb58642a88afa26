"""Compresses the inventory at once, and only where it says something else than the one there.

For upstream (Sphinx, `sphinx.util.inventory.InventoryFile.dump`): *each build compresses the
inventory line by line, though no object has changed.* To unpack the one that is there takes a
twentieth of packing it again.
"""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util.inventory import InventoryFile

from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


_dump: Final = InventoryFile.dump


def apply() -> None:
    """Put it into effect."""
    replace(InventoryFile, "dump", staticmethod(dump))


def dump(filename: str | os.PathLike[str], env: BuildEnvironment, builder: Builder) -> None:
    """Write the inventory (Sphinx, version 2) of all objects, unless the file has it already."""
    path = Path(filename)
    head = (
        "# Sphinx inventory version 2\n"
        f"# Project: {_escaped(env.config.project)}\n"
        f"# Version: {_escaped(env.config.version)}\n"
        "# The remainder of this file is compressed using zlib.\n"
    ).encode()
    body = b"".join(map(str.encode, _lines(env, builder)))
    if _content(path, head) != body:
        path.write_bytes(head + zlib.compress(body, 9))


def _lines(env: BuildEnvironment, builder: Builder) -> Iterator[str]:
    addresses: dict[str, str] = {}
    for domain in env.domains.sorted():
        for name, shown, kind, docname, anchor, priority in sorted(domain.get_objects()):
            address = addresses.get(docname)
            if address is None:
                address = addresses[docname] = builder.get_target_uri(docname)
            if anchor:
                short = f"{anchor.removesuffix(name)}$" if anchor.endswith(name) else anchor
                address = f"{address}#{short}"
            said = "-" if shown == name else shown
            yield f"{name} {domain.name}:{kind} {priority} {address} {said}\n"


def _escaped(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _content(path: Path, head: bytes) -> bytes | None:
    """Give what the inventory that is there lists, or nothing where it has another head."""
    with suppress(OSError, zlib.error):
        there = path.read_bytes()
        if there.startswith(head):
            return zlib.decompress(there[len(head) :])
    return None
