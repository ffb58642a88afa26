"""Where a build keeps what it made an output of: beside the doctrees, for each output apart."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def kept_in(app: Sphinx, suffix: str = ".pages") -> Path:
    """Give a file in which a build of this output folder keeps what it was made of.

    It is emptied when nothing is to be taken for right that a build has left, but for lists of
    files that were written, whose suffix ends with ``-names``.
    """
    try:  # So that a folder that was moved with all in it is known again.
        place = os.path.relpath(app.outdir, app.doctreedir)
    except ValueError:  # Of Windows, where they may be on two drives.
        place = str(app.outdir)
    name = hashlib.blake2b(f"{app.builder.name} {place}".encode(), digest_size=8).hexdigest()
    return Path(app.doctreedir) / f"ontherecord-{name}{suffix}"
