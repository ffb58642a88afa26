"""Writes down all that the reading of a folder leaves: a program of its own, run by the tests.

    python left_by_reading.py FOLDER OUT [untouched]

With ``untouched`` the dependencies do all of their work, as they come.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).parent.parent / "_ext"))

TEMPORARY = {"all_docs", "_pickled_doctree_cache", "_write_doc_doctree_cache"}
UNREAD = {"env", "stylesheet_path"}  # What writers are given.
APART = {"document", "settings", "reporter", "transformer", "parent", "_document", "children"}


def main(folder: str, out: str, untouched: str = "") -> None:
    from ontherecord import economies
    from sphinx.application import Sphinx

    if untouched:
        economies.connect = lambda _app: None
    warnings = io.StringIO()
    app = Sphinx(folder, folder, out, f"{out}/doctrees", "html", status=None, warning=warnings)
    app.builder.read()
    env = app.env
    found = [re.sub("\x1b\\[[0-9;]*m", "", warnings.getvalue())]
    for docname in sorted(env.found_docs):
        doctree = env.get_doctree(docname)
        settings = {
            name: value for name, value in vars(doctree.settings).items() if name not in UNREAD
        }
        kept = [
            (name, repr(value.get(docname)))
            for name, value in sorted(vars(env).items())
            if isinstance(value, dict) and docname in value and name not in TEMPORARY
        ]
        found += [
            docname,
            *lines(doctree),
            repr(sorted(settings.items(), key=str)),
            *map(str, kept),
        ]
    for name, domain in sorted(env.domains.items()):
        if name in {"cite", "record"}:  # Citations are kept otherwise; records are given below.
            continue
        found += [f"{name} {key}: {value!r}" for key, value in sorted(domain.data.items())]
    documents = env.domains["record"].documents
    found += [
        repr(getattr(documents[name], "value", documents[name])) for name in sorted(documents)
    ]
    text = re.sub(r"0x[0-9a-f]+", "", "\n".join(found))
    (Path(out) / "left.txt").write_text(text, encoding="utf-8")


def lines(node: nodes.Node, depth: int = 0) -> Iterator[str]:
    """Give a tree as lines, all that its nodes hold included."""
    if isinstance(node, nodes.Text):
        yield f"{' ' * depth}{str(node)!r} {node.line} {node.source}"
        return
    own: dict[str, Any] = {name: shown(value) for name, value in vars(node).items()}
    yield (
        " " * depth
        + f"{type(node).__name__} "
        + repr(sorted(item for item in own.items() if item[0] not in APART))
    )
    for child in node.children:
        yield from lines(child, depth + 1)


def shown(value: Any) -> str:
    return repr(sorted(value.items(), key=str)) if isinstance(value, dict) else repr(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
