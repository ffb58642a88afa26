"""Says a plan to the one who asked for it: as a table, or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ontherecord.counting import counted
from ontherecord.parting import FRONT, cost
from ontherecord.records import Contradiction, Quote

if TYPE_CHECKING:
    from ontherecord.edition import Edition
    from ontherecord.parting.plan import Part, Plan


def as_data(edition: Edition, plan: Plan) -> dict[str, Any]:
    """Give a plan as objects: its parts, what moves, and what it is likely to cost."""
    costs, whole = cost.of_parts(edition, plan), cost.of_whole(edition)
    moved = plan.volumes
    return {
        "by": plan.criterion,
        "parts": [_part(edition, part, costs[part.name]) for part in plan.parts.values()],
        "moved": {
            "articles": sum(len(part.articles) for part in moved),
            "records": sum(len(part.records) for part in moved),
        },
        "cost": {
            "whole": round(whole, 1),
            "parts": round(sum(costs.values()), 1),
            "longest": round(max(cost for name, cost in costs.items() if name != FRONT), 1),
            "ratio": round(sum(costs.values()) / whole, 2),
        },
    }


def _part(edition: Edition, part: Part, seconds: float) -> dict[str, Any]:
    records = [edition.records[name] for name in part.records]
    return {
        "name": part.name,
        "articles": len(part.articles),
        "statements": sum(isinstance(one, Quote) for one in records),
        "contradictions": sum(isinstance(one, Contradiction) for one in records),
        "records": len(records),
        "copies": len(part.copies),
        "names": dict(sorted(part.crossing.items())),
        "kilobytes": round(part.size / 1000),
        "seconds": round(seconds, 1),
    }


def as_json(edition: Edition, plan: Plan) -> str:
    """Give a plan as JSON."""
    return json.dumps(as_data(edition, plan), ensure_ascii=False, indent=2) + "\n"


def as_text(edition: Edition, plan: Plan) -> str:
    """Give a plan as a table, and below it what moves and what it is likely to cost."""
    data = as_data(edition, plan)
    head = ("part", "articles", "statements", "cases", "copies", "crossing", "kB", "CPU, s")
    rows = [
        (
            one["name"],
            *(one["articles"], one["statements"], one["contradictions"], one["copies"]),
            *(sum(one["names"].values()), one["kilobytes"], one["seconds"]),
        )
        for one in data["parts"]
    ]
    table = [head, *(tuple(map(str, row)) for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    lines = [
        "  ".join(
            text.ljust(width) if column == 0 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    moved, seconds = data["moved"], data["cost"]
    lines += [
        "",
        f"{counted(moved['articles'], 'article')} and {counted(moved['records'], 'record')} "
        "move into volumes; each old address leads to the new one.",
        f"All parts take about {seconds['ratio']:.2f} times the CPU of one build "
        f"({seconds['parts']:.0f} s for {seconds['whole']:.0f} s), the longest volume "
        f"{seconds['longest']:.0f} s.",
    ]
    return "\n".join([*lines, ""])
