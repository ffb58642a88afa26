"""Makes the search index that of a clean build.

Sphinx keeps in it the words that no page has any more, and loses the index
entries of pages that were not written in this build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError
from sphinx.util.index_entries import split_index_msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx


def tidy(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Drop the words without a page and give back the lost entries, before the index is stored."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is not None:
        indexer.prune(app.env.all_docs)
        for mapping in (indexer._mapping, indexer._title_mapping):
            for word in [word for word, pages in mapping.items() if not pages]:
                del mapping[word]
        entries = app.env.domains["index"].data["entries"]
        indexer._index_entries = {
            docname: sorted(_entries(entries.get(docname, ())))
            for docname in sorted(app.env.all_docs)
        }
    return ()


def _entries(entries: Iterable[tuple[str, str, str, str, str | None]]) -> set[tuple[str, str, str]]:
    """Give index entries in the form in which the search index has them."""
    found = set()
    for kind, value, target, main, _key in entries:
        try:
            terms = split_index_msg(kind, value)
        except (ValueError, SphinxError):
            continue
        shown = terms[:1] if kind in {"see", "seealso"} else []
        found |= {(term, target or "", main) for term in [*shown, *terms]}
    return found
