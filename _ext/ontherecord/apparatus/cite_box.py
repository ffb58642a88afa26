"""Sets how to cite: the formatted references, their files, and which version they are of."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from sphinx.locale import get_translation

from ontherecord.citing.styles import STYLES, Citations
from ontherecord.languages import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.citing.item import Item

_ = get_translation("ontherecord")

FILES = (("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"))
"""Suffixes of the files of a citation, and what readers call them."""


@cache
def citations(language: str) -> Citations:
    """Give the citations in a language (BCP 47), the same in a process."""
    return Citations(language, lambda text: str(_(text)))


def cite_box(item: Item, language: str, files: str = "") -> str:
    """Give the references to an item in each style, and links to its files, as HTML.

    ``files`` is the path of the files without their suffix, or nothing where there are none.
    """
    rows = "".join(_rows(item, tag_of(language)))
    return f'<dl class="record-cites">\n{rows}</dl>\n{_links(files) if files else ""}'


def _rows(item: Item, language: str) -> Iterator[str]:
    around = _around(str(_("Copy")), str(_("Copied")), str(_("%s, first note")))
    for one, (row, row_of_note) in zip(citations(language).format(item), around, strict=True):
        yield f"{row[0]}{one.html}{row[1]}"
        if one.note_html:
            yield f"{row_of_note[0]}{one.note_html}{row_of_note[1]}"


@lru_cache(maxsize=8)  # An edition has one language.
def _around(copy: str, done: str, noted: str) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Give what is around the reference in each style, and around its first note."""
    return [
        (
            _around_one(style.label, style.key, copy, done),
            _around_one(noted % style.label, f"{style.key}-note", copy, done),
        )
        for style in STYLES
    ]


def _around_one(label: str, key: str, copy: str, done: str) -> tuple[str, str]:
    """Give what is around one reference, with the button that copies it where there is a script."""
    name = escape(label)
    return (
        f'<div><dt>{name}</dt><dd id="cite-{key}" class="record-url">',
        f'</dd><dd><button class="record-quiet" type="button" hidden data-copy="cite-{key}" '
        f'data-done="{escape(done)}">{escape(copy)}'
        f'<span class="record-visually-hidden"> {name}</span></button></dd></div>\n',
    )


def _links(files: str) -> str:
    links = " ".join(
        f'<a href="{escape(files)}.{suffix}" download>{name}</a>' for suffix, name in FILES
    )
    return f'<p class="note record-files">{links}</p>\n'


def version_facts(item: Item) -> Iterator[tuple[str, str]]:
    """Give what says which version is cited: headings, each with HTML."""
    if item.address:
        yield _("permanent address"), f"<code>{escape(item.address)}</code>"
    if item.container:
        edition = f"<i>{escape(item.container)}</i>"
        if item.version:
            number = f'<span class="tab">{escape(item.version)}</span>'
            edition += _(", version %s") % number
        yield _("edition"), edition
    if item.swhid:
        core, _semicolon, rest = item.swhid.partition(";")
        lines = next((one[6:] for one in rest.split(";") if one.startswith("lines=")), "")
        shown = f'<code class="record-url">{escape(core)}</code>'
        if lines:
            number = f'<span class="tab">{lines}</span>'
            shown += " " + (_("lines %s") % number if "-" in lines else _("line %s") % number)
        yield _("source file"), f'<span title="{escape(item.swhid)}">{shown}</span>'
    if item.licence:
        licence = escape(item.licence)
        yield (
            _("licence"),
            f'<a class="record-url" rel="license" href="{licence}">{licence}</a>',
        )
