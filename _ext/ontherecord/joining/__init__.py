"""Joins editions that are volumes of one: copies, old addresses, registers and search over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Connect to the events of a build."""
    from ontherecord import late

    volume = "which volume of a larger edition this is, or `front`; `ontherecord split` sets it"
    volumes = "the volumes of which this is the front, with where each is; likewise"
    others = "whether the search asks the other volumes' indexes too"
    app.add_config_value("record_volume", "", "html", types=(str,), description=volume)
    app.add_config_value("record_volumes", {}, "html", types=(dict,), description=volumes)
    app.add_config_value("record_search_others", True, "html", types=(bool,), description=others)
    app.connect("builder-inited", _lead_there, priority=100)  # Before addresses are kept.
    app.connect("build-finished", late.finish("joining.copies:write_copies"))
    app.connect("html-page-context", late.call("joining.search:give_others"))
    app.connect("build-finished", late.finish("joining.moved:write"))
    app.connect("build-finished", late.finish("joining.inventory:write"))
    app.connect("build-finished", late.finish("joining.tables:write"))
    app.connect("write-started", _add_entries)
    app.connect("build-finished", late.finish("joining.index_entries:take_away"), priority=100)
    app.connect("build-finished", late.finish("joining.index_entries:write"))
    app.connect("build-finished", late.finish("joining.volumes:keep"))


def _lead_there(app: Sphinx) -> None:
    """Have a front's links lead to where its volumes are; others have nothing to import."""
    if app.config.record_volumes:
        from ontherecord.joining.volumes import lead_there

        lead_there(app)


def _add_entries(app: Sphinx, builder: object) -> None:
    """Have the general index list what volumes have, in a front; others have nothing to import."""
    if app.config.record_volumes:
        from ontherecord.joining.index_entries import add

        add(app)
