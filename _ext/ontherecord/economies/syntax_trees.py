"""Makes the tree of a page's Markdown in one step for each token.

For upstream (markdown-it-py, `markdown_it.tree.SyntaxTreeNode`): *a tree of tokens takes as long as
the tokens.* The list of tokens is reversed and copied at each level, and each node is made through
three methods and two properties. An index into the list, and nodes that are filled where they are
made, come to the same tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markdown_it import tree
from markdown_it.tree import SyntaxTreeNode

from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_set_children: Final = SyntaxTreeNode._set_children_from_tokens
_FIELDS: Final = {"token", "nester_tokens", "_parent", "_children"}
"""What the constructor of the version that was read sets."""


def apply() -> None:
    """Have trees made so, if their nodes hold what they held when this was written."""
    if set(vars(SyntaxTreeNode())) == _FIELDS:
        replace(SyntaxTreeNode, "_set_children_from_tokens", set_children)


def set_children(self: Any, tokens: Sequence[Token]) -> None:
    """Make the nodes below one from its tokens, as the method of that name does."""
    if type(self) is not SyntaxTreeNode:
        _set_children(self, tokens)
        return
    children = self._children
    index, end = 0, len(tokens)
    while index < end:
        token = tokens[index]
        node: Any = SyntaxTreeNode.__new__(SyntaxTreeNode)
        node.token = node.nester_tokens = None
        node._parent, node._children = self, []
        if not token.nesting:
            node.token = token
            if token.children:
                set_children(node, token.children)
        else:
            if token.nesting != 1:
                raise ValueError("Invalid token nesting")
            last = _closing(tokens, index)
            node.nester_tokens = tree._NesterTokens(token, tokens[last])
            set_children(node, tokens[index + 1 : last])
            index = last
        children.append(node)
        index += 1


def _closing(tokens: Sequence[Token], index: int) -> int:
    """Give the place of the token that closes the one that stands at a place."""
    nesting = 0
    for place in range(index, len(tokens)):
        nesting += tokens[place].nesting
        if not nesting:
            return place
    raise ValueError(f"unclosed tokens starting {tokens[index:]}")
