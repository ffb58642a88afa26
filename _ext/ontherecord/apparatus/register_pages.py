"""Parts a long register into pages: the document itself, then ``REGISTER.2.html`` and so on.

Only HTML has such pages; every other builder gets the whole list.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, TypeAlias

from docutils import nodes
from sphinx.locale import get_translation

from ontherecord.apparatus.pieces import inline, paragraph, reference
from ontherecord.economies.collector import collect_young

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx.application import Sphinx

    from ontherecord.views import Views

_ = get_translation("ontherecord")


def page_name(docname: str, number: int) -> str:
    """Give the name of a register's page; the first is the document itself."""
    return docname if number < 2 else f"{docname}.{number}"


def count(entries: int, size: int) -> int:
    """Give the number of pages that so many entries need."""
    return max(1, -(-entries // size)) if size else 1


def navigation(builder: Any, docname: str, number: int, pages: int) -> paragraph:
    """Give the line that leads to the pages around one, and to the first and the last."""
    line = paragraph(
        _("Page %(number)d of %(pages)d: ") % {"number": number, "pages": pages},
        classes=["record-pages-line"],
    )
    near = sorted({1, number - 1, number + 1, pages} & set(range(1, pages + 1)) - {number})
    for index, other in enumerate(near):
        if index:
            line += ", "
        here, there = page_name(docname, number), page_name(docname, other)
        line += reference(inline(str(other)), address=builder.get_relative_uri(here, there))
    return line


Waiting: TypeAlias = "Callable[[set[str]], nodes.Node]"
"""Composes what one register has on a further page, when that is written: no two are held.

It is given the anchors that the page has already.
"""


class RegisterPages:
    """Knows the further pages of the registers that are written in this build, and writes them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pages: dict[str, list[Waiting]] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("builder-inited", self._begin)
        app.connect("html-collect-pages", self.collect)

    def _begin(self, app: Sphinx) -> None:
        app.builder.record_pages = self._pages  # type: ignore[attr-defined]

    def collect(self, app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
        """Give the further pages to Sphinx, each composed and rendered when it is asked for."""
        builder: Any = app.builder
        for name in sorted(self._pages):
            docname, _dot, number = name.rpartition(".")
            title = app.env.titles[docname].astext()
            shown = _("%(title)s, page %(number)s") % {"title": title, "number": number}
            taken: set[str] = set()
            body = nodes.container("", *(compose(taken) for compose in self._pages[name]))
            fragment = builder.render_partial(body)["fragment"]
            context = {"title": shown, "body": f"<h1>{escape(shown)}</h1>\n{fragment}"}
            yield name, context, "page.html"
            del body, fragment, context  # What is still named is not collected.
            collect_young()


def names(views: Views, queries: Mapping[str, Sequence[Any]], size: int) -> list[str]:
    """Give the names of all further pages that registers have, by document."""
    found = []
    for docname, of_document in sorted(queries.items()):
        pages = max(
            (count(len(views.register(query)), size) for query, _ in of_document), default=1
        )
        found += [page_name(docname, number) for number in range(2, pages + 1)]
    return found
