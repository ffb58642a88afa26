"""Writes the guide's reference pages from the code, so that they cannot drift from it.

``python -m ontherecord.reference guide`` writes them into a folder, and the snippets beside it.
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord import records, vocabulary
from ontherecord.commands import new
from ontherecord.commands.main import command_line
from ontherecord.edition import Edition
from ontherecord.evidence import ledger, verifications
from ontherecord.evidence.findings import KINDS as FINDINGS
from ontherecord.exchange import shapes
from ontherecord.exchange.format import known
from ontherecord.markup.directives import DIRECTIVES
from ontherecord.markup.registers import MEANINGS, RegisterDirective
from ontherecord.markup.roles import ROLES
from ontherecord.problems import PROBLEMS
from ontherecord.settings import CAPTURES, DEFAULTS, FRONT_MATTER, LEDGER, RECORD_PAGES
from ontherecord.starting import snippets
from ontherecord.starting.sources import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ontherecord.markup.options import Option

_LISTS: Final[dict[str, Mapping[str, str]]] = {
    "Kinds of speaker": vocabulary.SPEAKER_KINDS,
    "What a time is the time of": vocabulary.TIME_IS,
    "Modes": vocabulary.MODES,
    "Whether fragments are contiguous": vocabulary.CONTIGUOUS,
    "Whose words in square brackets are": vocabulary.BRACKETS,
    "Kinds of contradiction": vocabulary.CONTRADICTION_KINDS,
    "Relations": vocabulary.RELATIONS,
    "Statuses": vocabulary.STATUSES,
    "Certainties": vocabulary.CERTAINTIES,
    "Types of annotation": vocabulary.ANNOTATION_TYPES,
    "Findings": FINDINGS,
    "Kinds of witness (in the bibliography)": vocabulary.WITNESSES,
}


def _rows(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Give a table, and an empty line after it."""
    heads = list(heads)
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for row in rows:
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |")
    return [*lines, ""]


def _named(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{word}`", meaning) for word, meaning in words.items())


def options() -> str:
    """Give the page of roles, directives, their options, and the words that these take."""
    lines = [
        "# Directives, roles and options",
        "",
        "Where nothing is said, a quote is `direct`, its fragments `unknown` to be contiguous",
        "(they are shown with `[…]` between them; with `yes` they follow each other), and its",
        "time that of a report; a speaker is a `person`, an annotation gives `context`.",
        "",
        "All stand in the domain `record`. Where `conf.py` sets another `primary_domain`, write",
        "`record:` before each name: `{record:quote}`.",
        "",
        "## Roles",
        "",
        *_rows(("role", "what it does"), _named({name: role.help for name, role in ROLES.items()})),
    ]
    for name, directive in DIRECTIVES.items():
        what = " ".join((directive.__doc__ or "").partition(": ")[2].split())
        lines += [f"## {name}", "", f"{what[0].upper()}{what[1:]}", "", *_table(directive.takes)]
    lines += [f"## {', '.join(MEANINGS)}", ""]
    lines += _rows(("register", "what it lists"), _named(MEANINGS))
    lines += _table(RegisterDirective.takes)
    lines += ["## Fields of a source, in references.bib", "", *_table(FIELDS)]
    for title, words in _LISTS.items():
        lines += [f"## {title}", "", *_rows(("word", "meaning"), _named(words))]
    return "\n".join(lines)


def _table(takes: Iterable[Option]) -> list[str]:
    return _rows(
        ("option", "value", "needed"),
        (
            (f"`{option.name}`", option.help, "required" if option.required else "")
            for option in takes
        ),
    )


def settings() -> str:
    """Give the page of what can be set in ``conf.py``, and of what is set where it is not."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    with tempfile.TemporaryDirectory() as name, patch_docutils(name), docutils_namespace():
        given = {"extensions": ["ontherecord"]}
        app = Sphinx(name, None, f"{name}/out", f"{name}/doctrees", "html", given, status=None)
        declared = {key: one for key, one in app.config.values.items() if key.startswith("record_")}
    lines = [
        "# Settings",
        "",
        "What `conf.py` can set beside [all that Sphinx reads there]"
        "(https://www.sphinx-doc.org/en/master/usage/configuration.html).",
        "",
        *_rows(
            ("setting", "where nothing is said", "what it is"),
            (
                (f"`{key}`", f"`{one.default!r}`", one.description)
                for key, one in sorted(declared.items())
            ),
        ),
        "These are others' settings. The extension gives them a value where `conf.py` gives none:",
        "",
        *_rows(
            ("setting", "value"),
            ((f"`{key}`", f"`{value!r}`") for key, value in DEFAULTS.items()),
        ),
        "The theme `ontherecord` takes in `html_theme_options`:",
        "",
        *_rows(("option", "what it is"), _named(dict(_theme_options()))),
        "[](your-own.md) has examples, and says what books are set with.",
        "",
    ]
    return "\n".join(lines)


def _theme_options() -> Iterator[tuple[str, str]]:
    """Give the theme's options, with what the lines above each say of it."""
    text = (Path(__file__).parent / "theme" / "theme.toml").read_text(encoding="utf-8")
    for found in re.finditer(r"((?:^# .*\n)+)^(\w+) =", text, re.MULTILINE):
        yield found[2], " ".join(re.sub(r"^# ", "", found[1], flags=re.MULTILINE).split())


def commands() -> str:
    """Give the page of commands, with their arguments, and of what ``make`` has of its own."""
    lines = [
        "# Commands",
        "",
        "`ontherecord` comes with the extension. `python -m ontherecord` is the same, and in a",
        "clone of this repository `.venv/bin/python -m ontherecord`. Each command has `--help`,",
        "and ends with 0 where all is right, with 1 or 2 where it is not.",
        "",
        *_commands(command_line()),
    ]
    makefile = Path(__file__).parents[2] / "Makefile"
    found = re.findall(r'@echo "make (\S+) +(.*)"', makefile.read_text(encoding="utf-8"))
    lines += [
        "## make",
        "",
        "In a clone of this repository; `OPTIONS` is handed on, as in",
        '`make check OPTIONS="--format json"`.',
        "",
        *_rows(
            ("command", "what it does"),
            ((f"`make {name}`", what.replace("$(BUILD)", "_build")) for name, what in found),
        ),
    ]
    return "\n".join(lines)


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Give a section for each command of a parser, and for those below it."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {one.dest: one.help or "" for one in action._choices_actions}
        for name, command in action.choices.items():
            what = helps.get(name, "")
            yield from (f"## {command.prog}", "", f"{what[0].upper()}{what[1:]}.", "")
            if rows := list(_arguments(command)):
                yield from _rows(("argument", "what it is", "where nothing is said"), rows)
            # What begins something new has its own command line, whose options take Sphinx to know.
            yield from _commands(new.command_line() if name == "new" else command)


def _arguments(command: argparse.ArgumentParser) -> Iterator[tuple[str, str, str]]:
    for action in command._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        takes_value = action.nargs != 0
        name = action.dest.upper() if action.option_strings else action.dest
        if action.metavar:
            name = action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
        elif action.choices:
            name = f"{{{','.join(map(str, action.choices))}}}"
        shown = ", ".join(action.option_strings)
        if not shown:
            shown = f"[{name}]" if action.nargs in ("?", "*") else name
        elif takes_value:
            shown = f"{shown} {name}"
        default = action.default
        is_plain = default in (None, "", False, [], argparse.SUPPRESS) or not takes_value
        otherwise = "required" if action.required else "" if is_plain else f"`{default}`"
        yield f"`{shown}`", action.help or "", otherwise


READ: Final = {
    "conf.py": "the settings",
    "*.md, *.rst": "documents; one with a `date` in its front matter is an article",
    DEFAULTS["bibtex_bibfiles"][0]: "the sources, or what `bibtex_bibfiles` names",
    LEDGER: "the ledger: every identifier that was ever published",
    CAPTURES: "which wordings were found in captures",
    "captures/KEY.txt, captures/KEY.md": "what a source printed; see `record_captures`",
}
"""The files of an edition, from the folder of ``conf.py``."""

PUBLISHED: Final = {
    "*.html": "a page for each document",
    "*.[0-9]*.html": "further pages of a long register",
    f"{RECORD_PAGES}/*.html": "the page of one record: its address for good",
    "search.html": "the search",
    "genindex.html": "Sphinx's index",
    "objects.inv": "every record, for other projects",
    "pagefind/**": "what the search asks, with Pagefind",
    "searchindex.js": "what the search asks, without",
    "_static/**": "style sheets, scripts, fonts",
    "_sources/**": "the documents as they were written",
    "_images/**": "pictures",
}
"""Addresses below the HTML output, beside those of the formats."""


def files() -> str:
    """Give the page of files that are read, and of addresses that are published."""
    lines = [
        "# Files and addresses",
        "",
        "## What is read",
        "",
        "Beside `conf.py`:",
        "",
        *_rows(("file", "what it is"), _named(READ)),
        "At the head of a document, in its front matter (in reStructuredText, its field list):",
        "",
        *_rows(("field", "what it is"), _named(FRONT_MATTER)),
        f"## {LEDGER}",
        "",
        "A CSV file to which lines are only ever added, by `ontherecord publish`. The order of the",
        "lines means nothing but the date, so that git may merge it by union; a line",
        f"`{LEDGER} merge=union` in `.gitattributes` has it do so.",
        "",
        *_rows(("column", "what it is"), _named(ledger.MEANINGS)),
        *_rows(("event", "meaning"), _named(ledger.EVENT_MEANINGS)),
        f"## {CAPTURES}",
        "",
        "A CSV file that `ontherecord verify` writes.",
        "",
        *_rows(("column", "what it is"), _named(verifications.MEANINGS)),
        "## What is published",
        "",
        "Below the HTML output:",
        "",
        *_rows(("address", "what it is"), _named(PUBLISHED)),
        "Beside these there are the files of the formats:",
        "",
        *_rows(
            ("format", "addresses"),
            (
                (f"`{name}`", ", ".join(f"`{path}`" for path in _brief(one.owns)))
                for name, one in known().items()
            ),
        ),
        "[The formats](formats.md) have all of them in full.",
        "",
        "Anchors in a page are `quote-ID`, `speaker-ID`, `contradiction-ID` and `annotation-ID`",
        "for records; `quote-ID.2` and so on for further fragments; `p1`, `p2` and so on for the",
        "blocks of an article; `source-KEY` in a register of sources and `cite-KEY` in a",
        "bibliography.",
        "",
    ]
    return "\n".join(lines)


def _brief(paths: Iterable[str]) -> list[str]:
    """Give at most four of the addresses of a format, and a sign that there are more."""
    paths = list(paths)
    return paths if len(paths) <= 6 else [*paths[:4], "…"]


def warnings() -> str:
    """Give the page of warnings."""
    lines = [
        "# Warnings",
        "",
        "Each warning has the type `record` and a subtype, gives its file and line, and says how",
        "to mend what is wrong. `suppress_warnings` in `conf.py` keeps one of them quiet, as",
        '`suppress_warnings = ["record.not-an-article"]` does. `record.unwritten-output` and',
        "`record.unreadable-doctree` end the build and are told in any case; see",
        "[](faults.md).",
        "",
        *_rows(
            ("warning", "what is wrong"),
            _named({f"record.{subtype}": meaning for subtype, meaning in PROBLEMS.items()}),
        ),
    ]
    return "\n".join(lines)


def formats() -> str:
    """Give the page of formats of export."""
    lines = [
        "# Formats",
        "",
        "What a build publishes beside its pages, and `ontherecord export` makes from",
        "`edition.json`. The names are those of `record_exports` and of `--format`. Paths are from",
        "the folder of the HTML output; `*` stands for the name of a record, a document or a page.",
        "",
    ]
    for name, one in known().items():
        needs = f" It needs `sphinx-ontherecord[{one.extra}]`." if one.extra else ""
        named = "" if one.default else " It is published where it is named."
        lines += [f"## {name}", "", f"{one.title[0].upper()}{one.title[1:]}.{needs}{named}", ""]
        lines += [*(f"- `{path}`" for path in one.owns), ""]
    return "\n".join(lines)


def fields() -> str:
    """Give the page of all that stands in ``edition.json``."""
    lines = [
        "# Fields of edition.json",
        "",
        f"Version {shapes.VERSION} of the format. `record/edition.schema.json` says the same as a",
        "JSON Schema. A reader of one version takes every file whose first number is the same;",
        "fields that it does not know are new, and can be left alone. Dates are EDTF; a text is",
        "empty where nothing is known.",
        "",
    ]
    made = msgspec.json.schema(shapes.EditionShape)["$defs"]
    for name in ("EditionShape", *sorted(made.keys() - {"EditionShape"})):
        described = made[name]
        lines += [f"## {name.removesuffix('Shape')}", "", described.get("description", ""), ""]
        for field, about in described["properties"].items():
            meaning = _meaning(name.removesuffix("Shape"), field, about)
            lines.append(f"- `{field}`, {_type(about)}" + (f": {meaning}" if meaning else ""))
        lines.append("")
    return "\n".join(lines)


def _meaning(of: str, field: str, about: Mapping[str, Any]) -> str:
    """Give what a field is: as the schema says, or as its option does where that says more."""
    said = str(about.get("description", ""))
    if said and not said.startswith(("Text;", "A date in EDTF")):
        return said
    helps = [
        option.help
        for directive in DIRECTIVES.values()
        for option in directive.takes
        if directive.__name__ == f"{of}Directive" and option.name == _dashed(field)
    ]
    return f"{helps[0][0].upper()}{helps[0][1:]}." if helps else _FIELDS.get(field, said)


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _type(about: Mapping[str, Any]) -> str:
    """Give the type of a field in words."""
    if "$ref" in about:
        return str(about["$ref"]).rpartition("/")[2].removesuffix("Shape")
    if about.get("type") == "array":
        return f"list of {_type(about.get('items', {}))}"
    if about.get("type") == "object":
        return "texts by name"
    return {"string": "text", "integer": "number"}[about["type"]]


HELD: Final = {
    "records": "all records by identifier",
    "documents": "all documents in which records or marks stand, by name",
    "sources": "the bibliography's entries, by key",
    "imprint": "what the edition says of itself: `title`, `version`, `address`, `licence` and more",
    "language": "the language of the edition, as a BCP 47 tag",
    "ledger": "what became of each published identifier; `ledger.standing(id)` is its latest event",
    "verifications": "wordings found in captures, by quote, source and fingerprint",
    "remote": "quotes of other editions that records name, by `NAME:ID`",
    "references": "what references to other things than records show",
    "duplicates": "records whose identifier another one has already",
}
"""What an Edition holds beside what it works out."""

_INNER: Final = {"resolve", "shown_blocks", "collated", "sources_register", "part"}
"""What builds ask of an Edition, and no reader."""

_TYPES: Final[tuple[type[Any], ...]] = (
    records.Quote,
    records.Words,
    records.Reading,
    records.Speaker,
    records.Post,
    records.Contradiction,
    records.Event,
    records.Annotation,
    records.Source,
)


def python() -> str:
    """Give the page of what a program in Python has of an edition."""
    lines = [
        "# In Python",
        "",
        "`ontherecord.load(place)` gives the `Edition` that an `edition.json` holds; `place` is",
        "the file, the folder of the HTML output, or an address. It raises",
        "`ontherecord.exchange.reading.Unreadable`, a `ValueError`, where there is none. Nothing",
        "of Sphinx is needed. [](exchange.md) has an example.",
        "",
        "All values are frozen. A text is empty where nothing is known, and dates are EDTF.",
        "",
        "## Edition",
        "",
        *_rows(("attribute", "what it is"), _named(HELD)),
        *_rows(("attribute or method", "what it gives"), _members(Edition, _INNER)),
    ]
    shaped = msgspec.json.schema(shapes.EditionShape)["$defs"]
    for one in _TYPES:
        described = shaped.get(f"{one.__name__}Shape", {}).get("properties", {})
        lines += [f"## {one.__name__}", "", _plain(inspect.getdoc(one) or ""), ""]
        rows = [
            (
                f"`{name}`",
                f"`{kind}`",
                _meaning(one.__name__, name, described.get(_dashed(name), {})),
            )
            for name, kind in inspect.get_annotations(one).items()
        ]
        lines += _rows(("field", "type", "what it is"), rows)
        if members := list(_members(one, set(one.__struct_fields__))):
            lines += _rows(("attribute or method", "what it gives"), members)
    return "\n".join(lines)


_FIELDS: Final = {
    "origin": "Where it is written: document and line.",
    "block": "The words that stand in the record itself, if any.",
    "shown": "The text as it is shown, a paragraph each, in parts.",
    "readings": "The wordings that other sources print.",
    "key": "The key.",
    "fields": "The fields of the entry, by name.",
    "people": "The authors in parts.",
    "fragments": "The marked pieces, in order.",
    "text": "The text; paragraphs are parted by a blank line.",
    "posts": "Posts, in the editor's order.",
}
"""What the fields are that ``edition.json`` has in another form, or not at all."""


def _members(of: type[Any], besides: set[str]) -> Iterator[tuple[str, str]]:
    """Give the public properties and methods of a class, each with the first of what it says."""
    for name, member in vars(of).items():
        if name.startswith("_") or name in besides:
            continue
        if isinstance(member, property | cached_property):
            shown, said = name, member.__doc__
        elif inspect.isfunction(member):
            given = list(inspect.signature(member).parameters)[1:]
            shown, said = f"{name}({', '.join(given)})", member.__doc__
        else:
            continue
        yield f"`{shown}`", _plain((said or "").partition("\n\n")[0])


def _plain(docstring: str) -> str:
    """Give what a docstring says, in Markdown."""
    return " ".join(docstring.replace("``", "`").split())


PAGES: Final[dict[str, Callable[[], str]]] = {
    "options.md": options,
    "settings.md": settings,
    "commands.md": commands,
    "files.md": files,
    "warnings.md": warnings,
    "formats.md": formats,
    "fields.md": fields,
    "python.md": python,
}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (Path(sys.argv[1]) / page).write_text(make(), encoding="utf-8")
    beside = Path(sys.argv[1]).resolve().parent / snippets.NAME
    beside.parent.mkdir(exist_ok=True)
    beside.write_text(snippets.file(), encoding="utf-8")
