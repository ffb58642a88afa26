"""The bibliography's sources as items, and as BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontherecord.citing.bibtex import BABEL, MONTHS, dates, entry, latex, names, verbatim
from ontherecord.citing.item import Item, Name
from ontherecord.citing.parted_dates import parted

if TYPE_CHECKING:
    from ontherecord.records import Source

OF_ENTRY: Final = {
    "book": "book",
    "booklet": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "legislation": "legislation",
    "online": "webpage",
    "report": "report",
    "techreport": "report",
    "video": "broadcast",
    "audio": "broadcast",
}
"""CSL's types by the entry's, where that says enough."""

OF_WITNESS: Final = {
    "report": "article-newspaper",
    "second-hand": "article-newspaper",
    "translation": "article-newspaper",
    "recording": "broadcast",
    "document": "report",
}
"""CSL's types by what kind of witness a source is, for entries of any other type."""

_VERBATIM: Final = frozenset({"url", "doi", "archive", "date", "takenfrom", "witness", "crossref"})
_DATES: Final = frozenset({"date", "year", "month", "day"})
_WHOLE: Final = frozenset({"title", "shorttitle", "subtitle", "booktitle", "maintitle"})
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
_LANGUAGES: Final = {name: tag for tag, name in BABEL.items()}


def item_of_source(source: Source) -> Item:
    """Give a source as an item, its authors' names parted as the bibliography parts them.

    The outlet of a newspaper's article is its container, else the publisher; a
    document without an author is by the body that issued it.
    """
    kind = _type(source)
    outlet = source.publisher if source.publisher not in source.authors else ""
    in_paper = kind.startswith("article")
    authors = source.authors
    if kind == "report" and not authors and outlet:
        authors, outlet = (outlet,), ""
    doi = source.field("doi")
    return Item(
        id=source.key,
        type=kind,
        title=source.field("title", "shorttitle", "number"),
        authors=_names(source) if authors == source.authors else (Name(literal=authors[0]),),
        container=outlet if in_paper else source.field("booktitle", "maintitle"),
        publisher="" if in_paper else outlet,
        version=source.field("version"),
        issued=source.date,
        original=source.field("origdate"),
        address=source.field("url") or (f"https://doi.org/{doi}" if doi else ""),
        language=_language(source),
        exact=False,
        note="; ".join(filter(None, (source.field("note"), _and_others(source)))),
    )


_OTHERS: Final = ("", "others", "")
"""What BibTeX writes for authors that are not named."""


def _names(source: Source) -> tuple[Name, ...]:
    if not source.people:
        return tuple(Name(literal=author) for author in source.authors)
    return tuple(
        Name(family=family, given=given, suffix=suffix) if given else Name(literal=family)
        for given, family, suffix in source.people
        if (given, family, suffix) != _OTHERS
    )


def _and_others(source: Source) -> str:
    return "and other authors" if _OTHERS in source.people else ""


def _type(source: Source) -> str:
    if source.type in OF_ENTRY:
        return OF_ENTRY[source.type]
    if source.field("doi", "volume", "issn"):
        return "article-journal"
    if source.witness in OF_WITNESS:
        return OF_WITNESS[source.witness]
    if source.type == "article":
        return "article-newspaper"
    if source.witness == "transcript" and not source.field("url"):
        return "broadcast"
    return "webpage" if source.field("url") else "document"


def _language(source: Source) -> str:
    language = source.field("langid", "language", "lang")
    if language.lower() in _LANGUAGES:
        return _LANGUAGES[language.lower()]
    return language if _TAG.fullmatch(language) and language.islower() and len(language) < 4 else ""


def bibtex_of_source(source: Source) -> str:
    """Give a source as an entry of BibTeX, with all of its own fields, by name.

    Names without parts stand in braces, and so do titles, whose case is then kept. The
    date stands in ``date`` and again, as far as they can say it, in ``year`` and
    ``month``, which take the place of the entry's own.
    """
    authors = names(_names(source)) + (" and others" if _OTHERS in source.people else "")
    dated = parted(source.field("date")) is not None
    own = [
        (name, _value(name, value))
        for name, value in source.fields
        if not (dated and name in _DATES)
    ]
    given = dates(source.field("date")) if dated else []
    return entry(source.type, source.key, [("author", authors), *own, *given])


def _value(name: str, value: str) -> str:
    if name == "month" and value not in MONTHS:
        # A word without braces is a string of BibTeX's, and most are not defined.
        return f"{{{latex(value)}}}"
    if name in _VERBATIM:
        return verbatim(value) if name == "url" else value
    written = latex(value)
    return f"{{{written}}}" if name in _WHOLE and written else written
