"""Branch and bound by HiGHS, for small problems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chanjiao.engines.planning.arrays import supply_of
from chanjiao.engines.planning.linear import Kind, Linear, highs_of, linear_of, never, run_until, with_least_change
from chanjiao.engines.planning.objective import whole_objective
from chanjiao.engines.planning.problem import Floats, Indices, Problem

if TYPE_CHECKING:
    from highspy import _core

_FOUND = 2
"""What HiGHS reports of a point that is feasible."""


@dataclass(frozen=True, slots=True, eq=False)
class Branched:
    """The best plan (level, n × T, −1 for closed; None when none was found) and a lower bound on every plan."""

    level: Indices | None
    bound: float


def branch_and_bound(
    problem: Problem,
    *,
    start: Indices | None,
    gap: float,
    seed: int,
    seconds: float,
    stopped: Callable[[], bool] = never,
) -> Branched:
    """What HiGHS finds within `seconds` or until `stopped`, from the plan `start` on where one is given."""
    linear = linear_of(problem, Kind.WHOLE)
    solver = highs_of(linear, _options(gap, seed, seconds))
    if start is not None:
        _start(solver, _columns_of(problem, linear, start))
    run_until(solver, stopped)
    return Branched(_level(problem, linear, solver), float(solver.getInfo().mip_dual_bound))


def nearest_to_today(
    problem: Problem,
    *,
    value: float,
    start: Indices,
    seed: int,
    seconds: float,
    stopped: Callable[[], bool] = never,
) -> Indices | None:
    """Among plans of at most `value` one of least change from today's intake, as far as `seconds` carry."""
    linear = linear_of(problem, Kind.WHOLE)
    allowed = value + 1e-9 * max(1.0, abs(value))
    solver = highs_of(with_least_change(problem, linear, allowed), _options(1e-6, seed, seconds))
    seats = np.maximum(start, 0) * problem.step[:, None]
    away = np.abs(seats - problem.seats_now[:, None]).ravel()
    _start(solver, np.concatenate([_columns_of(problem, linear, start), away]))
    run_until(solver, stopped)
    found = _level(problem, linear, solver)
    return found if found is not None and whole_objective(problem, found) <= allowed + 1e-8 * abs(value) else None


def limit_prices(problem: Problem) -> Floats:
    """The price of each limit (L) in the relaxation that takes openings as shares."""
    linear = linear_of(problem, Kind.SHARES)
    solver = highs_of(linear, {})
    solver.run()
    begin = linear.rows["limit"]
    return np.asarray(np.maximum(0.0, -np.array(solver.getSolution().row_dual)[begin : begin + len(problem.limits)]))


def _options(gap: float, seed: int, seconds: float) -> dict[str, bool | float | str]:
    return {
        "mip_rel_gap": gap,
        "mip_abs_gap": 1e-7,
        "mip_feasibility_tolerance": 1e-9,
        "primal_feasibility_tolerance": 1e-9,
        "random_seed": seed % 2**31,
        "time_limit": max(0.1, seconds),
    }


def _start(solver: _core._Highs, values: Floats) -> None:
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = values.tolist()
    solver.setSolution(solution)


def _level(problem: Problem, linear: Linear, solver: _core._Highs) -> Indices | None:
    if solver.getInfo().primal_solution_status != _FOUND:
        return None
    values = np.array(solver.getSolution().col_value)
    shape = (len(problem.points), len(problem.years))
    size = shape[0] * shape[1]
    steps = np.rint(values[:size]).astype(np.int64).reshape(shape)
    is_open = values[linear.columns["open"] : linear.columns["open"] + size].reshape(shape) > 0.5
    return np.where(is_open, steps, -1)


def _columns_of(problem: Problem, linear: Linear, level: Indices) -> Floats:
    """A plan as the columns of the linear programme."""
    values = np.zeros(linear.matrix.shape[1])
    intake = np.maximum(level, 0) * problem.step[:, None]
    is_open = level >= 0
    before = np.concatenate([problem.seats_now[:, None], intake[:, :-1]], axis=1)
    was_open = np.concatenate([(problem.seats_now > 0)[:, None], is_open[:, :-1]], axis=1)
    supply = supply_of(problem, intake)
    blocks = {
        "intake": np.maximum(level, 0),
        "rise": np.maximum(0, intake - before),
        "open": is_open,
        "opened": is_open & ~was_open,
        "shortage": np.maximum(0, problem.short_against - supply),
        "surplus": np.maximum(0, supply - problem.surplus_against),
    }
    for name, block in blocks.items():
        begin = linear.columns[name]
        values[begin : begin + block.size] = block.ravel()
    return values
