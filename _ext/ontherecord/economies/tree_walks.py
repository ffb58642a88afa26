"""Walks a document's tree with one generator, and not with one for each level above each node.

For upstream (docutils, `nodes.Node.findall`; Sphinx, `sphinx.util.nodes.NodeMatcher`): *findall is
slower than the transforms that call it.* ``_fast_findall`` and ``_superfast_findall`` recurse with
``yield from``, so that each node found passes through as many generators as it is deep, and each
node not found costs a generator of its own; a condition that is no class takes a slower way still.
A page is walked some fifty times before it is written. One generator with a stack of the lists
that it stands in does the same in a third of the time, and sees changes of the tree on the way just
as the recursion does. A `NodeMatcher` names the classes it wants, and need be asked of these only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.nodes import NodeMatcher

from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_findall: Final = nodes.Node.findall


def apply() -> None:
    """Have nodes and matchers walk this way."""
    replace(nodes.Node, "findall", findall)
    replace(nodes.Node, "_fast_findall", of_class)
    replace(nodes.Node, "_superfast_findall", below)
    replace(NodeMatcher, "findall", matching)


def findall(
    self: nodes.Node,
    condition: Any = None,
    include_self: bool = True,
    descend: bool = True,
    siblings: bool = False,
    ascend: bool = False,
) -> Iterator[Any]:
    """Give the nodes that `docutils.nodes.Node.findall` gives, in its order."""
    if not include_self or not descend or siblings or ascend:
        return _findall(self, condition, include_self, descend, siblings, ascend)
    if condition is None:
        return below(self)
    if isinstance(condition, type):
        return of_class(self, condition)
    if isinstance(condition, NodeMatcher):
        return matching(condition, self)
    return meeting(self, condition)


def matching(matcher: NodeMatcher[Any], node: nodes.Node) -> Iterator[Any]:
    """Give the nodes that a matcher of Sphinx's takes."""
    found = of_class(node, matcher.classes or nodes.Node)
    if not matcher.attrs:
        return found
    attribute = next(iter(matcher.attrs))  # Most nodes have not even the first of those asked for.
    return (
        one
        for one in found
        if isinstance(one, nodes.Element) and attribute in one.attributes and matcher.match(one)
    )


# The three below are one walk, written out thrice: a test that is called is what they spare.


def below(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give a node and all below it."""
    yield node
    above: list[Iterator[nodes.Node]] = []
    siblings = iter(node.children)
    while True:
        for child in siblings:
            yield child
            if child.children:
                above.append(siblings)
                siblings = iter(child.children)
                break
        else:
            if not above:
                return
            siblings = above.pop()


def of_class(node: nodes.Node, wanted: type | tuple[type, ...]) -> Iterator[nodes.Node]:
    """Give what is of a class, or of one of several."""
    if isinstance(node, wanted):
        yield node
    above: list[Iterator[nodes.Node]] = []
    siblings = iter(node.children)
    while True:
        for child in siblings:
            if isinstance(child, wanted):
                yield child
            if child.children:
                above.append(siblings)
                siblings = iter(child.children)
                break
        else:
            if not above:
                return
            siblings = above.pop()


def meeting(node: nodes.Node, condition: Callable[[nodes.Node], bool]) -> Iterator[nodes.Node]:
    """Give what meets a condition."""
    if condition(node):
        yield node
    above: list[Iterator[nodes.Node]] = []
    siblings = iter(node.children)
    while True:
        for child in siblings:
            if condition(child):
                yield child
            if child.children:
                above.append(siblings)
                siblings = iter(child.children)
                break
        else:
            if not above:
                return
            siblings = above.pop()
