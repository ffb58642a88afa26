"""The nodes of the apparatus: what is composed, cards, and the numbers that lead to them."""

from __future__ import annotations

from docutils import nodes


class composed(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes in small letters
    """What the apparatus composed for a page: ``pieces``, which become HTML when it is written.

    ``named`` are the records that links in them lead to, but for those of lists of statements.

    What an editor wrote, and a piece takes in, are its children, so that references in it are
    resolved like all others.
    """


class taken_in(nodes.General, nodes.Element):  # noqa: N801
    """What an editor wrote, where a piece takes it in."""

    child_text_separator = " "


class cards(nodes.container):  # noqa: N801
    """The cards of one block of text; ``summary`` says whose they are, a part each."""


class card(nodes.container):  # noqa: N801
    """A card; ``number`` is its note's, ``label`` says what it is to who cannot see it."""


class card_place(nodes.inline):  # noqa: N801
    """The place in the text beside which the card with a ``number`` stands."""


class note_number(nodes.inline):  # noqa: N801
    """The number of a card at its words; ``address`` leads to the card, or to its record's page."""


class paragraph_number(nodes.inline):  # noqa: N801
    """The ``number`` of a block of an article, set in the fore-edge."""


class side(nodes.container):  # noqa: N801
    """One statement of several that stand together; ``label`` says whose it is."""
