"""Makes the search of an edition with our theme: chooses the index, writes it and its page.

What was indexed is kept as a digest beside the other digests, and nothing is
made while it is the same; see `ontherecord.finding.published`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.config import ENUM
from sphinx.locale import get_translation
from sphinx.util import logging

from ontherecord.apparatus.frame import foot, is_ours, navigation
from ontherecord.apparatus.phrases import say, term
from ontherecord.domain import domain_of
from ontherecord.faults.failing import failed
from ontherecord.finding import pagefind
from ontherecord.finding.indexed import FACETS, SORTS, Entries, Indexed, language_of
from ontherecord.finding.page_words import PageWords, pages
from ontherecord.finding.settled import ENTRY, FOLDER
from ontherecord.keeping.places import kept_in
from ontherecord.publishing.whole import tools
from ontherecord.sealed import seal, unsealed
from ontherecord.settings import PAGED
from ontherecord.vocabulary import CONTRADICTION_KINDS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_ = get_translation("ontherecord")
logger = logging.getLogger(__name__)

_SPHINX_INDEX: Final = "searchindex.js"
_SPHINX_SCRIPTS: Final = ("searchtools.js", "language_data.js", "*-stemmer.js", "_stemmer.js")
LARGE: Final = 5_000
"""Records of which the index is made in a process of its own, which takes 0.2 s to begin."""
LABELS: Final = {
    "sort": "What",
    "speaker": "Speaker",
    "year": "Year",
    "topic": "Topic",
    "kind": "Kind",
    "status": "Status",
}
_CLOSED: Final[Mapping[str, Iterable[str]]] = {
    "sort": SORTS,
    "kind": CONTRADICTION_KINDS,
    "status": STATUSES,
}
"""Facets whose values are few and known, and so named in the edition's language."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice on the search page: its name, its label, and its values with their labels."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]


class Finding:
    """Makes the search of one build."""

    def __init__(self) -> None:
        """Begin with no index chosen."""
        self._program: Path | None = None
        self._version = ""
        self._making: Callable[[], None] | None = None
        self._made_with = ""

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.add_config_value(
            "record_search",
            "auto",
            "html",
            types=ENUM("auto", "pagefind", "sphinx"),
            description="what finds things under the theme `ontherecord`: `pagefind`, `sphinx`, or "
            "`auto`, which is Pagefind where it is installed",
        )
        app.add_env_collector(PageWords)
        app.connect("builder-inited", self.choose)
        app.connect("env-updated", self.begin_anew)
        app.connect("html-collect-pages", self.give_page)
        app.connect("html-page-context", self.give_script)
        app.connect("build-finished", self.write)
        app.connect("build-finished", self.end, priority=900)  # When all others have written.

    def choose(self, app: Sphinx) -> None:
        """Choose the index, before Sphinx begins its own."""
        builder: Any = app.builder
        if builder.name not in PAGED or not is_ours(builder):
            return
        if app.config.record_search == "sphinx":
            return
        program = pagefind.binary()
        try:
            if program is None:
                raise pagefind.Failed(_("it is not installed"))
            self._version = pagefind.version(program)
        except pagefind.Failed as reason:
            logger.info(
                "record_search: Sphinx's own index is made, for Pagefind cannot be had: %s", reason
            )
            return
        self._program = program
        builder.search = False
        builder.finds_records = True

    def begin_anew(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Write every page where the last build made the other index, which Sphinx reads back."""
        builder = app.builder
        if builder.name not in PAGED or not is_ours(builder):
            return []
        index = f"{FOLDER}/{ENTRY}" if self._program else _SPHINX_INDEX
        return [] if (Path(app.outdir) / index).is_file() else sorted(env.found_docs)

    def give_page(self, app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
        """Give the search page."""
        if self._program is None or domain_of(app.env).is_left_alone:
            return
        context = {
            "title": _("Search"),
            "facets": [
                Facet(
                    facet,
                    _(LABELS[facet]),
                    tuple((value, term(value)) for value in _CLOSED.get(facet, ())),
                )
                for facet in FACETS
            ],
        }
        yield "search", context, "find.html"

    def give_script(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: object,
    ) -> None:
        """Give the search page its script and the links to the registers, whatever finds things."""
        if templatename not in {"find.html", "search.html"} or not is_ours(app.builder):
            return
        context["registers"] = _registers(app)
        if templatename == "find.html":
            app.add_js_file("search.js", loading_method="defer")

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the index where anything in it has changed, and remove the other one."""
        builder = app.builder
        if exception is not None or builder.name not in PAGED:
            return
        outdir = Path(app.outdir)
        kept = kept_in(app, ".search")
        if self._program is None:  # Under another theme the folder may be an editor's own.
            # Where something is kept it is ours, though it may never have become whole.
            if kept.is_file() or (is_ours(builder) and (outdir / FOLDER / ENTRY).is_file()):
                shutil.rmtree(outdir / FOLDER, ignore_errors=True)
            kept.unlink(missing_ok=True)
            _made_with_in(kept).unlink(missing_ok=True)
            return
        for pattern in _SPHINX_SCRIPTS:
            for path in (outdir / "_static").glob(pattern):
                path.unlink()
        (outdir / _SPHINX_INDEX).unlink(missing_ok=True)
        made_with = tools(app)
        made_with = made_with and f"{made_with} {self._version}"
        if domain_of(app.env).unchanged and made_with and _made_with(kept) == made_with:
            return
        kept.touch()  # From now on the folder is ours, whole or not.
        from ontherecord.finding.apart import Apart, Task

        edition = domain_of(app.env).edition
        told = (str(self._program), self._version, str(outdir), str(kept), language_of(edition))
        task = Task(*told, made_with)
        self._made_with = made_with
        is_large = len(edition.own) >= LARGE
        if is_large:
            apart = Apart(task)
            apart.send(entries(app))
            self._making = apart.wait
        else:
            self._making = partial(task.write, list(entries(app)))
        if not is_large or app.parallel < 2:
            self.end(app, None)

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """End with the index in its place."""
        making, self._making = self._making, None
        if making is None or exception is not None:
            return
        try:
            making()
        except pagefind.Failed as reason:
            logger.info("record_search: Pagefind wrote no index: %s", reason)
            return
        except OSError as error:
            raise failed(app, error, Path(app.outdir)) from error
        seal(_made_with_in(kept_in(app, ".search")), self._made_with.encode())


def _made_with_in(kept: Path) -> Path:
    """Give the file that says what an index was made with: all that nothing changed has to read."""
    return kept.with_suffix(".search-tools")


def _made_with(kept: Path) -> str:
    return (unsealed(_made_with_in(kept)) or b"").decode()


def entries(app: Sphinx) -> Iterable[Indexed]:
    """Give all that is to be found in the edition, one after the other."""
    language = app.config.language or "en"

    def href(docname: str, anchor: str) -> str:
        return app.builder.get_target_uri(docname) + (f"#{anchor}" if anchor else "")

    made = Entries(domain_of(app.env).edition, href, lambda date: say(date, language))
    return made.all(pages(app.env))


def _registers(app: Sphinx) -> list[tuple[str, str]]:
    """Give the pages that list all that can be found: those of the head and foot, the registers."""
    found: dict[str, str] = {}
    documents = domain_of(app.env).documents
    for name in sorted(documents):
        for query, _line in documents[name].queries:
            found.setdefault(query.register, name)
    named = [name for name, _title in (*navigation(app.builder), *foot(app.builder))]
    named += [found[name] for name in _REGISTERS if name in found]
    return [(name, app.env.titles[name].astext()) for name in dict.fromkeys(named)]


_REGISTERS: Final = ("quotes", "contradictions", "speakers", "annotations", "timeline", "sources")
