"""``ontherecord publish``: enters identifiers into the ledger, and what became of them."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from ontherecord.commands import NotEntered, writing
from ontherecord.commands.day import today
from ontherecord.commands.reader import read_edition
from ontherecord.counting import counted
from ontherecord.evidence import ledger
from ontherecord.problems import nearest
from ontherecord.records import Quote, kind_of

if TYPE_CHECKING:
    import argparse

    from ontherecord.edition import Edition


def run_publish(options: argparse.Namespace) -> int:
    """Enter new identifiers, or one revision, move or withdrawal."""
    found = read_edition(options.folder, options.jobs)
    edition = found.domain.edition
    path = found.folder / ledger.NAME
    known, day = edition.ledger, today()
    if known.problems:
        raise NotEntered(f"{ledger.NAME}:{known.problems[0].line}: {known.problems[0].message}")
    named = options.revise or options.withdraw or (options.move and options.move[0])
    if not named:
        only = [one for part in options.only for one in part.replace(",", " ").split()]
        if refusal := next(filter(None, (_not_new(edition, one) for one in only)), ""):
            raise NotEntered(refusal)
        entries = [
            ledger.entry_for(edition, record, "published", day)
            for record in ledger.unpublished(known, edition)
            if not options.only or record.id in only
        ]
    else:
        refusal = _refusal(options, edition, named)
        if refusal:
            raise NotEntered(refusal)
        standing = known.standing(named)
        assert standing is not None  # noqa: S101 - what was never published was refused
        if options.revise:
            record = edition.records[named]
            entries = [ledger.entry_for(edition, record, "revised", day, options.reason)]
        else:
            event = "moved" if options.move else "withdrawn"
            target = options.move[1] if options.move else ""
            entries = [
                replace(standing, date=day, event=event, target=target, reason=options.reason)
            ]
    if options.dry_run:
        for entry in entries:
            print(f"would be {entry.event}: {entry.kind} {entry.id}: {entry.label}")
        print(
            f"{counted(len(entries), 'line')} would be entered into {ledger.NAME}", file=sys.stderr
        )
        return 0
    if entries:
        with writing(ledger.NAME):
            ledger.append(path, entries)
    for entry in entries:
        print(f"{entry.event}: {entry.kind} {entry.id}")
    print(f"{counted(len(entries), 'line')} entered into {ledger.NAME}", file=sys.stderr)
    return 0


def _not_new(edition: Edition, identifier: str) -> str:
    """Say why an identifier cannot be entered as a new one, or nothing where it can."""
    if standing := edition.ledger.standing(identifier):
        return f'"{identifier}" was {standing.event} on {standing.date} already'
    if identifier not in edition.own:
        return f'there is no record "{identifier}"{nearest(identifier, edition.own)}'
    return ""


def _refusal(options: argparse.Namespace, edition: Edition, named: str) -> str:
    """Say why an event cannot be entered, or nothing where it can."""
    standing, record = edition.ledger.standing(named), edition.records.get(named)
    if standing is None:
        return f'"{named}" was never published'
    if standing.event in {"moved", "withdrawn"}:
        return f'"{named}" was {standing.event} on {standing.date} already'
    if not options.reason.strip() and not options.move:
        return "say why, with --reason"
    if options.revise:
        if not isinstance(record, Quote):
            return f'there is no quote "{named}" to revise'
        is_same = edition.words(record).fingerprint == standing.fingerprint
        if is_same and ledger.is_attributed(edition, record, standing):
            return f'the words of "{named}" are those that were published'
        return ""
    if record is not None:
        return f'"{named}" stands in {record.origin.docname}: take it out or rename it first'
    if options.move:
        target = edition.records.get(options.move[1])
        if target is None:
            return f'there is no "{options.move[1]}" to move to'
        if kind_of(target) != standing.kind:
            return f'"{target.id}" is a {kind_of(target)}, and "{named}" was a {standing.kind}'
    return ""
