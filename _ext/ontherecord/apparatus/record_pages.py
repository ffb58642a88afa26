"""Writes ``cite/ID.html``: the permanent address of each record, and of those that are gone.

A page whose content has not changed is not touched. The event ``record-page-head``,
emitted with an identifier, asks for HTML to stand in the head of its page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, select_autoescape
from sphinx.locale import get_translation

from ontherecord.apparatus.frame import make_frame
from ontherecord.apparatus.phrases import say, term
from ontherecord.apparatus.record_page import Page, Part, RecordPageComposer
from ontherecord.citing.of_record import item_of_record
from ontherecord.domain import domain_of
from ontherecord.views import ContradictionView, NoteView, QuoteView, SpeakerView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from ontherecord.evidence.ledger import Entry
    from ontherecord.views import Link

_ = get_translation("ontherecord")

FOLDER: Final = "cite"
BUILDERS: Final = frozenset({"html", "dirhtml", "singlehtml", "readthedocs", "readthedocsdirhtml"})
MOST_STATEMENTS: Final = 20
"""Most statements on a speaker's record page; the speaker's own page has all of them."""

_OURS: Final = '<meta name="generator" content="sphinx-ontherecord">'


def connect(app: Sphinx) -> None:
    """Have the pages written at the end of a build."""
    app.add_event("record-page-head")
    app.connect("build-finished", write_pages)


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the pages that have changed, and remove those of records never published and gone."""
    if exception is not None or app.builder.name not in BUILDERS:
        return
    folder = Path(app.outdir) / FOLDER
    written = _written(app, folder) if app.config.record_citation_pages else set()
    for path in folder.glob("*.html"):
        if path not in written and _OURS in path.read_text(encoding="utf-8", errors="replace"):
            path.unlink()


def _written(app: Sphinx, folder: Path) -> set[Path]:
    writer = _Pages(app)
    template = _templates().get_template("record.html")
    written = set()
    for page in writer.pages():
        path = folder / f"{page.id}.html"
        content = template.render(**writer.context(page))
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        written.add(path)
    return written


def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("ontherecord"),
        autoescape=select_autoescape(),
        keep_trailing_newline=True,
    )


class _Pages:
    """Makes pages of an edition's records and of the ledger's."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._domain = domain_of(app.env)
        self._language = app.config.language or "en"
        has_files = "citations" in self._domain.edition.imprint.formats
        self._composer = RecordPageComposer(app.builder, self._language, has_files=has_files)

    def context(self, page: Page) -> dict[str, Any]:
        """Give what the template wants."""
        frame = make_frame(
            self._app.builder,
            f"{FOLDER}/{page.id}",
            title=page.title,
            description=page.description,
            uri=f"{FOLDER}/{page.id}.html",
            href=self._composer.address,
            static="../_static/",
            kind=f"record wide record-{page.kind}",
        )
        heads = self._app.emit("record-page-head", page.id)
        return {"frame": frame, "page": page, "tr": _, "head": "\n".join(filter(None, heads))}

    def pages(self) -> Iterable[Page]:
        """Give the page of each record, then of each identifier that is no record's any more."""
        edition = self._domain.edition
        for identifier in edition.own:
            page = self._record(identifier)
            page.events = [
                self._event(entry) for entry in edition.ledger.entries.get(identifier, [])
            ]
            yield page
        for identifier in sorted(edition.ledger.entries):
            if identifier not in edition.records:
                yield self._gone(identifier)

    def _record(self, identifier: str) -> Page:
        view = self._domain.views.block(identifier, MOST_STATEMENTS)
        item = item_of_record(self._domain.edition, self._domain.edition.records[identifier])
        match view:
            case QuoteView():
                quote = self._domain.edition.quotes[identifier]
                excerpts = self._domain.views.excerpts(quote)
                return self._composer.quote_page(view, self._domain.evidence(quote), excerpts, item)
            case ContradictionView():
                return self._composer.contradiction_page(view, item)
            case SpeakerView():
                return self._composer.speaker_page(view, item)
            case NoteView():
                return self._composer.note_page(view, item)
        raise LookupError(identifier)

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
