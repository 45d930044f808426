"""A plan handed to the independent verifier, and refused where that finds a fault or another objective."""

from __future__ import annotations

from typing import Protocol

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.planning.plan import Plan
from chanjiao.engines.planning.problem import Problem, problem_of
from chanjiao.engines.planning.rows import Demand, Limit, Link, Point, Settings, Use
from chanjiao.engines.planning.verify import TOLERANCE, Verdict, verify

Key = tuple[str, str, int]
"""(college, programme, year)."""


class Tables(Protocol):
    """The rows from which a problem is made."""

    @property
    def points(self) -> list[Point]: ...
    @property
    def links(self) -> list[Link]: ...
    @property
    def demands(self) -> list[Demand]: ...
    @property
    def limits(self) -> list[Limit]: ...
    @property
    def uses(self) -> list[Use]: ...
    @property
    def settings(self) -> Settings: ...


def problem_of_tables(tables: Tables) -> Problem:
    """The problem that the tables describe."""
    return problem_of(
        points=tables.points, links=tables.links, demands=tables.demands, limits=tables.limits, uses=tables.uses,
        settings=tables.settings,
    )  # fmt: skip


def by_key(problem: Problem, plan: Plan) -> tuple[dict[Key, float], dict[Key, bool]]:
    """The plan's intake and openness by college, programme and year, as the verifier reads them."""
    intake, opened = {}, {}
    for number, point in enumerate(problem.points):
        for t, year in enumerate(problem.years):
            key = (point.college, point.programme, year)
            intake[key], opened[key] = float(plan.intake[number, t]), bool(plan.is_open[number, t])
    return intake, opened


def verified(tables: Tables, problem: Problem, plan: Plan) -> Verdict:
    """The verdict on the plan; `planning.failed_verification` where it holds a fault or another objective."""
    intake, opened = by_key(problem, plan)
    verdict = verify(
        points=tables.points, links=tables.links, demands=tables.demands, limits=tables.limits, uses=tables.uses,
        settings=tables.settings, intake=intake, opened=opened,
    )  # fmt: skip
    faults = list(verdict.faults)
    if abs(verdict.objective - plan.objective) > TOLERANCE * max(1.0, abs(plan.objective)):
        faults.append(f"{plan.objective:.9g} ≠ {verdict.objective:.9g}")
    if faults:
        raise ChanjiaoError("planning.failed_verification", fault=faults[0], count=len(faults))
    return verdict
