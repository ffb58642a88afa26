"""Removes what an earlier build wrote for a whole output, and this one would not write any more.

Sphinx removes nothing: not the catalogue or the book of a document that is gone, nor an index, a
page or a script that other settings have no use for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sphinx.util.i18n import docname_to_domain

from ontherecord.domain import domain_of
from ontherecord.keeping.places import kept_in
from ontherecord.keeping.stored import load, save
from ontherecord.rebuilding import beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx


_TEMPLATE: Final = re.compile(r"(\.jinja|_t)$")
"""How the name of a file ends that Sphinx fills in, and publishes without that."""


class Kept(msgspec.Struct, frozen=True):
    """The files that a build wrote, by path below the output's folder.

    ``named`` follow from settings and documents; of ``others`` only writing tells.
    """

    named: list[str] = []
    others: list[str] = []


class Leftovers:
    """What one build writes for the whole of its output."""

    def __init__(self) -> None:
        """Begin with no page seen."""
        self._indices: set[str] = set()

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("write-started", self.sweep)  # Before anything is packed.
        app.connect("html-page-context", self.note)
        app.connect("build-finished", self.keep)

    def sweep(self, app: Sphinx, builder: Any) -> None:
        """Remove what settings and documents have no use for any more."""
        if not domain_of(app.env).unchanged:
            _remove(app, set(load(_kept_in(app), Kept).named) - {*_named(app)})

    def note(self, app: Sphinx, pagename: str, *_given: Any) -> None:
        """Note that a page of an index is written."""
        if pagename in app.env.found_docs:
            return
        builder: Any = app.builder
        indices = {index[0] for index in getattr(builder, "domain_indices", ())}
        if pagename.partition("-")[0] == "genindex" or pagename in indices:
            self._indices.add(_below(builder, builder.get_outfilename(pagename)))

    def keep(self, app: Sphinx, exception: Exception | None) -> None:
        """Remove indices and scripts that are written no more, and keep which files there are."""
        others, self._indices = self._indices, set()
        if exception is not None or domain_of(app.env).unchanged:
            return
        others.update(_static(app))
        before = load(_kept_in(app), Kept)
        _remove(app, set(before.others) - others)
        now = Kept(sorted(_named(app)), sorted(others))
        if now != before:
            save(_kept_in(app), now)


def _kept_in(app: Sphinx) -> Path:
    return kept_in(app, ".whole-names")


def _below(builder: Any, path: Any) -> str:
    return Path(path).relative_to(builder.outdir).as_posix()


def _remove(app: Sphinx, names: set[str]) -> None:
    builder: Any = app.builder
    if names and builder.format == "html":
        names -= {_below(builder, builder.get_outfilename(name)) for name in app.env.found_docs}
        names -= beside.static_files(app)
    for name in names:
        (Path(app.outdir) / name).unlink(missing_ok=True)


def _named(app: Sphinx) -> Iterator[str]:
    """Give the files that a builder writes by its settings and documents."""
    builder: Any = app.builder
    config, documents = app.config, app.env.found_docs
    match builder.name:
        case "gettext":
            domains = {docname_to_domain(name, config.gettext_compact) for name in documents}
            yield from (f"{domain}.pot" for domain in domains)
        case "latex":
            yield from (book[1] for book in _books(config.latex_documents, documents))
        case "texinfo":
            books = _books(config.texinfo_documents, documents)
            yield from (f"{book[1]}.texi" for book in books)
        case "man":
            for _docname, name, _title, _authors, section in _books(config.man_pages, documents):
                above = f"man{section}/" if config.man_make_section_directory else ""
                yield f"{above}{name}.{section}"
        case _ if builder.format == "html" and hasattr(builder, "get_outfilename"):
            for name in config.html_additional_pages:
                yield _below(builder, builder.get_outfilename(name))


def _books(entries: Iterable[Any], documents: Iterable[str]) -> Iterator[Any]:
    return (entry for entry in entries if entry[0] in documents)


def _static(app: Sphinx) -> Iterator[str]:
    """Give what a theme brings, the scripts of a language, and what Sphinx's own search has."""
    builder: Any = app.builder
    theme = getattr(builder, "theme", None)
    for folder in theme.get_theme_dirs() if theme is not None else ():
        for name in beside.names_below(app, Path(folder) / "static"):
            yield f"_static/{_TEMPLATE.sub('', name)}"
    if hasattr(builder, "_get_translations_js") and builder._get_translations_js():
        yield "_static/translations.js"
    if not getattr(builder, "search", False):
        return
    if builder.config.html_use_opensearch:
        yield "_static/opensearch.xml"
    indexer: Any = getattr(builder, "indexer", None)
    if hasattr(indexer, "get_js_stemmer_rawcodes"):
        yield from (f"_static/{Path(path).name}" for path in indexer.get_js_stemmer_rawcodes())
