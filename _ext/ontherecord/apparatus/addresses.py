"""Gives the permanent addresses of records, as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.apparatus.pieces import Inline, literal, reference

if TYPE_CHECKING:
    from sphinx.config import Config


def record_address(config: Config) -> str:
    """Give where the edition lives, with a slash at its end, or nothing where it is not known."""
    address = config.record_address or config.html_baseurl
    if "://" not in address:
        return ""  # It says no place; `ontherecord.publishing` reports it.
    return address.rstrip("/") + "/" if address else ""


def from_here(address: str, here: str) -> str:
    """Give an address from a page of the edition; one without a host counts from its root."""
    if not address or "://" in address or address.startswith("/"):
        return address
    return "../" * here.count("/") + address


def printed_address(config: Config, path: str) -> Inline:
    """Give the address of a record's page for a book: whole, where the edition's is known."""
    base = record_address(config)
    if not base:
        return literal(path)
    return reference(base + path, address=base + path, internal=False)
