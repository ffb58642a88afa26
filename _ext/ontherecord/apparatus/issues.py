"""Marks the words that a contradiction turns on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ontherecord.apparatus.pieces import Inline, inline

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLASS = "record-issue"


def marked(words: str, issues: Sequence[str]) -> list[Inline]:
    """Give words as parts, with those at issue marked; the longer, where one is within another."""
    if not issues:
        return [words]
    parts: list[Inline] = []
    end = 0
    for match in _wanted(issues).finditer(words):
        parts += [words[end : match.start()]] if match.start() > end else []
        parts.append(inline(match[0], classes=(_CLASS,)))
        end = match.end()
    return [*parts, words[end:]] if end < len(words) else parts


def mark_issues(within: nodes.Element, issues: Sequence[str]) -> bool:
    """Mark them in what an editor wrote, wherever one piece of text has them; tell whether any."""
    if not issues:
        return False
    wanted = _wanted(issues)
    found = False
    for text in list(within.findall(nodes.Text)):
        parts: list[nodes.Node] = []
        end = 0
        for match in wanted.finditer(text):
            parts += [nodes.Text(text[end : match.start()])] if match.start() > end else []
            parts.append(nodes.inline("", match[0], classes=[_CLASS]))
            end = match.end()
        if not parts:
            continue
        parts += [nodes.Text(text[end:])] if end < len(text) else []
        # By identity: another text may read the same.
        index = next(i for i, child in enumerate(text.parent.children) if child is text)
        text.parent[index : index + 1] = parts
        found = True
    return found


def _wanted(issues: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(issues, key=len, reverse=True))))
