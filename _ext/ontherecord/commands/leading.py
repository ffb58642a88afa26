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
    found += _taken_in(env, docname, source)
    return tuple(dict.fromkeys(found))


def _taken_in(env: Any, docname: str, source: Path) -> Iterator[Lead]:
    """Give the documents whose sources a document takes in, where they are named in it."""
    lines = source.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    offered = {
        document_at(env, path) for path, (names, _name) in env.dlfiles.items() if docname in names
    }
    for path in sorted(map(str, env.dependencies.get(docname, ()))):
        name = document_at(env, path)
        if name is not None and name in env.found_docs - offered:
            named = (n for n, text in enumerate(lines, 1) if "include" in text)
            file = Path(path).name
            line = next((number for number in named if file in lines[number - 1]), 1)
            yield Lead("include", name, "", line)


def document_at(env: Any, path: object) -> str | None:
    """Give the document whose file is at a path, if it is any's."""
    name: str | None = env.path2doc(str(env.srcdir / str(path)))
    return name


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
