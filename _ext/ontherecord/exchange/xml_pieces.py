"""Writes XML piece by piece, with the standard library's writer, so that no tree need be held."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import XMLGenerator

from ontherecord.exchange.xml import xml_text

if TYPE_CHECKING:
    from collections.abc import Mapping


class XmlPieces:
    """A document in UTF-8 that is taken away as it is written."""

    def __init__(self) -> None:
        """Begin a document with its declaration (XML 1.0, 2.8)."""
        self._written = io.StringIO()
        self._writer = XMLGenerator(self._written, "utf-8", short_empty_elements=True)
        self._writer.startDocument()

    def open(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Open an element; attributes with nothing in them are left off."""
        given = {key: xml_text(value) for key, value in (attributes or {}).items() if value}
        self._writer.startElement(name, given)  # type: ignore[arg-type]  # Any mapping will do.

    def close(self, name: str) -> None:
        """Close an element, and end its line."""
        self._writer.endElement(name)
        self._writer.ignorableWhitespace("\n")

    def element(self, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
        """Write an element that holds text alone, or nothing."""
        self.open(name, attributes)
        if text:
            self._writer.characters(xml_text(text))
        self.close(name)

    def line(self) -> None:
        """End a line."""
        self._writer.ignorableWhitespace("\n")

    def take(self) -> bytes:
        """Give what was written since it was last taken."""
        text = self._written.getvalue()
        self._written.seek(0)
        self._written.truncate()
        return text.encode()
