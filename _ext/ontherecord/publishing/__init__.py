"""Publishes what exchange makes, with a build: its files, and what stands in the heads of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ontherecord.edition import Edition


def connect(app: Sphinx) -> None:
    """Connect to the events of a build."""
    from ontherecord import joining
    from ontherecord.publishing import heads
    from ontherecord.publishing.exports import write_exports

    heads.connect(app)
    app.connect("env-check-consistency", check_address)
    # When figures have their numbers, and before pages are held against it.
    app.connect("env-get-updated", complete, priority=850)
    app.connect("build-finished", write_exports)
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


def complete(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the Edition told what is to be published of it, and what its references show.

    No document is to be written again for that; see `ontherecord.rebuilding.pages`.
    """
    from ontherecord.apparatus.record_pages import BUILDERS
    from ontherecord.domain import domain_of

    def tell(edition: Edition) -> None:
        from ontherecord.publishing.imprint import imprint_of
        from ontherecord.publishing.references import shown_references

        edition.imprint = imprint_of(app.builder, edition)
        edition.resolve(shown_references(env, edition))

    if app.builder.name in BUILDERS:
        domain_of(env).complete_with(tell)
    return []
