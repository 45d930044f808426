# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""The cheapest plan of one point under prices, over its corner levels alone, compiled; import this only when needed.

Where changes are free and a point's limits leave it all its levels, costs under prices are linear between the least
class and the most, bent only at today's intake: some cheapest plan stands on these levels in every year (a sum of
linear costs and changes splits into one such choice for each seat). So a handful of states replaces all levels.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.planning.arrays import Arrays
from chanjiao.engines.planning.compiled import NEAR
from chanjiao.engines.planning.problem import Indices

MOST_CORNERS = 5
"""Closed, the least class, today's intake rounded down and up, and the most."""


@njit(cache=True)
def corners_suffice(a: Arrays, i: int, top: Indices) -> bool:
    """Whether point i has levels, all of them in every year (`top`), and may move between any two."""
    states = a.last[i] - a.first[i] + 1
    free = a.change_bound[i] >= max(a.step[i] * (a.last[i] + 1), a.now[i])
    return bool(states > 0 and free and np.all(top == states))


@njit(cache=True)
def cheapest_corners(a, i, per_seat, per_open, best, before, level):  # type: ignore[no-untyped-def]
    """`level[i]` becomes a cheapest plan when a seat costs `per_seat[t]` and standing open `per_open[t]`; its cost."""
    years = len(per_seat)
    steps = np.empty(MOST_CORNERS, np.int64)
    steps[0], steps[1], steps[4] = -1, a.first[i], a.last[i]
    steps[2] = min(max(int(np.floor(a.now[i] / a.step[i] + NEAR)), a.first[i]), a.last[i])
    steps[3] = min(max(int(np.ceil(a.now[i] / a.step[i] - NEAR)), a.first[i]), a.last[i])
    seats = a.step[i] * np.maximum(0, steps)
    costs = (a.change, a.open_cost[i], a.close_cost[i])
    for k in range(MOST_CORNERS):
        best[0, k] = _move(costs, a.now[i], a.now[i] > 0, seats[k], k > 0)
        best[0, k] += per_seat[0] * seats[k] + per_open[0] * min(k, 1)
    for t in range(1, years):
        for k in range(MOST_CORNERS):
            best[t, k], before[t, k] = np.inf, 0
            for old in range(MOST_CORNERS):
                moved = best[t - 1, old] + _move(costs, seats[old], old > 0, seats[k], k > 0)
                if moved < best[t, k]:
                    best[t, k], before[t, k] = moved, old
            best[t, k] += per_seat[t] * seats[k] + per_open[t] * min(k, 1)
    last = int(np.argmin(best[years - 1, :MOST_CORNERS]))
    total = best[years - 1, last]
    for t in range(years - 1, -1, -1):
        level[i, t] = steps[last]
        last = before[t, last]
    return total


@njit(cache=True)
def _move(costs, seats, was_open, then, is_open):  # type: ignore[no-untyped-def]
    """What it costs to go from `seats` to `then`; takes no arrays, for numba counts references to each."""
    change, opens, closes = costs
    cost = change * abs(then - seats)
    if is_open and not was_open:
        cost += opens
    if was_open and not is_open:
        cost += closes
    return cost
