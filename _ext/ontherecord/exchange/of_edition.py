"""Makes the objects of ``edition.json`` from an Edition, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from ontherecord.evidence.findings import key_of
from ontherecord.evidence.quote_evidence import evidence
from ontherecord.exchange import shapes
from ontherecord.segments import segments, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ontherecord.edition import Edition
    from ontherecord.evidence.findings import Finding
    from ontherecord.exchange.stretches import Kind
    from ontherecord.records import (
        Annotation,
        Contradiction,
        Document,
        Quote,
        Record,
        Source,
        Speaker,
    )


def imprint(edition: Edition) -> shapes.ImprintShape:
    """Give what the edition says of itself."""
    one = edition.imprint
    return shapes.ImprintShape(
        title=one.title,
        description=one.description,
        editors=one.editors,
        version=one.version,
        date=one.date,
        address=one.address,
        language=edition.language,
        licence=one.licence,
        copyright=one.copyright,
        origin=one.origin,
        formats=one.formats,
        volume_of=one.volume_of,
        volumes=dict(one.volumes),
        sources_register=edition.sources_register,
        files=dict(sorted(one.files.items())),
    )


def _record(edition: Edition, record: Record) -> dict[str, Any]:
    """Give the fields that every record has."""
    home, anchor = edition.home(record), edition.anchor(record)
    return {
        "id": record.id,
        "label": edition.label(record),
        "address": edition.imprint.of_record(record.id),
        "page": edition.imprint.of_page(home, anchor),
        "docname": record.origin.docname,
        "home": home,
        "anchor": anchor,
        "line": record.origin.line,
        "last": record.origin.last,
        "file": record.origin.file,
        "licence": edition.imprint.licence,
    }


def speaker(edition: Edition, one: Speaker) -> shapes.SpeakerShape:
    """Give a speaker."""
    return shapes.SpeakerShape(
        **_record(edition, one),
        name=one.name,
        kind=one.kind,
        family=one.family,
        aliases=one.aliases,
        posts=tuple(
            shapes.PostShape(title=post.title, body=post.body, interval=post.interval)
            for post in one.posts
        ),
        authorities=dict(one.authorities),
        text=edition.text(one),
        copied_from=one.copied_from,
    )


def quote(edition: Edition, one: Quote) -> shapes.QuoteShape:
    """Give a quote, with its readings and what they show."""
    words = edition.words(one)
    return shapes.QuoteShape(
        **_record(edition, one),
        words=words.text,
        fragments=words.fragments,
        fingerprint=words.fingerprint,
        contiguous=one.contiguous,
        speaker=one.speaker,
        spoken=one.spoken,
        time=one.time,
        time_is=one.time_is if one.time else "",
        place=one.place,
        to=one.to,
        asked=one.asked,
        scope=one.scope,
        source=one.source,
        via=one.via,
        locator=one.locator,
        lang=one.lang,
        translation=one.translation,
        mode=one.mode,
        brackets=one.brackets,
        topics=one.topics,
        readings=tuple(
            shapes.ReadingShape(
                source=reading.source,
                words=reading.words,
                via=reading.via,
                mode=reading.mode,
                locator=reading.locator,
                lang=reading.lang,
                scope=reading.scope,
                line=reading.line,
                brackets=reading.brackets,
            )
            for reading in one.readings
        ),
        findings=tuple(map(_finding, evidence(edition, one).findings)),
        marks=_marks(edition, one),
        contradictions=tuple(case.id for case in edition.contradictions_of.get(one.id, ())),
        answers=tuple(case.id for case in edition.answers_of.get(one.id, ())),
    )


def _finding(finding: Finding) -> shapes.FindingShape:
    return shapes.FindingShape(
        kind=finding.kind,
        witnesses=_sources(finding.witnesses),
        words=finding.words,
        variants=tuple(
            shapes.VariantShape(words=words, sources=_sources(witnesses))
            for words, witnesses in finding.variants
        ),
    )


def _sources(witnesses: tuple[str, ...]) -> tuple[str, ...]:
    """Give the keys of witnesses' sources, each once."""
    return tuple(dict.fromkeys(map(key_of, witnesses)))


_MARK: Final = attrgetter(*shapes.MarkShape.__struct_fields__)


def _marks(edition: Edition, record: Record) -> tuple[shapes.MarkShape, ...]:
    return tuple([shapes.MarkShape(*_MARK(segment)) for segment in segments(edition, record)])


def contradiction(edition: Edition, one: Contradiction) -> shapes.ContradictionShape:
    """Give a contradiction."""
    return shapes.ContradictionShape(
        **_record(edition, one),
        between=one.between,
        kind=one.kind,
        relation=one.relation,
        status=one.status,
        history=tuple(
            shapes.EventShape(date=event.date, status=event.status, text=event.text)
            for event in one.history
        ),
        answered_by=one.answered_by,
        certainty=one.certainty,
        editor=one.editor,
        at_issue=tuple(
            shapes.AtIssueShape(quote=name, words=words) for name, words in one.at_issue
        ),
        text=edition.text(one),
        copied_from=one.copied_from,
    )


def annotation(edition: Edition, one: Annotation) -> shapes.AnnotationShape:
    """Give an annotation."""
    return shapes.AnnotationShape(
        **_record(edition, one),
        on=one.on,
        type=one.type,
        source=one.source,
        editor=one.editor,
        date=one.date,
        text=edition.text(one),
        marks=_marks(edition, one),
    )


def article(edition: Edition, one: Document) -> shapes.ArticleShape:
    """Give an article, or another document."""
    page = edition.imprint.pages.get(one.docname)
    return shapes.ArticleShape(
        id=one.docname,
        title=one.title,
        date=one.date,
        description=one.description,
        address=edition.imprint.of_page(one.docname),
        file=page.file if page else "",
        swhid=page.swhid if page else "",
        blocks=tuple(
            shapes.BlockShape(anchor=block.anchor, text=shown(edition, block)[0])
            for block in one.blocks
        ),
        licence=edition.imprint.licence,
    )


def source(_edition: Edition, one: Source) -> shapes.SourceShape:
    """Give a source."""
    return shapes.SourceShape(
        id=one.key,
        type=one.type,
        label=one.label,
        authors=one.authors,
        people=tuple(
            shapes.NameShape(given=given, family=family, suffix=suffix)
            for given, family, suffix in one.people
        ),
        fields=dict(one.fields),
        file=one.origin.docname,
        line=one.origin.line,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of things of one kind: ``by_name`` gives them, ``make`` the object of each."""

    kind: Kind
    by_name: Callable[[Edition], Mapping[str, Any]]
    make: Callable[[Edition, Any], shapes.Shape]

    def __call__(self, edition: Edition) -> Iterator[shapes.Shape]:
        """Give all objects of the list."""
        return (self.make(edition, one) for one in self.by_name(edition).values())


def _remote(edition: Edition) -> Iterator[shapes.Shape]:
    names = shapes.RemoteShape.__struct_fields__
    for one in edition.remote.values():
        said = {name: getattr(one, name) for name in names}
        yield shapes.RemoteShape(**{**said, "at_issue": _issues(one.at_issue)})


def _issues(pairs: Iterable[tuple[str, str]]) -> tuple[shapes.IssueShape, ...]:
    return tuple(shapes.IssueShape(case=case, words=words) for case, words in pairs)


def remote_of(edition: Edition, quote: Quote) -> shapes.RemoteShape:
    """Give a quote as another volume knows it, by its own identifier, without where it is."""
    speaker, source = edition.speakers.get(quote.speaker), edition.sources.get(quote.source)
    cases = (
        *edition.contradictions_of.get(quote.id, ()),
        *edition.answers_of.get(quote.id, ()),
    )
    return shapes.RemoteShape(
        id=quote.id,
        words=edition.words(quote).text,
        lang=quote.lang,
        translation=quote.translation,
        speaker=quote.speaker,
        speaker_name=edition.speaker_name(quote),
        speaker_kind=speaker.kind if speaker else "",
        post=edition.post_of(quote),
        spoken=quote.spoken,
        time=quote.time,
        time_is=quote.time_is if quote.time else "",
        place=quote.place,
        to=quote.to,
        asked=quote.asked,
        source=quote.source,
        source_label=source.label if source else quote.source,
        source_url=source.field("url") if source else "",
        at_issue=_issues(
            (one, words)
            for one, case in sorted({case.id: case for case in cases}.items())
            for words in edition.at_issue_in(case).get(quote.id, ())
        ),
    )


def _ledger(edition: Edition) -> Iterator[shapes.Shape]:
    names = shapes.LedgerShape.__struct_fields__
    for _identifier, entries in sorted(edition.ledger.entries.items()):
        for entry in entries:
            yield shapes.LedgerShape(**{name: getattr(entry, name) for name in names})


def _verifications(edition: Edition) -> Iterator[shapes.Shape]:
    names = shapes.VerificationShape.__struct_fields__
    for _key, one in sorted(edition.verifications.items()):
        yield shapes.VerificationShape(**{name: getattr(one, name) for name in names})


def _other_documents(edition: Edition) -> dict[str, Document]:
    """Give the documents that are no articles and hold records or marks."""
    return {
        name: document
        for name, document in edition.documents.items()
        if name not in edition.articles
        and (document.records or document.marks or name == edition.sources_register)
    }


LISTS: Final[dict[str, Listed | Callable[[Edition], Iterator[shapes.Shape]]]] = {
    "speakers": Listed("records", lambda edition: edition.speakers, speaker),
    "quotes": Listed("records", lambda edition: edition.quotes, quote),
    "contradictions": Listed("records", lambda edition: edition.contradictions, contradiction),
    "annotations": Listed("records", lambda edition: edition.annotations, annotation),
    "articles": Listed("documents", lambda edition: edition.articles, article),
    "documents": Listed("documents", _other_documents, article),
    "sources": Listed("sources", lambda edition: edition.sources, source),
    "remote": _remote,
    "ledger": _ledger,
    "verifications": _verifications,
}
"""The lists of the file, in their order."""
