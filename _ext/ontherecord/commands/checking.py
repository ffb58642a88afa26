"""``ontherecord check``: what is wrong with the records, and what their wordings show."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.commands.output import FORMATS, Message
from ontherecord.commands.reader import read_edition
from ontherecord.counting import counted
from ontherecord.evidence.quote_evidence import overlapping_posts

if TYPE_CHECKING:
    import argparse

    from ontherecord.commands.reader import ReadEdition


def run_check(options: argparse.Namespace) -> int:
    """Say what is wrong, and what the wordings show."""
    found = read_edition(options.folder, options.jobs)
    messages = list(found.messages)
    if not options.quiet:
        messages += findings(found)
    if options.format == "github":  # It wants paths from where the workflow runs.
        above = Path(os.path.relpath(found.folder))
        messages = [replace(one, file=(above / one.file).as_posix()) for one in messages]
    sys.stdout.write(FORMATS[options.format](sorted(messages)))
    errors = sum(message.severity == "error" for message in messages)
    if options.format == "text":
        counts = {"error": errors, "note": len(messages) - errors}
        said = ", ".join(counted(count, name) for name, count in counts.items())
        print(said, file=sys.stderr)
    return 1 if errors else 0


def findings(found: ReadEdition) -> list[Message]:
    """Give the findings of all quotes and speakers as notes."""
    edition, domain = found.domain.edition, found.domain
    notes = []
    for quote in edition.quotes.values():
        for finding in domain.evidence(quote).findings:
            text = f"{quote.id}: {'; '.join(finding.witnesses)}: {finding.words}"
            notes.append(_note(found, quote.origin.docname, quote.origin.line, finding.kind, text))
    for identifier, of_speaker in overlapping_posts(edition).items():
        origin = edition.speakers[identifier].origin
        for finding in of_speaker:
            text = f"{identifier}: {finding.words}"
            notes.append(_note(found, origin.docname, origin.line, finding.kind, text))
    return notes


def _note(found: ReadEdition, docname: str, line: int, kind: str, text: str) -> Message:
    return Message(found.path(docname), line, "note", f"finding.{kind}", text)
