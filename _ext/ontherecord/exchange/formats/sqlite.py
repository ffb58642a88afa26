"""SQLite: all tables in one file, with keys, indexes, full text and views; Datasette opens it.

What Datasette shows of it is in a file of metadata beside it.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.stretches import Adjoining
from ontherecord.exchange.tables import TABLES
from ontherecord.exchange.tables.things import Things
from ontherecord.exchange.tables.views import VIEWS, WORDS_ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content
    from ontherecord.exchange.stretches import Former
    from ontherecord.exchange.tables.table import Reference, Row, Table

FILE: Final = "record/edition.sqlite"
METADATA: Final = "record/datasette-metadata.json"

_TYPES: Final = {"string": "TEXT", "integer": "INTEGER", "date": "TEXT"}
"""SQLite has no type for dates; as ISO 8601 text they are in order, and its functions read them."""

_PRAGMAS: Final = (
    # The same file whatever the library's defaults are.
    *("page_size = 4096", "encoding = 'UTF-8'", "auto_vacuum = NONE"),
    # The file is put in place whole or not at all, and needs no journal.
    *("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"),
)

_WRITER: Final = slice(96, 100)
"""Where the header names the library that wrote last (SQLite, 'Database File Format', 1.3)."""


def _quoted(name: str) -> str:
    return f'"{name}"'


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, names))


def create(table: Table) -> str:
    """Give the statement that makes a table; comments in it say what the columns mean."""
    lines = [
        (
            f"{_quoted(column.name)} {_TYPES[column.type]}{' NOT NULL' if column.is_key else ''}",
            column.meaning,
        )
        for column in table.columns
    ]
    if table.key:
        lines.append((f"PRIMARY KEY ({_listed(table.key)})", ""))
    lines += [(_foreign_key(reference), "") for reference in table.references]
    body = "".join(
        f"  {line}{',' if number < len(lines) else ''}{f' -- {meaning}' if meaning else ''}\n"
        for number, (line, meaning) in enumerate(lines, 1)
    )
    return f"CREATE TABLE {_quoted(table.name)} ( -- {table.meaning}\n{body})"


def _foreign_key(reference: Reference) -> str:
    target = f"{_quoted(reference.table)} ({_listed(reference.targets)})"
    return f"FOREIGN KEY ({_listed(reference.columns)}) REFERENCES {target}"


def _indexes(table: Table) -> Iterator[str]:
    """Give the statements that index what is asked for, and what refers to other tables."""
    asked = [(column.name,) for column in table.columns if column.is_asked_for]
    wanted = [reference.columns for reference in table.references] + asked
    for columns in dict.fromkeys(wanted):
        if columns != table.key[: len(columns)]:  # The index of the key serves for these.
            name = _quoted("_".join((table.name, "by", *columns)))
            yield f"CREATE INDEX {name} ON {_quoted(table.name)} ({_listed(columns)})"


def _search(table: Table) -> Iterator[str]:
    """Give the statements that make the full text index of a table (FTS5, external content).

    Letters are found with and without their accents. Nothing keeps the index in step with
    the table: the file is published to be read.
    """
    if table.searched:
        name = _quoted(f"{table.name}_search")
        columns = _listed(table.searched)
        yield (
            f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, "
            f'content={_quoted(table.name)}, tokenize="unicode61 remove_diacritics 2")'
        )
        for command in ("rebuild", "optimize"):
            yield f"INSERT INTO {name} ({name}) VALUES ('{command}')"  # noqa: S608 - our own names


def _writer(edition: Edition) -> Callable[[Path, Former], None]:
    def write(path: Path, former: Former) -> None:
        path.unlink(missing_ok=True)  # What was cut off there before is no database.
        try:
            connection = sqlite3.connect(path.absolute().as_uri(), isolation_level=None, uri=True)
            try:
                _fill(connection, edition, former)
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise OSError(f"{FILE}: {error}") from error
        with path.open("r+b") as file:
            file.seek(_WRITER.start)
            file.write(bytes(_WRITER.stop - _WRITER.start))

    return write


def _fill(connection: sqlite3.Connection, edition: Edition, former: Former) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if former.path:
        left = f"{former.path.absolute().as_uri()}?mode=ro&immutable=1"
        connection.execute("ATTACH DATABASE ? AS former", [left])
        connection.execute(f"PRAGMA former.mmap_size = {former.path.stat().st_size}")
    connection.execute("BEGIN")
    for table in TABLES:
        connection.execute(create(table))
        _insert(connection, edition, table, former)
    # What full text leaves free the indexes fill: nothing is to be tidied (``VACUUM``) at the end.
    for make in (_search, _indexes):
        for table in TABLES:
            for statement in make(table):
                connection.execute(statement)
    for view in VIEWS:
        connection.execute(f"CREATE VIEW {_quoted(view.name)} AS\n{view.select}")
    connection.execute("COMMIT")
    if former.path:
        connection.execute("DETACH DATABASE former")


def _insert(connection: sqlite3.Connection, edition: Edition, table: Table, former: Former) -> None:
    """Put a table's rows in, numbered from 1; those that can be taken over are copied."""
    insert = f"INSERT INTO main.{_quoted(table.name)}"
    taken = (
        f"{insert} SELECT * FROM former.{_quoted(table.name)} "  # noqa: S608 - our own names
        "WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    )
    values = f"{insert} VALUES ({', '.join('?' for _ in table.columns)})"
    if not isinstance(table.of, Things):
        connection.executemany(values, _bound(table, table.rows(edition)))
    copied = Adjoining()

    def copy() -> None:
        for begin, count in copied.take():
            connection.execute(taken, (begin, begin + count - 1))

    first = 1
    for stretch in table.stretches(edition):
        key = stretch.key
        place = former.place(stretch, key)
        if place is None or not copied.adjoins(place):
            copy()
        if place is None:
            count = connection.executemany(values, _bound(table, stretch.make())).rowcount
        else:
            copied.add(place)
            count = place[1]
        former.now[key] = first, count
        first += count
    copy()


def _bound(table: Table, rows: Iterable[Row]) -> Iterable[Row]:
    """Give rows as SQLite takes them, their days in ISO 8601."""
    if any(column.type == "date" for column in table.columns):
        return map(_with_days_written, rows)
    return rows


def _with_days_written(row: Row) -> Row:
    return tuple([one.isoformat() if isinstance(one, datetime.date) else one for one in row])


def metadata(edition: Edition) -> dict[str, Any]:
    """Give what Datasette is told of the database: titles, meanings, the licence, a search."""
    imprint = edition.imprint
    known = {
        "title": imprint.title,
        "description": imprint.description,
        "license": imprint.licence,
        "license_url": imprint.licence_address,
        "source": imprint.title if imprint.address else "",
        "source_url": imprint.address,
    }
    said = {name: value for name, value in known.items() if value}
    tables: dict[str, Any] = {}
    for table in TABLES:
        about: dict[str, Any] = {
            "title": table.title,
            "description": table.meaning,
            "columns": {column.name: column.meaning for column in table.columns},
        }
        if table.label:
            about["label_column"] = table.label
        tables[table.name] = about
    for view in VIEWS:
        tables[view.name] = {"title": view.title, "description": view.meaning}
    search = {
        "sql": WORDS_ANYWHERE.replace(":words", "escape_fts(:words)"),
        "title": "Words anywhere",
        "description": "Statements, other wordings, notes and cases that hold certain words.",
    }
    return {**said, "databases": {"edition": {"tables": tables, "queries": {"find": search}}}}


def _metadata(edition: Edition) -> Content:
    text = json.dumps(metadata(edition), ensure_ascii=False, indent=2) + "\n"
    return [text.encode()]


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    yield Whole(FILE, partial(_writer, edition))
    yield Whole(METADATA, partial(_metadata, edition), frozenset())


FORMAT: Final = Format(
    "sqlite", "tables in SQLite, with what Datasette shows of them", (FILE, METADATA), _parts
)
