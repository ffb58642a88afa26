"""The apparatus as scholars set it: a lemma, the readings that depart from it, and who has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.tokens import MARKED, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.evidence.collation import Collation

CONTEXT: Final = 1
"""How many words of the quote stand as the lemma where a witness adds to them."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What some witnesses have for the lemma: other words, or none.

    ``how`` is nothing for words, ``dropped`` for words left out with no sign,
    ``elided`` for words left out with an ellipsis.
    """

    words: str
    witnesses: tuple[int, ...]
    how: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place: the quote's words there, and how witnesses depart from them.

    ``adds`` tells that the lemma is not replaced but followed by the words.
    """

    lemma: str
    variants: tuple[Variant, ...]
    adds: bool = False


def entries(collation: Collation) -> list[Entry]:
    """Give the places at which witnesses depart from the first of them, in order of the text."""
    found = []
    run: list[int] = []
    for column in range(len(collation.columns) + 1):
        if column < len(collation.columns) and not _is_shared(collation, column):
            run.append(column)
        elif run:
            entry = _entry(collation, run[0], run[-1] + 1)
            if entry:
                found.append(entry)
            run = []
    return found


def _covers(collation: Collation, witness: int, begin: int, end: int) -> bool:
    """Tell whether a witness was seen to print something, or nothing, at a place."""
    first, last = collation.extents[witness]
    return first < last and first < end and begin < last


def _is_shared(collation: Collation, column: int) -> bool:
    forms = set()
    for witness in range(len(collation.witnesses)):
        token = collation.token(column, witness)
        if token:
            forms.add(token.norm)
        elif _covers(collation, witness, column, column + 1):
            return False
    return len(forms) <= 1


def _numbers(collation: Collation, witness: int, begin: int, end: int) -> list[int]:
    numbers = (collation.columns[column][witness] for column in range(begin, end))
    return [number for number in numbers if number is not None]


def _entry(collation: Collation, begin: int, end: int) -> Entry | None:
    base = _numbers(collation, 0, begin, end)
    norm = [collation.witnesses[0].tokens[number].norm for number in base]
    variants: dict[tuple[str, str], tuple[str, list[int]]] = {}
    for witness in range(1, len(collation.witnesses)):
        if not _covers(collation, witness, begin, end):
            continue
        have = _numbers(collation, witness, begin, end)
        tokens = collation.witnesses[witness].tokens
        if [tokens[number].norm for number in have] == norm:
            continue
        how = "" if have else _how(collation, witness, end)
        if how == UNSEEN:
            continue
        key = (" ".join(tokens[number].norm for number in have), how)
        shown = collation.witnesses[witness].shown(have)
        variants.setdefault(key, (shown, []))[1].append(witness)
    if not variants:
        return None
    listed = tuple(Variant(shown, tuple(who), how) for (_, how), (shown, who) in variants.items())
    if base:
        return Entry(collation.witnesses[0].shown(base), listed)
    before = _numbers(collation, 0, 0, begin)[-CONTEXT:]
    after = _numbers(collation, 0, end, len(collation.columns))[:CONTEXT]
    return Entry(collation.witnesses[0].shown(before or after), listed, adds=bool(before))


def _how(collation: Collation, witness: int, end: int) -> str:
    """Tell how a witness leaves out what others have before a column."""
    after = next(
        (
            token
            for column in range(end, len(collation.columns))
            if (token := collation.token(column, witness)) is not None
        ),
        None,
    )
    gap = after.gap if after else collation.witnesses[witness].gap
    return {UNSEEN: UNSEEN, MARKED: "elided"}.get(gap, "dropped")


def sigla(labels: Sequence[str]) -> list[str]:
    """Give each witness a siglum: the first letters of its name, as few as tell it apart."""
    given: list[str] = []
    for label in labels:
        words = ["".join(filter(str.isalnum, word)) for word in label.split()]
        words = [word for word in words if word and word.lower() not in {"the", "a", "el", "la"}]
        capitals = "".join(word[0] for word in words).upper() or "W"
        tries = [capitals[:count] for count in range(1, len(capitals) + 1)]
        tries += [f"{capitals[0]}{number}" for number in range(2, len(labels) + 2)]
        given.append(next(one for one in tries if one not in given))
    return given
