"""``sources.bib``, ``.ris`` and ``.json``: the bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.citing.csl import csl_json
from ontherecord.citing.of_source import bibtex_of_source, item_of_source
from ontherecord.citing.ris import ris
from ontherecord.exchange.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content

FILES: Final = ("record/sources.bib", "record/sources.ris", "record/sources.json")


def _files(edition: Edition) -> Iterator[tuple[str, Content]]:
    sources = edition.sources.values()
    yield FILES[0], (bibtex_of_source(source).encode() + b"\n" for source in sources)
    yield FILES[1], (ris(item_of_source(source)).encode() + b"\r\n" for source in sources)
    yield FILES[2], [csl_json(item_of_source(source) for source in sources).encode()]


FORMAT: Final = Format(
    "bibliography", "the bibliography, as BibTeX, RIS and CSL-JSON", FILES, _files
)
