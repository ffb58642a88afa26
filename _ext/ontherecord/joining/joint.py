"""The joint Edition: all records of all volumes beside the front's own, for registers of all.

It is made from the ``edition.json`` of each volume. A document of a volume is named after it,
as ``2017/articles/some-report``, which is also where it is below the front's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontherecord.edition import Edition
from ontherecord.records import Annotation, Contradiction, Document, Record, edition_of
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ontherecord.records import Source


def joined(own: Edition, volumes: Mapping[str, Edition]) -> Edition:
    """Give the Edition of the front's records and of those at home in volumes.

    What volumes have as copies counts once, at its home; what they call ``NAME:ID`` is
    one of the records again.
    """
    documents: dict[str, Document] = dict(own.documents)
    sources: dict[str, Source] = {}
    at_issue = _at_issue(volumes.values())
    for name, volume in volumes.items():
        sources = {**volume.sources, **sources}
        for docname, document in volume.documents.items():
            records = [one for one in document.records if one.id in volume.own]
            if records or document.date:
                place = f"{name}/{docname}"
                documents[place] = replace(
                    document,
                    docname=place,
                    records=tuple(_placed(one, place, at_issue) for one in records),
                    queries=(),
                )
    made = Edition(
        documents,
        {**sources, **own.sources},
        own.language,
        ledger=own.ledger,
        imprint=own.imprint,
        remote=own.remote,
    )
    made.references = own.references
    return made


def _placed(
    record: Record, place: str, at_issue: Mapping[str, tuple[tuple[str, str], ...]]
) -> Record:
    """Give a record of a volume as the joint Edition has it: its place, and plain identifiers."""
    made: Record = replace(record, origin=replace(record.origin, docname=place))
    if isinstance(made, Contradiction):
        return replace(
            made,
            between=tuple(map(_plain, made.between)),
            answered_by=tuple(map(_plain, made.answered_by)),
            at_issue=at_issue.get(made.id, made.at_issue),
        )
    if isinstance(made, Annotation):
        return replace(made, on=_plain(made.on))
    return made


def _at_issue(volumes: Iterable[Edition]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give the words at issue of each case: every volume has those of its own statements."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for volume in volumes:
        for case in volume.contradictions.values():
            for pair in case.at_issue:
                found.setdefault(case.id, {}).setdefault(pair)
    return {identifier: tuple(pairs) for identifier, pairs in found.items()}


def _plain(name: str) -> str:
    return name[len(edition_of(name)) :].lstrip(":")
