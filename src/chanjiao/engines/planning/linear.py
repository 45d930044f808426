"""The model as one linear programme in arrays, handed straight to HiGHS: relaxed, relaxed with openings, or whole.

Columns, each block n × T (points by years) or O × T: intake (in steps), rise, open, opened, shortage, surplus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from chanjiao.engines.planning.arrays import supply_before
from chanjiao.engines.planning.problem import Floats, Indices, Problem

if TYPE_CHECKING:
    from highspy import _core

INFINITE = float("inf")


class Kind(Enum):
    """What is asked: no openings at all, openings as shares from 0 to 1, or whole steps and openings."""

    RELAXED = "relaxed"
    SHARES = "shares"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """min cost·z + offset, row_low ≤ matrix z ≤ row_high, low ≤ z ≤ high; where blocks of columns and rows begin."""

    kind: Kind
    shape: tuple[int, int, int]
    cost: Floats
    offset: float
    low: Floats
    high: Floats
    whole: Indices
    matrix: sparse.csc_array
    row_low: Floats
    row_high: Floats
    columns: dict[str, int]
    rows: dict[str, int]


class _Rows:
    """Rows gathered block by block."""

    def __init__(self) -> None:
        self.blocks: list[sparse.coo_array] = []
        self.low: list[Floats] = []
        self.high: list[Floats] = []
        self.begins: dict[str, int] = {}
        self.count = 0

    def add(self, name: str, block: sparse.coo_array, low: Floats | float, high: Floats | float) -> None:
        self.begins[name] = self.count
        self.count += block.shape[0]
        self.blocks.append(block)
        self.low.append(np.broadcast_to(low, block.shape[:1]).astype(np.float64))
        self.high.append(np.broadcast_to(high, block.shape[:1]).astype(np.float64))


def linear_of(problem: Problem, kind: Kind) -> Linear:
    """The linear programme of `problem`; memory about 100 bytes an entry."""
    points, years, occupations = len(problem.points), len(problem.years), len(problem.occupations)
    size, balance = points * years, occupations * years
    names = ["intake", "rise"] + ([] if kind is Kind.RELAXED else ["open", "opened"])
    columns = {name: number * size for number, name in enumerate(names)}
    columns |= {"shortage": len(names) * size, "surplus": len(names) * size + balance}
    width = columns["surplus"] + balance
    rows = _Rows()
    _balance_rows(problem, rows, columns, width)
    _limit_rows(problem, rows, width)
    _change_rows(problem, kind, rows, columns, width)
    if kind is not Kind.RELAXED:
        _open_rows(problem, rows, columns, width)
    cost, offset, high = _costs(problem, kind, columns, width)
    low = np.zeros(width)
    whole = np.zeros(width, np.int64)
    if kind is Kind.WHOLE:
        whole[:size] = 1
        whole[columns["open"] : columns["open"] + size] = 1
    return Linear(
        kind,
        (points, years, occupations),
        cost,
        offset,
        low,
        high,
        whole,
        sparse.csc_array(sparse.vstack(rows.blocks)),
        np.concatenate(rows.low),
        np.concatenate(rows.high),
        columns,
        rows.begins,
    )


def _per_column(problem: Problem, values: Floats) -> Floats:
    return np.repeat(values, len(problem.years))


def _block(shape: tuple[int, int], *parts: tuple[Indices, Indices, Floats]) -> sparse.coo_array:
    row, column, value = (np.concatenate(list(one)) for one in zip(*parts, strict=True))
    return sparse.coo_array((value, (row, column)), shape=shape)


def _balance_rows(problem: Problem, rows: _Rows, columns: dict[str, int], width: int) -> None:
    """Supply + shortage − surplus = demand; two rows where shortage and surplus count against different demand."""
    years, size = len(problem.years), problem.low.size
    entries = problem.supply.tocoo()
    row, column, value = [], [], []
    for t in range(years):
        leaving = t + problem.duration[entries.col]
        kept = leaving < years
        row.append(entries.row[kept] * years + leaving[kept])
        column.append(entries.col[kept] * years + t)
        value.append(entries.data[kept] * problem.step[entries.col[kept]])
    supply = (np.concatenate(row).astype(np.int64), np.concatenate(column).astype(np.int64), np.concatenate(value))
    index, ones = np.arange(size), np.ones(size)
    short, over = (index, columns["shortage"] + index, ones), (index, columns["surplus"] + index, -ones)
    past = supply_before(problem)
    short_at, over_at = (problem.short_against - past).ravel(), (problem.surplus_against - past).ravel()
    if not problem.settings.robust:
        rows.add("balance", _block((size, width), supply, short, over), short_at, short_at)
        return
    rows.add("balance", _block((size, width), supply, short), short_at, INFINITE)
    rows.add("over", _block((size, width), supply, over), -INFINITE, over_at)


def _limit_rows(problem: Problem, rows: _Rows, width: int) -> None:
    entries = problem.use.tocoo()
    column = entries.col.astype(np.int64) * len(problem.years) + problem.limit_year[entries.row]
    block = _block((len(problem.limits), width), (entries.row, column, entries.data * problem.step[entries.col]))
    rows.add("limit", block, -INFINITE, problem.limit_amount)


def _difference(problem: Problem, begin: int, factor: Floats) -> list[tuple[Indices, Indices, Floats]]:
    """Entries of factor · (z[t] − z[t−1]) for a block of columns."""
    years = len(problem.years)
    index = np.arange(len(factor))
    later = index[index % years > 0]
    return [(index, begin + index, factor), (later, begin + later - 1, -factor[later])]


def _first_year(problem: Problem, values: Floats) -> Floats:
    """`values` (n) in the first year of each point, 0 in all others."""
    years = len(problem.years)
    spread = np.zeros(len(values) * years)
    spread[::years] = values
    return spread


def _change_rows(problem: Problem, kind: Kind, rows: _Rows, columns: dict[str, int], width: int) -> None:
    size = len(problem.points) * len(problem.years)
    index, ones = np.arange(size), np.ones(size)
    step, today = _per_column(problem, problem.step), _first_year(problem, problem.seats_now)
    moved = _difference(problem, columns["intake"], step)
    falling = [(row, column, -value) for row, column, value in moved]
    rows.add("rise", _block((size, width), (index, columns["rise"] + index, ones), *falling), -today, INFINITE)
    if problem.settings.max_change is None:
        return
    bound = _per_column(problem, problem.largest_change)
    if kind is Kind.RELAXED:
        rows.add("bound", _block((size, width), *moved), today - bound, today + bound)
        return
    least = _per_column(problem, problem.first_level * problem.step)
    most = _per_column(problem, np.maximum(problem.seats_max, problem.seats_now))
    was_open = _first_year(problem, (problem.seats_now > 0).astype(np.float64))
    opened, may_rise, may_fall = columns["opened"] + index, np.maximum(0, least - bound), np.maximum(0, most - bound)
    rows.add("bound", _block((size, width), *moved, (index, opened, -may_rise)), -INFINITE, today + bound)
    closing = [(index, opened, -may_fall), *_difference(problem, columns["open"], may_fall)]
    rows.add("fall", _block((size, width), *falling, *closing), -INFINITE, bound - today + may_fall * was_open)
    later = index[index % len(problem.years) > 0]
    once = _block((size, width), (index, opened, ones), (later, columns["open"] + later - 1, ones[later]))
    rows.add("once", once, -INFINITE, 1 - was_open)
    kept = _block((size, width), (index, opened, ones), (index, columns["open"] + index, -ones))
    rows.add("kept", kept, -INFINITE, 0.0)


def _open_rows(problem: Problem, rows: _Rows, columns: dict[str, int], width: int) -> None:
    size = len(problem.points) * len(problem.years)
    index, ones = np.arange(size), np.ones(size)
    is_open = columns["open"] + index
    most = _per_column(problem, _last(problem).astype(np.float64))
    least = _per_column(problem, problem.first_level.astype(np.float64))
    rows.add("most", _block((size, width), (index, index, ones), (index, is_open, -most)), -INFINITE, 0.0)
    rows.add("least", _block((size, width), (index, index, ones), (index, is_open, -least)), 0.0, INFINITE)
    was_open = _first_year(problem, (problem.seats_now > 0).astype(np.float64))
    change = [(row, column, -value) for row, column, value in _difference(problem, columns["open"], ones)]
    rows.add("opened", _block((size, width), (index, columns["opened"] + index, ones), *change), -was_open, INFINITE)


def _last(problem: Problem) -> Indices:
    """The most steps of a point, −1 where not even its least class fits."""
    return np.where(problem.last_level >= problem.first_level, problem.last_level, 0)


def _costs(problem: Problem, kind: Kind, columns: dict[str, int], width: int) -> tuple[Floats, float, Floats]:
    """Cost, constant and upper bounds. A fall is a rise less the difference, so each needs no column of its own."""
    settings, years = problem.settings, len(problem.years)
    size, balance = len(problem.points) * years, problem.low.size
    cost, high = np.zeros(width), np.full(width, INFINITE)
    last = np.arange(years - 1, size, years)
    step = problem.step
    cost[columns["rise"] : columns["rise"] + size] = 2 * settings.change
    cost[last] -= settings.change * step
    offset = settings.change * float(problem.seats_now.sum())
    most = problem.seats_max / step if kind is Kind.RELAXED else _last(problem).astype(np.float64)
    high[:size] = np.repeat(most, years)
    cost[columns["shortage"] : columns["shortage"] + balance] = settings.shortage
    cost[columns["surplus"] : columns["surplus"] + balance] = settings.surplus
    if kind is Kind.RELAXED:
        return cost, offset, high
    opens, closes = settings.open * problem.open_cost, settings.close * problem.close_cost
    cost[columns["opened"] : columns["opened"] + size] = _per_column(problem, opens + closes)
    cost[columns["open"] + last] -= closes
    offset += float(closes[problem.seats_now > 0].sum())
    can_open = _per_column(problem, (problem.last_level >= problem.first_level).astype(np.float64))
    high[columns["open"] : columns["open"] + size] = can_open
    high[columns["opened"] : columns["opened"] + size] = 1.0
    return cost, offset, high


def with_least_change(problem: Problem, linear: Linear, value: float) -> Linear:
    """Among plans that cost at most `value`: those nearest to today's intake, in seats and years."""
    size, width = len(problem.points) * len(problem.years), linear.matrix.shape[1]
    index, ones, wide = np.arange(size), np.ones(size), width + size
    step, today = _per_column(problem, problem.step), _per_column(problem, problem.seats_now)
    above = _block((size, wide), (index, index, -step), (index, width + index, ones))
    below = _block((size, wide), (index, index, step), (index, width + index, ones))
    costed = sparse.coo_array(np.concatenate([linear.cost, np.zeros(size)])[None, :])
    padded = sparse.hstack([linear.matrix, sparse.coo_array((linear.matrix.shape[0], size))])
    return replace(
        linear,
        cost=np.concatenate([np.zeros(width), ones]),
        offset=0.0,
        low=np.concatenate([linear.low, np.zeros(size)]),
        high=np.concatenate([linear.high, np.full(size, INFINITE)]),
        whole=np.concatenate([linear.whole, np.zeros(size, np.int64)]),
        matrix=sparse.csc_array(sparse.vstack([padded, above, below, costed])),
        row_low=np.concatenate([linear.row_low, -today, today, [-INFINITE]]),
        row_high=np.concatenate([linear.row_high, np.full(2 * size, INFINITE), [value - linear.offset]]),
    )


def highs_of(linear: Linear, options: Mapping[str, bool | float | str]) -> _core._Highs:
    """A silent HiGHS with the programme loaded and `options` set."""
    import highspy
    from highspy import _core

    solver = _core._Highs()  # highspy.Highs prints a banner on standard output before it can be silenced
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    for name, value in options.items():
        solver.setOptionValue(name, value)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = linear.matrix.shape[1], linear.matrix.shape[0]
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = linear.cost, linear.low, linear.high
    programme.row_lower_, programme.row_upper_ = linear.row_low, linear.row_high
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_, programme.a_matrix_.index_ = linear.matrix.indptr, linear.matrix.indices
    programme.a_matrix_.value_ = linear.matrix.data
    programme.offset_ = linear.offset
    if linear.kind is Kind.WHOLE:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        programme.integrality_ = [kinds[one] for one in linear.whole]
    solver.passModel(programme)
    return solver


def never() -> bool:
    """Nobody asks to stop."""
    return False


def run_until(solver: _core._Highs, stopped: Callable[[], bool]) -> bool:
    """HiGHS at work until it ends or sees at its next step that it is `stopped`; whether it found the optimum."""
    from highspy import _core

    def looked(kind: object, words: str, told: object, answer: _core.cb.HighsCallbackInput, data: object) -> None:
        answer.user_interrupt = stopped()

    if stopped is not never:
        solver.setCallback(looked, None)
        solver.startCallback(_core.cb.HighsCallbackType.kCallbackMipInterrupt)
        solver.startCallback(_core.cb.HighsCallbackType.kCallbackIpmInterrupt)
    solver.run()
    return bool(solver.modelStatusToString(solver.getModelStatus()) == "Optimal")
