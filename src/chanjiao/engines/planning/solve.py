"""The best plan within the time given, with a bound that no plan can beat."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

from chanjiao.engines.planning.arrays import supply_of
from chanjiao.engines.planning.exact import Branched, branch_and_bound, limit_prices, nearest_to_today
from chanjiao.engines.planning.held import takes_steps
from chanjiao.engines.planning.objective import flow_objective, whole_objective
from chanjiao.engines.planning.plan import Effort, Plan, Progress, plan_of
from chanjiao.engines.planning.problem import Problem, problem_of
from chanjiao.engines.planning.relaxed import by_first_order, relaxed_optimum
from chanjiao.engines.planning.rounds import EXACT_UP_TO, Rounds
from chanjiao.engines.planning.rows import Demand, Link, Point

ENGINE_ID = "planning"
ENGINE_VERSION = "1"
TINY_UP_TO = 320
"""Points × years up to which branch and bound begins at once, without what must be compiled first."""
COMPILING = 1e6
"""Seconds within which everything is compiled, so that no part is left for a clock that runs."""
BRANCH_SHARE = 0.7
"""The part of the time that branch and bound has there before search joins in."""


def solve(problem: Problem, effort: Effort | None = None, progress: Progress | None = None) -> Plan:
    """The best plan found, feasible at any time it stops; proven optimal where its gap is within `effort.gap`.

    >>> from chanjiao.engines.planning import Demand, Link, Point, problem_of
    >>> problem = problem_of(
    ...     points=[Point("p:2", "A", "welding", 1, 40, 120, 40, 40, 10, 10, 1.0)],
    ...     links=[Link("l:2", "welding", "welder", 1.0)],
    ...     demands=[Demand("d:2", "welder", 2026, 90, 100, 110), Demand("d:3", "welder", 2027, 90, 100, 110)],
    ... )
    >>> plan = solve(problem)
    >>> plan.intake.tolist(), round(plan.objective, 2), round(plan.gap, 6)
    ([[120.0, 120.0]], 70.08, 0.0)
    """
    effort = effort or Effort()
    if problem.settings.relax:
        return _relaxed(problem, effort)
    if len(problem.points) * len(problem.years) <= TINY_UP_TO:
        return branch_first(problem, effort)
    return search_first(problem, effort, progress)


def search_first(problem: Problem, effort: Effort, progress: Progress | None = None) -> Plan:
    """Rounds of prices and search, then branch and bound for what is left of the time where the problem is small."""
    _compile_for(problem)
    run = Rounds(problem, effort, progress or (lambda objective, bound: None))
    run.search()
    if len(problem.points) * len(problem.years) <= EXACT_UP_TO:
        run.branch()
    return run.answer()


def search_only(problem: Problem, effort: Effort) -> Plan:
    """Rounds of prices and search, of whatever size the problem."""
    _compile_for(problem)
    run = Rounds(problem, effort, lambda objective, bound: None)
    run.search()
    return run.answer()


def _compile_for(problem: Problem) -> None:
    compile_ahead()
    if takes_steps(problem):
        compile_steps()


@cache
def compile_ahead() -> None:
    """The compiled code is loaded, or compiled where this machine has none yet, before any clock runs."""
    run = Rounds(_smallest(), Effort(rounds=1, seconds=COMPILING), lambda objective, bound: None)
    run.round(0)


@cache
def compile_steps() -> None:
    """So is that of first-order steps, which only large problems take."""
    by_first_order(_smallest(), COMPILING)


def _smallest() -> Problem:
    point = Point("", "", "", 1, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0)
    demands = [Demand("", "", year, 1.0, 1.0, 1.0) for year in (1, 2)]
    return problem_of(points=[point], links=[Link("", "", "", 1.0)], demands=demands)


def branch_first(problem: Problem, effort: Effort) -> Plan:
    """The optimum by branch and bound, then the nearest to today's intake among equals; unproven, search joins in."""
    begun = time.monotonic()

    def left() -> float:
        return effort.seconds - (time.monotonic() - begun)

    seconds = BRANCH_SHARE * effort.seconds
    found = branch_and_bound(
        problem, start=None, gap=effort.gap, seed=effort.seed, seconds=seconds, stopped=effort.stopped
    )
    level = found.level
    if level is None or not _closed(whole_objective(problem, level), found.bound, effort.gap):
        return _joined(problem, found, search_only(problem, replace(effort, seconds=max(0.5, left()))))
    near = nearest_to_today(
        problem,
        value=whole_objective(problem, level),
        start=level,
        seed=effort.seed,
        seconds=max(0.5, left()),
        stopped=effort.stopped,
    )
    taken = time.monotonic() - begun
    return plan_of(
        problem,
        level if near is None else near,
        bound=found.bound,
        prices=limit_prices(problem),
        method="branch and bound",
        seconds=taken,
    )


def _closed(value: float, bound: float, gap: float) -> bool:
    return value - bound <= gap * max(abs(value), 1e-9) + 1e-6


def _joined(problem: Problem, found: Branched, searched: Plan) -> Plan:
    """The better plan of the two under the better bound of the two."""
    bound = max(found.bound, searched.bound)
    if found.level is not None and whole_objective(problem, found.level) < searched.objective:
        return plan_of(
            problem,
            found.level,
            bound=bound,
            prices=searched.prices,
            method="branch and bound",
            seconds=searched.seconds,
        )
    return replace(searched, bound=min(bound, searched.objective))


def _relaxed(problem: Problem, effort: Effort) -> Plan:
    begun = time.monotonic()
    found = relaxed_optimum(problem, effort.seconds, effort.stopped)
    supply = supply_of(problem, found.intake)
    value = flow_objective(problem, found.intake, supply)
    taken = time.monotonic() - begun
    bound = min(found.bound, value)
    return Plan(found.intake, found.intake > 1e-6, supply, value, bound, found.prices, found.method, taken)
