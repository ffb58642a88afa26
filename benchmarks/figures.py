"""The arithmetic of the benchmarks: medians, ratios, exponents of growth, and verdicts on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def middle(runs: Sequence[float]) -> float:
    """Give the median of some runs, which one disturbed run does not move."""
    return float(median(runs))


def ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """Give the median of ours beside the median of the other's."""
    return middle(ours) / middle(others)


def exponent(small: float, large: float, times: float) -> float:
    """Give the power of the size with which a cost grew when the size grew so many times.

    1 is linear and 2 quadratic. A cost that is there at any size makes it less.
    """
    return math.log(large / small) / math.log(times)


def added_exponent(costs: Sequence[float]) -> float:
    """Give the power with which a cost grows over three sizes, each twice the one before.

    What is added from size to size is compared, so that the cost of an empty
    build does not flatter: linear growth adds twice as much at the second step.
    """
    first, second, third = costs
    return math.log2((third - second) / (second - first))


def times(number: float) -> str:
    """Say a ratio."""
    return f"{number:.2f}"
