"""What one document gives, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.markup.source_lines import line_of, lines_in
from ontherecord.problems import Problem
from ontherecord.records import Named, Query, Record, Use

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_KEY: Final = "ontherecord"


@dataclass(slots=True)
class Gathering:
    """Records, uses, registers and problems of the document that is being read.

    ``path`` is the document's own, as the parsers know it.
    ``said`` keeps the words of marks by record, in the order in which they were parsed.
    """

    docname: str
    path: str = ""
    lines: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    queries: list[tuple[Query, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    _asked: dict[tuple[int, str], int] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _included: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_markdown(self) -> bool:
        """Whether the document is written in Markdown."""
        return self.path.endswith(".md")

    def problem(self, subtype: str, message: str, line: int, file: str = "") -> None:
        """Note something that is wrong, to be reported when all is read.

        ``file`` is the path of an included file, where it is in one.
        """
        self.problems.append(Problem(file or self.docname, line, subtype, message))

    def included(self, env: BuildEnvironment, source: str | None) -> str:
        """Give the path, from the edition's folder, of a source that is not the document itself."""
        if not source or source == self.path:
            return ""
        if source not in self._files:
            path, folder = Path(source.partition(":<")[0]), Path(env.srcdir)
            if path == Path(self.path) or not path.is_file():
                self._files[source] = ""
            elif path.is_relative_to(folder):
                self._files[source] = path.relative_to(folder).as_posix()
            else:
                self._files[source] = str(path)
        return self._files[source]

    def lines_of(self, env: BuildEnvironment, file: str) -> tuple[str, ...]:
        """Give the lines of the document, or of a file that it includes."""
        if not file:
            return self.lines
        if file not in self._included:
            text = (Path(env.srcdir) / file).read_text(encoding="utf-8-sig", errors="replace")
            self._included[file] = tuple(lines_in(text, is_markdown=file.endswith(".md")))
        return self._included[file]

    def line_of(self, line: int, needle: str) -> int:
        """Give the line of a text in the paragraph that begins on a line.

        A text that is asked for again is the next one.
        """
        key = (line, needle)
        found = line_of(self.lines, line, needle, self._asked.get(key, 0))
        self._asked[key] = self._asked.get(key, 0) + 1
        return found

    def use(self, kind: Named, identifier: str, line: int, file: str = "") -> None:
        """Note that a record or a source is named."""
        self.uses.append(Use(kind, identifier, line, file))


def gathering(env: BuildEnvironment) -> Gathering:
    """Give what is gathered of the document that is being read."""
    found = env.temp_data.get(_KEY)
    if not isinstance(found, Gathering) or found.docname != env.docname:
        found = Gathering(env.docname, str(env.doc2path(env.docname)))
        env.temp_data[_KEY] = found
    return found
