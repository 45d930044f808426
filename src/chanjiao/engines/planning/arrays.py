"""The problem as the compiled code reads it: flat arrays, weights multiplied in, columns of both matrices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from chanjiao.engines.planning.problem import Floats, Indices, Problem


class Arrays(NamedTuple):
    """n points, O occupations, T years, L limits. Levels count steps; costs carry their weights.

    `link_*` are the columns of `supply` (per seat), `limit_*` those of `use`. `short_at` and `surplus_at` are O × T and
    lack what enters before the first year: they are the demand that planned intake still has to meet.
    """

    duration: Indices
    now: Floats
    step: Floats
    first: Indices
    last: Indices
    open_cost: Floats
    close_cost: Floats
    change_bound: Floats
    link_start: Indices
    link_row: Indices
    link_value: Floats
    limit_start: Indices
    limit_row: Indices
    limit_value: Floats
    limit_year: Indices
    amount: Floats
    short_at: Floats
    surplus_at: Floats
    shortage: float
    surplus: float
    change: float

    @property
    def most_levels(self) -> int:
        """Room for the states of any point: closed, and every level."""
        return int(np.max(self.last - self.first, initial=0)) + 3


def arrays_of(problem: Problem) -> Arrays:
    """The problem in flat arrays; shares memory with it where it can."""
    supply, use = sparse.csc_array(problem.supply), sparse.csc_array(problem.use)
    past = supply_before(problem)
    settings = problem.settings
    return Arrays(
        problem.duration,
        problem.seats_now,
        problem.step,
        problem.first_level,
        problem.last_level,
        settings.open * problem.open_cost,
        settings.close * problem.close_cost,
        problem.largest_change,
        supply.indptr.astype(np.int64),
        supply.indices.astype(np.int64),
        supply.data,
        use.indptr.astype(np.int64),
        use.indices.astype(np.int64),
        use.data,
        problem.limit_year,
        problem.limit_amount,
        np.ascontiguousarray(problem.short_against - past),
        np.ascontiguousarray(problem.surplus_against - past),
        float(settings.shortage),
        float(settings.surplus),
        float(settings.change),
    )


def supply_before(problem: Problem) -> Floats:
    """Supply (O × T) by intake before the first year, which no plan changes."""
    years = len(problem.years)
    entered_before = np.arange(years)[None, :] < problem.duration[:, None]
    return np.asarray(problem.supply @ (problem.seats_now[:, None] * entered_before))


def supply_of(problem: Problem, intake: Floats) -> Floats:
    """Supply (O × T) when `intake` (n × T) is planned."""
    years = len(problem.years)
    leaving = np.repeat(problem.seats_now[:, None], years, axis=1)
    for duration in np.unique(problem.duration):
        rows = problem.duration == duration
        if duration < years:
            leaving[rows, duration:] = intake[rows, : years - duration]
    return np.asarray(problem.supply @ leaving)


def used_of(problem: Problem, intake: Floats) -> Floats:
    """What each limit (L) has to bear under `intake` (n × T)."""
    totals = np.asarray(problem.use @ intake)
    return np.asarray(totals[np.arange(len(problem.limits)), problem.limit_year])


def mean_use(a: Arrays) -> Floats:
    """The mean use of a seat by limit (L), so that all limits can be weighed on one scale; 1 where nobody uses it."""
    total = np.bincount(a.limit_row, a.limit_value, len(a.amount))
    count = np.bincount(a.limit_row, minlength=len(a.amount))
    return np.asarray(np.where(total > 0, total / np.maximum(count, 1), 1.0))
