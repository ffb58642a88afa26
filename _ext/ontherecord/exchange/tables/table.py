"""A table of an edition: its columns, what each means and refers to, and its rows one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from ontherecord.exchange.stretches import Stretch
from ontherecord.exchange.tables.things import Things

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Container, Iterable, Iterator

    from ontherecord.edition import Edition

    Value = str | int | datetime.date | None
    """What a cell holds; ``None`` where it is not known."""
    Row = tuple[Value, ...]

Type = Literal["string", "integer", "date"]

_HOLDERS: Final[dict[str, Callable[[Edition], Container[Value]]]] = {
    "articles": lambda edition: edition.articles,
    "contradictions": lambda edition: edition.contradictions,
    "annotations": lambda edition: edition.annotations,
    "quotes": lambda edition: edition.quotes,
    "remote": lambda edition: edition.remote,
    "records": lambda edition: edition.records,
    "sources": lambda edition: edition.sources,
    "speakers": lambda edition: edition.speakers,
}
"""Tables whose rows have an ``id`` to which columns of others refer, and the ids that are there."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it means, and how its value is read from what a row is about.

    ``references`` is the table whose ``id`` it holds. ``is_key`` says that it is of the
    primary key, ``is_asked_for`` that rows are looked up and put in order by it.
    """

    name: str
    meaning: str
    read: Callable[[Edition, Any], Value]
    type: Type = "string"
    references: str = ""
    is_key: bool = False
    is_asked_for: bool = False

    def held(self, edition: Edition) -> Container[Value] | None:
        """Give what a value must be among, if there is such."""
        return _HOLDERS[self.references](edition) if self.references else None

    def is_dangling(self, edition: Edition, value: Value) -> bool:
        """Tell whether a value names what the edition does not have."""
        return bool(self.references and value) and value not in _HOLDERS[self.references](edition)


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: the columns, the table that they refer to, and its columns."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``of`` gives what its rows are about, in their order, and each column reads that.

    ``label`` is the column that names a row to a reader; ``searched`` are the columns whose
    words can be looked for; ``compound`` are references of more than one column. A table is
    ``derived`` where all that it refers to is named in another table already.
    """

    name: str
    title: str
    meaning: str
    of: Callable[[Edition], Iterable[Any]]
    columns: tuple[Column, ...]
    label: str = ""
    searched: tuple[str, ...] = ()
    compound: tuple[Reference, ...] = ()
    is_derived: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key; none where rows have no name of their own."""
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def references(self) -> tuple[Reference, ...]:
        """All foreign keys, in the order of the columns."""
        single = (
            Reference((column.name,), column.references, ("id",))
            for column in self.columns
            if column.references
        )
        return (*single, *self.compound)

    def rows(self, edition: Edition) -> Iterator[Row]:
        """Give the rows, a value for each column."""
        return map(self.reader(edition), self.of(edition))

    def reader(self, edition: Edition) -> Callable[[Any], Row]:
        """Give what gives the row about an item; nothing stands for what is not known or there."""
        columns = [(column.read, column.held(edition)) for column in self.columns]

        def row(item: Any) -> Row:
            cells: list[Value] = []
            for read, held in columns:
                value = read(edition, item)
                is_there = value != "" if held is None else value and value in held
                cells.append(value if is_there else None)
            return tuple(cells)

        return row

    def stretches(self, edition: Edition) -> Iterator[Stretch]:
        """Give the rows in stretches, if it is known what each is about."""
        if not isinstance(self.of, Things):
            return
        things, items, reader = self.of.by_name(edition), self.of.items, self.reader(edition)

        def rows(names: tuple[str, ...]) -> Iterator[Row]:
            for name in names:
                yield from map(reader, items(edition, things[name]))

        for names in self.of.runs(edition):
            yield Stretch(self.name, self.of.kind, names, partial(rows, names))
