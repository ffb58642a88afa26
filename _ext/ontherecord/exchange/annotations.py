"""Makes W3C Web Annotations: of quotes, notes and cases, where they stand.

Follows the Web Annotation Data Model (W3C Recommendation, 23 February 2017); numbers in
comments are those of its sections. The context is the Recommendation's alone. What it has no
term for stands under ``schema:`` and ``dcterms:``, which are prefixes that the context knows,
so that no reader of JSON-LD drops it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote as percent_encoded

from ontherecord import __version__, vocabulary
from ontherecord.dates import QUALIFIERS, say
from ontherecord.records import Annotation, Contradiction, Quote
from ontherecord.segments import segments, segments_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ontherecord.edition import Edition
    from ontherecord.records import Record, RemoteQuote
    from ontherecord.segments import Segment

    Json = dict[str, Any]

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"

HTML_FRAGMENTS: Final = "http://tools.ietf.org/rfc/rfc3236"
"""What says which element a fragment names in HTML (4.2.1)."""

MOTIVATIONS: Final = {
    "context": "commenting",
    "definition": "describing",
    "correction": "commenting",
    "source": "describing",
    "translation": "commenting",
}
"""The motivation (3.3.5) of each type of editor's note.

A correction is no `editing`, which asks that the target be changed; `assessing` is in the
Recommendation and not in its context, so that readers would lose it.
"""

_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+')
"""An IRI (RFC 3987), as far as a look at its characters can tell."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of an edition, as a file at some depth below it gives them.

    Where it is not known where the edition lives they are relative, and resolve against the
    address that the file was had from (RFC 3986, 5.1.3; JSON-LD, 'base IRI').
    """

    edition: Edition
    up: str

    def record(self, identifier: str, fragment: str = "") -> str:
        """Give the address of a record as it is cited, with a fragment for an annotation of it.

        No colon may stand in the fragment: readers of JSON-LD 1.0 take a relative address
        with one for a whole one.
        """
        return self._from_here(self.edition.address(identifier)) + fragment

    def page(self, docname: str) -> str:
        """Give the address of a document's page, whole."""
        return self._from_here(self.edition.imprint.of_page(docname).partition("#")[0])

    def file(self, path: str) -> str:
        """Give the address of one of our files."""
        return self._from_here(self.edition.imprint.address + path)

    def source(self, key: str) -> str:
        """Give the address of a source: its own, else that of its place here, else nothing."""
        source = self.edition.sources.get(key)
        if source is not None and _IRI.fullmatch(source.field("url")):
            return source.field("url")
        register = self.edition.sources_register
        if source is None or not register:
            return ""
        return self._from_here(self.edition.imprint.of_page(register, f"source-{key}"))

    def _from_here(self, address: str) -> str:
        return address if self.edition.imprint.address or "://" in address else self.up + address


@dataclass(frozen=True, slots=True)
class Entry:
    """An annotation that is to be made, of a record or of a part of what it says.

    ``part`` is the kind of mark and the document of a quote's words, or the identifier of a
    quote that answers a case.
    """

    make: Callable[[Edition, Addresses, Any, tuple[str, ...]], Json]
    record: Record
    part: tuple[str, ...] = ()


def entries(edition: Edition) -> Iterator[Entry]:
    """Give the annotations of the collection in their order."""
    for quote in edition.quotes.values():
        for part in _places(edition, quote):
            yield Entry(_words, quote, part)
    for note in edition.annotations.values():
        if edition.address(note.on) or any(_places(edition, note)):
            yield Entry(_note, note)
    for case in edition.contradictions.values():
        if case.id in edition.own and len(_sides(edition, case)) > 1:
            yield Entry(_case, case)
            for answer in dict.fromkeys(case.answered_by):
                if edition.address(answer):
                    yield Entry(_answer, case, (answer,))


def _places(edition: Edition, record: Quote | Annotation) -> Iterator[tuple[str, str]]:
    """Give where a record's words stand: the kind of mark, and the document, home first."""
    wanted = "said" if isinstance(record, Quote) else "passage"
    if isinstance(record, Quote) and record.block:
        yield "given", record.origin.docname
    marks = edition.marks.get(record.id, {})
    documents: Iterable[str] = marks
    if len(marks) > 1:
        home = edition.home(record)
        documents = sorted(marks, key=lambda name: (name != home, name))
    for docname in documents:
        if any(mark.kind == wanted for mark in marks[docname]):
            yield wanted, docname


def _sides(edition: Edition, case: Contradiction) -> list[str]:
    """Give those sides of a case that can be pointed at, each once."""
    return [side for side in dict.fromkeys(case.between) if edition.address(side)]


def _words(edition: Edition, to: Addresses, quote: Quote, part: tuple[str, ...]) -> Json:
    """Give the annotation that says which statement words of a page are.

    Its targets are the fragments. Each body holds of each target alone (3.2.6), and so these
    do: any fragment is that statement's, said by that speaker. `Composite` and `List`, which
    would hold them together, are in an appendix that is no part of the standard, and not in
    its context; what puts fragments in order is their position.
    """
    kind, docname = part
    found = (one for one in segments_in(edition, quote, docname) if one.kind == kind)
    targets = [_target(to, one) for one in found]
    if len(targets) > 1:
        for position, target in enumerate(targets, 1):
            target["schema:position"] = position
    return {
        "id": to.record(quote.id, f"#{kind}/{percent_encoded(docname)}"),
        "type": "Annotation",
        "motivation": "identifying",
        "dcterms:type": "quotation",
        "body": [
            {
                "type": "SpecificResource",
                "purpose": "identifying",
                "source": _statement(edition, to, quote),
            },
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": _said(edition, quote),
                "format": "text/plain",
                "language": edition.language,
            },
        ],
        "target": one_or_more(targets),
        **_provenance(edition, quote),
    }


def _target(to: Addresses, segment: Segment) -> Json:
    """Give words of a page: in their block by quotation and position, and by quotation alone."""
    quotation = {
        "type": "TextQuoteSelector",
        "exact": segment.exact,
        "prefix": segment.prefix,
        "suffix": segment.suffix,
    }
    position = {"type": "TextPositionSelector", "start": segment.start, "end": segment.end}
    within = {
        "type": "FragmentSelector",
        "conformsTo": HTML_FRAGMENTS,
        "value": segment.block,
        "refinedBy": [quotation, position],
    }
    return {
        "type": "SpecificResource",
        "source": to.page(segment.docname),
        "selector": [within, quotation] if segment.block else quotation,
    }


def _statement(edition: Edition, to: Addresses, quote: Quote) -> Json:
    """Give a statement as its record has it."""
    speaker = edition.speakers.get(quote.speaker)
    made: Json = {
        "id": to.record(quote.id),
        "type": ["Text", "schema:Quotation"],
        "format": "text/html",
        "language": quote.lang or edition.language,
        "schema:text": edition.words(quote).text,
    }
    if speaker is not None:
        made["schema:spokenByCharacter"] = {
            "id": to.record(speaker.id),
            "type": "Organization" if speaker.kind == "organisation" else "Person",
            "name": speaker.name,
        }
    made |= known({"dcterms:date": quote.spoken, "dcterms:source": _source(to, quote.source)})
    given = [("mode", quote.mode), ("locator", quote.locator)]
    if quote.contiguous != "unknown":
        given.append(("contiguous", quote.contiguous))
    if quote.brackets == "source":
        given.append(("brackets", quote.brackets))
    lists = {
        "mode": vocabulary.MODES,
        "contiguous": vocabulary.CONTIGUOUS,
        "brackets": vocabulary.BRACKETS,
    }
    return made | _fields(given, lists)


def _said(edition: Edition, quote: Quote) -> str:
    """Say who spoke, when, and after which source."""
    sources = [
        edition.sources[key].label if key in edition.sources else key
        for key in dict.fromkeys(filter(None, (quote.source, quote.via)))
    ]
    day = _when(quote.spoken, edition.language)
    return "; ".join(
        filter(None, (edition.speaker_name(quote), day, quote.place, " via ".join(sources)))
    )


def _when(date: str, language: str) -> str:
    """Say a date, or give it as it is where the words to say it with would be English."""
    is_plain = "/" not in date and date[-1:] not in QUALIFIERS
    return say(date, language) if date and (is_plain or language.startswith("en")) else date


def _note(edition: Edition, to: Addresses, note: Annotation, _part: tuple[str, ...]) -> Json:
    """Give an editor's note, on the passages that are marked for it and the record it names."""
    targets: list[Json | str] = [
        _target(to, one) for one in segments(edition, note) if one.kind == "passage"
    ]
    if edition.address(note.on):
        targets.append(to.record(note.on))
    motivation = MOTIVATIONS.get(note.type, "commenting")
    body: Json = {
        "type": "TextualBody",
        "purpose": motivation,
        "value": edition.text(note),
        "format": "text/plain",
        "language": edition.language,
    }
    body |= known(
        {
            "creator": named(note.editor) if note.editor else None,
            "dcterms:date": note.date,
            "dcterms:source": _source(to, note.source),
        }
    )
    return {
        "id": to.record(note.id, "#note"),
        "type": "Annotation",
        "motivation": motivation,
        "dcterms:type": "note",
        **_fields([("type", note.type)], {"type": vocabulary.ANNOTATION_TYPES}),
        "body": body,
        "target": one_or_more(targets),
        "via": to.record(note.id),
        **_provenance(edition, note),
    }


def _case(edition: Edition, to: Addresses, case: Contradiction, _part: tuple[str, ...]) -> Json:
    """Give statements that do not agree, each a target in the same form, and the case's text."""
    text = edition.text(case)
    body = {
        "type": "TextualBody",
        "purpose": "describing",
        "value": text,
        "format": "text/plain",
        "language": edition.language,
        **known({"creator": named(case.editor) if case.editor else None}),
    }
    given = {
        "kind": case.kind,
        "relation": case.relation,
        "status": case.status,
        "certainty": case.certainty,
    }
    lists = {
        "kind": vocabulary.CONTRADICTION_KINDS,
        "relation": vocabulary.RELATIONS,
        "status": vocabulary.STATUSES,
        "certainty": vocabulary.CERTAINTIES,
    }
    at_issue = edition.at_issue_in(case)
    return {
        "id": to.record(case.id, "#case"),
        "type": "Annotation",
        "motivation": "linking",
        "label": edition.label(case),
        "dcterms:type": "tension" if case.relation == "tension" else "contradiction",
        **_fields(given.items(), lists),
        **({"body": body} if text else {}),
        "target": [
            {
                **_page_of(edition, to, side),
                **_fields(("at-issue", words) for words in at_issue.get(side, ())),
            }
            for side in _sides(edition, case)
        ],
        "via": to.record(case.id),
        **_provenance(edition, case),
    }


def _page_of(edition: Edition, to: Addresses, name: str) -> Json:
    """Give the page of a statement, with its opening words; of another edition's, as far as known.

    In which language that is written is known of another volume alone.
    """
    quote, remote = edition.quotes.get(name), edition.remote.get(name)
    return known(
        {
            "id": to.record(name),
            "type": "Text",
            "format": "text/html",
            "language": quote.lang or edition.language if quote else _language_of(edition, remote),
            "label": edition.label(quote) if quote else remote.label if remote else "",
        }
    )


def _language_of(edition: Edition, remote: RemoteQuote | None) -> str:
    return remote.lang or edition.language if remote and remote.words else ""


def _elsewhere(edition: Edition, to: Addresses, name: str) -> Json:
    """Give a statement of another edition, with what another volume has told of it."""
    made, remote = _page_of(edition, to, name), edition.remote.get(name)
    if remote is None or not remote.words:
        return made
    source = {"label": remote.source_label, "schema:identifier": remote.source}
    is_body = remote.speaker_kind == "organisation"
    return made | known(
        {
            "type": ["Text", "schema:Quotation"],
            "schema:text": remote.words,
            "schema:spokenByCharacter": {
                "type": "Organization" if is_body else "Person",
                "name": remote.speaker_name,
            },
            "dcterms:date": remote.spoken,
            "dcterms:source": known({"id": remote.source_url, **source}),
        }
    )


def _answer(edition: Edition, to: Addresses, case: Contradiction, part: tuple[str, ...]) -> Json:
    """Give a statement that answers a case."""
    answer = edition.quotes.get(part[0])
    # No colon may stand in a fragment; see `Addresses.record`.
    name = part[0].replace(":", "/")
    return {
        "id": to.record(case.id, f"#answer/{name}"),
        "type": "Annotation",
        "motivation": "replying",
        "dcterms:type": "answer",
        "body": {
            "type": "SpecificResource",
            "purpose": "replying",
            "source": _statement(edition, to, answer)
            if answer
            else _elsewhere(edition, to, part[0]),
        },
        "target": {
            "id": to.record(case.id),
            "type": "Text",
            "format": "text/html",
            "language": edition.language,
            "label": edition.label(case),
        },
        "via": to.record(case.id),
        **_provenance(edition, case),
    }


def _fields(
    given: Iterable[tuple[str, str]], lists: Mapping[str, Mapping[str, str]] = MappingProxyType({})
) -> Json:
    """Give fields of a record that the model has no term for, each word with its meaning."""
    made = [
        known(
            {
                "type": "schema:PropertyValue",
                "schema:propertyID": name,
                "schema:value": value,
                "schema:description": lists.get(name, {}).get(value, ""),
            }
        )
        for name, value in given
        if value
    ]
    return {"schema:additionalProperty": made} if made else {}


def _source(to: Addresses, key: str) -> Json | None:
    """Give a source by its address, where one is known, and its name."""
    if not key:
        return None
    source = to.edition.sources.get(key)
    return known(
        {
            "id": to.source(key),
            "label": source.label if source else key,
            "schema:identifier": key,
        }
    )


def _provenance(edition: Edition, record: Record) -> Json:
    """Give what is known of who made an annotation, when, and what others may do with it.

    The ledger knows days; the model wants a time (3.3.1), and so they are given as beginning.
    """
    days = [entry.date for entry in edition.ledger.revisions(record.id)]
    return known(
        {
            "creator": one_or_more([named(name) for name in edition.imprint.editors]),
            "created": _day(days[0]) if days else "",
            "modified": _day(days[-1]) if len(days) > 1 else "",
            "rights": rights(edition),
            "generator": {
                "type": "Software",
                "name": "sphinx-ontherecord",
                "schema:softwareVersion": __version__,
            },
        }
    )


def _day(date: str) -> str:
    """Give the beginning of a day as ``xsd:dateTime`` in UTC."""
    return f"{date}T00:00:00Z"


def rights(edition: Edition) -> str:
    """Give the licence, which must be an IRI (3.3.6)."""
    address = edition.imprint.licence_address
    return address if _IRI.fullmatch(address) else ""


def named(name: str) -> Json:
    """Give an agent, of whom no more than the name is known."""
    return {"name": name}


def known(made: Json) -> Json:
    """Give what is known of it."""
    return {name: value for name, value in made.items() if value not in ("", None, [])}


def one_or_more(values: Sequence[Any]) -> Any:
    """Give a value alone, or several as a list, as the model's own examples do."""
    return values[0] if len(values) == 1 else list(values)
