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

    from ontherecord.records import Kind

_OPENING: Final = re.compile(r"[{:](?:[\w-]+:)?(?:said|passage)[}:]`")


class MarkRole:
    """``said`` and ``passage``: marks words as a quote's, or as what an annotation is about."""

    def __init__(self, kind: str, help_: str) -> None:
        """Take the kind of mark, and what the reference says of it."""
        self.kind, self.help = kind, help_

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
        named, words, target = _parted(source)
        origin, line = inliner.reporter.get_source_and_line(lineno)
        file, lineno = gathered.included(env, origin), line or lineno
        if not file:
            lineno = gathered.line_of(lineno, f"<{target}>" if named else source.splitlines()[0])
        container = nodes.inline()
        container.document = inliner.document
        is_plain, messages = set_text(inliner, words, container), []
        if not is_plain:
            messages = self._parse(words, lineno, inliner, container)
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
        if not is_plain:
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
        self, words: str, lineno: int, inliner: Any, container: nodes.inline
    ) -> list[nodes.system_message]:
        """Parse the markup nested in marked words into a node, and give the messages."""
        memo = SimpleNamespace(
            document=inliner.document,
            reporter=inliner.reporter,
            language=inliner.language,
            inliner=inliner,
        )
        parent = inliner.parent
        with as_written(inliner):
            children, messages = inliner.parse(words, lineno, memo, container)
        inliner.parent = parent
        container += children
        return list(messages)


def _parted(text: str) -> tuple[bool, str, str]:
    """Part a mark's text at the ``<id>`` that it ends in: whether it does, the words, the id."""
    whole = text.rstrip()
    words, opening, target = whole[:-1].rpartition("<") if whole.endswith(">") else ("", "", "")
    if not opening or ">" in target:
        return False, text, ""
    return True, words.rstrip(), target.strip()


def _set_mark(character: str) -> nodes.Node:
    """Give a quotation mark that no typographer turns round."""
    return nodes.inline("", character, support_smartquotes=False)


class ReferenceRole:
    """``quote``, ``speaker``, ``contradiction``, ``annotation``: points at a record.

    It takes what Sphinx's `XRefRole` takes, a title before the target and a ``!`` before both.
    """

    def __init__(self, kind: Kind) -> None:
        """Take the kind of record."""
        self.kind = kind
        self.help = (
            f"points at the {kind} of that identifier; it shows {_SHOWN[kind]}, or words given"
        )

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
        """Note the use, so that it is checked and the page rewritten when the record changes."""
        classes = ["xref", "record", f"record-{self.kind}"]
        if text.startswith("!"):
            return [nodes.inline(rawtext, unescape(text[1:]), classes=classes)], []
        env: BuildEnvironment = inliner.document.settings.env
        gathered = gathering(env)
        titled = XRefRole.explicit_title_re.match(text)
        title, target = map(unescape, titled.groups()) if titled else (unescape(text),) * 2
        source, line = inliner.reporter.get_source_and_line(lineno)
        file = gathered.included(env, source)
        needle = f"<{target}>" if titled else f"`{target}`"
        used = line if file else gathered.line_of(line or lineno, needle)
        gathered.use(self.kind, target, used, file)
        reference = pending_xref(
            rawtext,
            nodes.inline(rawtext, title, classes=classes),
            refdoc=gathered.docname,
            refdomain="record",
            reftype=self.kind,
            refexplicit=titled is not None,
            refwarn=False,
            reftarget=target,
        )
        reference.source, reference.line = source, line
        return [reference], []


_SHOWN: Final[dict[Kind, str]] = {
    "speaker": "the name",
    "quote": "the opening words",
    "contradiction": "the sides",
    "annotation": "the opening words",
}

ROLES: Final[dict[str, Any]] = {
    "said": MarkRole("said", "marks words as those of the quote of that identifier"),
    "passage": MarkRole("passage", "marks words that the annotation of that identifier is about"),
    **{kind: ReferenceRole(kind) for kind in KINDS},
}
