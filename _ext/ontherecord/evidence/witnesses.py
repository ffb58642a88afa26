"""Witnesses of a quote: through whom their words come, and which are independent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontherecord.values import Value

if TYPE_CHECKING:
    from ontherecord.edition import Edition
    from ontherecord.records import Quote


class Chain(Value, frozen=True):
    """A witness: the source, those through which the edition has it, and where it took its words.

    ``roots`` are the sources at the end of its chain: itself, or those that it was taken from.
    """

    source: str
    via: tuple[str, ...]
    taken_from: tuple[str, ...]
    roots: tuple[str, ...]


def chains(edition: Edition, quote: Quote) -> list[Chain]:
    """Give a quote's witnesses, the source of its words first."""
    through: dict[str, list[str]] = {quote.source: [quote.via] if quote.via else []}
    for reading in quote.readings:
        known = through.setdefault(reading.source, [])
        if reading.via and reading.via not in known:
            known.append(reading.via)
    return [
        Chain(key, tuple(via), taken_from(edition, key), roots(edition, key))
        for key, via in through.items()
    ]


def taken_from(edition: Edition, key: str) -> tuple[str, ...]:
    """Give the sources that a source says it took its words from: its field ``takenfrom``."""
    source = edition.sources.get(key)
    named = source.field("takenfrom") if source else ""
    if not named:
        return ()
    return tuple(one for one in re.split(r"[\s,]+", named) if one and one != key)


def roots(edition: Edition, key: str) -> tuple[str, ...]:
    """Give the sources at the end of a source's chain, in order; of a circle, all."""
    if not taken_from(edition, key):
        return (key,)
    ends: set[str] = set()
    seen: set[str] = set()
    todo = [key]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        further = taken_from(edition, one)
        if further:
            todo += further
        else:
            ends.add(one)
    return tuple(sorted(ends or seen))  # In a circle nobody is independent of anybody.


def independent(witnesses: list[Chain]) -> int:
    """Count the witnesses that are independent: the groups of those that share a root."""
    if len(witnesses) == 1:
        return 1
    groups: list[set[str]] = []
    for witness in witnesses:
        shared = [group for group in groups if group & set(witness.roots)]
        groups = [group for group in groups if group not in shared]
        groups.append(set(witness.roots).union(*shared))
    return len(groups)
