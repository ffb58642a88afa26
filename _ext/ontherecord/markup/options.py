"""Options of directives: declared once each, taken whatever they are called, and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from docutils.parsers.rst import directives

from ontherecord.dates import bounds, clock
from ontherecord.records import IDENTIFIER, Event, Post
from ontherecord.vocabulary import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_ONE: Final = re.compile(rf"(?:[^\s:]+:)?{IDENTIFIER.pattern}")
"""An identifier of this edition or another, as it stands in a list."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_YEAR: Final = re.compile(r"\b\d{4}\b")


class AnyOption(dict[str, Any]):
    """An ``option_spec`` that takes every option, so that none is lost before it is reported.

    It is true though empty, since both parsers skip the options of a false one.
    """

    def __missing__(self, name: str) -> Callable[[str], str]:
        """Give the converter that leaves a value as it is."""
        return directives.unchanged

    def __bool__(self) -> bool:
        """Be true."""
        return True


class Refused(ValueError):
    """A value that an option does not take: the subtype of the warning, and the mend."""

    def __init__(self, subtype: str, mend: str) -> None:
        """Keep both."""
        super().__init__(mend)
        self.subtype = subtype


@dataclass(frozen=True, slots=True)
class OneOf:
    """A reader of one word out of a closed list."""

    words: Mapping[str, str]

    def __call__(self, value: str) -> str:
        """Read the word."""
        value = value.strip()
        if value not in self.words:
            raise Refused("bad-value", f'"{value}" is not one of {", ".join(self.words)}')
        return value


@dataclass(frozen=True, slots=True)
class Option:
    """An option: the name an author types, its reader, its meaning, the field it fills.

    ``example`` is a value that it takes; the examples of all options fit each other. Of those
    that take one of a few words it is the first.
    """

    name: str
    read: Callable[[str], Any]
    help: str
    required: bool = False
    field: str = ""
    example: str = ""

    @property
    def target(self) -> str:
        """The field of the record that the option fills."""
        return self.field or self.name.replace("-", "_")

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it takes, where the list of them is closed."""
        return tuple(self.read.words) if isinstance(self.read, OneOf) else ()

    @property
    def is_lined(self) -> bool:
        """Whether its value has a line for each thing that it names."""
        return self.read in (posts, at_issue, history)


def text(value: str) -> str:
    """Read words, each run of white space as one space."""
    return " ".join(value.split())


def identifier(value: str) -> str:
    """Read one identifier."""
    value = value.strip()
    if not IDENTIFIER.fullmatch(value):
        raise Refused("bad-id", identifier_mend(value))
    return value


def identifier_mend(value: str) -> str:
    """Say what is wrong with an identifier, and one that could stand for it."""
    better = "-".join("".join(c if c.isalnum() else " " for c in value.lower()).split())
    better = better.encode("ascii", "ignore").decode().lstrip("0123456789-")
    hint = f', such as "{better}"' if better and better != value else ""
    return (
        f'"{value}" is no identifier: write small letters a to z, figures and single hyphens, '
        f"a letter first{hint}"
    )


def named(value: str) -> str:
    """Read an identifier of this edition, or of another as ``NAME:ID``."""
    edition, colon, name = (part.strip() for part in value.rpartition(":"))
    if not colon:
        return identifier(value)
    if not edition or re.search(r"[\s:]", edition):
        raise Refused(
            "bad-id",
            f'"{value.strip()}" does not name another edition: write NAME:ID, '
            "with a name out of intersphinx_mapping in conf.py",
        )
    return f"{edition}:{identifier(name)}"


def edition(value: str) -> str:
    """Read the name of another edition."""
    value = value.strip()
    if re.search(r"[\s:]", value):
        raise Refused(
            "bad-value", f'"{value}" names no edition: write a name out of intersphinx_mapping'
        )
    return value


def identifiers(value: str) -> tuple[str, ...]:
    """Read identifiers of this or other editions, parted by commas."""
    parts = [part for part in value.split(",") if part.strip()]
    for part in parts:
        if len(words := part.split()) > 1 and all(map(_ONE.fullmatch, words)):
            mend = ", ".join(words)
            raise Refused(
                "bad-id",
                f'"{part.strip()}" lacks commas: write `{mend}`, or join the words of one '
                "identifier by hyphens",
            )
    return tuple(map(named, parts))


def parted(value: str) -> tuple[str, ...]:
    """Read texts parted by semicolons."""
    return tuple(dict.fromkeys(text(part) for part in value.split(";") if part.strip()))


def date(value: str) -> str:
    """Read an EDTF date."""
    value = value.strip()
    try:
        bounds(value)
    except ValueError as error:
        raise Refused(
            "bad-date", f"{error}; write a date in EDTF, such as 2017-02-23, 2017-02 or 2017-02~"
        ) from error
    return value


def time(value: str) -> str:
    """Read a time of day."""
    value = value.strip()
    try:
        moment = clock(value)
    except ValueError as error:
        raise Refused(
            "bad-time", f"{error}; write hours, minutes and the distance from UTC"
        ) from error
    if moment.tzinfo is None:
        raise Refused("bad-time", f'"{value}" does not say how far it is from UTC: {value}-05:00')
    return value


def language(value: str) -> str:
    """Read a language tag (BCP 47, RFC 5646, as far as its form goes)."""
    value = value.strip()
    if not _LANGUAGE.fullmatch(value):
        raise Refused("bad-value", f'"{value}" is no language tag such as es or pt-BR')
    return value


def wikidata(value: str) -> str:
    """Read an item of Wikidata."""
    value = value.strip()
    if not re.fullmatch(r"Q[1-9]\d*", value):
        raise Refused("bad-value", f'"{value}" is no item of Wikidata, such as Q42')
    return value


def posts(value: str) -> tuple[Post, ...]:
    """Read posts, one a line: ``post; body; from/to``."""
    found = []
    for line in filter(None, map(str.strip, value.splitlines())):
        fields = [field.strip() for field in line.split(";")]
        if len(fields) > 3 or not fields[0]:
            raise Refused("bad-post", f'"{line}": write post; body; from/to, a line each')
        if any(_YEAR.search(field) for field in fields[:2]):
            raise Refused("bad-post", f'"{line}": the dates stand third: post; body; from/to')
        interval = fields[2] if len(fields) == 3 else ""
        if interval:
            date(interval)
        found.append(Post(fields[0], fields[1] if len(fields) > 1 else "", interval))
    return tuple(found)


def at_issue(value: str) -> tuple[tuple[str, str], ...]:
    """Read words at issue, those of one quote a line: ``trump-operation: a military operation``."""
    found = []
    for line in filter(None, map(str.strip, value.splitlines())):
        name, colon, words = line.partition(":")
        if not colon or not words.strip():
            raise Refused("bad-value", f'"{line}": write QUOTE: words, a line each')
        found.append((identifier(name), text(words)))
    return tuple(found)


def history(value: str) -> tuple[Event, ...]:
    """Read a history, one event a line: ``2017-02-23 answered: by the press secretary``."""
    events = []
    for line in filter(None, map(str.strip, value.splitlines())):
        head, _, what = line.partition(":")
        day, _, status = head.strip().partition(" ")
        if status.strip() not in STATUSES:
            raise Refused(
                "bad-history",
                f'"{line}": write DATE STATUS: what happened, '
                f"with a status out of {', '.join(STATUSES)}",
            )
        events.append(Event(date(day), status.strip(), what.strip()))
    return tuple(events)


AUTHORITIES: Final = {
    "wikidata": "Q42",
    "viaf": "113230702",
    "isni": "0000 0000 8045 6315",
    "gnd": "119033364",
    "lcnaf": "n80076765",
    "orcid": "0000-0002-1825-0097",
}
"""Files of names in which a speaker may be known, each with an identifier of its form."""
