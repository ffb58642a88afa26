"""Writes what stands at the old addresses in a front: pages and files that lead into volumes."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from ontherecord.citing.of_record import ARTICLES
from ontherecord.domain import domain_of
from ontherecord.exchange.format import known
from ontherecord.exchange.formats.edition_json import FILE
from ontherecord.joining.copies import redirects_of
from ontherecord.joining.redirects import listed, names_in, note_names, put_all
from ontherecord.joining.volumes import (
    BUILDERS,
    addresses,
    gathered_in,
    is_front,
    volumes_in,
)
from ontherecord.keeping.places import kept_in
from ontherecord.parting import ADDRESSES
from ontherecord.problems import TYPE
from ontherecord.settings import RECORD_PAGES
from ontherecord.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from ontherecord.joining.volumes import Volumes

logger = logging.getLogger(__name__)

_TEI: Final = "record/tei"
_CITATIONS: Final = ("bib", "ris", "json")


@dataclass(frozen=True)
class Moved:
    """What is at home in volumes: articles and records, each with its volume."""

    articles: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The pages of records that lead into volumes, by path."""
        return frozenset(f"{RECORD_PAGES}/{identifier}.html" for identifier in self.records)

    @cached_property
    def files(self) -> dict[str, str]:
        """The files beside pages that moved with them, by path, with their volume."""
        found = {}
        for docname, volume in self.articles.items():
            found[f"{_TEI}/{docname}.xml"] = volume
            found |= {f"{ARTICLES}/{docname}.{kind}": volume for kind in _CITATIONS}
        for identifier, volume in self.records.items():
            found |= {f"{RECORD_PAGES}/{identifier}.{kind}": volume for kind in _CITATIONS}
        return found


def read(path: Path, volumes: dict[str, str]) -> tuple[Moved, list[tuple[int, str]]]:
    """Read the list of what has moved; give what cannot be read as well, by line."""
    moved, wrong = Moved(), []
    if not path.is_file():
        return moved, [(1, f"{path.name} is missing: without it no old address leads anywhere")]
    heading, *rows = _rows(path) or [[]]
    if heading != ["kind", "name", "volume"]:
        return moved, [(1, "the first line must be kind,name,volume")]
    lists = {"article": moved.articles, "record": moved.records}
    for number, row in enumerate(rows, 2):
        if len(row) != 3 or row[0] not in lists:
            wrong.append((number, "write kind,name,volume, with article or record for the kind"))
        elif row[2] not in volumes:
            wrong.append((number, f'there is no volume "{row[2]}" in volumes.json'))
        else:
            lists[row[0]][row[1]] = row[2]
    return moved, wrong


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def moved_of(app: Sphinx) -> Moved:
    """Give what has moved out of a front, read once in a build; nothing for another edition."""
    builder: Any = app.builder
    if not is_front(app.config) or builder.name not in BUILDERS:
        return Moved()
    if not hasattr(builder, "record_moved"):
        path = Path(app.srcdir) / ADDRESSES
        builder.record_moved, wrong = read(path, addresses(app.config))
        if (volumes := gathered_in(app)) is not None:
            # Also of what has come there, and gone again, since the edition was parted.
            builder.record_moved.records.update({**volumes.gone, **volumes.homes})
            for place, document in volumes.documents.items():
                volume, _slash, docname = place.partition("/")
                if document.date and docname not in app.env.found_docs:
                    builder.record_moved.articles.setdefault(docname, volume)
        for line, message in wrong:
            logger.warning(message, type=TYPE, subtype="bad-ledger", location=f"{path}:{line}")
    moved: Moved = builder.record_moved
    return moved


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write what leads from old addresses, where it is not there already."""
    if exception is not None or not is_front(app.config) or app.builder.name not in BUILDERS:
        return
    if domain_of(app.env).unchanged:
        return
    pages = dict(_pages(app, moved_of(app)))
    outdir = Path(app.outdir)
    kept = kept_in(app, ".moved")
    state = _digest(app, pages)
    is_known = kept.is_file() and kept.read_bytes() == state.encode()
    if not is_known or not names_in(outdir, pages).issuperset(pages):
        put_all(outdir, redirects_of(app), pages, kept_in(app, ".moved-names"))
        write_whole(kept, state)
    _bring_files(app)


def _pages(app: Sphinx, moved: Moved) -> Iterator[tuple[str, str]]:
    """Give each page at an old address, by path below the output, and where it leads."""
    builder: Any = app.builder
    at = addresses(app.config)
    outdir = Path(app.outdir)
    for docname, volume in moved.articles.items():
        path = Path(builder.get_outfilename(docname)).relative_to(outdir).as_posix()
        yield path, at[volume] + builder.get_target_uri(docname)
    for identifier, volume in moved.records.items():
        path = f"{RECORD_PAGES}/{identifier}.html"
        yield path, at[volume] + path


def _digest(app: Sphinx, pages: dict[str, str]) -> str:
    made = redirects_of(app)
    said = repr((made, made.page("a", "b"), sorted(pages.items())))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _bring_files(app: Sphinx) -> None:
    """Bring the citations and the TEI of what has moved to where they were.

    They are taken from the volumes' output where that is at hand, and else made from their
    ``edition.json``. A server that knows redirects can do without them. Of what a volume has no
    more, none stays here.
    """
    outdir, names = Path(app.outdir), kept_in(app, ".brought-names")
    wanted, before = moved_of(app).files, listed(names)
    note_names(names, before | wanted.keys())
    absent: dict[str, list[str]] = {}
    names_in(outdir, wanted)
    for path, volume in wanted.items():
        if not _bring(f"{outdir}/{volume}/{path}", f"{outdir}/{path}"):
            absent.setdefault(volume, []).append(path)
    gone = before - wanted.keys()
    for volume, paths in absent.items():
        volumes = volumes_in(app)
        edition = volumes.edition(volume) if volumes is not None else None
        if volumes is None or edition is None:
            continue
        lacking = set(paths)
        for name in ("citations", "tei"):
            one = known()[name]
            if name not in edition.imprint.formats or not one.is_available:
                continue
            for path, content in one.files(edition):
                if path in lacking and not callable(content):
                    _fill(outdir / path, b"".join(content))
                    lacking.discard(path)
        gone |= lacking
        _report_gone(app, volumes, volume)
    for path in gone.difference(_own(app)):
        (outdir / path).unlink(missing_ok=True)
    note_names(names, wanted.keys())


def _own(app: Sphinx) -> frozenset[str]:
    """Give the files beside pages of what is the front's own."""
    edition = domain_of(app.env).edition
    return frozenset(
        Moved(dict.fromkeys(edition.articles, ""), dict.fromkeys(edition.own, "")).files
    )


def _report_gone(app: Sphinx, volumes: Volumes, volume: str) -> None:
    """Tell of what leads to a page that its volume has no more, where that is at hand."""
    below = Path(app.outdir) / volume
    if not (below / FILE).is_file():
        return
    builder: Any = app.builder
    for number, row in enumerate(_rows(Path(app.srcdir) / ADDRESSES), 1):
        kind, name = row[:2] if len(row) == 3 and row[2] == volume else ("", "")
        page = Path(app.outdir, RECORD_PAGES, f"{name}.html")
        if kind == "record" and moved_of(app).records[name] != volume:
            continue  # It has moved on, and its old address leads to where it is.
        if kind == "article":
            page = Path(builder.get_outfilename(name))
        if kind and not (below / page.relative_to(app.outdir)).is_file():
            volumes.warn(
                "bad-ledger",
                f'the volume "{volume}" has no page of the {kind} "{name}" any more, to which '
                "its old address leads: withdraw it there, or take this line out",
                f"{Path(app.srcdir) / ADDRESSES}:{number}",
            )


def _bring(source: str, target: str) -> bool:
    """Have a file at a second place, the same one where the file system can, else a copy.

    Gives whether there is one. Of hundreds of thousands, each costs as little as it can.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        if not os.path.samefile(source, target):  # noqa: PTH121
            os.unlink(target)  # noqa: PTH108
            return _bring(source, target)
    except FileNotFoundError:
        return False
    except OSError:
        shutil.copyfile(source, target)
    return True


def _fill(target: Path, content: bytes) -> None:
    if not target.is_file() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(content)
