"""Where the nodes of a layered graph stand in their layers: Sugiyama's layout by grandalf.

Only its ``graph_core`` is used: ``Graph`` gathers edges in a set, whose order
changes from run to run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PITCH: Final = 50
"""Two lines of a label and a little air, in user units."""

_ROUNDS: Final = 8


@dataclass(slots=True)
class _View:
    """A node's measure across and along the layers, and the place that grandalf gives it."""

    w: float
    h: float
    xy: tuple[float, float] = (0.0, 0.0)


def heights(count: int, edges: Sequence[tuple[int, int]]) -> list[float]:
    """Give each node's height in its layer, in user units, for a connected graph of two or more.

    Nodes are the numbers below ``count``; an edge leads to the layer on the right.
    """
    from grandalf.graphs import Edge, Vertex, graph_core
    from grandalf.layouts import SugiyamaLayout

    vertices = [Vertex(number) for number in range(count)]
    for vertex in vertices:
        vertex.view = _View(_PITCH, 10)
    graph = graph_core(vertices, [Edge(vertices[one], vertices[other]) for one, other in edges])
    targets = {other for _, other in edges}
    layout = SugiyamaLayout(graph)
    layout.xspace = 0
    layout.init_all(roots=[vertices[one] for one in range(count) if one not in targets])
    layout.draw(_ROUNDS)
    return [float(vertex.view.xy[0]) for vertex in vertices]
