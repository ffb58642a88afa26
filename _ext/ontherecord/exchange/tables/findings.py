"""What the wordings of a statement show, and the sources that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ontherecord.evidence.findings import KINDS, key_of
from ontherecord.evidence.quote_evidence import evidence
from ontherecord.exchange.tables.columns import POSITION, own, owner, part, parts, terms
from ontherecord.exchange.tables.table import Reference, Table
from ontherecord.exchange.tables.things import ALL_QUOTES, Things

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.evidence.findings import Finding
    from ontherecord.records import Quote


def _findings(edition: Edition, quote: Quote) -> tuple[Finding, ...]:
    return evidence(edition, quote).findings


class _Witness(NamedTuple):
    """A source that shows a finding, and the words that it has in that place."""

    quote: str
    finding: int
    position: int
    source: str
    words: str


def _witnesses(edition: Edition, quote: Quote) -> Iterator[_Witness]:
    for number, finding in enumerate(_findings(edition, quote), 1):
        having = [(source, words) for words, sources in finding.variants for source in sources]
        # Those that lack the words come first, and then who has which.
        lacking = finding.witnesses[: len(finding.witnesses) - len(having)]
        listed = [*((source, "") for source in lacking), *having]
        for position, (source, words) in enumerate(listed, 1):
            yield _Witness(quote.id, number, position, key_of(source), words)


FINDINGS: Final = (
    Table(
        "findings",
        "Findings",
        "What the wordings of a statement show when they are held against each other.",
        parts(ALL_QUOTES, _findings),
        (
            owner("quote", "quotes"),
            POSITION,
            part("kind", terms("What it is.", KINDS), is_asked_for=True),
            part("words", "The words that it is about."),
        ),
    ),
    Table(
        "finding_witnesses",
        "Witnesses of findings",
        "The sources that show a finding; the one that departs from the others comes first.",
        Things(ALL_QUOTES.kind, ALL_QUOTES.by_name, _witnesses),
        (
            own("quote", "The statement.", references="quotes", is_key=True),
            own("finding", "The position of the finding.", type="integer", is_key=True),
            POSITION,
            own("source", "The source.", references="sources"),
            own("words", "What it has in that place, where the sources have different words."),
        ),
        compound=(Reference(("quote", "finding"), "findings", ("quote", "position")),),
        is_derived=True,
    ),
)
