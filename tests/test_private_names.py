"""What the extension uses of dependencies that is private to them, and cannot do without.

A version without one of these is told here, in one place; `ontherecord.economies` do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import EXTENSION
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from sphinx.builders.html import _build_info
from sphinx.search import IndexBuilder

if TYPE_CHECKING:
    from conftest import Project


def test_private_names_are_there(edition: Project) -> None:
    with edition.set_up() as app:
        used: list[tuple[str, object, str]] = [
            ("faults/under_way.py", _build_info, "BuildInfo"),
            ("rebuilding/equations.py", SphinxRenderer, "_random_label"),
            ("rebuilding/images.py", app.env.images, "_existing"),
            ("rebuilding/pages.py", app, "_warncount"),
            ("settings.py", app.config, "_overrides"),
            ("settings.py", app.config, "_raw_config"),
        ]
        indexer = IndexBuilder(app.env, "en", {}, "")
        for name in ("_mapping", "_title_mapping", "_objtypes", "_index_entries"):
            used.append(("rebuilding/search.py", indexer, name))
    for file, holder, name in used:
        assert name in (EXTENSION / "ontherecord" / file).read_text(encoding="utf-8"), file
        assert hasattr(holder, name), f"{file} uses {name}"
