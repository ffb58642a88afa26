"""Pieces: what the apparatus composes, as light values.

On pages they become HTML at once (`ontherecord.apparatus.piece_html`); every other writer is given
them as nodes (`ontherecord.apparatus.piece_nodes`). A piece holds texts, other pieces, and nodes
where it takes in what an editor wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Inline: TypeAlias = "Piece | nodes.Node | str"


class Piece:
    """A part of what is shown, with its classes and anchors; a language is a class too."""

    __slots__ = ("children", "classes", "ids")

    def __init__(self, *children: Inline, classes: Iterable[str] = ()) -> None:
        """Take what stands in it."""
        self.children: list[Inline] = list(children)
        self.classes: list[str] = list(classes)
        self.ids: list[str] = []

    def __iadd__(self, more: Inline | Iterable[Inline]) -> Self:
        """Take in one more part, or several."""
        if isinstance(more, _ONE):
            self.children.append(more)
        else:
            self.children += more
        return self


_ONE: Final = (Piece, nodes.Node, str)
"""What is one part, and no several; a union would be made anew each time that it is asked for."""


class inline(Piece):  # noqa: N801 - pieces are named as docutils names its nodes
    """Words in a line."""

    __slots__ = ()


class strong(Piece):  # noqa: N801
    """Words set off."""

    __slots__ = ()


class emphasis(Piece):  # noqa: N801
    """A title in a line."""

    __slots__ = ()


class literal(Piece):  # noqa: N801
    """An identifier or address, letter by letter."""

    __slots__ = ()


class paragraph(Piece):  # noqa: N801
    """A line or paragraph."""

    __slots__ = ()


class heading(paragraph):  # noqa: N801
    """A line that heads what follows it, and is no section's title."""

    __slots__ = ()


class rubric(Piece):  # noqa: N801
    """The same for writers that know rubrics."""

    __slots__ = ()


class container(Piece):  # noqa: N801
    """A block of blocks."""

    __slots__ = ()


class block_quote(Piece):  # noqa: N801
    """Words set apart."""

    __slots__ = ()


class bullet_list(Piece):  # noqa: N801
    """A list."""

    __slots__ = ()


class list_item(Piece):  # noqa: N801
    """An entry of it."""

    __slots__ = ()


class definition_list(Piece):  # noqa: N801
    """A list of terms, each with what belongs to it."""

    __slots__ = ()


class definition(Piece):  # noqa: N801
    """An entry of it, under its ``term``."""

    __slots__ = ("term",)

    def __init__(self, term: str, *children: Inline) -> None:
        """Take the term, and what belongs to it."""
        super().__init__(*children)
        self.term = term


class raw(Piece):  # noqa: N801
    """HTML as it is, for pages alone."""

    __slots__ = ("html",)

    def __init__(self, html: str) -> None:
        """Take the HTML."""
        super().__init__()
        self.html = html


class reference(Piece):  # noqa: N801
    """A link: to an address, or to an anchor of the same document.

    ``record`` is the identifier of the record that it leads to, where it leads to one.
    """

    __slots__ = ("address", "anchor", "internal", "record")

    def __init__(
        self, *children: Inline, address: str = "", anchor: str = "", internal: bool = True
    ) -> None:
        """Take what is shown, and where it leads."""
        super().__init__(*children)
        self.address = address
        self.anchor = anchor
        self.internal = internal
        self.record = ""


class cards(Piece):  # noqa: N801
    """The cards of one block of text; ``summary`` says whose they are, a part each."""

    __slots__ = ("summary",)

    def __init__(self, *children: Inline, summary: Sequence[str]) -> None:
        """Take the cards."""
        super().__init__(*children)
        self.summary = summary


class card(Piece):  # noqa: N801
    """A card; ``number`` is its note's, ``label`` says what it is to who cannot see it."""

    __slots__ = ("label", "number")

    def __init__(
        self, *children: Inline, number: int, label: str, classes: Iterable[str] = ()
    ) -> None:
        """Take its lines."""
        super().__init__(*children, classes=classes)
        self.number = number
        self.label = label


class reference_card(Piece):  # noqa: N801
    """A card that shows when a reference to the record with its ``anchor`` is pointed at."""

    __slots__ = ("anchor",)

    def __init__(self, *children: Inline, anchor: str, classes: Iterable[str] = ()) -> None:
        """Take its lines."""
        super().__init__(*children, classes=classes)
        self.anchor = anchor


class side(Piece):  # noqa: N801
    """One statement of several that stand together; ``label`` says whose it is."""

    __slots__ = ("label",)

    def __init__(self, *children: Inline, label: str, classes: Iterable[str] = ()) -> None:
        """Take its lines."""
        super().__init__(*children, classes=classes)
        self.label = label


class fold(Piece):  # noqa: N801
    """What a page shows only when asked.

    ``summary`` says what it is, ``opening`` how it begins, as long as it is closed.
    """

    __slots__ = ("opening", "summary")

    def __init__(
        self, *children: Inline, summary: str, opening: str = "", classes: Iterable[str] = ()
    ) -> None:
        """Take what is folded."""
        super().__init__(*children, classes=classes)
        self.summary = summary
        self.opening = opening


def text(part: Inline) -> str:
    """Give the text of a part, without what is around it."""
    if isinstance(part, Piece):
        return "".join(map(text, part.children))
    return str(part.astext() if isinstance(part, nodes.Node) else part)


@dataclass(slots=True)
class Gathered:
    """What stands in some parts: nodes that they take in, and records that their links lead to."""

    nodes: list[nodes.Node] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def gathered(parts: Iterable[Inline]) -> Gathered:
    """Give what stands in some parts, in its order.

    Records named in lists of a speaker's statements are passed over: their lines say what a card
    would, and there may be hundreds of them.
    """
    found = Gathered()
    _gather(parts, found.nodes, found.named)
    return found


def _gather(parts: Iterable[Inline], taken_in: list[nodes.Node], named: list[str] | None) -> None:
    for part in parts:
        if isinstance(part, Piece):
            within = named
            if isinstance(part, reference) or _is_statements(part):
                within = None
            if isinstance(part, reference) and part.record and named is not None:
                named.append(part.record)
            if part.children:
                _gather(part.children, taken_in, within)
        elif isinstance(part, nodes.Node):
            taken_in.append(part)


def _is_statements(part: Piece) -> bool:
    return isinstance(part, bullet_list) and "record-statements" in part.classes
