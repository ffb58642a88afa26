"""Writes XML piece by piece, so that no tree need be held."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ontherecord.exchange.xml import xml_text

if TYPE_CHECKING:
    from collections.abc import Mapping


class XmlPieces:
    """A document in UTF-8 that is taken away as it is written."""

    def __init__(self) -> None:
        """Begin a document with its declaration (XML 1.0, 2.8)."""
        self._written = ['<?xml version="1.0" encoding="utf-8"?>\n']

    def open(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Open an element; attributes with nothing in them are left off."""
        self._written.append(f"<{_tag(name, attributes)}>")

    def close(self, name: str) -> None:
        """Close an element, and end its line."""
        self._written.append(f"</{name}>\n")

    def element(self, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
        """Write an element that holds text alone, or nothing."""
        tag = _tag(name, attributes)
        whole = f"<{tag}>{escape(xml_text(text))}</{name}>\n" if text else f"<{tag}/>\n"
        self._written.append(whole)

    def line(self) -> None:
        """End a line."""
        self._written.append("\n")

    def take(self) -> bytes:
        """Give what was written since it was last taken."""
        text = "".join(self._written)
        self._written.clear()
        return text.encode()


def _tag(name: str, attributes: Mapping[str, str] | None) -> str:
    """Give an element's name with its attributes."""
    if not attributes:
        return name
    given = [f"{key}={quoteattr(xml_text(value))}" for key, value in attributes.items() if value]
    return " ".join([name, *given])
