"""Stores what bibliographies list as bytes of its own, which are read when it is asked for.

For upstream (sphinxcontrib-bibtex, `sphinxcontrib.bibtex.domain`): *all entries, in objects of
pybtex and formatted, are read back with the environment in every build, some thousands of objects
for a hundred entries, though a build in which nothing changed looks at none of them.* While pages
are written they are held for good, at ten times the size of their bytes: 17 MB for 2,000 entries.
"""

from __future__ import annotations

from typing import Any

from sphinxcontrib.bibtex.domain import BibtexDomain

from ontherecord.economies.later import Later


class HeldData(BibtexDomain):
    """The domain with its data read when they are asked for."""

    @property
    def bibliographies(self) -> Any:
        """Each bibliography by its document and number."""
        return self.held("bibliographies")

    @property
    def citation_refs(self) -> Any:
        """All citations."""
        return self.held("citation_refs")

    def held(self, name: str) -> Any:
        """Give what is stored under a name, read now if it has not been."""
        held = self.data[name]
        if isinstance(held, Later):
            held = self.data[name] = held.value
        return held


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
