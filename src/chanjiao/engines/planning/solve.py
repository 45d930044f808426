"""The best plan within the time given, with a bound that no plan can beat."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.planning.arrays import Arrays, arrays_of, supply_of
from chanjiao.engines.planning.exact import Branched, branch_and_bound, limit_prices, nearest_to_today
from chanjiao.engines.planning.held import Openings, rounded
from chanjiao.engines.planning.linear import never
from chanjiao.engines.planning.objective import flow_objective, whole_objective
from chanjiao.engines.planning.prices import Guide, Prices
from chanjiao.engines.planning.problem import Floats, Indices, Problem, problem_of
from chanjiao.engines.planning.relaxed import relaxed_optimum
from chanjiao.engines.planning.rows import Demand, Link, Point
from chanjiao.engines.planning.search import COLD, HOT, Search

ENGINE_ID = "planning"
ENGINE_VERSION = "1"
TINY_UP_TO = 320
"""Points × years up to which branch and bound begins at once, without what must be compiled first."""
BRANCH_SHARE = 0.7
"""The part of the time that branch and bound has there before search joins in."""
EXACT_UP_TO = 4_000
"""Points × years up to which branch and bound gets what is left of the time."""
STEPS, SWEEPS, EXCHANGES = 200, 60, 12
"""Price steps, sweeps and passes of exchanges of the first round; each round has half as many again."""
REFINE_SHARE = 0.5
"""The part of what is left of the time that the linear programme of held openings may take."""
FINE = 0.01
"""By how much of its cost a plan of fractions may grow when it is rounded, to be a start for improvement."""

Progress = Callable[[float, float], None]
"""Called with the best objective and the best bound so far."""


@dataclass(frozen=True, slots=True)
class Effort:
    """When to stop: after `seconds`, at a gap of at most `gap`, after `rounds`, or when `stopped`, whichever is first.

    An answer depends on the seed alone when `rounds` or `gap` stop it, and on the machine where `seconds` do.
    """

    seconds: float = 60.0
    gap: float = 1e-6
    rounds: int = 10_000
    seed: int = 0
    stopped: Callable[[], bool] = never


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Intake (n × T), openness, supply (O × T), objective, bound, the price of each limit (L), and how it was found."""

    intake: Floats
    is_open: NDArray[np.bool_]
    supply: Floats
    objective: float
    bound: float
    prices: Floats
    method: str
    seconds: float

    @property
    def gap(self) -> float:
        """(objective − bound) / objective, 0 where both are 0."""
        return max(0.0, self.objective - self.bound) / max(abs(self.objective), 1e-9)


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
    compile_ahead()
    run = _Run(problem, effort, progress or (lambda objective, bound: None))
    run.search()
    if len(problem.points) * len(problem.years) <= EXACT_UP_TO:
        run.branch()
    return run.answer()


def search_only(problem: Problem, effort: Effort) -> Plan:
    """Rounds of prices and search, of whatever size the problem."""
    compile_ahead()
    run = _Run(problem, effort, lambda objective, bound: None)
    run.search()
    return run.answer()


@cache
def compile_ahead() -> None:
    """The compiled code is loaded, or compiled where this machine has none yet, before any clock runs."""
    point = Point("", "", "", 1, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0)
    problem = problem_of(
        points=[point], links=[Link("", "", "", 1.0)], demands=[Demand("", "", year, 1.0, 1.0, 1.0) for year in (1, 2)]
    )
    run = _Run(problem, Effort(rounds=1), lambda objective, bound: None)
    run.round(0)


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
    return _plan_of(
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
        return _plan_of(
            problem,
            found.level,
            bound=bound,
            prices=searched.prices,
            method="branch and bound",
            seconds=searched.seconds,
        )
    return replace(searched, bound=min(bound, searched.objective))


def _plan_of(problem: Problem, level: Indices, *, bound: float, prices: Floats, method: str, seconds: float) -> Plan:
    intake = np.maximum(level, 0) * problem.step[:, None]
    value = whole_objective(problem, level)
    supply = supply_of(problem, intake)
    return Plan(intake, level >= 0, supply, value, min(bound, value), prices, method, seconds)


def _relaxed(problem: Problem, effort: Effort) -> Plan:
    begun = time.monotonic()
    found = relaxed_optimum(problem, effort.seconds, effort.stopped)
    supply = supply_of(problem, found.intake)
    value = flow_objective(problem, found.intake, supply)
    taken = time.monotonic() - begun
    bound = min(found.bound, value)
    return Plan(found.intake, found.intake > 1e-6, supply, value, bound, found.prices, found.method, taken)


class _Run:
    """One run over a problem in whole steps."""

    def __init__(self, problem: Problem, effort: Effort, progress: Progress) -> None:
        self._problem, self._effort, self._progress = problem, effort, progress
        self._begun = time.monotonic()
        self._a: Arrays = arrays_of(problem)
        self._prices = Prices(self._a, len(problem.years))
        self._search = Search(self._a, len(problem.years), effort.seed)
        self._openings: Openings | None = None
        self._bound = -np.inf
        self._method = "prices and search"

    def search(self) -> None:
        """Rounds until the gap is reached, the time is over, or the rounds are done (one where branching follows)."""
        small = len(self._problem.points) * len(self._problem.years) <= EXACT_UP_TO
        self._search.begin(None)
        self._search.polish(self._late)
        self._search.take(self._today())
        for number in range(min(self._effort.rounds, 1 if small else self._effort.rounds)):
            self.round(number)
            if self._done():
                break

    def answer(self) -> Plan:
        """The best plan so far."""
        return _plan_of(
            self._problem,
            self._search.best,
            bound=self._bound,
            prices=self._prices.guide.limit,
            method=self._method,
            seconds=time.monotonic() - self._begun,
        )

    def round(self, number: int) -> None:
        """Climb with the prices, cool a plan from their mean, improve it point by point and pair by pair."""
        growth = 1.5**number
        self._prices.climb(int(STEPS * growth), self._after(0.5))
        self._bound = max(self._bound, self._prices.bound)
        if self._late():
            return
        search, guide = self._search, self._prices.guide
        sweeps = self._fitting(int(SWEEPS * growth), 0.5, lambda: search.cool(1, guide, self._late, hot=HOT))
        exchanges = int(EXCHANGES * growth)
        self._drawn(guide, sweeps, HOT)
        self._exchanged(exchanges)
        self._refine(sweeps, exchanges)

    def _drawn(self, guide: Guide, sweeps: int, hot: float) -> None:
        """The plan of `guide` as far as limits allow, drawn anew from `hot` on, improved point by point."""
        search = self._search
        search.begin(guide)
        search.cool(sweeps, guide, self._late, hot=hot)
        search.polish(self._late)

    def _exchanged(self, exchanges: int) -> None:
        """The plan in hand improved pair by pair, and the best so far told."""
        self._search.exchange(exchanges, self._late)
        self._progress(self._search.best_value, self._bound)

    def _refine(self, sweeps: int, exchanges: int) -> None:
        """Hold the openings of the best plan, find their best intakes, and improve from there."""
        if self._done():
            return
        problem, search = self._problem, self._search
        self._openings = self._openings or Openings(problem)
        held = self._openings.held(search.best, REFINE_SHARE * self._left(), self._effort.stopped)
        if held is None or self._late():
            return
        level = rounded(problem, search.best, held.steps)
        if whole_objective(problem, level) <= held.value + FINE * abs(held.value):
            search.take(level)
        else:
            guide = replace(self._prices.guide, plan=held.steps * problem.step[:, None])
            self._drawn(guide, sweeps, COLD)
        self._exchanged(exchanges)

    def _today(self) -> Indices:
        """Everybody at today's intake in every year, in whole steps; improvement mends what limits forbid."""
        a, years = self._a, len(self._problem.years)
        steps = np.clip((a.now / a.step + 1e-9).astype(np.int64), a.first, np.maximum(a.last, a.first))
        level = np.where((a.now > 0) & (a.last >= a.first), steps, -1)
        return np.repeat(level[:, None], years, axis=1)

    def _after(self, share: float) -> Callable[[], bool]:
        """Whether that share of what is left now is over, or somebody has stopped the run."""
        end = time.monotonic() + share * self._left()
        return lambda: time.monotonic() >= end or self._effort.stopped()

    def _fitting(self, wanted: int, share: float, once: Callable[[], None]) -> int:
        """How many of `wanted` times fit into `share` of what is left, judged by doing it once."""
        before = time.monotonic()
        once()
        each = max(time.monotonic() - before, 1e-6)
        return max(1, min(wanted, int(share * self._left() / each)))

    def _left(self) -> float:
        return max(0.0, self._effort.seconds - (time.monotonic() - self._begun))

    def _late(self) -> bool:
        return self._left() <= 0.0 or self._effort.stopped()

    def _done(self) -> bool:
        best = self._search.best_value
        return self._late() or best - self._bound <= self._effort.gap * max(abs(best), 1e-9)

    def branch(self) -> None:
        """Branch and bound from the best plan for what is left of the time."""
        if self._done():
            return
        found = branch_and_bound(
            self._problem,
            start=self._search.best,
            gap=self._effort.gap,
            seed=self._effort.seed,
            seconds=self._left(),
            stopped=self._effort.stopped,
        )
        self._bound = max(self._bound, found.bound)
        self._method = "branch and bound"
        if found.level is not None:
            self._search.take(found.level)
        self._progress(self._search.best_value, self._bound)
