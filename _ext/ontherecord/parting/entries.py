"""The entries of a BibTeX file as they stand there, so that a part can have those it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_AT: Final = re.compile(r"@\s*(?P<type>\w+)\s*(?P<open>[{(])\s*(?P<key>[^\s,{}()]*)")
_LINKS: Final = re.compile(
    r"\b(?:takenfrom|crossref|xref|xdata|related)\s*=\s*[{\"]\s*([^}\"]*)", re.IGNORECASE
)
_FOR_ALL: Final = frozenset({"string", "preamble", "comment"})


@dataclass(slots=True)
class Bibliography:
    """A BibTeX file: what stands in it for all entries, and each entry's text by key."""

    common: list[str] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)

    def text(self, keys: Container[str]) -> str:
        """Give a file with the entries of some keys, in the order of this one."""
        texts = [*self.common, *(text for key, text in self.entries.items() if key in keys)]
        return "".join(f"{text}\n" for text in texts)

    def closed(self, keys: Iterable[str]) -> set[str]:
        """Give keys with those that their entries name, and those that these name."""
        found, todo = set(), list(keys)
        while todo:
            key = todo.pop()
            if key in self.entries and key not in found:
                found.add(key)
                for match in _LINKS.finditer(self.entries[key]):
                    todo += re.split(r"[\s,]+", match[1].strip())
        return found


def parsed(text: str) -> Bibliography:
    """Part a BibTeX file; what stands before an entry is a comment on it, and goes with it."""
    found = Bibliography()
    position = 0
    while match := _AT.search(text, position):
        end = _end(text, match.start("open"))
        before, kind = text[position : match.start()].strip(), match["type"].lower()
        entry = text[match.start() : end]
        entry = f"{before}\n{entry}" if before else entry
        if kind in _FOR_ALL:
            found.common.append(entry)
        else:
            found.entries.setdefault(match["key"], entry)
        position = end
    if rest := text[position:].strip():
        found.common.append(rest)
    return found


def _end(text: str, opening: int) -> int:
    """Give where what a brace or parenthesis opens is closed; a backslash guards no brace here."""
    pairs = {"{": "}", "(": ")"}
    closer, depth = pairs[text[opening]], 0
    for match in re.compile(r"[{}()]").finditer(text, opening):
        sign = match[0]
        if sign == "{" or (sign == "(" and match.start() == opening):
            depth += 1
        elif sign == "}" or (sign == closer == ")" and depth == 1):
            depth -= 1
        if depth == 0:
            return match.end()
    return len(text)
