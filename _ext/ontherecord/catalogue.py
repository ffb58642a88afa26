"""Keeps the catalogues of the interface's own words: gathers, merges and compiles them.

``python -m ontherecord.catalogue`` brings ``locale/LANGUAGE/LC_MESSAGES/ontherecord.po``
up to what the code says, in the form of GNU gettext, and compiles it. What is
new there waits for its translation.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ontherecord import dates, vocabulary
from ontherecord.apparatus.tables import HEADINGS
from ontherecord.finding.build import LABELS
from ontherecord.finding.indexed import SORTS
from ontherecord.records import KINDS

HERE: Final = Path(__file__).parent
LOCALE: Final = HERE / "locale"

METHODS: Final = [("**.py", "python"), ("templates/**.html", "jinja2"), ("theme/**.html", "jinja2")]
KEYWORDS: Final = {"_": None, "tr": None, "translate": None}

WORDS: Final = (
    *vocabulary.SPEAKER_KINDS,
    *vocabulary.CONTRADICTION_KINDS,
    *vocabulary.RELATIONS,
    *vocabulary.STATUSES,
    *vocabulary.CERTAINTIES,
    *vocabulary.ANNOTATION_TYPES,
    *vocabulary.WITNESSES,
    *KINDS,
    *("published", "revised", "moved", "withdrawn"),
    *dates.PHRASES,
    *HEADINGS,
    *LABELS.values(),
    *SORTS,
)
"""Words that pages say without naming them in a call: vocabularies, dates, headings."""


def gather() -> Catalog:
    """Give all that the code can say, without translations."""
    catalog = Catalog(project="sphinx-ontherecord", fuzzy=False)
    for _file, _line, message, _comments, _context in extract_from_dir(
        HERE, METHODS, keywords=KEYWORDS
    ):
        catalog.add(message)
    for word in WORDS:
        catalog.add(word)
    return catalog


def languages() -> list[str]:
    """Give the languages that there are catalogues for."""
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def path_of(language: str, suffix: str) -> Path:
    """Give where a catalogue is, as ``.po`` or ``.mo``."""
    return LOCALE / language / "LC_MESSAGES" / f"ontherecord{suffix}"


def load(language: str) -> Catalog:
    """Give a language's catalogue as it is written."""
    with path_of(language, ".po").open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """Give a catalogue as a machine reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update(language: str) -> None:
    """Bring a language's catalogue up to what the code says, and compile it."""
    catalog = load(language)
    catalog.update(gather(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, omit_header=False, width=100, no_location=True)
    path_of(language, ".po").write_bytes(buffer.getvalue())
    path_of(language, ".mo").write_bytes(compiled(load(language)))


def main() -> None:
    """Bring all catalogues up to date."""
    for language in languages():
        update(language)


if __name__ == "__main__":
    main()
