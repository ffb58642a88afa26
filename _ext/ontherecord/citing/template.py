"""A reference with its values left out, and filled in again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final, NamedTuple

from ontherecord.citing.shape import CAPITALS, MADE_UP, SECOND, SHORT, WHOLE, initials

_CLOSERS: Final = re.compile(r"(?:</[a-z]+>|[\s\u200f\u200e]?[”’»›“‘»«\"'」』])*")
_TAG: Final = re.compile(r"<[^>]*>")
_SLOT: Final = re.compile(
    rf"(?P<given>[{CAPITALS[0]}-{CAPITALS[-1]}])"
    rf"(?:{WHOLE} {SECOND}{WHOLE}|(?P<mark>[^{SECOND}]*){SECOND}\.?)"
    rf"|(?P<month>[{''.join(MADE_UP)}])(?P<short>{SHORT}?)"
    r"|(?P<number>\d+)"
    r"|(?P<other>[\U000f0000-\U000f0fff])"
)
_ENDED: Final = re.compile(r"[.?!…‽。？！؟۔।][\"'”’»›“‘«)\]」』\u200e\u200f]*\Z")
TITLES: Final = ("title", "title.inner")
"""The title as it is, and with its marks as within those of a style."""
_MONTHS: Final = ("issued", "original")
_FORMS: Final = frozenset({"long", "short"})
"""In which the name of a month is set."""


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends in a full stop or its like, with or without marks that close."""
    # Only the end is looked at: words may be long.
    return not text[-1:].isalnum() and _ENDED.search(text[-12:]) is not None


def plain(html: str) -> str:
    """Give the text of a reference that is given as HTML."""
    return unescape(_TAG.sub("", html))


class Slot(NamedTuple):
    """A place for a value, and what of the style's own comes behind it, as HTML.

    ``key`` is the slot's name with what stands between initials. ``closers`` are the ends of
    elements and quotations, ``rest`` is what follows them; ``stop`` is the full stop or comma
    that it begins with and that may be one too many, ``shorter`` the rest without it.
    """

    key: tuple[str, str]
    closers: str
    rest: str
    stop: str
    shorter: str


class Value(NamedTuple):
    """A value as HTML, whether it ends a sentence, and its last character."""

    html: str
    ends: bool
    last: str


class Values(dict[tuple[str, str], Value]):
    """An item's values by slot, each made when it is first asked for."""

    def __init__(self, texts: dict[str, str]) -> None:
        """Take the values as plain text."""
        super().__init__()
        self._texts = texts

    def __missing__(self, key: tuple[str, str]) -> Value:
        """Make a slot's value, as initials if there is a mark."""
        name, mark = key
        text = self._texts[name]
        if mark != WHOLE:
            text = initials(text, mark)
        made = self[key] = Value(escape(text, quote=False), ends_sentence(text), text[-1:])
        return made

    def number(self, name: str) -> int:
        """Give a value that is a number."""
        return int(self._texts[name])


Months = Mapping[tuple[int, bool], Value]
"""What a style calls the months in a language, by number, and whether in the short form."""


class Template(NamedTuple):
    """A reference in one style and language to items of one shape: what comes first, and slots."""

    head: str
    slots: tuple[Slot, ...]

    @property
    def names(self) -> frozenset[str]:
        """The slots that the style shows."""
        return frozenset(slot.key[0] for slot in self.slots)

    def settled(self, values: Values, names: frozenset[str], months: Months) -> Template:
        """Give the template with some slots filled, those of these fields and people."""
        head, slots = self.head, list[Slot]()
        for slot in self.slots:
            if slot.key[0].partition(".")[0] not in names:
                slots.append(slot)
                continue
            text = Template("", (slot,)).fill(values, months)
            if slots:
                last = slots[-1]
                slots[-1] = last._replace(rest=last.rest + text, shorter=last.shorter + text)
            else:
                head += text
        return Template(head, tuple(slots))

    def fill(self, values: Values, months: Months, bracket: str = "") -> str:
        """Give the reference as HTML: values in their slots, and a bracket behind the title.

        A full stop of the style is left out behind a value that ends in one or in
        its like, and a comma, colon or semicolon behind its own.
        """
        bracket = f" [{escape(bracket, quote=False)}]" if bracket else ""
        html = self.head
        for key, closers, rest, stop, shorter in self.slots:
            name, form = key
            is_month = form in _FORMS
            value = months[values.number(name), form == "short"] if is_month else values[key]
            if bracket and name in TITLES:
                html += f"{value.html}{closers}{bracket}{rest}"
                bracket = ""
            elif stop and (value.ends if stop == "." else value.last == stop):
                html += f"{value.html}{closers}{shorter}"
            else:
                html += f"{value.html}{closers}{rest}"
        return f"{html}{bracket}." if bracket else html


def template_of(html: str, placeholders: Mapping[str, str]) -> Template:
    """Take a reference apart that has placeholders; these are given with what they stand for."""
    found = []
    for match in _SLOT.finditer(html):
        if match["month"]:
            name = f"{_MONTHS[MADE_UP.index(match['month'])]}.month"
            found.append((match, name, "short" if match["short"] else "long"))
            continue
        name = placeholders.get(match["given"] or match["number"] or match["other"], "")
        if name:
            mark = match["mark"]
            found.append((match, name, WHOLE if mark is None else mark))
    ends = [*(match.start() for match, _, _ in found), len(html)][1:]
    return Template(
        html[: found[0][0].start()] if found else html,
        tuple(
            _slot((name, mark), html[match.end() : end])
            for (match, name, mark), end in zip(found, ends, strict=True)
        ),
    )


def _slot(key: tuple[str, str], after: str) -> Slot:
    match = _CLOSERS.match(after)
    closers = match.group() if match else ""
    rest = after[len(closers) :]
    # Behind a closing mark a comma is no second one.
    drops = rest[:1] == "." or (rest[:1] in {",", ";", ":"} and not closers)
    return Slot(key, closers, rest, *((rest[0], rest[1:]) if drops else ("", rest)))
