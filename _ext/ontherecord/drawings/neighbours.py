"""One record and its neighbours: who said it, what contradicts it, who answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from ontherecord.drawings.layers import heights
from ontherecord.drawings.marks import Sort, drawing, link, mark, number, text
from ontherecord.drawings.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 620
MOST: Final = 5
"""Most nodes on the left, most cases, and most statements of one case."""

_LEFT: Final = 150

_Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Node:
    """A record, as its mark and two lines: its name, and what it is or says."""

    name: str
    words: str = ""
    href: str = ""
    sort: Sort = "quotation"


@dataclass(frozen=True, slots=True)
class Case:
    """A contradiction: what it does, where it stands, its other sides and its answers."""

    name: str = ""
    href: str = ""
    tension: bool = False
    sides: tuple[Node, ...] = ()
    answers: tuple[Node, ...] = ()


def draw_neighbours(
    centre: Node, left: Sequence[Node], cases: Sequence[Case], right: Sequence[Node] = ()
) -> str:
    """Give the record in the midst of its neighbours as SVG, 620 user units wide.

    ``right`` are neighbours that no case stands before: a contradiction's
    answers, a speaker's statements. At most five of each are drawn. Nothing
    is given for a record without neighbours.
    """
    left, cases, right = left[:MOST], cases[:MOST], right[:MOST]
    if not (left or cases or right):
        return ""
    ends: list[Node] = []
    edges: list[tuple[int, int]] = []
    middle = 1 + len(left)
    edges += [(1 + index, 0) for index in range(len(left))]
    behind = middle + len(cases) + bool(right)
    for index, nodes in enumerate([*map(_shown, cases), *([right] if right else [])]):
        edges.append((0, middle + index))
        for node in nodes:
            if node not in ends:
                ends.append(node)
            edge = (middle + index, behind + ends.index(node))
            if edge not in edges:
                edges.append(edge)
    y = heights(behind + len(ends), edges)
    top = min(y) - 36
    y = [one - top for one in y]
    x_centre = 248.0 if left else 60.0
    x_case = x_centre + 128
    x_end = x_case + 42 if cases else x_centre + 100
    lines = [_curve(_LEFT, y[1 + index], x_centre, y[0]) for index in range(len(left))]
    for one, other in edges:
        if middle <= one < middle + len(cases):
            lines.append(_curve(x_case, y[one], x_end, y[other]))
        elif one == middle + len(cases):
            lines.append(_curve(x_centre, y[0], x_end, y[other]))
        elif not one and other < middle + len(cases):
            lines.append(_curve(x_centre, y[0], x_case, y[other]))
    marks = [_node(node, _LEFT, y[1 + index], "end", _LEFT - 14) for index, node in enumerate(left)]
    marks += [
        _case(case, x_case, y[middle + index], above=y[middle + index] < y[0] - 1)
        for index, case in enumerate(cases)
    ]
    room = WIDTH - x_end - 12
    marks += [
        _node(node, x_end, y[behind + index], "start", room) for index, node in enumerate(ends)
    ]
    name = text(shorten(clean(centre.name), 100))
    about = (
        f'<text x="{number(x_centre)}" y="{number(y[0] - 20)}" text-anchor="middle">{name}</text>'
    )
    marks.append(link(centre.href, mark(centre.sort, x_centre, y[0]) + about))
    return drawing(
        "map", f'viewBox="0 0 {WIDTH} {number(max(y) + 34)}"', "".join(lines) + "".join(marks)
    )


def _shown(case: Case) -> Sequence[Node]:
    """Give a case's statements, five at most: answers keep two places."""
    kept = max(MOST - len(case.answers), MOST - 2)
    sides = case.sides[:kept]
    return [*sides, *case.answers[: MOST - len(sides)]]


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    begin = f'<path d="M{number(x)} {number(y)}'
    if abs(y - to_y) < 0.01:
        return f'{begin}H{number(to_x)}"/>'
    half = number((x + to_x) / 2)
    return f'{begin}C{half} {number(y)} {half} {number(to_y)} {number(to_x)} {number(to_y)}"/>'


def _node(node: Node, x: float, y: float, anchor: _Anchor, room: float) -> str:
    at = f'x="{number(x - 12 if anchor == "end" else x + 12)}" text-anchor="{anchor}"'
    name = text(shorten(clean(node.name), room))
    inside = f'{mark(node.sort, x, y)}<text {at} y="{number(y + 5)}">{name}</text>'
    if node.words:
        words = text(shorten(clean(node.words), room))
        inside += f'<text class="it" {at} y="{number(y + 23)}">{words}</text>'
    return link(node.href, inside)


def _case(case: Case, x: float, y: float, *, above: bool) -> str:
    """Give a case, with its name on the side of its line that no other line comes from."""
    inside = mark("contradicted", x, y, dashed=case.tension)
    if case.name:
        name = text(shorten(clean(case.name), 62))
        inside += (
            f'<text class="it" x="{number(x - 8)}" y="{number(y - 9 if above else y + 21)}"'
            f' text-anchor="end">{name}</text>'
        )
    return link(case.href, inside)
