"""How the bibliography sets a source: its title as the source has it, its key as its label."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pybtex.plugin import register_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style as Unsorted
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import (
    field,
    first_of,
    href,
    join,
    optional,
    optional_field,
    sentence,
    words,
)

from ontherecord.dates import say
from ontherecord.sources import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class NameLabels(BaseLabelStyle):  # type: ignore[misc]  # pybtex has no types
    """Labels that are a source's name and date, or its key where another one has these too."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        """Give each entry's label, in their order."""
        named = {entry.key: _name(entry) for entry in sorted_entries}
        shared = Counter(named.values())
        for key, name in named.items():
            yield key if shared[name] > 1 else name


def _name(entry: Any) -> str:
    """Give what a citation calls a source: the short name, else who published it, and when."""
    source = source_of(entry)
    date = source.date
    return ", ".join(filter(None, (source.label, _say_date(date) if date else "")))


class KeySorting(BaseSortingStyle):  # type: ignore[misc]
    """Entries in the order of their keys."""

    def sorting_key(self, entry: Any) -> str:
        """Give the entry's key."""
        return str(entry.key)


def _say_date(date: Any) -> str:
    try:
        return say(str(date))
    except ValueError:
        return str(date)


class EditionStyle(Unsorted):  # type: ignore[misc]
    """One form for every type of entry; what is not known of a source is simply not there."""

    default_label_style = NameLabels
    default_sorting_style = KeySorting

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
        """Give the entry in the one form, whatever its type."""
        context = {"entry": entry, "style": self, "bib_data": bib_data}
        return FormattedEntry(entry.key, self._template(entry).format_data(context), label)

    def format_title(self, entry: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Give the title with its letters as they are."""
        title = field(which_field)
        return sentence[title] if as_sentence else title

    def _template(self, entry: Any) -> Any:
        authors = [sentence[self.format_names("author")]] if "author" in entry.persons else []
        publisher = first_of[
            optional_field("journal"),
            optional_field("journaltitle"),
            optional_field("organization"),
            optional_field("organisation"),
            optional_field("institution"),
            optional_field("publisher"),
        ]
        date = first_of[optional[field("date", apply_func=_say_date)], optional_field("year")]
        return join(sep=" ")[
            (
                *authors,
                optional[self.format_title(entry, "title")],
                optional[sentence[optional_field("booktitle")]],
                sentence(sep=", ")[publisher, optional_field("number"), date],
                optional[sentence[words["Witness:", field("witness")]]],
                optional[sentence(capitalize=False)[field("note")]],
                optional[words[href[field("url", raw=True), field("url", raw=True)]]],
            )
        ]


def register() -> None:
    """Make the style known to pybtex, under the project's name."""
    register_plugin("pybtex.style.formatting", "ontherecord", EditionStyle)
