"""Publishes what exchange makes, with a build: its files, and what stands in the heads of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def connect(app: Sphinx) -> None:
    """Connect to the events of a build."""
    from ontherecord import joining
    from ontherecord.publishing import heads
    from ontherecord.publishing.exports import write_exports

    heads.connect(app)
    app.connect("env-check-consistency", check_address)
    app.connect("env-updated", give_imprint, priority=850)  # Before pages are held against it.
    app.connect("write-started", give_references)  # When figures have their numbers.
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


def give_imprint(app: Sphinx, env: BuildEnvironment) -> None:
    """Tell the Edition what is to be published of it, and where."""
    from ontherecord.apparatus.record_pages import BUILDERS
    from ontherecord.domain import domain_of
    from ontherecord.publishing.imprint import imprint_of

    if app.builder.name in BUILDERS:
        edition = domain_of(env).edition
        edition.imprint = imprint_of(app.builder, edition)


def give_references(app: Sphinx, builder: Builder) -> None:
    """Tell the Edition what references in the text of its documents show."""
    from ontherecord.apparatus.record_pages import BUILDERS
    from ontherecord.domain import domain_of
    from ontherecord.publishing.references import shown_references

    if builder.name in BUILDERS:
        edition = domain_of(app.env).edition
        edition.resolve(shown_references(app.env, edition))
