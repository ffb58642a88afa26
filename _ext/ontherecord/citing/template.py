"""A reference with its values left out, and filled in again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from ontherecord.citing.processor import MADE_UP, SHORT
from ontherecord.citing.shape import CAPITALS, SECOND, WHOLE, initials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ontherecord.citing.processor import Processor

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
_MONTHS: Final = ("issued", "original")


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends in a full stop or its like, with or without marks that close."""
    # Only the end is looked at: words may be long.
    return _ENDED.search(text[-12:]) is not None


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a style has of its own, as HTML and as plain text."""

    html: str
    text: str

    @classmethod
    def of(cls, html: str) -> Fixed:
        """Give it of its HTML."""
        return cls(html, _plain(html))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value, and what of the style's own comes behind it.

    ``closers`` are the ends of elements and quotations, ``rest`` is what follows
    them, ``shorter`` the same without the full stop or comma that it begins with.
    """

    name: str
    mark: str
    closers: Fixed
    rest: Fixed
    shorter: Fixed


class Values:
    """An item's values by slot, as plain text and as HTML."""

    def __init__(self, texts: dict[str, str]) -> None:
        """Take the values as plain text."""
        self._texts = texts
        self._both: dict[tuple[str, str], tuple[Fixed, bool]] = {}

    def get(self, name: str, mark: str) -> tuple[Fixed, bool]:
        """Give a slot's value, as initials if there is a mark, and whether it ends a sentence."""
        found = self._both.get((name, mark))
        if found is None:
            text = self._texts[name]
            if mark != WHOLE:
                text = initials(text, mark)
            found = Fixed(escape(text, quote=False), text), ends_sentence(text)
            self._both[name, mark] = found
        return found

    def number(self, name: str) -> int:
        """Give a value that is a number."""
        return int(self._texts[name])


class Template:
    """A reference in one style and language to items of one shape."""

    def __init__(self, html: str, slots: Mapping[str, str], processor: Processor) -> None:
        """Take a reference with placeholders apart."""
        self._processor = processor
        self._months: dict[tuple[int, bool], Fixed] = {}
        found = []
        for match in _SLOT.finditer(html):
            if match["month"]:
                name = f"{_MONTHS[MADE_UP.index(match['month'])]}.month"
                found.append((match, name, "short" if match["short"] else "long"))
                continue
            name = slots.get(match["given"] or match["number"] or match["other"], "")
            if name:
                mark = match["mark"]
                found.append((match, name, WHOLE if mark is None else mark))
        self._head = Fixed.of(html[: found[0][0].start()] if found else html)
        ends = [*(match.start() for match, _, _ in found), len(html)][1:]
        self._slots = [
            _slot(name, mark, html[match.end() : end])
            for (match, name, mark), end in zip(found, ends, strict=True)
        ]
        self.names: Final = frozenset(slot.name for slot in self._slots)
        """The slots that the style shows."""

    def fill(self, values: Values, bracket: str = "") -> Fixed:
        """Give the reference with the values in their slots, and a bracket behind the title.

        A full stop of the style is left out behind a value that ends in one or in
        its like, and a comma, colon or semicolon behind its own.
        """
        html, text = [self._head.html], [self._head.text]
        for slot in self._slots:
            value, ended = self._value(slot, values)
            pieces = [value, slot.closers]
            if bracket and slot.name == "title":
                pieces.append(Fixed(f" [{escape(bracket, quote=False)}]", f" [{bracket}]"))
                pieces.append(slot.rest)
                bracket = ""
            elif slot.rest is not slot.shorter and (
                ended if slot.rest.text[0] == "." else value.text[-1:] == slot.rest.text[0]
            ):
                pieces.append(slot.shorter)
            else:
                pieces.append(slot.rest)
            html += [piece.html for piece in pieces]
            text += [piece.text for piece in pieces]
        if bracket:
            html.append(f" [{escape(bracket, quote=False)}].")
            text.append(f" [{bracket}].")
        return Fixed("".join(html), "".join(text))

    def _value(self, slot: Slot, values: Values) -> tuple[Fixed, bool]:
        if slot.mark not in {"long", "short"}:
            return values.get(slot.name, slot.mark)
        key = values.number(slot.name), slot.mark == "short"
        month = self._months.get(key)
        if month is None:
            month = Fixed.of(self._processor.month(key[0], short=key[1]))
            self._months[key] = month
        return month, month.text.endswith(".")


def _slot(name: str, mark: str, after: str) -> Slot:
    match = _CLOSERS.match(after)
    closers = match.group() if match else ""
    rest = after[len(closers) :]
    whole = Fixed.of(rest)
    # Behind a closing mark a comma is no second one.
    drops = rest[:1] == "." or (rest[:1] in {",", ";", ":"} and not closers)
    shorter = Fixed.of(rest[1:]) if drops else whole
    return Slot(name, mark, Fixed.of(closers), whole, shorter)
