"""Reads an edition as the build does, and writes no page."""

from __future__ import annotations

import io
import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import WarningLogRecordTranslator, WarningSuppressor

from ontherecord.commands import Refused
from ontherecord.commands.check_builder import BUILDER
from ontherecord.commands.output import Message
from ontherecord.domain import domain_of
from ontherecord.other_editions import EXTENSION as INTERSPHINX
from ontherecord.problems import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from ontherecord.domain import RecordDomain

_PLACE: Final = re.compile(r"^(?P<file>.*?)(?::(?P<line>\d+))?$")


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """What a reading gives: the domain with its Edition, the messages, and settings."""

    folder: Path
    domain: RecordDomain
    messages: tuple[Message, ...]
    config: Any

    def path(self, docname: str) -> str:
        """Give a document's path from the edition's folder; a file that is none is one already."""
        env = self.domain.env
        if docname not in env.found_docs:
            return docname
        return Path(env.doc2path(docname)).relative_to(self.folder).as_posix()


class Messages(logging.Handler):
    """Keeps the warnings that Sphinx gives, with their places."""

    def __init__(self, folder: Path) -> None:
        """Take the edition's folder."""
        super().__init__(logging.WARNING)
        self._folder = folder
        self.messages: list[Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        match = _PLACE.match(str(getattr(record, "location", "") or ""))
        file, line = (match["file"], int(match["line"] or 0)) if match else ("", 0)
        path = Path(file)
        if file and path.is_relative_to(self._folder):
            file = path.relative_to(self._folder).as_posix()
        type_, subtype = getattr(record, "type", None), getattr(record, "subtype", None)
        name = ".".join(filter(None, (type_, subtype)))
        # Without a network the records are as right or wrong as with one.
        unread = record.name.endswith(INTERSPHINX) or name == f"{TYPE}.unread-edition"
        severity = "note" if unread else "error"
        text = logging.LogRecord.getMessage(record)  # Sphinx's own puts the place before it.
        mark = f" [{name}]"
        while text.endswith(mark):  # Sphinx puts it there each time that a filter of its own looks.
            text = text.removesuffix(mark)
        self.messages.append(Message(file, line, severity, name, text))


def _without_bibliographies(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep sphinxcontrib-bibtex from formatting the whole bibliography, which no page will show."""
    env.domains["cite"].data["bibliographies"] = {}


def read_edition(folder: Path, jobs: int = 1) -> ReadEdition:
    """Read an edition, and of it again only what changed since it was read before.

    Raises `Refused` where the folder holds none that can be read.
    """
    with opened(folder, jobs) as (_app, found):
        return found


@contextmanager
def opened(folder: Path, jobs: int = 1) -> Iterator[tuple[Sphinx, ReadEdition]]:
    """Read an edition as `read_edition` does, and keep Sphinx at hand to read more with.

    Raises `Refused` where the folder holds none that can be read.
    """
    folder = folder.resolve()
    build = folder / "_build"
    with docutils_namespace(), patch_docutils(str(folder)):
        try:
            app = Sphinx(
                str(folder),
                str(folder),
                str(build / BUILDER),
                str(build / "doctrees" / BUILDER),
                BUILDER,
                status=None,
                warning=io.StringIO(),
                parallel=jobs,
            )
            app.connect("env-updated", _without_bibliographies, priority=1)
            with listening(app) as messages:
                app.build()
        except SphinxError as error:
            raise Refused(f"{folder}: {error}") from error
        found = tuple(sorted(set(messages.messages)))
        yield app, ReadEdition(folder, domain_of(app.env), found, app.config)


@contextmanager
def listening(app: Sphinx) -> Iterator[Messages]:
    """Keep the warnings that Sphinx gives inside, those left out that conf.py suppresses."""
    messages = Messages(Path(app.srcdir))
    messages.addFilter(WarningSuppressor(app))
    messages.addFilter(WarningLogRecordTranslator(app))
    logger = logging.getLogger("sphinx")
    logger.addHandler(messages)
    try:
        yield messages
    finally:
        logger.removeHandler(messages)
