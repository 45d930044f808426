"""Scenarios side by side: one region under several settings, demands or limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.planning.plan import Effort, Plan
from chanjiao.engines.planning.problem import Problem
from chanjiao.engines.planning.solve import solve


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario's figures: unmet demand and idle graduates over all years, seats, points opened, closed, changed.

    `distance` is the mean over years of the seats that differ from those of the first scenario.
    """

    name: str
    objective: float
    gap: float
    shortage: float
    surplus: float
    seats: float
    opened: int
    closed: int
    changed: int
    distance: float


def compared(problems: Mapping[str, Problem], effort: Effort | None = None) -> tuple[list[Scenario], dict[str, Plan]]:
    """Each problem's plan, and their figures in the same order; the problems share points and years.

    >>> from chanjiao.engines.planning import Demand, Link, Point, Settings, problem_of
    >>> def region(high: float) -> Problem:
    ...     return problem_of(
    ...         points=[Point("p:2", "A", "welding", 1, 40, 120, 40, 40, 10, 10, 1.0)],
    ...         links=[Link("l:2", "welding", "welder", 1.0)],
    ...         demands=[Demand(f"d:{year}", "welder", year, 40, 40, high) for year in (2026, 2027)],
    ...         settings=Settings(robust=True),
    ...     )
    >>> rows, plans = compared({"calm": region(40), "boom": region(120)})
    >>> [(row.name, row.seats, row.shortage) for row in rows]
    [('calm', 80.0, 0.0), ('boom', 240.0, 80.0)]
    """
    plans = {name: solve(problem, effort) for name, problem in problems.items()}
    first = next(iter(plans.values()), None)
    rows = [] if first is None else [_scenario(name, problems[name], plan, first) for name, plan in plans.items()]
    return rows, plans


def _scenario(name: str, problem: Problem, plan: Plan, first: Plan) -> Scenario:
    was_open = problem.seats_now > 0
    ever_open, open_last = plan.is_open.any(axis=1), plan.is_open[:, -1]
    return Scenario(
        name,
        plan.objective,
        plan.gap,
        float(np.maximum(0, problem.short_against - plan.supply).sum()),
        float(np.maximum(0, plan.supply - problem.surplus_against).sum()),
        float(plan.intake.sum()),
        int((~was_open & ever_open).sum()),
        int((was_open & ~open_last).sum()),
        int((np.abs(plan.intake - problem.seats_now[:, None]).max(axis=1) > 1e-6).sum()),
        float(np.abs(plan.intake - first.intake).sum(axis=0).mean()),
    )
