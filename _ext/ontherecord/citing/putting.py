"""Puts a shape in each style, with placeholders for what it says; loading the styles takes time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontherecord.citing.known import Calendar, Made
from ontherecord.citing.nesting import ENGLISH, family
from ontherecord.citing.processor import Processor
from ontherecord.citing.shape import Placeholders, Shape
from ontherecord.citing.styles import STYLES, Style
from ontherecord.citing.template import TITLES, Value, plain, template_of

if TYPE_CHECKING:
    from ontherecord.citing.known import Templates


class Putting:
    """The styles, loaded in a language."""

    def __init__(self, language: str) -> None:
        """Load the styles in a language (BCP 47)."""
        self._processors = {style.key: Processor(style.file, language) for style in STYLES}
        # The language decides it, and not the style.
        numeric = self._processors["apa"].numeric_months
        self.calendar: Final = Calendar(
            numeric,
            self._processors["apa"].plain_days,
            {key: {} for key in self._processors},
        )
        """How the language writes dates."""

    def put(self, shape: Shape) -> Templates:
        """Give what each style makes of a shape."""
        templates = {
            style.key: (
                self._template(shape, style, note=False),
                self._template(shape, style, note=True) if style.has_notes else None,
            )
            for style in STYLES
        }
        for key, months in self.calendar.months.items():
            # The locale has their names when a reference has been made.
            if not months and not self.calendar.numeric_months:
                months.update(_months(self._processors[key]))
        return templates

    def _template(self, shape: Shape, style: Style, *, note: bool) -> Made:
        processor = self._processors[style.key]
        placeholders = Placeholders(shape, numeric_months=self.calendar.numeric_months)
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
        template = template_of(html, slots)
        if shape.original.month and not self.calendar.numeric_months:
            wanted.add("original.month")
        return Made(template, shows and wanted <= template.names)


def _months(processor: Processor) -> dict[tuple[int, bool], Value]:
    """Give what a style calls the months, by number, and whether in the short form."""
    found = {}
    for number in range(1, 13):
        for short in (False, True):
            html = processor.month(number, short=short)
            text = plain(html)
            found[number, short] = Value(html, text.endswith("."), text[-1:])
    return found


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
