"""Before reading: files that cannot be read are reported, and the rest is built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pybtex.database import BibliographyDataError
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from ontherecord.problems import Problem

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Unreadable:
    """Keeps from Sphinx and pybtex what would end the build, and notes why."""

    def __init__(self) -> None:
        """Begin with nothing noted."""
        self.problems: list[Problem] = []
        self.lacks_sources = False

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("builder-inited", self.check_bibliography, priority=1)  # Before bibtex reads.
        app.connect("env-before-read-docs", self.check_documents)

    def _decode(self, path: Path, name: str) -> str | None:
        """Give a file's text, or note that it is not in UTF-8 and give nothing."""
        try:
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"{name} is not in UTF-8 (byte {error.start + 1}): save it in that encoding"
            self.problems.append(Problem(name, 1, "unreadable-file", message))
            return None

    def check_documents(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Take the documents that are not in UTF-8 out of those that are to be read."""
        for docname in list(docnames):
            path = Path(env.doc2path(docname))
            if self._decode(path, path.relative_to(app.srcdir).as_posix()) is None:
                docnames.remove(docname)
                app.emit("env-purge-doc", env, docname)
                env.clear_doc(docname)
                env.project.docnames.discard(docname)

    def check_bibliography(self, app: Sphinx) -> None:
        """Take the files that pybtex could not read out of the bibliography."""
        known = app.env.domains["cite"].data["bibdata"].bibfiles
        readable = []
        for name in app.config.bibtex_bibfiles:
            path = (Path(app.confdir) / name).resolve()
            before = known.get(path)
            unchanged = before is not None and path.is_file()
            if (unchanged and before.mtime == path.stat().st_mtime) or self._check_entries(
                path, name
            ):
                readable.append(name)
            else:
                self.lacks_sources = True
        app.config.bibtex_bibfiles = readable

    def _check_entries(self, path: Path, name: str) -> bool:
        """Tell whether pybtex can read a file, and note why if it cannot."""
        line, wrong = 1, ""
        if not path.is_file():
            wrong = f"{name} is named in bibtex_bibfiles, and is not there"
        elif (text := self._decode(path, name)) is None:
            return False
        else:
            try:
                Parser().parse_string(text)
            except PybtexSyntaxError as error:
                line = int(getattr(error, "lineno", None) or 1)
                wrong = f"{error.args[0]}: look at this entry, and at the end of the one above it"
            except BibliographyDataError as error:
                wrong = f"{error}: give each entry a key of its own"
            except PybtexError as error:
                wrong = str(error)
        if wrong:
            self.problems.append(Problem(name, line, "unreadable-file", wrong))
        return not wrong
