"""Elements of TEI: made, named, pointed at, laid out in lines and written.

They are held as few strings and lists and no more: an edition has hundreds of thousands, each
is written once, and nothing is looked for in them. Tests read what is written back with lxml.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ontherecord.exchange.xml import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
_PROLOGUE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng" \
type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
"""
"""What names the schema to editors of XML (Associating Schemas with XML documents 1.0)."""

_CONTAINERS: Final = frozenset(
    (
        *("TEI", "teiHeader", "fileDesc", "titleStmt", "respStmt", "editionStmt"),
        *("publicationStmt", "availability", "seriesStmt", "sourceDesc", "listBibl", "bibl"),
        *("listWit", "encodingDesc", "samplingDecl", "editorialDecl", "quotation", "classDecl"),
        *("taxonomy", "category", "profileDesc", "abstract", "langUsage", "textClass", "keywords"),
        *("revisionDesc", "text", "body", "div", "cit", "standOff", "listPerson", "person"),
        *("listOrg", "org", "listEvent", "event", "listApp", "app", "linkGrp", "listAnnotation"),
        *("annotation", "note", "affiliation", "interpretation"),
    )
)
"""Elements that hold elements here and no text beside them; in all others every space counts."""


class Element:
    """An element: its name, its attributes, and texts and elements in order.

    Attributes and texts are held as they are written.
    """

    __slots__ = ("attributes", "content", "name")

    def __init__(self, name: str) -> None:
        """Begin with nothing in it."""
        self.name = name
        self.attributes = ""
        self.content: list[Element | str] = []

    def set(self, name: str, value: str) -> None:
        """Give a value to an attribute that has none yet (XML 1.0, 2.3 and 3.3.3)."""
        if '"' in value or "&" in value or "<" in value or ">" in value or not value.isprintable():
            value = xml_text(value).translate(_IN_VALUES)
        self.attributes += f' {name}="{value}"'

    def append(self, *content: Element | str | None) -> None:
        """Put texts and elements at the end; nothing stands for one that there is not."""
        for one in content:
            if isinstance(one, str):
                self.content.append(_text(one))
            elif one is not None:
                self.content.append(one)


def _text(text: str) -> str:
    """Give a text as it stands between tags (XML 1.0, 2.4 and 2.11)."""
    if "&" in text or "<" in text or ">" in text or not text.isprintable():
        return xml_text(text).translate(_IN_TEXTS)
    return text


_IN_TEXTS: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_IN_VALUES: Final = {**_IN_TEXTS, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


def element(name: str, *content: Element | str | None, **attributes: str | None) -> Element:
    """Give an element with its content in order.

    Nothing stands for a child or an attribute that there is not. In names of attributes
    ``xml_`` is the namespace of XML, another ``_`` a hyphen, and one at the end is left off.
    """
    made = Element(name)
    for key, value in attributes.items():
        if value:
            made.set(_attribute(key), value)
    if content:
        made.append(*content)
    return made


@cache
def _attribute(name: str) -> str:
    if name.startswith("xml_"):
        return f"xml:{name[4:]}"
    return name.rstrip("_").replace("_", "-")


def container(
    name: str, children: Iterable[Element | None], **attributes: str | None
) -> Element | None:
    """Give an element of the children, or nothing where there are none."""
    found = [child for child in children if child is not None]
    return element(name, *found, **attributes) if found else None


def paragraphs(words: str) -> list[Element]:
    """Give a ``p`` for each paragraph of words; they are parted by a blank line."""
    return [element("p", paragraph) for paragraph in words.split("\n\n")]


def wording(name: str, words: str, **attributes: str | None) -> Element:
    """Give an element that holds words: as text, or as ``p`` where they have paragraphs."""
    return element(name, *(paragraphs(words) if "\n\n" in words else [words]), **attributes)


def identifier(prefix: str, name: str) -> str:
    """Give an ``xml:id`` for a name, another for every name (Namespaces in XML 1.0, NCName).

    A character other than ASCII letters, digits, ``.``, ``-`` and ``_`` becomes its number,
    in hexadecimal between middle dots: those may stand in an NCName and hardly do in names.
    """
    return f"{prefix}-" + _BARRED_IN_NAMES.sub(lambda found: f"·{ord(found[0]):x}·", name)


_BARRED_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]")


def pointers(*targets: str) -> str | None:
    """Give what points at the targets, parted by spaces, or nothing."""
    return " ".join(dict.fromkeys(filter(None, targets))) or None


def address(text: str) -> str:
    """Give an address as a URI reference (RFC 3986): what may not stand in one is escaped."""
    if _LAWFUL.fullmatch(text):  # As most are.
        return text
    escaped = quote(text, safe="%/:?#@!$&'()*+,;=-._~")
    escaped = re.sub("%(?![0-9A-Fa-f]{2})", "%25", escaped)
    head, hash_, fragment = escaped.partition("#")
    return head + hash_ + fragment.replace("#", "%23")


_LAWFUL: Final = re.compile(r"[A-Za-z0-9/:?@!$&'()*+,;=._~-]*")


@lru_cache(maxsize=64)
def language(tag: str) -> str | None:
    """Give a language as ``xml:lang`` has it (BCP 47), or nothing where it is none."""
    tag = tag.replace("_", "-")
    return tag if re.fullmatch("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", tag) else None


def token(text: str) -> str | None:
    """Give a text as one word without white space, as TEI's types are, or nothing."""
    return re.sub(r"[\s\W]+", "-", text).strip("-") or None


def written(root: Element) -> bytes:
    """Give the bytes of a document, in UTF-8, an element of structure a line."""
    root.attributes = f' xmlns="{NAMESPACE}"{root.attributes}'
    pieces = [_PROLOGUE]
    _write(root, "\n", pieces.append)
    pieces.append("\n")
    return "".join(pieces).encode()


def _write(one: Element, line: str, put: Callable[[str], None]) -> None:
    """Write an element. ``line`` is what begins a line for it; of mixed content all is one."""
    name, content = one.name, one.content
    if not content:
        put(f"<{name}{one.attributes}/>")
        return
    put(f"<{name}{one.attributes}>")
    line = line if name in _CONTAINERS else ""
    within = f"{line}  " if line else ""
    for part in content:
        if isinstance(part, str):
            put(part)
        else:
            put(within)
            _write(part, within, put)
    put(f"{line}</{name}>")
