"""Shares documents among processes so that each is read, and each written, by one of them alone.

For upstream (Sphinx, `sphinx.builders.Builder`): *With ``-j 2`` two cores write hardly faster than
one.* ``_write_parallel`` resolves every doctree in the first process, and hands the trees to others
for the rest, which is less than half of the work; each of these is forked anew for some documents,
and ``_read_parallel`` has each send back the whole environment, with all that was merged before it
was forked. Here as many processes are forked as may run, once. Each reads its share, when the
environment that it sends back has nothing but that; and each resolves and writes its share.

What is resolved elsewhere is not known here afterwards. So the first process writes the documents
of which something is asked later, those with registers, and everything where an extension not
named below listens to a document's being resolved, and may keep what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx import builders
from sphinx.builders import Builder
from sphinx.util.build_phase import BuildPhase
from sphinx.util.parallel import ParallelTasks

from ontherecord.domain import domain_of
from ontherecord.economies.replacing import replace
from ontherecord.settings import PAGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

_KEEP_NOTHING: Final = (
    *("myst_parser.", "ontherecord.", "sphinx.builders.", "sphinx.domains.", "sphinx.transforms."),
    *("sphinx.versioning", "sphinx_design.", "sphinxcontrib.bibtex."),
)
"""Where modules' names begin that keep nothing of a document that they resolve, but its images."""

_module: Final[Any] = builders
_write_parallel: Final = Builder._write_parallel
_chunks: Final = _module.make_chunks


def apply() -> None:
    """Share documents among processes."""
    replace(builders, "make_chunks", shares)
    replace(Builder, "_write_parallel", write_parallel)


def shares(names: Sequence[str], nproc: int, _most: int = 0) -> list[Sequence[str]]:
    """Give each process its share, in which those are that are beside each other in no other."""
    return [share for begin in range(nproc) if (share := names[begin::nproc])]


def write_parallel(self: Any, docnames: Sequence[str], nproc: int) -> None:
    """Write documents, each in one process from its tree to its page.

    So many processes are forked, beside this one, which writes its share.
    """
    if not _can_share(self):
        _module.make_chunks = _chunks  # Of trees that are held in memory, which must be few.
        try:
            _write_parallel(self, docnames, nproc)
        finally:
            _module.make_chunks = shares
        return

    def write(names: Sequence[str]) -> dict[str, str]:
        images: dict[str, str] = {}
        self.images = images
        _write(self, names)
        return images

    def note(_names: object, images: dict[str, str]) -> None:
        self.images.update(images)

    documents = domain_of(self.env).documents
    here = [name for name in docnames if name in documents and documents[name].queries]
    others = sorted(set(docnames).difference(here))
    _write(self, others[:1])  # It fills the caches that every process begins with.
    mine, *theirs = shares(others[1:], nproc + 1) or [[]]
    tasks = ParallelTasks(nproc)
    for names in theirs:
        tasks.add_task(write, names, note)
    _write(self, [*here, *mine])
    tasks.join()


def _write(builder: Any, names: Sequence[str]) -> None:
    for name in names:
        builder.phase = BuildPhase.RESOLVING
        tree = builder.env.get_and_resolve_doctree(name, builder, tags=builder.tags)
        builder.phase = BuildPhase.WRITING
        builder.write_doc_serialized(name, tree)
        builder.write_doc(name, tree)


def _can_share(builder: Any) -> bool:
    """Tell whether what becomes of a document is known, wherever it is resolved."""
    app: Sphinx = builder.app
    listening = [one.handler for one in app.events.listeners.get("doctree-resolved", [])]
    transforms = app.registry.get_post_transforms()
    return (
        builder.name in PAGED
        and not builder.search
        and all(one.__module__.startswith(_KEEP_NOTHING) for one in (*listening, *transforms))
    )
