"""Adds a record to a document, or a source to the bibliography, and touches no other text.

What is to be written is read first as it would stand there: only what comes back as it was given
is written, and what a person has still to do for it is said as the build will say it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pybtex.database import parse_string
from pybtex.scanner import PybtexSyntaxError

from ontherecord.checks import check
from ontherecord.commands import Refused
from ontherecord.commands.reader import opened
from ontherecord.commands.trial import reader
from ontherecord.domain import domain_of
from ontherecord.markup.directives import DIRECTIVES
from ontherecord.problems import nearest
from ontherecord.records import PUBLISHERS, Quote, kind_of
from ontherecord.sources import source_of
from ontherecord.starting import sources
from ontherecord.starting.markdown import Style, directive
from ontherecord.starting.markdown import words as as_content
from ontherecord.whole_files import write_new, write_whole
from ontherecord.words import fold_space, outer_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx.application import Sphinx

    from ontherecord.edition import Edition
    from ontherecord.problems import Problem
    from ontherecord.records import Record

_USUAL: Final = {
    "speaker": "annotations/speakers",
    "contradiction": "annotations/contradictions",
}
"""The documents in which records of a kind are kept, if the edition has them."""


_OPEN: Final = "a fence or a comment above it is not closed; ontherecord check says which"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record that is to be: its options as they are typed, and its words or text.

    ``into`` names the document to add it to, or nothing where that is to be found.
    """

    kind: str
    id: str
    options: tuple[tuple[str, str], ...]
    words: str = ""
    text: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    into: str = ""

    def lines(self, style: Style) -> list[str]:
        """Give the lines of its directive."""
        content = [one for one in (as_content(self.words), self.text) if one]
        for key, words in self.readings:
            content.append("\n".join(directive("reading", key, (), [as_content(words)], style)))
        return directive(self.kind, self.id, self.options, content, style)


def add_record(folder: Path, wanted: Wanted) -> int:
    """Add a record, and say where it stands. Raises `Refused` where it cannot be added."""
    with opened(folder) as (app, found), reader(app) as trials:
        before = found.domain.edition
        _hold_free(before, wanted.id)
        docname = _document(app, before, folder, wanted)
        path = Path(app.env.doc2path(docname))
        name = path.relative_to(found.folder).as_posix()
        if path.suffix != ".md":
            raise Refused(f"{name}: it is not Markdown, and only that is written: add it by hand")
        colons = "colon_fence" in found.config.myst_enable_extensions
        is_primary = found.config.primary_domain == "record"
        style = Style(":" if colons else "`", "" if is_primary else "record:")
        old = _read(path, name)
        new, line = _appended(old, wanted.lines(style))
        known = set(check(before, found.domain.other_editions.elsewhere))
        trials.read(docname, new.decode("utf-8-sig"))
        domain = domain_of(app.env)
        said = [
            one
            for one in check(domain.edition, domain.other_editions.elsewhere)
            if one not in known and one.docname == docname
        ]
        _hold_read(before, domain.edition, wanted, f"{name}:{line}")
        _hold_closed(domain.documents[docname].problems, f"{name}:{line}", line)
    _replace(path, old, new, name)
    print(f"{folder / name}:{line}: new {wanted.kind} {wanted.id}")
    for problem in said:
        print(_to_do(folder / name, problem), file=sys.stderr)
    return 0


def _to_do(path: Path, problem: Problem) -> str:
    return f"{path}:{problem.line}: to do: {problem.message} [record.{problem.subtype}]"


def _hold_free(edition: Edition, identifier: str) -> None:
    """Refuse an identifier that a record has, or had."""
    record, standing = edition.records.get(identifier), edition.ledger.standing(identifier)
    if record is not None:
        raise Refused(
            f'"{identifier}" is taken by the {kind_of(record)} in {record.origin.place[0]}, '
            f"line {record.origin.line}: give this one another"
        )
    if standing is not None:
        raise Refused(
            f'"{identifier}" was {standing.event} on {standing.date} as a {standing.kind}, and no '
            "identifier is used again: give this one another"
        )


def _document(app: Sphinx, edition: Edition, folder: Path, wanted: Wanted) -> str:
    """Give the document that a record is to stand in."""
    if wanted.into:
        return _named(app, folder, wanted.into)
    kind = wanted.kind
    if _USUAL.get(kind) in app.env.found_docs:
        return _USUAL[kind]
    if kind in _USUAL:
        homes = {one.origin.docname for one in edition.records.values() if kind_of(one) == kind}
    else:  # Beside the words that are marked for it, or the record that it is on.
        homes = set(edition.marks.get(wanted.id, ()))
        if not homes and (on := edition.records.get(dict(wanted.options).get("on", ""))):
            homes = {on.origin.docname}
    if len(homes) != 1:
        raise Refused(f"say where the {kind} is to stand, with --into DOCUMENT")
    return homes.pop()


def _named(app: Sphinx, folder: Path, given: str) -> str:
    """Give the document that is meant by its name, or by its path from here or the edition."""
    found = app.env.found_docs
    paths = [Path(given).resolve(), (folder / given).resolve()]
    inside = [one.relative_to(app.srcdir) for one in paths if one.is_relative_to(app.srcdir)]
    for name in [given, *(one.as_posix() for one in inside)]:
        for docname in (name, str(Path(name).with_suffix("").as_posix())):
            if docname in found:
                return docname
    last = Path(given).with_suffix("").name
    if len(named := [docname for docname in found if docname.rpartition("/")[2] == last]) == 1:
        return named[0]
    raise Refused(f'there is no document "{given}"{nearest(given, found)}')


def _read(path: Path, name: str) -> bytes:
    try:
        content = path.read_bytes()
        content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{name}: cannot be read: {error}") from error
    return content


def _appended(old: bytes, lines: Sequence[str]) -> tuple[bytes, int]:
    """Give a file's content with lines added below a blank one, and the line of the first."""
    newline = b"\r\n" if b"\r\n" in old else b"\n"
    text = old
    if text.strip():
        text += b"" if text.endswith((b"\n", b"\r")) else newline
        text += b"" if text.endswith((newline * 2,)) else newline
    first = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    return text + newline.join([*(line.encode() for line in lines), b""]), first


def _hold_read(before: Edition, after: Edition, wanted: Wanted, place: str) -> None:
    """Refuse what would not be read as it was given, and what would cost another record."""
    record = after.records.get(wanted.id)
    if record is None or kind_of(record) != wanted.kind:
        raise Refused(f"{place}: the {wanted.kind} would not be read there: {_OPEN}")
    if lost := before.records.keys() - after.records.keys():
        raise Refused(f"{place}: {', '.join(sorted(lost))} would be lost; add it by hand")
    for what, given, read in _compared(record, wanted):
        if given != read:
            raise Refused(f"{place}: {what} would be read as {read!r}: add it by hand")


def _hold_closed(problems: Iterable[Problem], place: str, line: int) -> None:
    """Refuse to write into what somebody meant to close."""
    if any(one.subtype == "unclosed-fence" and one.line < line for one in problems):
        raise Refused(f"{place}: nothing is written there: {_OPEN}")


def _compared(record: Record, wanted: Wanted) -> Iterable[tuple[str, object, object]]:
    """Give what was given beside what was read."""
    known = DIRECTIVES[wanted.kind].known
    authorities = dict(getattr(record, "authorities", ()))
    for name, value in wanted.options:
        target = known[name].target
        read = authorities.get(name) if name in authorities else getattr(record, target, None)
        given = known[name].read(value)
        if name == "between":
            given = tuple(dict.fromkeys(given))
        yield f"--{name}", given, read
    if isinstance(record, Quote):
        yield "--words", _plain(wanted.words), record.block
        for (key, words), reading in zip(wanted.readings, record.readings, strict=False):
            yield "--reading", (key, _plain(words)), (reading.source, reading.words)
        yield "--reading", len(wanted.readings), len(record.readings)


def _plain(words: str) -> str:
    """Give words as a record has them: paragraphs folded, outer quotation marks off."""
    paragraphs = [fold_space(one) for one in words.split("\n\n")]
    return outer_marks("\n\n".join(one for one in paragraphs if one))[1]


def _replace(path: Path, old: bytes, new: bytes, name: str) -> None:
    try:
        if path.read_bytes() != old:
            raise Refused(f"{name}: it was changed meanwhile: try again")
        write_whole(path, new)
    except OSError as error:
        raise Refused(f"{name}: cannot be written: {error.strerror}") from error


# Sources


def add_source(folder: Path, type_: str, key: str, fields: Sequence[tuple[str, str]]) -> int:
    """Add a source, and say where it stands. Raises `Refused` where it cannot be added."""
    if not {"title", "author", *PUBLISHERS} & dict(fields).keys():
        raise Refused(
            "ontherecord new source: a source needs --title or --organization, or another name "
            "of who published it"
        )
    with opened(folder) as (app, found):
        edition, files = found.domain.edition, app.config.bibtex_bibfiles
        line = next((one.origin for one in edition.sources.values() if _same(one.key, key)), None)
    if line is not None:
        place = f"{line.place[0]}, line {line.line}"
        raise Refused(f'"{key}" is taken by the source in {place}: give this one another')
    for name in (value for field, value in fields if field == "takenfrom"):
        for one in sources.keys(name):
            if one not in edition.sources:
                hint = nearest(one, edition.sources)
                print(f'to do: there is no source "{one}"{hint}', file=sys.stderr)
    name = files[0] if files else "references.bib"
    path = folder / name
    lines = sources.entry(type_, key, fields)
    if not path.exists():
        write_new(path, "\n".join([*lines, ""]))
        print(f"{path}:1: new source {key}")
        return 0
    old = _read(path, name)
    new, first = _appended(old, lines)
    _hold_entry(old, new, key, dict(fields), name)
    _replace(path, old, new, name)
    print(f"{path}:{first}: new source {key}")
    return 0


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _hold_entry(old: bytes, new: bytes, key: str, fields: Mapping[str, str], name: str) -> None:
    """Refuse an entry that would not be read as it was given, or would cost another one."""
    try:
        before = parse_string(old.decode("utf-8-sig"), "bibtex").entries
        after = parse_string(new.decode("utf-8-sig"), "bibtex").entries
    except PybtexSyntaxError as error:
        raise Refused(f"{name}: cannot be read: {error}: mend it first") from error
    if key not in after or len(after) != len(before) + 1:
        raise Refused(f"{name}: the source would not be read at its end: a brace is not closed")
    read = source_of(after[key])
    for field, value in fields.items():
        found = read.field(field)
        if field != "author" and found != value:
            raise Refused(f"{name}: --{field} would be read as {found!r}: add it by hand")
