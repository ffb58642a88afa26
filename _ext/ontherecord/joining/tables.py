"""Writes ``record/tables.sql`` in a front: the tables of all volumes as one, for DuckDB.

A record that several volumes have a copy of has one row there, that of its home.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.domain import domain_of
from ontherecord.exchange.formats import csv_tables, parquet
from ontherecord.exchange.tables import TABLES
from ontherecord.joining.volumes import gathered_in
from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from ontherecord.exchange.tables.table import Table

FILE: Final = "record/tables.sql"
_SHARED: Final = frozenset({"speakers", "contradictions", "sources"})
"""Tables of what several volumes have: rows about it are the same in all of them."""
_HEAD: Final = (
    "-- The tables of all volumes as one, for DuckDB: `.read record/tables.sql` in this folder.\n"
    "-- Elsewhere, say first where it is: `SET VARIABLE root = 'https://edition.example/';`\n"
)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the file where all volumes have tables, in Parquet if they have that; else none."""
    is_done = exception is not None or domain_of(app.env).unchanged
    volumes = None if is_done else gathered_in(app)
    if volumes is None or not volumes.formats:
        return
    formats = volumes.formats.values()
    path = Path(app.outdir) / FILE
    chosen = next((name for name in ("parquet", "csv") if all(name in one for one in formats)), "")
    if not chosen:
        path.unlink(missing_ok=True)
        return
    # The front has rows of its own, such as the speakers.
    parts = ["", *(f"{name}/" for name in volumes.formats)]
    text = sql(parts, chosen)
    if not path.is_file() or path.read_bytes() != text.encode():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)


def sql(parts: Iterable[str], form: str) -> str:
    """Give the statements that make a view of each table; ``parts`` are folders with a slash."""
    folders = list(parts)
    return _HEAD + "".join(
        f"CREATE OR REPLACE VIEW {table.name} AS {' '.join(_select(table, folders, form))};\n"
        for table in TABLES
        if table.name != "remote"  # What is elsewhere for one volume is here for all.
    )


def _select(table: Table, folders: list[str], form: str) -> Iterator[str]:
    path_of = {"parquet": parquet.path_of, "csv": csv_tables.path_of}[form]
    root = "coalesce(getvariable('root'), '')"
    files = ", ".join(f"{root} || '{folder}{path_of(table)}'" for folder in folders)
    read = f"read_parquet([{files}])" if form == "parquet" else f"read_csv([{files}], {_CSV})"
    names = [column.name for column in table.columns]
    remote = [name for name in names if name.startswith("remote_")]
    about = {column.references for column in table.columns if column.is_key}
    # A case's words at issue are numbered in each volume apart, which has those of its own.
    left = ["copied_from"] * ("copied_from" in names) + remote
    left += ["position"] * (table.name == "contradiction_words")
    yield "SELECT DISTINCT *" if table.name == "sources" or about & _SHARED else "SELECT *"
    if left:
        yield f"EXCLUDE ({', '.join(left)})"
    if remote:
        yield f"REPLACE ({', '.join(map(_here, remote))})"
    yield f"FROM {read}"
    if "copied_from" in names:
        yield "WHERE copied_from IS NULL"


def _here(remote: str) -> str:
    """Give the column of what may be another volume's, under its plain identifier."""
    name = remote.removeprefix("remote_")
    return f"coalesce({name}, split_part({remote}, ':', 2)) AS {name}"


_CSV: Final = "header = true, all_varchar = true, nullstr = '', quote = '\"'"
