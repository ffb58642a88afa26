"""Reads documents again that have a link to one that is gone.

MyST looks while it reads whether the file of a link such as `[](other.md)` is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Give the documents that were read when one was there that they lead to."""
    if not removed:
        return []
    documents = domain_of(env).documents
    links = {("doc", "myst", name) for name in removed}
    return [
        name for name in documents if name not in removed and links & {*documents[name].references}
    ]
