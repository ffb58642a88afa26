"""Composes what pages show of views, in nodes that every writer knows: links and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from ontherecord.apparatus.addresses import from_here, printed_address
from ontherecord.apparatus.phrases import say
from ontherecord.dates import say_time
from ontherecord.markup.marked_words import punctuation
from ontherecord.records import edition_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.builders import Builder

    from ontherecord.views import Link, SideView, SourceView, Statement

_ = get_translation("ontherecord")

Inline = nodes.Node | str


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
        self.texts: dict[str, list[nodes.Node]] = {}
        """Texts, as parsed, of the annotations that stand where the record they are on does."""

    def line(self, *parts: Inline, classes: Sequence[str] = ()) -> nodes.paragraph:
        """Give a paragraph of texts and nodes."""
        if parts[-1] == "." and _ends_sentence(as_node(parts[-2]).astext()):
            parts = parts[:-1]
        line = nodes.paragraph("", "", *map(as_node, parts), classes=list(classes))
        if self.builder.name == "gettext":  # It extracts what has a source, a line and a uid.
            line.rawsource = line.astext()
            line.source, line.line = str(self.builder.env.doc2path(self.docname)), 1
            line.uid = ""  # type: ignore[attr-defined]
        return line

    def quoted(self, words: Sequence[str], lang: str = "") -> nodes.inline:
        """Give words in quotation marks, paragraphs run together."""
        opens = punctuation('"', opens=True, language=self.language)
        closes = punctuation('"', opens=False, language=self.language)
        inner = nodes.inline("", " ".join(words), classes=language_classes("record-words", lang))
        return nodes.inline("", "", nodes.Text(opens), inner, nodes.Text(closes))

    def opening(self, link: Link) -> nodes.inline:
        """Give a quote's opening words, in quotation marks."""
        return self.quoted((link.label,), link.lang)

    def link(self, link: Link, *parts: Inline) -> nodes.reference:
        """Give a link to a record of this edition, showing its label or something else."""
        shown = nodes.inline("", "", *map(as_node, parts or (link.label,)))
        shown["classes"].append(f"record-ref-{link.kind}")
        reference = self.to(link.docname, link.anchor, shown)
        reference["classes"].append("record-ref")
        reference["record"] = link.id
        return reference

    def record_page(self, link: Link) -> nodes.paragraph | None:
        """Give the line with the permanent address of a record, where there are such pages."""
        config = self.builder.config
        if not config.record_citation_pages:
            return None
        address = f"cite/{link.id}.html"
        if not self.is_page:
            printed = printed_address(config, address)
            return self.line(_("Cite: "), printed, classes=["record-cite"])
        shown = nodes.literal("", address)
        words = nodes.inline("", _("Cite"))
        hidden = language_classes("record-visually-hidden", link.lang)
        words += nodes.inline("", f" {link.label}", classes=hidden)
        cite = nodes.reference("", "", words, refuri=self.address_of(link), internal=True)
        # The sheet shows the link on a screen and the address on paper.
        return self.line(cite, " ", shown, classes=["record-cite"])

    def address_of(self, link: Link) -> str:
        """Give the address of a record's page from here, or nothing where there is none."""
        if not self.is_page or not self.builder.config.record_citation_pages:
            return ""
        return relative_uri(self._here_uri(), f"cite/{link.id}.html")

    def cited(self, lines: list[nodes.Node], link: Link) -> list[nodes.Node]:
        """Give the lines with the record's address: on a page at the end of the source's line."""
        address = self.record_page(link)
        if address is None:
            return lines
        sources = [
            line
            for line in lines
            if isinstance(line, nodes.paragraph) and "record-source" in line["classes"]
        ]
        if not self.is_page or not sources:
            return [*lines, address]
        sources[0] += nodes.inline("", " ", *address.children, classes=["record-cite"])
        return lines

    def to(self, docname: str, anchor: str, shown: nodes.Element) -> nodes.reference:
        """Give a link to an anchor of a document."""
        return make_refnode(self.builder, self.docname, docname, anchor, shown)

    def source(self, source: SourceView) -> nodes.Node:
        """Give a source's name, as a link to where the edition lists it."""
        shown = nodes.inline("", source.label)
        if source.docname:
            return self.to(source.docname, source.anchor, shown)
        if source.url:
            return nodes.reference("", "", shown, refuri=source.url, internal=False)
        return shown

    def speaker(self, statement: Statement) -> nodes.Node:
        """Give a speaker's name, as a link where there is such a speaker."""
        if statement.speaker is None:
            return nodes.Text(statement.name)
        return self.link(statement.speaker)

    def when(self, spoken: str, time: str, time_is: str) -> str:
        """Say when words were spoken, as exactly as is known."""
        return say_when(spoken, time, time_is, self.language)

    def named(self, link: Link) -> list[Inline]:
        """Give a record of this or another edition by its label, as a link."""
        return self.elsewhere(link) if link.edition else [self.link(link)]

    def elsewhere(self, link: Link) -> list[Inline]:
        """Give a statement of another edition: its words, and in which edition, as a link."""
        return [self.remote_words(link), ", ", *self.outside(link, _("in %s") % link.edition)]

    def remote_words(self, link: Link) -> nodes.Element:
        """Give what is known of the words of another edition's statement, else its identifier."""
        if link.label:
            return self.opening(link)
        return nodes.literal("", link.id.removeprefix(f"{edition_of(link.id)}:"))

    def outside(self, link: Link, shown: str) -> list[Inline]:
        """Give a link to another edition, with the address itself where it is printed."""
        address = link.address
        if not address:
            return [shown, _(" (address not known)")]
        if not self.is_html:
            printed = nodes.reference("", address, refuri=address, internal=False)
            return [shown, " (", printed, ")"]
        address = from_here(address, self._here_uri())
        return [nodes.reference("", "", nodes.inline("", shown), refuri=address, internal=False)]

    def _here_uri(self) -> str:
        """Give the address of the page on which links stand, from the edition's root."""
        return self.builder.get_target_uri(self.docname).partition("#")[0]

    def side(self, side: SideView) -> list[Inline]:
        """Give another statement: who, and the opening words as a link."""
        if side.link.edition:
            return self.elsewhere(side.link)
        return [f"{side.name}, ", self.link(side.link, self.side_words(side))]

    def side_words(self, side: SideView) -> nodes.inline:
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
        """Give the names of several other statements' speakers, each a link to the statement."""
        parts: list[Inline] = []
        for index, side in enumerate(sides):
            parts += [", "] if index else []
            parts += (
                self.elsewhere(side.link)
                if side.link.edition
                else [self.link(side.link, side.name)]
            )
        return parts

    def anchor(self, node: nodes.Element, anchor: str) -> None:
        """Give a node an anchor; where writers keep none on it, a target inside it carries one."""
        if anchor in self.taken:  # By a heading, or by the same record set twice.
            return
        self.taken.add(anchor)
        if self.is_html:
            node["ids"].append(anchor)
        else:
            node.insert(0, nodes.target("", "", ids=[anchor]))

    def who(self, statement: Statement) -> nodes.paragraph:
        """Give the line that says who spoke, in which post."""
        name = nodes.strong("", "", self.speaker(statement), classes=["record-name"])
        parts: list[Inline] = [name]
        if statement.post:
            post = nodes.inline("", statement.post, classes=["record-post"])
            parts += [" " if self.is_page else ", ", post]
        return self.line(*parts, classes=["record-who"])

    def where(self, statement: Statement) -> nodes.paragraph:
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


def _ends_sentence(text: str) -> bool:
    """Tell whether a text ends in a full stop or the like, with or without marks after it."""
    return text.rstrip("”’»\"'").endswith((".", "!", "?", "…"))


def language_classes(name: str, lang: str) -> list[str]:
    """Give classes for words in a language; docutils makes ``lang`` of the second one."""
    return [name, f"language-{lang}"] if lang else [name]


def as_node(part: Inline) -> nodes.Node:
    """Give a part of a line as a node."""
    return part if isinstance(part, nodes.Node) else nodes.Text(str(part))
