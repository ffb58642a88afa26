"""Elements of TEI: made, named, pointed at, laid out in lines and written."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import quote

from lxml import etree

from ontherecord.exchange.xml import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
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


def element(name: str, *content: Element | str | None, **attributes: str | None) -> Element:
    """Give an element with its content in order.

    Nothing stands for a child or an attribute that there is not. In names of attributes
    ``xml_`` is the namespace of XML, another ``_`` a hyphen, and one at the end is left off.
    """
    made = _make(name)
    for key, value in attributes.items():
        if value:
            made.set(_attribute(key), xml_text(value))
    _put(made, None, content)
    return made


_make: Final = etree.Element


@cache
def _attribute(name: str) -> str:
    if name.startswith("xml_"):
        return _XML + name[4:]
    return name.rstrip("_").replace("_", "-")


def append(parent: Element, *content: Element | str | None) -> None:
    """Put text and elements at the end of an element."""
    # To count its children takes their number.
    _put(parent, next(parent.iterchildren(reversed=True), None), content)


def _put(parent: Element, last: Element | None, content: Iterable[Element | str | None]) -> None:
    """Put text and elements behind the last child of an element."""
    for one in content:
        if one is None:
            continue
        if not isinstance(one, str):
            parent.append(one)
            last = one
        elif last is None:
            parent.text = (parent.text or "") + xml_text(one)
        else:
            last.tail = (last.tail or "") + xml_text(one)


def again(made: Element) -> Element:
    """Give an element once more, for another document: one can stand in one place alone."""
    return deepcopy(made)


def container(name: str, children: Iterable[Element | None], **attributes: str | None) -> Element:
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
    """Give the bytes of a document, in UTF-8, an element of structure a line.

    Elements are made without a namespace, which each of them would look up: the root alone
    names TEI's, and it holds for all within (Namespaces in XML 1.0, 6.2).
    """
    _lay_out(root, 0)
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    tag = f"<{root.tag}"
    whole = f'{_PROLOGUE}{tag} xmlns="{NAMESPACE}"'.encode()
    return whole + made.removeprefix(tag.encode()) + b"\n"


def _lay_out(parent: Element, depth: int) -> None:
    if not len(parent) or parent.tag not in _CONTAINERS:
        return
    line = "\n" + "  " * (depth + 1)
    for child in parent:
        _lay_out(child, depth + 1)
        child.tail = line
    parent.text = line
    child.tail = line[:-2]
