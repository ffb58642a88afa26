"""Reads documents again that were read with other settings of the bibliography.

sphinxcontrib-bibtex looks at its files and style while a document is read, and
Sphinx reads none again when these change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontherecord.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def read_again(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
    """Give the documents with a bibliography or a citation, when its settings have changed."""
    config = app.config
    now = [*map(str, config.bibtex_bibfiles), config.bibtex_default_style, config.bibtex_cite_id]
    data = domain_of(env).data
    before, data["bibliography_settings"] = data.get("bibliography_settings"), now
    if before is None or before == now:
        return []
    cite: Any = env.domains["cite"]
    found = {key.docname for key in cite.bibliographies}
    return sorted(found | {reference.docname for reference in cite.citation_refs})
