"""Takes a paragraph of plain lines at once, before any other rule of Markdown is asked about it.

For upstream (markdown-it-py, `markdown_it.rules_block`): *a paragraph is asked thirty times whether
it is something else.* Each line that begins a block goes through all rules, and each line below it
through all those that may end a paragraph, twice: once for ``lheading``, which looks for a line of
hyphens below, and once for ``paragraph`` itself. Nearly all lines of prose begin with a letter or a
quotation mark, and no rule of CommonMark or of MyST's extensions sees anything in such a line. A
rule that stands first and takes paragraphs of such lines alone spares the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.common.utils import mdTrim

from ontherecord.markup.plain_words import KNOWN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from myst_parser.config.main import MdParserConfig

NAME: Final = "plain_paragraph"

_PLAIN: Final = re.compile(
    r"[^\W\d_]|[\"'“”‘’„‚«»‹›—–…]"  # A letter, or a quotation mark, or a dash or points.
    r"|\{[a-zA-Z0-9_+:-]+\}`"  # A role.
)
_MEANS: Final = re.compile(r"[:~]")
"""What makes the line above it, or above a blank one, a term (`deflist`)."""


def add(parser: MarkdownIt, config: MdParserConfig) -> None:
    """Add the rule to a parser of MyST's, if all its rules are known to leave such lines alone."""
    names = parser.block.ruler.get_all_rules()
    if KNOWN.issuperset(names) and tuple(config.sub_delimiters) == ("{", "}"):
        count = len(names) + 1

        def rule(state: StateBlock, begin: int, end: int, silent: bool) -> bool:
            """Take a paragraph, unless a rule has come since."""
            if silent or len(parser.block.ruler.__rules__) != count:
                return False
            return take(state, begin)

        parser.block.ruler.before(names[0], NAME, rule)


def take(state: StateBlock, begin: int) -> bool:
    """Make the tokens of the paragraph that begins on a line, if all its lines are plain."""
    if state.parentType != "root":
        return False
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    after = begin
    while after < state.lineMax:
        at = begins[after]
        if at + shifts[after] >= ends[after]:
            break
        if not _PLAIN.match(state.src, at):
            return False
        after += 1
    below = after + 1
    if (
        after == begin + 1
        and below < state.lineMax
        and _MEANS.match(state.src, begins[below] + shifts[below])
    ):
        return False
    content = mdTrim(state.src[begins[begin] : ends[after - 1]])
    state.line = after
    token = state.push("paragraph_open", "p", 1)
    token.map = [begin, after]
    token = state.push("inline", "", 0)
    token.content = content
    token.map = [begin, after]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True
