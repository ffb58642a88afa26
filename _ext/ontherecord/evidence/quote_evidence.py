"""All that the wordings of one quote show, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.dates import bounds, overlap
from ontherecord.evidence.apparatus_entries import Entry, entries, sigla
from ontherecord.evidence.collation import collate
from ontherecord.evidence.findings import Finding, find, key_of, witness_at
from ontherecord.languages import primary
from ontherecord.words import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.records import Quote, Reading, Speaker


SCOPE: Final = "[said of "
"""What a finding's words begin with that are about of what the words were said."""


_COMPLETE: Final = frozenset({"transcript", "recording", "document"})
"""Kinds of witness that have all that was said, and of which an edition cites parts."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sigla of the witnesses that are collated, their apparatus, and the findings.

    ``sigla`` are pairs of siglum and witness; entries number witnesses in this order. A witness
    is named as in findings.
    """

    sigla: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


_NOTHING: Final = Evidence((), (), ())


def evidence(edition: Edition, quote: Quote) -> Evidence:
    """Collate a quote's wordings in its own language, and give what they show.

    Wordings in another language are no part of the collation, but findings of
    their own, of the kind ``translation``. An Edition's quotes are collated once.
    """
    if not quote.readings:  # As of most.
        return _without_post(quote) if lacks_post(edition, quote) else _NOTHING
    if edition.quotes.get(quote.id) is not quote:
        return _collated(edition, quote)
    known = edition.collated.get(quote.id)
    if known is None:
        known = edition.collated[quote.id] = _collated(edition, quote)
    return known


def _without_post(quote: Quote) -> Evidence:
    return Evidence((), (), (_no_post(quote),))


def _no_post(quote: Quote) -> Finding:
    return Finding("no-post", (quote.source,), quote.spoken)


def _collated(edition: Edition, quote: Quote) -> Evidence:
    alike: list[Reading] = []
    findings: list[Finding] = []
    for reading in quote.readings:
        if reading.lang and primary(reading.lang) != primary(quote.lang or edition.language):
            rendering = (reading.source, quote.source)
            findings.append(Finding("translation", rendering, reading.words))
        elif reading.mode == quote.mode == "direct":  # Reported words are not the speaker's own.
            alike.append(reading)
    found: tuple[Entry, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    words = edition.words(quote).fragments
    if not _is_known_whole(edition, quote):
        words = (join(words, contiguous=False),) if words else ()
    if alike and words:
        witnesses = [quote.source, *_named(quote, alike)]
        wordings = [words, *((reading.words,) for reading in alike)]
        collation = collate(wordings, [quote.brackets, *(one.brackets for one in alike)])
        findings = [*find(collation, witnesses), *findings]
        found = tuple(entries(collation))
        labels = [_label(edition, key_of(witness)) for witness in witnesses]
        marks = tuple(zip(sigla(labels), witnesses, strict=True))
    findings += _lost_scope(quote)
    findings += [_no_post(quote)] * lacks_post(edition, quote)
    return Evidence(marks, found, tuple(dict.fromkeys(findings)))


def _named(quote: Quote, readings: list[Reading]) -> Iterator[str]:
    """Name the witnesses of readings; a source that is one already is named with the place."""
    seen = {quote.source}
    for reading in readings:
        is_known = reading.source in seen and reading.locator
        yield witness_at(reading.source, reading.locator) if is_known else reading.source
        seen.add(reading.source)


def _is_known_whole(edition: Edition, quote: Quote) -> bool:
    """Tell whether it is known what the source has between the fragments: nothing.

    Of words that did not follow each other a transcript has all; a report has what is quoted.
    """
    if quote.contiguous == "no":
        source = edition.sources.get(quote.source)
        return source is None or source.witness not in _COMPLETE
    return quote.contiguous == "yes"


def _label(edition: Edition, key: str) -> str:
    source = edition.sources.get(key)
    return source.label if source else key


def _lost_scope(quote: Quote) -> Iterator[Finding]:
    """Give the sources that print the words and leave out of what they were said."""
    for reading in quote.readings:
        if quote.scope and reading.scope == "none":
            yield Finding(
                "omission-unmarked", (reading.source, quote.source), f"{SCOPE}{quote.scope}]"
            )


def lacks_post(edition: Edition, quote: Quote) -> bool:
    """Tell whether each post of a speaker has dates, and none was held on the day of a quote."""
    speaker = edition.speakers.get(quote.speaker)
    if speaker is None or not quote.spoken or not speaker.posts:
        return False
    return not any(
        not post.interval or overlap(post.interval, quote.spoken) for post in speaker.posts
    )


def overlapping_posts(edition: Edition) -> dict[str, list[Finding]]:
    """Give, by speaker, the posts of one office that were held twice at one time.

    A post that ends on the day on which the next begins does not overlap it,
    and one whose end is not known is only known to have been held when it began.
    """
    offices: dict[tuple[str, str], list[tuple[Speaker, str]]] = {}
    for speaker in edition.speakers.values():
        for post in speaker.posts:
            if post.interval:
                key = (post.title.casefold(), post.body.casefold())
                offices.setdefault(key, []).append((speaker, post.interval))
    found: dict[str, list[Finding]] = {}
    for (_title, _body), held in offices.items():
        for index, (one, interval) in enumerate(held):
            for other, later in held[index + 1 :]:
                if _overlaps(interval, later):
                    title = next(post.title for post in one.posts if post.interval == interval)
                    words = f"{title}: {one.name}, {interval}; {other.name}, {later}"
                    finding = Finding("overlapping-posts", (), words)
                    for holder in dict.fromkeys((one.id, other.id)):
                        found.setdefault(holder, []).append(finding)
    return found


def _overlaps(one: str, other: str) -> bool:
    one_known, other_known = _known(one), _known(other)
    if not overlap(one_known, other_known):
        return False
    (one_first, one_last), (other_first, other_last) = bounds(one_known), bounds(other_known)
    return not (one_last == other_first or other_last == one_first)


def _known(interval: str) -> str:
    """Give the interval that is known: one without a known end is known at its beginning."""
    begin, slash, end = interval.partition("/")
    return begin if slash and not end else interval
