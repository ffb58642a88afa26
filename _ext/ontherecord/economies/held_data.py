"""Stores what bibliographies list as bytes of its own, which are read when it is asked for.

For upstream (sphinxcontrib-bibtex, `sphinxcontrib.bibtex.domain`): *all entries, in objects of
pybtex and formatted, are read back with the environment in every build, some thousands of objects
for a hundred entries, though a build in which nothing changed looks at none of them.* While pages
are written they are held for good, at ten times the size of their bytes: 17 MB for 2,000 entries.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sphinxcontrib.bibtex.domain import BibtexDomain

from ontherecord.economies.later import Later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.bibfile import BibData

_HELD: Final = ("bibliographies", "citation_refs", "kept")


class HeldData(BibtexDomain):
    """The domain with its data read when they are asked for."""

    _apart: dict[str, Any] | None = None

    @property
    def bibliographies(self) -> Any:
        """Each bibliography by its document and number."""
        return self.held("bibliographies")

    def held(self, name: str) -> Any:
        """Give what is stored under a name, read now if it has not been."""
        held = self.data[name]
        if not isinstance(held, Later):
            return held
        if self._apart is None:
            held = self.data[name] = held.value
            return held
        if name not in self._apart:
            self._apart[name] = held.read()
        return self._apart[name]

    @contextmanager
    def read_apart(self) -> Iterator[None]:
        """Have what is stored read for what is done inside alone, and its bytes stay."""
        self._apart = {}
        try:
            yield
        finally:
            self._apart = None


class HeldEntries:
    """What pybtex read of the bibliography's files, in the place of its own object."""

    def __init__(self, data: Any) -> None:
        """Take what was read."""
        self._later = Later(data)

    def __getattr__(self, name: str) -> Any:
        """Give what pybtex's own object has under a name, such as its entries."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._later.value, name)

    def __reduce__(self) -> tuple[Any, tuple[Any]]:
        """Store what was read as bytes."""
        return _entries, (self._later,)


def _entries(later: Later[Any]) -> HeldEntries:
    made = HeldEntries(None)
    made._later = later
    return made


def pack(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the domain's data stored as bytes, before the environment is stored."""
    domain: Any = env.domains["cite"]
    data = domain.data
    if not isinstance(data["citations"], Later):
        data["citations"] = Later(domain.listed)
    for name in _HELD:
        if name in data and not isinstance(data[name], Later):
            data[name] = Later(data[name])
    read: BibData = data["bibdata"]
    if not isinstance(read.data, HeldEntries):
        data["bibdata"] = read._replace(data=HeldEntries(read.data))
    return []
