"""Makes no message for debugging that nobody is to see.

For upstream (Sphinx, `sphinx.util.logging.SphinxLoggerAdapter`): *messages for debugging are made
in full and thrown away.* Sphinx's logger takes every level, and leaves it to its handlers what is
shown; so each event that is emitted, six and more a document, finds its caller on the stack, makes
a record and asks three handlers, which all refuse it unless ``-vv`` is given. An adapter could ask
first whether any handler takes the level. And `EventManager.emit` makes the text of all that it
hands on before it asks anybody, a whole page's context with its HTML among it.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from sphinx import events
from sphinx.util.logging import NAMESPACE, SphinxLoggerAdapter

from ontherecord.economies.replacing import replace

_root: Final = logging.getLogger(NAMESPACE)


def apply() -> None:
    """Have Sphinx's loggers ask their handlers first."""
    replace(SphinxLoggerAdapter, "isEnabledFor", is_enabled_for)
    if not hasattr(events, "repr"):  # The module has Python's own; a name of its own hides that.
        events.repr = Shown  # type: ignore[attr-defined]


def is_enabled_for(self: SphinxLoggerAdapter, level: int) -> bool:
    """Tell whether the logger and any handler of Sphinx's take messages of a level."""
    if level >= logging.INFO or self.logger.handlers or _root.propagate:
        return self.logger.isEnabledFor(level)
    return any(handler.level <= level for handler in _root.handlers)


class Shown:
    """What was handed on with an event, made a text when one is asked for."""

    def __init__(self, given: Any) -> None:
        """Take it."""
        self._given = given

    def __repr__(self) -> str:
        """Give the text; not every object likes to be shown."""
        try:
            return repr(self._given)
        except Exception:  # Whatever it may be, as upstream has it.
            return ""
