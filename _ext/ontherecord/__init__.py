"""On the Record: quotations, speakers and contradictions as records of a Sphinx edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from ontherecord.edition import Edition

__version__: Final = "0.1.0"


def load(place: str | Path, *, volumes: bool = False) -> Edition:
    """Give the Edition that an ``edition.json``, its folder or its address holds.

    ``volumes`` asks, of a front, for that of all its volumes as well. Raises
    `ontherecord.exchange.reading.Unreadable`, a `ValueError`, where it cannot be read.
    """
    from ontherecord.exchange.reading import load as load_edition
    from ontherecord.joining.united import load_united

    return load_united(place) if volumes else load_edition(place)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set the extension up; see the guide for what it adds."""
    # Sphinx is imported here and not above, so that records and the Edition can be had without it.
    from ontherecord import connecting

    connecting.connect(app)
    return {
        "version": __version__,
        # Another version may read and show the same sources otherwise.
        "env_version": sum(
            int(part) * weight
            for part, weight in zip(__version__.split("."), (10**6, 1000, 1), strict=True)
        ),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
