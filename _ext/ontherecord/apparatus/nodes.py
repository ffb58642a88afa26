"""The nodes that only a page has: cards, the numbers that lead to them, folds and tables."""

from __future__ import annotations

from docutils import nodes


class cards(nodes.container):  # noqa: N801 - docutils names its nodes in small letters
    """The cards of one block of text; ``summary`` says whose they are, a part each."""


class card(nodes.container):  # noqa: N801
    """A card; ``number`` is its note's, ``label`` says what it is to who cannot see it."""


class card_place(nodes.inline):  # noqa: N801
    """The place in the text beside which the card with a ``number`` stands."""


class note_number(nodes.inline):  # noqa: N801
    """The number of a card, at the words that it is about; ``target`` is the card's anchor."""


class paragraph_number(nodes.inline):  # noqa: N801
    """The ``number`` of a block of an article, set in the fore-edge."""


class reference_card(nodes.container):  # noqa: N801
    """A card that shows when a reference to the record with its ``anchor`` is pointed at."""


class side(nodes.container):  # noqa: N801
    """One statement of several that stand together; ``label`` says whose it is."""


class heading(nodes.paragraph):  # noqa: N801
    """A line that heads what follows it, and is no section's title."""


class fold(nodes.container):  # noqa: N801
    """What a page shows only when asked.

    ``summary`` says what it is, ``opening`` how it begins, as long as it is closed.
    """


class records_table(nodes.container):  # noqa: N801
    """A register as a table.

    ``columns`` are its columns, each with a name, a heading and whether it sorts;
    ``filters`` the fields to filter by; ``shown`` and ``template`` say how many rows show.
    """


class records_row(nodes.container):  # noqa: N801
    """A row of a register; ``data`` is what it is sorted and filtered by."""


class records_cell(nodes.container):  # noqa: N801
    """A cell of a register; ``column`` is its column's name, ``value`` what it sorts by."""
