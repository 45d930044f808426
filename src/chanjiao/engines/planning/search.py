"""Plans in whole steps: every point in turn is drawn anew by its exact dynamic programme while the heat falls.

Drawing is drawn toward the mean plan of the prices, and resources carry their prices, until both pulls have faded; then
points improve one at a time until none can, and two at a time, for where limits are used up none can alone. Each step
keeps every limit, so there is a plan at any moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from chanjiao.engines.planning.arrays import Arrays
from chanjiao.engines.planning.prices import Guide
from chanjiao.engines.planning.problem import Indices

HOT, COLD = 0.2, 0.06
"""Heat at the begin and end of cooling, in the cost of leaving one mean step of one link short."""
SOFT, FIRM = 0.003, 1.0
"""By how much of the weight the slope of a softened cost changes over one mean step of one link."""
PULL = 0.05
TOWARD_MEAN = 5.0
"""Cost of a seat away from the mean plan, in shortage of one person: at the begin of cooling, and to begin with it."""
LEAN = 1e-9
"""The same toward today's intake where plans are equal otherwise."""
MOST_POLISHES = 60
LEAST_SAVED = 1e-7
"""What an exchange between two points has to save, in the larger weight."""
WITHIN_COLLEGE = 4
"""How often a pass pairs the points of each college, for once that it pairs those who serve one occupation."""
ROUGH_LEVELS = 10
"""At least about so many levels of a point are told apart while it is drawn; finer steps wait for the improvement."""


class Search:
    """The plan in hand (`level`, n × T, −1 for closed) and the best so far (`best`, `best_value`)."""

    def __init__(self, a: Arrays, years: int, seed: int) -> None:
        self._a = a
        self._steps = _rough_steps(a)
        self._rough = a._replace(step=a.step * self._steps, first=a.first // self._steps, last=a.last // self._steps)
        self._random = np.random.default_rng(seed)
        self._seed = self._random.integers(1, 2**63, 1).astype(np.uint64)
        self.level = np.full((len(a.now), years), -1, np.int64)
        self._supply, self._used = np.zeros_like(a.short_at), np.zeros(len(a.amount))
        nothing = np.zeros_like(a.short_at)
        self._today = Guide(nothing, nothing, np.zeros(len(a.amount)), np.repeat(a.now[:, None], years, axis=1))
        self._weight = max(a.shortage, a.surplus)
        self._per_step = _mean_step(self._rough)
        self._groups = _groups(a)
        self.best: Indices = self.level.copy()
        self.best_value = np.inf

    def begin(self, guide: Guide | None) -> None:
        """Close all and let each point in turn take its best plan, close to that of `guide` where one is given."""
        from chanjiao.engines.planning.sweeps import load

        self.level[:] = -1
        load(self._a, self.level, self._supply, self._used)
        if guide is None:
            self._sweep(self._today, lean=LEAN)
        else:
            self._sweep(replace(self._today, plan=guide.plan), lean=TOWARD_MEAN * self._weight)

    def cool(self, sweeps: int, guide: Guide, stopped: Callable[[], bool], *, hot: float) -> None:
        """Draw all points `sweeps` times while the heat and the pull of `guide` fall and costs grow firm."""
        from chanjiao.engines.planning.sweeps import load

        self.level //= self._steps[:, None]  # closed is −1 and stays so
        load(self._rough, self.level, self._supply, self._used)
        for number in range(sweeps):
            done = number / max(1, sweeps - 1)
            heat = hot * (COLD / hot) ** done * self._weight * self._per_step
            firmness = SOFT * (FIRM / SOFT) ** done * self._weight / self._per_step
            self._sweep(guide, self._rough, heat=heat, lean=PULL * (1 - done) * self._weight, firmness=firmness)
            if stopped():
                break
        np.multiply(self.level, self._steps[:, None], out=self.level, where=self.level > 0)

    def polish(self, stopped: Callable[[], bool]) -> None:
        """Improve point by point until none can, among equals toward today; the best plan is kept."""
        from chanjiao.engines.planning.sweeps import load, objective

        load(self._a, self.level, self._supply, self._used)
        for _ in range(MOST_POLISHES):
            if self._sweep(self._today, lean=LEAN) == 0 or stopped():
                break
        load(self._a, self.level, self._supply, self._used)
        value = float(objective(self._a, self.level, self._supply))
        if value < self.best_value:
            self.best, self.best_value = self.level.copy(), value

    def exchange(self, passes: int, stopped: Callable[[], bool]) -> None:
        """Improve pair by pair, each point with a few others in a pass, and then point by point."""
        from chanjiao.engines.planning.pairs import exchange

        least = LEAST_SAVED * self._weight
        for group, member in self._groups * passes:
            if stopped():
                break
            exchange(self._a, self._pairs(group, member), self.level, self._supply, self._used, least)
        self.polish(stopped)

    def _pairs(self, group: Indices, member: Indices) -> Indices:
        """Neighbours (m × 2) when the members of each group stand in a random row."""
        order = np.lexsort((self._random.random(len(group)), group))
        together = group[order[1:]] == group[order[:-1]]
        return np.stack([member[order[:-1]][together], member[order[1:]][together]], axis=1)

    def take(self, level: Indices) -> None:
        """Polish a plan found elsewhere."""
        self.level[:] = level
        self.polish(lambda: False)

    def _sweep(
        self, guide: Guide, a: Arrays | None = None, *, heat: float = 0.0, lean: float = 0.0, firmness: float = 0.0
    ) -> int:
        from chanjiao.engines.planning.sweeps import sweep

        a, order = a or self._a, self._random.permutation(len(self._a.now))
        changed = sweep(
            a,
            order,
            self.level,
            self._supply,
            self._used,
            guide.arrays(),
            float(heat),
            float(lean),
            float(firmness),
            self._seed,
            a.most_levels,
        )
        return int(changed)


def _groups(a: Arrays) -> list[tuple[Indices, Indices]]:
    """Groups in which points exchange, each as (group, member): under one limit, or serving one occupation."""
    points = np.arange(len(a.now))
    limited = points[np.diff(a.limit_start) > 0]
    served = (a.link_row, np.repeat(points, np.diff(a.link_start)))
    return [(a.limit_row[a.limit_start[limited]], limited)] * WITHIN_COLLEGE + [served]


def _rough_steps(a: Arrays) -> Indices:
    """How many steps of each point (n) make one of drawing: a divisor of its least class; 1 where changes are bound."""
    steps = np.ones(len(a.now), np.int64)
    most = np.where(np.isinf(a.change_bound), (a.last - a.first) // ROUGH_LEVELS, 1)
    for divisor in range(2, int(most.max(initial=1)) + 1):
        steps[(divisor <= most) & (a.first % divisor == 0)] = divisor
    return steps


def _mean_step(a: Arrays) -> float:
    """People whom one step of a point brings to one occupation, on average over all links; 1 where none does."""
    point = np.repeat(np.arange(len(a.now)), np.diff(a.link_start))
    brought = a.link_value * a.step[point]
    return float(brought.mean()) if brought.any() else 1.0
