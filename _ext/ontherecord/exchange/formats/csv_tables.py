"""CSV: a file a table (RFC 4180, UTF-8), and a description of all of them for programs.

The description is a Tabular Data Package (Frictionless Data, version 1), which says of each
column what it means, and of each table its key and what it refers to.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.tables import TABLES
from ontherecord.exchange.tables.things import Things

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content
    from ontherecord.exchange.stretches import Stretch
    from ontherecord.exchange.tables.table import Reference, Row, Table
    from ontherecord.imprint import Imprint

PACKAGE: Final = "record/datapackage.json"

_LICENCE_NAME: Final = re.compile(r"[-a-zA-Z0-9._]+")
"""What the name of a licence looks like (Data Package, ``licenses``)."""


def path_of(table: Table) -> str:
    """Give the path of a table's file from the folder of the HTML output."""
    return f"record/{table.name}.csv"


def _lines(edition: Edition, table: Table) -> Iterator[bytes | Stretch]:
    yield from _written([tuple(column.name for column in table.columns)])
    if not isinstance(table.of, Things):
        yield from _written(table.rows(edition))
    for stretch in table.stretches(edition):
        yield replace(stretch, make=partial(_of_stretch, stretch))


def _of_stretch(stretch: Stretch) -> Iterator[bytes]:
    return _written(stretch.make())


def _written(rows: Iterable[Row]) -> Iterator[bytes]:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    yield text.getvalue().encode()


def description(edition: Edition) -> dict[str, Any]:
    """Give the Data Package of the tables; what the edition does not say is left out."""
    imprint = edition.imprint
    known = {
        "title": imprint.title,
        "description": imprint.description,
        "version": imprint.version,
        "homepage": imprint.address,
        "licenses": _licences(imprint),
        "contributors": [{"title": name, "role": "author"} for name in imprint.editors],
    }
    return {
        "profile": "tabular-data-package",
        "name": "edition",
        **{name: value for name, value in known.items() if value},
        "resources": [_resource(table) for table in TABLES],
    }


def _licences(imprint: Imprint) -> list[dict[str, str]]:
    if not imprint.licence:
        return []
    named = _LICENCE_NAME.fullmatch(imprint.licence)
    return [{**({"name": imprint.licence} if named else {}), "path": imprint.licence_address}]


def _resource(table: Table) -> dict[str, Any]:
    references = [_foreign_key(reference) for reference in table.references]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.meaning,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.type,
                    "description": column.meaning,
                    **({"constraints": {"required": True}} if column.is_key else {}),
                }
                for column in table.columns
            ],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.key else {}),
            **({"foreignKeys": references} if references else {}),
        },
    }


def _foreign_key(reference: Reference) -> dict[str, Any]:
    return {
        "fields": list(reference.columns),
        "reference": {"resource": reference.table, "fields": list(reference.targets)},
    }


def _description(edition: Edition) -> Content:
    text = json.dumps(description(edition), ensure_ascii=False, indent=2) + "\n"
    return [text.encode()]


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    for table in TABLES:
        yield Whole(path_of(table), partial(_lines, edition, table))
    yield Whole(PACKAGE, partial(_description, edition), frozenset())


FORMAT: Final = Format(
    "csv",
    "tables in CSV, with a Data Package that describes them",
    (*map(path_of, TABLES), PACKAGE),
    _parts,
)
