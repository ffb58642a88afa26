"""Joins editions that are volumes of one: copies, old addresses, registers and search over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Connect to the events of a build."""
    from ontherecord.joining import copies, inventory, moved, search, tables, volumes

    app.add_config_value("record_volume", "", "html", types=(str,))
    app.add_config_value("record_volumes", {}, "html", types=(dict,))
    app.add_config_value("record_search_others", True, "html", types=(bool,))
    copies.connect(app)
    app.connect("html-page-context", search.give_others)
    app.connect("build-finished", moved.write)
    app.connect("build-finished", inventory.write)
    app.connect("build-finished", tables.write)
    app.connect("build-finished", volumes.keep)
