"""The command line."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontherecord import __version__
from ontherecord.commands import Refused
from ontherecord.commands.output import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give 0, or 1 where something is wrong, or 2 where it was not understood."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["new"]:  # Its options are those of the directives, which take Sphinx to know.
        from ontherecord.commands.new import run

        return run(given[1:])
    options = command_line().parse_args(given)
    try:
        # Imported now: what reads sources takes Sphinx.
        module, _colon, name = options.run.partition(":")
        return int(getattr(import_module(f"ontherecord.commands.{module}"), name)(options))
    except Refused as error:
        print(error, file=sys.stderr)
        return error.code


_BUILDER: Final = "the builder by which its pages are made"


def command_line() -> argparse.ArgumentParser:
    """Give what reads the command line."""
    parser = argparse.ArgumentParser(prog="ontherecord", description="Keep an edition right.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    commands.add_parser("new", help="begin an edition or an article, or add a record or a source")

    check = commands.add_parser("check", help="check the records alone, and write no page")
    check.add_argument("--format", choices=FORMATS, default="text", help="how to say it")
    check.add_argument("--quiet", action="store_true", help="leave the findings out")
    check.set_defaults(run="checking:run_check")

    publish = _publish(commands)
    verify = commands.add_parser("verify", help="enter which wordings the captures hold")
    verify.add_argument(
        "--control",
        action="store_true",
        help="hold altered words against the captures, which must not have them; enter nothing",
    )
    verify.set_defaults(run="verifying:run_verify")

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
    export.set_defaults(run="exporting:run_export")

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
    import_.set_defaults(run="importing:run_import")

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
    split.set_defaults(run="splitting:run_split")

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
    inventory.set_defaults(run="splitting:run_inventory")

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
    publish.set_defaults(run="publishing:run_publish")
    return publish
