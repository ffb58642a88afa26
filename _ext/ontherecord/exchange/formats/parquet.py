"""Parquet: a file a table, through pyarrow."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.tables import TABLES, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ontherecord.edition import Edition
    from ontherecord.exchange.stretches import Former
    from ontherecord.exchange.tables.table import Table

ROWS: Final = 5000
"""Most rows of a row group: what is held in memory, and what a reader has to load at least."""


def path_of(table: Table) -> str:
    """Give the path of a table's file from the folder of the HTML output."""
    return f"record/parquet/{table.name}.parquet"


def _schema(edition: Edition, table: Table) -> Any:
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "date": pyarrow.date32(),
    }
    imprint = edition.imprint
    said = {
        "title": table.title,
        "description": table.meaning,
        "edition": imprint.title,
        "version": imprint.version,
        "licence": imprint.licence_address,
        "address": imprint.address,
        "tables_version": VERSION,
    }
    return pyarrow.schema(
        [
            pyarrow.field(
                column.name,
                types[column.type],
                nullable=not column.is_key,
                metadata={"description": column.meaning},
            )
            for column in table.columns
        ],
        metadata={name: value for name, value in said.items() if value},
    )


def _writer(edition: Edition, table: Table) -> Callable[[Path, Former], None]:
    def write(path: Path, _former: Former) -> None:
        import pyarrow
        from pyarrow import parquet

        schema = _schema(edition, table)
        rows = table.rows(edition)
        with parquet.ParquetWriter(str(path), schema) as writer:
            while batch := list(islice(rows, ROWS)):
                columns = [
                    pyarrow.array(values, field.type)
                    for field, values in zip(schema, zip(*batch, strict=True), strict=True)
                ]
                writer.write_batch(pyarrow.record_batch(columns, schema=schema))

    return write


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    for table in TABLES:
        yield Whole(path_of(table), partial(_writer, edition, table))


FORMAT: Final = Format(
    "parquet",
    "tables in Parquet",
    ("record/parquet/*.parquet",),
    _parts,
    needs=("pyarrow",),
    extra="parquet",
    default=False,
)
