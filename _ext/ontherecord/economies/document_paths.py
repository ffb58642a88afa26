"""Makes the path of a document once in a build.

For upstream (Sphinx, `Project.doc2path`): *the path of a document is put together anew each time it
is asked for.* Two objects of `pathlib` are made and joined, 12 microseconds, and every document is
asked for twice in a build in which nothing changed, and some six times where it is written. Paths
do not change, and could be kept beside the names that the project keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sphinx.project import Project

from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    from pathlib import Path

_make: Final = Project.doc2path
_made: Final[WeakKeyDictionary[Project, dict[str, tuple[Path, Any]]]] = WeakKeyDictionary()


def apply() -> None:
    """Have projects keep paths."""
    replace(Project, "doc2path", doc2path)


def doc2path(self: Project, docname: str, absolute: bool) -> Any:
    """Give the path of a document, as Sphinx does."""
    name = self._docname_to_path.get(docname)
    if name is None or not absolute:
        return _make(self, docname, absolute)
    known = _made.setdefault(self, {})
    made = known.get(docname)
    if made is None or made[0] is not name:  # The project was looked through again.
        made = known[docname] = (name, _make(self, docname, absolute))
    return made[1]
