"""The command line."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontherecord import __version__
from ontherecord.commands import Refused
from ontherecord.commands.day import today
from ontherecord.commands.exporting import run_export
from ontherecord.commands.output import FORMATS, Message
from ontherecord.counting import counted
from ontherecord.evidence import ledger, verifications
from ontherecord.evidence.captures import Captures
from ontherecord.evidence.controls import KINDS, control_all
from ontherecord.evidence.quote_evidence import overlapping_posts
from ontherecord.evidence.verification import Wording, uncaptured, verify_all
from ontherecord.problems import nearest
from ontherecord.records import Quote, kind_of
from ontherecord.settings import captures_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ontherecord.commands.reader import ReadEdition
    from ontherecord.edition import Edition
    from ontherecord.evidence.verifications import Verification


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give 0, or 1 where something is wrong, or 2 where it was not understood."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["new"]:  # Its options are those of the directives, which take Sphinx to know.
        from ontherecord.commands.new import run

        return run(given[1:])
    options = command_line().parse_args(given)
    try:
        return int(options.run(options))
    except Refused as error:
        print(error, file=sys.stderr)
        return 1


_BUILDER: Final = "the builder by which its pages are made"


_MOST_LISTED: Final = 8
"""How many sources a line lists: a large edition has thousands."""


def command_line() -> argparse.ArgumentParser:
    """Give what reads the command line."""
    parser = argparse.ArgumentParser(prog="ontherecord", description="Keep an edition right.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    commands.add_parser("new", help="begin an edition or an article, or add a record or a source")

    check = commands.add_parser("check", help="check the records alone, and write no page")
    check.add_argument("--format", choices=FORMATS, default="text", help="how to say it")
    check.add_argument("--quiet", action="store_true", help="leave the findings out")
    check.set_defaults(run=run_check)

    publish = _publish(commands)
    verify = commands.add_parser("verify", help="enter which wordings the captures hold")
    verify.add_argument(
        "--control",
        action="store_true",
        help="hold altered words against the captures, which must not have them; enter nothing",
    )
    verify.set_defaults(run=run_verify)

    export = commands.add_parser("export", help="make exports from an edition.json")
    export.add_argument(
        "--format", action="append", metavar="NAME", help="one format, or several with commas"
    )
    export.add_argument("--output", type=Path, default=Path(), help="the folder to write into")
    export.add_argument("--list", action="store_true", help="say which formats there are")
    export.add_argument(
        "--volumes", action="store_true", help="with the volumes of a front, as one edition"
    )
    export.add_argument(
        "edition", nargs="?", default="_build/html", help="an edition.json, its folder or address"
    )
    export.set_defaults(run=run_export)

    import_ = commands.add_parser("import", help="draft quotes from annotations of the pages")
    import_.add_argument("file", type=Path, metavar="FILE.json", help="the annotations")
    import_.add_argument(
        "--article", metavar="DOCNAME", default="", help="the article, where an address names none"
    )
    import_.add_argument(
        "--tags-as-topics", action="store_true", help="make the tags the topics of the quote"
    )
    import_.add_argument(
        "--write", action="store_true", help="write the drafts; else they are only shown"
    )
    import_.set_defaults(run=run_import)

    split = commands.add_parser("split", help="part a large edition into volumes")
    split.add_argument("output", type=Path, metavar="OUTPUT", help="a new folder for the parts")
    by = split.add_mutually_exclusive_group()
    by.add_argument(
        "--by", default="year", help="year, folder, count:NUMBER, or a field of front matter"
    )
    by.add_argument("--list", type=Path, metavar="FILE", help="lines of VOLUME,PATTERN")
    split.add_argument("--address", default="", help="where the edition lives, if not as set")
    split.add_argument("--builder", choices=("html", "dirhtml"), default="html", help=_BUILDER)
    split.add_argument(
        "--registers",
        choices=("front", "all"),
        default="front",
        help="where registers are: of everything in the front, or in each volume as well",
    )
    split.add_argument("--dry-run", action="store_true", help="say the plan, and write nothing")
    split.add_argument("--format", choices=("text", "json"), default="text", help="how to say it")
    split.set_defaults(run=run_split)

    inventory = commands.add_parser("inventory", help="write what an edition has, and no page")
    inventory.add_argument("--builder", choices=("html", "dirhtml"), default="html", help=_BUILDER)
    which = inventory.add_mutually_exclusive_group()
    which.add_argument("--output", type=Path, default=Path("objects.inv"), help="the file")
    which.add_argument(
        "--from",
        type=Path,
        dest="taken",
        metavar="FOLDER",
        help="take what this volume names of the others out of the inventories there",
    )
    inventory.set_defaults(run=run_inventory)

    for command in (check, import_, publish, verify, split, inventory):
        command.add_argument("folder", nargs="?", type=Path, default=Path(), help="the edition")
        command.add_argument("-j", dest="jobs", type=int, default=1, help="processes to read with")
    return parser


def _publish(commands: Any) -> argparse.ArgumentParser:
    """Give what reads the options of publishing."""
    publish: argparse.ArgumentParser = commands.add_parser(
        "publish", help="enter identifiers into the ledger"
    )
    event = publish.add_mutually_exclusive_group()
    event.add_argument("--revise", metavar="ID", help="enter the words that a quote has now")
    event.add_argument("--withdraw", metavar="ID", help="enter that a record is withdrawn")
    event.add_argument("--move", nargs=2, metavar=("ID", "TARGET"), help="enter where it moved")
    event.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="ID",
        help="enter this new identifier alone; again, or with commas, for more",
    )
    publish.add_argument("--reason", default="", help="why, for a revision, move or withdrawal")
    publish.add_argument(
        "--dry-run", action="store_true", help="say what would be entered, and enter nothing"
    )
    publish.set_defaults(run=run_publish)
    return publish


def run_import(options: argparse.Namespace) -> int:
    """Show or write drafts of quotes; what reads sources is only asked for here."""
    from ontherecord.commands.importing import run_import

    return run_import(options)


def run_split(options: argparse.Namespace) -> int:
    """Part an edition into volumes."""
    from ontherecord.commands.splitting import run_split

    return run_split(options)


def run_inventory(options: argparse.Namespace) -> int:
    """Write an inventory, or renew those that a volume keeps."""
    from ontherecord.commands.splitting import run_inventory

    return run_inventory(options)


def _read(options: argparse.Namespace) -> ReadEdition:
    """Read the edition in a folder; Sphinx is only asked for by what reads sources."""
    from ontherecord.commands.reader import read_edition

    return read_edition(options.folder, options.jobs)


def run_check(options: argparse.Namespace) -> int:
    """Say what is wrong, and what the wordings show."""
    found = _read(options)
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


def _path(found: ReadEdition, docname: str) -> str:
    """Give a document's path from the edition's folder; a file that is none is one already."""
    env = found.domain.env
    if docname not in env.found_docs:
        return docname
    return Path(env.doc2path(docname)).relative_to(found.folder).as_posix()


def _note(found: ReadEdition, docname: str, line: int, kind: str, text: str) -> Message:
    return Message(_path(found, docname), line, "note", f"finding.{kind}", text)


def run_publish(options: argparse.Namespace) -> int:
    """Enter new identifiers, or one revision, move or withdrawal."""
    found = _read(options)
    edition = found.domain.edition
    path = found.folder / ledger.NAME
    known, day = edition.ledger, today()
    if known.problems:
        return _refuse(f"{ledger.NAME}:{known.problems[0].line}: {known.problems[0].message}")
    named = options.revise or options.withdraw or (options.move and options.move[0])
    if not named:
        only = [one for part in options.only for one in part.replace(",", " ").split()]
        if refusal := next(filter(None, (_not_new(edition, one) for one in only)), ""):
            return _refuse(refusal)
        entries = [
            ledger.entry_for(edition, record, "published", day)
            for record in ledger.unpublished(known, edition)
            if not options.only or record.id in only
        ]
    else:
        refusal = _refusal(options, edition, named)
        if refusal:
            return _refuse(refusal)
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
        with _writing(ledger.NAME):
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


def run_verify(options: argparse.Namespace) -> int:
    """Hold all wordings against the captures, and enter those that are held."""
    found = _read(options)
    if options.control:
        return _control(found)
    path = found.folder / verifications.NAME
    if why := verifications.why_unreadable(path):  # What was verified elsewhere would be lost.
        return _refuse(f"{verifications.NAME}:1: {why}")
    known = verifications.load_verifications(path)
    folder = Captures(captures_folder(found.folder, found.config.record_captures), found.folder)
    edition = found.domain.edition
    report = verify_all(edition, folder, known, today())
    # What has no capture here was verified elsewhere, and stands.
    kept = [one for one in known if folder.path(one.source) is None and one.quote in edition.quotes]
    with _writing(verifications.NAME):
        verified = {replace(one, line=0) for one in report.verified}
        verifications.save_verifications(path, {*kept, *verified})
    wrong = [problem for problem in report.problems if problem.subtype != "changed-capture"]
    for problem in wrong:
        file = _path(found, problem.docname)
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
        place = f"{_path(found, wording.docname)}:{wording.line}"
        print(f"{place}: {message} [record.unreadable-capture]")
    for wording, control in tried.found:
        print(
            f"{_path(found, wording.docname)}:{wording.line}: the check finds words of "
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


@contextmanager
def _writing(name: str) -> Iterator[None]:
    """Say that a table cannot be written, where that is so."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{name}: cannot be written ({error.strerror}), and is as before") from error


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
