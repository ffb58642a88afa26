"""Sets words without any markup as MyST would set them, and spares its parser the work.

Most of what is marked as said is a line of plain words. Markdown's parser and MyST's renderer come
to one node of text for it, after some hundred calls: this comes to it at once. What could mean
anything to a rule of Markdown, or of an extension of MyST's, is left to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from docutils import nodes

from ontherecord.markup.as_written import renderer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEANT: Final = re.compile(r"[\\`*_\[\]<&{}$~^@§=|\r\n\0]|://|www\.", re.IGNORECASE)
"""What a rule may see something in, wherever it stands: those of `KNOWN`, and no others."""

_BEGINS: Final = re.compile(r"[^\W\d_]|[\"'“”‘’„‚«»‹›]")
"""What a line begins with that begins no block but a paragraph, nor ends one."""

KNOWN: Final = frozenset(
    (
        *("normalize", "block", "inline", "text_join", "wordcount", "attr"),
        *("linkify", "replacements", "smartquotes"),
        *("front_matter", "table", "code", "colon_fence", "fence", "math_block", "amsmath"),
        *("substitution_block", "myst_line_comment", "blockquote", "myst_block_break"),
        *("myst_target", "hr", "list", "footnote_def", "reference", "html_block", "heading"),
        *("lheading", "deflist", "fieldlist", "paragraph", "plain_paragraph"),
        *("text", "newline", "myst_preserve_newline", "math_inline", "substitution_inline"),
        *("escape", "myst_role", "backticks", "strikethrough", "emphasis", "link", "image"),
        *("footnote_ref", "span", "autolink", "html_inline", "entity", "gfm_autolink_www"),
        *("gfm_autolink_protocol", "gfm_autolink_email", "section_ref"),
        *("balance_pairs", "fragments_join"),
    )
)
"""The rules, of Markdown and of the extensions that MyST offers, that were read for the above."""

_TYPOGRAPHY: Final = frozenset({"linkify", "replacements", "smartquotes"})
"""Rules that change words without any markup; they are off where words are as written."""


@dataclass(slots=True)
class _Rules:
    """What is asked of a parser's rules, as long as there are so many of them."""

    count: int
    are_known: bool
    typographers: list[Any]
    counters: list[Any]


_ASKED: Final[WeakKeyDictionary[Any, _Rules]] = WeakKeyDictionary()


def _rules_of(markdown: Any) -> _Rules:
    """Give what is to be known of a parser's rules; a directive may have brought one of its own."""
    core, block, inline = markdown.core.ruler, markdown.block.ruler, markdown.inline
    count = len(core.__rules__) + len(block.__rules__)
    count += len(inline.ruler.__rules__) + len(inline.ruler2.__rules__)
    found = _ASKED.get(markdown)
    if found is None or found.count != count:
        rulers = (core, block, inline.ruler, inline.ruler2)
        rules = [rule for ruler in rulers for rule in ruler.__rules__]
        # Any sign may begin a substitution, where conf.py says so.
        delimiters = markdown.options["myst_config"].sub_delimiters
        found = _ASKED[markdown] = _Rules(
            count=count,
            are_known=all(rule.name in KNOWN for rule in rules)
            and all(map(_MEANT.search, delimiters)),
            typographers=[rule for rule in rules if rule.name in _TYPOGRAPHY],
            counters=[rule for rule in core.__rules__ if rule.name == "wordcount"],
        )
    return found


def set_text(inliner: Any, words: str, parent: nodes.Element) -> bool:
    """Set a role's words into a node, if they are plain; tells whether it has.

    The typographer's rules are taken to be off.
    """
    renderer = renderer_of(inliner)
    if renderer is None or not words or _MEANT.search(words) or not _is_known(renderer.md):
        return False
    _count(renderer, [words])
    parent += nodes.Text(words)
    return True


def set_paragraph(
    state: Any,
    content: Iterable[str],
    offset: int,
    parent: nodes.Element,
    *,
    as_written: bool = False,
) -> bool:
    """Set a directive's content into a node, if it is one plain paragraph or nothing at all.

    ``offset`` is the directive's own; ``as_written`` says that the typographer's rules would be
    off. Tells whether it has.
    """
    renderer = renderer_of(state)
    if renderer is None:
        return False
    lines = list(getattr(content, "data", content))
    while lines and not lines[-1]:
        lines.pop()
    if not all(map(_is_plain, lines)) or not _is_known(renderer.md, typography=as_written):
        return False
    _count(renderer, lines)
    if not lines:
        return True
    paragraph = nodes.paragraph("\n".join(lines))
    document = renderer.document
    paragraph.line = document.current_line = state._lineno + offset + 1
    paragraph.source = document["source"]
    parent += paragraph
    for index, line in enumerate(lines):
        if index:
            paragraph += nodes.Text("\n")
        paragraph += nodes.Text(line)
    return True


def _is_plain(line: str) -> bool:
    return bool(_BEGINS.match(line)) and not line[-1].isspace() and not _MEANT.search(line)


def _is_known(markdown: Any, *, typography: bool = True) -> bool:
    """Tell whether all rules are known, and the typographer's are off or make no difference."""
    rules = _rules_of(markdown)
    return rules.are_known and (typography or not any(rule.enabled for rule in rules.typographers))


def _count(renderer: Any, lines: list[str]) -> None:
    """Count the words for the document's metadata, as MyST has it done after each parsing."""
    tokens = [SimpleNamespace(type="text", content=line) for line in lines]
    state = SimpleNamespace(tokens=tokens, env=renderer.md_env)
    for rule in _rules_of(renderer.md).counters:
        rule.fn(state)
