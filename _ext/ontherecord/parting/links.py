"""Links and tables of contents in a document that name documents of other parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final

from ontherecord.parting.cutting import Span, end_of, without

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_LINK: Final = re.compile(
    r"(?P<head>\[(?P<text>[^\[\]]*)\]\(<?)(?P<path>[^()<>\s#]+)(?P<anchor>#[^()<>\s]*)?(?=>?\))"
)
_ROLE: Final = re.compile(
    r"(?P<open>\{|:)(?P<domain>std:)?doc(?P<close>\}|:)`(?P<words>[^`<]*?)\s*<?(?P<path>[^`<>]+)>?`"
)
_ROLES: Final = r"(?:record:)?(?:speaker|quote|contradiction|annotation)"
_REFERENCE: Final = re.compile(
    rf"(?P<head>(?:\{{{_ROLES}\}}|(?<![\w+]):{_ROLES}:)`(?:[^`<>]*<)?)"
    r"(?P<id>[a-z][a-z0-9-]*)(?P<tail>>?`)"
)
_LITERAL: Final = re.compile(
    r"(?P<role>[}:]`[^`]*`)"
    r"|^[ \t>]*(?P<fence>`{3,}|~{3,})(?!`)[ \t]*"
    r"(?:\{(?:code|code-block|sourcecode|raw|math)\}[^\n]*|(?!\{)[^\n`]*)\n"
    r".*?^[ \t>]*(?P=fence)[`~]*[ \t]*$"
    r"|(?<!`)(?P<ticks>`{1,2})(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
"""What is shown as it is written, and roles, which have the same signs and are none of it."""
_BEGIN, _END = "\ufdd0", "\ufdd1"
"""What stands around the number of what is set aside; no text may hold them (Unicode, 23.7)."""
_CONTENTS: Final = re.compile(r"^[ \t]*(?:[`:~]{3,}\s*\{toctree\}|\.\.\s+toctree::)")
_OPTION: Final = re.compile(r"^\s*:[\w-]+:|^\s*---\s*$")
_ENTRY: Final = re.compile(r"^.*?<(?P<path>[^<>]+)>\s*$")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the documents of other parts are, for a document of one.

    ``part`` gives the part of a document, or nothing where it is here or there is none;
    ``address`` its whole address.
    """

    docname: str
    part: Callable[[str], str]
    address: Callable[[str], str]

    def named(self, path: str) -> str:
        """Give the name of the document that a path from this one leads to."""
        path = path.removesuffix(".md").removesuffix(".rst")
        return normpath(path[1:] if path.startswith("/") else join(self._folder, path))

    @property
    def _folder(self) -> str:
        return self.docname.rpartition("/")[0]


def redirected(text: str, there: Elsewhere) -> str:
    """Give a text whose links to documents of other parts lead to their addresses."""
    if ".md" in text or ".rst" in text:
        text = _changed(text, lambda text: _LINK.sub(lambda found: _link(found, there), text))
    if "doc" in text:
        text = _changed(text, lambda text: _ROLE.sub(lambda found: _role(found, there), text))
    return text


def _changed(text: str, change: Callable[[str], str]) -> str:
    """Give a text with a change made to it, but for what is shown as it is written."""
    aside: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        if found["role"]:
            return found[0]
        aside.append(found[0])
        return f"{_BEGIN}{len(aside) - 1}{_END}"

    made = change(_LITERAL.sub(set_aside, text))
    return re.sub(f"{_BEGIN}(\\d+){_END}", lambda found: aside[int(found[1])], made)


def referring(text: str, called: Callable[[str], str]) -> str:
    """Give a text whose references to records of other parts name these as they are called here.

    ``called`` gives that for an identifier, or nothing for a record that is here.
    """

    def renamed(found: re.Match[str]) -> str:
        name = called(found["id"])
        return f"{found['head']}{name}{found['tail']}" if name else found[0]

    return _changed(text, lambda text: _REFERENCE.sub(renamed, text))


def _link(found: re.Match[str], there: Elsewhere) -> str:
    path = found["path"]
    if "://" in path or not path.endswith((".md", ".rst")):
        return found[0]
    docname = there.named(path)
    part = there.part(docname)
    if not part:
        return found[0]
    if not found["text"] and not found["anchor"]:  # It shows the title, which the inventory has.
        return f"{found['head']}inv:{part}:std:doc#{docname}"
    return f"{found['head']}{there.address(docname)}{found['anchor'] or ''}"


def _role(found: re.Match[str], there: Elsewhere) -> str:
    docname = there.named(found["path"].strip())
    part = there.part(docname)
    if not part or found["open"] + found["close"] not in {"{}", "::"}:
        return found[0]
    words = found["words"].strip()
    shown = f"{words} <{docname}>" if words else docname
    return f"{found['open']}external+{part}:std:doc{found['close']}`{shown}`"


def without_contents(
    lines: Sequence[str], docname: str, here: Collection[str], known: Collection[str]
) -> list[str]:
    """Give lines whose tables of contents leave out the documents that are not here.

    One that would list nothing is left out whole.
    """
    there = Elsewhere(docname, str, str)
    spans: list[Span] = []
    number = 1
    while number <= len(lines):
        if not _CONTENTS.match(lines[number - 1]):
            number += 1
            continue
        last = end_of(lines, number)
        gone, stays = [], 0
        for line in range(number + 1, last + 1):
            entry = lines[line - 1].strip()
            if not entry or _OPTION.match(lines[line - 1]) or re.fullmatch(r"[`:~]{3,}", entry):
                continue
            if _is_here(entry, there, here, known):
                stays += 1
            else:
                gone.append(Span(line, line))
        spans += gone if stays else [Span(number, last)] if gone else []
        number = last + 1
    return without(lines, spans)


def _is_here(entry: str, there: Elsewhere, here: Collection[str], known: Collection[str]) -> bool:
    match = _ENTRY.match(entry)
    path = match["path"] if match else entry
    if path == "self" or "://" in path:
        return True
    docname = there.named(path)
    if re.search(r"[*?\[]", docname):
        return any(fnmatchcase(name, docname) for name in here)
    return docname in here or docname not in known
