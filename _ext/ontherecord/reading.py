"""Before reading: files that cannot be read are reported, and the rest is built."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pybtex.database import BibliographyDataError
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError
from sphinx.locale import __
from sphinx.util import logging
from sphinxcontrib.bibtex.bibfile import BibData, BibFile

from ontherecord.faults.failing import Fault
from ontherecord.faults.links import leads_back
from ontherecord.problems import NO_BIBLIOGRAPHY, Problem
from ontherecord.rebuilding.bibliographies import known_by
from ontherecord.texts import decoded

if TYPE_CHECKING:
    import logging as python_logging
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


_HEARD: Final = [
    logging.getLogger(name).logger
    for name in (
        "sphinx.project",
        *(f"sphinxcontrib.bibtex.{name}" for name in ("domain", "directives", "foot_roles")),
    )
]
"""What tells of documents that are left out, and of keys that are in no bibliography."""

_FOLLOWING: Final = frozenset(
    f"unknown-{kind}"
    for kind in ("quote", "speaker", "contradiction", "annotation", "record", "article", "topic")
) | {"no-words", "nothing-annotated", "published-gone", "moved-nowhere"}
"""What is wrong with others where a document is missing."""


_FOLDERS: Final = ("html_static_path", "html_extra_path", "html_theme_path", "templates_path")


class Unreadable:
    """Keeps from Sphinx and pybtex what would end the build, and notes why."""

    def __init__(self) -> None:
        """Begin with nothing noted."""
        self.problems: list[Problem] = []
        self._following: set[str] = set()

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("config-inited", self.listen)  # Before Sphinx looks for documents.
        app.connect("config-inited", self.check_folders)  # Before Sphinx looks at them.
        app.connect("builder-inited", self.check_bibliography, priority=1)  # Before bibtex reads.
        app.connect("env-before-read-docs", self.check_documents)
        app.connect("build-finished", self.listen_no_more)

    def without_following(
        self, env: BuildEnvironment, problems: Iterable[Problem]
    ) -> list[Problem]:
        """Leave out what is wrong only since a file cannot be read: that one is to be mended.

        Where there is no bibliography at all, the first source that is named tells of it.
        """
        left = [problem for problem in problems if problem.subtype not in self._following]
        if env.config.bibtex_bibfiles or "unknown-source" in self._following:
            return left
        self._following.add("unknown-source")
        named = [problem for problem in left if problem.subtype == "unknown-source"]
        cite: Any = env.domains["cite"]
        cited = min(cite.citation_refs, key=lambda one: one.docname, default=None)
        if cited is not None:
            key = cited.targets[0].key
            line = _first_with(Path(env.doc2path(cited.docname)), re.escape(key))
            wrong = f'there is no source "{key}": {NO_BIBLIOGRAPHY}'
            named.append(Problem(cited.docname, line, "unknown-source", wrong))
        return [*(problem for problem in left if problem not in named), *sorted(named)[:1]]

    def listen(self, *_given: object) -> None:
        """Hear of what is left out or missed, and let no other build of this process."""
        for logger in _HEARD:
            for one in [*logger.filters]:  # That of a build that did not come to its end.
                if isinstance(getattr(one, "__self__", None), Unreadable):
                    logger.removeFilter(one)
            logger.addFilter(self.filter)

    def listen_no_more(self, *_given: object) -> None:
        """Hear no more of them."""
        for logger in _HEARD:
            logger.removeFilter(self.filter)

    def filter(self, record: python_logging.LogRecord) -> bool:
        """Note a document that Sphinx leaves out, and keep back what is said of it, or of no use.

        That a key is in no bibliography follows from a file of it that cannot be read.
        """
        if getattr(record, "subtype", "") == "key_not_found":
            return "unknown-source" not in self._following
        if str(record.msg) != str(__("Ignored unreadable document %r.")) or not record.args:
            return True
        (name,) = record.args
        what = "let this user read it, let it lead to a file if it is a link, or take it out"
        self._note_document(str(name), f"cannot be opened: {what}")
        return False

    def _note_document(self, name: str, wrong: str) -> None:
        self.problems.append(Problem(name, 1, "unreadable-file", f"{name} {wrong}"))
        self._following |= _FOLLOWING

    def check_folders(self, app: Sphinx, config: Config) -> None:
        """Take the links that lead back to themselves out of the settings that name folders."""
        for setting in _FOLDERS:
            named = [str(name) for name in getattr(config, setting)]
            back = [name for name in named if leads_back(app.confdir / name)]
            for name in back:
                wrong = (
                    f'{setting} names "{name}", which is a link that leads back to itself: '
                    "let it lead to a folder, or take it out"
                )
                self.problems.append(Problem(*_set_in(app, setting), "unreadable-file", wrong))
            if back:
                setattr(config, setting, [name for name in named if name not in back])

    def check_documents(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Take the documents that cannot be read out of those that are to be."""
        if app.config.root_doc not in env.found_docs:
            raise Fault("unreadable-file", _no_front_page(env))
        for docname in list(docnames):
            path = Path(env.doc2path(docname))
            _text, wrong = decoded(path)
            if wrong and docname == app.config.root_doc:
                raise Fault("unreadable-file", f"{path}:1: the front page {wrong}")
            if wrong:
                self._note_document(path.relative_to(app.srcdir).as_posix(), wrong)
                docnames.remove(docname)
                app.emit("env-purge-doc", env, docname)
                env.clear_doc(docname)
                env.project.docnames.discard(docname)

    def check_bibliography(self, app: Sphinx) -> None:
        """Take the files that pybtex could not read out of the bibliography."""
        data = app.env.domains["cite"].data
        known, encoding = data["bibdata"].bibfiles, app.config.bibtex_encoding
        readable, read = [], []
        for name in app.config.bibtex_bibfiles:
            path = Path(os.path.realpath(Path(app.confdir) / name))  # It may lead to itself.
            before = known.get(path)
            is_known = before is not None and os.access(path, os.R_OK) and path.is_file()
            if is_known and before.mtime == known_by(path):
                readable.append(name)
                continue
            parser = Parser(encoding)
            if self._check_entries(parser, path, name):
                readable.append(name)
                read.append((path, parser.data))
            else:
                self._following |= {"unknown-source", "unknown-capture"}
        if len(readable) == len(read) == 1:  # Bibtex need not read it again, as it would several.
            ((path, entries),) = read
            file = BibFile(known_by(path), dict.fromkeys(entries.entries))
            data["bibdata"] = BibData(encoding, {path: file}, entries)
        app.config.bibtex_bibfiles = readable

    def _check_entries(self, parser: Parser, path: Path, name: str) -> bool:
        """Tell whether pybtex can read a file, and note why if it cannot."""
        line, wrong = 1, ""
        if not path.is_file():
            is_what = "is a folder" if path.is_dir() else "is not there"
            wrong = f"{name} is named in bibtex_bibfiles, and {is_what}"
        else:
            _text, cannot = decoded(path)
            try:
                if not cannot:
                    parser.parse_file(str(path))
            except PybtexSyntaxError as error:
                line = int(getattr(error, "lineno", None) or 1)
                wrong = f"{error.args[0]}: look at this entry, and at the end of the one above it"
            except BibliographyDataError as error:
                wrong = f"{error}: give each entry a key of its own"
            except PybtexError as error:
                wrong = str(error)
            wrong = f"{name} {cannot}" if cannot else wrong
        if wrong:
            self.problems.append(Problem(name, line, "unreadable-file", wrong))
        return not wrong


def _set_in(app: Sphinx, setting: str) -> tuple[str, int]:
    """Give where a setting is: the file of the settings, and the line."""
    path = Path(app.confdir) / "conf.py"
    return os.path.relpath(path, app.srcdir), _first_with(path, rf"^{setting}\b")


def _first_with(path: Path, pattern: str) -> int:
    """Give the number of the first line of a file that has a pattern, else of the first."""
    text, _wrong = decoded(path)
    found = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _no_front_page(env: BuildEnvironment) -> str:
    """Say of an edition without its front page what to do."""
    name = env.config.root_doc
    paths = [env.srcdir / f"{name}{suffix}" for suffix in env.config.source_suffix]
    left_out = next((path for path in paths if os.path.lexists(path)), None)
    if left_out is None:
        what = "there is no front page: write one, or name the document that is it in root_doc"
        return f"{paths[-1]}:1: {what}"
    _text, wrong = decoded(left_out)
    return f"{left_out}:1: the front page {wrong or 'is left out: let no setting exclude it'}"
