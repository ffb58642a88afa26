"""What the rows of tables are about: things of an edition by their names, and what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from ontherecord.exchange.stretches import runs
from ontherecord.exchange.tables.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ontherecord.edition import Edition
    from ontherecord.exchange.stretches import Kind

    ByName = Callable[[Edition], Mapping[str, Any]]


def _itself(_edition: Edition, thing: Any) -> tuple[Any]:
    return (thing,)


@dataclass(frozen=True, slots=True)
class Things:
    """What rows are about: things of a kind in their order, and what of each has a row of its own.

    ``by_name`` gives the things by the names that `ontherecord.keeping.affected` has for them,
    ``items`` what of one a row is about: itself, if nothing else is said.
    """

    kind: Kind
    by_name: ByName
    items: Callable[[Edition, Any], Iterable[Any]] = _itself

    def runs(self, edition: Edition) -> list[tuple[str, ...]]:
        """Give the names in runs of neighbours, made once for all tables of these things."""
        return _runs(self.by_name)(edition)

    def __call__(self, edition: Edition) -> Iterator[Any]:
        """Give all that a row is about."""
        for thing in self.by_name(edition).values():
            yield from self.items(edition, thing)


@cache
def _runs(by_name: ByName) -> Callable[[Edition], list[tuple[str, ...]]]:
    return once(lambda edition: list(runs(by_name(edition))))


ALL_SPEAKERS: Final = Things("records", lambda edition: edition.speakers)
ALL_QUOTES: Final = Things("records", lambda edition: edition.quotes)
ALL_CONTRADICTIONS: Final = Things("records", lambda edition: edition.contradictions)
ALL_ANNOTATIONS: Final = Things("records", lambda edition: edition.annotations)
ALL_ARTICLES: Final = Things("documents", lambda edition: edition.articles)
ALL_SOURCES: Final = Things("sources", lambda edition: edition.sources)
