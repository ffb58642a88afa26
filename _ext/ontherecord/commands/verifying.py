"""``ontherecord verify``: holds wordings against the captures, and enters those that are held."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ontherecord.commands import NotEntered, writing
from ontherecord.commands.day import today
from ontherecord.commands.reader import read_edition
from ontherecord.counting import counted
from ontherecord.evidence import verifications
from ontherecord.evidence.captures import Captures
from ontherecord.evidence.controls import KINDS, control_all
from ontherecord.evidence.verification import Wording, uncaptured, verify_all
from ontherecord.settings import captures_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from ontherecord.commands.reader import ReadEdition
    from ontherecord.evidence.verifications import Verification

_MOST_LISTED: Final = 8
"""How many sources a line lists: a large edition has thousands."""


def run_verify(options: argparse.Namespace) -> int:
    """Hold all wordings against the captures, and enter those that are held."""
    found = read_edition(options.folder, options.jobs)
    if options.control:
        return _control(found)
    path = found.folder / verifications.NAME
    if why := verifications.why_unreadable(path):  # What was verified elsewhere would be lost.
        raise NotEntered(f"{verifications.NAME}:1: {why}")
    known = verifications.load_verifications(path)
    folder = Captures(captures_folder(found.folder, found.config.record_captures), found.folder)
    edition = found.domain.edition
    report = verify_all(edition, folder, known, today())
    # What has no capture here was verified elsewhere, and stands.
    kept = [one for one in known if folder.path(one.source) is None and one.quote in edition.quotes]
    with writing(verifications.NAME):
        verified = {replace(one, line=0) for one in report.verified}
        verifications.save_verifications(path, {*kept, *verified})
    wrong = [problem for problem in report.problems if problem.subtype != "changed-capture"]
    for problem in wrong:
        file = found.path(problem.docname)
        print(f"{file}:{problem.line}: {problem.message} [record.{problem.subtype}]")
    print(f"{counted(len(report.verified), 'wording')} verified", file=sys.stderr)
    _say_uncaptured(uncaptured(edition, folder), kept)
    return 1 if wrong else 0


def _say_uncaptured(without: dict[str, list[Wording]], kept: Sequence[Verification]) -> None:
    """Say how many wordings were held against nothing, and of which sources."""
    if not without:
        return
    known = {(one.quote, one.source, one.fingerprint) for one in kept}
    every = [one for of_source in without.values() for one in of_source]
    before = sum((one.quote.id, one.source, one.fingerprint) in known for one in every)
    listed = [f"{source} ({len(of_source)})" for source, of_source in without.items()]
    if len(listed) > _MOST_LISTED:
        listed[_MOST_LISTED:] = [f"and {counted(len(listed) - _MOST_LISTED, 'more source')}"]
    wordings = counted(len(every), "wording")
    stands = f"; {before} of them verified before, and kept" if before else ""
    print(f"{wordings} without a capture: {', '.join(listed)}{stands}", file=sys.stderr)


def _control(found: ReadEdition) -> int:
    """Show that the check refuses what no capture has, and enter nothing."""
    folder = Captures(captures_folder(found.folder, found.config.record_captures))
    tried = control_all(found.domain.edition, folder)
    for wording, message in tried.unreadable:
        place = f"{found.path(wording.docname)}:{wording.line}"
        print(f"{place}: {message} [record.unreadable-capture]")
    for wording, control in tried.found:
        print(
            f"{found.path(wording.docname)}:{wording.line}: the check finds words of "
            f'"{wording.quote.id}" with one of them {control.kind} in the capture of '
            f"{wording.source}, which does not have them: {control.words} [record.control-held]"
        )
    kinds = ", ".join(f"{tried.refused[kind]} {kind}" for kind in KINDS if tried.refused[kind])
    print(
        f"{counted(tried.held, 'wording')} held, "
        f"{counted(tried.refused.total(), 'control')} refused"
        + (f" ({kinds})" if kinds else "")
        + (f", {counted(len(tried.found), 'control')} found" if tried.found else "")
    )
    if tried.not_held:
        wordings = counted(tried.not_held, "wording")
        print(f"{wordings} not held: ontherecord verify says which", file=sys.stderr)
    if not tried.held:
        print("no capture holds any wording: nothing is shown", file=sys.stderr)
    return 1 if tried.found or tried.unreadable else 0
