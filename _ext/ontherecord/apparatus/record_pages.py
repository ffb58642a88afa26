"""Makes ``cite/ID.html``: the permanent address of each record, and of those that are gone.

The event ``record-page-head``, emitted with an identifier, asks other extensions for HTML to stand
in the head of its page.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader
from markupsafe import escape
from sphinx.locale import get_translation

from ontherecord.apparatus.frame import about_of, description_of, make_frame
from ontherecord.apparatus.phrases import say, term
from ontherecord.apparatus.record_main import main_of
from ontherecord.apparatus.record_page import Page, Part, RecordPageComposer
from ontherecord.apparatus.shell import Shell
from ontherecord.citing.of_record import item_of_record
from ontherecord.domain import domain_of
from ontherecord.settings import RECORD_PAGES
from ontherecord.views import ContradictionView, NoteView, QuoteView, SpeakerView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Template
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ontherecord.apparatus.frame import Frame
    from ontherecord.citing.item import Item
    from ontherecord.evidence.ledger import Entry
    from ontherecord.records import Record
    from ontherecord.views import Link

_ = get_translation("ontherecord")

MOST_STATEMENTS: Final = 20
"""Most statements on a speaker's record page; the speaker's own page has all of them."""

OURS: Final = b'<meta name="generator" content="sphinx-ontherecord">'
"""What tells such a page from one that somebody else has put there."""


def frame_of(builder: Builder, name: str, title: str, description: str, kind: str = "") -> Frame:
    """Give the frame of a record's page."""
    composer = RecordPageComposer(builder, "", has_files=False)
    return make_frame(
        builder,
        f"{RECORD_PAGES}/{name}",
        title=title,
        description=description,
        uri=f"{RECORD_PAGES}/{name}.html",
        href=composer.address,
        static="../_static/",
        kind=f"record wide record-{kind}",
    )


class RecordPages:
    """Makes pages of an edition's records and of the ledger's."""

    def __init__(self, app: Sphinx, head_of: Callable[[Record, Item], str]) -> None:
        """Take the application, when all documents are read and the imprint is known.

        ``head_of`` gives what else is to stand in the head of a record's page, as HTML.
        """
        self._app = app
        self._domain = domain_of(app.env)
        self._language = app.config.language or "en"
        has_files = "citations" in self._domain.edition.imprint.formats
        self._composer = RecordPageComposer(app.builder, self._language, has_files=has_files)
        self._head_of = head_of
        self._is_asked = bool(app.events.listeners.get("record-page-head"))
        self._about = about_of(app.builder)
        self._shells: dict[tuple[object, ...], Shell] = {}

    @cached_property
    def _template(self) -> Template:
        environment = Environment(loader=PackageLoader("ontherecord"), autoescape=True)
        environment.keep_trailing_newline = True
        return environment.get_template("record.html")

    @property
    def records(self) -> list[str]:
        """The records that have pages, in order."""
        return list(self._domain.edition.own)

    @property
    def gone(self) -> list[str]:
        """The identifiers that are no record's any more, in order."""
        edition = self._domain.edition
        return sorted(edition.ledger.entries.keys() - edition.records.keys())

    def of_record(self, identifier: str) -> str:
        """Give the page of a record."""
        edition = self._domain.edition
        record = edition.records[identifier]
        item = item_of_record(edition, record)
        page = self._record(record, item)
        page.events = list(map(self._event, edition.ledger.entries.get(identifier, ())))
        return self._html(page, self._head_of(record, item))

    def of_gone(self, identifier: str) -> str:
        """Give the page of an identifier that is no record's any more."""
        return self._html(self._gone(identifier))

    def _html(self, page: Page, head: str = "") -> str:
        """Give a page whole; what is around its own texts is made once for all like it."""
        heads = [head, *self._heads_of_others(page.id)]
        texts = {
            "name": escape(page.id),
            "title": escape(page.title),
            "description": escape(description_of(page.title, page.description, self._about)),
            "head": "\n".join(filter(None, heads)),
            "main": main_of(page),
        }
        # The template asks whether there is a text, and whether the title is the edition's.
        is_plain = page.title in {"", self._app.config.project}
        same = page.kind, page.title if is_plain else None, *map(bool, texts.values())
        shell = self._shells.get(same)
        if shell is None:
            shell = self._shells[same] = Shell(
                [
                    name
                    for name, text in texts.items()
                    if text and not (is_plain and name == "title")
                ],
                lambda places: self._render(page.kind, {"title": page.title, **places}),
            )
        return shell.fill(texts)

    def _heads_of_others(self, identifier: str) -> list[str]:
        if not self._is_asked:
            return []
        return self._app.emit("record-page-head", identifier)

    def _render(self, kind: str, texts: Mapping[str, str]) -> str:
        description, head = texts.get("description", ""), texts.get("head", "")
        frame = frame_of(self._app.builder, texts["name"], texts["title"], description, kind)
        return self._template.render(frame=frame, tr=_, head=head, main=texts["main"])

    def _record(self, record: Record, item: Item) -> Page:
        view = self._domain.views.block(record.id, MOST_STATEMENTS)
        match view:
            case QuoteView():
                quote = self._domain.edition.quotes[record.id]
                excerpts = self._domain.views.excerpts(quote)
                return self._composer.quote_page(view, self._domain.evidence(quote), excerpts, item)
            case ContradictionView():
                return self._composer.contradiction_page(view, item)
            case SpeakerView():
                return self._composer.speaker_page(view, item)
            case NoteView():
                return self._composer.note_page(view, item)
        raise LookupError(record.id)

    def _to(self, link: Link) -> Part:
        return Part(link.label, f"{link.id}.html")

    def _event(self, entry: Entry) -> dict[str, str]:
        said = f"{say(entry.date, self._language)}: {term(entry.event)}"
        said += f", {entry.reason}" if entry.reason else ""
        return {"said": said, "fingerprint": entry.fingerprint}

    def _gone(self, identifier: str) -> Page:
        """Give the page of an identifier that is moved, withdrawn, or gone without a word."""
        ledger = self._domain.edition.ledger
        entries = ledger.entries[identifier]
        standing = entries[-1]
        page = Page(identifier, standing.kind, standing.label, kicker=term(standing.kind))
        page.events = [self._event(entry) for entry in entries]
        when = {"day": say(standing.date, self._language), "reason": standing.reason}
        if standing.event == "moved":
            page.standing = _("Moved on %(day)s. It is now:") % when
            target = ledger.moved_to(identifier) or standing.target
            now, gone = self._domain.views.label(target), ledger.standing(target)
            page.now = self._to(now) if now else Part(target, f"{target}.html")
            if now is None and gone is not None:
                page.now = Part(f"{gone.label} ({term(gone.event)})", f"{target}.html")
        elif standing.event == "withdrawn":
            page.standing = _("Withdrawn on %(day)s: %(reason)s.") % when
        else:
            page.standing = _("This record is no longer in the edition.")
        return page
