"""Composes what stands at the head and foot of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from ontherecord.apparatus.cite_box import cite_box, version_facts
from ontherecord.apparatus.compose import Composer
from ontherecord.apparatus.phrases import count, in_marks, say, term
from ontherecord.apparatus.pieces import (
    Inline,
    bullet_list,
    container,
    emphasis,
    fold,
    heading,
    inline,
    list_item,
    literal,
    paragraph,
    raw,
)
from ontherecord.citing.of_record import ARTICLES

if TYPE_CHECKING:
    from ontherecord.views import ArticleView

_ = get_translation("ontherecord")


class ArticleComposer(Composer):
    """Composes the head and foot of articles."""

    def head(self, view: ArticleView) -> list[Inline]:
        """Give the sentence that says what the article is about, and what stands in it."""
        lines: list[Inline] = []
        if view.description:
            lines.append(self.line(view.description, classes=["record-deck"]))
        if self.is_page and view.statements:
            lines.append(self.counts(view))
        return lines

    def counts(self, view: ArticleView) -> paragraph:
        """Give the line that says how much stands in it."""
        statements = count(view.statements, _("1 statement"), _("%d statements"))
        speakers = count(view.speakers, _("by 1 speaker"), _("by %d speakers"))
        parts: list[Inline] = [f"{statements} {speakers}"]
        if len(view.cases) == 1:
            case, status = view.cases[0]
            parts += ["; ", self.link(case, _("1 contradiction"))]
            parts += [f", {term(status)}"] if status else []
        elif view.cases:
            several = _("%d contradictions") % len(view.cases)
            parts.append(f"; {several}")
        if view.tensions:
            parts += ["; ", count(view.tensions, _("1 tension"), _("%d tensions"))]
        if view.notes:
            parts += ["; ", count(view.notes, _("1 note"), _("%d notes"))]
        return self.line(*parts, ".", classes=["record-count"])

    def tail(self, view: ArticleView) -> list[Inline]:
        """Give the key of the marks, the sources, and how to cite the article."""
        if not self.is_page:
            return []
        block = container(classes=["record-tail"])
        block += self._head(_("About this article"))
        if view.statements:
            block += self._key()
        if view.sources:
            block += self._head(_("Sources"))
            sources = bullet_list()
            for source in view.sources:
                parts: list[Inline] = [self.source(source)]
                if source.title and source.title != source.label:
                    parts += [", ", emphasis(source.title)]
                if source.date:
                    parts.append(f", {say(source.date, self.language)}")
                sources += list_item(self.line(*parts, "."))
            block += sources
        block += self._head(_("To cite this article"))
        block += self._citation(view)
        block += self._in_styles(view)
        return [block]

    def notes_head(self) -> paragraph:
        """Give the heading that stands above the notes on paper."""
        return self.line(_("Notes"), classes=["record-notes-head"])

    def _head(self, text: str) -> paragraph:
        return heading(text, classes=["record-tail-head"])

    def _key(self) -> paragraph:
        line = paragraph(classes=["record-key"])
        for classes, said in (
            ([], _("a quotation")),
            (["record-contradicted"], _("contradicted words")),
            (["record-in-tension"], _("words in tension")),
            (["record-annotated"], _("an editor’s note")),
        ):
            shape = inline(classes=["record-shape", *classes])
            line += inline(shape, f" {said} ")
        return line

    def _citation(self, view: ArticleView) -> paragraph:
        item = view.citation
        parts: list[Inline] = [
            in_marks(f"{view.title}.", self.language) + " ",
            emphasis(item.container or self.builder.config.project),
        ]
        if item.version:
            parts.append(", " + _("version %s") % item.version)
        parts.append(f", {say(view.date, self.language)}.")
        if item.address:
            parts += [" ", literal(item.address)]
        return self.line(*parts)

    def _in_styles(self, view: ArticleView) -> fold:
        """Give the references in each style, their files and the version, folded."""
        files = ""
        if view.has_files:
            page = self.builder.get_target_uri(view.docname)
            files = relative_uri(page, f"{ARTICLES}/{view.docname}")
        box = cite_box(view.citation, self.language, files)
        rows = "".join(
            f"<div><dt>{head}</dt><dd>{shown}</dd></div>\n"
            for head, shown in version_facts(view.citation)
        )
        box += f'<dl class="facts">\n{rows}</dl>\n'
        summary = _("In the styles of references, as files, and which version")
        return fold(raw(box), summary=summary)
