"""Writes again each page that other documents have changed, and removes those of documents gone.

Sphinx writes the pages of documents that were read again, and no others. Here
each page's other inputs are kept with it, and it is written again when they
differ. They are kept for each output folder apart, since the same environment
serves several builders, and only once the page is written, so that a build
that was stopped is made good by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontherecord.apparatus.register_pages import names
from ontherecord.domain import domain_of
from ontherecord.rebuilding.images import settle
from ontherecord.rebuilding.inputs import Inputs
from ontherecord.settings import page_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class Pages:
    """Keeps what the pages of one output folder were last made of."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._before: dict[str, Any] = {}
        self._digests: dict[str, str] = {}
        self._files: list[str] = []
        self._begun = 0
        self._navigation = ""
        self._shows_navigation = False

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        # When the Edition and the citations are joined.
        app.connect("env-updated", self.stale, priority=900)
        app.connect("write-started", self.sweep)
        app.connect("html-page-context", self.watch_navigation, priority=900)
        app.connect("build-finished", self.keep)

    def stale(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Give the documents whose pages other documents have changed."""
        if not app.builder.format:
            return []  # This builder has no pages of its own.
        self._before = _load(kept_in(app))
        self._begun = _touch(kept_in(app).with_suffix(".begun"))
        settle(env)
        inputs = Inputs(env)
        self._digests = {name: inputs.digest(name) for name in sorted(env.found_docs)}
        self._shows_navigation = self._before.get("shows_navigation", False)
        self._navigation = inputs.navigation()
        if self._shows_navigation and self._before.get("navigation") != self._navigation:
            return list(self._digests)
        before = self._before.get("pages", {})
        return [name for name, digest in self._digests.items() if before.get(name) != digest]

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
            if not self._shows_navigation:
                self._shows_navigation = True
                _navigation(app).touch()  # This may be a process that nobody hears of again.
            return toctree(**options)

        context["toctree"] = watched

    def sweep(self, app: Sphinx, builder: Builder) -> None:
        """Remove the output of what is gone, before anything is packed or listed."""
        outdir = Path(builder.outdir)
        for docname in self._before.get("pages", {}):
            if docname not in self._digests:
                for path in _outputs(builder, docname):
                    path.unlink(missing_ok=True)
                    _remove_empty(path.parent, outdir)
        self._files = sorted([*_files(app.env), *_register_files(builder)])
        for name in set(self._before.get("files", [])) - set(self._files):
            path = outdir / name
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, outdir)
        _sweep_sources(builder, self._digests)

    def keep(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep what the pages were made of, for those that have been written."""
        if exception is not None or not self._digests:
            return
        before = self._before.get("pages", {})
        written = {
            name: digest if self._is_written(app.builder, name) else before.get(name, "")
            for name, digest in self._digests.items()
            if before.get(name) != digest
        }
        shows_navigation = self._shows_navigation or _navigation(app).is_file()
        kept = {
            "navigation": self._navigation,
            "shows_navigation": shows_navigation,
            "pages": {**self._digests, **written},
            "files": self._files,
        }
        path = kept_in(app)
        if kept != self._before:
            path.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")

    def _is_written(self, builder: Builder, docname: str) -> bool:
        """Tell whether a page was written in this build; a builder may write some of them only."""
        page = next(_outputs(builder, docname), None)
        if page is None or not hasattr(builder, "out_suffix"):
            return True  # It has no page of its own.
        return page.is_file() and page.stat().st_mtime_ns >= self._begun


def _files(env: BuildEnvironment) -> list[str]:
    """Give the pictures and downloads that pages name, by path below the output's folder."""
    images: Any = env.images
    downloads: Any = env.dlfiles
    found = {f"_images/{name}" for _, name in images.values()}
    return sorted(found | {f"_downloads/{name}" for _, name in downloads.values()})


def _register_files(builder: Any) -> list[str]:
    """Give the further pages of registers, by path below the output's folder."""
    size = page_size(builder)
    if not size:
        return []
    domain = domain_of(builder.env)
    queries = {name: document.queries for name, document in domain.documents.items()}
    outdir = Path(builder.outdir)
    found = (Path(builder.get_outfilename(name)) for name in names(domain.views, queries, size))
    return [path.relative_to(outdir).as_posix() for path in found]


def _sweep_sources(builder: Any, docnames: Iterable[str]) -> None:
    """Remove the copies of sources that are no document's any more."""
    folder = Path(builder.outdir) / "_sources"
    if not folder.is_dir():
        return
    current: set[Path] = set()
    if builder.config.html_copy_source:
        env = builder.env
        link_suffix = builder.config.html_sourcelink_suffix
        for docname in docnames:
            suffix = Path(env.doc2path(docname)).suffix
            current.add(
                folder / f"{docname}{suffix if suffix == link_suffix else suffix + link_suffix}"
            )
    for path in [path for path in folder.rglob("*") if path.is_file() and path not in current]:
        path.unlink()
        _remove_empty(path.parent, Path(builder.outdir))


def kept_in(app: Sphinx, suffix: str = ".json") -> Path:
    """Give a file in which a build of this output folder keeps what it was made of."""
    name = hashlib.blake2b(f"{app.builder.name} {app.outdir}".encode(), digest_size=8).hexdigest()
    return Path(app.doctreedir) / f"ontherecord-{name}{suffix}"


def _navigation(app: Sphinx) -> Path:
    """Give the file that says that the theme shows the titles of other pages."""
    return kept_in(app).with_suffix(".navigation")


def _touch(path: Path) -> int:
    """Touch a file, and give the time that its file system has set, in nanoseconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path)
    return path.stat().st_mtime_ns


def _load(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _outputs(builder: Any, docname: str) -> Iterator[Path]:
    """Give the files that a builder writes for one document."""
    if hasattr(builder, "get_output_path"):
        yield Path(builder.get_output_path(docname))
    elif hasattr(builder, "get_outfilename"):
        yield Path(builder.get_outfilename(docname))
    elif getattr(builder, "out_suffix", ""):
        yield Path(builder.outdir) / f"{docname}{builder.out_suffix}"


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and root in folder.parents and folder.is_dir():
        if any(folder.iterdir()):
            return
        folder.rmdir()
        folder = folder.parent
