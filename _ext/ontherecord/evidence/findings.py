"""Findings: what the wordings of a quote show when they are held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.evidence.tokens import BREAK, MARKED, UNSEEN, normal_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ontherecord.evidence.collation import Collation

KINDS: Final = {
    "substitution": "the witnesses have different words in one place",
    "omission-marked": "words of another witness are left out, with an ellipsis",
    "omission-unmarked": "words of another witness are left out, with no sign",
    "splice": "sentences are joined that stand apart in another witness",
    "truncation": "the wording ends before the sentence does in another witness",
    "punctuation": "the same words are set with other punctuation",
    "translation": "the wording is in another language",
    "no-post": "no post is known that the speaker held on that day",
    "overlapping-posts": "the speaker has two posts of one name and body at one time",
}
"""Names of findings, as the files have them, and what each says."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding: its kind, the witnesses that show it, and the words it is about.

    A witness is named by the key of its source; where a source has the words in several places,
    from the second on with the place, as `witness_at` has it. ``witnesses`` begins with the one
    that departs: it omits, joins, cuts or renders; ``words`` are what it lacks, or each witness's
    words with its name.
    ``variants`` are the latter apart: words, and the witnesses that have them.
    """

    kind: str
    witnesses: tuple[str, ...]
    words: str
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()


def witness_at(key: str, locator: str) -> str:
    """Name a place in a source as a witness of its own; no key has a comma."""
    return f"{key}, {locator}"


def key_of(witness: str) -> str:
    """Give the key of a witness's source."""
    return witness.partition(", ")[0]


def find(collation: Collation, sources: Sequence[str]) -> list[Finding]:
    """Give the findings of a collation of wordings in one language, in the order of the text.

    ``sources`` names the witnesses, in the collation's order.
    """
    findings = [*_substitutions(collation, sources)]
    for witness in range(len(sources)):
        findings += _gaps(collation, sources, witness)
        findings += _truncation(collation, sources, witness)
    findings += _punctuation(collation, sources)
    return list(dict.fromkeys(findings))


def _substitutions(collation: Collation, sources: Sequence[str]) -> Iterator[Finding]:
    """Give the runs of columns in which witnesses have different words."""
    run: list[int] = []
    for column in range(len(collation.columns) + 1):
        if column < len(collation.columns) and collation.differing[column]:
            if run and not _same_witnesses(collation, run[-1], column):
                yield _substitution(collation, run, sources)
                run = []
            run.append(column)
        elif run:
            yield _substitution(collation, run, sources)
            run = []


def _same_witnesses(collation: Collation, one: int, other: int) -> bool:
    present = [[n is not None for n in collation.columns[column]] for column in (one, other)]
    return present[0] == present[1]


def _substitution(collation: Collation, run: Sequence[int], sources: Sequence[str]) -> Finding:
    variants: dict[str, tuple[str, list[str]]] = {}
    for witness, source in enumerate(sources):
        tokens = [collation.token(column, witness) for column in run]
        have = [token for token in tokens if token]
        if have:
            norm = " ".join(token.norm for token in have)
            text = " ".join(token.text for token in have)
            variants.setdefault(norm, (text, []))[1].append(source)
    return _parting("substitution", variants.values())


def _parting(kind: str, forms: Iterable[tuple[str, list[str]]]) -> Finding:
    """Give a finding in which each of several witnesses has words of its own."""
    variants = tuple((text, tuple(who)) for text, who in forms)
    words = " | ".join(f"{text} ({', '.join(who)})" for text, who in variants)
    return Finding(kind, tuple(source for _, who in variants for source in who), words, variants)


def _gaps(collation: Collation, sources: Sequence[str], witness: int) -> Iterator[Finding]:
    """Give what a witness leaves out between its own first and last word."""
    first, last = collation.extents[witness]
    column = first
    while column < last:
        if collation.columns[column][witness] is not None:
            column += 1
            continue
        end = column
        while end < last and collation.columns[end][witness] is None:
            end += 1
        yield from _gap(collation, sources, witness, column, end)
        column = end


def _gap(
    collation: Collation, sources: Sequence[str], witness: int, begin: int, end: int
) -> Iterator[Finding]:
    after = collation.token(end, witness)
    before = collation.token(begin - 1, witness)
    if after is None or before is None or after.gap == UNSEEN:
        return
    holder, held = _held(collation, sources, witness, begin, end)
    if not held:
        return
    if after.gap == MARKED:
        kind = "omission-marked"
    elif _is_splice(collation, holder, begin, end, broken=after.gap == BREAK, ends=before.ends):
        kind = "splice"
    else:
        kind = "omission-unmarked"
    yield _lacking(kind, sources[witness], held)


def _lacking(kind: str, source: str, held: dict[str, tuple[str, list[str]]]) -> Finding:
    """Give a finding of what a source lacks: what others have there, each its own words."""
    if len(held) == 1:
        ((words, having),) = held.values()
        return Finding(kind, (source, *having), words)
    finding = _parting(kind, held.values())
    return Finding(kind, (source, *finding.witnesses), finding.words, finding.variants)


def _held(
    collation: Collation, sources: Sequence[str], witness: int, begin: int, end: int
) -> tuple[int, dict[str, tuple[str, list[str]]]]:
    """Give what others have in a gap, the most words first, and who has most."""
    found: dict[int, list[int]] = {}
    for other in range(len(sources)):
        numbers = (collation.columns[column][other] for column in range(begin, end))
        have = [index for index in numbers if index is not None]
        if other != witness and have:
            found[other] = have
    held: dict[str, tuple[str, list[str]]] = {}
    for other in sorted(found, key=lambda other: -len(found[other])):
        tokens = collation.witnesses[other].tokens
        norm = " ".join(tokens[index].norm for index in found[other])
        shown = collation.witnesses[other].shown(found[other])
        held.setdefault(norm, (shown, []))[1].append(sources[other])
    return max(found, key=lambda other: len(found[other]), default=witness), held


def _is_splice(
    collation: Collation, holder: int, begin: int, end: int, *, broken: bool, ends: bool
) -> bool:
    """Tell whether a gap joins passages that stand apart in the witness that fills it.

    In one pair of quotation marks any whole sentence in between makes them so. Two
    pairs are nothing unusual in a report; they join passages that were apart where
    more than one sentence stood between, or so much that the witness leaves some out.
    """
    if not _whole_sentences(collation, holder, begin, end):
        return False
    if not broken:
        return ends
    numbers = (collation.columns[column][holder] for column in range(begin, end))
    have = [index for index in numbers if index is not None]
    tokens = collation.witnesses[holder].tokens[have[0] : have[-1] + 2]
    sentences = sum(token.ends for token in tokens[: len(have)])
    return sentences > 1 or any(token.gap for token in tokens[1:])


def _whole_sentences(collation: Collation, holder: int, begin: int, end: int) -> bool:
    """Tell whether what stands between is more than a word, and ends where a sentence does."""
    tokens = collation.witnesses[holder].tokens
    numbers = (collation.columns[column][holder] for column in range(begin, end))
    have = [index for index in numbers if index is not None]
    if len(have) < 2:
        return False
    first, last = have[0], have[-1]
    begins = first == 0 or tokens[first - 1].ends or bool(tokens[first].gap)
    parted = last + 1 < len(tokens) and bool(tokens[last + 1].gap)
    return begins and (tokens[last].ends or parted)


def _truncation(collation: Collation, sources: Sequence[str], witness: int) -> Iterator[Finding]:
    """Give where a witness ends before the sentence does in another."""
    end = collation.extents[witness][1]
    tokens = collation.witnesses[witness].tokens
    if not tokens or collation.witnesses[witness].gap:
        return
    going_on: dict[str, tuple[str, list[str]]] = {}
    for other in range(len(sources)):
        if other == witness:
            continue
        before = _last_before(collation, other, end)
        if before is None or collation.witnesses[other].tokens[before].ends:
            continue
        rest = _rest_of_sentence(collation, other, before + 1)
        if rest:
            going_on.setdefault(rest.casefold(), (rest, []))[1].append(sources[other])
    if going_on:
        longest = sorted(going_on, key=len, reverse=True)
        yield _lacking("truncation", sources[witness], {key: going_on[key] for key in longest})


def _last_before(collation: Collation, witness: int, column: int) -> int | None:
    """Give the number of a witness's last word before a column."""
    for earlier in range(column - 1, -1, -1):
        index = collation.columns[earlier][witness]
        if index is not None:
            return index
    return None


def _rest_of_sentence(collation: Collation, witness: int, index: int) -> str:
    tokens = collation.witnesses[witness].tokens
    rest: list[int] = []
    for number in range(index, len(tokens)):
        if tokens[number].gap:
            break
        rest.append(number)
        if tokens[number].ends:
            break
    return collation.witnesses[witness].shown(rest)


def _punctuation(collation: Collation, sources: Sequence[str]) -> Iterator[Finding]:
    """Give where the same two words stand in sequence with other punctuation between them."""
    for column in range(len(collation.columns) - 1):
        if collation.differing[column]:
            continue
        forms: dict[str, tuple[str, list[str]]] = {}
        for witness, source in enumerate(sources):
            here, after = collation.token(column, witness), collation.token(column + 1, witness)
            if here is None or after is None or after.gap:
                continue
            shown = f"{here.text}{here.between}{after.text}"
            forms.setdefault(normal_between(here.between), (shown, []))[1].append(source)
        if len(forms) > 1:
            yield _parting("punctuation", forms.values())
    yield from _final_punctuation(collation, sources)


def _final_punctuation(collation: Collation, sources: Sequence[str]) -> Iterator[Finding]:
    """Give where wordings end with one word and end its sentence in different ways."""
    last = len(collation.columns) - 1
    forms: dict[str, tuple[str, list[str]]] = {}
    for witness, source in enumerate(sources):
        token = collation.token(last, witness) if last >= 0 else None
        if token and token.ends and not collation.differing[last]:
            shown = f"{token.text}{token.between}".strip()
            forms.setdefault(normal_between(token.between), (shown, []))[1].append(source)
    if len(forms) > 1:
        yield _parting("punctuation", forms.values())
