"""Reads documents again whose links were looked up in an inventory that has changed.

MyST looks a link such as `[](inv:python#str)` up while it reads. Roles and references look when a
page is written: of them `ontherecord.rebuilding.surroundings` knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontherecord.domain import domain_of
from ontherecord.rebuilding.source_texts import with_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LINK: Final = re.compile(r"\binv:")


def read_again(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
    """Give the documents with such links when any inventory has changed."""
    data, now = domain_of(env).data, domain_of(env).look_elsewhere().digest
    before, data["inventories"] = data.get("inventories", now), now
    return with_pattern(env, _LINK) if now != before else []
