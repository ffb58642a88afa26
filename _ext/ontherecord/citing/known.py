"""What styles have made of shapes in a language: all that formatting needs, and can be kept."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from ontherecord.citing.shape import Shape
from ontherecord.citing.template import Template, Value, Values

ALIKE = frozenset({"container", "publisher", "version", "issued", "editor"})
"""What records of an edition have alike."""


class Calendar(msgspec.Struct, frozen=True, array_like=True):
    """How a language writes dates.

    ``months`` are what each style calls them, by its key: by number, and whether in the short
    form. There are none where the language writes them in ``numeric_months``. Its days are
    ``plain_days`` where they are neither ordinals nor have zeros before them.
    """

    numeric_months: bool
    plain_days: bool
    months: dict[str, dict[tuple[int, bool], Value]]


class Made(NamedTuple):
    """A style's template for a shape, and whether it prints each part of its original day."""

    template: Template
    shows_original: bool

    def settled(self, values: Values, months: dict[tuple[int, bool], Value]) -> Made:
        """Give the same, filled with what records of an edition have alike."""
        return Made(self.template.settled(values, ALIKE, months), self.shows_original)


Templates = dict[str, tuple[Made, Made | None]]
"""By the style, for the bibliography and for the first note."""


class Known(msgspec.Struct, array_like=True):
    """What is known of a language; where nothing is, there is no calendar.

    ``made_with`` digests all that it hangs on besides; see `ontherecord.publishing.citations`.
    """

    made_with: str = ""
    language: str = ""
    calendar: Calendar | None = None
    templates: dict[Shape, Templates] = {}
