"""Reads documents again that were read with another bibliography, or other settings of it.

sphinxcontrib-bibtex looks at its files and style while a document is read, and
Sphinx reads none again when these change.

For upstream (sphinxcontrib-bibtex, `sphinxcontrib.bibtex.bibfile.get_mtime`): *a file whose content
is another and whose time is the same is not read again.* So it is with what a backup or an
archive brings. Here a number made of the content takes the place of the time.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

from sphinxcontrib.bibtex import bibfile

from ontherecord.domain import domain_of
from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def apply() -> None:
    """Have sphinxcontrib-bibtex know its files by their content."""
    replace(bibfile, "get_mtime", known_by)


def known_by(path: Path) -> float:
    """Give the number by which a file of the bibliography is known again."""
    try:
        content = path.read_bytes()
    except OSError:
        return -math.inf
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")


def read_again(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
    """Give all documents when the settings have changed: any may cite something.

    When a file has changed, give those that were read with it.
    """
    names = sorted(item.name for item in app.config if item.name.startswith("bibtex_"))
    now = [(name, str(app.config[name])) for name in names]
    files = {
        path: file.mtime for path, file in env.domains["cite"].data["bibdata"].bibfiles.items()
    }
    data = domain_of(env).data
    before, data["bibliography_settings"] = data.get("bibliography_settings"), now
    read, data["bibliography_files"] = data.get("bibliography_files", {}), files
    if before not in (None, now):
        return sorted(env.found_docs)
    changed = {path for path, number in files.items() if read.get(path, number) != number}
    if not changed:
        return []
    return [
        name
        for name in sorted(env.found_docs)
        if any(env.srcdir / path in changed for path in env.dependencies.get(name, ()))
    ]
