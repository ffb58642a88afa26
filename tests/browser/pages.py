"""Which pages are judged: one of every kind, or those of a folder that is given."""

from __future__ import annotations

from pathlib import Path

from browser.conftest import GIVEN

ARTICLE = "articles/2017-02-23-no-mass-deportations.html"

OURS = {
    "front page": ("first", "index.html"),
    "article": ("first", ARTICLE),
    "article, dense": ("made", "articles/dense.html"),
    "article without quotes": ("made", "articles/plain.html"),
    "article in three scripts": ("made", "articles/scripts.html"),
    "articles": ("first", "articles/index.html"),
    "statements": ("first", "annotations/quotes.html"),
    "statements, page 2": ("made", "registers/quotes.2.html"),
    "speakers": ("first", "annotations/speakers.html"),
    "speakers, long names": ("made", "registers/speakers.html"),
    "contradictions": ("first", "annotations/contradictions.html"),
    "contradictions, many sides": ("made", "registers/cases.html"),
    "timeline": ("first", "annotations/timeline.html"),
    "notes": ("first", "annotations/notes.html"),
    "sources": ("first", "annotations/sources.html"),
    "corrections": ("made", "registers/corrections.html"),
    "guide": ("first", "guide/writing.html"),
    "guide, tables": ("first", "guide/options.html"),
    "search": ("first", "search.html"),
    "index": ("made", "genindex.html"),
    "not found": ("first", "404.html"),
    "cite, quote": ("first", "cite/kelly-no-military-force.html"),
    "cite, quote of three paragraphs": ("made", "cite/long-three.html"),
    "cite, quote in Arabic": ("made", "cite/dina-open.html"),
    "cite, contradiction": ("first", "cite/military-operation.html"),
    "cite, contradiction of three": ("made", "cite/case-1.html"),
    "cite, contradiction of seven": ("made", "cite/case-2.html"),
    "cite, speaker": ("first", "cite/john-kelly.html"),
    "cite, speaker of a long name": ("made", "cite/long.html"),
    "cite, annotation": ("first", "cite/two-memoranda.html"),
    "cite, withdrawn": ("made", "cite/gone-words.html"),
    "cite, moved": ("made", "cite/old-name.html"),
}


def of(folder: Path) -> dict[str, tuple[str, str]]:
    """Give a folder's pages: all but those of records, and of these the first and last few."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    records = [name for name in names if name.startswith("cite/")]
    left_out = set(records[5:-5])
    return {
        name: ("given", name)
        for name in names
        if name not in left_out and not name.startswith("_static/")
    }


EVERY_PAGE = of(Path(GIVEN)) if GIVEN else OURS
SITES = ["given"] if GIVEN else ["first", "made"]
