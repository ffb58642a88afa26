"""``sources.bib``, ``.ris`` and ``.json``: the bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.citing.csl import csl_json
from ontherecord.citing.of_source import bibtex_of_source, item_of_source
from ontherecord.citing.ris import ris
from ontherecord.exchange.format import Each, Format, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content

FILES: Final = ("record/sources.bib", "record/sources.ris", "record/sources.json")


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    sources = edition.sources.values()

    def _bibtex() -> Content:
        return (bibtex_of_source(source).encode() + b"\n" for source in sources)

    def _ris() -> Content:
        return (ris(item_of_source(source)).encode() + b"\r\n" for source in sources)

    def _csl() -> Content:
        return [csl_json(item_of_source(source) for source in sources).encode()]

    for path, content in zip(FILES, (_bibtex, _ris, _csl), strict=True):
        yield Whole(path, content, frozenset({"sources"}))


FORMAT: Final = Format(
    "bibliography", "the bibliography, as BibTeX, RIS and CSL-JSON", FILES, _parts
)
