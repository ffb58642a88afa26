"""BibTeX: the format of LaTeX, for biblatex and for BibTeX of 1988 alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ontherecord.citing.parted_dates import parted
from ontherecord.dates import is_date
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontherecord.citing.item import Item, Name

TYPES: Final = {
    "chapter": "incollection",
    "article-newspaper": "article",
    "article-magazine": "article",
    "article-journal": "article",
}
"""BibTeX's entry types for CSL's types; what is none of them is ``misc``."""

MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)

BABEL: Final = {
    **{"ar": "arabic", "bg": "bulgarian", "ca": "catalan", "cs": "czech", "cy": "welsh"},
    **{"da": "danish", "de": "ngerman", "de-at": "naustrian", "de-ch": "nswissgerman"},
    **{"el": "greek", "en": "english", "en-au": "australian", "en-ca": "canadian"},
    **{"en-gb": "british", "en-us": "american", "eo": "esperanto", "es": "spanish"},
    **{"et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french"},
    **{"fr-ca": "canadien", "ga": "irish", "gl": "galician", "he": "hebrew", "hi": "hindi"},
    **{"hr": "croatian", "hu": "magyar", "hy": "armenian", "id": "indonesian"},
    **{"is": "icelandic", "it": "italian", "ja": "japanese", "ko": "korean", "la": "latin"},
    **{"lt": "lithuanian", "lv": "latvian", "nb": "norsk", "nl": "dutch", "nn": "nynorsk"},
    **{"pl": "polish", "pt": "portuguese", "pt-br": "brazilian", "ro": "romanian"},
    **{"ru": "russian", "sk": "slovak", "sl": "slovene", "sr": "serbian", "sv": "swedish"},
    **{"th": "thai", "tr": "turkish", "uk": "ukrainian", "vi": "vietnamese"},
}
"""The names by which babel and polyglossia know languages, by tag of BCP 47."""

_COMMANDS: Final = {
    "\\": r"\textbackslash{}",
    # Escaped braces would be right in TeX, but BibTeX counts them, escaped or not.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "%$#&_"},
}
_SPECIAL: Final = re.compile(
    r"[\\{}~^%$#&_]"
    # Between these TeX's fonts would make one sign of two: dashes, quotation marks, ¡ and ¿.
    r"|-(?=-)|'(?=')|`(?=`)|,(?=,)|<(?=<)|>(?=>)|[?!](?=`)"
)


def latex(text: str) -> str:
    r"""Give a text in LaTeX such that it is read back as it is.

    Letters stay as they are (UTF-8); what TeX takes for a command, a comment or a
    ligature is written so that it is none. Paragraphs are parted by ``\par``. In
    print, straight quotation marks are TeX's curly ones, and LuaTeX, which ``{}``
    does not stop, makes dashes of ``--``.
    """
    paragraphs = re.split(r"\n[ \t\r]*\n", text) if "\n" in text else [text]
    return r"\par{}".join(filter(None, map(_paragraph, paragraphs)))


def _paragraph(text: str) -> str:
    return _SPECIAL.sub(lambda match: _COMMANDS.get(match[0], match[0] + "{}"), fold_space(text))


def bibtex(item: Item) -> str:
    r"""Give an item as an entry of BibTeX, in UTF-8, under its id.

    The title and whole names stand in double braces, so that no style changes
    their case or parts them. ``date`` and ``origdate`` are EDTF, as biblatex reads
    it (3.20, 2.3.8); ``year`` and ``month`` say the same to BibTeX as far as it can. The
    title is on one line; ``abstract`` has all the words, its paragraphs parted by
    ``\par``.
    """
    kind = TYPES.get(item.type, "misc")
    container = {"incollection": "booktitle", "article": "journal"}.get(kind, "howpublished")
    return entry(
        kind,
        item.id,
        [
            ("author", names(item.authors)),
            ("title", _whole(item.title)),
            (container, _whole(item.container)),
            ("editor", names(item.editors)),
            ("organization" if kind == "misc" else "publisher", _folded(item.publisher)),
            ("version", _folded(item.version)),
            *dates(item.issued),
            ("origdate", item.original if _is_known(item.original) else ""),
            ("langid", langid(item.language)),
            ("url", verbatim(item.address)),
            ("entrysubtype", _folded(item.genre)),
            ("note", latex("; ".join(filter(None, (item.note, *_said(item)))))),
            ("abstract", latex(item.words)),
            ("swhid", verbatim(item.swhid)),
            ("license", _folded(item.licence)),
        ],
    )


def _said(item: Item) -> Iterator[str]:
    """Give what the common styles have no field for and a reference needs all the same."""
    if item.original:
        yield f"spoken {item.original}" if item.exact else item.original
    if item.version:
        yield f"version {item.version}"


def entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Give an entry of those fields, already in LaTeX, that say something."""
    lines = [
        # The names of months are BibTeX's own strings, so they stand without braces.
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields
        if value
    ]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def names(people: Iterable[Name]) -> str:
    """Give names as BibTeX's list of names: ``King, Jr., Martin and {White House}``."""
    return " and ".join(_name(name) for name in people)


def _name(name: Name) -> str:
    if not name.family:
        return _whole(name.literal)
    family = _folded(name.family)
    if "," in family or " and " in f" {family.lower()} ":
        family = f"{{{family}}}"
    return ", ".join(filter(None, (family, _folded(name.suffix), _folded(name.given))))


def dates(date: str) -> list[tuple[str, str]]:
    """Give the fields ``date``, ``year`` and ``month`` of a date in EDTF or of any other text."""
    parts = parted(date)
    if parts is None:
        return [("date" if is_date(date) else "year", date if is_date(date) else latex(date))]
    month = parts.begin[1] if len(parts.begin) > 1 else 0
    return [
        ("date", date),
        ("year", f"{parts.begin[0]:04}"),
        ("month", MONTHS[month - 1] if month else ""),
    ]


def _is_known(date: str) -> bool:
    # `parted` is fast, and says enough of nearly every date.
    return bool(date) and (parted(date) is not None or is_date(date))


def langid(language: str) -> str:
    """Give babel's name of a language, or nothing where it has none that we know."""
    tag = language.lower()
    return BABEL.get(tag) or BABEL.get(tag.partition("-")[0], "")


def verbatim(address: str) -> str:
    """Give an address for a field that LaTeX reads verbatim; braces and spaces are encoded."""
    # An unbalanced brace would end the field, and nothing could escape it there.
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", address)


@lru_cache(maxsize=1024)  # Names and the edition's title stand in the entries of many records.
def _folded(text: str) -> str:
    return latex(fold_space(text))


def _whole(text: str) -> str:
    folded = _folded(text)
    return f"{{{folded}}}" if folded else ""
