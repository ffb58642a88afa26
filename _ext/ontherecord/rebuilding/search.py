"""Makes the search index that of a clean build.

Sphinx keeps in it the words that no page has any more, and loses the index
entries of pages that were not written in this build.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError
from sphinx.util.index_entries import split_index_msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
        indexer.get_objects = _with_anchors(app, indexer, indexer.get_objects)
        indexer._index_entries = {
            docname: sorted(_entries(entries.get(docname, ())))
            for docname in sorted(app.env.all_docs)
            if not {"nosearch", "no-search"} & set(app.env.metadata.get(docname, {}))
        }
    return ()


def _with_anchors(
    app: Sphinx, indexer: Any, get_objects: Callable[[dict[str, int]], Any]
) -> Callable[[dict[str, int]], Any]:
    """Give the index's objects with the anchors of records written out.

    Sphinx leaves an anchor out that is the kind and the name, and its script makes it
    anew from what is shown: from a quote's opening words, where it is a record's.
    """

    def with_anchors(numbers: dict[str, int]) -> Any:
        objects = get_objects(numbers)
        kinds = {
            number: kind for (name, kind), number in indexer._objtypes.items() if name == "record"
        }
        anchors: dict[tuple[int, str, str], list[str]] = {}
        for _name, shown, kind, docname, anchor, _priority in sorted(
            app.env.domains["record"].get_objects()
        ):
            if docname in numbers:
                key = (numbers[docname], kind, html.escape(shown))
                anchors.setdefault(key, []).append(anchor)
        for prefix, entries in objects.items():
            for index, (number, kind_number, priority, anchor, name) in enumerate(entries):
                if kind_number in kinds and anchor == "-":
                    shown = f"{prefix}.{name}" if prefix else name
                    found = anchors[number, kinds[kind_number], shown].pop(0)
                    entries[index] = (number, kind_number, priority, found, name)
        return objects

    return with_anchors


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
