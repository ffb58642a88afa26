"""The ``standOff``: who speaks and when, in which wordings, and what is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontherecord.exchange.tei.dates import date, dated
from ontherecord.exchange.tei.elements import (
    address,
    container,
    element,
    paragraphs,
    pointers,
    token,
    wording,
)
from ontherecord.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ontherecord.exchange.tei.article import Article
    from ontherecord.exchange.tei.elements import Element
    from ontherecord.records import Annotation, Contradiction, Post, Quote, Reading, Speaker

_MOTIVATIONS: Final[Mapping[str, str]] = {
    "context": "commenting",
    "definition": "describing",
    "correction": "assessing",
    "source": "describing",
    "translation": "commenting",
}
"""The types of notes in the closed list of TEI, which is that of Web Annotation (3.3.5)."""


def stand_off(article: Article) -> Element | None:
    """Give the ``standOff`` of an article, or nothing where no record concerns it."""
    people = [one for one in article.speakers if one.kind != "organisation"]
    bodies = [one for one in article.speakers if one.kind == "organisation"]
    lists = [
        container("listPerson", (_person(article, one) for one in people)),
        container("listOrg", (_organisation(article, one) for one in bodies)),
        container("listEvent", (_utterance(article, one) for one in article.quotes)),
        container("listApp", (_apparatus(article, one) for one in article.quotes)),
        *(_links(article, one) for one in article.cases),
        container("listEvent", (one for case in article.cases for one in _history(article, case))),
        container("listAnnotation", (_annotation(article, one) for one in article.notes)),
    ]
    return container("standOff", lists)


def _person(article: Article, one: Speaker) -> Element:
    """Give a speaker who is a person; one without a name has a designation and no ``persName``."""
    if one.kind == "unnamed":
        name = element("note", one.name, type="designation")
        aliases = [element("note", alias, type="designation") for alias in one.aliases]
    else:
        name = _name(one)
        aliases = [element("persName", alias, type="alias") for alias in one.aliases]
    return element(
        "person",
        name,
        *aliases,
        *(element("idno", value, type=token(name)) for name, value in one.authorities),
        *(_affiliation(post) for post in one.posts),
        _text(article, one),
        xml_id=article.own(one),
        ana=article.category("speaker-kind", one.kind),
        corresp=article.permanent(one.id),
    )


def _name(one: Speaker) -> Element:
    """Give a name as written, with forename and surname marked where the surname is known."""
    pattern = rf"(?<!\w){re.escape(one.family)}(?!\w)"
    found = list(re.finditer(pattern, one.name)) if one.family else []
    if not found:
        return element("persName", one.name)
    before, after = one.name[: found[-1].start()], one.name[found[-1].end() :]
    parts: list[Element | str] = []
    if before.strip():
        bare = before.rstrip()
        parts += [element("forename", bare), before[len(bare) :]]
    parts.append(element("surname", one.family))
    if after.strip() and not before.strip():
        bare = after.lstrip()
        parts += [after[: len(after) - len(bare)], element("forename", bare)]
    else:
        parts.append(after)  # What follows both, such as "Jr.", is neither.
    return element("persName", *(part for part in parts if not isinstance(part, str) or part))


def _affiliation(post: Post) -> Element:
    return element("affiliation", *_post(post), **dated(post.interval, lasting=True))


def _post(post: Post) -> list[Element | None]:
    return [
        element("roleName", post.title) if post.title else None,
        element("orgName", post.body) if post.body else None,
        date(post.interval, lasting=True),
    ]


def _text(article: Article, one: Speaker) -> Element | None:
    """Give what the editors say of a speaker."""
    text = article.edition.text(one)
    return element("note", *paragraphs(text), type="editorial") if text else None


def _organisation(article: Article, one: Speaker) -> Element:
    return element(
        "org",
        element("orgName", one.name),
        *(element("orgName", alias, type="alias") for alias in one.aliases),
        *(element("idno", value, type=token(name)) for name, value in one.authorities),
        # A body has no affiliation in TEI.
        *(element("desc", *_post(post), type="post") for post in one.posts),
        _text(article, one),
        xml_id=article.own(one),
        ana=article.category("speaker-kind", one.kind),
        corresp=article.permanent(one.id),
    )


def _utterance(article: Article, quote: Quote) -> Element:
    """Give the event of words' being spoken: when, where, by whom and to whom.

    It stands for the quote as a record: the article's fragments, the wordings and the
    contradictions point at it.
    """
    speaker = article.edition.speakers.get(quote.speaker)
    fragments = article.edition.words(quote).fragments
    name = element("rs", speaker.name, ref=article.record(speaker.id)) if speaker else None
    place = element("placeName", quote.place) if quote.place else None
    return element(
        "event",
        element("label", article.edition.label(quote)),
        _described("speaker", name),
        _described("spoken", date(quote.spoken)),
        _described("time", _time(article, quote)),
        _described("place", place),
        *(_described(name, getattr(quote, name) or None) for name in ("to", "asked", "scope")),
        _described(
            "translation", quote.translation or None, article.lang(article.edition.language)
        ),
        _witnessed(article, quote.source, quote.locator),
        _witnessed(article, quote.via, "", "via"),
        *_verified(article, quote),
        type="utterance",
        xml_id=article.own(quote),
        ana=pointers(
            article.category("mode", quote.mode),
            article.brackets(quote.brackets),
            # Of words without a break there is nothing to say.
            article.category("contiguous", quote.contiguous) if len(fragments) > 1 else "",
            *(f"#{article.topics[topic]}" for topic in quote.topics),
        ),
        corresp=pointers(
            article.permanent(quote.id),
            *(f"#{name}" for name in article.given.get(quote.id, ())),
            *(f"#{name}" for name in article.places.get(quote.id, ())),
        ),
        **dated(quote.spoken),
    )


def _described(kind: str, content: Element | str | None, lang: str | None = None) -> Element | None:
    return None if content is None else element("desc", content, type=kind, xml_lang=lang)


def _time(article: Article, quote: Quote) -> Element | None:
    """Give the time as written (ISO 8601-1, 5.3), which may not be that of the words."""
    if not quote.time:
        return None
    kind = article.category("time-is", quote.time_is)
    return element("time", quote.time, when_iso=quote.time, ana=kind)


def _witnessed(article: Article, key: str, locator: str, kind: str = "") -> Element | None:
    """Give a reference to a source of the file, and to a place in it."""
    if not article.source(key):
        return None
    cited = element("citedRange", locator) if locator else None
    label = element("ref", article.sources[key].label, target=article.source(key))
    return element("bibl", label, cited, type=kind)


def _verified(article: Article, quote: Quote) -> Iterator[Element]:
    """Give which wordings were found in a capture of their source, and when."""
    wordings = [(quote.source, article.edition.words(quote).fragments)]
    wordings += [(reading.source, (reading.words,)) for reading in quote.readings]
    for key, fragments in wordings:
        found = article.edition.verification(quote, key, fragments)
        if found is not None:
            yield element(
                "note",
                date(found.verified),
                element("idno", found.swhid, type="SWHID") if found.swhid else None,
                type="verified",
                source=article.source(key),
            )


def _apparatus(article: Article, quote: Quote) -> Element | None:
    """Give the whole wordings of a quote side by side, or nothing where there is only one."""
    if not quote.readings:
        return None
    places = [f"#{name}" for name in article.lemma(quote)]
    lemma = wording(
        "lem",
        article.edition.words(quote).text,
        wit=article.witness(quote.source),
        xml_lang=article.lang(quote.lang),
    )
    content = [part for reading in quote.readings for part in _reading(article, quote, reading)]
    return element(
        "app",
        lemma,
        *content,
        corresp=article.record(quote.id),
        from_=places[0] if places else None,
        to=places[-1] if places else None,
    )


def _reading(article: Article, quote: Quote, reading: Reading) -> Iterator[Element]:
    """Give one more wording, and what is known of where it stands."""
    lang = article.lang(reading.lang or quote.lang)
    own = quote.lang or article.edition.language
    is_translation = bool(reading.lang) and primary(reading.lang) != primary(own)
    witness = article.witness(reading.source)
    yield wording(
        "rdg",
        reading.words,
        wit=witness,
        type="translation" if is_translation else None,
        ana=pointers(article.category("mode", reading.mode), article.brackets(reading.brackets)),
        xml_lang=lang,
    )
    if witness:
        for kind in ("locator", "scope"):
            if text := getattr(reading, kind):
                yield element("witDetail", text, wit=witness, type=kind)
        if via := article.source(reading.via):
            label = article.sources[reading.via].label
            yield element("witDetail", element("ref", label, target=via), wit=witness, type="via")


MOST: Final = 50
"""Most sides and answers of a case that the file of each article has: of a case with more, a file
has those that stand in it, and points at the case for the others. Hundreds would be listed
in hundreds of files."""


def _links(article: Article, case: Contradiction) -> Element:
    """Give what a case is between and what answers it, with its text by the editors."""
    own = f"#{article.own(case)}"
    kind = "tension" if case.relation == "tension" else "contradiction"
    responsible = article.editor(case.editor)
    is_large = len(case.between) + len(case.answered_by) > MOST
    listed = article.holds if is_large else bool
    sides = list(dict.fromkeys(filter(None, map(article.record, filter(listed, case.between)))))
    answers = [one for one in map(article.record, filter(listed, case.answered_by)) if one]
    text = article.edition.text(case)
    return element(
        "linkGrp",
        *(element("desc", one, type="case") for one in (text.split("\n\n") if text else ())),
        *(
            element("desc", element("quote", words), type="at-issue", corresp=article.record(name))
            for name, words in article.edition.all_at_issue(case)
            if listed(name)
        ),
        # A link has two ends; where a side is missing it only points.
        element(
            "link" if len(sides) > 1 else "ptr",
            type=kind,
            target=pointers(*sides) or own,
            cert=case.certainty if case.certainty in {"high", "medium", "low"} else None,
            resp=responsible,
            ana=pointers(
                article.category("relation", case.relation),
                article.category("kind", case.kind),
                article.category("status", case.status),
            ),
        ),
        *(element("link", type="answer", target=f"{answer} {own}") for answer in answers),
        element("ptr", type="whole", target=article.permanent(case.id)) if is_large else None,
        type=kind,
        xml_id=article.own(case),
        corresp=article.permanent(case.id),
        resp=responsible,
    )


def _history(article: Article, case: Contradiction) -> Iterator[Element]:
    for event in case.history:
        yield element(
            "event",
            element("desc", event.text or None),
            _described("date", date(event.date)),
            type="history",
            corresp=f"#{article.own(case)}",
            ana=article.category("status", event.status),
            **dated(event.date),
        )


def _annotation(article: Article, note: Annotation) -> Element:
    """Give an editors' note, in TEI's form of a Web Annotation."""
    passages = [f"#{name}" for name in article.places.get(note.id, ())]
    editor = article.editor(note.editor)
    change = (
        element("change", date(note.date), who=editor, **dated(note.date)) if note.date else None
    )
    imprint = article.edition.imprint
    here = article.absolute(imprint.of_page(article.document.docname))
    licence = imprint.licence_address
    return element(
        "annotation",
        element("revisionDesc", change) if change is not None else None,
        element("licence", imprint.licence, target=address(licence)) if licence else None,
        element("note", *paragraphs(article.edition.text(note)), type=token(note.type)),
        xml_id=article.own(note),
        motivation=_MOTIVATIONS.get(note.type),
        # A note on nothing that there is, is on the article.
        target=pointers(article.record(note.on), *passages) or here,
        ana=article.category("annotation-type", note.type),
        source=article.source(note.source),
        resp=editor,
        corresp=article.permanent(note.id),
    )
