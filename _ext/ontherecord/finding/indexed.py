"""Turns records and the texts of pages into what search indexes. It knows no Sphinx."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from ontherecord.dates import bounds, is_date
from ontherecord.languages import primary
from ontherecord.records import (
    Annotation,
    Contradiction,
    Quote,
    Record,
    RemoteQuote,
    Speaker,
)
from ontherecord.values import Value, replace
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ontherecord.edition import Edition

SORTS: Final = ("statement", "contradiction", "tension", "speaker", "note", "article", "page")
"""The sorts of what is found, in the order in which they are offered."""

FACETS: Final = ("sort", "speaker", "year", "topic", "kind", "status")
"""What can be chosen by; ``kind`` and ``status`` are those of contradictions."""

UNDATED: Final = "9999"
"""Sorts what has no date last: Pagefind leaves out what has nothing to be sorted by."""

_MOST_YEARS: Final = 10
"""Most years that a date is entered under: one that may lie in any of more says too little."""

Pairs = tuple[tuple[str, str], ...]


class Indexed(Value, frozen=True):
    """One thing that can be found: where it is, and the words and facets that lead there.

    ``url`` is relative to the edition's root; the language is an ISO 639-1 code.
    ``filters`` may name a facet more than once; ``sort`` gives the keys to sort by.
    """

    url: str
    title: str
    words: str
    language: str
    filters: Pairs = ()
    meta: Pairs = ()
    sort: Pairs = ()


def content_of(entry: Indexed) -> str:
    """Give the text in which an entry is found; the page leaves the title out of what it shows."""
    return f"{entry.title} · {entry.words}"


def meta_of(entry: Indexed) -> dict[str, str]:
    """Give what is shown of an entry that was found."""
    return {"title": entry.title, **dict(entry.meta)}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's own text, without the records on it."""

    docname: str
    title: str
    words: str


def years(date: str) -> list[str]:
    """Give the years that an EDTF date can lie in, or none where they are too many."""
    if not date or not is_date(date):
        return []
    first, last = bounds(date)
    if last.year - first.year >= _MOST_YEARS:
        return []
    return [f"{year:04}" for year in range(first.year, last.year + 1)]


class _Day(NamedTuple):
    """A date: how it is said, the years that it may lie in, and what it is sorted by."""

    said: str
    years: list[str]
    first: str


def language_of(edition: Edition) -> str:
    """Give an edition's language in two letters: Pagefind has no more for one."""
    return primary(edition.language)


class Entries:
    """Makes what is indexed of one edition, in an order that depends on nothing else."""

    def __init__(
        self,
        edition: Edition,
        href: Callable[[str, str], str],
        say: Callable[[str], str] = str,
    ) -> None:
        """Take the edition, what gives the address of an anchor, and what says a date in words."""
        self._edition = edition
        self._href = href
        self._say = say
        self._language = language_of(edition)
        self._days: dict[str, _Day] = {}
        shared = Counter(speaker.name for speaker in edition.speakers.values())
        self._names = {
            key: one.name if shared[one.name] == 1 else f"{one.name} ({key})"
            for key, one in edition.speakers.items()
        }

    def all(self, pages: Iterable[Page]) -> Iterator[Indexed]:
        """Give every record by identifier, then every page, in the order in which they come."""
        yield from map(self._record, self._edition.own.values())
        yield from map(self._page, pages)

    def _record(self, record: Record) -> Indexed:
        edition = self._edition
        url = self._href(edition.home(record), edition.anchor(record))
        match record:
            case Quote():
                made = self._quote(record)
            case Contradiction():
                made = self._contradiction(record)
            case Speaker():
                made = self._speaker(record)
            case Annotation():
                made = self._note(record)
        return replace(made, url=url)

    def _day(self, date: str) -> _Day:
        """Give what is said of a date, of which there are fewer than of records."""
        known = self._days.get(date)
        if known is None:
            said = self._say(date) if is_date(date) else date
            known = self._days[date] = _Day(said, years(date), _first_day(date))
        return known

    def _made(
        self,
        sort: str,
        title: str,
        words: Iterable[str],
        date: str = "",
        quotes: Iterable[Quote | RemoteQuote] = (),
        cases: Iterable[Contradiction] = (),
        lang: str = "",
    ) -> Indexed:
        """Make an entry that can be chosen by all that its statements can be chosen by."""
        quotes, cases = list(quotes), list(cases)
        dates = [date] if date else [quote.spoken for quote in quotes if quote.spoken]
        chosen: list[tuple[str, str]] = [
            ("sort", sort),
            *(("speaker", self._said_by(quote)) for quote in quotes),
            *(("year", year) for year in sorted(y for one in dates for y in self._day(one).years)),
            *(("topic", topic) for quote in quotes for topic in _topics(quote)),
            *(("kind", case.kind) for case in cases),
            *(("status", case.status) for case in cases),
        ]
        when = self._day(date or min(dates, default=""))
        meta = (("when", when.said), ("lang", lang))
        return Indexed(
            url="",
            title=title,
            words=fold_space(" ".join(words)),
            language=self._language,
            filters=tuple(one for one in dict.fromkeys(chosen) if one[1]),
            meta=tuple(one for one in meta if one[1]),
            sort=(("date", when.first),),
        )

    def _said_by(self, quote: Quote | RemoteQuote) -> str:
        if isinstance(quote, RemoteQuote):
            return self._names.get(quote.speaker, quote.speaker_name)
        return self._name(quote.speaker)

    def _name(self, speaker: str) -> str:
        return self._names.get(speaker, speaker)

    def _quote(self, quote: Quote) -> Indexed:
        edition = self._edition
        return self._made(
            "statement",
            f"{edition.speaker_name(quote)}: {edition.words(quote).opening}",
            [edition.words(quote).text, quote.translation],
            quote.spoken,
            [quote],
            edition.contradictions_of.get(quote.id, ()),
            quote.lang,
        )

    def _contradiction(self, case: Contradiction) -> Indexed:
        edition = self._edition
        issues = dict(edition.all_at_issue(case))
        named = dict.fromkeys((*case.between, *case.answered_by))
        own = [edition.quotes[name] for name in named if name in edition.quotes]
        remote = [one for one in map(edition.remote_quote, named) if one is not None]
        words = [issues.get(one.id) or edition.words(one).opening for one in own]
        words += [issues.get(one.id) or one.label for one in remote]
        names = edition.label(case)
        turns = [" … ".join(edition.at_issue_in(case).get(side, ())) for side in case.between]
        return self._made(
            "tension" if case.relation == "tension" else "contradiction",
            f"{names}: {' / '.join(turns)}" if all(turns) else names,
            [*edition.paragraphs(case), *words],
            quotes=[*own, *remote],
            cases=[case],
        )

    def _speaker(self, speaker: Speaker) -> Indexed:
        posts = [" ".join(filter(None, (post.title, post.body))) for post in speaker.posts]
        made = self._made("speaker", speaker.name, [*speaker.aliases, *posts, speaker.text])
        return replace(made, filters=(*made.filters, ("speaker", self._name(speaker.id))))

    def _note(self, note: Annotation) -> Indexed:
        edition = self._edition
        on = edition.records.get(note.on) or edition.remote_quote(note.on)
        quotes = [on] if isinstance(on, Quote | RemoteQuote) else []
        cases = [on] if isinstance(on, Contradiction) else []
        title = edition.label(note)
        return self._made("note", title, edition.paragraphs(note), note.date, quotes, cases)

    def _page(self, page: Page) -> Indexed:
        article = self._edition.articles.get(page.docname)
        made = self._made(
            "article" if article else "page",
            page.title,
            [page.words],
            article.date if article else "",
            self._edition.quotes_by_document.get(page.docname, ()) if article else (),
        )
        return replace(made, url=self._href(page.docname, "") or "./")


def _first_day(date: str) -> str:
    return bounds(date)[0].isoformat() if date and is_date(date) else UNDATED


def _topics(quote: Quote | RemoteQuote) -> tuple[str, ...]:
    return quote.topics if isinstance(quote, Quote) else ()
