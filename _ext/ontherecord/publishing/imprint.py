"""Makes the imprint from the settings, the sources and what git knows of them."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontherecord.apparatus.addresses import record_address
from ontherecord.domain import domain_of
from ontherecord.imprint import Imprint, Page, content_identifier
from ontherecord.joining.volumes import addresses, is_front
from ontherecord.languages import tag_of
from ontherecord.parting import FRONT
from ontherecord.publishing.exports import chosen
from ontherecord.rebuilding import revision
from ontherecord.rebuilding.dates import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from ontherecord.edition import Edition
    from ontherecord.keeping.kept import Content


def imprint_of(builder: Any, edition: Edition, contents: Contents) -> Imprint:
    """Give the imprint of what a builder publishes; ``contents`` names files by what they hold."""
    config, env = builder.config, builder.env
    folder = Path(env.srcdir)
    homes = {edition.home(record) for record in edition.records.values()}
    wanted = set(edition.articles) | homes
    wanted |= {record.origin.docname for record in edition.records.values()}
    wanted |= {name for name, document in edition.documents.items() if document.marks}
    wanted.add(edition.sources_register)
    documents = sorted(wanted & set(env.found_docs))
    included = {record.origin.file for record in edition.records.values()}
    for document in edition.documents.values():
        included |= {mark.file for mark in document.marks}
    release = config.release or config.version
    pages = {name: _page(builder, env, folder, name, contents) for name in documents}
    elsewhere = domain_of(env).other_editions
    places: Mapping[str, str] = {
        record.id: address
        for record in edition.records.values()
        if (address := elsewhere.address_of(record))
    }
    if not config.record_citation_pages:
        places = _Places(edition, pages, places)
    return Imprint(
        title=config.project,
        description=str(config.html_theme_options.get("description", "")),
        editors=_editors(config.author),
        version=revision.version(folder, release),
        date=_day(os.environ.get(VARIABLE, "")),
        address=record_address(config),
        language=tag_of(config.language),
        licence=config.record_licence,
        copyright=_line(config.copyright),
        origin=config.record_origin,
        formats=tuple(chosen(config.record_exports)[0]),
        volume_of=_volume_of(config),
        volumes=addresses(config) if is_front(config) else {},
        pages=pages,
        places=places,
        files=_files(folder, included - {""}, contents),
    )


def _volume_of(config: Config) -> str:
    """Give the title of the edition of which this is a volume, if it is one."""
    is_volume = config.record_volume not in {"", FRONT}
    return str(config.record_volumes[FRONT]["title"]) if is_volume else ""


class _Places(Mapping[str, str]):
    """Where records stand that have no pages of their own: each is found when it is asked for."""

    def __init__(
        self, edition: Edition, pages: Mapping[str, Page], elsewhere: Mapping[str, str]
    ) -> None:
        self._edition = edition
        self._pages = pages
        self._elsewhere = elsewhere

    def __getitem__(self, identifier: str) -> str:
        if identifier in self._elsewhere:
            return self._elsewhere[identifier]
        record = self._edition.records[identifier]
        home = self._pages.get(self._edition.home(record), Page()).address.partition("#")[0]
        return f"{home}#{self._edition.anchor(record)}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._edition.records)

    def __len__(self) -> int:
        return len(self._edition.records)


def _editors(author: str) -> tuple[str, ...]:
    """Give the authors that ``author`` names; Sphinx has no name there of its own accord."""
    if not author or author.startswith("Author name not set"):
        return ()
    return tuple(name.strip() for name in re.split(r"\s*;\s*|\\and\b", author) if name.strip())


def _line(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _day(seconds: str) -> str:
    try:
        return _date(int(seconds)) if seconds else ""
    except (ValueError, OverflowError, OSError):  # It is no time, and then no date is known.
        return ""


def _date(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()


def _page(
    builder: Any, env: BuildEnvironment, folder: Path, docname: str, contents: Contents
) -> Page:
    title = env.titles.get(docname)
    address = builder.get_target_uri(docname)
    if builder.name == "singlehtml":
        address = f"{builder.config.root_doc}.html"
    path, above = str(env.doc2path(docname)), f"{folder}{os.sep}"
    below = path.removeprefix(above) if path.startswith(above) else Path(path).name
    return Page(
        title=title.astext() if title is not None else docname,
        address=address,
        file=below.replace(os.sep, "/"),
        swhid=contents.identified(path),
    )


def _files(folder: Path, names: Iterable[str], contents: Contents) -> Mapping[str, str]:
    return {name: contents.identified(str(folder / name)) for name in sorted(names)}


class Contents:
    """Names files by their contents, each anew only where it has another size or time."""

    def __init__(self, before: Mapping[str, Content]) -> None:
        """Take what files had when they were last named."""
        self._before = before
        self.now: dict[str, Content] = {}

    def identified(self, path: str) -> str:
        """Give the SWHID of a file as git keeps it: with ends of line of one character."""
        try:
            state = Path(path).stat()
            known = self._before.get(path)
            if known is None or known[1:] != (state.st_mtime_ns, state.st_size):
                content = Path(path).read_bytes().replace(b"\r\n", b"\n")
                known = (content_identifier(content), state.st_mtime_ns, state.st_size)
        except OSError:
            return ""
        self.now[path] = known
        return known[0]
