"""What one document gives, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ontherecord.markup.source_lines import line_of
from ontherecord.problems import Problem
from ontherecord.records import Query, Record, Use

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_KEY: Final = "ontherecord"


@dataclass(slots=True)
class Gathering:
    """Records, uses, registers and problems of the document that is being read."""

    docname: str
    lines: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    queries: list[tuple[Query, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _asked: dict[tuple[int, str], int] = field(default_factory=dict)

    def problem(self, subtype: str, message: str, line: int) -> None:
        """Note something that is wrong, to be reported when all is read."""
        self.problems.append(Problem(self.docname, line, subtype, message))

    def line_of(self, line: int, needle: str) -> int:
        """Give the line of a text in the paragraph that begins on a line.

        A text that is asked for again is the next one.
        """
        key = (line, needle)
        found = line_of(self.lines, line, needle, self._asked.get(key, 0))
        self._asked[key] = self._asked.get(key, 0) + 1
        return found

    def use(self, kind: str, identifier: str, line: int) -> None:
        """Note that a record or a source is named."""
        self.uses.append(Use(kind, identifier, line))


def gathering(env: BuildEnvironment) -> Gathering:
    """Give what is gathered of the document that is being read."""
    found = env.temp_data.get(_KEY)
    if not isinstance(found, Gathering) or found.docname != env.docname:
        found = env.temp_data[_KEY] = Gathering(env.docname)
    return found
