"""Composes what readers see of views, in pieces: links and lines."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from ontherecord.apparatus.addresses import from_here, printed_address
from ontherecord.apparatus.phrases import say
from ontherecord.apparatus.pieces import (
    Inline,
    Piece,
    inline,
    literal,
    paragraph,
    reference,
    strong,
    text,
)
from ontherecord.dates import say_time
from ontherecord.markup.marked_words import punctuation
from ontherecord.records import edition_of
from ontherecord.words import opening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.builders import Builder

    from ontherecord.views import Link, NoteView, SideView, SourceView, Statement

_ = get_translation("ontherecord")


class Composer:
    """Composes for one builder, in one document's place."""

    def __init__(self, builder: Builder, docname: str, language: str) -> None:
        """Take the builder, the document that links start from, and the edition's language."""
        self.builder = builder
        self.docname = docname
        self.language = language
        self.is_html = builder.format == "html"
        self.is_page = self.is_html and builder.name != "epub"
        self.taken: set[str] = set()
        """Anchors that stand in the document already."""
        self._has_pages = bool(builder.config.record_citation_pages)
        self._uris: dict[str, str] = {}
        self.texts: dict[str, list[nodes.Node]] = {}
        """Texts, as parsed, of the annotations that stand where the record they are on does."""

    def line(self, *parts: Inline, classes: Sequence[str] = ()) -> paragraph:
        """Give a paragraph of parts; a full stop is left off where the words before end in one."""
        if parts[-1] == "." and ends_sentence(text(parts[-2])):
            parts = parts[:-1]
        return paragraph(*parts, classes=classes)

    @cached_property
    def marks(self) -> tuple[str, str]:
        """The quotation marks of the edition's language."""
        return (
            punctuation('"', opens=True, language=self.language),
            punctuation('"', opens=False, language=self.language),
        )

    def quoted(self, words: Sequence[str], lang: str = "") -> inline:
        """Give words in quotation marks, paragraphs run together."""
        opens, closes = self.marks
        inner = inline(" ".join(words), classes=language_classes("record-words", lang))
        return inline(opens, inner, closes)

    def opening(self, link: Link) -> inline:
        """Give a quote's opening words, in quotation marks."""
        return self.quoted((link.label,), link.lang)

    def link(self, link: Link, *parts: Inline) -> Piece:
        """Give a link to a record of this edition, showing its label or something else."""
        shown = self._in_link(*(parts or (link.label,)), classes=(f"record-ref-{link.kind}",))
        if self.builder.name == "texinfo" and ":" in "".join(map(text, shown)):
            # Info ends what a link shows at a colon, and Sphinx makes that a semicolon.
            place = self.to(link.docname, link.anchor, inline(_("its place")))
            return inline(*shown, " (", place, ")")
        made = self.to(link.docname, link.anchor, *shown)
        made.classes.append("record-ref")
        made.record = link.id
        return made

    def _in_link(self, *parts: Inline, classes: Sequence[str] = ()) -> Sequence[Inline]:
        """Give what stands in a link: writers but those of pages look for it in one node."""
        return parts if self.is_page else (inline(*parts, classes=classes),)

    def record_page(self, link: Link) -> paragraph | None:
        """Give the line with the permanent address of a record, where there are such pages."""
        if not self._has_pages:
            return None
        address = f"cite/{link.id}.html"
        if not self.is_page:
            printed = printed_address(self.builder.config, address)
            return self.line(_("Cite: "), printed, classes=["record-cite"])
        shown = literal(address)
        hidden = language_classes("record-visually-hidden", link.lang)
        label = inline(f" {link.label}", classes=hidden)
        cite = reference(_("Cite"), label, address=self.address_of(link))
        # The sheet shows the link on a screen and the address on paper.
        return self.line(cite, " ", shown, classes=["record-cite"])

    def address_of(self, link: Link) -> str:
        """Give the address of a record's page from here, or nothing where there is none."""
        if not self.is_page or not self._has_pages:
            return ""
        return relative_uri(self._here_uri(), f"cite/{link.id}.html")

    def cited(self, lines: list[Inline], link: Link) -> list[Inline]:
        """Give the lines with the record's address: on a page at the end of the source's line."""
        address = self.record_page(link)
        if address is None:
            return lines
        sources = [
            line
            for line in lines
            if isinstance(line, paragraph) and "record-source" in line.classes
        ]
        if not self.is_page or not sources:
            return [*lines, address]
        sources[0] += inline(" ", *address.children, classes=["record-cite"])
        return lines

    def to(self, docname: str, anchor: str, *shown: Inline) -> reference:
        """Give a link to an anchor of a document."""
        if anchor and self._is_here(docname):
            return reference(*shown, anchor=anchor)
        return reference(*shown, address=self._from_here(docname, anchor))

    def address_to(self, docname: str, anchor: str) -> str:
        """Give the address of an anchor of a document, as a link has it."""
        if anchor and self._is_here(docname):
            return f"#{anchor}"
        return self._from_here(docname, anchor)

    def _is_here(self, docname: str) -> bool:
        return docname == self.docname or self.builder.name == "singlehtml"

    def _from_here(self, docname: str, anchor: str) -> str:
        uri = self._uris.get(docname)
        if uri is None:
            uri = self._uris[docname] = self.builder.get_relative_uri(self.docname, docname)
        return f"{uri}#{anchor}" if anchor else uri or "#"

    def source(self, source: SourceView) -> Inline:
        """Give a source's name, as a link to where the edition lists it."""
        shown = self._in_link(source.label)
        if source.docname:
            return self.to(source.docname, source.anchor, *shown)
        if source.url:
            return reference(*shown, address=source.url, internal=False)
        return inline(source.label)

    def speaker(self, statement: Statement) -> Inline:
        """Give a speaker's name, as a link where there is such a speaker."""
        if statement.speaker is None:
            return statement.name
        return self.link(statement.speaker)

    def asked(self, statement: Statement) -> paragraph:
        """Give the line that says which question a statement answers."""
        return self.line(_("Asked: %s") % statement.asked, classes=["record-asked"])

    def when(self, spoken: str, time: str, time_is: str) -> str:
        """Say when words were spoken, as exactly as is known."""
        return say_when(spoken, time, time_is, self.language)

    def named(self, link: Link) -> list[Inline]:
        """Give a record of this or another edition by its label, as a link."""
        return self.elsewhere(link) if link.edition else [self.link(link)]

    def noted(self, note: NoteView, *, whole: bool = False) -> list[list[Inline]]:
        """Give what a note is on: a record by its label, passages by their (opening) words."""
        found = [self.named(note.on)] if note.on else []
        for words, anchor in note.passages:
            shown = self.quoted((words if whole else opening(words),))
            found.append([self.to(note.link.docname, anchor, *self._in_link(shown))])
        return found

    def said(self, link: Link, words: str = "") -> list[Inline]:
        """Give a statement of this or another edition by some words, else the opening ones."""
        if link.edition:
            return self.elsewhere(link, words)
        return [self.link(link, self.quoted((words or link.label,), link.lang))]

    def elsewhere(self, link: Link, words: str = "") -> list[Inline]:
        """Give a statement of another edition: its words, and in which edition, as a link."""
        shown = self.remote_words(link, words)
        return [shown, ", ", *self.outside(link, _("in %s") % link.edition)]

    def remote_words(self, link: Link, words: str = "") -> Inline:
        """Give what is known of the words of another edition's statement, else its identifier."""
        if words or link.label:
            return self.quoted((words or link.label,), link.lang)
        return literal(link.id.removeprefix(f"{edition_of(link.id)}:"))

    def outside(self, link: Link, shown: str) -> list[Inline]:
        """Give a link to another edition, with the address itself where it is printed."""
        address = link.address
        if not address:
            return [shown, _(" (address not known)")]
        if not self.is_html:
            printed = reference(address, address=address, internal=False)
            return [shown, " (", printed, ")"]
        address = from_here(address, self._here_uri())
        return [reference(inline(shown), address=address, internal=False)]

    def _here_uri(self) -> str:
        """Give the address of the page on which links stand, from the edition's root."""
        return self.builder.get_target_uri(self.docname).partition("#")[0]

    def side(self, side: SideView) -> list[Inline]:
        """Give another statement: who, as far as that is known, and the opening words as a link."""
        return [*([f"{side.name}, "] if side.name else []), *self.said(side.link, side.words)]

    def side_words(self, side: SideView) -> inline:
        """Give the words by which a statement is named, in quotation marks."""
        return self.quoted((side.words or side.link.label,), side.link.lang)

    def sides(self, sides: Sequence[SideView], more: int = 0) -> list[Inline]:
        """Give several other statements in one line."""
        parts: list[Inline] = []
        for index, side in enumerate(sides):
            parts += ["; "] if index else []
            parts += self.side(side)
        if more:
            parts.append(_("; and %d more") % more)
        return parts

    def names(self, sides: Sequence[SideView]) -> list[Inline]:
        """Give the names of several other statements' speakers, each a link to the statement.

        One who is named by several of them is named once, with a link to the first.
        """
        parts: list[Inline] = []
        named: dict[str, SideView] = {}
        for side in sides:
            named.setdefault(side.name or side.link.id, side)
        for index, side in enumerate(named.values()):
            parts += [", "] if index else []
            if not side.link.edition:
                parts.append(self.link(side.link, side.name))
            elif side.name:
                parts += [
                    f"{side.name}, ",
                    *self.outside(side.link, _("in %s") % side.link.edition),
                ]
            else:
                parts += self.elsewhere(side.link)
        return parts

    def anchor(self, node: nodes.Element | Piece, anchor: str) -> None:
        """Give a node an anchor; where writers keep none on it, a target inside it carries one."""
        if anchor in self.taken:  # By a heading, or by the same record set twice.
            return
        self.taken.add(anchor)
        if self.is_html:
            (node.ids if isinstance(node, Piece) else node["ids"]).append(anchor)
        else:
            target = nodes.target("", "", ids=[anchor])
            node.children.insert(0, target) if isinstance(node, Piece) else node.insert(0, target)

    def who(self, statement: Statement) -> paragraph:
        """Give the line that says who spoke, in which post."""
        name = strong(self.speaker(statement), classes=["record-name"])
        parts: list[Inline] = [name]
        if statement.post:
            post = inline(statement.post, classes=["record-post"])
            parts += [" " if self.is_page else ", ", post]
        return self.line(*parts, classes=["record-who"])

    def where(self, statement: Statement) -> paragraph:
        """Give the line that says when, where and to whom."""
        said = [self.when(statement.spoken, statement.time, statement.time_is)]
        said += [statement.place] if statement.place else []
        said += [_("to %s") % statement.to] if statement.to else []
        return self.line("; ".join(said) + ".", classes=["record-when"])


def say_when(spoken: str, time: str, time_is: str, language: str) -> str:
    """Say when words were spoken, and of what the time is the time."""
    if not spoken:
        return str(_("Date not seen"))
    facts = {"day": say(spoken, language), "time": say_time(time) if time else ""}
    if not time:
        return facts["day"]
    if time_is == "spoken":
        return _("%(day)s, %(time)s") % facts
    if time_is == "event-began":
        return _("%(day)s, at an event that began at %(time)s") % facts
    return _("%(day)s, reported at %(time)s") % facts


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends in a full stop or the like, with or without marks after it."""
    return text.rstrip("”’»\"'").endswith((".", "!", "?", "…"))


def language_classes(name: str, lang: str) -> list[str]:
    """Give classes for words in a language; docutils makes ``lang`` of the second one."""
    return [name, f"language-{lang}"] if lang else [name]
