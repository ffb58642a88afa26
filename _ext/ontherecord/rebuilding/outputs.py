"""The files that an output has of documents and of what pages name, and its folders."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontherecord.apparatus.register_pages import names
from ontherecord.domain import domain_of
from ontherecord.settings import RECORD_PAGES, page_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PICTURES: Final = "_images/"
"""Where pictures are published."""


def walked(app: Sphinx) -> list[str]:
    """Give the folders of the output, by path below it; in that of records' pages there is none."""
    doctrees, records = os.fspath(app.doctreedir), os.fspath(Path(app.outdir, RECORD_PAGES))
    if any(name.startswith(f"{RECORD_PAGES}/") for name in app.env.found_docs):
        records = ""
    found, todo = [], [os.fspath(app.outdir)]
    while todo:
        path = todo.pop()
        found.append(os.path.relpath(path, app.outdir))
        if path == records:
            continue  # Its files are tens of thousands.
        with suppress(OSError), os.scandir(path) as listed:  # Files are many; none is kept.
            below = [one.path for one in listed if one.is_dir(follow_symlinks=False)]
            todo += [one for one in below if one != doctrees]
    return sorted(found)


def times_of(app: Sphinx, names: Iterable[str]) -> dict[str, int]:
    """Give the time of the last change in each folder, in nanoseconds; 0 where it is gone."""
    times = {}
    for name in names:
        try:
            times[name] = Path(app.outdir, name).stat().st_mtime_ns
        except OSError:
            times[name] = 0
    return times


def named_files(env: BuildEnvironment) -> list[str]:
    """Give the pictures and downloads that pages name, by path below the output's folder."""
    images: Any = env.images
    downloads: Any = env.dlfiles
    found = {f"{PICTURES}{name}" for _, name in images.values()}
    return sorted(found | {f"_downloads/{name}" for _, name in downloads.values()})


def register_files(builder: Any) -> list[str]:
    """Give the further pages of registers, by path below the output's folder."""
    size = page_size(builder)
    if not size:
        return []
    domain = domain_of(builder.env)
    queries = {name: document.queries for name, document in domain.documents.items()}
    outdir = Path(builder.outdir)
    found = (Path(builder.get_outfilename(name)) for name in names(domain.views, queries, size))
    return [path.relative_to(outdir).as_posix() for path in found]


def sweep_sources(builder: Any, docnames: Iterable[str]) -> None:
    """Remove the copies of sources that are no document's any more."""
    folder = Path(builder.outdir) / "_sources"
    if not folder.is_dir():
        return
    current: set[str] = set()
    if builder.config.html_copy_source:
        link_suffix = builder.config.html_sourcelink_suffix
        for docname in docnames:
            suffix = builder.env.doc2path(docname, base=False).suffix
            copied = suffix if suffix == link_suffix else suffix + link_suffix
            current.add(f"{docname}{copied}")
    for above, _below, files in os.walk(folder):
        inside = os.path.relpath(above, folder).replace(os.sep, "/")
        for name in files:
            if (name if inside == "." else f"{inside}/{name}") not in current:
                path = Path(above, name)
                path.unlink()
                remove_empty(path.parent, Path(builder.outdir))


def of_document(builder: Any, docname: str) -> Iterator[Path]:
    """Give the files that a builder writes for one document."""
    if hasattr(builder, "get_output_path"):
        yield Path(builder.get_output_path(docname))
    elif hasattr(builder, "get_outfilename"):
        yield Path(builder.get_outfilename(docname))
    elif getattr(builder, "out_suffix", ""):
        yield Path(builder.outdir) / f"{docname}{builder.out_suffix}"


def remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder that nothing is in, and those above it that then are empty, below a root."""
    while folder != root and root in folder.parents and folder.is_dir():
        if any(folder.iterdir()):
            return
        folder.rmdir()
        folder = folder.parent
