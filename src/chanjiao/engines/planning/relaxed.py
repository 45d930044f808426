"""The relaxation, by the fastest method for its size, with the prices of limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.planning.balance_prices import first_prices
from chanjiao.engines.planning.conflict import Conflict, conflict_of
from chanjiao.engines.planning.first_order import Start, reached
from chanjiao.engines.planning.grouped import grouped_of
from chanjiao.engines.planning.linear import Kind, highs_of, linear_of, never, run_until
from chanjiao.engines.planning.problem import Floats, Problem
from chanjiao.engines.planning.shortening import last_that_counts, shortened

SIMPLEX_UP_TO = 20_000
"""Entries up to which the simplex method is the faster one; above it the interior point method without crossover."""
FIRST_ORDER_FROM = 3_000_000
"""Entries from which only first-order methods end in minutes, at a lower accuracy."""
OWN_FROM = 400_000
"""Points × years from which the first-order method is our own, where changes are free."""
ACCURACY = 1e-4
"""The gap at which first-order methods stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """Intake (n × T), the dual value, the price of each limit (L), and which method found them."""

    intake: Floats
    bound: float
    prices: Floats
    method: str


def relaxed_optimum(problem: Problem, seconds: float, stopped: Callable[[], bool] = never) -> Relaxed:
    """The optimum of the relaxation to 1e-6 (1e-4 by first-order methods); `planning.conflict` where none exists.

    When time is over, or it is `stopped`, our own method gives what it has; HiGHS's raise `planning.no_relaxed_plan`.
    """
    conflict = conflict_of(problem)
    if conflict is not None:
        raise conflict_error(problem, conflict)
    if len(problem.points) * len(problem.years) >= OWN_FROM and problem.settings.max_change is None:
        return by_first_order(problem, seconds, stopped)
    return _by_highs(problem, seconds, stopped)


def by_first_order(problem: Problem, seconds: float, stopped: Callable[[], bool] = never) -> Relaxed:
    """The best plan met by our own first-order method, and the best bound; changes must be free."""
    end, kept = time.monotonic() + seconds, last_that_counts(problem) + 1
    grouped, later = grouped_of(problem, kept), len(problem.years) - kept
    today = np.repeat(problem.seats_now[None, :], kept, axis=0)
    start = Start(today, first_prices(grouped.demand), np.zeros(len(problem.limits)))
    found = reached(grouped, start, ACCURACY, lambda: time.monotonic() >= end or stopped())
    whole = _within(problem, np.pad(found.intake.T, ((0, 0), (0, later)), mode="edge"))
    return Relaxed(whole, found.bound, found.limit_prices, "primal-dual steps")


def _by_highs(problem: Problem, seconds: float, stopped: Callable[[], bool]) -> Relaxed:
    linear = linear_of(problem, Kind.RELAXED)
    small = shortened(problem, linear)
    method = _method(small.linear.matrix.nnz)
    options: dict[str, bool | float | str] = {"solver": method, "run_crossover": "off", "time_limit": max(0.1, seconds)}
    if method == "hipdlp":
        options |= {"kkt_tolerance": ACCURACY, "pdlp_optimality_tolerance": ACCURACY}
    if method == "ipm":
        options |= {"presolve": "off"}  # it takes longer than what it takes out here saves
    solver = highs_of(small.linear, options)
    if not run_until(solver, stopped):
        raise ChanjiaoError("planning.no_relaxed_plan", seconds=f"{seconds:g}")
    solution, info = solver.getSolution(), solver.getInfo()
    points, years, _ = linear.shape
    values = (small.columns @ np.array(solution.col_value))[: points * years].reshape(points, years)
    duals = np.zeros(linear.matrix.shape[0])
    duals[small.rows] = solution.row_dual
    begin = linear.rows["limit"]
    duals = duals[begin : begin + len(problem.limits)]
    intake = np.clip(values * problem.step[:, None], 0.0, problem.seats_max[:, None])
    bound = float(info.objective_function_value) * (1 - ACCURACY if method == "hipdlp" else 1)
    return Relaxed(_within(problem, intake), bound, np.maximum(0.0, -duals), method)


def _method(entries: int) -> str:
    if entries <= SIMPLEX_UP_TO:
        return "simplex"
    return "ipm" if entries < FIRST_ORDER_FROM else "hipdlp"


def _within(problem: Problem, intake: Floats) -> Floats:
    """`intake` with the colleges whose limits it breaks by a hair scaled down; only where changes are free."""
    if problem.settings.max_change is not None or not len(problem.limits):
        return intake
    totals = np.asarray(problem.use @ intake)[np.arange(len(problem.limits)), problem.limit_year]
    ratio = np.minimum(1.0, problem.limit_amount / np.maximum(totals, 1e-300))
    scale = np.ones_like(intake)
    entries = problem.use.tocoo()
    np.minimum.at(scale, (entries.col, problem.limit_year[entries.row]), ratio[entries.row])
    return np.asarray(intake * scale)


def conflict_error(problem: Problem, conflict: Conflict) -> ChanjiaoError:
    """The conflict as an error, at the row of its limit or point."""
    first = problem.points[conflict.points[0]]
    needed, there, share = (f"{one:g}" for one in (conflict.needed, conflict.there, problem.settings.max_change or 0.0))
    if conflict.limit < 0:
        return ChanjiaoError(
            "planning.conflict_of_seats",
            place=first.place,
            college=first.college,
            programme=first.programme,
            year=conflict.year,
            needed=needed,
            there=there,
            share=share,
        )
    limit = problem.limits[conflict.limit]
    return ChanjiaoError(
        "planning.conflict",
        place=limit.place,
        college=limit.college,
        resource=limit.resource,
        programmes=", ".join(problem.points[point].programme for point in conflict.points),
        year=conflict.year,
        needed=needed,
        there=there,
        share=share,
    )
