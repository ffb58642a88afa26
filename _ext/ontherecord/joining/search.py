"""Has the search page of each part ask the indexes of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontherecord.apparatus.addresses import record_address
from ontherecord.joining.redirects import link

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def give_others(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Tell the search page where the other parts are, from its own part's root."""
    if templatename == "find.html":
        context["others"] = others(app.config)


def others(config: Config) -> list[str]:
    """Give the links from a part's root to those of the others."""
    if not config.record_search_others:
        return []
    here = record_address(config)
    parts = config.record_volumes
    return [
        link(here, one["address"]) for name, one in parts.items() if name != config.record_volume
    ]
