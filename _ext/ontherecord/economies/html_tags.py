"""Writes texts, and the start tags of most nodes, in a few steps.

For upstream (docutils, `writers._html_base.HTMLTranslator.starttag`): *a paragraph without a class
goes through all that a table may need.* Four fifths of the tags of a page have a class or two, an
identifier or none, and one attribute at most. What needs more can have it after these.

And (``encode``): *a text with a dash in it takes ten times as long as one without.*
``str.translate`` looks every character up as soon as one is not of ASCII. Five calls of
``str.replace`` look for five characters, and most texts have none of them.
"""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from docutils.writers._html_base import HTMLTranslator

from ontherecord.apparatus import piece_html
from ontherecord.economies.replacing import replace

_starttag: Final = HTMLTranslator.starttag
_encode: Final = HTMLTranslator.encode
_NEED_MORE: Final = frozenset({"classes", "ids", "id"})
"""Attributes that are put together with those of the node."""
ENCODED: Final = {ord(one): piece_html.encode(one) for one in '&<">@'}
"""What we make of the characters that `ontherecord.apparatus.piece_html` encodes."""


def apply() -> None:
    """Have HTML's translators write so."""
    replace(HTMLTranslator, "starttag", start_tag)
    if HTMLTranslator.special_characters == ENCODED:
        replace(HTMLTranslator, "encode", encode)


def encode(self: Any, text: Any) -> str:
    """Give a text as docutils' method does; a translator may have other characters to encode."""
    if self.special_characters is not HTMLTranslator.special_characters:
        return str(_encode(self, text))
    return piece_html.encode(str(text))


def start_tag(
    self: Any,
    node: Any,
    tagname: str,
    suffix: str = "\n",
    empty: bool = False,
    **attributes: Any,
) -> str:
    """Give the start tag that docutils' method gives."""
    given = {name.lower(): value for name, value in attributes.items()}
    ids = node.get("ids", ())
    if (
        empty
        or len(ids) > 1
        or not given.keys().isdisjoint(_NEED_MORE)
        or None in given.values()  # There upstream says that something is wrong.
        or isinstance(node, nodes.table)
    ):
        return _starttag(self, node, tagname, suffix, empty, **attributes)
    classes: list[str] = []
    language: str | None = None
    for one in [*node.get("classes", ()), *given.pop("class", "").split()]:
        if one.startswith("language-"):
            language = one.removeprefix("language-") if language is None else language
        elif one not in classes and one.strip():
            classes.append(one)
    if language is not None:
        given[self.lang_attribute] = language
    if classes:
        given["class"] = " ".join(classes)
    if ids:
        given["id"] = ids[0]
    written = "".join(
        f' {name}="{self.attval(_text(value))}"' for name, value in sorted(given.items())
    )
    return f"<{tagname.lower()}{written}>{suffix}"


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
