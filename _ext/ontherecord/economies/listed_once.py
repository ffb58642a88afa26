"""Finds what bibliographies list when that can have changed, and not in every build.

For upstream (sphinxcontrib-bibtex, `BibtexDomain.env_updated`): *a build in which nothing changed
sorts, labels and formats the whole bibliography.* ``citations`` is emptied and filled again
whenever the environment is looked through, although it is stored with it: with 2,000 entries that
is most of a build that has nothing to do. What it is made of is known: the documents' citations
and bibliographies, the files' times, and two settings. A digest of these, stored beside
``citations``, tells that they are still right.

What is formatted by another style than ours is formatted anew each time, as is what gave warnings:
a style may be written in conf.py, and a build with warnings gives them again.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pybtex
from sphinxcontrib.bibtex.domain import get_docnames

from ontherecord import __version__
from ontherecord.economies.held_data import HeldData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")

STYLE: Final = "ontherecord"
"""The style whose entries are the same whenever they are formatted."""


class ListedOnce(HeldData):
    """The domain with what is listed kept while it is right."""

    def __init__(self, env: Any) -> None:
        """Take what is stored; it is read when it is asked for."""
        super().__init__(env)
        self.data.setdefault("kept", {})

    def kept(self, name: str, make: Callable[[], _T]) -> _T:
        """Give what is made of all that is listed: made once while that is the same."""
        kept = self.held("kept")
        if name not in kept:
            kept[name] = make()
        made: _T = kept[name]
        return made

    def env_updated(self) -> Iterable[str]:
        """Find what is listed, unless it was found before."""
        read = self._when_read()
        known: tuple[str, str] = self.data.get("listed_of", ("", ""))
        if read and read == known[0]:
            return []
        self._put_in_order()
        made_of = self._made_of()
        if made_of and made_of == known[1]:
            self.data["listed_of"] = (read, made_of)
            return []
        self.data["citations"], self.data["kept"] = [], {}
        with _warnings() as given:
            updated: Iterable[str] = super().env_updated()
        is_right = not given and self._are_in_our_style()
        self.data["listed_of"] = (read, made_of) if is_right else ("", "")
        return updated

    def _put_in_order(self) -> None:
        """Put bibliographies in the order in which a build of all reads them.

        Where two list one source, citations lead to the one that comes last.
        """
        found = self.bibliographies
        in_order = dict(sorted(found.items(), key=lambda one: one[0].docname))
        if [*found] != [*in_order]:
            found.clear()
            found.update(in_order)

    def _when_read(self) -> str:
        """Give a digest of when all was read that lists are made of."""
        return _digest([sorted(self.env.all_docs.items()), self._besides()])

    def _made_of(self) -> str:
        """Give a digest of what lists are made of."""
        cited = {
            name: [[*reference.targets] for reference in references]
            for name, references in self._by_document().items()
        }
        read = [(key, self.env.all_docs.get(key.docname)) for key in self.bibliographies]
        names: list[str] = [*get_docnames(self.env)]  # type: ignore[no-untyped-call]
        in_order = [(name, cited[name]) for name in names if name in cited]
        return _digest([in_order, read, self._besides()])

    def _by_document(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for reference in self.citation_refs:
            found.setdefault(reference.docname, []).append(reference)
        return found

    def _besides(self) -> list[object]:
        config, data = self.env.config, self.data["bibdata"]
        files = [(str(path), file.mtime) for path, file in data.bibfiles.items()]
        return [
            (__version__, pybtex.__version__, data.encoding, files),
            (config.bibtex_tooltips, config.bibtex_tooltips_style, config.root_doc),
        ]

    def _are_in_our_style(self) -> bool:
        styles = {bibliography.style for bibliography in self.bibliographies.values()}
        return styles | {self.env.config.bibtex_tooltips_style} <= {STYLE, ""}


@contextmanager
def _warnings() -> Iterator[list[logging.LogRecord]]:
    """Notice the warnings that upstream gives inside."""
    given: list[logging.LogRecord] = []

    class Noticing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            given.append(record)

    logger = logging.getLogger("sphinx.sphinxcontrib.bibtex.domain")
    handler = Noticing(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield given
    finally:
        logger.removeHandler(handler)


def _digest(parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
