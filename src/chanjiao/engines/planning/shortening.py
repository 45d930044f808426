"""The relaxation without its last years, in which whoever is admitted leaves after the last year of demand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from chanjiao.engines.planning.linear import Linear
from chanjiao.engines.planning.problem import Indices, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Shortened:
    """A smaller programme of the same value: `columns` (full × small) makes a full solution, `rows` are those kept."""

    linear: Linear
    columns: sparse.csc_array
    rows: Indices


def shortened(problem: Problem, linear: Linear) -> Shortened:
    """Intake after the last year that counts is that of this year, where no limit falls later; else all is kept.

    To keep it costs no change, keeps every limit that does not fall, and reaches no demand. The price of a limit in the
    last year that counts then holds for the years after it too.
    """
    points, years, _ = linear.shape
    last = last_that_counts(problem)
    late = np.flatnonzero(np.tile(np.arange(years), points) > last)
    stays = np.ones(linear.matrix.shape[1], bool)
    stays[late] = stays[linear.columns["rise"] + late] = False
    stands_for = np.arange(len(stays))
    stands_for[late] = late // years * years + last
    full = np.flatnonzero(stays[stands_for])
    place = (np.cumsum(stays) - 1)[stands_for[full]]
    columns = sparse.csc_array((np.ones(len(full)), (full, place)), shape=(len(stays), int(stays.sum())))
    rows = _rows_kept(problem, linear, late, last)
    small = replace(
        linear,
        cost=columns.T @ linear.cost,
        low=linear.low[stays],
        high=linear.high[stays],
        whole=linear.whole[stays],
        matrix=sparse.csc_array((linear.matrix @ columns).tocsr()[rows]),
        row_low=linear.row_low[rows],
        row_high=linear.row_high[rows],
    )
    return Shortened(small, columns, rows)


def last_that_counts(problem: Problem) -> int:
    """The last year whose intake reaches demand, if no limit falls later; else the last of all."""
    years = len(problem.years)
    last = max(0, years - 1 - int(problem.duration.min()))
    return years - 1 if _limits_fall(problem, last) else last


def _rows_kept(problem: Problem, linear: Linear, late: Indices, last: int) -> Indices:
    kept = np.ones(linear.matrix.shape[0], bool)
    for name in ("rise", "bound"):
        if name in linear.rows:
            kept[linear.rows[name] + late] = False
    kept[linear.rows["limit"] + np.flatnonzero(problem.limit_year > last)] = False
    return np.flatnonzero(kept)


def _limits_fall(problem: Problem, last: int) -> bool:
    """Whether a college has less of something after the year `last` than in it, or a limit where it had none."""
    there = {
        (limit.college, limit.resource): limit.amount
        for limit, year in zip(problem.limits, problem.limit_year, strict=True)
        if year == last
    }
    return any(
        limit.amount < there.get((limit.college, limit.resource), np.inf)
        for limit, year in zip(problem.limits, problem.limit_year, strict=True)
        if year > last
    )
