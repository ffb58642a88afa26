"""Makes MyST's stand-ins for docutils' parser in fewer steps.

For upstream (MyST, `myst_parser.mocking`): *each directive makes a class, and each role lists all
rules.* ``MockState`` defines a class to hold seven values, which costs more than the rest of the
state, and ``MockInliner`` makes a list of the names of all inline rules to see whether its own is
among them, for each role and each directive. A namespace holds the values as well, and a parser can
be asked once.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Final
from weakref import WeakSet

import myst_parser
from myst_parser.mocking import MockInliner, MockState

from ontherecord.economies.replacing import replace

KNOWN: Final = "5.2"

_init_state: Final = MockState.__init__
_init_inliner: Final = MockInliner.__init__
_asked: Final[WeakSet[Any]] = WeakSet()


def apply() -> None:
    """Have MyST make them so, if this is the version that was read."""
    if myst_parser.__version__.startswith(f"{KNOWN}."):
        replace(MockState, "__init__", init_state)
        replace(MockInliner, "__init__", init_inliner)


def init_state(
    self: Any,
    renderer: Any,
    state_machine: Any,
    lineno: int,
    *,
    preserve_inline_edge_whitespace: bool = False,
) -> None:
    """Set what `myst_parser.mocking.MockState` sets."""
    self._renderer = renderer
    self._lineno = lineno
    self._preserve_inline_edge_whitespace = preserve_inline_edge_whitespace
    self.document = renderer.document
    self.reporter = renderer.document.reporter
    self.state_machine = state_machine
    self.inliner = MockInliner(renderer)
    self.memo = SimpleNamespace(
        document=self.document,
        reporter=self.reporter,
        language=renderer.language_module_rst,
        title_styles=[],
        section_level=max(renderer._level_to_section),
        section_bubble_up_kludge=False,
        inliner=self.inliner,
    )


def init_inliner(self: Any, renderer: Any) -> None:
    """Set what `myst_parser.mocking.MockInliner` sets."""
    if renderer.md not in _asked:
        _init_inliner(self, renderer)
        _asked.add(renderer.md)
        return
    self._renderer = renderer
    self.document = document = renderer.document
    self.reporter = reporter = document.reporter
    self.language = renderer.language_module_rst
    self.parent = renderer.current_node
    if not hasattr(reporter, "get_source_and_line"):
        reporter.get_source_and_line = lambda line: (self.document["source"], line)
    self.rfc_url = "rfc%d.html"
