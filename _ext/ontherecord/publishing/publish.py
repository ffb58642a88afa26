"""Publishes records with a build: their pages and the exports, those of them that have changed.

What makes them is imported when anything is to be made.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from ontherecord.domain import domain_of
from ontherecord.keeping.folder import Folder
from ontherecord.keeping.kept import Kept
from ontherecord.keeping.places import kept_in
from ontherecord.keeping.stored import load, save
from ontherecord.problems import TYPE
from ontherecord.publishing.whole import tools, whole
from ontherecord.settings import RECORD_PAGES, WITH_RECORD_PAGES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ontherecord.edition import Edition
    from ontherecord.keeping.affected import Affected
    from ontherecord.keeping.kept import Content

logger = logging.getLogger(__name__)

_PAGES = "pages"
"""Whose the pages of records are, among the owners of files."""


class Publishing:
    """Publishes the records of one build.

    Of what files were made is kept beside the doctrees. A build that is stopped keeps nothing:
    the next one finds files in another state than they were left in, and makes them again.
    """

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._before = Kept()
        self._contents: dict[str, Content] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        # When figures have their numbers, and before pages are held against it.
        app.connect("env-get-updated", self.complete, priority=850)
        app.connect("build-finished", self.publish)

    def complete(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Have the Edition told what is to be published of it, and what its references show.

        No document is to be written again for that; see `ontherecord.rebuilding.pages`.
        """

        def tell(edition: Edition) -> None:
            from ontherecord.publishing.imprint import Contents, imprint_of
            from ontherecord.publishing.references import shown_references

            contents = Contents(self._before.contents)
            self._contents = contents.now
            edition.imprint = imprint_of(app.builder, edition, contents)
            edition.resolve(shown_references(env, edition))

        if app.builder.name in WITH_RECORD_PAGES:
            self._before = load(kept_in(app, ".published"), Kept)
            domain_of(env).complete_with(tell)
        return []

    def publish(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the pages and exports that may have changed, and remove those of what is gone."""
        if exception is not None or app.builder.name not in WITH_RECORD_PAGES:
            return
        before = self._before
        if not self._is_all_there(app, Folder(Path(app.outdir), before.files)):
            self._make(app)

    def _make(self, app: Sphinx) -> None:
        from ontherecord.apparatus.record_pages import OURS
        from ontherecord.exchange.format import known, sweep
        from ontherecord.joining.moved import moved_of
        from ontherecord.joining.volumes import volumes_in
        from ontherecord.keeping.affected import EVERYTHING, affected
        from ontherecord.publishing.exports import brought, chosen, write_exports

        names, problems = chosen(app.config.record_exports)
        for subtype, message in problems:
            logger.warning(message, type=TYPE, subtype=subtype, location="conf.py:1")
        before, spared = self._before, brought(app)
        edition = domain_of(app.env).edition
        now = self._made_of(app, edition, names)
        # In a front, pages show what other editions have.
        changed = EVERYTHING if volumes_in(app) is not None else affected(edition, before, now)
        folder = Folder(Path(app.outdir), before.files)
        _write_pages(app, folder, changed)
        joint = domain_of(app.env).views.edition
        failed = write_exports(edition, joint, folder, names, spared, changed)
        moved = moved_of(app).pages

        def is_anothers(path: str) -> bool:
            content = (folder.root / path).read_bytes()
            # An empty one is left of a build that was stopped.
            return path in moved or (content != b"" and OURS not in content)

        folder.sweep([f"{RECORD_PAGES}/*.html"], is_anothers)
        sweep(folder, known().keys() - failed, spared)
        now.files = folder.left
        if now != before:
            save(kept_in(app, ".published"), now)

    def _is_all_there(self, app: Sphinx, folder: Folder) -> bool:
        """Tell whether nothing has changed, and all files are there as they were left.

        No file can be there besides: nothing has come into the output since.
        """
        return (
            domain_of(app.env).unchanged
            and self._before.tools == tools(app) != ""
            and all(folder.of(owner).keep_all() for owner in self._before.files)
        )

    def _made_of(self, app: Sphinx, edition: Edition, formats: list[str]) -> Kept:
        """Give all that files are made of now."""
        from ontherecord.keeping.units import digest, given

        views = domain_of(app.env).views
        return Kept(
            tools(app),
            whole(app, edition, formats),
            given(edition, app.env.all_docs, self._before.documents),
            {key: digest([one, views.source(key)]) for key, one in edition.sources.items()},
            dict(edition.references),
            {},
            self._contents,
        )


def _write_pages(app: Sphinx, folder: Folder, changed: Affected) -> None:
    """Write the pages of records and of identifiers that are no record's any more."""
    from ontherecord.apparatus.record_pages import RecordPages
    from ontherecord.exchange.format import Each, put_each
    from ontherecord.publishing.heads import of_records

    left = folder.all_of(_PAGES)
    if not app.config.record_citation_pages:
        return
    if changed.nothing and left and all(files.keep_all() for files in left):
        return
    pages = RecordPages(app, of_records(domain_of(app.env).edition))

    def path(identifier: str) -> tuple[str]:
        return (f"{RECORD_PAGES}/{identifier}.html",)

    def of_record(identifier: str) -> tuple[bytes]:
        return (pages.of_record(identifier).encode(),)

    put_each(folder, _PAGES, Each("records", pages.records, path, of_record), changed)
    for identifier in pages.gone:  # They are few, and name what has taken their place.
        folder.of(_PAGES).put(*path(identifier), pages.of_gone(identifier).encode())
