"""Switches off the rules of Markdown that would change or drop characters of marked words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt

_NOT_AS_WRITTEN: Final = frozenset(
    (
        *("replacements", "smartquotes", "linkify", "strikethrough", "html_inline", "html_block"),
        *("math_inline", "math_inline_double", "math_single", "math_block", "math_block_label"),
        *("amsmath", "substitution_inline", "substitution_block", "footnote_inline"),
        *("list", "heading", "lheading", "hr", "code", "table", "blockquote", "reference"),
        *("myst_block_break", "myst_line_comment", "myst_target", "deflist", "fieldlist"),
    )
)
"""In a quotation a tag, an amount of dollars and a year at the beginning of a line are words."""


@contextmanager
def as_written(parser: Any) -> Iterator[None]:
    """Keep Markdown's typographer and its HTML off what is parsed inside.

    ``parser`` is the directive's state or the role's inliner; one of
    reStructuredText has no typographer.
    """
    renderer = renderer_of(parser)
    if renderer is None:
        yield
        return
    # Not by `MarkdownIt.reset_rules` and `disable`, which look each name up in each list of
    # rules, and leave the rules off where what is inside raises.
    changed = []
    for ruler in _rulers(renderer.md):
        switched = [rule for rule in ruler.__rules__ if rule.enabled and _bends(rule)]
        if switched:
            changed.append((ruler, switched))
            for rule in switched:
                rule.enabled = False
            ruler.__cache__ = None
    try:
        yield
    finally:
        for ruler, switched in changed:
            for rule in switched:
                rule.enabled = True
            ruler.__cache__ = None


def renderer_of(parser: Any) -> Any:
    """Give MyST's renderer behind a directive's state or a role's inliner, or nothing."""
    return getattr(parser, "__dict__", {}).get("_renderer")


def _rulers(markdown: MarkdownIt) -> tuple[Any, ...]:
    inline = markdown.inline
    return markdown.core.ruler, markdown.block.ruler, inline.ruler, inline.ruler2


def _bends(rule: Any) -> bool:
    return rule.name in _NOT_AS_WRITTEN
