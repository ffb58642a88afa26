"""``ontherecord new``: begins an edition or an article, and adds records and sources.

Each option of a record is that of its directive, and takes what the directive takes.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from ontherecord.commands import Refused
from ontherecord.commands.day import today
from ontherecord.counting import counted
from ontherecord.markup.directives import DIRECTIVES
from ontherecord.markup.options import Refused as NotTaken
from ontherecord.markup.options import identifier, identifiers, language
from ontherecord.records import KINDS
from ontherecord.starting import article, edition, slugs, snippets, sources
from ontherecord.starting.markdown import title
from ontherecord.whole_files import write_new

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ontherecord.markup.options import Option

_HELP: Final = {
    "speaker": "add one who is quoted",
    "quote": "add a statement",
    "contradiction": "add statements that do not agree",
    "annotation": "add an editor's note",
}
_TEXT: Final = {
    "speaker": "who they are, as Markdown",
    "contradiction": "the case, neutrally put, as Markdown",
    "annotation": "the note, as Markdown",
}


class _Parser(argparse.ArgumentParser):
    """Says what was not understood in one line; ``--help`` has the rest."""

    def error(self, message: str) -> NoReturn:
        """End with 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def run(arguments: Sequence[str]) -> int:
    """Write something new; give 0, or 2 where it was not understood or cannot be done."""
    options = command_line().parse_args(arguments)
    try:
        return int(options.run(options))
    except Refused as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'it'}: cannot be written: {error.strerror}", file=sys.stderr)
    return 2


def command_line() -> argparse.ArgumentParser:
    """Give what reads the command line after ``new``."""
    parser = _Parser(
        prog="ontherecord new",
        description="Begin an edition or an article, or add a record or a source to an edition.",
        epilog="No file is written over, and no other text is touched.",
    )
    kinds = parser.add_subparsers(required=True, metavar="KIND", parser_class=_Parser)

    begun = kinds.add_parser("edition", help="begin an edition in a folder", allow_abbrev=False)
    begun.add_argument("folder", type=Path, metavar="FOLDER", help="the folder, new or not")
    begun.add_argument("--title", type=_line, help="its title; else the folder's name")
    begun.add_argument("--author", type=_line, help="who makes it")
    begun.add_argument(
        "--description",
        type=_line,
        default="Who said what, in which wording, and what was answered",
        help="one sentence on what it is",
    )
    begun.add_argument("--language", type=_as(language), default="en", help="such as en or es")
    begun.add_argument("--address", type=_address, help="where it will be published")
    begun.add_argument("--licence", type=_line, help="of its own text: CC-BY-4.0")
    begun.set_defaults(run=run_edition)

    begun = kinds.add_parser("article", help="begin an article", allow_abbrev=False)
    begun.add_argument("title", type=_line, metavar="TITLE", help="its title")
    begun.add_argument("--date", type=_day, help="YYYY-MM-DD; today's if not said")
    begun.add_argument("--description", type=_line, help="a sentence below the title")
    begun.add_argument("--slug", type=_slug, help="its name in the address")
    _in_edition(begun)
    begun.set_defaults(run=run_article)

    for kind in KINDS:
        record = kinds.add_parser(kind, help=_HELP[kind], allow_abbrev=False)
        record.add_argument("id", type=_as(identifier), metavar="ID", help="its identifier")
        for option in DIRECTIVES[kind].takes:
            _add(record, option)
        if kind == "quote":
            record.add_argument(
                "--words",
                type=_text,
                help="the words, letter for letter, as a block; else they are marked in the text",
            )
            record.add_argument(
                "--reading",
                nargs=2,
                action="append",
                default=[],
                metavar=("SOURCE", "WORDS"),
                help="the wording of one more source",
            )
        else:
            record.add_argument("--text", type=_text, help=_TEXT[kind])
        record.add_argument("--into", "--article", metavar="DOCUMENT", help="where to add it")
        _in_edition(record)
        record.set_defaults(run=run_record, kind=kind)

    source = kinds.add_parser("source", help="add a source to references.bib", allow_abbrev=False)
    source.add_argument(
        "id", type=_as(sources.key), metavar="KEY", help="its key, such as politico-2017-02-23"
    )
    source.add_argument("--type", type=_entry_type, default="misc", help="misc if not said")
    for option in sources.FIELDS:
        _add(source, option)
    source.add_argument(
        "--field",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="any other field",
    )
    _in_edition(source)
    source.set_defaults(run=run_source)

    shown = kinds.add_parser("snippets", help="write the snippets for Visual Studio Code")
    _in_edition(shown)
    shown.set_defaults(run=run_snippets)
    return parser


def _in_edition(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=Path(), help="the edition; else this folder")


def _add(parser: argparse.ArgumentParser, option: Option) -> None:
    """Add a directive's option; one with a line for each thing can be given several times."""
    again = ", and again for the next" if option.is_lined else ""
    parser.add_argument(
        f"--{option.name}",
        dest=f"option {option.name}",
        action="append" if option.is_lined else "store",
        type=_value(option),
        required=option.required,
        choices=option.choices or None,
        metavar=None if option.choices else option.name.upper().replace("-", "_"),
        help=f"{option.help}{again}".replace("%", "%%"),
    )


# What is given


def _as(reader: Callable[[str], Any]) -> Callable[[str], str]:
    """Give a reader that a directive has, so that it says what is wrong as it does there."""

    def read(given: str) -> str:
        text = _line(given)
        try:
            reader(text)
        except NotTaken as refused:
            raise argparse.ArgumentTypeError(str(refused)) from refused
        return text

    return read


def _value(option: Option) -> Callable[[str], str]:
    """Give the reader of an option's value; one with a line for each thing may have several."""
    one = _as(_sides if option.name == "between" else option.read)
    if not option.is_lined:
        return one
    return lambda given: "\n".join(one(line) for line in given.splitlines() or [""])


def _sides(given: str) -> tuple[str, ...]:
    """Read the sides of a contradiction, of which one alone is none."""
    found = identifiers(given)
    if len(set(found)) < 2:
        raise NotTaken(
            "too-few-sides",
            "a contradiction is between two quotes or more, parted by commas, as in "
            "one-quote,another-quote",
        )
    return found


def _text(given: str) -> str:
    """Read a text, in which there are only characters that can stand in a file and on a page."""
    if any(unicodedata.category(one) in {"Cc", "Cs"} and one not in "\t\n\r" for one in given):
        raise argparse.ArgumentTypeError("it holds a character that no page can show")
    text = given.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _line(given: str) -> str:
    return " ".join(_text(given).split())


def _day(given: str) -> str:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
            raise ValueError
        return datetime.date.fromisoformat(given).isoformat()
    except ValueError as error:
        message = f'"{given}" is no day: write YYYY-MM-DD, such as 2017-02-23'
        raise argparse.ArgumentTypeError(message) from error


def _slug(given: str) -> str:
    if slugs.slug(given) != given:
        message = f'"{given}" is no name of a page, such as "{slugs.slug(given)}"'
        raise argparse.ArgumentTypeError(message)
    return given


def _address(given: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", given):
        raise argparse.ArgumentTypeError(f'"{given}" is no address, such as https://a.example/')
    return given


def _entry_type(given: str) -> str:
    if not re.fullmatch(r"[a-z]+", given):
        raise argparse.ArgumentTypeError(f'"{given}" is no type of entry, such as misc or book')
    return given


def _given(options: argparse.Namespace) -> list[tuple[str, str]]:
    """Give the options of a record, each with its value, in the order of the reference."""
    found = []
    for name, value in vars(options).items():
        if name.startswith("option ") and value is not None:
            lines = "\n".join(value) + "\n" if isinstance(value, list) else value
            found.append((name.removeprefix("option "), lines))
    return found


# What is done


def run_edition(options: argparse.Namespace) -> int:
    """Begin an edition."""
    folder: Path = options.folder
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder}: is a file: name a folder")
    name = " ".join(re.findall(r"\w+", folder.resolve().name)) or "an edition"
    heading = options.title or f"{name[0].upper()}{name[1:]}".replace("_", " ")
    made = edition.files(
        edition.Begun(
            title=heading,
            author=options.author or f"The editors of {heading}",
            description=options.description,
            language=options.language,
            address=options.address or "",
            licence=options.licence or "",
            year=today()[:4],
        )
    )
    if there := [name for name in made if (folder / name).exists()]:
        more = f" and {len(there) - 1} more of its files" if len(there) > 1 else ""
        raise Refused(
            f"{folder}: has {there[0]}{more} already, and nothing is written over: name another "
            "folder, or add to that edition with ontherecord new article"
        )
    for name, content in made.items():
        write_new(folder / name, content)
        print(f"{folder / name}:1: new")
    print(
        f"an edition of {counted(len(made), 'file')}; build it with\n"
        f"  python -m sphinx -n -W {_quoted(folder)} {_quoted(folder / '_build' / 'html')}\n"
        "and go on with\n"
        f'  ontherecord new article "Title" --folder {_quoted(folder)}',
        file=sys.stderr,
    )
    return 0


def _quoted(path: Path) -> str:
    text = str(path)
    return text if re.fullmatch(r"[\w./\\:-]+", text) else f'"{text}"'


def hold_edition(folder: Path) -> None:
    """Refuse a folder in which no edition is."""
    if not (folder / "conf.py").is_file():
        raise Refused(
            f"{folder}: has no conf.py: name an edition with --folder, or begin one with "
            "ontherecord new edition FOLDER"
        )


def run_article(options: argparse.Namespace) -> int:
    """Begin an article."""
    hold_edition(options.folder)
    date = options.date or today()
    path = options.folder / "articles" / f"{date}-{options.slug or slugs.slug(options.title)}.md"
    description = article.quoted(options.description or "")
    lines = article.beginning(date, title(options.title), description)
    _write(path, "\n".join([*lines, "", article.ADVICE]), "give it another --slug")
    print(f"{path}:{len(lines)}: new article")
    return 0


def _write(path: Path, content: str, mend: str) -> None:
    """Write a file that is not there yet."""
    try:
        write_new(path, content)
    except FileExistsError as error:
        message = f"{path}: is there already, and is not written over: {mend}"
        raise Refused(message) from error


def run_snippets(options: argparse.Namespace) -> int:
    """Write the snippets into an edition that has none."""
    hold_edition(options.folder)
    path = options.folder / snippets.NAME
    _write(path, snippets.file(), "remove it first")
    print(f"{path}:1: new snippets")
    return 0


def run_record(options: argparse.Namespace) -> int:
    """Add a record to a document."""
    from ontherecord.commands.adding import Wanted, add_record

    hold_edition(options.folder)
    wanted = Wanted(
        kind=options.kind,
        id=options.id,
        options=tuple(_given(options)),
        words=getattr(options, "words", None) or "",
        text=getattr(options, "text", None) or "",
        readings=_readings(options),
        into=options.into or "",
    )
    return add_record(options.folder, wanted)


def _readings(options: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    found = []
    for key, words in getattr(options, "reading", ()):
        try:
            found.append((_as(sources.key)(key), _text(words)))
        except argparse.ArgumentTypeError as error:
            raise Refused(f"ontherecord new quote: argument --reading: {error}") from error
    return tuple(found)


def run_source(options: argparse.Namespace) -> int:
    """Add a source to the bibliography."""
    from ontherecord.commands.adding import add_source

    hold_edition(options.folder)
    fields = _given(options)
    known = {option.name for option in sources.FIELDS}
    for given, value in options.field:
        try:
            name, text = sources.field_name(given), _as(sources.text)(value)
        except (NotTaken, argparse.ArgumentTypeError) as error:
            raise Refused(f"ontherecord new source: argument --field: {error}") from error
        if name in known:
            raise Refused(f"ontherecord new source: give {name} once, as --{name}")
        known.add(name)
        fields.append((name, text))
    return add_source(options.folder, options.type, options.id, fields)
