"""Marked words, between the source and the page: nothing may change a character of them."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.utils.smartquotes import smartchars
from sphinx import addnodes

from ontherecord.words import fold_space, outer_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_WORDS: Final = (
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.system_message,
    nodes.problematic,
    nodes.Invisible,
    nodes.raw,
)
_NOT_AS_WRITTEN: Final = ["replacements", "smartquotes", "html_inline", "html_block"]
"""Markdown's rules that would change or drop characters: a tag in a quotation is words."""


@contextmanager
def as_written(parser: Any) -> Iterator[None]:
    """Keep Markdown's typographer and its HTML off what is parsed inside.

    ``parser`` is the directive's state or the role's inliner; one of
    reStructuredText has no typographer.
    """
    renderer = getattr(parser, "__dict__", {}).get("_renderer")
    if renderer is None:
        yield
        return
    with renderer.md.reset_rules():
        renderer.md.disable(_NOT_AS_WRITTEN, ignoreInvalid=True)
        yield


def texts(node: nodes.Node) -> Iterator[nodes.Text]:
    """Give the text nodes below a node that are words, in order."""
    if isinstance(node, nodes.Text):
        yield node
    elif not isinstance(node, _NO_WORDS):
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
        elif isinstance(element, nodes.Element) and not isinstance(element, nodes.Invisible):
            yield from text_blocks(element)


def strip_outer_marks(blocks: list[nodes.Element]) -> tuple[str, list[str], str]:
    """Take the outer quotation marks and spare white space off marked words, in place.

    Gives the marks that opened and closed them, and the words between, a
    paragraph each.
    """
    for block in blocks:
        for text in list(texts(block)):
            _set(text, re.sub(r"\s+", " ", text.astext()))
        _trim(block)
    words = [plain(block) for block in blocks]
    opener, inner, closer = outer_marks("\n\n".join(words))
    if opener:
        _cut(blocks[0], len(opener), at_end=False)
        _cut(blocks[-1], len(closer), at_end=True)
        words = inner.split("\n\n")
    return opener.strip(), [fold_space(word) for word in words], closer.strip()


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
    marks = smartchars.quotes.get(language) or smartchars.quotes.get(language.partition("-")[0])
    double_open, double_close, single_open, single_close = tuple(marks or "“”‘’")
    return {
        '"': double_open if opens else double_close,
        "'": single_open if opens else single_close,
    }.get(mark, mark)


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
