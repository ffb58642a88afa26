"""The commands of ``ontherecord``, each named for what it does; ``main`` has them all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Refused(Exception):
    """A command cannot do what was asked; the message says why, and what to do."""

    code = 1
    """What the command then ends with."""


class NotEntered(Refused):
    """Nothing can be entered: what was asked, or what is there already, does not allow it."""

    code = 2


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Say that a table cannot be written, where that is so."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{name}: cannot be written ({error.strerror}), and is as before") from error
