"""Parts a large edition into volumes: plans it, and writes them, without a build.

A *volume* is an edition of its own with some of the articles; the *front* is what stays at
the old address: all that is no article, the registers of everything, and pages that lead
from the old addresses into the volumes.
"""

from __future__ import annotations

from typing import Final

FRONT: Final = "front"
"""The name of the front, among those of the volumes."""
EDITION: Final = "edition"
"""The folder of what all parts share: conf.py, and what it names."""
VOLUMES: Final = "volumes.json"
"""The list of the parts, beside their folders."""
ADDRESSES: Final = "addresses.csv"
"""The list of what has moved into volumes, in the front's folder."""
INVENTORIES: Final = "inventories"
"""The folder, in each part's, of what it names of the others."""
SITE: Final = "site"
"""The folder that the parts are built into: the front there, each volume in a folder below."""
STATEMENTS: Final = ".json"
"""What the file with another part's statements is called in place of ``.inv``."""
