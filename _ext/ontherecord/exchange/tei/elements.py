"""Elements of TEI: made, named, pointed at, laid out in lines and written."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ontherecord.exchange.xml import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """An element: its name, its attributes, and the texts and elements in it, in order.

    It knows nothing of where it stands, so that what documents have alike is made once.
    """

    __slots__ = ("attributes", "content", "name")

    def __init__(self, name: str, attributes: dict[str, str], content: list[Element | str]) -> None:
        """Take what it is made of, texts as they are to be read."""
        self.name = name
        self.attributes = attributes
        self.content = content


def element(name: str, *content: Element | str | None, **attributes: str | None) -> Element:
    """Give an element with its content in order.

    Nothing stands for a child or an attribute that there is not. In names of attributes
    ``xml_`` is the namespace of XML, another ``_`` a hyphen, and one at the end is left off.
    """
    return Element(
        name,
        {_attribute(key): value for key, value in attributes.items() if value},
        [one for one in content if one is not None],
    )


@cache
def _attribute(name: str) -> str:
    if name.startswith("xml_"):
        return f"xml:{name[4:]}"
    return name.rstrip("_").replace("_", "-")


def container(
    name: str, children: Iterable[Element | None], **attributes: str | None
) -> Element | None:
    """Give an element of the children, or nothing where there are none."""
    made = element(name, *children, **attributes)
    return made if made.content else None


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

    Elements have no namespace of their own: the root names TEI's, and it holds for all within
    (Namespaces in XML 1.0, 6.2).
    """
    pieces = [_PROLOGUE]
    named = Element(root.name, {"xmlns": NAMESPACE, **root.attributes}, root.content)
    _write(named, "\n", pieces)
    pieces.append("\n")
    return "".join(pieces).encode()


def _write(made: Element, line: str, out: list[str]) -> None:
    """Write an element; ``line`` is what begins a line for it, or nothing amid text."""
    name, content = made.name, made.content
    tag = "".join([name, *[f' {key}="{_value(one)}"' for key, one in made.attributes.items()]])
    if not content:
        out.append(f"<{tag}/>")
        return
    out.append(f"<{tag}>")
    is_laid_out = line and name in _CONTAINERS and not isinstance(content[0], str)
    within = f"{line}  " if is_laid_out else ""
    for part in content:
        if isinstance(part, str):
            out.append(_text(part))
        else:
            out.append(within)
            _write(part, within, out)
    out.append(f"{line}</{name}>" if is_laid_out else f"</{name}>")


def _text(text: str) -> str:
    """Give a text as it stands between tags (XML 1.0, 2.4 and 2.11)."""
    if text.isprintable() and not _MARKUP.search(text):  # As most are.
        return text
    return xml_text(text).translate(_IN_TEXTS)


def _value(text: str) -> str:
    """Give a text as it stands in an attribute (XML 1.0, 2.3 and 3.3.3)."""
    if text.isprintable() and not _MARKUP.search(text):
        return text
    return xml_text(text).translate(_IN_VALUES)


_MARKUP: Final = re.compile('[&<>"]')
_IN_TEXTS: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_IN_VALUES: Final = {**_IN_TEXTS, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}
