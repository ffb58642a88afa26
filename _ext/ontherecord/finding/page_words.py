"""Gathers the text of each page as it is read, for the search index."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.addnodes import pending_xref, toctree
from sphinx.environment.collectors import EnvironmentCollector

from ontherecord.finding.indexed import Page
from ontherecord.markup.nodes import record_block, register_block
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_UNSEEN: Final = (nodes.Invisible, nodes.raw, nodes.system_message, nodes.title, toctree)
_APART: Final = (record_block, register_block)
"""Records are found by themselves, and a register has no words of its own."""


class PageWords(EnvironmentCollector):
    """Keeps each page's words with the environment."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        _kept(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        """Take the pages that another process has read."""
        _kept(env).update({name: _kept(other)[name] for name in docnames if name in _kept(other)})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Keep the words of a page that was read."""
        packed = zlib.compress(words(doctree).encode(errors="surrogatepass"), level=1)
        _kept(app.env)[app.env.current_document.docname] = packed


def words(doctree: nodes.document) -> str:
    """Give a page's own words, in one line, without its headline and its records."""
    title = next(iter(doctree.findall(nodes.title)), None)
    return fold_space(" ".join(_words(doctree, title)))


def pages(env: BuildEnvironment) -> Iterable[Page]:
    """Give the pages that are to be found, in the order of their names."""
    for name in sorted(env.found_docs):
        if name in env.titles and not {"nosearch", "no-search"} & set(env.metadata.get(name, {})):
            kept = _kept(env).get(name)
            if kept is None:
                text = words(env.get_doctree(name))
            else:
                text = zlib.decompress(kept).decode(errors="surrogatepass")
            yield Page(name, env.titles[name].astext(), text)


def _words(node: nodes.Node, headline: nodes.Node | None) -> Iterator[str]:
    if isinstance(node, nodes.title) and node is not headline:
        yield node.astext()
    elif isinstance(node, (*_UNSEEN, *_APART)):
        return
    elif isinstance(node, nodes.TextElement):
        yield "".join(_said(node))
    else:
        for child in node.children:
            yield from _words(child, headline)


def _said(node: nodes.Node) -> Iterator[str]:
    """Give the text of a paragraph, without the targets of links that are named there only."""
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, pending_xref) and not node.get("refexplicit"):
        return
    elif not isinstance(node, _UNSEEN):
        for child in node.children:
            yield from _said(child)


def _kept(env: BuildEnvironment) -> dict[str, bytes]:
    """Give the words by page, packed: they are asked for at the end, and some builds do not ask.

    An environment may be older than this extension.
    """
    holder: Any = env
    if not hasattr(holder, "record_page_texts"):
        holder.record_page_texts = {}
    kept: dict[str, bytes] = holder.record_page_texts
    return kept
