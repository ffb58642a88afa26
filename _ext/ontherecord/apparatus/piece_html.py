"""Writes pieces as HTML, as Sphinx's own writer does nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

from docutils import nodes
from sphinx.locale import get_translation

from ontherecord.apparatus import pieces
from ontherecord.apparatus.pieces import Inline, Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ = get_translation("ontherecord")

_WORDS: Final = re.compile(r"[^ \n]+| +|\n")
_SPECIAL: Final = re.compile('[&<">@]')
_BREAKS: Final = re.compile(r"[\n\r\t\v\f]")


def encode(text: str) -> str:
    """Give a text as HTML has it; at signs are written so that harvesters find no addresses."""
    if not _SPECIAL.search(text):
        return text
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace('"', "&quot;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
    )


def attribute(value: str) -> str:
    """Give a text as the value of an attribute, in one line."""
    return encode(_BREAKS.sub(" ", value) if _BREAKS.search(value) else value)


def html(parts: Iterable[Inline]) -> str:
    """Give parts as HTML, which are texts and pieces alone."""
    out: list[str] = []
    write(parts, out, None)
    return "".join(out)


def write(parts: Iterable[Inline], out: list[str], translator: Any) -> None:
    """Write parts as HTML into ``out``, which is what the translator writes into."""
    for part in parts:
        _write(part, out, translator)


def _write(part: Inline, out: list[str], translator: Any) -> None:
    if isinstance(part, Piece):
        _WRITERS[type(part)](part, out, translator)
    elif isinstance(part, nodes.Node):
        part.walkabout(translator)
    else:
        out.append(encode(part))


def _inside(piece: Piece, out: list[str], translator: Any) -> None:
    for child in piece.children:
        if type(child) is str:
            out.append(encode(child))
        else:
            _write(child, out, translator)


def _tag(name: str, piece: Piece, always: str = "", **attributes: str) -> str:
    """Give a start tag; ``always`` are the classes that every element of the kind has."""
    if piece.ids or attributes:
        return _start(name, piece.classes, piece.ids, always, attributes)
    key = (name, always, *piece.classes)
    if key not in _TAGS:
        _TAGS[key] = _start(name, piece.classes, [], always, {})
    return _TAGS[key]


_TAGS: Final[dict[tuple[str, ...], str]] = {}
"""Start tags with classes alone: there are some hundred of them."""


def _start(
    name: str, given: list[str], ids: list[str], always: str, attributes: dict[str, str]
) -> str:
    classes: list[str] = []
    for one in (*given, *always.split()):
        if one.startswith("language-"):
            attributes.setdefault("lang", one.removeprefix("language-"))
        elif one and one not in classes:
            classes.append(one)
    if classes:
        attributes["class"] = " ".join(classes)
    more = ""
    if ids:
        attributes["id"] = ids[0]
        more = "".join(f'<span id="{one}"></span>' for one in ids[1:])
    written = "".join(f' {key}="{attribute(attributes[key])}"' for key in sorted(attributes))
    return f"<{name}{written}>{more}"


def _element(name: str, always: str = "", opens: str = "", closes: str = "") -> Callable[..., None]:
    """Give what writes an element; ``opens`` follows its start tag, ``closes`` is its end."""

    def write(piece: Piece, out: list[str], translator: Any) -> None:
        out.append(_tag(name, piece, always) + opens)
        _inside(piece, out, translator)
        out.append(closes or f"</{name}>")

    return write


def _literal(piece: Piece, out: list[str], translator: Any) -> None:
    out.append(_tag("code", piece, "docutils literal notranslate"))
    for token in _WORDS.findall(encode(pieces.text(piece))):
        if token.strip():
            out.append(f'<span class="pre">{token}</span>')
        else:
            out.append("&#160;" * (len(token) - 1) + token[-1])
    out.append("</code>")


def _reference(piece: pieces.reference, out: list[str], translator: Any) -> None:
    kind = "reference internal" if piece.internal else "reference external"
    address = piece.address or f"#{piece.anchor}"
    if piece.ids:
        out.append(_tag("a", piece, kind, href=address))
    else:
        before, after = _around_address(kind, piece.classes)
        out.append(f"{before}{attribute(address)}{after}")
    _inside(piece, out, translator)
    out.append("</a>")


def _around_address(kind: str, classes: list[str]) -> tuple[str, str]:
    """Give what stands before and after the address in the start tag of a link."""
    key = (kind, *classes)
    if key not in _LINKS:
        tag = _start("a", classes, [], kind, {"href": _ADDRESS})
        before, _place, after = tag.partition(_ADDRESS)
        _LINKS[key] = before, after
    return _LINKS[key]


_ADDRESS: Final = "\ufdd0"
"""Where the address of a link is to stand; no page may hold it (HTML, 13.2.3.5)."""

_LINKS: Final[dict[tuple[str, ...], tuple[str, str]]] = {}
"""The same by the classes of links, of which there are few."""


def _list(piece: Piece, out: list[str], translator: Any) -> None:
    simple = _is_simple(piece)
    out.append(_tag("ul", piece, "simple" if simple else "") + "\n")
    for item in piece.children:
        if simple and isinstance(item, Piece) and len(item.children) > 1:
            _with_list_below(item, out, translator)
        else:
            _write(item, out, translator)
    out.append("</ul>\n")


def _is_simple(piece: Piece) -> bool:
    """Tell whether no entry of a list has more than a line, and a list of such entries below it."""
    return all(isinstance(item, Piece) and _is_line(item) for item in piece.children)


def _is_line(item: Piece) -> bool:
    _first, *below = item.children or [""]
    lists = [one for one in below if isinstance(one, pieces.bullet_list)]
    return len(lists) == len(below) < 2 and all(map(_is_simple, lists))


def _with_list_below(item: Piece, out: list[str], translator: Any) -> None:
    """Write an entry with a list below it, which is part of the one that it stands in."""
    line, below = item.children
    out.append(_tag("li", item))
    _write(line, out, translator)
    out.append(_tag("ul", cast("Piece", below)) + "\n")
    _inside(cast("Piece", below), out, translator)
    out.append("</ul>\n</li>\n")


def _list_item(piece: Piece, out: list[str], translator: Any) -> None:
    out.append(_tag("li", piece))
    _inside(piece, out, translator)
    if len(piece.children) == 1 and isinstance(piece.children[0], pieces.paragraph):
        out[-1] = "</p>"  # A line alone is not set apart.
    out.append("</li>\n")


def _definition_list(piece: Piece, out: list[str], translator: Any) -> None:
    inside = [one for item in piece.children if isinstance(item, Piece) for one in item.children]
    simple = all(isinstance(one, pieces.bullet_list) and _is_simple(one) for one in inside)
    out.append(_tag("dl", piece, "simple" if simple else "") + "\n")
    _inside(piece, out, translator)
    out.append("</dl>\n")


def _definition(piece: pieces.definition, out: list[str], translator: Any) -> None:
    out.append(f"<dt>{encode(piece.term)}</dt><dd>")
    _inside(piece, out, translator)
    out.append("</dd>\n")


def _raw(piece: pieces.raw, out: list[str], translator: Any) -> None:
    out.append(piece.html)


def _cards(piece: pieces.cards, out: list[str], translator: Any) -> None:
    """Write cards, folded; the summary says whose they are."""
    notes = encode(_("Notes:"))
    parts = " ".join(f"<span>{encode(part)}</span>" for part in piece.summary)
    out.append(_tag("details", piece, "record-cards") + "\n")
    out.append(f'<summary><span class="record-visually-hidden">{notes} </span>{parts}</summary>\n')
    _inside(piece, out, translator)
    out.append("</details>\n")


def _card(piece: pieces.card, out: list[str], translator: Any) -> None:
    """Write a card, with the names by which the sheet finds its place and the card before it."""
    number = piece.number
    style = f"--me:--c{number};--prev:--c{number - 1};--at:--m{number}"
    label = {"aria-label": piece.label}
    out.append(_tag("div", piece, style=style, role="note", **label) + "\n")
    _inside(piece, out, translator)
    out.append("</div>\n")


def _reference_card(piece: pieces.reference_card, out: list[str], translator: Any) -> None:
    """Write a card that waits for the script."""
    out.append(f'<template id="record-{attribute(piece.anchor)}">{_tag("div", piece)}\n')
    _inside(piece, out, translator)
    out.append("</div></template>\n")


def _side(piece: pieces.side, out: list[str], translator: Any) -> None:
    out.append(_tag("div", piece, role="group", **{"aria-label": piece.label}) + "\n")
    _inside(piece, out, translator)
    out.append("</div>\n")


def _heading(piece: Piece, out: list[str], translator: Any) -> None:
    """Write a heading, which stands where no section can begin."""
    out.append(_tag("p", piece, role="heading", **{"aria-level": "2"}))
    _inside(piece, out, translator)
    out.append("</p>\n")


def _fold(piece: pieces.fold, out: list[str], translator: Any) -> None:
    """Write what is shown only when asked."""
    more = f'<span class="record-opening">: {encode(piece.opening)}</span>' if piece.opening else ""
    out.append(_tag("details", piece) + "\n")
    out.append(f"<summary>{encode(piece.summary)}{more}</summary>\n")
    _inside(piece, out, translator)
    out.append("</details>\n")


_WRITERS: Final[dict[type[Piece], Callable[..., None]]] = {
    pieces.inline: _element("span"),
    pieces.strong: _element("strong"),
    pieces.emphasis: _element("em"),
    pieces.literal: _literal,
    pieces.paragraph: _element("p", closes="</p>\n"),
    pieces.heading: _heading,
    pieces.rubric: _element("p", "rubric", closes="</p>\n"),
    pieces.container: _element("div", "docutils container", "\n", "</div>\n"),
    pieces.block_quote: _element("blockquote", "", "\n<div>", "</div></blockquote>\n"),
    pieces.bullet_list: _list,
    pieces.list_item: _list_item,
    pieces.definition_list: _definition_list,
    pieces.definition: _definition,
    pieces.raw: _raw,
    pieces.reference: _reference,
    pieces.cards: _cards,
    pieces.card: _card,
    pieces.reference_card: _reference_card,
    pieces.side: _side,
    pieces.fold: _fold,
}
