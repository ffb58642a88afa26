"""Finds the documents in whose sources something stands that hangs on more than these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from sphinx.environment import BuildEnvironment


def with_pattern(env: BuildEnvironment, pattern: re.Pattern[str]) -> list[str]:
    """Give the documents that have a pattern in them, or in a file that they take in."""
    return [name for name in sorted(env.found_docs) if _has(env, name, pattern)]


def _has(env: BuildEnvironment, docname: str, pattern: re.Pattern[str]) -> bool:
    taken_in = [Path(env.srcdir, path) for path in env.dependencies.get(docname, ())]
    return any(
        pattern.search(path.read_text(encoding="utf-8", errors="replace"))
        for path in (Path(env.doc2path(docname)), *taken_in)
        if path.is_file()
    )
