"""Gives the text of a node at once where it holds no escape.

For upstream (docutils, `nodes.Text.astext`): *a text is taken apart three times to find what is
not there.* ``unescape`` splits and joins each text at null and space, at null and newline, and at
null alone; nulls stand in hardly any text, and in none that Markdown makes. One look for a null
first makes `astext`, which every writer calls for every text, five times as fast.
"""

from __future__ import annotations

from docutils import nodes

from ontherecord.economies.replacing import replace


def apply() -> None:
    """Have texts look for a null first."""
    replace(nodes.Text, "astext", astext)


def astext(self: nodes.Text) -> str:
    """Give the text without its nulls and the white space that they escape."""
    text = str(self)
    return nodes.unescape(text) if "\0" in text else text
