"""Ends the processes of a build soon after the build's own, however that ends.

With ``-j``, Sphinx reads and writes in processes that it forks, and they hand over what they made
through pipes. Where the first process is killed, one that has more to hand over than a pipe takes
would wait for ever: it has both ends of its pipe, so that the system cannot tell it that nobody
reads. And with it the locks of the folders would stay, for which every later build waits.
"""

from __future__ import annotations

import os
import threading
import time
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE: Final = 0.2
"""Seconds after which it is asked again whether the process that forked this one is there."""


@cache  # The system takes what is to be done at a fork, and never gives it back.
def watch(is_wanted: Callable[[], bool]) -> None:
    """Have each process that this one is forked into end with it, while that is wanted."""
    forking: list[int] = []

    def note() -> None:
        forking[:] = [os.getpid()]

    def begin() -> None:
        if is_wanted():
            threading.Thread(target=_end_with, args=(*forking,), daemon=True).start()

    if hasattr(os, "register_at_fork"):  # Where there is none, nothing is forked.
        os.register_at_fork(before=note, after_in_child=begin)


def _end_with(process: int) -> None:
    """End this process when it is no child of that one any more."""
    while os.getppid() == process:
        time.sleep(_PAUSE)
    os._exit(1)
