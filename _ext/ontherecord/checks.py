"""Checks: what is wrong in an edition, each with file, line, a name, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from ontherecord import vocabulary
from ontherecord.dates import bounds, is_date
from ontherecord.edition import Edition
from ontherecord.evidence.witnesses import taken_from
from ontherecord.problems import DATE_OF_DOCUMENT, NO_BIBLIOGRAPHY, Problem, nearest
from ontherecord.records import Annotation, Quote, edition_of, kind_of, names_of
from ontherecord.words import fold_space, holds_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from ontherecord.records import Document, Mark, Record, Use

Elsewhere: TypeAlias = Mapping[str, Mapping[str, str] | None]
"""The kind of each record of other editions, by edition and identifier; see `check`."""


def check(edition: Edition, elsewhere: Elsewhere | None = None) -> list[Problem]:
    """Give all problems of an edition, those found while reading included, in order of place.

    ``elsewhere`` holds what other editions have, through intersphinx: references to it are no
    problem. An edition whose inventory could not be read is ``None``; where intersphinx is
    not used all of it is.
    """
    found = [problem for document in edition.documents.values() for problem in document.problems]
    for run in CHECKS:
        found += run(edition)
    found += _uses(edition, elsewhere)
    return sorted(set(found))


def _duplicates(edition: Edition) -> Iterator[Problem]:
    for record in edition.duplicates:
        first = edition.records[record.id]
        yield Problem(
            *record.origin.place,
            "duplicate-id",
            f'"{record.id}" is taken already by the {kind_of(first)} in '
            f"{first.origin.docname}, line {first.origin.line}: give one of them another",
        )


def _uses(edition: Edition, elsewhere: Elsewhere | None) -> Iterator[Problem]:
    """Give a problem for each name of a record or source that does not exist."""
    known: dict[str, Collection[str]] = {
        "speaker": edition.speakers,
        "quote": edition.quotes,
        "contradiction": edition.contradictions,
        "annotation": edition.annotations,
        "record": edition.records,
        "source": edition.sources,
        "topic": edition.topics,
        "article": edition.articles,
    }
    mends: dict[tuple[str, str], str] = {}
    for document in edition.documents.values():
        for use in document.uses:
            if use.kind == "edition":
                if (wrong := _unknown_edition(use.id, elsewhere)) is not None:
                    yield Problem(use.file or document.docname, use.line, *wrong)
                continue
            if not use.id or use.id in known[use.kind]:
                continue
            if edition_of(use.id) and use.kind in _REMOTE:
                if (wrong := _wrong_elsewhere(use, elsewhere)) is not None:
                    yield Problem(use.file or document.docname, use.line, *wrong)
                continue
            others = [name for name, its in (elsewhere or {}).items() if its and use.id in its]
            if others and not _is_in_a_record(document, use):
                continue  # A reference leads to whichever edition has it.
            key = (use.kind, use.id)
            if key not in mends:  # Looking for the nearest of many names takes its time.
                mends[key] = (
                    f' here: it is in another edition: write "{others[0]}:{use.id}" if that is '
                    "meant, or name one of this edition"
                    if others
                    else _mend(edition, use, known[use.kind])
                )
            yield Problem(
                use.file or document.docname,
                use.line,
                f"unknown-{use.kind}",
                f'there is no {use.kind} "{use.id}"{mends[key]}',
            )


def _is_in_a_record(document: Document, use: Use) -> bool:
    """Tell whether a name is given in a record's options, and is part of it."""
    return any(
        record.origin.file == use.file
        and record.origin.line <= use.line <= record.origin.last
        and _is_given_in(record, use)
        for record in document.records
    )


def _is_given_in(record: Record, use: Use) -> bool:
    if isinstance(record, Quote):
        return (use.kind, use.id) == ("speaker", record.speaker)
    kind = "record" if isinstance(record, Annotation) else "quote"
    return use.kind == kind and use.id in names_of(record)


_REMOTE: Final = frozenset({"speaker", "quote", "contradiction", "annotation", "record"})
"""What may be another edition's; of what an option takes as a record, only quotes are shown."""


def _wrong_elsewhere(use: Use, elsewhere: Elsewhere | None) -> tuple[str, str] | None:
    """Give what is wrong with a name of another edition's record: the subtype, and the mend."""
    name, _colon, identifier = use.id.rpartition(":")
    wanted = "quote" if use.kind == "record" else use.kind
    if elsewhere is None or name not in elsewhere:
        return _unknown_edition(name, elsewhere, use.id)
    records = elsewhere[name]
    if records is None:
        return (
            "unread-edition",
            f'the inventory of "{name}" could not be read, so that "{identifier}" is shown without '
            "its words and address: see what intersphinx says of it, and build again",
        )
    kind = records.get(identifier)
    if kind == wanted:
        return None
    of_kind = [one for one, its in records.items() if its == wanted]
    mend = f"it is a {kind}: name a {wanted}" if kind else "name one that is in its inventory"
    return (
        f"unknown-{wanted}",
        f'there is no {wanted} "{identifier}" in "{name}"{nearest(identifier, of_kind)}: {mend}',
    )


def _unknown_edition(
    name: str, elsewhere: Elsewhere | None, named: str = ""
) -> tuple[str, str] | None:
    """Give what is wrong with the name of another edition, where something is."""
    if elsewhere is None:
        said = f'"{named}" is in' if named else f'"{name}" is'
        return (
            "unknown-edition",
            f'{said} another edition, and none is known: add "sphinx.ext.intersphinx" '
            f'to extensions in conf.py, and "{name}" to intersphinx_mapping',
        )
    if name in elsewhere:
        return None
    return (
        "unknown-edition",
        f'there is no edition "{name}" in intersphinx_mapping in conf.py'
        f"{nearest(name, elsewhere)}: name one that is there, or add it",
    )


def _mend(edition: Edition, use: Use, known: Collection[str]) -> str:
    """Say which name was meant, or what to do about one that does not exist."""
    if use.kind == "source" and not edition.sources:
        mend = NO_BIBLIOGRAPHY
    elif use.kind == "source":
        mend = "add it to the bibliography, or name one that is there"
    elif use.id in edition.records:
        mend = f"it is a {kind_of(edition.records[use.id])}"
    else:
        mend = "write it, or name one that exists"
    return f"{nearest(use.id, known)}: {mend}"


def _marks(edition: Edition) -> Iterator[Problem]:
    for document in edition.documents.values():
        undated = False
        for mark in document.marks:
            wanted, kind, have = (
                ("quote", Quote, edition.quotes)
                if mark.kind == "said"
                else ("annotation", Annotation, edition.annotations)
            )
            if not isinstance(edition.records.get(mark.record), kind):
                yield Problem(
                    mark.file or document.docname,
                    mark.line,
                    f"unknown-{wanted}",
                    f'words are marked for "{mark.record}", and there is no such {wanted}'
                    f"{nearest(mark.record, have)}: write the {wanted}, or mend the mark",
                )
            if not document.date and not undated and not _has_bad_date(document):
                undated = True
                yield Problem(
                    mark.file or document.docname,
                    mark.line,
                    "not-an-article",
                    "words are marked here, but the document has no date: "
                    "give it one in its front matter, such as `date: 2017-02-23`",
                )


def _has_bad_date(document: Document) -> bool:
    return any(
        one.subtype == "bad-date" and one.message.startswith(DATE_OF_DOCUMENT)
        for one in document.problems
    )


def _words(edition: Edition) -> Iterator[Problem]:
    for quote in edition.quotes.values():
        words = edition.words(quote)
        if not words.text:
            yield Problem(
                *quote.origin.place,
                "no-words",
                f'the quote "{quote.id}" has no words: give them as its content, or mark them '
                f"in an article with {{said}}`words <{quote.id}>`",
            )
            continue
        home = edition.home(quote)
        for docname, marks in edition.marks.get(quote.id, {}).items():
            if docname == home and not quote.block:
                continue  # These are the words.
            yield from _disagreeing(quote, words.text, docname, marks)


def _disagreeing(
    quote: Quote, words: str, docname: str, marks: tuple[Mark, ...]
) -> Iterator[Problem]:
    """Give the first mark of a document whose words the quote does not have there."""
    for index, mark in enumerate(marks):
        if not holds_in_order(words, (one.words for one in marks[: index + 1]), quote.brackets):
            yield Problem(
                mark.file or docname,
                mark.line,
                "words-disagree",
                f'"{mark.words}" is not, in this order, among the words of "{quote.id}", '
                f'which are "{fold_space(words)}": mark words as its source has them, '
                "or give the other wording as a reading",
            )
            return


def _readings(edition: Edition) -> Iterator[Problem]:
    for quote in edition.quotes.values():
        for reading in quote.readings:
            if reading.source == quote.source and reading.words == edition.words(quote).text:
                yield Problem(
                    quote.origin.place[0],
                    reading.line,
                    "same-words",
                    f'this reading repeats the quote "{quote.id}", source and all: leave it out',
                )


def _annotations(edition: Edition) -> Iterator[Problem]:
    for note in edition.annotations.values():
        if note.on == note.id:
            yield Problem(
                *note.origin.place,
                "nothing-annotated",
                f'the annotation "{note.id}" is on itself: name another record in the option `on`',
            )
        if not note.on and note.id not in edition.marks:
            yield Problem(
                *note.origin.place,
                "nothing-annotated",
                f'the annotation "{note.id}" is on nothing: name a record in the option `on`, '
                f"or mark a passage with {{passage}}`words <{note.id}>`",
            )


def _sources(edition: Edition) -> Iterator[Problem]:
    """Give what cannot be read in entries of the bibliography that records rest on."""
    named = {key for quote in edition.quotes.values() for key in edition.sources_of(quote)}
    named.update(note.source for note in edition.annotations.values())
    for key, source in edition.sources.items():
        if key not in named:
            continue
        place = source.origin.place
        if not source.title and not source.publisher:
            message = f'the source "{key}" has neither title nor publisher: give one of them'
            yield Problem(*place, "unnamed-source", message)
        if source.date and not is_date(source.date):
            yield Problem(
                *place,
                "bad-source",
                f'the date of "{key}", "{source.date}", is not in EDTF: write it as 2017-02-23, '
                "2017-02 or 2017-02~",
            )
        if source.witness and source.witness not in vocabulary.WITNESSES:
            yield Problem(
                *place,
                "bad-source",
                f'the witness of "{key}", "{source.witness}", is not one of '
                f"{', '.join(vocabulary.WITNESSES)}{nearest(source.witness, vocabulary.WITNESSES)}",
            )


def _chains(edition: Edition) -> Iterator[Problem]:
    """Give chains of sources that lead nowhere, or back to where they began."""
    for key, source in edition.sources.items():
        for named in re.split(r"[\s,]+", source.field("takenfrom")):
            if not named or (named in edition.sources and not _leads_to(edition, named, key)):
                continue
            wrong = "leads back to it" if named in edition.sources else "is not in the bibliography"
            yield Problem(
                *source.origin.place,
                "bad-source",
                f'"{key}" is taken from "{named}", which {wrong}'
                f"{nearest(named, edition.sources) if named not in edition.sources else ''}: "
                "name the source that its words are from",
            )


def _leads_to(edition: Edition, begin: str, end: str) -> bool:
    """Tell whether a chain of sources that were taken from each other leads to one of them."""
    todo, seen = [begin], set()
    while todo:
        key = todo.pop()
        if key == end:
            return True
        if key not in seen:
            seen.add(key)
            todo += taken_from(edition, key)
    return False


def _statuses(edition: Edition) -> Iterator[Problem]:
    """Give statuses that the answers do not bear out."""
    for case in edition.contradictions.values():
        place = case.origin.place
        if case.status == "answered" and not case.answered_by and not case.history:
            message = (
                f'"{case.id}" is answered, and nothing says how: name the answer in answered-by, '
                "or say in history what it was"
            )
            yield Problem(*place, "unlike-status", message)
        if case.status == "standing" and case.answered_by:
            message = f'"{case.id}" stands, and has an answer: its status is then answered'
            yield Problem(*place, "unlike-status", message)


def _issues(edition: Edition) -> Iterator[Problem]:
    """Give words at issue that do not stand in the quote that they are said to be of."""
    for case in edition.contradictions.values():
        sides = (*case.between, *case.answered_by)
        for name, words in case.at_issue:
            quote = edition.quotes.get(name)
            named = name in sides
            if named and quote is None:
                continue  # That it does not exist is reported of its place among the sides.
            if not named and any(side.startswith(f"{name}:") for side in sides):
                message = (
                    f'"{name}" is another edition, whose inventory has no more than the opening '
                    "words: name words at issue of this edition's quotes alone"
                )
                yield Problem(*case.origin.place, "not-at-issue", message)
            elif not named or quote is None:
                message = (
                    f'"{name}" is no side of "{case.id}"'
                    f"{nearest(name, sides)}: name one of its quotes"
                )
                yield Problem(*case.origin.place, "not-at-issue", message)
            elif words not in edition.words(quote).text:
                message = (
                    f'"{words}" does not stand in the words of "{name}": give the words at issue '
                    "as they stand there, letter for letter"
                )
                yield Problem(*case.origin.place, "not-at-issue", message)


def _times(edition: Edition) -> Iterator[Problem]:
    """Give quotes that were spoken after their source was published."""
    for quote in edition.quotes.values():
        source = edition.sources.get(quote.source)
        if source is None or not quote.spoken or not is_date(source.date):
            continue
        if bounds(quote.spoken)[0] > bounds(source.date)[1]:
            yield Problem(
                *quote.origin.place,
                "spoken-late",
                f'"{quote.id}" was spoken on {quote.spoken}, and its source "{quote.source}" is of '
                f"{source.date}: one of the dates is wrong",
            )


def _queries(edition: Edition) -> Iterator[Problem]:
    """Give a problem for each filter with a word that the register's records do not use."""
    words: dict[str, dict[str, Iterable[str]]] = {
        "speakers": {"kind": vocabulary.SPEAKER_KINDS, "status": vocabulary.STATUSES},
        "annotations": {"kind": vocabulary.ANNOTATION_TYPES, "status": ()},
        "sources": {"kind": vocabulary.WITNESSES, "status": vocabulary.STATUSES},
    }
    cases = {
        "kind": [*vocabulary.CONTRADICTION_KINDS, *vocabulary.RELATIONS],
        "status": vocabulary.STATUSES,
    }
    for document in edition.documents.values():
        for query, line in document.queries:
            if query.begin and query.end and bounds(query.begin)[0] > bounds(query.end)[1]:
                message = f"from {query.begin} to {query.end} is no time: from comes before to"
                yield Problem(document.docname, line, "bad-value", message)
            for option, value in (("kind", query.kind), ("status", query.status)):
                known = list(words.get(query.register, cases)[option])
                if value and value not in known:
                    yield Problem(
                        document.docname,
                        line,
                        "bad-value",
                        f'the register "{query.register}" has no {option} "{value}"'
                        f"{nearest(value, known)}; {option} is one of {', '.join(known) or 'none'}",
                    )


CHECKS: Final[tuple[Callable[[Edition], Iterator[Problem]], ...]] = (
    _duplicates,
    _marks,
    _words,
    _readings,
    _annotations,
    _sources,
    _chains,
    _statuses,
    _issues,
    _times,
    _queries,
)
