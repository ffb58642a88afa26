"""Links in a document that lead to documents and records of other parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from markdown_it.common.utils import unescapeAll

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ontherecord.parting.places import Place

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/")

_NAMED: Final = re.compile(r"[\w./~-]+", re.ASCII)
"""A name that a link can have as it is, and an inventory too."""


def _nowhere(*_names: str) -> str:
    return ""


def _no_anchor(_docname: str, _name: str) -> tuple[str, str]:
    return "", ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a document of one part has to know of where others are.

    ``part`` gives the part of a document, or nothing where it is here or there is none, and
    ``address`` its whole address; ``page`` the whole address of what is at a path of the site
    and is elsewhere, or nothing; ``anchor`` what a heading or label of a document is called on
    its page, and the label by which other parts know it; ``called`` what a record is called
    here, or nothing where it is here.

    ``path`` is that of the document's page. A text that ``is_moved`` into another document
    names all files, ``files`` by name of document, from the edition's folder.
    """

    docname: str
    part: Callable[[str], str]
    address: Callable[[str], str] = str
    page: Callable[[str], str] = _nowhere
    anchor: Callable[[str, str], tuple[str, str]] = _no_anchor
    called: Callable[[str], str] = _nowhere
    path: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    is_moved: bool = False

    def named(self, path: str) -> str:
        """Give the name of the document that a path from this one leads to."""
        return self.resolved(path.removesuffix(".md").removesuffix(".rst"))

    def resolved(self, path: str) -> str:
        """Give a path from here as one from the edition's folder."""
        folder = self.docname.rpartition("/")[0]
        return normpath(path[1:] if path.startswith("/") else join(folder, path))


@dataclass(slots=True)
class Redirected:
    """A text whose links lead to where documents are now, with as many lines as before.

    ``led`` has what was made to lead elsewhere, each as kind of link and document; ``wrong``
    what cannot be, by line.
    """

    lines: list[str]
    led: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def redirected(lines: Sequence[str], places: Iterable[Place], there: Elsewhere) -> Redirected:
    """Give a text in which what stands in some places leads to where that is now."""
    made = Redirected(list(lines))
    for place in sorted(places, key=lambda place: (place.line, place.first), reverse=True):
        shown = _SHOWN[place.kind](place, there, made)
        if shown:
            text = made.lines[place.line - 1]
            made.lines[place.line - 1] = text[: place.first] + shown + text[place.last :]
    return made


def _link(place: Place, there: Elsewhere, made: Redirected) -> str:
    target = unquote(unescapeAll(place.text))
    target, is_file = target.removeprefix("project:"), target.startswith("path:")
    path, sign, label = target.removeprefix("path:").partition("#")
    if not path.endswith((".md", ".rst")) or "://" in path:
        return ""
    docname = there.named(path)
    part = there.part(docname)
    if not part or is_file:
        if not there.is_moved or docname not in there.files:
            return ""
        return f"{'path:' * is_file}/{quote(there.files[docname])}{sign}{label}"
    made.led.add(("doc", docname))
    # By its name in the inventory, it follows where its part is published, and has its title.
    if not label and _NAMED.fullmatch(docname):
        return f"inv:{part}:std:doc#{docname}"
    anchor, known = there.anchor(docname, label)
    if known:
        return f"inv:{part}:std:label#{known}"
    if place.kind != "bare":
        return there.address(docname) + (f"#{anchor or label}" if label else "")
    message = (
        f'this link shows the heading "{label}" of {docname}, which falls into another part, '
        f'"{part}": write the words that it shows, as in [words]({place.text})'
    )
    made.wrong.append((place.line, message))
    return ""


def _doc(place: Place, there: Elsewhere, made: Redirected) -> str:
    docname = there.named(place.text)
    if not there.part(docname):
        return f"/{docname}" if there.is_moved else ""
    made.led.add(("role", docname))
    return docname


def _doc_name(place: Place, there: Elsewhere, _made: Redirected) -> str:
    part = there.part(there.named(place.target))
    return f"external+{part}:std:doc" if part else ""


def _card(place: Place, there: Elsewhere, made: Redirected) -> str:
    docname = there.named(place.text)
    part = there.part(docname)
    if not part:
        return f"/{docname}" if there.is_moved else ""
    made.led.add(("role", docname))
    return f"{part}:{docname}"


def _record(place: Place, there: Elsewhere, _made: Redirected) -> str:
    return there.called(place.text)


def _image(place: Place, there: Elsewhere, _made: Redirected) -> str:
    is_file = there.is_moved and not _SCHEME.match(place.text)
    return f"/{there.resolved(place.text)}" if is_file else ""


def _page(place: Place, there: Elsewhere, _made: Redirected) -> str:
    """Give the whole address where one that counts from the page's own leads elsewhere."""
    path, sign, rest = place.text.partition("#")
    path, query, asked = path.partition("?")
    if not path or _SCHEME.match(path):
        return ""
    above = there.path.rpartition("/")[0]
    whole = normpath(join(above, path)) + "/" * path.endswith("/")
    found = there.page(whole.removeprefix("./"))
    return f"{found}{query}{asked}{sign}{rest}" if found else ""


_SHOWN: Final = {
    "link": _link,
    "bare": _link,
    "definition": _link,
    "doc": _doc,
    "doc-name": _doc_name,
    "card": _card,
    "record": _record,
    "image": _image,
    "page": _page,
}
