"""Composes registers as tables, which sort and filter where there is a script."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from ontherecord.apparatus.blocks import BlockComposer
from ontherecord.apparatus.phrases import count, say_short, term
from ontherecord.apparatus.pieces import (
    Inline,
    inline,
    paragraph,
    raw,
    records_cell,
    records_row,
    records_table,
)
from ontherecord.citing.coins import coins
from ontherecord.views import (
    ContradictionView,
    NoteView,
    QuoteEntry,
    RemoteStatement,
    SpeakerEntry,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ontherecord.views import Entry

_ = get_translation("ontherecord")

_MOST_CHOICES: Final = 200
"""Most choices of one filter: those of a page of the usual size."""


@dataclass(slots=True)
class Row:
    """A row: its cells by column, each with what it sorts by; and what it is filtered by."""

    cells: list[tuple[str, str, Sequence[Inline]]]
    data: dict[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's columns, as name, heading and whether they sort; its filters; what a row is."""

    columns: tuple[tuple[str, str, bool], ...]
    filters: tuple[str, ...]
    one: str
    many: str


class TableComposer(BlockComposer):
    """Composes the registers that are read as tables."""

    def table(self, entries: Sequence[Entry], total: int) -> records_table | None:
        """Give a register as a table, or nothing where it reads better as a list.

        ``total`` is the number of entries on all pages together.
        """
        made: dict[type, tuple[Callable[..., Row], Shape]] = {
            QuoteEntry: (self._quote_row, _QUOTES),
            SpeakerEntry: (self._speaker_row, _SPEAKERS),
            ContradictionView: (self._case_row, _CASES),
            NoteView: (self._note_row, _NOTES),
        }
        if type(entries[0]) not in made:
            return None
        row, shape = made[type(entries[0])]
        rows = [row(entry) for entry in entries]
        shown = count(total, _(shape.one), _(shape.many))
        if len(rows) < total:
            shown = _("%(here)d of %(all)s on this page") % {"here": len(rows), "all": shown}
        table = records_table(
            columns=[
                (name, _(heading) if heading else "", sorts)
                for name, heading, sorts in shape.columns
            ],
            filters=_filters(shape.filters, [row.data for row in rows]),
            shown=shown,
            template=_("{n} of {all} shown"),
        )
        for made_row in rows:
            line = records_row(data=made_row.data)
            for column, value, content in made_row.cells:
                cell = records_cell(column=column, value=value)
                blocks = [one for one in content if isinstance(one, paragraph)]
                cell += blocks if blocks or not content else [self.line(*content)]
                line += cell
            table += line
        return table

    def _day(self, date: str) -> str:
        return say_short(date, self.language) if date else _("not seen")

    def _quote_row(self, entry: QuoteEntry) -> Row:
        said = entry.statement
        words = self.link(said.link, self.quoted(said.words, said.lang))
        witnesses: list[Inline] = [str(entry.witnesses)]
        unit = _("witness") if entry.witnesses == 1 else _("witnesses")
        witnesses.append(inline(f" {unit}", classes=["record-unit"]))
        standing: list[Inline] = []
        for relation, case, _kind, _status in entry.cases:
            tension = relation == "tension"
            shown = self.link(case, _("in tension") if tension else _("contradicted"))
            classes = ["record-against", *(["record-tension"] if tension else [])]
            standing.append(self.line(shown, classes=classes))
        for case in entry.answers:
            standing.append(self.line(self.link(case, _("an answer")), classes=["record-answers"]))
        if self.is_page:  # Empty to readers; a reference manager finds the quote here.
            found = escape(coins(entry.citation), quote=True)
            words += raw(f'<span class="Z3988" title="{found}"></span>')
        return Row(
            [
                ("date", said.spoken, [self._day(said.spoken)]),
                ("speaker", "", [self.speaker(said)]),
                ("words", "", [words]),
                ("source", "", [self.source(said.source)]),
                ("witnesses", str(entry.witnesses), witnesses),
                ("standing", "", standing),
            ],
            {
                "date": said.spoken,
                "speaker": [said.name],
                "topic": list(entry.topics),
                "kind": [term(kind) for _r, _c, kind, _s in entry.cases if kind],
                "status": [term(status) for _r, _c, _k, status in entry.cases if status],
            },
        )

    def _speaker_row(self, entry: SpeakerEntry) -> Row:
        posts = [self.line(self.post(post)) for post in entry.posts]
        return Row(
            [
                ("speaker", "", [self.link(entry.link)]),
                ("posts", "", posts or []),
                ("sort", "", [term(entry.kind)]),
                ("count", str(entry.count), [str(entry.count)]),
            ],
            {"kind": [term(entry.kind)]},
        )

    def _case_row(self, entry: ContradictionView) -> Row:
        sides = [self._case_side(side, entry) for side in entry.sides]
        answers = [self._case_side(answer, entry) for answer in entry.answers]
        ours = [side for side in entry.sides if isinstance(side, Statement)]
        first = min((side.spoken for side in ours if side.spoken), default="")
        relation = term(entry.relation)
        kind: list[Inline] = [self.link(entry.link, term(entry.kind) or _("the case"))]
        kind += [self.line(relation)] if relation else []
        return Row(
            [
                ("date", first, [self._day(first)]),
                ("sides", "", sides),
                ("answers", "", answers),
                ("kind", "", kind),
                ("status", "", [term(entry.status)]),
            ],
            {
                "date": first,
                "speaker": list(dict.fromkeys(side.name for side in ours)),
                "kind": [term(entry.kind)],
                "status": [term(entry.status)],
            },
        )

    def _case_side(self, side: Statement | RemoteStatement, entry: ContradictionView) -> paragraph:
        if isinstance(side, RemoteStatement):
            return self.line(*self.elsewhere(side.link))
        issues = [words for name, words in entry.at_issue if name == side.link.id]
        words = self.quoted((" … ".join(issues) or side.link.label,), side.lang)
        return self.line(f"{side.name}, ", self.link(side.link, words))

    def _note_row(self, entry: NoteView) -> Row:
        text: list[Inline] = [self.line(words) for words in entry.text]
        on = self.named(entry.on) if entry.on else []
        source: list[Inline] = [self.source(entry.source)] if entry.source else []
        return Row(
            [
                ("kind", "", [self.link(entry.link, term(entry.type) or _("Note"))]),
                ("words", "", text),
                ("on", "", on),
                ("source", "", source),
            ],
            {"kind": [term(entry.type)]},
        )


_QUOTES: Final = Shape(
    (
        ("date", "Date", True),
        ("speaker", "Speaker", True),
        ("words", "Words", False),
        ("source", "Source", True),
        ("witnesses", "Witnesses", True),
        ("standing", "Standing", True),
    ),
    ("words", "speaker", "topic", "kind", "status", "from", "to"),
    "1 statement",
    "%d statements",
)
_SPEAKERS: Final = Shape(
    (
        ("speaker", "Speaker", True),
        ("posts", "Posts", False),
        ("sort", "Sort", True),
        ("count", "Statements", True),
    ),
    ("words", "kind"),
    "1 speaker",
    "%d speakers",
)
_CASES: Final = Shape(
    (
        ("date", "Date", True),
        ("sides", "Statements", False),
        ("answers", "Answer", False),
        ("kind", "Kind", True),
        ("status", "Status", True),
    ),
    ("words", "speaker", "kind", "status", "from", "to"),
    "1 case",
    "%d cases",
)
_NOTES: Final = Shape(
    (
        ("kind", "Kind", True),
        ("words", "Note", False),
        ("on", "On", False),
        ("source", "Source", True),
    ),
    ("words", "kind"),
    "1 note",
    "%d notes",
)

_LABELS: Final = {
    "speaker": "Speaker",
    "topic": "Topic",
    "kind": "Kind",
    "status": "Status",
    "from": "From",
    "to": "To",
    "words": "Words",
}


_SHAPES: Final = (_QUOTES, _SPEAKERS, _CASES, _NOTES)

HEADINGS: Final = tuple(
    dict.fromkeys(
        [
            *(heading for shape in _SHAPES for _name, heading, _sorts in shape.columns),
            *(said for shape in _SHAPES for said in (shape.one, shape.many)),
            *_LABELS.values(),
        ]
    )
)
"""What the tables say above their columns and rows, for the catalogues of other languages."""


def _filters(names: Sequence[str], rows: Sequence[dict[str, str | list[str]]]) -> str:
    """Give the form to filter by, hidden until the script has it; choices with their numbers."""
    fields = []
    for name in names:
        label = escape(_(_LABELS[name]))
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


def _year(rows: Sequence[dict[str, str | list[str]]], name: str) -> str:
    dates = (str(row.get("date", ""))[:4] for row in rows)
    years = sorted({year for year in dates if year.isdigit()})
    if not years:
        return ""
    return years[0] if name == "from" else years[-1]
