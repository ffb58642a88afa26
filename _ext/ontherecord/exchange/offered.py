"""The files that an edition offers to programs: which there are, of what type, and what is in them.

Only files of formats that the edition publishes are offered; its imprint names them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from ontherecord.edition import Edition

    Offers = Callable[[str], bool]
    """Tells whether a file with a path, from the folder of the HTML output, is offered."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the whole edition: ``type`` is its media type (RFC 6838)."""

    path: str
    type: str
    title: str
    profile: str = ""


FEED: Final = File("record/feed.atom", "application/atom+xml", "feed of new and changed records")
LINKSET: Final = File(
    "record/linkset.json", "application/linkset+json", "typed links of every record and article"
)

FILES: Final = (
    File("record/edition.json", "application/json", "the whole edition"),
    File("record/edition.schema.json", "application/schema+json", "JSON Schema of edition.json"),
    *(
        File(f"record/{name}.csv", "text/csv", f"table of {name}")
        for name in (
            *("speakers", "quotes", "readings", "contradictions"),
            *("annotations", "articles", "sources"),
        )
    ),
    File("record/edition.sqlite", "application/vnd.sqlite3", "the tables as a database"),
    File(
        "record/web-annotations.jsonld",
        "application/ld+json",
        "W3C Web Annotation collection",
        "http://www.w3.org/ns/anno.jsonld",
    ),
    FEED,
    LINKSET,
)
"""The files of the whole edition, in the order in which they are named."""


def tei_path(docname: str) -> str:
    """Give the path of an article in TEI P5."""
    return f"record/tei/{docname}.xml"


CITATIONS: Final = (
    ("bib", "application/x-bibtex"),
    ("ris", "application/x-research-info-systems"),
    ("json", "application/vnd.citationstyles.csl+json"),
)
"""The citation of a record: the suffix of its file, and its media type."""


@cache
def offers_of(formats: tuple[str, ...]) -> Offers:
    """Give what tells whether one of some formats owns a path."""
    from ontherecord.exchange.format import known  # Which reads the formats, and they read this.

    owned = [pattern for name in formats if name in known() for pattern in known()[name].owns]
    matches = re.compile("|".join(translate(one.replace("**/", "*")) for one in owned)).match
    return lambda path: bool(owned) and matches(path) is not None


def published(edition: Edition) -> Offers:
    """Give what tells whether an edition publishes a file; if it does not say, all can be made."""
    from ontherecord.exchange.format import standard

    return offers_of(edition.imprint.formats or tuple(standard()))
