"""What the build of each part is likely to cost, beside the build of the whole.

The figures are seconds of CPU, measured with ``benchmarks/parting.py``; on another machine
all of them are other, and their proportions much the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.records import Quote

if TYPE_CHECKING:
    from ontherecord.edition import Edition
    from ontherecord.parting.plan import Part, Plan

START: Final = 1.7
"""What a build takes before it reads anything."""
ARTICLE: Final = 0.0075
STATEMENT: Final = 0.0030
"""With its page, its citation and all exports."""
OTHER: Final = 0.0013
"""A speaker, a contradiction or a note; a copy of one as well."""
MOVED: Final = 0.00036
"""In the front, of what has moved: its row in a register, and what stands at its old address."""
SIZE: Final = 200
GROWTH: Final = 0.04
"""These are of editions of so many articles; one of ten times as many takes a tenth more each."""


def _seconds(articles: int, statements: int, others: int) -> float:
    each = ARTICLE * articles + STATEMENT * statements + OTHER * others
    growth: float = (max(articles, SIZE) / SIZE) ** GROWTH
    return START + each * growth


def of_part(edition: Edition, part: Part, moved: int = 0) -> float:
    """Give the likely seconds of a part's build; ``moved`` is how much has moved out of it."""
    statements = sum(isinstance(edition.records[name], Quote) for name in part.records)
    others = len(part.records) - statements + len(part.copies)
    return _seconds(len(part.articles), statements, others) + MOVED * moved


def of_whole(edition: Edition) -> float:
    """Give the likely seconds of the build of an edition that is not parted."""
    statements = len(edition.quotes)
    return _seconds(len(edition.articles), statements, len(edition.records) - statements)


def of_parts(edition: Edition, plan: Plan) -> dict[str, float]:
    """Give the likely seconds of each part's build."""
    moved = sum(len(part.records) + len(part.articles) for part in plan.volumes)
    return {
        name: of_part(edition, part, moved if part.is_front else 0)
        for name, part in plan.parts.items()
    }
