"""Takes a build's date from the commit, so that it gives the same bytes on any day."""

from __future__ import annotations

import datetime
import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.domain import domain_of
from ontherecord.rebuilding.revision import committed
from ontherecord.rebuilding.source_texts import with_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""What Sphinx and TeX take the date from: https://reproducible-builds.org/specs/source-date-epoch/"""

_CREATED: Final = re.compile(r'("POT-Creation-Date: )[^"]*"')

_TODAY: Final = re.compile(r"\|today\||`today`")
"""The date as a document can have it set, in either markup."""

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP archive can give."""


class BuildDate:
    """Sets the date for the time of one build, where nobody else has."""

    def __init__(self) -> None:
        """Begin with nothing set."""
        self._is_ours = False

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("config-inited", self.take, priority=100)  # Before the copyright's year is set.
        app.connect("build-finished", self.give_back, priority=950)

    def take(self, app: Sphinx, config: Config) -> None:
        """Take the date of the last commit."""
        if VARIABLE not in os.environ and (seconds := committed(Path(app.srcdir))):
            os.environ[VARIABLE] = seconds
            self._is_ours = True

    def give_back(self, app: Sphinx, exception: Exception | None) -> None:
        """Leave the environment as it was."""
        if exception is None and app.builder.name == "epub":
            for book in Path(app.outdir).glob("*.epub"):
                settle_book(book)
        if exception is None and app.builder.name == "gettext" and VARIABLE in os.environ:
            for catalog in Path(app.outdir).rglob("*.pot"):
                settle_catalog(catalog, int(os.environ[VARIABLE]))
        if self._is_ours:
            os.environ.pop(VARIABLE, None)
            self._is_ours = False


def read_again(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
    """Give the documents that have the date set in them, when it is another one."""
    data, now = domain_of(env).data, os.environ.get(VARIABLE)
    is_same = data.setdefault("date", now) == now
    data["date"] = now
    if is_same or app.config.today:
        return []
    return with_pattern(env, _TODAY)


def settle_catalog(catalog: Path, seconds: int) -> None:
    """Give a catalogue of messages the build's date, which Sphinx looks up before it is known."""
    when = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    text = catalog.read_text(encoding="utf-8")
    settled = _CREATED.sub(rf'\g<1>{when:%Y-%m-%d %H:%M%z}\\n"', text, count=1)
    if settled != text:
        catalog.write_text(settled, encoding="utf-8")


def settle_book(book: Path) -> None:
    """Give every file in an EPUB the same date, in the archive's own order."""
    with zipfile.ZipFile(book) as archive:
        members = [
            (info.filename, info.compress_type, archive.read(info)) for info in archive.infolist()
        ]
    settled = book.with_suffix(".settled")
    with zipfile.ZipFile(settled, "w") as archive:
        for name, compression, content in members:
            info = zipfile.ZipInfo(name, _FIRST)
            info.compress_type = compression
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    settled.replace(book)
