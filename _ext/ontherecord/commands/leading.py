"""Finds in what was read of a document each link to another document, with its line.

Sources are searched for links by `ontherecord.parting`. What a text has from elsewhere, such as
from a file that it includes, is only seen here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from ontherecord.parting.material import Lead

if TYPE_CHECKING:
    from collections.abc import Iterator


def leads(env: Any, docname: str) -> tuple[Lead, ...]:
    """Give all links of a document to others, and to what stands in others."""
    source = Path(env.doc2path(docname))
    found = []
    for node in env.get_doctree(docname).findall(nodes.Element):
        for kind, target in _of_node(env, docname, node):
            file, line = _place(node, source, Path(env.srcdir))
            found.append(Lead(kind, target, file, line))
    return tuple(dict.fromkeys(found))


def _of_node(env: Any, docname: str, node: nodes.Element) -> Iterator[tuple[str, str]]:
    if isinstance(node, addnodes.download_reference):
        path = env.relfn2path(str(node["reftarget"]), docname)[1]
        if name := env.path2doc(path):
            yield "download", name
    elif isinstance(node, addnodes.pending_xref):
        target = str(node.get("reftarget") or "")
        kind = node.get("refdomain"), node.get("reftype")
        if kind == ("doc", "myst"):
            yield "doc", target
        elif kind == ("std", "doc"):
            yield "role", _named(target, docname)
        elif kind == ("std", "numref"):
            yield "numref", target.lower()
        elif node.get("reftype") == "any" or kind == (None, "myst"):
            yield "any", target


def _named(target: str, docname: str) -> str:
    from sphinx.util import docname_join

    return docname_join(docname, target)


def _place(node: nodes.Node, document: Path, folder: Path) -> tuple[str, int]:
    """Give the file of a node, where it is another than the document's, and its line."""
    above: nodes.Node | None = node
    while above is not None and above.line is None:
        above = above.parent
    if above is None:
        return "", 1
    file = (folder / (above.source or document)).resolve()
    is_other = file.is_file() and file != document.resolve()
    return (Path(os.path.relpath(file, folder)).as_posix() if is_other else ""), above.line or 1
