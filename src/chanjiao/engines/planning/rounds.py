"""Rounds of prices and search over a problem in whole steps, then branch and bound where it is small."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from chanjiao.engines.planning.arrays import Arrays, arrays_of
from chanjiao.engines.planning.exact import branch_and_bound
from chanjiao.engines.planning.held import Openings, rounded
from chanjiao.engines.planning.objective import whole_objective
from chanjiao.engines.planning.plan import Effort, Plan, Progress, plan_of
from chanjiao.engines.planning.prices import Guide, Prices
from chanjiao.engines.planning.problem import Indices, Problem
from chanjiao.engines.planning.search import COLD, HOT, Search

EXACT_UP_TO = 4_000
"""Points × years up to which branch and bound gets what is left of the time."""
STEPS, SWEEPS, EXCHANGES = 200, 60, 12
"""Price steps, sweeps and passes of exchanges of the first round; each round has half as many again."""
REFINE_SHARE = 0.5
"""The part of what is left of the time that the linear programme of held openings may take."""
FINE = 0.01
"""By how much of its cost a plan of fractions may grow when it is rounded, to be a start for improvement."""


class Rounds:
    """One run over a problem in whole steps."""

    def __init__(self, problem: Problem, effort: Effort, progress: Progress) -> None:
        self._problem, self._effort, self._progress = problem, effort, progress
        self._begun = time.monotonic()
        self._a: Arrays = arrays_of(problem)
        self._prices = Prices(self._a, len(problem.years))
        self._search = Search(self._a, len(problem.years), effort.seed)
        self._openings: Openings | None = None
        self._bound = 0.0  # no cost is below it, so it bounds a plan that is stopped before any other bound is known
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
        return plan_of(
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
        held = self._openings.held(search.best, self._prices.guide, REFINE_SHARE * self._left(), self._effort.stopped)
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
