"""What the build of each part is likely to cost, beside the build of the whole.

The weights are seconds of CPU, measured with ``benchmarks/parting.py``; on another machine
all of them are other, and their proportions much the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ontherecord.records import Quote

if TYPE_CHECKING:
    from ontherecord.edition import Edition
    from ontherecord.parting.plan import Part, Plan

START: Final = 2.5
"""What a build takes before it reads anything."""
ARTICLE: Final = 0.02
STATEMENT: Final = 0.01
"""With its page, its citation and all exports."""
OTHER: Final = 0.008
"""A speaker, a contradiction or a note; a copy of one as well."""
REDIRECT: Final = 0.0002
"""A page at an old address, and the files beside it."""


def of_part(edition: Edition, part: Part, moved: int = 0) -> float:
    """Give the likely seconds of a part's build; ``moved`` are its pages at old addresses."""
    statements = sum(isinstance(edition.records[name], Quote) for name in part.records)
    others = len(part.records) - statements + len(part.copies)
    return (
        START
        + ARTICLE * len(part.articles)
        + STATEMENT * statements
        + OTHER * others
        + REDIRECT * moved
    )


def of_whole(edition: Edition) -> float:
    """Give the likely seconds of the build of an edition that is not parted."""
    statements = len(edition.quotes)
    return (
        START
        + ARTICLE * len(edition.articles)
        + STATEMENT * statements
        + OTHER * (len(edition.records) - statements)
    )


def of_parts(edition: Edition, plan: Plan) -> dict[str, float]:
    """Give the likely seconds of each part's build."""
    moved = sum(len(part.records) + len(part.articles) for part in plan.volumes)
    return {
        name: of_part(edition, part, moved if part.is_front else 0)
        for name, part in plan.parts.items()
    }
