"""The best intakes while every point stays open or closed as it is: a linear programme, once openings are held.

What it costs says how much of a plan's distance to the bound is whole steps, and its intakes lead the search to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.planning.arrays import used_of
from chanjiao.engines.planning.linear import Kind, Linear, highs_of, linear_of, run_until
from chanjiao.engines.planning.problem import Floats, Indices, Problem

NEAR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Intake in steps (n × T, fractions of a step too) and what it costs: no plan with these openings costs less."""

    steps: Floats
    value: float


class Openings:
    """A problem whose openings can be held; the linear programme is built once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._linear = linear_of(problem, Kind.SHARES)

    def held(self, level: Indices, seconds: float, stopped: Callable[[], bool]) -> Held | None:
        """The best intakes with the openings of `level` (n × T, −1 for closed); None when not found by then."""
        options: dict[str, bool | float | str] = {"solver": "ipm", "run_crossover": "off", "time_limit": seconds}
        solver = highs_of(self._with(level >= 0), options)
        if not run_until(solver, stopped):
            return None
        steps = np.array(solver.getSolution().col_value)[: level.size].reshape(level.shape)
        return Held(steps, float(solver.getInfo().objective_function_value))

    def _with(self, is_open: NDArray[np.bool_]) -> Linear:
        linear, size = self._linear, is_open.size
        low, high = linear.low.copy(), linear.high.copy()
        begin, held = linear.columns["open"], is_open.ravel().astype(np.float64)
        low[begin : begin + size] = high[begin : begin + size] = held
        low[:size] = np.repeat(self._problem.first_level, is_open.shape[1]) * held
        high[:size] *= held
        return replace(linear, low=low, high=high)


def rounded(problem: Problem, level: Indices, steps: Floats) -> Indices:
    """`steps` in whole ones with the openings of `level`: the nearest, or the lower ones where a limit would break."""
    lower = np.floor(steps + NEAR)
    nearest = np.rint(steps)
    broken = used_of(problem, nearest * problem.step[:, None]) > problem.limit_amount * (1 + NEAR**2)
    entries = problem.use.tocoo()
    point, year = entries.col[broken[entries.row]], problem.limit_year[entries.row[broken[entries.row]]]
    nearest[point, year] = lower[point, year]
    return np.where(level >= 0, np.maximum(nearest.astype(np.int64), problem.first_level[:, None]), -1)
