"""Snippets for Visual Studio Code, made of what directives, roles and sources take.

The form is that of its documentation: https://code.visualstudio.com/docs/editing/userdefinedsnippets
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from ontherecord.markup.directives import DIRECTIVES
from ontherecord.markup.registers import MEANINGS, RegisterDirective
from ontherecord.markup.roles import ROLES
from ontherecord.starting.article import beginning
from ontherecord.starting.sources import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ontherecord.markup.options import Option

NAME: Final = ".vscode/ontherecord.code-snippets"
"""Where an edition has them, beside ``conf.py``."""

_RECORDS: Final = {
    "speaker": ("ann-arden", "Who they are, in a sentence.", "one who is quoted"),
    "quote": ("arden-library", "The library stays open.", "a statement"),
    "reading": (
        "wire-2024-05-01",
        "The library will stay open.",
        "another wording, inside a quote",
    ),
    "contradiction": (
        "library",
        "Whether the library stays open.",
        "statements that do not agree",
    ),
    "annotation": ("library-note", "What a reader needs to know of it.", "an editor's note"),
}
"""What stands for the argument and the content of each directive, and what it is."""

_MARKS: Final = {
    "said": ('"The library stays open."', "arden-library", "marks words as a quote's"),
    "passage": ("the library", "library-note", "marks words that a note is about"),
}


class _Body:
    """The lines of a snippet, whose places to fill in are numbered as they come."""

    def __init__(self) -> None:
        """Begin with none."""
        self.lines: list[str] = []
        self._count = 0

    def place(self, text: str) -> str:
        """Give a place that stands for a text until it is filled in."""
        self._count += 1
        escaped = re.sub(r"[$}\\]", r"\\\g<0>", text)
        return f"${{{self._count}:{escaped}}}"

    def choice(self, words: Iterable[str]) -> str:
        """Give a place that takes one of a few words."""
        self._count += 1
        escaped = (re.sub(r"[,|$}\\]", r"\\\g<0>", word) for word in words)
        return f"${{{self._count}|{','.join(escaped)}|}}"

    def value(self, option: Option) -> str:
        """Give the place of an option's value."""
        return self.choice(option.choices) if option.choices else self.place(option.example)

    def option(self, option: Option) -> None:
        """Add the lines of an option."""
        if option.is_lined:
            self.lines += [f":{option.name}: |", f":  {self.value(option)}"]
        else:
            self.lines.append(f":{option.name}: {self.value(option)}")


def snippets() -> dict[str, dict[str, Any]]:
    """Give each snippet by its name: prefix, scope, body, and what it is."""
    found = {"article": _article()}
    for name in ROLES:
        prefix = name if name in _MARKS else f"{name}-ref"
        found[prefix] = _role(name, prefix)
    for name, directive in DIRECTIVES.items():
        required = [option for option in directive.takes if option.required]
        what = _RECORDS[name][2]
        found[name] = _record(name, name, required, what, filled=name != "quote")
        found[f"{name}-all"] = _record(
            name, f"{name}-all", directive.takes, f"{what}, with every option", filled=True
        )
        found |= _options(name, directive.takes)
    for name, what in MEANINGS.items():
        found[name] = _snippet(name, [f":::{{{name}}}", "$0", ":::"], what)
    found |= _options("register", RegisterDirective.takes)
    found["source"] = _source()
    for option in FIELDS:
        made = _Body()
        body = [f"{option.name} = {{{made.value(option)}}},$0"]
        prefix = f"source-{option.name}"
        found[prefix] = _snippet(prefix, body, option.help, scope="bibtex")
    return found


def file() -> str:
    """Give the file that Visual Studio Code reads."""
    return json.dumps(snippets(), ensure_ascii=False, indent=2) + "\n"


def _snippet(
    prefix: str, body: Sequence[str], what: str, *, scope: str = "markdown"
) -> dict[str, Any]:
    return {"prefix": prefix, "scope": scope, "body": list(body), "description": what}


def _article() -> dict[str, Any]:
    made = _Body()
    date = made.place("2024-05-01")
    description = made.place("The mayor denied it in the morning.")
    lines = beginning(date, made.place("Mayor denies closing the library"), description)
    return _snippet("article", [*lines, "", "$0"], "the beginning of an article")


def _role(name: str, prefix: str) -> dict[str, Any]:
    made = _Body()
    if name in _MARKS:
        words, identifier, what = _MARKS[name]
        text = f"{made.place(words)} <{made.place(identifier)}>"
    else:
        text, what = made.place(_RECORDS[name][0]), f"points at a {name}"
    return _snippet(prefix, [f"{{{name}}}`{text}`$0"], what)


def _record(
    name: str, prefix: str, options: Iterable[Option], what: str, *, filled: bool
) -> dict[str, Any]:
    """Give the snippet of a directive; a quote's fence leaves room for readings inside it."""
    made = _Body()
    identifier, content, _ = _RECORDS[name]
    fence = "::::" if name == "quote" else ":::"
    made.lines.append(f"{fence}{{{name}}} {made.place(identifier)}")
    for option in options:
        made.option(option)
    if filled:
        made.lines += ["", f"{made.place(content)}$0"]
    else:
        made.lines[-1] += "$0"
    return _snippet(prefix, [*made.lines, fence], what)


def _options(name: str, options: Iterable[Option]) -> dict[str, dict[str, Any]]:
    """Give a snippet for each option of a directive."""
    found = {}
    for option in options:
        made = _Body()
        made.option(option)
        made.lines[-1] += "$0"
        prefix = f"{name}-{option.name}"
        found[prefix] = _snippet(prefix, made.lines, option.help)
    return found


def _source() -> dict[str, Any]:
    made = _Body()
    lines = [f"@misc{{{made.place('herald-2024-05-01')},"]
    lines += [f"  {option.name} = {{{made.value(option)}}}," for option in FIELDS]
    return _snippet("source", [*lines, "}$0"], "an entry of references.bib", scope="bibtex")
