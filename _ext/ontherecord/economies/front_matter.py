"""Reads plain front matter with the YAML reader that is written in C.

For upstream (MyST, `myst_parser.config.main.read_topmatter` and
`DocutilsRenderer.render_front_matter`): *a line of front matter costs as much as a page of text.*
``yaml.safe_load`` runs PyYAML's scanner, parser and composer in Python, and MyST reads the front
matter of each document twice. Where PyYAML has libyaml, as all its wheels have, ``CSafeLoader``
builds the same values in a twentieth of the time.

The two readers differ in corners: colons within brackets, some escapes, their messages. So only
front matter of plain lines, each a key and a value without any of YAML's signs, is read so, and all
else as before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import yaml
from myst_parser.config import main
from myst_parser.mdit_to_docutils import base
from myst_parser.parsers import sphinx_

from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN: Final = re.compile(
    r"(?:[A-Za-z_][\w-]*: +[^\W_](?:[\w .,;/()+\u00a0-\u2027\u2030-\ud7ff'-]|:(?=[^ \n]))*\n|\n)*"
)
"""Lines of one key and one value that nothing in YAML could take for more than that."""

_FENCES: Final = ("---", "...")
_in_python: Final = yaml.safe_load


def apply() -> None:
    """Have MyST read front matter so, if this PyYAML can."""
    if hasattr(yaml, "CSafeLoader"):
        replace(sphinx_, "read_topmatter", read_topmatter)
        replace(base, "yaml", SimpleNamespace(safe_load=safe_load))


def safe_load(text: str) -> Any:
    """Give the value that a YAML document says, as `yaml.safe_load` does."""
    if _PLAIN.fullmatch(text if text.endswith("\n") else f"{text}\n"):
        value = _in_c(text.rstrip("\n"))
        return value.copy() if isinstance(value, dict) else value
    return _in_python(text)


@lru_cache(maxsize=2)
def _in_c(text: str) -> Any:
    """Give what a document's front matter says, of which no value can change."""
    return yaml.load(text, yaml.CSafeLoader)


def read_topmatter(text: str | Iterator[str]) -> dict[str, Any] | None:
    """Give a document's front matter, as `myst_parser.config.main.read_topmatter` does."""
    if isinstance(text, str) and text.startswith("---"):
        lines = []
        for line in text.splitlines()[1:]:
            if line.startswith(_FENCES):
                break
            lines.append(line.rstrip() + "\n")
        block = "".join(lines)
        if _PLAIN.fullmatch(block) and isinstance(found := _loaded(block), dict):
            return found
    return main.read_topmatter(text)


def _loaded(block: str) -> Any:
    try:
        return safe_load(block)
    except ValueError:  # Such as of a date that no calendar has: MyST says so itself.
        return None
