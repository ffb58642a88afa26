"""Makes a node with no more than it is given.

For upstream (docutils, `nodes.Element.__init__`): *half of making a node is asking what it was not
given.* A page is some two hundred nodes, most with no children yet and no attributes: their lists
of attributes are made one by one, and what is not there is gone through.
"""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes

from ontherecord.economies.replacing import replace

_init: Final = nodes.Element.__init__
_LISTS: Final = nodes.Element.list_attributes


def apply() -> None:
    """Have nodes be made so, if they have the lists that they had when this was written."""
    if _LISTS == ("ids", "classes", "names", "dupnames"):
        replace(nodes.Element, "__init__", init)


def init(self: Any, rawsource: str = "", *children: Any, **attributes: Any) -> None:
    """Set what docutils' own sets."""
    if isinstance(rawsource, nodes.Element) or self.list_attributes is not _LISTS:
        _init(self, rawsource, *children, **attributes)
        return
    self.rawsource = rawsource
    self.children = []
    if children:
        self.extend(children)
    made = self.attributes = {"ids": [], "classes": [], "names": [], "dupnames": []}
    for given, value in attributes.items():
        name = given.lower()
        made[name] = value[:] if name in _LISTS else value
    if self.tagname is None:
        self.tagname = self.__class__.__name__
