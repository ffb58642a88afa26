"""The nodes that markup leaves in a document and the apparatus finds there.

Each is a subclass of a node that every writer knows, so that a builder that
nobody thought of still shows the words.
"""

from __future__ import annotations

from docutils import nodes


class mark(nodes.inline):  # noqa: N801 - docutils names its nodes in small letters
    """Marked words: ``kind`` is said or passage, ``record`` the identifier, ``words`` the words."""


class record_block(nodes.container):  # noqa: N801
    """The place of a record's directive, and its parsed content.

    ``kind`` and ``record`` name the record, ``line`` the line of its directive.
    """


class words_block(nodes.container):  # noqa: N801
    """The words inside a quote's `record_block`, as paragraphs."""


class register_block(nodes.container):  # noqa: N801
    """The place of a register; ``query`` says which, and how filtered."""


class reading_block(nodes.container):  # noqa: N801
    """A reading, on its way from its directive to the quote's; ``reading`` is the record."""
