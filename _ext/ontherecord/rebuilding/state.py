"""What a build starts from, as digests: while they are the same, nothing published can differ.

That is when each document was read, which Sphinx keeps; and all else that pages are made of: the
settings, the bibliography, the ledger, what was verified, the version and the date, templates and
static files, and what other editions have, or the volumes of this one.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx

from ontherecord import __version__
from ontherecord.domain import domain_of
from ontherecord.parting import ADDRESSES
from ontherecord.rebuilding import beside, revision
from ontherecord.rebuilding.dates import VARIABLE
from ontherecord.rebuilding.settled import settled
from ontherecord.settings import CAPTURES, LEDGER
from ontherecord.values import Value

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class State(Value, frozen=True):
    """Digests of when each document was read, of all that records are joined with, and of the rest.

    The rest is what no document or record holds: see `ontherecord.rebuilding.beside`.
    """

    read: str
    joined: str
    beside: str


def state_of(app: Sphinx) -> State:
    """Give the state of a build, when its documents are read."""
    read = sorted(app.env.all_docs.items())
    return State(_digest(read), _digest(_joined(app)), _digest(beside.found(app)))


def _joined(app: Sphinx) -> list[object]:
    folder, config = Path(app.srcdir), app.config
    domain = domain_of(app.env)
    bibliography = app.env.domains["cite"].data["bibdata"]
    files = [*map(Path, bibliography.bibfiles), folder / LEDGER, folder / CAPTURES]
    return [
        (__version__, sphinx.__version__, sys.version_info[:2]),
        [(item.name, settled(item.value)) for item in config],
        sorted(app.tags),
        [(str(path), _content(path)) for path in files],
        os.environ.get(VARIABLE),
        revision.version(folder, config.release or config.version),
        domain.other_editions.digest,
        _volumes(app),
        _content(folder / ADDRESSES),
    ]


def _volumes(app: Sphinx) -> list[tuple[str, str]]:
    if not app.config.record_volumes:
        return []
    from ontherecord.joining.volumes import contents

    return sorted(contents(app).items())


def _content(path: Path) -> str:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _digest(value: object) -> str:
    return hashlib.blake2b(repr(value).encode(errors="surrogatepass"), digest_size=16).hexdigest()
