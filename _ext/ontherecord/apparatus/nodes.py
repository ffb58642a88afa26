"""The nodes that only a page has: cards, and the numbers that lead to them."""

from __future__ import annotations

from docutils import nodes


class cards(nodes.container):  # noqa: N801 - docutils names its nodes in small letters
    """The cards of one block of text; ``summary`` says whose they are."""


class note_number(nodes.inline):  # noqa: N801
    """The number of a card, at the words that it is about; ``target`` is the card's anchor."""


class fold(nodes.container):  # noqa: N801
    """What a page shows only when asked; ``summary`` says what it is."""
