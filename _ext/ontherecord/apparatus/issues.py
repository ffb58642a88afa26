"""Marks the words that a contradiction or a tension turns on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from ontherecord.apparatus.pieces import Inline, inline

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTRADICTED: Final = "record-issue"
IN_TENSION: Final = "record-tension-issue"


def marked(words: str, issues: Sequence[str], tensions: Sequence[str] = ()) -> list[Inline]:
    """Give words as parts, with those at issue marked; the longer, where one is within another.

    ``issues`` are those of contradictions, ``tensions`` those of tensions alone.
    """
    if not issues and not tensions:
        return [words]
    parts: list[Inline] = []
    end = 0
    for match in _wanted([*issues, *tensions]).finditer(words):
        parts += [words[end : match.start()]] if match.start() > end else []
        parts.append(inline(match[0], classes=(_class(match[0], issues),)))
        end = match.end()
    return [*parts, words[end:]] if end < len(words) else parts


def mark_issues(
    within: nodes.Element, issues: Sequence[str], tensions: Sequence[str] = ()
) -> set[str]:
    """Mark them in what an editor wrote, wherever one piece of text has them.

    The classes of those that were marked are given.
    """
    found: set[str] = set()
    if not issues and not tensions:
        return found
    wanted = _wanted([*issues, *tensions])
    for text in list(within.findall(nodes.Text)):
        parts: list[nodes.Node] = []
        end = 0
        for match in wanted.finditer(text):
            parts += [nodes.Text(text[end : match.start()])] if match.start() > end else []
            name = _class(match[0], issues)
            parts.append(nodes.inline("", match[0], classes=[name]))
            found.add(name)
            end = match.end()
        if not parts:
            continue
        parts += [nodes.Text(text[end:])] if end < len(text) else []
        # By identity: another text may read the same.
        index = next(i for i, child in enumerate(text.parent.children) if child is text)
        text.parent[index : index + 1] = parts
    return found


def _class(words: str, issues: Sequence[str]) -> str:
    return CONTRADICTED if words in issues else IN_TENSION


def _wanted(issues: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(issues, key=len, reverse=True))))
