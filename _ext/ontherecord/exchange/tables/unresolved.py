"""What an edition names and does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ontherecord.exchange.tables.columns import own
from ontherecord.exchange.tables.once import once
from ontherecord.exchange.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition


class _Unresolved(NamedTuple):
    """A cell that names what the edition does not have."""

    in_table: str
    record: Any
    position: Any
    in_column: str
    value: str


def _unresolved(tables: tuple[Table, ...], edition: Edition) -> Iterator[_Unresolved]:
    for table in tables:
        columns = [column for column in table.columns if column.references and not column.is_key]
        if not columns or table.is_derived:
            continue
        keys = [column for column in table.columns if column.is_key]
        for item in table.of(edition):
            for column in columns:
                value = column.read(edition, item)
                if column.is_dangling(edition, value):
                    record, position = [*(key.read(edition, item) for key in keys), None][:2]
                    yield _Unresolved(table.name, record, position, column.name, str(value))


def unresolved(tables: tuple[Table, ...]) -> Table:
    """Give the table of what cells of these tables name and is not in the edition."""
    return Table(
        "unresolved_references",
        "Unresolved references",
        "What is named and is not in the edition; its cell is empty. An edition built without "
        "warnings has none.",
        once(lambda edition: list(_unresolved(tables, edition))),
        (
            own("in_table", "The table with the empty cell."),
            own("record", "The first column of the row's key."),
            own("position", "The second, where the key has two.", type="integer"),
            own("in_column", "The column with the empty cell."),
            own("value", "What was named there."),
        ),
    )
