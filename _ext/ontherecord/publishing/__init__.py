"""Publishes what exchange makes, with a build: its files, and what stands in the heads of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def connect(app: Sphinx) -> None:
    """Connect to the events of a build."""
    from ontherecord import joining, late
    from ontherecord.publishing.publish import Publishing

    # When the frame is made.
    app.connect("html-page-context", late.call("publishing.heads:of_page"), priority=750)
    app.connect("env-check-consistency", check_address)
    app.connect("write-started", late.call("publishing.citations:learn"))
    Publishing().connect(app)
    app.connect("build-finished", late.finish("publishing.citations:keep"), priority=900)
    joining.connect(app)


def check_address(app: Sphinx, env: BuildEnvironment) -> None:
    """Report an address of the edition that is none."""
    from sphinx.util import logging

    from ontherecord.problems import TYPE

    address = app.config.record_address
    if address and "://" not in address:
        message = f'record_address is no address: "{address}"; write https:// before it'
        logger = logging.getLogger(__name__)
        logger.warning(message, type=TYPE, subtype="bad-address", location="conf.py:1")
