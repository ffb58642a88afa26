"""The roles: marks around words in the running text, and references to records."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.utils import unescape
from sphinx.addnodes import pending_xref
from sphinx.roles import XRefRole

from ontherecord.markup.as_written import as_written
from ontherecord.markup.gathering import gathering
from ontherecord.markup.marked_words import punctuation, strip_outer_marks
from ontherecord.markup.nodes import mark
from ontherecord.markup.options import identifier_mend
from ontherecord.markup.plain_words import set_text
from ontherecord.markup.reports import report_markup, report_stray
from ontherecord.markup.source_lines import begin_of
from ontherecord.records import IDENTIFIER, KINDS

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_TARGET: Final = re.compile(r"^(?P<words>.*?)\s*<(?P<id>[^<>]*)>\s*$", re.DOTALL)
_OPENING: Final = re.compile(r"[{:](?:[\w-]+:)?(?:said|passage)[}:]`")


class MarkRole:
    """``said`` and ``passage``: marks words as a quote's, or as what an annotation is about."""

    def __init__(self, kind: str) -> None:
        """Take the kind of mark."""
        self.kind = kind

    def __call__(
        self,
        role: str,
        rawtext: str,
        text: str,
        lineno: int,
        inliner: Any,
        options: dict[str, Any] | None = None,
        content: list[str] | None = None,
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give the marked words, with their quotation marks outside them."""
        env: BuildEnvironment = inliner.document.settings.env
        gathered = gathering(env)
        source = unescape(text, restore_backslashes=True)
        match = _TARGET.match(source)
        words, target = (match["words"], match["id"].strip()) if match else (source, "")
        origin, line = inliner.reporter.get_source_and_line(lineno)
        file, lineno = gathered.included(env, origin), line or lineno
        if not file:
            lineno = gathered.line_of(lineno, f"<{target}>" if match else source.splitlines()[0])
        container, messages = self._parse(words, lineno, inliner)
        if not IDENTIFIER.fullmatch(target):
            mend = (
                identifier_mend(target)
                if target
                else "this mark names no record: end it in <identifier>, as in "
                f"{{{self.kind}}}`{words.partition('<')[0].strip()} <the-identifier>`"
            )
            subtype = "bad-id" if target else "mark-without-id"
            gathered.problem(subtype, mend, lineno, file)
            return list(container.children), messages
        for inner in container.findall(mark):
            inner["line"] = lineno  # Lines counted inside a role are not those of the file.
        report_markup(gathered, container, lineno)
        opener, stripped, closer = strip_outer_marks([container])
        if not stripped[0]:
            message = f'this mark for "{target}" encloses no words'
            gathered.problem("empty-mark", message, lineno, file)
            return [nodes.Text(f"{opener}{closer}")], messages
        report_stray(gathered, stripped, lineno)
        gathered.said.setdefault(target, []).append(stripped[0])
        node = mark("", "", *container.children, kind=self.kind, record=target)
        node["words"], node["support_smartquotes"] = stripped[0], False
        node["docname"], node["line"], node["file"] = env.docname, lineno, file
        lines = gathered.lines_of(env, file)
        node["begins"] = begin_of(lines, lineno, _OPENING, f"<{target}>")
        node.line, node.source = lineno, gathered.path
        language = env.config.language or "en"
        found: list[nodes.Node] = [node]
        if opener:
            before = punctuation(opener, opens=True, language=language)
            after = punctuation(closer, opens=False, language=language)
            found = [_set_mark(before), node, _set_mark(after)]
        return found, messages

    def _parse(
        self, words: str, lineno: int, inliner: Any
    ) -> tuple[nodes.Element, list[nodes.system_message]]:
        """Parse the markup nested in marked words."""
        memo = SimpleNamespace(
            document=inliner.document,
            reporter=inliner.reporter,
            language=inliner.language,
            inliner=inliner,
        )
        container = nodes.inline()
        container.document = inliner.document
        if set_text(inliner, words, container):
            return container, []
        parent = inliner.parent
        with as_written(inliner):
            children, messages = inliner.parse(words, lineno, memo, container)
        inliner.parent = parent
        container += children
        return container, messages


def _set_mark(character: str) -> nodes.Node:
    """Give a quotation mark that no typographer turns round."""
    return nodes.inline("", character, support_smartquotes=False)


class ReferenceRole(XRefRole):
    """``quote``, ``speaker``, ``contradiction``, ``annotation``: points at a record."""

    def create_xref_node(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Note the use, so that it is checked and the page rewritten when the record changes."""
        gathered = gathering(self.env)
        title, target = self.title, self.target
        source, line = self.get_source_info()
        needle = f"<{target}>" if self.has_explicit_title else f"`{target}`"
        file = gathered.included(self.env, source)
        used = line if file else gathered.line_of(line or self.lineno, needle)
        gathered.use(self.reftype, target, used, file)
        reference = pending_xref(
            self.rawtext,
            nodes.inline(self.rawtext, title, classes=self.classes),
            refdoc=gathered.docname,
            refdomain=self.refdomain,
            reftype=self.reftype,
            refexplicit=self.has_explicit_title,
            refwarn=False,
            reftarget=target,
        )
        reference.source, reference.line = source, line
        return [reference], []


ROLES: Final[dict[str, Any]] = {
    "said": MarkRole("said"),
    "passage": MarkRole("passage"),
    **{kind: ReferenceRole(innernodeclass=nodes.inline) for kind in KINDS},
}
