"""Composes the page of one record: its words large, its facts beside them, the rest below."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from ontherecord.apparatus import drawn
from ontherecord.apparatus.addresses import from_here
from ontherecord.apparatus.cite_box import FILES, cite_box, version_facts
from ontherecord.apparatus.compose import ends_sentence, language_classes
from ontherecord.apparatus.issues import marked
from ontherecord.apparatus.phrases import count, in_marks, say, term
from ontherecord.apparatus.piece_html import encode, html
from ontherecord.apparatus.pieces import (
    Inline,
    fold,
    inline,
    literal,
    paragraph,
    reference,
)
from ontherecord.apparatus.references import ReferenceComposer
from ontherecord.citing.styles import STYLES
from ontherecord.citing.text_fragment import text_fragment
from ontherecord.views import RemoteStatement, Statement
from ontherecord.words import opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.builders import Builder

    from ontherecord.citing.item import Item
    from ontherecord.evidence.quote_evidence import Evidence
    from ontherecord.views import (
        ContradictionView,
        Excerpt,
        Link,
        NoteView,
        QuoteView,
        SourceView,
        SpeakerView,
    )

_ = get_translation("ontherecord")


@dataclass(frozen=True, slots=True)
class Part:
    """A link, or a text where ``href`` is empty."""

    label: str
    href: str = ""


@dataclass(slots=True)
class Page:
    """What stands on a record's page; ``facts``, ``lead``, ``face`` and ``sections`` hold HTML."""

    id: str
    kind: str
    title: str
    kicker: str = ""
    description: str = ""
    words: tuple[str, ...] = ()
    lang: str = ""
    lead: str = ""
    face: str = ""
    facts: list[tuple[str, list[str]]] = field(default_factory=list)
    sections: list[tuple[str, str, str]] = field(default_factory=list)
    standing: str = ""
    now: Part | None = None
    events: list[dict[str, str]] = field(default_factory=list)


class RecordPageComposer(ReferenceComposer):
    """Composes pages of records, whose links lead to other such pages where there are any."""

    def __init__(self, builder: Builder, language: str, *, has_files: bool) -> None:
        """Take the builder, the edition's language, and whether citations have files."""
        super().__init__(builder, "cite/record", language)
        self.has_files = has_files
        self._here = "cite/record.html"
        self._speakers_named: dict[Link, str] = {}
        self._sources_named: dict[SourceView, str] = {}
        self._sources_entitled: dict[SourceView, str] = {}

    def address(self, docname: str, anchor: str = "") -> str:
        """Give the address of a place in a document, from a record's page."""
        address = self._uris.get(docname)
        if address is None:
            uri = self.builder.get_target_uri(docname)
            if self.builder.name == "singlehtml":
                uri = f"{self.builder.config.root_doc}.html"
            address = self._uris[docname] = relative_uri(self._here, uri)
        return f"{address}#{anchor}" if anchor else address

    def to(self, docname: str, anchor: str, *shown: Inline) -> reference:
        """Give a link to an anchor of a document."""
        return reference(*shown, address=self.address(docname, anchor))

    def _here_uri(self) -> str:
        return self._here

    def link(self, link: Link, *parts: Inline) -> reference:
        """Give a link to the page of a record."""
        return reference(inline(*(parts or (link.label,))), address=f"{link.id}.html")

    def record_page(self, link: Link) -> None:
        """Give nothing: this is the record's page."""

    def html(self, *blocks: Inline) -> str:
        """Give blocks as HTML."""
        return html(blocks)

    def inline(self, *parts: Inline) -> str:
        """Give a line as HTML, without a paragraph around it."""
        if len(parts) == 1 and isinstance(parts[0], str):
            return encode(parts[0])
        return html(self.line(*parts).children)

    # Quotes

    def quote_page(
        self, view: QuoteView, collated: Evidence, excerpts: Sequence[Excerpt], item: Item
    ) -> Page:
        """Give the page of a quote."""
        said = view.statement
        day = say(said.spoken, self.language) if said.spoken else _("date not seen")
        page = Page(
            said.link.id,
            "quote",
            f"{said.name}, {in_marks(said.link.label, self.language)}",
            kicker=_("Statement, %s") % day,
            description=" ".join(said.words),
            words=said.words,
            lang=said.lang,
        )
        page.facts = list(self._quote_facts(view))
        against = [self.html(self.case_line(case)) for case in view.cases]
        against += [self.html(self.answers_line(case)) for case in view.answers]
        if against:
            page.sections.append(("against", _("What stands against it"), "".join(against)))
        for number, excerpt in enumerate(excerpts, 1):
            anchor = "article" if number == 1 else f"article-{number}"
            page.sections.append((anchor, _("In the article"), self._excerpt(excerpt, view)))
        if not excerpts:
            place = self._in_place(said.link)
            page.sections.append(("article", _("In its place"), self.html(place)))
        readings = [self.witness_line(view), *self._apart(view)]
        readings += self._apparatus(view, collated)
        full = [*self._readings(view), *self._findings(view, collated)]
        if full:
            summary = _("Each wording in full, and what they show")
            readings.append(fold(*full, summary=summary))
        page.sections.append(("readings", _("Readings"), self.html(*readings)))
        where = _("the article") if excerpts else _("the edition")
        article = (where, self.address(said.link.docname, said.link.anchor))
        page.sections += self._neighbours(
            drawn.quote(view, article, _page_of, self.language),
            [*self._quote_neighbours(view, article), *against],
        )
        page.sections += self._notes_section(view.notes)
        self._to_cite(item, page)
        revised = self.revisions(view)
        if revised:
            page.sections.append(("revisions", _("Revisions"), self.html(*revised)))
        return page

    def _to_cite(self, item: Item, page: Page) -> None:
        """Add how to cite the record, and of which version that is."""
        box = cite_box(item, self.language, item.id if self.has_files else "")
        page.sections.append(("cite", _("To cite it"), box))
        page.facts.append((_("to cite"), [self._to_cites]))
        rows = "".join(
            f"<div><dt>{head}</dt><dd>{shown}</dd></div>\n" for head, shown in version_facts(item)
        )
        version = f'<dl class="facts">\n{rows}</dl>\n'
        page.sections.append(("version", _("Address and version"), version))

    @cached_property
    def _to_cites(self) -> str:
        """What one can cite a record in, as a link to where it says how."""
        styles = ", ".join(dict.fromkeys(style.label.partition(",")[0] for style in STYLES))
        names = ", ".join(name for _suffix, name in FILES) if self.has_files else ""
        shown = inline("; ".join(filter(None, (styles, names))))
        return self.inline(reference(shown, address="#cite"))

    def _quote_facts(self, view: QuoteView) -> Iterable[tuple[str, list[str]]]:
        said = view.statement
        post = inline(said.post, classes=["record-post"])
        posts = [self.inline(post)] if said.post else []
        yield _("who"), [self._speaker_named(said), *posts]
        when = [self.when(said.spoken, said.time, said.time_is), said.place]
        when.append(_("to %s") % view.to if view.to else "")
        yield _("when and where"), [encode(part) for part in when if part]
        if view.statement.asked:
            yield _("asked"), [encode(view.statement.asked)]
        if view.scope:
            yield _("said of"), [encode(view.scope)]
        locator = encode(f", {view.locator}") if view.locator else ""
        lines = [self._source_entitled(said.source) + locator]
        if view.source_brackets:
            lines.append(encode(_("words in square brackets are the source’s")))
        whose = "source" if view.source_brackets else "edition"
        if there := text_fragment(said.source.url, " ".join(said.words), whose):
            words = reference(_("the words there"), address=there, internal=False)
            lines.append(self.html(words))
        yield _("source"), lines
        yield _("witnesses"), [encode(self._count(len(view.witnesses), view.independent))]
        if view.fragments > 1:
            apart = {
                "yes": _("followed each other"),
                "no": _("other words were spoken between them"),
                "unknown": _("whether they followed each other is not known"),
            }[view.contiguous]
            yield _("fragments"), [encode(f"{view.fragments}; {apart}")]
        if view.translation:
            yield _("in translation"), [self.inline(self.quoted((view.translation,)))]
        if view.topics:
            yield _("topics"), [encode("; ".join(view.topics))]
        if view.verified:
            yield _("verified"), [encode(self._verified(view.verified).lstrip("; "))]
        yield _("identifier"), [self._identifier(said.link)]

    def _speaker_named(self, said: Statement) -> str:
        """Give a speaker's name as HTML, made once for all statements."""
        link = said.speaker
        if link is None:
            return encode(said.name)
        if link not in self._speakers_named:
            self._speakers_named[link] = self.html(self.link(link))
        return self._speakers_named[link]

    def _source_named(self, source: SourceView) -> str:
        """Give a source's name as HTML, made once for all statements."""
        if source not in self._sources_named:
            self._sources_named[source] = self.html(self.source(source))
        return self._sources_named[source]

    def _source_entitled(self, source: SourceView) -> str:
        """Give a source's name and title as HTML, made once for all statements."""
        if source not in self._sources_entitled:
            entitled = self._source_named(source)
            if source.title and source.title != source.label:
                title: Inline = in_marks(source.title, self.language)
                if source.url:
                    title = reference(title, address=source.url, internal=False)
                entitled += f", {self.html(title)}"
            self._sources_entitled[source] = entitled
        return self._sources_entitled[source]

    def _identifier(self, link: Link) -> str:
        """Give an identifier as HTML; there is nothing to escape in one."""
        return link.id.join(self._around_identifier)

    @cached_property
    def _around_identifier(self) -> list[str]:
        return self.html(literal("\ufdd0")).split("\ufdd0")

    def _neighbours(self, svg: str, lines: Sequence[str]) -> list[tuple[str, str, str]]:
        """Give the section with the drawing of a record's neighbours, and a list of the same."""
        if not lines:
            return []
        listed = "".join([f"<li>{line.rstrip()}</li>\n" for line in lines])
        shown = f'{svg}<ul class="nlist note simple">\n{listed}</ul>\n'
        return [("neighbours", _("Next to it"), shown)]

    def _quote_neighbours(self, view: QuoteView, article: tuple[str, str]) -> list[str]:
        said, (name, address) = view.statement, article
        stands = self.html(reference(inline(name), address=address))
        sources = [witness.source for witness in view.witnesses]
        printed = ", ".join(map(self._source_named, sources))
        return [
            _sentence(_("Said by "), self._speaker_named(said), said.name),
            _sentence(_("Stands in "), stands, name),
            _sentence(_("Printed by "), printed, sources[-1].label),
        ]

    def _sides_list(
        self, sides: Sequence[Statement | RemoteStatement], said: str, remote: str
    ) -> list[str]:
        lines: list[Inline] = []
        for side in sides:
            if isinstance(side, RemoteStatement):
                lines.append(self.line(remote, *self.elsewhere(side.link), "."))
                continue
            lines.append(self.line(said % side.name, *self.said(side.link)))
        return [self.html(line) for line in lines]

    def _excerpt(self, excerpt: Excerpt, view: QuoteView) -> str:
        relations = {case.relation == "tension" for case in view.cases}  # Whether one is a tension.
        issues = view.at_issue if False in relations else ()
        tensions = view.in_tension if True in relations else ()
        classes = [*language_classes("record-mark", view.statement.lang), "record-said"]
        if False in relations:
            classes += ["record-contradicted", *(["record-has-issue"] if issues else [])]
        if True in relations:
            classes += ["record-in-tension", *(["record-has-tension-issue"] if tensions else [])]
        parts: list[Inline] = []
        for is_marked, several in groupby(excerpt.parts, key=lambda part: part[1]):
            text = "".join([part for part, _marked in several])
            whole = inline(*marked(text, issues, tensions), classes=classes) if is_marked else text
            parts.append(whole)
        named = _("%(title)s, paragraph %(number)s") % {
            "title": excerpt.title,
            "number": excerpt.block.removeprefix("p"),
        }
        place = self.to(excerpt.docname, excerpt.anchor, inline(named))
        lines = [paragraph(*parts)] if parts else []
        return self.html(*lines, paragraph(place, classes=["note"]))

    def _in_place(self, link: Link) -> paragraph:
        shown = inline(_("Where it stands in the edition"))
        return self.line(self.to(link.docname, link.anchor, shown))

    def _notes_section(self, notes: Sequence[NoteView]) -> list[tuple[str, str, str]]:
        if not notes:
            return []
        blocks: list[Inline] = []
        for note in notes:
            blocks.append(self.line(self.link(note.link, _("Note (%s)") % term(note.type))))
            blocks += [self.line(words) for words in note.text]
            if note.source:
                source = self.source(note.source)
                blocks.append(self.line(_("Source: "), source, ".", classes=["record-source"]))
        return [("notes", _("The editors’ notes"), self.html(*blocks))]

    # Contradictions, speakers, annotations

    def contradiction_page(self, view: ContradictionView, item: Item) -> Page:
        """Give the page of a contradiction: the statements face to face."""
        tension = view.relation == "tension"
        head = _("Tension") if tension else _("Contradiction")
        kicker = ", ".join(filter(None, (head, *map(term, (view.kind, view.status)))))
        title = self.case_title(view)
        if title == view.link.label:  # Names alone are those of other cases too.
            ours = [side for side in view.sides if isinstance(side, Statement)]
            dates = sorted(side.spoken for side in ours if side.spoken)
            day = f", {say(dates[0], self.language)}" if dates else ""
            title = f"{head}: {title}{day}"
        page = Page(view.link.id, "contradiction", title, kicker=kicker)
        page.description = f"{view.link.label}: {' '.join(view.text)}"
        page.lead = self.html(*(self.line(text, classes=["record-deck"]) for text in view.text))
        page.face = self.html(*self._face_to_face(view))
        facts: list[tuple[str, list[str]]] = []
        if view.relation:
            facts.append((_("relation"), [self.inline(term(view.relation))]))
        facts.append((_("status"), [self.inline(term(view.status) or _("not said"))]))
        if view.certainty:
            facts.append((_("certainty"), [self.inline(term(view.certainty))]))
        if view.history:
            facts.append(
                (_("history"), [self.inline(self._event(event)) for event in view.history])
            )
        if view.editor:
            facts.append((_("signed"), [self.inline(view.editor)]))
        facts.append((_("identifier"), [self._identifier(view.link)]))
        page.facts = facts
        lines = self._sides_list(view.sides, "%s: ", "")
        lines += self._sides_list(view.answers, _("%s, in answer: "), _("In answer: "))
        page.sections += self._neighbours(drawn.case(view, _page_of, self.language), lines)
        page.sections += self._notes_section(view.notes)
        self._to_cite(item, page)
        page.sections.append(("place", _("In its place"), self.html(self._in_place(view.link))))
        return page

    def speaker_page(self, view: SpeakerView, item: Item) -> Page:
        """Give the page of a speaker."""
        page = Page(view.link.id, "speaker", view.link.label, kicker=_("Speaker"))
        posts = [self.post(post) for post in view.posts]
        page.description = "; ".join([view.link.label, *posts])
        if posts:
            page.facts.append((_("posts"), [self.inline(post) for post in posts]))
        if view.aliases:
            page.facts.append((_("also"), [self.inline("; ".join(view.aliases))]))
        if view.kind != "person":
            page.facts.append((_("kind"), [self.inline(term(view.kind))]))
        for name, value in view.authorities:
            page.facts.append((name, [self.inline(value)]))
        page.facts.append((_("identifier"), [self._identifier(view.link)]))
        if view.statements:
            blocks: list[Inline] = [self.dated_statements(view)]
            if view.more:
                shown_all = inline(count(view.more, _("1 more"), _("%d more")))
                blocks.append(self.line(self.to(view.link.docname, view.link.anchor, shown_all)))
            page.sections.append(("statements", _("Statements"), self.html(*blocks)))
        page.sections += self._notes_section(view.notes)
        self._to_cite(item, page)
        page.sections.append(("place", _("In its place"), self.html(self._in_place(view.link))))
        return page

    def note_page(self, view: NoteView, item: Item) -> Page:
        """Give the page of an annotation."""
        title = view.link.label
        if view.on:
            on = view.on.label
            title = _("Note on %s") % (in_marks(on, self.language) if on else view.on.id)
        elif view.passages:
            title = _("Note on %s") % in_marks(opening(view.passages[0][0]), self.language)
        page = Page(view.link.id, "annotation", title)
        page.kicker = _("Note (%s)") % term(view.type)
        page.description = " ".join(view.text)
        page.lead = self.html(*(self.line(text) for text in view.text))
        if noted := self.noted(view, whole=True):
            page.facts.append((_("on"), [self.inline(*one) for one in noted]))
        if view.source:
            page.facts.append((_("source"), [self.inline(self.source(view.source))]))
        signed = [view.editor, say(view.date, self.language) if view.date else ""]
        if any(signed):
            page.facts.append((_("signed"), [self.inline(", ".join(filter(None, signed)))]))
        self._to_cite(item, page)
        page.facts.append((_("identifier"), [self._identifier(view.link)]))
        page.sections.append(("place", _("In its place"), self.html(self._in_place(view.link))))
        return page


def _sentence(begins: str, html: str, shown: str) -> str:
    """Give a line that ends with some HTML; a stop is left off behind one of what that shows."""
    return f"<p>{encode(begins)}{html}{'' if ends_sentence(shown) else '.'}</p>\n"


def _page_of(link: Link) -> str:
    return from_here(link.address, "cite/") if link.edition else f"{link.id}.html"
