"""Notes what does not belong in marked words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ontherecord.markup.marked_words import bare_references, lost_characters, markup_blocks
from ontherecord.markup.nodes import mark
from ontherecord.words import opening, stray_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.markup.gathering import Gathering


def report_nested(
    gathered: Gathering, container: nodes.Element, line: int, inside: str = "other marked words"
) -> None:
    """Note marks where there is no article's text to mark, and leave their words in place."""
    for inner in list(container.findall(mark)):
        gathered.problem(
            "nested-mark",
            f'the mark for "{inner["record"]}" stands inside {inside}, and is not '
            "counted: mark it in an article, or name the record in the option `on`",
            inner.get("line", line),
        )
        inner.parent.replace(inner, inner.children)


def report_markup(gathered: Gathering, container: nodes.Element, line: int) -> None:
    """Note marks, references and markup in marked words that do not belong there."""
    if all(isinstance(child, nodes.Text) for child in container.children):
        return
    report_nested(gathered, container, line)
    report_bare(gathered, container, line)
    for stretch in lost_characters(container):
        gathered.problem(
            "lost-characters",
            f'markup within the word at "{stretch}" takes its characters away: '
            "where they are words, write a backslash before each, as in `f\\*\\*k`",
            line,
        )
    for name in markup_blocks(container):
        gathered.problem(
            "lost-characters",
            f"these words are read as {name}: write a backslash before what makes them so, "
            "as in `2016\\. That was the year`",
            line,
        )


def report_stray(gathered: Gathering, words: Sequence[str], line: int) -> None:
    """Note a quotation mark at an end of words that has no fellow."""
    if words and (stray := stray_mark(words)):
        gathered.problem(
            "stray-mark",
            f'the quotation mark {stray} at an end of "{opening(words[0])}" has no fellow, and '
            "counts as words: close it, or take it away",
            line,
        )


def report_bare(gathered: Gathering, container: nodes.Element, line: int) -> None:
    """Note references in marked words that would show words the source does not have."""
    for target in bare_references(container):
        gathered.problem(
            "bare-reference",
            f'the reference to "{target}" inside marked words shows words of its own: '
            f"write it as `the words <{target}>`",
            line,
        )
