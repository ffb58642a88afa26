"""Words, exactly: what of a marked text is the speaker's, and how it is joined and cut."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OPENING_LIMIT: Final = 120
"""Most characters of opening words: two lines of a margin card."""

PAIRS: Final = {
    '"': '"',
    "'": "'",
    "“": "”",
    "‘": "’",
    "„": "“”",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "”": "”",
    "「": "」",
    "『": "』",
}
"""Opening quotation marks, each with those that close it."""

ELISION: Final = r"\[(?:…|\.\.\.)\]"
"""The editor's elision, ``[…]``, as a regular expression."""

_EDITORIAL: Final = {
    "edition": re.compile(rf"{ELISION}|\[[^\[\]]*\]"),
    "source": re.compile(ELISION),
}


def editorial(brackets: str = "edition") -> re.Pattern[str]:
    """Give what finds the editor's elisions, and insertions such as ``[word]``.

    Where ``brackets`` are the ``source``'s own, only the elisions are the editor's.
    """
    return _EDITORIAL[brackets]


BARRED: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold, not even as a reference (XML 1.0, 2.2)."""

_ALLOWED: Final = bytes(sorted({*range(256)} - ({*range(32)} - {*b"\t\n\r"})))
_NONCHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())


def barred(text: str) -> list[re.Match[str]]:
    """Give the characters of a text that no XML document can hold: most texts have none."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:  # Half of a surrogate pair.
        return list(BARRED.finditer(text))
    if encoded.translate(None, _ALLOWED) or any(one in encoded for one in _NONCHARACTERS):
        return list(BARRED.finditer(text))
    return []


_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_NO_END: Final = re.compile(
    r"(?:^|[\s(\[“‘\"'])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|vs|etc|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z](?:\.[A-Z])+|a\.m|p\.m)\.$"
)


def fold_space(text: str) -> str:
    """Give the text with each run of white space made one space, and none at its ends."""
    folded = " ".join(text.split())
    # Of most there need be no second; a text of docutils' is more than a string.
    return text if folded == text and type(text) is str else folded


_COLLAPSED: Final = re.compile("[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
"""Runs of white space, but for those that are one space, which is most of them."""


def collapse_space(text: str) -> str:
    """Give the text with white space collapsed as browsers do (CSS Text 3, 4.1.1).

    Spaces that do not break, and others that a writer chose, stay what they are.
    """
    if "  " not in text and text.isprintable():  # Which no white space is but the space.
        return text
    return _COLLAPSED.sub(" ", text)


_ELIDED: Final = re.compile(
    r"['‘’](?:tis|twas|twere|twill|em|cause|cuz|til|till|round|bout|n|nuff|neath|gainst)\b",
    re.IGNORECASE,
)
"""Words that begin with an apostrophe, which is then no quotation mark."""


def outer_marks(text: str) -> tuple[str, str, str]:
    """Part a text into the quotation mark that opens it, its words, and the mark that closes it.

    Only one matching pair is taken off, and only if the first mark is closed by
    the last: ``"A" and "B"`` is left whole, with empty marks.
    """
    if len(text) < 2 or text[0] not in PAIRS or text[-1] not in PAIRS[text[0]]:
        return "", text, ""
    inner = text[1:-1]
    if _closes_early(text[0], inner) or _ELIDED.match(text):
        return "", text, ""
    leading = len(inner) - len(inner.lstrip())
    trailing = len(inner) - len(inner.rstrip())
    return (
        text[0] + inner[:leading],
        inner.strip(),
        (inner[len(inner) - trailing :] if trailing else "") + text[-1],
    )


def _closes_early(opener: str, inner: str) -> bool:
    """Tell whether the opening mark is closed before the text's end."""
    closers = PAIRS[opener]
    if opener not in inner and not any(closer in inner for closer in closers):
        return False
    depth = 1
    for index, character in enumerate(inner):
        before = inner[index - 1] if index else ""
        after = inner[index + 1] if index + 1 < len(inner) else ""
        if character in closers:
            apostrophe = before.isalnum() and after.isalnum()
            if opener in "'‘‚" and (apostrophe or (before.isalnum() and after == " ")):
                continue  # An apostrophe, as in "sayin' it", looks like a closing mark.
            opens = opener in closers and (not before or before.isspace() or before in "([—–-")
            depth += 1 if opens else -1
        elif character == opener:
            depth += 1
        if depth == 0:
            return True
    return False


_DOUBLE: Final = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」"}


def stray_mark(paragraphs: Sequence[str]) -> str:
    """Give the quotation mark that opens or closes words and has no fellow, else nothing.

    A paragraph that goes on with a quotation opens it again and does not close it.
    """
    text = "\n\n".join(paragraphs)
    first, last = text[:1], text[-1:]
    if first in _DOUBLE and len(paragraphs) < 2:
        closers = _DOUBLE[first]
        fellows = sum(text.count(closer) for closer in closers)
        if (first in closers and fellows % 2) or fellows == 0:
            return first
    openers = [opener for opener, closers in _DOUBLE.items() if last in closers]
    if last and openers:
        fellows = sum(text.count(opener) for opener in openers)
        if (last in openers and text.count(last) % 2) or fellows == 0:
            return last
    return ""


_ENDS_ELIDED: Final = re.compile(rf"{ELISION}\s*$")
_BEGINS_ELIDED: Final = re.compile(rf"^\s*{ELISION}\s*")


def join(fragments: Sequence[str], *, contiguous: bool) -> str:
    """Give a quote's words: its fragments, with ``[…]`` between them unless they are contiguous.

    Where a fragment ends or begins with an elision of its own, that is the one between them.
    """
    words = ""
    for fragment in fragments:
        if not words:
            words = fragment
        elif _ENDS_ELIDED.search(words):
            words += f" {_BEGINS_ELIDED.sub('', fragment, count=1)}".rstrip()
        elif contiguous or _BEGINS_ELIDED.match(fragment):
            words += f" {fragment}"
        else:
            words += f" […] {fragment}"
    return words


def fingerprint(fragments: Sequence[str]) -> str:
    """Give the SHA-256 of the fragments, as 64 hexadecimal digits.

    What is hashed is the UTF-8 of the fragments as a JSON array (RFC 8259)
    without spaces and with no character escaped that need not be.
    """
    return hashlib.sha256(msgspec.json.encode(fragments)).hexdigest()


def opening(words: str) -> str:
    """Give the opening words: to the first sentence's end, at most `OPENING_LIMIT` characters.

    What is cut ends in ``…`` at a word's end.
    """
    text = fold_space(words)
    for match in _SENTENCE_END.finditer(text):
        if match.end() > OPENING_LIMIT:
            break
        if not _NO_END.search(text[: match.end()]):
            return text[: match.end()]
    if len(text) <= OPENING_LIMIT:
        return text
    cut = text[: OPENING_LIMIT - 1]
    within = " " in cut and not text[OPENING_LIMIT - 1].isspace()
    shorter = cut.rsplit(" ", 1)[0] if within else cut
    return shorter.rstrip(" ,;:—–-") + "…"


def pieces(text: str, brackets: str = "edition") -> list[str]:
    """Give the stretches of a text that are a speaker's, parted where an editor cut or put in.

    ``brackets`` says whose words in square brackets are: the ``edition``'s or the ``source``'s.
    """
    return [piece for piece in map(fold_space, editorial(brackets).split(text)) if piece]


def has_source_brackets(text: str, brackets: str) -> bool:
    """Tell whether words in square brackets are among a text's that are the source's own."""
    return brackets == "source" and any("[" in piece for piece in pieces(text, brackets))


def holds_in_order(words: str, fragments: Iterable[str], brackets: str = "edition") -> bool:
    """Tell whether words hold each fragment, character for character, one after the other."""
    text = fold_space(words)
    position = 0
    for fragment in fragments:
        for piece in pieces(fragment, brackets):
            found = text.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
    return True
