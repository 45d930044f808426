"""The best intakes while every point stays open or closed as it is: a linear programme, once openings are held.

What it costs says how much of a plan's distance to the bound is whole steps, and its intakes lead the search to them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.planning.arrays import supply_of, used_of
from chanjiao.engines.planning.first_order import Start, reached
from chanjiao.engines.planning.grouped import Grouped, grouped_of, with_openings
from chanjiao.engines.planning.linear import Kind, Linear, highs_of, linear_of, run_until
from chanjiao.engines.planning.objective import flow_objective, whole_objective
from chanjiao.engines.planning.prices import Guide
from chanjiao.engines.planning.problem import Floats, Indices, Problem

NEAR = 1e-6
STEPS_FROM = 10_000
"""Points × years from which first-order steps find the best intakes, where changes are free; below, HiGHS."""
NEAR_ENOUGH = 1e-4
"""The gap at which steps stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Intake in steps (n × T, fractions of a step too) and what it costs: no plan with these openings costs less."""

    steps: Floats
    value: float


def takes_steps(problem: Problem) -> bool:
    """Whether first-order steps find the best intakes of held openings."""
    return len(problem.points) * len(problem.years) >= STEPS_FROM and problem.settings.max_change is None


class Openings:
    """A problem whose openings can be held; what they leave as it is, is built once, when it is wanted."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def held(self, level: Indices, guide: Guide, seconds: float, stopped: Callable[[], bool]) -> Held | None:
        """The best intakes with the openings of `level` (n × T, −1 for closed); None when not found by then."""
        if takes_steps(self._problem):
            return self._by_steps(level, guide, seconds, stopped)
        options: dict[str, bool | float | str] = {"solver": "ipm", "run_crossover": "off", "time_limit": seconds}
        solver = highs_of(self._with(level >= 0), options)
        if not run_until(solver, stopped):
            return None
        steps = np.array(solver.getSolution().col_value)[: level.size].reshape(level.shape)
        return Held(steps, float(solver.getInfo().objective_function_value))

    def _by_steps(self, level: Indices, guide: Guide, seconds: float, stopped: Callable[[], bool]) -> Held:
        """First-order steps from `level` and the prices of `guide`."""
        end, problem = time.monotonic() + seconds, self._problem
        seats = np.maximum(level, 0) * problem.step[:, None]
        start = Start(np.ascontiguousarray(seats.T), guide.short - guide.over, guide.limit)
        grouped = with_openings(self._grouped, problem, level >= 0)
        found = reached(grouped, start, NEAR_ENOUGH, lambda: time.monotonic() >= end or stopped())
        opened = whole_objective(problem, level) - flow_objective(problem, seats, supply_of(problem, seats))
        return Held(found.intake.T / problem.step[:, None], found.value + opened)

    @cached_property
    def _grouped(self) -> Grouped:
        return grouped_of(self._problem, len(self._problem.years))

    @cached_property
    def _linear(self) -> Linear:
        return linear_of(self._problem, Kind.SHARES)

    def _with(self, is_open: NDArray[np.bool_]) -> Linear:
        linear, size = self._linear, is_open.size
        low, high = linear.low.copy(), linear.high.copy()
        begin, held = linear.columns["open"], is_open.ravel().astype(np.float64)
        low[begin : begin + size] = high[begin : begin + size] = held
        low[:size] = np.repeat(self._problem.first_level, is_open.shape[1]) * held
        high[:size] *= held
        return replace(linear, low=low, high=high)


def rounded(problem: Problem, level: Indices, steps: Floats) -> Indices:
    """`steps` in whole ones with the openings of `level`: the nearest, as far as limits that `steps` keep allow."""
    nearest = np.rint(steps)
    broken = used_of(problem, nearest * problem.step[:, None]) > problem.limit_amount * (1 + NEAR**2)
    for limit in np.flatnonzero(broken).tolist():
        _lower(problem, limit, steps, nearest)
    return np.where(level >= 0, np.maximum(nearest.astype(np.int64), problem.first_level[:, None]), -1)


def _lower(problem: Problem, limit: int, steps: Floats, nearest: Floats) -> None:
    """Of `nearest` those that were rounded up most are rounded down until `limit` holds."""
    entries, year = slice(*problem.use.indptr[limit : limit + 2]), problem.limit_year[limit]
    points = problem.use.indices[entries]
    taken = problem.use.data[entries] * problem.step[points]
    added = nearest[points, year] - steps[points, year]
    up = np.argsort(-added)[: np.count_nonzero(added > NEAR)]
    excess = float(taken @ nearest[points, year]) - problem.limit_amount[limit]
    if excess > 0:
        nearest[points[up[: np.searchsorted(np.cumsum(taken[up]), excess) + 1]], year] -= 1
