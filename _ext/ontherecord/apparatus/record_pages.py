"""Writes ``cite/ID.html``: the permanent address of each record, and of those that are gone.

The pages are plain and written without docutils, so that a hundred thousand of
them are quick to make; one whose content has not changed is not touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, select_autoescape
from sphinx.locale import get_translation

from ontherecord.apparatus.compose import say_when
from ontherecord.dates import say
from ontherecord.domain import domain_of
from ontherecord.views import ContradictionView, NoteView, QuoteView, SpeakerView, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from ontherecord.evidence.ledger import Entry
    from ontherecord.views import Link, SideView

_ = get_translation("ontherecord")

FOLDER: Final = "cite"
BUILDERS: Final = frozenset({"html", "dirhtml", "singlehtml", "readthedocs", "readthedocsdirhtml"})
MOST_STATEMENTS: Final = 20
"""Most statements on a speaker's record page; the speaker's own page has all of them."""

_OURS: Final = '<meta name="generator" content="sphinx-ontherecord">'


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line: a text, or a link."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of facts: what they are, and the facts."""

    head: str
    parts: list[Part]


@dataclass(slots=True)
class Page:
    """What stands on a record's page."""

    id: str
    kind: str
    title: str
    words: tuple[str, ...] = ()
    lang: str = ""
    lines: list[Line] = field(default_factory=list)
    standing: str = ""
    now: Part | None = None
    events: list[dict[str, str]] = field(default_factory=list)


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the pages that have changed, and remove those of records never published and gone."""
    wanted = app.builder.name in BUILDERS and app.config.record_citation_pages
    if exception is not None or not wanted:
        return
    folder = Path(app.outdir) / FOLDER
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
    for path in folder.glob("*.html"):
        if path not in written and _OURS in path.read_text(encoding="utf-8", errors="replace"):
            path.unlink()


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
        address = app.config.record_address or app.config.html_baseurl
        self._address = address.rstrip("/") + "/" if address else ""

    def context(self, page: Page) -> dict[str, Any]:
        """Give what the template wants besides the page."""
        fields = {name: getattr(page, name) for name in Page.__slots__}
        return {
            **fields,
            "language": self._language,
            "project": self._app.config.project,
            "front": self._href(self._app.config.root_doc, ""),
            "canonical": self._address and f"{self._address}{FOLDER}/{page.id}.html",
            "published": _("Published"),
        }

    def pages(self) -> Iterable[Page]:
        """Give the page of each record, then of each identifier that is no record's any more."""
        edition = self._domain.edition
        for identifier in sorted(edition.records):
            page = self._record(identifier)
            page.events = [
                self._event(entry) for entry in edition.ledger.entries.get(identifier, [])
            ]
            yield page
        for identifier in sorted(edition.ledger.entries):
            if identifier not in edition.records:
                yield self._gone(identifier)

    def _href(self, docname: str, anchor: str) -> str:
        uri = self._app.builder.get_target_uri(docname)
        if self._app.builder.name == "singlehtml":
            uri = f"{self._app.config.root_doc}.html"
        return f"../{uri}" + (f"#{anchor}" if anchor else "")

    def _place(self, link: Link) -> Line:
        return Line("", [Part(_("In its place"), self._href(link.docname, link.anchor))])

    def _to(self, link: Link) -> Part:
        return Part(link.label, f"{link.id}.html")

    def _side(self, side: SideView) -> Part:
        return Part(f"{side.name}, “{side.link.label}”", f"{side.link.id}.html")

    def _record(self, identifier: str) -> Page:
        view = self._domain.views.block(identifier, MOST_STATEMENTS)
        match view:
            case QuoteView():
                return self._quote(view)
            case ContradictionView():
                return self._contradiction(view)
            case SpeakerView():
                page = Page(identifier, "speaker", view.link.label)
                page.lines = [self._place(view.link)]
                if view.statements:
                    parts = [
                        Part(f"“{one.link.label}”", f"{one.link.id}.html")
                        for one in view.statements
                    ]
                    page.lines.append(Line(_("Statements:"), parts))
                return page
            case NoteView():
                page = Page(identifier, "annotation", view.link.label)
                page.lines = [Line("", [Part(text.rstrip("."))]) for text in view.text]
                page.lines += [Line(_("On:"), [self._to(view.on)])] if view.on else []
                page.lines.append(self._place(view.link))
                return page
        raise LookupError(identifier)

    def _when(self, said: Statement) -> list[Part]:
        day = say_when(said.spoken, said.time, said.time_is, self._language)
        return [Part(fact) for fact in (day, said.place) if fact]

    def _quote(self, view: QuoteView) -> Page:
        said = view.statement
        page = Page(
            said.link.id, "quote", f"{said.name}, “{said.link.label}”", said.words, said.lang
        )
        who = self._to(said.speaker) if said.speaker else Part(said.name)
        page.lines = [
            Line("", [who, *([Part(said.post)] if said.post else [])]),
            Line("", self._when(said)),
            Line(_("Source:"), [Part(said.source.label, self._source(said))]),
        ]
        for case in view.cases:
            head = (
                _("In tension with") if case.relation == "tension" else _("In contradiction with")
            )
            page.lines.append(Line(head, [*map(self._side, case.others), self._to(case.link)]))
            if case.answers:
                page.lines.append(Line(_("Answered by"), list(map(self._side, case.answers))))
        for case in view.answers:
            page.lines.append(Line(_("Answers"), [self._to(case.link)]))
        page.lines.append(self._place(said.link))
        return page

    def _source(self, said: Statement) -> str:
        source = said.source
        return self._href(source.docname, source.anchor) if source.docname else source.url

    def _contradiction(self, view: ContradictionView) -> Page:
        page = Page(view.link.id, "contradiction", view.link.label)
        facts = [fact for fact in (view.kind, view.relation, view.status) if fact]
        page.lines = [Line("", [Part(text.rstrip("."))]) for text in view.text if text]
        page.lines += [Line("", [Part(fact) for fact in facts])] if facts else []
        for head, statements in ((_("Between"), view.sides), (_("Answered by"), view.answers)):
            if statements:
                parts = [
                    Part(f"{one.name}, “{one.link.label}”", f"{one.link.id}.html")
                    for one in statements
                ]
                page.lines.append(Line(head, parts))
        page.lines.append(self._place(view.link))
        return page

    def _event(self, entry: Entry) -> dict[str, str]:
        said = f"{say(entry.date, self._language)}: {entry.event}"
        said += f", {entry.reason}" if entry.reason else ""
        return {"said": said, "fingerprint": entry.fingerprint}

    def _gone(self, identifier: str) -> Page:
        """Give the page of an identifier that is moved, withdrawn, or gone without a word."""
        ledger = self._domain.edition.ledger
        entries = ledger.entries[identifier]
        standing = entries[-1]
        page = Page(identifier, standing.kind, standing.label)
        page.events = [self._event(entry) for entry in entries]
        when = {"day": say(standing.date, self._language), "reason": standing.reason}
        if standing.event == "moved":
            page.standing = _("Moved on %(day)s. It is now:") % when
            target = ledger.moved_to(identifier) or standing.target
            now, gone = self._domain.views.label(target), ledger.standing(target)
            page.now = self._to(now) if now else Part(target, f"{target}.html")
            if now is None and gone is not None:
                page.now = Part(f"{gone.label} ({gone.event})", f"{target}.html")
        elif standing.event == "withdrawn":
            page.standing = _("Withdrawn on %(day)s: %(reason)s.") % when
        else:
            page.standing = _("This record is no longer in the edition.")
        return page
