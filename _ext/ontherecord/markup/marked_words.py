"""Marked words, between the source and the page: nothing may change a character of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes
from docutils.utils.smartquotes import smartchars
from sphinx import addnodes

from ontherecord.markup.nodes import record_block
from ontherecord.words import PAIRS, fold_space, outer_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK: Final = re.compile(r"<br\s*/?>")
_SPACE: Final = re.compile(r"\s+")

_NO_WORDS: Final = (
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.system_message,
    nodes.problematic,
    nodes.Invisible,
    nodes.raw,
)
_STRAIGHT: Final = {'"': 0, "'": 2}
"""Where the form that opens stands in a language's four marks; the one that closes follows it."""
APART: Final = (nodes.Invisible, nodes.footnote, nodes.citation, record_block)
"""What may stand in a quote's content without being words of it."""


def texts(node: nodes.Node) -> Iterator[nodes.Text]:
    """Give the text nodes below a node that are words, in order."""
    if isinstance(node, nodes.Text):
        yield node
    elif isinstance(node, nodes.target) or not isinstance(node, _NO_WORDS):
        for child in node.children:
            yield from texts(child)


def plain(node: nodes.Node) -> str:
    """Give the words below a node."""
    return "".join(text.astext() for text in texts(node))


def text_blocks(node: nodes.Element) -> Iterator[nodes.TextElement]:
    """Give the blocks of running text below a node, in order."""
    for element in node.children:
        if isinstance(element, nodes.TextElement) and not isinstance(element, nodes.Inline):
            if not isinstance(element, _NO_WORDS):
                yield element
        elif isinstance(element, nodes.Element) and not isinstance(element, APART):
            yield from text_blocks(element)


def strip_outer_marks(blocks: list[nodes.Element]) -> tuple[str, list[str], str]:
    """Take the outer quotation marks and spare white space off marked words, in place.

    Gives the marks that opened and closed them, and the words between, a
    paragraph each.
    """
    if len(blocks) == 1 and (text := _only_text(blocks[0])) is not None:
        return _strip_text(text)
    blocks = [block for block in blocks if plain(block).strip()] or blocks[:1]
    for block in blocks:
        _join_lines(block)
        for text in list(texts(block)):
            _set(text, _SPACE.sub(" ", text.astext()))
        _trim(block)
    _strip_reopened(blocks)
    words = [plain(block) for block in blocks]
    opener, inner, closer = outer_marks("\n\n".join(words))
    if opener:
        _cut(blocks[0], len(opener), at_end=False)
        _cut(blocks[-1], len(closer), at_end=True)
        words = inner.split("\n\n")
    return opener.strip(), [fold_space(word) for word in words], closer.strip()


def _only_text(block: nodes.Element) -> nodes.Text | None:
    """Give the text that is all there is in a block, unless backslashes still stand in it."""
    text = block.children[0] if len(block.children) == 1 else None
    return text if isinstance(text, nodes.Text) and "\0" not in text else None


def _strip_text(text: nodes.Text) -> tuple[str, list[str], str]:
    """Do as `strip_outer_marks` with words that have no markup, as most have none."""
    opener, inner, closer = outer_marks(fold_space(text))
    _set(text, inner)
    return opener.strip(), [fold_space(inner)], closer.strip()


def _join_lines(block: nodes.Element) -> None:
    """Make a space of each forced line break, which is white space like another."""
    for raw in list(block.findall(nodes.raw)):
        if raw.get("format") == "html" and _BREAK.match(raw.astext()):
            raw.parent.replace(raw, nodes.Text(" "))
        elif raw.astext().strip() in {"\\\\", "\\newline"}:
            raw.parent.remove(raw)


def _strip_reopened(blocks: list[nodes.Element]) -> None:
    """Take off the quotation mark with which each further paragraph opens a quotation again."""
    words = [plain(block) for block in blocks]
    if len(words) < 2 or not words[0]:
        return
    opener = words[0][0]
    closers = PAIRS.get(opener, "")
    goes_on = all(word[:1] == opener for word in words)
    closed = [word[-1:] in closers for word in words]
    if closers and goes_on and closed[-1] and not any(closed[:-1]):
        for block in blocks[1:]:
            _cut(block, 1, at_end=False)
            _trim(block)


def _trim(block: nodes.Element) -> None:
    word = plain(block)
    if spare := len(word) - len(word.lstrip()):
        _cut(block, spare, at_end=False)
    word = plain(block)
    if spare := len(word) - len(word.rstrip()):
        _cut(block, spare, at_end=True)


def _cut(block: nodes.Element, count: int, *, at_end: bool) -> None:
    """Take characters off the words at one end of a block."""
    found = list(texts(block))
    for text in reversed(found) if at_end else found:
        if not count:
            return
        content = text.astext()
        taken = min(count, len(content))
        _set(text, content[: len(content) - taken] if at_end else content[taken:])
        count -= taken


def _set(text: nodes.Text, content: str) -> None:
    parent = text.parent
    if parent is not None and content != text.astext():
        if content:
            parent.replace(text, nodes.Text(content))
        else:
            parent.remove(text)


def punctuation(mark: str, *, opens: bool, language: str) -> str:
    """Give the quotation mark to set: a straight one in the language's own form."""
    if mark not in _STRAIGHT:
        return mark
    marks = smartchars.quotes.get(language) or smartchars.quotes.get(language.partition("-")[0])
    return str((marks or "“”‘’")[_STRAIGHT[mark] + (not opens)])


def lost_characters(container: nodes.Element) -> list[str]:
    """Give the stretches that markup sets off within a word, as the stars of ``f**k`` would."""
    found = []
    for node in container.findall(lambda one: isinstance(one, nodes.emphasis | nodes.strong)):
        parent = node.parent
        index = parent.index(node)
        before = parent[index - 1].astext()[-1:] if index else ""
        after = parent[index + 1].astext()[:1] if index + 1 < len(parent) else ""
        if before.isalnum() or after.isalnum():
            found.append(f"{before}{node.astext()}{after}")
    return found


def markup_blocks(container: nodes.Element) -> list[str]:
    """Give the names of what in a quotation's content is no paragraph, and may have lost words."""
    names = {
        nodes.enumerated_list: "a numbered list",
        nodes.bullet_list: "a list",
        nodes.section: "a heading",
        nodes.literal_block: "code",
        nodes.table: "a table",
        nodes.definition_list: "a definition list",
        nodes.field_list: "a list of fields",
    }
    return [names[type(child)] for child in container.children if type(child) in names]


def bare_references(node: nodes.Element) -> list[str]:
    """Give the targets of references in marked words whose shown text is not in the source."""
    return [
        str(reference.get("reftarget", ""))
        for reference in node.findall(addnodes.pending_xref)
        if not reference.get("refexplicit")
        and (
            reference.get("refdomain") in {"record", "cite"}
            or reference.get("reftype") in {"doc", "ref", "numref", "any", "myst"}
        )
    ]
