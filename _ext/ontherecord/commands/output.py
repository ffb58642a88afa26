"""How ``ontherecord check`` says what it found: as text, as JSON, or to GitHub."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """Something the reading has said: the file from the edition's folder, the line, and what.

    ``severity`` is ``error`` or ``note``; ``name`` is the warning's, with its type.
    """

    file: str
    line: int
    severity: str
    name: str
    text: str


def as_text(messages: Sequence[Message]) -> str:
    """Give a line for each message: ``file:line: severity: what [name]``."""
    return "".join(
        f"{one.file}:{one.line}: {one.severity}: {one.text} [{one.name}]\n" for one in messages
    )


def as_json(messages: Sequence[Message]) -> str:
    """Give a JSON array of objects with file, line, severity, name and text."""
    return json.dumps([asdict(one) for one in messages], ensure_ascii=False, indent=2) + "\n"


def as_github(messages: Sequence[Message]) -> str:
    """Give workflow commands that GitHub shows beside the lines of a pull request."""
    levels = {"error": "error", "note": "notice"}
    return "".join(
        f"::{levels[one.severity]} file={_property(one.file)},line={one.line},"
        f"title={_property(one.name)}::{_data(one.text)}\n"
        for one in messages
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[dict[str, Callable[[Sequence[Message]], str]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
