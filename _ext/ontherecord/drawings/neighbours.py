"""One record and its neighbours: who said it, what contradicts it, who answered."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ontherecord.drawings.layers import heights
from ontherecord.drawings.marks import Sort, drawing, link, mark, number, text
from ontherecord.drawings.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 620
MOST: Final = 5
"""Most nodes on the left, most cases, and most statements of one case."""

_CENTRE: Final = 116
"""The room of the label in the midst: as far as the name of a case reaches."""

_Anchor = Literal["start", "middle", "end"]


class Node(NamedTuple):
    """A record, as its mark and two lines: its name, and what it is or says."""

    name: str
    words: str = ""
    href: str = ""
    sort: Sort = "quotation"


class Case(NamedTuple):
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
    plan = _plan(len(left), len(cases), behind, len(ends), tuple(edges))
    marks = [
        _node(node, place, "end", place.x - 14) for node, place in zip(left, plan.left, strict=True)
    ]
    marks += [
        _case(case, place, above=place.y < plan.centre.y - 1)
        for case, place in zip(cases, plan.cases, strict=True)
    ]
    marks += [
        _node(node, place, "start", plan.room) for node, place in zip(ends, plan.ends, strict=True)
    ]
    x, y = plan.centre
    name = _label(centre.name, _CENTRE)
    about = f'<text x="{number(x)}" y="{number(y - 20)}" text-anchor="middle">{name}</text>'
    marks.append(link(centre.href, mark(centre.sort, x, y) + about))
    return drawing("map", f'viewBox="0 0 {WIDTH} {plan.height}"', plan.lines + "".join(marks))


class _Place(NamedTuple):
    x: float
    y: float


class _Plan(NamedTuple):
    """Where all stands, and the lines between; ``room`` is that of a label at an end."""

    lines: str
    centre: _Place
    left: tuple[_Place, ...]
    cases: tuple[_Place, ...]
    ends: tuple[_Place, ...]
    room: float
    height: str


@lru_cache(maxsize=1000)
def _plan(
    left: int, cases: int, behind: int, ends: int, edges: tuple[tuple[int, int], ...]
) -> _Plan:
    """Lay a drawing out, once for all records whose neighbours stand in the same way.

    ``behind`` is the number of the first end.
    """
    y = heights(behind + ends, edges)
    top = min(y) - 36
    y = [one - top for one in y]
    middle = 1 + left
    # Without cases between, what stands left and right has the same room.
    x_left = 150.0 if cases else 204.0
    x_centre = x_left + 98 if left else 60.0
    x_case = x_centre + 128
    x_end = x_case + 42 if cases else x_centre + 100
    lines = [_curve(x_left, y[1 + index], x_centre, y[0]) for index in range(left)]
    for one, other in edges:
        if middle <= one < middle + cases:
            lines.append(_curve(x_case, y[one], x_end, y[other]))
        elif one == middle + cases:
            lines.append(_curve(x_centre, y[0], x_end, y[other]))
        elif not one and other < middle + cases:
            lines.append(_curve(x_centre, y[0], x_case, y[other]))
    return _Plan(
        "".join(lines),
        _Place(x_centre, y[0]),
        tuple(_Place(x_left, one) for one in y[1:middle]),
        tuple(_Place(x_case, one) for one in y[middle : middle + cases]),
        tuple(_Place(x_end, one) for one in y[behind:]),
        WIDTH - x_end - 12,
        number(max(y) + 34),
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


@lru_cache(maxsize=4096)
def _label(words: str, room: float) -> str:
    """Give a label as it fits its room; names stand beside many records."""
    return text(shorten(clean(words), room))


@lru_cache(maxsize=1000)
def _lines(place: _Place, anchor: _Anchor) -> tuple[str, str]:
    """Give where the first and the second line of a node stand, as attributes."""
    x, y = place
    at = f'x="{number(x - 12 if anchor == "end" else x + 12)}" text-anchor="{anchor}"'
    return f'{at} y="{number(y + 5)}"', f'{at} y="{number(y + 23)}"'


@lru_cache(maxsize=1000)  # Who spoke stands beside many statements.
def _node(node: Node, place: _Place, anchor: _Anchor, room: float) -> str:
    first, second = _lines(place, anchor)
    inside = f"{mark(node.sort, *place)}<text {first}>{_label(node.name, room)}</text>"
    if node.words:
        inside += f'<text class="it" {second}>{_label(node.words, room)}</text>'
    return link(node.href, inside)


def _case(case: Case, place: _Place, *, above: bool) -> str:
    """Give a case, with its name on the side of its line that no other line comes from."""
    x, y = place
    inside = mark("contradicted", x, y, dashed=case.tension)
    if case.name:
        inside += (
            f'<text class="it" x="{number(x - 8)}" y="{number(y - 9 if above else y + 21)}"'
            f' text-anchor="end">{_label(case.name, 62)}</text>'
        )
    return link(case.href, inside)
