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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontherecord.rebuilding.inputs import Inputs

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
        self._navigation = ""
        self._shows_navigation = False

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect(
            "env-updated", self.stale, priority=900
        )  # When Edition and citations are joined.
        app.connect("write-started", self.sweep)
        app.connect("html-page-context", self.watch_navigation, priority=900)
        app.connect("build-finished", self.keep)

    def stale(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Give the documents whose pages other documents have changed."""
        if not app.builder.format:
            return []  # This builder has no pages of its own.
        self._before = _load(_kept_in(app))
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
            self._shows_navigation = True
            return toctree(**options)

        context["toctree"] = watched

    def sweep(self, app: Sphinx, builder: Builder) -> None:
        """Remove the output of documents that are gone, before anything is packed or listed."""
        for docname in self._before.get("pages", {}):
            if docname not in self._digests:
                for path in _outputs(builder, docname):
                    path.unlink(missing_ok=True)
                    _remove_empty(path.parent, Path(builder.outdir))

    def keep(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep what the pages were made of, for those that have been written."""
        if exception is not None or not self._digests:
            return
        kept = {
            "navigation": self._navigation,
            "shows_navigation": self._shows_navigation,
            "pages": self._digests,
        }
        path = _kept_in(app)
        if kept != self._before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")


def _kept_in(app: Sphinx) -> Path:
    """Give the file in which a build of this output folder keeps what its pages were made of."""
    name = hashlib.blake2b(f"{app.builder.name} {app.outdir}".encode(), digest_size=8).hexdigest()
    return Path(app.doctreedir) / f"ontherecord-{name}.json"


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
    for suffix in builder.config.source_suffix:
        link_suffix = builder.config.html_sourcelink_suffix
        shown = suffix if suffix == link_suffix else suffix + link_suffix
        yield Path(builder.outdir) / "_sources" / f"{docname}{shown}"


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and root in folder.parents and folder.is_dir():
        if any(folder.iterdir()):
            return
        folder.rmdir()
        folder = folder.parent
