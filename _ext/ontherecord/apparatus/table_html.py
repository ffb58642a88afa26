"""Writes tables of registers as HTML: the filters, which wait for the script, the head, the rows.

Tables stand on pages alone, and one edition's have a hundred thousand cells: so no piece is made
of a cell, and its HTML is composed at once, as `ontherecord.apparatus.piece_html` writes pieces.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from json import JSONEncoder
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from ontherecord.apparatus.piece_html import attribute, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ = get_translation("ontherecord")

_MOST_CHOICES: Final = 200
"""Most choices of one filter: those of a page of the usual size."""

_json: Final = JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the HTML of its cells, and by name what it is sorted and filtered by."""

    cells: str
    data: Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's columns, as name, heading and whether they sort; its filters; what a row is."""

    columns: tuple[tuple[str, str, bool], ...]
    filters: tuple[str, ...]
    one: str
    many: str


def table(shape: Shape, rows: Sequence[Row], shown: str) -> str:
    """Give a table; ``shown`` says how many of all rows it has."""
    template = attribute(_("{n} of {all} shown"))
    heads = "".join(
        f'<th scope="col" class="record-column-{name}"{" data-sort" if sorts else ""}>'
        f"{encode(_(heading)) if heading else ''}</th>"
        for name, heading, sorts in shape.columns
    )
    return (
        f"{_filters(shape.filters, [row.data for row in rows])}"
        '<table class="record-table">\n<caption><span class="record-shown" role="status" '
        f'data-shown="{template}">{encode(shown)}</span></caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{''.join(map(_row, rows))}</tbody>\n</table>\n"
    )


def _row(row: Row) -> str:
    data = "".join(
        f' data-{name}="{attribute(value if isinstance(value, str) else _json(value))}"'
        for name, value in sorted(row.data.items())
        if value
    )
    return f"<tr{data}>{row.cells}</tr>\n"


def cell(column: str, content: str, value: str = "") -> str:
    """Give a cell with some lines in it; ``value`` is what it sorts by."""
    sorts = f' data-v="{attribute(value)}"' if value else ""
    return f'<td class="record-column-{column}"{sorts}>{content}</td>'


def line(content: str) -> str:
    """Give a line of a cell."""
    return f"<p>{content}</p>\n"


LABELS: Final = {
    "speaker": "Speaker",
    "topic": "Topic",
    "kind": "Kind",
    "status": "Status",
    "from": "From",
    "to": "To",
    "words": "Words",
}
"""What stands before the fields to filter by."""


def _filters(names: Sequence[str], rows: Sequence[Mapping[str, str | Sequence[str]]]) -> str:
    """Give the form to filter by, hidden until the script has it; choices with their numbers."""
    fields = []
    for name in names:
        label = escape(_(LABELS[name]))
        if name in {"from", "to"}:
            year = _year(rows, name)
            control = f'<input name="{name}" inputmode="numeric" size="10" placeholder="{year}">'
        elif name == "words":
            control = '<input name="words" type="search">'
        else:
            choices = _choices(row.get(name, ()) for row in rows)
            if len(choices) < 2:
                continue
            options = "".join(
                f'<option value="{escape(value, quote=True)}">{escape(value)} ({number})</option>'
                for value, number in choices
            )
            every = escape(_("all"))
            control = f'<select name="{name}"><option value="">{every}</option>{options}</select>'
        fields.append(f"<label>{label} {control}</label>")
    label = escape(_("Choose from this list"), quote=True)
    named = f'aria-label="{label}"'
    return (
        f'<form class="record-filters" autocomplete="off" {named} hidden>{"".join(fields)}</form>\n'
    )


def _choices(values: Iterable[Sequence[str]]) -> list[tuple[str, int]]:
    counted = Counter(one for of_row in values for one in dict.fromkeys(of_row) if one)
    return sorted(counted.items())[:_MOST_CHOICES]


def _year(rows: Sequence[Mapping[str, str | Sequence[str]]], name: str) -> str:
    dates = (str(row.get("date", ""))[:4] for row in rows)
    years = sorted({year for year in dates if year.isdigit()})
    if not years:
        return ""
    return years[0] if name == "from" else years[-1]
