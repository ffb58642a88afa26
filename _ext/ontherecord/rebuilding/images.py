"""Names pictures as a clean build names them.

Sphinx gives pictures of one file name numbers in the order of reading, which
is another one after an edit, and under several processes.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def settle(env: BuildEnvironment) -> None:
    """Give each picture its name in the order of paths."""
    images: Any = env.images
    taken: set[str] = set()
    for path in sorted(images):
        documents, _name = images[path]
        name = PurePosixPath(path).name
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        if name in taken:  # By the path, so that no other picture's name depends on it.
            name = f"{stem}-{hashlib.blake2b(path.encode(), digest_size=4).hexdigest()}{suffix}"
        taken.add(name)
        images[path] = (documents, name)
    images._existing = taken


def of_documents(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Give each document's pictures: their paths and the names that they are published under."""
    images: Any = env.images
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(images):
        documents, name = images[path]
        for docname in documents:
            found.setdefault(docname, []).append((path, name))
    return found
