"""Why no relaxed plan exists: the lowest intake that the greatest change allows already breaks a limit.

Use of a limit only grows with intake, and the intake that falls as fast as it may is lowest in every year at once. So
the relaxation has a plan exactly when that one keeps all limits, and a conflict is one limit with the fewest points
whose lowest intakes exceed it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chanjiao.engines.planning.arrays import used_of
from chanjiao.engines.planning.problem import Floats, Problem

NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Conflict:
    """Limit row (−1: a point's own greatest number of seats), year, the points, what they need, what there is."""

    limit: int
    year: int
    points: tuple[int, ...]
    needed: float
    there: float


def conflict_of(problem: Problem) -> Conflict | None:
    """The smallest conflict of the relaxed problem; None when it has a plan. Linear in points × years."""
    if problem.settings.max_change is None:
        return None
    lowest = _lowest(problem)
    above = np.argwhere(lowest > problem.seats_max[:, None] + NEAR)
    if len(above):
        point, t = (int(one) for one in above[0])
        year = problem.years[t]
        return Conflict(-1, year, (point,), float(lowest[point, t]), float(problem.seats_max[point]))
    over = np.flatnonzero(used_of(problem, lowest) > problem.limit_amount * (1 + NEAR) + NEAR)
    conflicts = [_fewest(problem, lowest, int(row)) for row in over]
    return min(conflicts, key=lambda one: (len(one.points), one.limit), default=None)


def _lowest(problem: Problem) -> Floats:
    falls = np.arange(1, len(problem.years) + 1) * problem.largest_change[:, None]
    return np.asarray(np.maximum(0.0, problem.seats_now[:, None] - falls))


def _fewest(problem: Problem, lowest: Floats, row: int) -> Conflict:
    """The points that take most, as many as exceed the limit."""
    use = problem.use[[row], :].tocoo()
    t = int(problem.limit_year[row])
    takes = use.data * lowest[use.col, t]
    order = np.argsort(-takes, kind="stable")
    summed = np.cumsum(takes[order])
    count = int(np.searchsorted(summed, problem.limit_amount[row] + NEAR, side="right")) + 1
    points = tuple(int(use.col[one]) for one in order[:count])
    needed = float(summed[min(count, len(summed)) - 1])
    return Conflict(row, problem.years[t], points, needed, float(problem.limit_amount[row]))
