"""Writes ``cite/ID.html`` for records of which an edition has copies: it leads to their home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translation

from ontherecord.apparatus.addresses import record_address
from ontherecord.domain import domain_of
from ontherecord.joining.redirects import Redirects, put_all
from ontherecord.keeping.places import kept_in
from ontherecord.languages import tag_of
from ontherecord.settings import RECORD_PAGES, WITH_RECORD_PAGES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ = get_translation("ontherecord")


def redirects_of(app: Sphinx) -> Redirects:
    """Give what makes the redirect pages of an edition."""
    return Redirects(tag_of(app.config.language), record_address(app.config), _("This is now at"))


def write_copies(app: Sphinx, exception: Exception | None) -> None:
    """Write the pages that are wanted, and remove those that were and are not any more."""
    if exception is not None or app.builder.name not in WITH_RECORD_PAGES:
        return
    domain = domain_of(app.env)
    if domain.unchanged:
        return
    edition, elsewhere = domain.edition, domain.other_editions
    pages = {}
    for identifier in sorted(edition.records.keys() - edition.own.keys()):
        address = elsewhere.address_of(edition.records[identifier])
        if address:
            pages[f"{RECORD_PAGES}/{identifier}.html"] = address
    put_all(Path(app.outdir), redirects_of(app), pages, kept_in(app, ".copies-names"))
