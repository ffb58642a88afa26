"""Composes registers as tables, which sort and filter where there is a script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from sphinx.locale import get_translation

from ontherecord.apparatus.blocks import BlockComposer
from ontherecord.apparatus.phrases import count, say_short, term
from ontherecord.apparatus.piece_html import attribute, encode, html
from ontherecord.apparatus.pieces import raw
from ontherecord.apparatus.table_html import LABELS, Row, Shape, cell, line, table
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
    from collections.abc import Callable, Sequence

    from sphinx.builders import Builder

    from ontherecord.views import Entry, Link

_ = get_translation("ontherecord")


class TableComposer(BlockComposer):
    """Composes the registers that are read as tables."""

    def __init__(self, builder: Builder, docname: str, language: str) -> None:
        """Take what a composer takes."""
        super().__init__(builder, docname, language)
        self._days: dict[str, str] = {"": _("not seen")}

    def table(self, entries: Sequence[Entry], total: int) -> raw | None:
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
        shown = count(total, _(shape.one), _(shape.many))
        if len(entries) < total:
            shown = _("%(here)d of %(all)s on this page") % {"here": len(entries), "all": shown}
        return raw(table(shape, [row(entry) for entry in entries], shown))

    def _day(self, date: str) -> str:
        """Give a line that says a day: on one page there are few."""
        said = self._days.get(date)
        if said is None:
            said = self._days[date] = say_short(date, self.language)
        return line(encode(said))

    def _link(self, link: Link, shown: str) -> str:
        """Give a link to a record around HTML."""
        href = attribute(self.address_to(link.docname, link.anchor))
        return f'<a class="record-ref reference internal" href="{href}">{shown}</a>'

    def _quoted(self, words: Sequence[str], lang: str) -> str:
        """Give words in quotation marks."""
        opens, closes = map(encode, self.marks)
        of = f' lang="{attribute(lang)}"' if lang else ""
        said = encode(" ".join(words))
        return f'<span>{opens}<span class="record-words"{of}>{said}</span>{closes}</span>'

    def _quote_row(self, entry: QuoteEntry) -> Row:
        said = entry.statement
        name = encode(said.name)
        if said.speaker is not None:
            name = self._link(said.speaker, encode(said.speaker.label))
        # Empty to readers; a reference manager finds the quote here.
        found = f'<span class="Z3988" title="{escape(coins(entry.citation), quote=True)}"></span>'
        words = self._link(said.link, self._quoted(said.words, said.lang) + found)
        unit = _("witness") if entry.witnesses == 1 else _("witnesses")
        return Row(
            cell("date", self._day(said.spoken), said.spoken)
            + cell("speaker", line(name))
            + cell("words", line(words))
            + cell("source", line(html([self.source(said.source)])))
            + cell("witnesses", _counted(entry.witnesses, unit), str(entry.witnesses))
            + cell("standing", self._standing(entry)),
            {
                "date": said.spoken,
                "speaker": [said.name],
                "topic": entry.topics,
                "kind": [term(kind) for _r, _c, kind, _s in entry.cases if kind],
                "status": [term(status) for _r, _c, _k, status in entry.cases if status],
            },
        )

    def _standing(self, entry: QuoteEntry) -> str:
        """Give a line for each case that a quote is part of or answers."""
        lines = []
        for relation, case, _kind, _status in entry.cases:
            tension = relation == "tension"
            shown = self._link(case, encode(_("in tension") if tension else _("contradicted")))
            classes = "record-against record-tension" if tension else "record-against"
            lines.append(f'<p class="{classes}">{shown}</p>\n')
        for case in entry.answers:
            shown = self._link(case, encode(_("an answer")))
            lines.append(f'<p class="record-answers">{shown}</p>\n')
        return "".join(lines)

    def _speaker_row(self, entry: SpeakerEntry) -> Row:
        kind = term(entry.kind)
        unit = _("statement") if entry.count == 1 else _("statements")
        return Row(
            cell("speaker", line(self._link(entry.link, encode(entry.link.label))))
            + cell("posts", "".join(line(encode(self.post(post))) for post in entry.posts))
            + cell("sort", line(encode(kind)))
            + cell("count", _counted(entry.count, unit), str(entry.count)),
            {"kind": [kind]},
        )

    def _case_row(self, entry: ContradictionView) -> Row:
        ours = [side for side in entry.sides if isinstance(side, Statement)]
        first = min((side.spoken for side in ours if side.spoken), default="")
        kind = line(self._link(entry.link, encode(term(entry.kind) or _("the case"))))
        relation, status = term(entry.relation), term(entry.status)
        kind += line(encode(relation)) if relation else ""
        return Row(
            cell("date", self._day(first), first)
            + cell("sides", "".join(self._case_side(side, entry) for side in entry.sides))
            + cell("answers", "".join(self._case_side(one, entry) for one in entry.answers))
            + cell("kind", kind)
            + cell("status", line(encode(status))),
            {
                "date": first,
                "speaker": list(dict.fromkeys(side.name for side in ours)),
                "kind": [term(entry.kind)],
                "status": [status],
            },
        )

    def _case_side(self, side: Statement | RemoteStatement, entry: ContradictionView) -> str:
        if isinstance(side, RemoteStatement):
            return line(html(self.elsewhere(side.link)))
        issues = " … ".join(words for name, words in entry.at_issue if name == side.link.id)
        if side.link.edition:
            return line(f"{encode(side.name)}, {html(self.elsewhere(side.link, issues))}")
        words = self._quoted((issues or side.link.label,), side.lang)
        return line(f"{encode(side.name)}, {self._link(side.link, words)}")

    def _note_row(self, entry: NoteView) -> Row:
        kind = term(entry.type)
        return Row(
            cell("kind", line(self._link(entry.link, encode(kind or _("Note")))))
            + cell("words", "".join(line(encode(words)) for words in entry.text))
            + cell("on", "".join(line(html(one)) for one in self.noted(entry)))
            + cell("source", line(html([self.source(entry.source)])) if entry.source else ""),
            {"kind": [kind]},
        )


def _counted(count: int, unit: str) -> str:
    """Give a number whose unit is shown where the head of the column is not."""
    return line(f'{count}<span class="record-unit"> {encode(unit)}</span>')


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

_SHAPES: Final = (_QUOTES, _SPEAKERS, _CASES, _NOTES)

HEADINGS: Final = tuple(
    dict.fromkeys(
        [
            *(heading for shape in _SHAPES for _name, heading, _sorts in shape.columns),
            *(said for shape in _SHAPES for said in (shape.one, shape.many)),
            *LABELS.values(),
        ]
    )
)
"""What the tables say above their columns and rows, for the catalogues of other languages."""
