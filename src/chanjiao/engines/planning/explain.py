"""Why a plan is as it is: for each change the occupations behind it, what keeping today's intake would cost, and the
limits in the way; for each limit what one unit more is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import sparse

from chanjiao.engines.planning.arrays import supply_of, used_of
from chanjiao.engines.planning.plan import Plan
from chanjiao.engines.planning.problem import Floats, Indices, Problem

NEAR = 1e-6
MOST_REASONS = 3


class Direction(StrEnum):
    """What happens to a point: it opens, closes, grows, shrinks, or only shifts between years."""

    OPENED = "opened"
    CLOSED = "closed"
    MORE = "more"
    FEWER = "fewer"
    SHIFTED = "shifted"


@dataclass(frozen=True, slots=True)
class Cause:
    """An occupation behind a change: its yearly demand, and demand minus supply, had everyone kept today's intake, and
    under the plan.

    All are means over the years in which the planned intake completes; a gap above 0 is a shortage.
    """

    occupation: str
    demand: float
    gap_today: float
    gap_planned: float


@dataclass(frozen=True, slots=True)
class Change:
    """A point whose intake differs from today's in any year.

    `saving` is what the objective would lose if this point alone kept today's intake and all others followed the
    plan; `forbidden` holds the limits (rows) which that would break, `binding` those of its college that are used up.
    """

    point: int
    direction: Direction
    before: float
    intake: tuple[float, ...]
    causes: tuple[Cause, ...]
    saving: float
    forbidden: tuple[int, ...]
    binding: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """A limit (row) with what is used of it, what one unit more would take off the objective, and that in openings."""

    limit: int
    used: float
    price: float
    openings: float


def prices_of(problem: Problem, plan: Plan) -> list[Price]:
    """Every limit with its price, in the order of the rows. Prices are those of the best bound."""
    used = used_of(problem, plan.intake)
    weight = problem.settings.shortage or 1.0
    return [
        Price(row, float(taken), float(price), float(price / weight))
        for row, (taken, price) in enumerate(zip(used, plan.prices, strict=True))
    ]


def changes_of(problem: Problem, plan: Plan) -> list[Change]:
    """Every change against today's intake, in the order of the points. Linear in changes × (links + limits) × years."""
    return _Explainer(problem, plan).changes()


class _Explainer:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        years = len(problem.years)
        self._problem, self._plan = problem, plan
        self._supply, self._use = sparse.csc_array(problem.supply), sparse.csc_array(problem.use)
        today = np.repeat(problem.seats_now[:, None], years, axis=1)
        self._gap_today = problem.expected - supply_of(problem, today)
        self._gap_planned = problem.expected - plan.supply
        self._used = used_of(problem, plan.intake)
        near = NEAR * np.maximum(1.0, problem.limit_amount)
        self._binding = (plan.prices > NEAR) | (self._used >= problem.limit_amount - near)

    def changes(self) -> list[Change]:
        moved = np.abs(self._plan.intake - self._problem.seats_now[:, None]).max(axis=1, initial=0.0) > NEAR
        return [self._change(int(point)) for point in np.flatnonzero(moved)]

    def _change(self, point: int) -> Change:
        problem = self._problem
        before, intake = float(problem.seats_now[point]), self._plan.intake[point]
        rows, forbidden = self._limits(point)
        return Change(
            point,
            _direction(before, intake),
            before,
            tuple(float(seats) for seats in intake),
            self._causes(point),
            self._saving(point),
            forbidden,
            tuple(int(row) for row in rows if self._binding[row]),
        )

    def _column(self, matrix: sparse.csc_array, point: int) -> tuple[Indices, Floats]:
        begin, end = matrix.indptr[point], matrix.indptr[point + 1]
        return matrix.indices[begin:end], matrix.data[begin:end]

    def _causes(self, point: int) -> tuple[Cause, ...]:
        rows, values = self._column(self._supply, point)
        duration = int(self._problem.duration[point])
        if duration >= len(self._problem.years):
            return ()
        delta = self._plan.intake[point].mean() - self._problem.seats_now[point]
        today, planned = self._gap_today[rows, duration:].mean(axis=1), self._gap_planned[rows, duration:].mean(axis=1)
        explains = np.where(np.sign(today) == np.sign(delta), np.minimum(np.abs(today), np.abs(values * delta)), 0.0)
        order = [one for one in np.argsort(-explains, kind="stable") if explains[one] > NEAR][:MOST_REASONS]
        names, demand = self._problem.occupations, self._problem.expected[rows, duration:].mean(axis=1)
        return tuple(
            Cause(names[rows[one]], float(demand[one]), float(today[one]), float(planned[one])) for one in order
        )

    def _limits(self, point: int) -> tuple[Indices, tuple[int, ...]]:
        rows, values = self._column(self._use, point)
        years = self._problem.limit_year[rows]
        kept = self._used[rows] + values * (self._problem.seats_now[point] - self._plan.intake[point, years])
        amount = self._problem.limit_amount[rows]
        over = kept > amount + NEAR * np.maximum(1.0, amount)
        return rows, tuple(int(row) for row in rows[over])

    def _saving(self, point: int) -> float:
        """Shortage, surplus and costs of change if the point kept today's intake, less those of the plan."""
        problem, settings = self._problem, self._problem.settings
        rows, values = self._column(self._supply, point)
        duration, years = int(problem.duration[point]), len(problem.years)
        kept = -own_cost(problem, point, self._plan)
        if duration < years:
            there = self._plan.supply[rows, duration:]
            lost = problem.seats_now[point] - self._plan.intake[point, : years - duration]
            other = there + values[:, None] * lost[None, :]
            short, over = problem.short_against[rows, duration:], problem.surplus_against[rows, duration:]
            kept += settings.shortage * float((np.maximum(0, short - other) - np.maximum(0, short - there)).sum())
            kept += settings.surplus * float((np.maximum(0, other - over) - np.maximum(0, there - over)).sum())
        return kept


def own_cost(problem: Problem, point: int, plan: Plan) -> float:
    """What a point's plan costs in opening, closing and change."""
    settings, seats, was_open = problem.settings, float(problem.seats_now[point]), bool(problem.seats_now[point] > 0)
    total = 0.0
    for now, is_open in zip(plan.intake[point], plan.is_open[point], strict=True):
        total += settings.change * abs(float(now) - seats)
        if not settings.relax:
            total += settings.open * float(problem.open_cost[point]) * (is_open and not was_open)
            total += settings.close * float(problem.close_cost[point]) * (was_open and not is_open)
        seats, was_open = float(now), bool(is_open)
    return total


def _direction(before: float, intake: Floats) -> Direction:
    if before <= NEAR:
        return Direction.OPENED
    if intake[-1] <= NEAR:
        return Direction.CLOSED
    mean = float(intake.mean())
    if abs(mean - before) <= NEAR:
        return Direction.SHIFTED
    return Direction.MORE if mean > before else Direction.FEWER
