"""Writes ``record/tables.sql`` in a front: the tables of all parts as one, for DuckDB.

They have the rows that one build would have. A record of which parts have copies has those of
its home, and what is another part's for one of them is here for all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.domain import domain_of
from ontherecord.exchange.formats import csv_tables, parquet
from ontherecord.exchange.tables import TABLES
from ontherecord.joining.volumes import addresses, volumes_in
from ontherecord.parting import FRONT
from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from ontherecord.exchange.tables.table import Table

FILE: Final = "record/tables.sql"
_HEAD: Final = (
    "-- The tables of all parts as one, for DuckDB: `.read record/tables.sql` in this folder.\n"
    "-- Elsewhere, say first where it is: `SET VARIABLE root = 'https://edition.example/';`\n"
)
_TYPES: Final = {"string": "VARCHAR", "integer": "BIGINT", "date": "DATE"}
_CSV: Final = (
    "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = ''"
)
_SHARED: Final = frozenset({"speakers", "contradictions"})
"""Tables of what parts have copies of."""
_IN_ROOT: Final = "coalesce(getvariable('root'), '') || '"
_FRONTS: Final = frozenset({"edition", "edition_editors"})
"""Tables in which the front speaks for all."""
_ISSUES: Final = "contradiction_words"
"""The table of words at issue: each volume has those of its own statements, copies too."""

_STATEMENTS: Final = """\
CREATE OR REPLACE VIEW labels_of_contradictions AS
SELECT contradiction, string_agg(name, ' / ' ORDER BY place) AS label FROM (
  SELECT sides.contradiction, min(sides.position) AS place,
    coalesce(speakers.name, quotes.speaker, remote.edition,
      split_part(sides.remote_quote, ':', 1)) AS name
  FROM contradiction_sides AS sides
  LEFT JOIN quotes ON quotes.id = sides.quote
  LEFT JOIN speakers ON speakers.id = quotes.speaker
  LEFT JOIN remote ON remote.id = sides.remote_quote
  GROUP BY ALL
) WHERE name IS NOT NULL GROUP BY contradiction;
CREATE OR REPLACE VIEW places_in_contradictions AS
SELECT contradiction, quote, min(place) AS place FROM (
  SELECT contradiction, quote, position AS place FROM contradiction_sides
  UNION ALL
  SELECT contradiction, quote, 1000000 + position FROM contradiction_answers
) GROUP BY ALL;
"""
"""What can be said of a case when its sides of all volumes are known."""

_LABELLED: Final = (
    "SELECT * REPLACE (coalesce((SELECT names.label FROM labels_of_contradictions AS names "
    "WHERE names.contradiction = id), label) AS label) FROM ({rows})"
)
_OF_ALL: Final = {
    "contradictions": _LABELLED,
    "records": _LABELLED,
    _ISSUES: (
        "SELECT rows.* REPLACE (row_number() OVER (PARTITION BY rows.contradiction "
        "ORDER BY places.place, rows.position) AS position) FROM ({rows}) AS rows "
        "LEFT JOIN places_in_contradictions AS places "
        "ON places.contradiction = rows.contradiction AND places.quote = rows.quote"
    ),
}
"""How rows of all parts are made those of one edition, in tables that come last."""


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the file where all parts have tables, in Parquet if they have that; else none."""
    found = None if exception is not None else volumes_in(app)
    if found is None or not found.gathered.formats:
        return
    volumes = found.gathered
    imprint = domain_of(app.env).edition.imprint
    every = [frozenset(imprint.formats), *volumes.formats.values()]
    path = Path(app.outdir) / FILE
    chosen = next((name for name in ("parquet", "csv") if all(name in one for one in every)), "")
    if not chosen:
        path.unlink(missing_ok=True)
        return
    places = {name: at for name, at in addresses(app.config).items() if name in volumes.formats}
    alone = {
        place.partition("/")[2]
        for place, document in volumes.documents.items()
        if not document.date and place.partition("/")[2] not in app.env.found_docs
    }
    text = sql(Parts(places, imprint.address, sorted(alone), chosen, found.away))
    if not path.is_file() or path.read_bytes() != text.encode():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts: ``volumes`` are addresses by name, and the front's is ``address``.

    ``alone`` are documents that are no articles and of which the front has no page. ``form`` is
    that of the tables; ``away`` are volumes that are in no folder below the front.
    """

    volumes: Mapping[str, str]
    address: str
    alone: Sequence[str]
    form: str
    away: Collection[str] = ()

    @property
    def named(self) -> str:
        """A pattern of the names of parts."""
        return "|".join((*map(re.escape, self.volumes), FRONT))

    def path(self, table: Table) -> str:
        """Give the path of a table's file from a part's folder."""
        return {"parquet": parquet.path_of, "csv": csv_tables.path_of}[self.form](table)

    def read(self, table: Table) -> str:
        """Give what reads a table of the front, which has rows of its own, and of the volumes."""
        folders = [_IN_ROOT, *([] if table.name in _FRONTS else map(self._folder, self.volumes))]
        files = ", ".join(f"{folder}{self.path(table)}'" for folder in folders)
        options = "filename = true"
        if self.form == "csv":
            types = {one.name: _TYPES[one.type] for one in table.columns}
            options += f", {_CSV}, columns = {types}"
        return f"read_{self.form}([{files}], {options})"

    def _folder(self, name: str) -> str:
        """Give the beginning of paths of files of a volume, which may be anywhere."""
        if name in self.away:
            return _text(self.volumes[name]).removesuffix("'")
        return f"{_IN_ROOT}{name}/"


def sql(parts: Parts) -> str:
    """Give the statements that make a view of each table."""
    tables = {table.name: table for table in TABLES}
    records = tables["records"]
    part, every = _part("filename", parts, records), parts.read(records)
    copied = f"SELECT {part} AS part, id FROM {every} WHERE copied_from IS NOT NULL"  # noqa: S608
    plain = {name: _select(table, parts) for name, table in tables.items()}
    joint = {name: how.format(rows=plain.pop(name)) for name, how in _OF_ALL.items()}
    return "".join(
        (
            _HEAD,
            _view("copies", copied),
            *(_view(name, select) for name, select in plain.items()),
            _STATEMENTS,
            *(_view(name, select) for name, select in joint.items()),
        )
    )


def _view(name: str, select: str) -> str:
    return f"CREATE OR REPLACE VIEW {name} AS {select};\n"


def _part(filename: str, parts: Parts, table: Table) -> str:
    """Give what tells a part's folder by the name of a table's file."""
    return f"left({filename}, -{len(parts.path(table))})"


def _select(table: Table, parts: Parts) -> str:
    """Give what selects a table's rows of all parts."""
    replaced = dict(_named(table, parts))
    about = next((one for one in table.columns if one.is_key and one.references), None)
    distinct, where = "", ""
    if table.name == "documents":  # Parts have their own records in one of one name.
        distinct, replaced["address"] = "DISTINCT ", _address(parts)
    elif table.name == "remote":
        distinct, where = "DISTINCT ", f" WHERE NOT {_is_here('rows.id', parts)}"
    elif table.name == "sources" or (about is not None and about.references == "sources"):
        # The front has all: where a volume is behind it, the front's counts.
        key = "id" if about is None else about.name
        order = "ORDER BY length(rows.filename), rows.filename"
        where = f" QUALIFY rank() OVER (PARTITION BY rows.{key} {order}) = 1"
    elif "copied_from" in {column.name for column in table.columns}:
        where = " WHERE copied_from IS NULL"
    elif about is not None and about.references in _SHARED and table.name != _ISSUES:
        part = _part("rows.filename", parts, table)
        where = f" ANTI JOIN copies ON copies.part = {part} AND copies.id = rows.{about.name}"
    anew = ", ".join(f"{value} AS {name}" for name, value in replaced.items())
    columns = "rows.* EXCLUDE (filename)" + (f" REPLACE ({anew})" if anew else "")
    # What stands in it are our own words, and what `_text` has quoted.
    return f"SELECT {distinct}{columns} FROM {parts.read(table)} AS rows{where}"  # noqa: S608


def _is_here(name: str, parts: Parts) -> str:
    """Give what tells of ``NAME:ID`` whether it is a part's."""
    return f"regexp_matches({name}, '^({parts.named}):')"


def _named(table: Table, parts: Parts) -> Iterator[tuple[str, str]]:
    """Give the columns of what may be another part's: there it is under its plain identifier."""
    for column in table.columns:
        name = column.name.removeprefix("remote_")
        if name != column.name:
            is_here = _is_here(f"rows.{column.name}", parts)
            plain = f"split_part(rows.{column.name}, ':', 2)"
            yield name, f"coalesce(rows.{name}, CASE WHEN {is_here} THEN {plain} END)"
            yield column.name, f"CASE WHEN NOT {is_here} THEN rows.{column.name} END"


def _address(parts: Parts) -> str:
    """Give the address of a document's page: the front's, where it has one."""
    below = "|".join(map(re.escape, parts.volumes.values()))
    front = _text(parts.address.replace("\\", r"\\"))
    made = f"regexp_replace(rows.address, {_text(f'^({below})')}, {front})"
    alone = ", ".join(map(_text, parts.alone))
    return f"CASE WHEN rows.id IN ({alone}) THEN rows.address ELSE {made} END" if alone else made


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
