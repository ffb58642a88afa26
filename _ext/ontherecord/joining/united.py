"""Unites a front and its volumes into the Edition that one build of all would have given.

Unlike the joint Edition of registers it has the texts of all, and stands where the front is: at
the addresses that everything had, which still answer. It knows no Sphinx.
"""

from __future__ import annotations

from dataclasses import replace as changed
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.edition import Edition
from ontherecord.evidence.ledger import Ledger
from ontherecord.exchange.formats.edition_json import FILE
from ontherecord.exchange.reading import load
from ontherecord.imprint import Imprint
from ontherecord.joining.joint import plain
from ontherecord.packed import pack
from ontherecord.parting import FRONT
from ontherecord.records import Contradiction, Document, Record, by_statement, edition_of
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def load_united(place: str | Path) -> Edition:
    """Give the Edition at a place with all its volumes; see `ontherecord.exchange.reading.load`.

    A volume is looked for in a folder of its name beside the front, and else at its address.
    """
    front = load(place)
    folder = Path(place) if Path(place).is_dir() else Path(place).parent.parent
    volumes = {
        name: load(folder / name if (folder / name / FILE).is_file() else address)
        for name, address in front.imprint.volumes.items()
    }
    return united(front, volumes) if volumes else front


def united(front: Edition, volumes: dict[str, Edition]) -> Edition:
    """Give the Edition of a front and its volumes, by name."""
    editions = [front, *volumes.values()]
    parts = {FRONT, *volumes}
    issues = _issues(editions)
    documents: dict[str, Document] = {}
    for one in editions:
        for docname, document in one.documents.items():
            own = tuple(
                _with_issues(plain(record, parts), issues)
                for record in document.records
                if record.id in one.own
            )
            if one is not front and not (own or document.marks or document.date):
                continue  # It has copies alone.
            here = replace(document, records=own)
            there = documents.get(docname)
            documents[docname] = here if there is None else _together(there, here)
    entries = {name: lines for one in editions for name, lines in one.ledger.entries.items()}
    remote = chain.from_iterable(one.remote.items() for one in editions)
    return Edition(
        documents,
        {key: source for one in reversed(editions) for key, source in one.sources.items()},
        front.language,
        ledger=Ledger(entries),
        verifications=chain.from_iterable(one.verifications.values() for one in editions),
        imprint=_imprint(front, editions, documents),
        remote={name: quote for name, quote in remote if edition_of(name) not in parts},
    )


def _issues(editions: Sequence[Edition]) -> dict[str, dict[tuple[str, str], None]]:
    """Give the words at issue of each case: every part has those of its own statements."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for one in editions:
        for case in one.contradictions.values():
            found.setdefault(case.id, {}).update(dict.fromkeys(case.at_issue))
    return found


def _with_issues(record: Record, issues: dict[str, dict[tuple[str, str], None]]) -> Record:
    if not isinstance(record, Contradiction):
        return record
    statements = (*record.between, *record.answered_by)
    return replace(record, at_issue=by_statement(issues[record.id], statements))


def _together(one: Document, other: Document) -> Document:
    """Give a document of which several parts have something."""
    known = {block.anchor for block in one.blocks}
    blocks = [*one.blocks, *(block for block in other.blocks if block.anchor not in known)]
    return replace(
        one,
        records=(*one.records, *other.records),
        marks=(*one.marks, *other.marks),
        given=(*one.given, *other.given),
        packed_blocks=pack(blocks),
    )


def _imprint(front: Edition, editions: Sequence[Edition], documents: Collection[str]) -> Imprint:
    """Give the front's imprint with the pages of all, at the addresses that they had."""
    pages = {
        name: page
        for one in reversed(editions)
        for name, page in one.imprint.pages.items()
        if name in documents
    }
    files = dict(chain.from_iterable(one.imprint.files.items() for one in editions))
    places = {
        name: place
        for one in editions
        for name, place in one.imprint.places.items()
        if name in one.own
    }
    return changed(front.imprint, pages=pages, files=files, places=places, volumes={})
