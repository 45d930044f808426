"""Best fit as a linear programme for HiGHS: capacities, minimum quotas, groups and regions; LP, then a small MILP.

A place by which a minimum is missed costs `price` (soft minimum: a hard one made real rounds infeasible).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.outcome import Dual
from chanjiao.engines.allocation.problem import Bools, Ints, Ints32, Problem, student_of_choice
from chanjiao.engines.errors import ChanjiaoError

Reals = NDArray[np.float64]
_WHOLE = 1e-6
_ROUNDS = 4
_INTERIOR_FROM = 20_000  # choices; from there on twice as fast as the simplex method


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The constraints: entries (row, choice) with coefficient 1, bounds, and the slack column of each soft minimum.

    Rows stand in the order students, seats, limits' maxima, then the minima (`soft`).
    """

    row: Ints
    choice: Ints
    lower: Reals
    upper: Reals
    soft: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A solution by HiGHS: a value for each choice, the price of each row, objective and proven bound.

    `basis` is where HiGHS ended, for a start from there.
    """

    value: Reals
    row_price: Reals
    objective: float
    bound: float
    basis: Any


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Choices as columns: fit, student and seat of each."""

    fit: Reals
    student: Ints
    seat: Ints32


def rows_of(problem: Problem) -> Rows:
    """The constraints of a problem as sparse rows."""
    student = student_of_choice(problem)
    choices = np.arange(problem.seat.size, dtype=np.int64)
    rows, columns = [student, problem.students + problem.seat.astype(np.int64)], [choices, choices]
    upper = [np.ones(problem.students), problem.capacity.astype(np.float64)]
    total = problem.students + problem.seats
    inside = [counted_choices(problem, student, index) for index in range(len(problem.limits))]
    for limit, counted in zip(problem.limits, inside, strict=True):
        rows.append(np.full(counted.size, total))
        columns.append(counted)
        upper.append(np.array([float(limit.maximum)]))
        total += 1
    lower = [np.full(total, -np.inf)]
    soft = []
    for seat in np.flatnonzero(problem.minimum > 0).tolist():
        soft.append((np.flatnonzero(problem.seat == seat), float(problem.minimum[seat])))
    soft += [
        (counted, float(limit.minimum))
        for limit, counted in zip(problem.limits, inside, strict=True)
        if limit.minimum > 0
    ]
    for counted, least in soft:
        rows.append(np.full(counted.size, total))
        columns.append(counted)
        lower.append(np.array([least]))
        upper.append(np.array([np.inf]))
        total += 1
    return Rows(
        np.concatenate(rows), np.concatenate(columns), np.concatenate(lower), np.concatenate(upper),
        np.arange(total - len(soft), total),
    )  # fmt: skip


def counted_choices(problem: Problem, student: Ints, index: int) -> Ints:
    """The choices that a limit counts."""
    limit = problem.limits[index]
    seats = np.zeros(problem.seats, np.bool_)
    seats[limit.seats] = True
    counted = seats[problem.seat]
    if limit.members is not None:
        members = np.zeros(problem.students, np.bool_)
        members[limit.members] = True
        counted = counted & members[student]
    return np.flatnonzero(counted)


def solve_linear(
    problem: Problem, fit: Reals, price: float, *, gap: float = 1e-4, among: Bools | None = None
) -> tuple[Bools, Dual]:
    """(chosen choices, dual): LP first, then whole numbers for the students it split.

    The LP begins with the choices marked in `among` (all by default) and takes in others until what they could add is
    a quarter of `gap`. Students that it places whole stay; if the rest does not come within `gap` of the bound,
    everybody who shares a seat with them is set free too, at last all.
    """
    rows, student = rows_of(problem), student_of_choice(problem)
    keep = np.ones(fit.size, np.bool_) if among is None else among.copy()
    basis = None
    while True:
        on = np.flatnonzero(keep)
        part = _only(rows, keep)
        relaxed = _relaxed(part, fit[on], price, basis)
        gain = fit - np.bincount(rows.choice, relaxed.row_price[rows.row], fit.size)
        gain[keep] = 0.0
        most = np.zeros(problem.students)
        np.maximum.at(most, student, gain)
        if most.sum() <= gap / 4 * abs(relaxed.objective):
            break
        basis = _with_more(relaxed.basis, on, np.flatnonzero(keep | (gain > 0.0)))
        keep |= gain > 0.0
    chosen = np.zeros(fit.size, np.bool_)
    chosen[on] = _made_whole(part, Columns(fit[on], student[on], problem.seat[on]), relaxed, price, gap)
    return chosen, _dual(problem, rows, relaxed.row_price, price)


def _only(rows: Rows, keep: Bools) -> Rows:
    """The rows over the kept choices alone, numbered anew."""
    number = np.cumsum(keep) - 1
    inside = keep[rows.choice]
    return Rows(rows.row[inside], number[rows.choice[inside]], rows.lower, rows.upper, rows.soft)


def _made_whole(rows: Rows, columns: Columns, relaxed: Solved, price: float, gap: float) -> Bools:
    fit, student, seat = columns.fit, columns.student, columns.seat
    split = np.zeros(int(student.max(initial=-1)) + 1, np.bool_)
    split[student[np.abs(relaxed.value - np.rint(relaxed.value)) > _WHOLE]] = True
    chosen = relaxed.value > 0.5
    for attempt in range(_ROUNDS):
        if not split.any():
            break
        free = split[student] if attempt < _ROUNDS - 1 else np.ones(student.size, np.bool_)
        fixed = np.where(free, np.nan, np.rint(relaxed.value))
        whole = _whole(rows, fit, price, fixed, gap / 2)
        chosen = whole.value > 0.5
        if relaxed.bound - whole.objective <= gap * max(abs(relaxed.bound), 1e-9):
            break
        seats = np.zeros(int(seat.max()) + 1, np.bool_)
        seats[seat[free]] = True
        split[student[chosen & seats[seat]]] = True
    return chosen


def _relaxed(rows: Rows, fit: Reals, price: float, basis: Any) -> Solved:
    """The relaxation, from `basis` where there is one: a few steps of the simplex method then."""
    solver, lp = model_of(rows, fit, price, None)
    if basis is None and fit.size >= _INTERIOR_FROM:
        solver.setOptionValue("solver", "ipm")  # with crossover: a vertex, so that few students are split
    solver.passModel(lp)
    if basis is not None:
        solver.setBasis(basis)
    return _run(solver, fit.size, whole=False)


def _with_more(basis: Any, old: Ints, new: Ints) -> Any:
    """The basis of the choices `old` for the choices `new`, which contain them: those that join are 0."""
    import highspy

    before = basis.col_status
    status = [highspy.HighsBasisStatus.kLower] * new.size
    for at, was in zip(np.searchsorted(new, old).tolist(), before[: old.size], strict=True):
        status[at] = was
    basis.col_status = status + before[old.size :]
    return basis


def _whole(rows: Rows, fit: Reals, price: float, fixed: Reals, gap: float) -> Solved:
    """Whole numbers within `gap`; `fixed` is NaN where a choice is free."""
    solver, lp = model_of(rows, fit, price, gap)
    held = np.flatnonzero(~np.isnan(fixed))
    low, high = np.array(lp.col_lower_), np.array(lp.col_upper_)
    low[held] = high[held] = fixed[held]
    lp.col_lower_, lp.col_upper_ = low, high
    solver.passModel(lp)
    return _run(solver, fit.size, whole=True)


def model_of(rows: Rows, fit: Reals, price: float, gap: float | None) -> tuple[Any, Any]:
    """(solver, model): columns are the choices, whole where `gap` is given, and one slack for each soft row."""
    import highspy

    choices, slacks = fit.size, rows.soft.size
    row = np.concatenate([rows.row, rows.soft])
    column = np.concatenate([rows.choice, choices + np.arange(slacks)])
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = choices + slacks, rows.upper.size
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate([fit, np.full(slacks, -price)])
    lp.col_lower_ = np.zeros(choices + slacks)
    lp.col_upper_ = np.concatenate([np.ones(choices), np.full(slacks, np.inf)])
    lp.row_lower_, lp.row_upper_ = rows.lower, rows.upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=choices + slacks))])
    lp.a_matrix_.index_ = row[np.argsort(column, kind="stable")].astype(np.int32)
    lp.a_matrix_.value_ = np.ones(row.size)
    solver = quiet_highs()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    if gap is not None:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * choices + [highspy.HighsVarType.kContinuous] * slacks
        solver.setOptionValue("mip_rel_gap", gap)
    return solver, lp


def quiet_highs() -> Any:
    """A HiGHS solver that writes nothing; its constructor prints a banner that no option stops."""
    import highspy

    kept = os.dup(1)
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 1)
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(sink)
    solver.setOptionValue("output_flag", False)
    return solver


def _run(solver: Any, choices: int, *, whole: bool) -> Solved:
    import highspy

    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise ChanjiaoError("allocation.solver_failed", status=solver.modelStatusToString(status))
    solution, info = solver.getSolution(), solver.getInfo()
    value = np.array(solution.col_value)[:choices]
    objective = float(info.objective_function_value)
    bound = float(info.mip_dual_bound) if whole else objective
    price = np.zeros(0) if whole else np.array(solution.row_dual)
    return Solved(value, price, objective, bound, solver.getBasis())


def _dual(problem: Problem, rows: Rows, price: Reals, most: float) -> Dual:
    """Row prices sorted into seats and limits; HiGHS gives the change of the maximum for a unit of the bound."""
    first = problem.students
    seat = np.maximum(price[first : first + problem.seats], 0.0)
    limit = np.maximum(price[first + problem.seats : first + problem.seats + len(problem.limits)], 0.0)
    below, limit_below = np.zeros(problem.seats), np.zeros(len(problem.limits))
    soft = np.clip(price[rows.soft], -most, 0.0)
    quota = np.flatnonzero(problem.minimum > 0)
    below[quota] = soft[: quota.size]
    with_minimum = [index for index, one in enumerate(problem.limits) if one.minimum > 0]
    limit_below[with_minimum] = soft[quota.size :]
    return Dual(seat, below, limit, limit_below)
