"""Reads documents again that were read with other settings of the bibliography.

sphinxcontrib-bibtex looks at its files and style while a document is read, and
Sphinx reads none again when these change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def read_again(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
    """Give all documents when the bibliography's settings have changed: any may cite something."""
    names = sorted(item.name for item in app.config if item.name.startswith("bibtex_"))
    now = [(name, str(app.config[name])) for name in names]
    data = domain_of(env).data
    before, data["bibliography_settings"] = data.get("bibliography_settings"), now
    return [] if before is None or before == now else sorted(env.found_docs)
