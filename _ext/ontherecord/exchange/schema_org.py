"""Records and articles in the terms of schema.org, as JSON-LD 1.1.

Nothing here is a ``ClaimReview``: that is a verdict with a rating, and the edition has no field
in which an editor would sign one. That a contradiction was conceded or retracted is what its
sides did, and rates neither. Where the edition's address is not known, no address is given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.dates import instant
from ontherecord.exchange.formats.edition_json import SCHEMA as EDITION_SCHEMA
from ontherecord.exchange.signposting import authority_addresses, record_types, speaker_type
from ontherecord.records import PUBLISHERS, Annotation, Contradiction, Quote, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ontherecord.edition import Edition
    from ontherecord.records import Post, Record, RemoteQuote, Source

    Data = dict[str, Any]

CONTEXT: Final = "https://schema.org"

_ISO: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")  # No season: 2017-21
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def of_record(edition: Edition, record: Record) -> Data:
    """Give a record: what stands in the head of its page."""
    match record:
        case Quote():
            return of_quote(edition, record)
        case Contradiction():
            return of_contradiction(edition, record)
        case Annotation():
            return of_annotation(edition, record)
        case Speaker():
            return of_speaker(edition, record)


def of_quote(edition: Edition, quote: Quote) -> Data:
    """Give a statement as a ``Quotation``, and as a ``Claim`` too where it is contradicted."""
    articles = [_article(edition, name) for name in _articles_of(edition, quote)]
    is_claim = edition.is_contradicted(quote.id)
    by = _speaker_then(edition, quote)
    return _document(
        {
            "@type": _one(record_types(edition, quote)),
            **_named(edition, quote),
            "text": edition.words(quote).text,
            "spokenByCharacter": by,
            "creator": {"@id": by["@id"]} if by and "@id" in by else None,
            "dateCreated": _spoken(quote),
            "inLanguage": quote.lang or edition.language,
            "isPartOf": _one(articles),
            "appearance": _one(articles) if is_claim else None,
            "citation": _one([_source(edition, key) for key in edition.sources_of(quote)]),
            "keywords": list(quote.topics),
        }
    )


def of_contradiction(edition: Edition, case: Contradiction) -> Data:
    """Give a case as a ``CreativeWork`` about its sides, each in the same form, with no verdict.

    schema.org has no term for it: ``additionalType`` is ``contradiction``, or ``tension`` for
    one that is none; a contradiction has the address of what the edition means by it as well.
    """
    kind = "tension" if case.relation == "tension" else "contradiction"
    types = [kind]
    if edition.imprint.address and kind == "contradiction":
        types.append(f"{edition.imprint.address}{EDITION_SCHEMA}#/$defs/ContradictionShape")
    relation = case.relation if case.relation != kind else ""
    return _document(
        {
            "@type": "CreativeWork",
            "additionalType": _one(types),
            **_named(edition, case),
            "name": edition.label(case),
            "text": edition.text(case),
            "about": [_side(edition, name) for name in case.between],
            "mentions": [_side(edition, name) for name in case.answered_by],
            "creativeWorkStatus": case.status,
            "keywords": [word for word in (case.kind, relation) if word],
            "editor": {"name": case.editor} if case.editor else None,
            "inLanguage": edition.language,
        }
    )


def of_annotation(edition: Edition, note: Annotation) -> Data:
    """Give an editor's note as a ``Comment`` about what it is on."""
    on = edition.records.get(note.on)
    home = edition.home(note)
    about = _mention(edition, on) if on else _elsewhere(edition, note.on) if note.on else None
    return _document(
        {
            "@type": "Comment",
            "additionalType": note.type,
            **_named(edition, note),
            "text": edition.text(note),
            "about": about,
            "isPartOf": _article(edition, home) if home in edition.articles else None,
            "citation": _source(edition, note.source) if note.source else None,
            "dateCreated": _iso(note.date),
            "author": {"name": note.editor} if note.editor else None,
            "inLanguage": edition.language,
        }
    )


def of_speaker(edition: Edition, speaker: Speaker) -> Data:
    """Give a speaker as a ``Person`` or an ``Organization``, with all posts."""
    known = _speaker(speaker, speaker.posts, *_said_of(edition, speaker))
    return _document({**known, **_named(edition, speaker)})


def of_article(edition: Edition, docname: str) -> Data:
    """Give an article as a ``NewsArticle``; raises `KeyError` where there is no such article.

    Its publisher is not said: the edition does not know it.
    """
    article = edition.articles[docname]
    quotes = edition.quotes_by_document.get(docname, [])
    keys = dict.fromkeys(key for quote in quotes for key in edition.sources_of(quote))
    imprint = edition.imprint
    parts = [_mention(edition, quote) for quote in quotes] if imprint.address else []
    return _document(
        {
            **_article(edition, docname),
            "description": article.description,
            # Whether an editor is a person or a body is not known, so no type is said.
            "author": _one([{"name": name} for name in imprint.editors]),
            "inLanguage": edition.language,
            "license": imprint.licence_address,
            "isPartOf": _edition(edition),
            "citation": _one([_source(edition, key) for key in keys]),
            "hasPart": parts,
        }
    )


def as_script(data: Data) -> str:
    """Give JSON-LD as the content of a script element, on one line.

    ``<``, ``>`` and ``&`` are escaped, so that nothing in it ends the element or begins a
    comment (HTML, 4.12.1.3; JSON-LD 1.1, 7.3).
    """
    text = msgspec.json.encode(data).decode()
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def _document(data: Data) -> Data:
    """Give what is known, under the context."""
    return {"@context": CONTEXT, **_known(data)}


def _known(data: Data) -> Data:
    return {name: value for name, value in data.items() if value}


def _one(values: Iterable[Any]) -> Any:
    """Give a single value bare, and several as a list."""
    found = [value for value in values if value]
    return found[0] if len(found) == 1 else found


def _named(edition: Edition, record: Record) -> Data:
    """Give what names a record: identifier, address, licence."""
    address = edition.imprint.of_record(record.id) if edition.imprint.address else ""
    return {
        "@id": address,
        "url": address,
        "identifier": record.id,
        "license": "" if isinstance(record, Speaker) else edition.imprint.licence_address,
    }


def _mention(edition: Edition, record: Record) -> Data:
    """Name a record that has a page of its own."""
    address = edition.imprint.of_record(record.id) if edition.imprint.address else ""
    types = _one(record_types(edition, record))
    return _known({"@type": types, "@id": address, "url": address, "identifier": record.id})


def _side(edition: Edition, name: str) -> Data:
    """Give a side of a case, or an answer: its words, and who spoke them."""
    quote = edition.quotes.get(name)
    if quote is None:
        return _elsewhere(edition, name)
    return _known(
        {
            **_mention(edition, quote),
            "@type": "Quotation",  # The same for each, whatever else a statement is a side of.
            "text": edition.words(quote).text,
            "spokenByCharacter": _speaker_then(edition, quote),
            "dateCreated": _spoken(quote),
        }
    )


def _elsewhere(edition: Edition, name: str) -> Data:
    """Give a statement of another edition, as far as that edition's inventory tells of it."""
    remote, address = edition.remote.get(name), edition.address(name)
    if remote is None:
        return _known({"@type": "Quotation", "@id": address, "url": address, "identifier": name})
    is_body = remote.speaker_kind == "organisation"
    speaker = {
        "@type": "Organization" if is_body else "Person",
        "description" if remote.speaker_kind == "unnamed" else "name": remote.speaker_name,
    }
    return _known(
        {
            "@type": "Quotation",
            "@id": address,
            "url": address,
            "identifier": name,
            "name": remote.label,
            "isPartOf": {"@type": "Collection", "name": remote.title},
            "text": remote.words,
            "spokenByCharacter": speaker if remote.words else None,
            "dateCreated": _spoken(remote),
        }
    )


def _speaker_then(edition: Edition, quote: Quote) -> Data | None:
    """Give a quote's speaker, with the posts that may have been held on the day."""
    speaker = edition.speakers.get(quote.speaker)
    if speaker is None:
        return None
    return _speaker(speaker, speaker.posts_on(quote.spoken), *_said_of(edition, speaker))


def _said_of(edition: Edition, speaker: Speaker) -> tuple[str, str]:
    """Give the address and the text that an edition has of a speaker."""
    address = edition.imprint.of_record(speaker.id) if edition.imprint.address else ""
    return address, edition.text(speaker)


@lru_cache(maxsize=1024)  # Many statements are of one speaker.
def _speaker(speaker: Speaker, posts: tuple[Post, ...], address: str, text: str) -> Data:
    type_ = speaker_type(speaker)
    # An unnamed person has no name: what the source calls them describes them.
    is_named = speaker.kind != "unnamed"
    family = speaker.family if is_named and type_ == "Person" else ""
    bodies = [post for post in posts if post.body]
    data = {
        "@type": type_,
        "@id": address,
        "url": address,
        "name": speaker.name if is_named else "",
        "familyName": family,
        "alternateName": _one(speaker.aliases),
        "description": _one(["" if is_named else speaker.name, text]),
        "sameAs": _one(authority_addresses(speaker)),
        "affiliation" if type_ == "Person" else "memberOf": _one(
            _membership(post, "affiliation" if type_ == "Person" else "memberOf") for post in bodies
        ),
        "hasOccupation": _one(_occupation(post) for post in posts if not post.body)
        if type_ == "Person"
        else [],
    }
    return _known(data)


def _membership(post: Post, term: str) -> Data:
    """Give a post in a body as a role, which repeats the term that it stands under."""
    return _known(
        {
            "@type": "OrganizationRole",
            term: {"@type": "Organization", "name": post.body},
            "roleName": post.title,
            **_interval(post),
        }
    )


def _occupation(post: Post) -> Data:
    """Give a post in no body that is named."""
    occupation = {"@type": "Occupation", "name": post.title}
    return _known({"@type": "Role", "hasOccupation": occupation, **_interval(post)})


def _interval(post: Post) -> Data:
    begin, slash, end = post.interval.partition("/")
    # A lone date says when the post was held, and not when it ended.
    return {"startDate": _iso(begin), "endDate": _iso(end)} if slash else {}


def _iso(date: str) -> str:
    """Give an EDTF date that is one of ISO 8601 too: a year, month or day; else nothing."""
    return date if _ISO.fullmatch(date) else ""


def _spoken(quote: Quote | RemoteQuote) -> str:
    """Give when words were spoken: the day, and the time where it is that of the words."""
    moment = instant(quote.spoken, quote.time) if quote.time_is == "spoken" else None
    return moment.isoformat(timespec="minutes") if moment else _iso(quote.spoken)


def _articles_of(edition: Edition, quote: Quote) -> list[str]:
    """Give the articles in which a quote stands, its home first."""
    home = edition.home(quote)
    names = {home, *edition.marks.get(quote.id, ())} & edition.articles.keys()
    return sorted(names, key=lambda name: (name != home, name))


def _article(edition: Edition, docname: str) -> Data:
    article = edition.articles[docname]
    address = edition.imprint.of_page(docname) if edition.imprint.address else ""
    return _news(article.title, article.date, address)


@lru_cache(maxsize=64)  # Statements of one article follow one another.
def _news(title: str, date: str, address: str) -> Data:
    return _known(
        {
            "@type": "NewsArticle",
            "@id": address,
            "url": address,
            "headline": title,
            "datePublished": _iso(date),
        }
    )


def _edition(edition: Edition) -> Data | None:
    imprint = edition.imprint
    if not imprint.title:
        return None
    return _known({"@type": "Collection", "name": imprint.title, "url": imprint.address})


def _source(edition: Edition, key: str) -> Data | None:
    """Give a source as far as the bibliography knows it."""
    source = edition.sources.get(key)
    return _work(source) if source else None


@lru_cache(maxsize=64)  # So do those that rest on one source.
def _work(source: Source) -> Data:
    url, publisher = source.field("url"), source.field(*PUBLISHERS)
    return _known(
        {
            "@type": "CreativeWork",
            "name": source.title or source.label,
            "url": url if _WEB.fullmatch(url) else "",
            "datePublished": _iso(source.date),
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        }
    )
