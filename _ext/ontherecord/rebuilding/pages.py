"""Writes again each page that other documents have changed, and removes those of documents gone.

Sphinx writes the pages of documents that were read again, and no others. Here
each page's other inputs are kept with it, and it is written again when they
differ. They are kept for each output folder apart, since the same environment
serves several builders, and only once the page is written, so that a build
that was stopped is made good by the next.

Nothing is looked at where the state that a build starts from is that of the last one
(`ontherecord.rebuilding.state`), and no page's records where the documents that were read
again show others the same as before (`ontherecord.rebuilding.shown_to_others`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord.domain import domain_of
from ontherecord.keeping.places import kept_in
from ontherecord.keeping.stored import load, save
from ontherecord.rebuilding import beside, outputs, shown_titles
from ontherecord.rebuilding.contents import Contents
from ontherecord.rebuilding.images import settle
from ontherecord.rebuilding.shown_to_others import ShownToOthers
from ontherecord.rebuilding.state import State, state_of
from ontherecord.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class Kept(msgspec.Struct, frozen=True):
    """What is kept of the pages in one output folder.

    ``pages`` has two digests of each, of what surrounds it and of its records; ``read`` says when
    each document was read that they are of. ``state`` is missing where a build was stopped, or
    said that something is wrong. ``registers`` are those of the files that are further pages of
    registers. ``folders`` are those of the output, each with the time at which
    the last file came into it or went out of it. ``beside`` digests what no document holds;
    ``pictures`` are those that were there at the end.
    """

    state: State | None = None
    navigation: str = ""
    shows_navigation: bool = False
    pages: dict[str, tuple[str, str]] = {}
    read: dict[str, int] = {}
    files: list[str] = []
    registers: list[str] = []
    folders: dict[str, int] = {}
    beside: str = ""
    pictures: list[str] = []


_UNKNOWN: Final = ("", "")
"""The digests of a page that may be anything."""


class Pages:
    """Keeps what the pages of one output folder were last made of."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._before = Kept()
        self._now = Kept()
        self._begun = 0
        self._shown = ShownToOthers()
        self._contents = Contents()
        self._shows_others_the_same = False

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        self._shown.connect(app)
        # When all is read and numbered, and the Edition is told what is published of it.
        app.connect("env-get-updated", self.stale, priority=900)
        app.connect("write-started", self.sweep)
        app.connect("html-page-context", self.watch_navigation, priority=900)
        app.connect("build-finished", self.keep, priority=999)  # When all is written.

    def stale(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Give the documents whose pages other documents have changed."""
        if not app.builder.format:
            return []  # This builder has no pages of its own.
        self._before = load(kept_in(app), Kept)
        self._begun = _touch(kept_in(app).with_suffix(".begun"))
        state = state_of(app)
        folders = self._before.folders
        if state == self._before.state and folders and folders == outputs.times_of(app, folders):
            domain_of(env).unchanged = True
            self._now = self._before
            return []
        from ontherecord.rebuilding.surroundings import Surroundings

        settle(env)
        surroundings = Surroundings(env)
        records = self._records(env, state)
        names = sorted(env.found_docs)
        shows_navigation = self._before.shows_navigation or not shown_titles.is_seen(app.builder)
        self._now = Kept(
            state,
            surroundings.navigation() if shows_navigation else "",
            shows_navigation,
            {name: (surroundings.digest(name), records[name]) for name in names},
            {name: env.all_docs.get(name, 0) for name in names},
            beside=state.beside,
        )
        if self._before.beside != self._now.beside:
            return names
        if self._now.shows_navigation and self._before.navigation != self._now.navigation:
            return names
        return sorted({*self._changed, *self._lacking(app)})

    def _records(self, env: BuildEnvironment, state: State) -> dict[str, str]:
        """Give the digest of each document's records, made anew where it can have changed."""
        from ontherecord.rebuilding.inputs import Inputs

        before, inputs = self._before, Inputs(env)
        wanted = set(env.found_docs)
        if before.state is not None and before.state.joined == state.joined:
            read = {name for name in wanted if env.all_docs.get(name) != before.read.get(name)}
            if wanted == before.pages.keys() and self._shown.is_the_same(env, read, before.read):
                wanted = read
                self._shows_others_the_same = True
        return {
            name: inputs.digest(name) if name in wanted else before.pages[name][1]
            for name in env.found_docs
        }

    @property
    def _changed(self) -> list[str]:
        before = self._before.pages
        return [name for name, digests in self._now.pages.items() if before.get(name) != digests]

    def _lacking(self, app: Sphinx) -> set[str]:
        """Give the documents of pictures that somebody has taken out of the output."""
        gone = {name for name in self._before.pictures if not (app.outdir / name).is_file()}
        images: Any = app.env.images
        return {
            docname
            for documents, name in (images.values() if gone else ())
            if f"{outputs.PICTURES}{name}" in gone
            for docname in documents
        }

    def watch_navigation(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Notice whether the theme shows the titles of other pages."""
        toctree = context.get("toctree")
        if toctree is None:
            return

        def watched(**options: Any) -> Any:
            if not self._now.shows_navigation:
                self._now = replace(self._now, shows_navigation=True)
                shown_titles.note(app)  # This may be a process that nobody hears of again.
            return toctree(**options)

        context["toctree"] = watched

    def sweep(self, app: Sphinx, builder: Builder) -> None:
        """Remove the output of what is gone, before anything is packed or listed."""
        if not self._now.pages or domain_of(app.env).unchanged:
            return
        outdir = Path(builder.outdir)
        for docname in self._before.pages:
            if docname not in self._now.pages:
                for path in outputs.of_document(builder, docname):
                    path.unlink(missing_ok=True)
                    outputs.remove_empty(path.parent, outdir)
        registers = self._before.registers
        if not self._shows_others_the_same:
            registers = outputs.register_files(builder)
        static = beside.static_files(app) if builder.format == "html" else set()
        files = sorted({*outputs.named_files(app.env), *registers, *static})
        self._now = replace(self._now, files=files, registers=registers)
        for name in set(self._before.files) - set(files):
            path = outdir / name
            path.unlink(missing_ok=True)
            outputs.remove_empty(path.parent, outdir)
        outputs.sweep_sources(builder, self._now.pages)
        # Until they are written, nothing is known of the pages that are to be, but their names:
        # if this build is stopped, the next one may have to remove them.
        unknown = dict.fromkeys(self._changed, _UNKNOWN)
        pages = {**self._now.pages, **unknown}
        save(kept_in(app), replace(self._before, state=None, pages=pages, files=files))
        self._contents.set_aside(app)

    def keep(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep what the pages were made of, for those that have been written."""
        self._contents.put_back(app)
        if exception is not None or not self._now.pages:
            return
        before, unchanged = self._before.pages, domain_of(app.env).unchanged
        unwritten = {name for name in self._changed if not self._is_written(app.builder, name)}
        shows_navigation = self._now.shows_navigation or shown_titles.are_noted(app)
        pictures = [name for name in self._now.files if name.startswith(outputs.PICTURES)]
        kept = replace(
            self._now,
            pictures=[name for name in pictures if (app.outdir / name).is_file()],
            state=None if unwritten or app._warncount else self._now.state,
            folders=outputs.times_of(
                app, self._before.folders if unchanged else outputs.walked(app)
            ),
            navigation=self._now.navigation
            or (_titles_everywhere(app.env) if shows_navigation else ""),
            shows_navigation=shows_navigation,
            pages={
                name: before.get(name, _UNKNOWN) if name in unwritten else digests
                for name, digests in self._now.pages.items()
            },
        )
        if kept != self._before:
            save(kept_in(app), kept)

    def _is_written(self, builder: Builder, docname: str) -> bool:
        """Tell whether a page was written in this build; a builder may write some of them only."""
        page = next(outputs.of_document(builder, docname), None)
        if page is None or not hasattr(builder, "out_suffix"):
            return True  # It has no page of its own.
        return page.is_file() and page.stat().st_mtime_ns >= self._begun


def _titles_everywhere(env: BuildEnvironment) -> str:
    from ontherecord.rebuilding.surroundings import Surroundings

    return Surroundings(env).navigation()


def distrust(app: Sphinx) -> None:
    """Forget what an output folder was last made of, and keep what was called how in it."""
    path = kept_in(app)
    before = load(path, Kept)
    for kept in path.parent.glob(f"{path.stem}.*"):
        # Emptied: that there is one may say something by itself.
        if kept != path and kept.stat().st_size and not kept.name.endswith("-names"):
            kept.write_bytes(b"")
    save(path, Kept(pages=dict.fromkeys(before.pages, _UNKNOWN), files=before.files))


def _touch(path: Path) -> int:
    """Touch a file, and give the time that its file system has set, in nanoseconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path)
    return path.stat().st_mtime_ns
