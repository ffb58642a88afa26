"""Writes what stands in the midst of a record's page: its head, its facts, its sections."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import escape
from sphinx.locale import get_translation

from ontherecord.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.apparatus.record_page import Page

_ = get_translation("ontherecord")


def main_of(page: Page) -> str:
    """Give it as HTML."""
    return "".join(_parts(page))


def _parts(page: Page) -> Iterator[str]:
    yield '<div class="two">\n<header class="top">\n'
    yield f'<p class="kicker sc">{escape(page.kicker)}</p>\n'
    yield from _title(page)
    if page.standing:
        now = page.now
        link = f' <a href="{escape(now.href)}">{escape(now.label)}</a>' if now else ""
        yield f'<p class="record-standing">{escape(page.standing)}{link}</p>\n'
    if page.lead:
        yield f'<div class="record-lead">\n{page.lead}\n</div>\n'
    yield "</header>\n"
    if page.face:
        yield f'<div class="face">\n{page.face}\n</div>\n'
    if page.facts:
        label = _heading(_("Facts of the record"))
        yield f'<aside class="beside" aria-label="{label}">\n<dl class="facts cols">\n'
        for head, lines in page.facts:
            said = "".join([f"<dd>{line}</dd>" for line in lines])
            yield f"<div><dt>{_heading(head)}</dt>{said}</div>\n"
        yield "</dl>\n</aside>\n"
    yield '<div class="main prose">\n'
    for anchor, heading, content in page.sections:
        yield f'<h2 id="{anchor}">{_heading(heading)}</h2>\n{content}\n'
    if page.events:
        yield from _events(page)
    yield "</div>\n</div>"


@lru_cache(maxsize=256)  # Nearly all records have the same.
def _heading(text: str) -> str:
    return str(escape(text))


def _title(page: Page) -> Iterator[str]:
    """Give the title, which is only read aloud where the words stand in its place."""
    hidden = ' class="vh"' if page.words or page.kind == "annotation" else ""
    yield f"<h1{hidden}>{escape(page.title)}</h1>\n"
    if page.words:
        lang = f' lang="{escape(page.lang)}" dir="{direction(page.lang)}"' if page.lang else ""
        yield f'<blockquote class="record-words record-big"{lang}>\n'
        yield from (f"<p>{escape(paragraph)}</p>\n" for paragraph in page.words)
        yield "</blockquote>\n"


def _events(page: Page) -> Iterator[str]:
    """Give what the ledger says of the record."""
    heading = escape(_("Published"))
    yield f'<h2 id="published">{heading}</h2>\n<ul class="note nlist">\n'
    for event in page.events:
        mark = f" <code>{escape(event['fingerprint'])}</code>" if event["fingerprint"] else ""
        yield f"<li>{escape(event['said'])}{mark}</li>\n"
    yield "</ul>\n"
