"""What a feed's entry shows of a record, as HTML: words first, both sides in the same form."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from ontherecord.dates import say
from ontherecord.evidence.ledger import label
from ontherecord.exchange.phrases import translation
from ontherecord.records import Annotation, Contradiction, Quote, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontherecord.edition import Edition
    from ontherecord.evidence.ledger import Entry
    from ontherecord.records import Record, RemoteQuote, Source

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)


def entry_html(edition: Edition, record: Record, standing: Entry | None) -> str:
    """Give a record as HTML (a fragment, of elements that feed readers let through)."""
    match record:
        case Quote():
            lines = _statement(edition, record)
        case Contradiction():
            lines = _case(edition, record)
        case Annotation():
            lines = _note(edition, record)
        case Speaker():
            lines = _speaker(edition, record)
    return "\n".join([*lines, *_event(edition, standing)])


def gone_html(edition: Edition, standing: Entry, target: str, link: str) -> str:
    """Give what became of an identifier, as HTML: what it was, why, and where it is now.

    ``target`` is the label of the record that is in its place, and ``link`` its address.
    """
    _ = translation(edition.language)
    when = {"day": say(standing.date, edition.language, _), "reason": standing.reason}
    lines = [_paragraph(f"{_(standing.kind)}: {standing.label}")]
    if standing.event == "moved":
        now = _anchor(target, link)
        lines.append(f"<p>{escape(_('Moved on %(day)s. It is now:') % when)} {now}</p>")
        if standing.reason:
            lines.append(_paragraph(standing.reason))
    elif standing.event == "withdrawn":
        lines.append(_paragraph(_("Withdrawn on %(day)s: %(reason)s.") % when))
    else:
        lines.append(_paragraph(_("This record is no longer in the edition.")))
    return "\n".join(lines)


def _statement(edition: Edition, quote: Quote) -> Iterator[str]:
    """Give a statement: its words, a paragraph each, and who said it, when, where, in what."""
    source = edition.sources.get(quote.source)
    yield from _said(
        edition,
        quote,
        edition.words(quote).paragraphs,
        edition.speaker_name(quote),
        _source(source) if source else "",
    )


def _said(
    edition: Edition, quote: Quote | RemoteQuote, words: Iterable[str], name: str, source: str
) -> Iterator[str]:
    """Give words, and who said them, when, where, in what; the source is HTML."""
    language = quote.lang or edition.language
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in words)
    yield f'<blockquote lang="{escape(language)}" dir="auto">{paragraphs}</blockquote>'
    _ = translation(edition.language)
    said = [name]
    if quote.spoken:
        said.append(say(quote.spoken, edition.language, _))
    if quote.place:
        said.append(quote.place)
    line = f"— {escape(', '.join(said))}"
    if source:
        line += f". {escape(_('Source: '))}{source}"
    yield f"<p>{line}</p>"
    if quote.translation:
        yield _paragraph(_("In translation: ") + quote.translation)


def _case(edition: Edition, case: Contradiction) -> Iterator[str]:
    """Give a case: what it is said to be, each side in the same form, the text, the answers."""
    _ = translation(edition.language)
    said = _("tension") if case.relation == "tension" else _("contradiction")
    terms = [case.kind, "" if case.relation == "tension" else case.relation, case.status]
    yield _paragraph("; ".join([said, *(_(term) for term in terms if term)]))
    for side in case.between:
        yield from _side(edition, side)
    yield from map(_paragraph, edition.paragraphs(case))
    for answer in case.answered_by:
        remote = edition.remote_quote(answer)
        name = edition.side_name(answer) if remote is None else remote.speaker_name
        yield _paragraph((_("Answer of %s: ") % name if name else _("Answer: ")).rstrip())
        yield from _side(edition, answer)
    for event in case.history:
        day = say(event.date, edition.language, _)
        yield _paragraph(f"{day}: {_(event.status)}" + (f", {event.text}" if event.text else ""))


def _side(edition: Edition, name: str) -> Iterator[str]:
    """Give a statement of a case; of another edition's, where it is, and as much as is known."""
    if name in edition.quotes:
        yield from _statement(edition, edition.quotes[name])
    elif (remote := edition.remote_quote(name)) is not None:
        _ = translation(edition.language)
        place = _anchor(_("in %s") % remote.title, edition.address(name))
        if remote.words:
            url = remote.source_url if _WEB.match(remote.source_url) else ""
            source = f"{_anchor(remote.source_label, url)}; {place}"
            yield from _said(edition, remote, remote.paragraphs, remote.speaker_name, source)
            return
        if remote.label:
            yield f'<blockquote dir="auto"><p>{escape(remote.label)}</p></blockquote>'
        yield f"<p>— {place}</p>"


def _note(edition: Edition, note: Annotation) -> Iterator[str]:
    """Give a note, what it is on, and what it rests on."""
    _ = translation(edition.language)
    if (on := edition.records.get(note.on)) is not None:
        yield _paragraph(_("Note on %s") % label(edition, on))
    elif (remote := edition.remote_quote(note.on)) is not None:
        said = f"{remote.speaker_name}, “{remote.label}”" if remote.speaker_name else remote.label
        yield _paragraph(_("Note on %s") % (said or remote.title))
    yield from map(_paragraph, edition.paragraphs(note))
    if source := edition.sources.get(note.source):
        yield f"<p>{escape(_('Source: '))}{_source(source)}</p>"


def _speaker(edition: Edition, speaker: Speaker) -> Iterator[str]:
    """Give a speaker: posts as they are entered, and who they are."""
    _ = translation(edition.language)
    for post in speaker.posts:
        parts = [post.title, post.body]
        parts += [say(post.interval, edition.language, _)] if post.interval else []
        yield _paragraph(", ".join(filter(None, parts)))
    if speaker.text:
        yield from map(_paragraph, edition.paragraphs(speaker))


def _event(edition: Edition, standing: Entry | None) -> Iterator[str]:
    if standing is not None:
        _ = translation(edition.language)
        said = f"{say(standing.date, edition.language, _)}: {_(standing.event)}"
        yield _paragraph(said + (f", {standing.reason}" if standing.reason else ""))


def _source(source: Source) -> str:
    address = source.field("url")
    return _anchor(source.label, address if _WEB.match(address) else "")


def _anchor(text: str, address: str) -> str:
    if not address:
        return escape(text)
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
