"""Composes registers: lists of speakers, quotes, contradictions, annotations, times, sources."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docutils.nodes import make_id
from sphinx.locale import get_translation

from ontherecord.apparatus import drawn
from ontherecord.apparatus.articles import ArticleComposer
from ontherecord.apparatus.phrases import count, say, term
from ontherecord.apparatus.pieces import (
    Inline,
    bullet_list,
    definition,
    definition_list,
    emphasis,
    inline,
    list_item,
    literal,
    paragraph,
    raw,
    reference,
    strong,
)
from ontherecord.apparatus.tables import TableComposer
from ontherecord.dates import say_time
from ontherecord.views import (
    ArticleEntry,
    ContradictionView,
    CorrectionEntry,
    Moment,
    NoteView,
    QuoteEntry,
    RemoteStatement,
    SourceEntry,
    SpeakerEntry,
    TopicEntry,
    Totals,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.views import ArticleView, Entry, Link, SourceView

_ = get_translation("ontherecord")


class RegisterComposer(TableComposer):
    """Composes the entries of a register, in their order."""

    def register(self, entries: Sequence[Entry], total: int = 0) -> list[Inline]:
        """Give a register, or one line that says that it is empty.

        ``total`` is the number of entries on all pages, where these are not all.
        """
        if not entries:
            return [self._empty()]
        if isinstance(entries[0], Totals):  # The only one, and a line rather than a list.
            return [self._totals(entries[0])]
        if isinstance(entries[0], Moment):
            return self._timeline([entry for entry in entries if isinstance(entry, Moment)])
        table = self.table(entries, total or len(entries)) if self.is_page else None
        if table is not None:
            return [table]
        sort = ["record-articles"] if isinstance(entries[0], ArticleEntry) else []
        items = bullet_list(classes=["record-entries", *sort])
        items += [list_item(*self._entry(entry)) for entry in entries]
        return [items]

    def _entry(self, entry: Entry) -> list[Inline]:
        match entry:
            case ArticleEntry():
                return self._article(entry.article)
            case QuoteEntry():
                return self._quote(entry)
            case SpeakerEntry():
                return self._speaker(entry)
            case ContradictionView():
                return self._contradiction(entry)
            case NoteView():
                return self._note(entry)
            case SourceEntry():
                return self._source_entry(entry)
            case Moment():
                return [self._moment(entry)]
            case TopicEntry():
                return self._topic(entry)
            case CorrectionEntry():
                return self._correction(entry)
            case Totals():
                return [self._totals(entry)]

    def _totals(self, entry: Totals) -> paragraph:
        """Give the line that says how much there is, without what there is none of."""
        statements = count(entry.statements, _("1 statement"), _("%d statements"))
        speakers = count(entry.speakers, _("by 1 speaker"), _("by %d speakers"))
        said = (
            (entry.articles, count(entry.articles, _("1 article"), _("%d articles"))),
            (entry.statements, f"{statements} {speakers}"),
            (entry.cases, count(entry.cases, _("1 contradiction"), _("%d contradictions"))),
            (entry.tensions, count(entry.tensions, _("1 tension"), _("%d tensions"))),
            (entry.notes, count(entry.notes, _("1 note"), _("%d notes"))),
            (entry.sources, count(entry.sources, _("1 source"), _("%d sources"))),
        )
        there = [words for number, words in said if number]
        return (
            self.line("; ".join(there), ".", classes=["record-count"]) if there else self._empty()
        )

    def _empty(self) -> paragraph:
        return self.line(_("Nothing is entered here yet."), classes=["record-empty"])

    def _article(self, view: ArticleView) -> list[Inline]:
        """Give an article: its day, its title, what it is about, and what stands in it."""
        title = self.to(view.docname, "", inline(view.title))
        lines: list[Inline] = [
            self.line(say(view.date, self.language), classes=["record-article-date"]),
            self.line(title, classes=["record-article-title"]),
        ]
        if view.description:
            lines.append(self.line(view.description, classes=["record-article-deck"]))
        if view.statements:
            articles = ArticleComposer(self.builder, self.docname, self.language)
            lines.append(articles.counts(view))
        return lines

    def _quote(self, entry: QuoteEntry) -> list[Inline]:
        said = entry.statement
        words = self.link(said.link, self.quoted(said.words, said.lang))
        head = [self.line(words, classes=["record-entry-words"])]
        facts: list[Inline] = [self.speaker(said)]
        if said.post:
            facts.append(f", {said.post}")
        facts += [
            f"; {self.when(said.spoken, said.time, said.time_is)}; ",
            self.source(said.source),
        ]
        for relation, case, _kind, _status in entry.cases:
            said_of = _("tension: %s") if relation == "tension" else _("contradiction: %s")
            facts += ["; ", self.link(case, said_of % case.label)]
        return [*head, self.line(*facts, ".", classes=["record-facts"])]

    def _speaker(self, entry: SpeakerEntry) -> list[Inline]:
        facts: list[Inline] = [self.link(entry.link)]
        if entry.kind != "person":
            facts.append(f" ({term(entry.kind)})")
        count = _("1 statement") if entry.count == 1 else _("%d statements") % entry.count
        lines = [self.line(*facts, f"; {count}.")]
        lines += [self.line(self.post(post), classes=["record-facts"]) for post in entry.posts]
        return list(lines)

    def _contradiction(self, entry: ContradictionView) -> list[Inline]:
        lines: list[Inline] = [self.line(self.link(entry.link))]
        for side in entry.sides:
            if isinstance(side, RemoteStatement):
                lines.append(self.line(*self.elsewhere(side.link), "."))
                continue
            when = self.when(side.spoken, side.time, side.time_is)
            lines.append(self.line(f"{side.name}: ", *self.said(side.link), f", {when}."))
        for answer in entry.answers:
            if isinstance(answer, RemoteStatement):
                lines.append(self.line(_("Answer: "), *self.elsewhere(answer.link), "."))
                continue
            named = _("Answer of %s: ") % answer.name
            lines.append(self.line(named, *self.said(answer.link), "."))
        facts = [term(fact) for fact in (entry.kind, entry.relation, entry.status) if fact]
        if facts:
            lines.append(self.line("; ".join(facts), ".", classes=["record-facts"]))
        return lines

    def _note(self, entry: NoteView) -> list[Inline]:
        head: list[Inline] = [self.link(entry.link, _("Note")), f" ({term(entry.type)})"]
        for number, one in enumerate(self.noted(entry)):
            head += [", " if number else _(" on "), *one]
        lines: list[Inline] = [self.line(*head, ".")]
        lines += [self.line(words) for words in entry.text]
        if entry.source:
            lines.append(
                self.line(_("Source: "), self.source(entry.source), ".", classes=["record-facts"])
            )
        return lines

    def _topic(self, entry: TopicEntry) -> list[Inline]:
        """Give a topic: how much was said on it, by how many, when, and the statements."""
        name = strong(entry.topic, classes=["record-topic"])
        facts = [count(entry.count, _("1 statement"), _("%d statements"))]
        facts.append(count(entry.speakers, _("by 1 speaker"), _("by %d speakers")))
        dates = dict.fromkeys(say(day, self.language) for day in (entry.first, entry.last) if day)
        when = f", {' – '.join(dates)}" if dates else ""
        head = self.line(name, f", {' '.join(facts)}{when}.")
        self.anchor(head, f"topic-{make_id(entry.topic)}")
        said = bullet_list(classes=["record-statements"])
        said += [list_item(self.line(*self.side(side))) for side in entry.statements]
        lines: list[Inline] = [head, said]
        if entry.more:
            lines.append(self.line(_("And %d more.") % entry.more))
        return lines

    def _correction(self, entry: CorrectionEntry) -> list[Inline]:
        when = say(entry.date, self.language)
        parts: list[Inline] = [
            f"{when}: {term(entry.event)}, {term(entry.kind)} ",
            literal(entry.id),
        ]
        lines: list[Inline] = [self.line(*parts, f": {entry.label}", ".")]
        if entry.reason:
            lines.append(self.line(_("Why: %s") % entry.reason, ".", classes=["record-facts"]))
        if entry.now is not None:
            lines.append(self.line(_("Now: "), self.link(entry.now), ".", classes=["record-facts"]))
        if entry.event == "revised":
            prints = {"before": entry.before, "after": entry.after}
            said = _("Fingerprint before: %(before)s; after: %(after)s") % prints
            lines.append(self.line(said, ".", classes=["record-facts"]))
        return lines

    def _source_entry(self, entry: SourceEntry) -> list[Inline]:
        source = entry.source
        name: Inline = strong(source.label)
        parts: list[Inline] = [name]
        if source.title and source.title != source.label:
            parts += [", ", emphasis(source.title)]
        if source.date:
            parts.append(f", {say(source.date, self.language)}")
        parts.append(f" ({term(source.witness)})." if source.witness else ".")
        if source.note:
            parts.append(f" {source.note.rstrip('.')}.")
        lines: list[Inline] = [self._address(source, self.line(*parts))]
        if source.url:
            shown = reference(source.url, address=source.url, internal=False)
            lines.append(self.line(shown, classes=["record-facts"]))
        if source.archive:
            shown = reference(source.archive, address=source.archive, internal=False)
            lines.append(self.line(_("Archived copy: "), shown, classes=["record-facts"]))
        if entry.statements:
            rests = self.sides(entry.statements)
            lines.append(self.line(_("Rests on it: "), *rests, ".", classes=["record-facts"]))
        for note in entry.notes:
            lines.append(self.line(_("Note: "), self.link(note), classes=["record-facts"]))
        return lines

    def _address(self, source: SourceView, line: paragraph) -> paragraph:
        """Give the line the source's anchor, where the register is the one that is linked to."""
        if source.docname == self.docname and source.anchor.startswith("source-"):
            self.anchor(line, source.anchor)
        return line

    def _timeline(self, moments: Sequence[Moment]) -> list[Inline]:
        """Give the days in order; on a page each with its hours drawn, below the whole time."""
        days = definition_list(classes=["record-days"])
        for day, of_day in groupby(moments, key=lambda moment: moment.date):
            of_one = list(of_day)
            entries = bullet_list()
            entries += [list_item(self._moment(moment)) for moment in of_one]
            drawing = drawn.day(of_one, self._href, self.language) if self.is_page else ""
            days += definition(say(day, self.language), *self._drawing(drawing), entries)
        overview = (
            self._drawing(drawn.years(moments, self._href, self.language)) if self.is_page else []
        )
        return [*overview, days]

    def _href(self, link: Link) -> str:
        return self.address_to(link.docname, link.anchor)

    def _drawing(self, svg: str) -> list[Inline]:
        return [raw(svg)] if svg else []

    def _moment(self, moment: Moment) -> paragraph:
        parts: list[Inline] = []
        if moment.time:
            at = say_time(moment.time)
            parts.append(
                {
                    "spoken": f"{at}: ",
                    "event-began": _("%s, event began: ") % at,
                    "reported": _("%s, reported: ") % at,
                }[moment.time_is]
            )
        if moment.link.kind == "quote":
            parts += [f"{moment.name}, ", self.link(moment.link, self.opening(moment.link))]
            parts.append(f"; {moment.place}." if moment.place else ".")
        else:
            parts += [self.link(moment.link), f": {term(moment.name)}"]
            parts.append(f", {moment.text}." if moment.text else ".")
        return self.line(*parts)
