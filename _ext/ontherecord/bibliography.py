"""How the bibliography sets a source: its title as the source has it, its key as its label."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Protected, Text
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
from ontherecord.sources import MARKUP, source_of

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
        text = _set_plainly(entry)
        if text is None:
            context = {"entry": entry, "style": self, "bib_data": bib_data}
            text = self.template(entry).format_data(context)
        return FormattedEntry(entry.key, text, label)

    def format_title(self, entry: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Give the title with its letters as they are."""
        title = field(which_field)
        return sentence[title] if as_sentence else title

    def template(self, entry: Any) -> Any:
        """Give the form, as pybtex's templates say it."""
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


_FIELDS: Final = (
    *("title", "booktitle", "journal", "journaltitle", "organization", "organisation"),
    *("institution", "publisher", "number", "date", "year", "witness", "note", "url"),
)


def _set_plainly(entry: Any) -> Text | None:
    """Give what the template gives of an entry without LaTeX, a tenth as costly.

    It gives nothing of any other entry, nor of one that takes fields from another or has
    authors, but a single one whose name stands in braces, as a newspaper's does.
    """
    author = _in_braces(entry.persons.get("author", []))
    if author is None or "crossref" in entry.fields:
        return None
    have: dict[str, str] = {name: entry.fields.get(name, "") for name in _FIELDS}
    if any(MARKUP.search(text) for name, text in have.items() if name != "url"):
        return None
    outlet = next((have[name] for name in _FIELDS[2:8] if have[name]), "")
    date = _say_date(have["date"]) if have["date"] else have["year"]
    said = [
        have["title"],
        have["booktitle"],
        ", ".join(filter(None, (outlet, have["number"], date))),
        f"Witness: {have['witness']}".strip() if "witness" in entry.fields else "",
        have["note"],
    ]
    sentences = " ".join(
        text if text.endswith((".", "!", "?")) else f"{text}." for text in said if text
    )
    parts: list[Any] = [sentences]
    if author:
        stop = "" if author.endswith((".", "!", "?")) else "."
        gap = " " if sentences or have["url"] else ""
        parts = [Protected(author), f"{stop}{gap}{sentences}"]
    if have["url"]:
        parts += [" " if sentences else "", HRef(have["url"], have["url"])]
    return Text(*parts)


def _in_braces(authors: Any) -> str | None:
    """Give the name of a single author in braces, of none nothing at all; of others none."""
    if not authors:
        return ""
    (first, *others) = authors
    rest = (first.first_names, first.middle_names, first.prelast_names, first.lineage_names)
    if others or any(rest) or len(first.last_names) != 1:
        return None
    name = str(first.last_names[0])
    inner = name[1:-1]
    if not (name.startswith("{") and name.endswith("}") and inner) or MARKUP.search(inner):
        return None
    return inner


def register() -> None:
    """Make the style known to pybtex, under the project's name."""
    register_plugin("pybtex.style.formatting", "ontherecord", EditionStyle)
