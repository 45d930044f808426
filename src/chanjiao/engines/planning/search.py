"""Plans in whole steps: every point in turn is drawn anew by its exact dynamic programme while the heat falls.

Drawing is drawn toward the mean plan of the prices, and resources carry their prices, until both pulls have faded; then
points improve one at a time until none can. Each step keeps every limit, so there is a plan at any moment.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from chanjiao.engines.planning.arrays import Arrays
from chanjiao.engines.planning.problem import Floats, Indices

HOT, COLD = 10.0, 0.3
PULL = 0.6
TOWARD_MEAN = 5.0
LEAN = 1e-9
MOST_POLISHES = 60


class Search:
    """The plan in hand (`level`, n × T, −1 for closed) and the best so far (`best`, `best_value`)."""

    def __init__(self, a: Arrays, years: int, seed: int) -> None:
        self._a = a
        self._random = np.random.default_rng(seed)
        self._seed = self._random.integers(1, 2**63, 1).astype(np.uint64)
        self.level = np.full((len(a.now), years), -1, np.int64)
        self._supply, self._used = np.zeros_like(a.short_at), np.zeros(len(a.amount))
        self._today = np.repeat(a.now[:, None], years, axis=1)
        self._free = np.zeros(len(a.amount))
        self.best: Indices = self.level.copy()
        self.best_value = np.inf

    def begin(self, mean: Floats | None) -> None:
        """Close all and let each point in turn take its best plan, close to `mean` where one is given."""
        from chanjiao.engines.planning.sweeps import load

        self.level[:] = -1
        load(self._a, self.level, self._supply, self._used)
        pull, lean = (self._today, LEAN) if mean is None else (mean, TOWARD_MEAN)
        self._sweep(self._free, pull, 0.0, lean)

    def cool(self, sweeps: int, limit: Floats, mean: Floats, stopped: Callable[[], bool]) -> None:
        """Draw all points `sweeps` times while the heat falls; weights are in shortage of one person and year."""
        for number in range(sweeps):
            done = number / max(1, sweeps - 1)
            heat = HOT * (COLD / HOT) ** done * max(self._a.shortage, self._a.surplus)
            self._sweep(limit, mean, heat, PULL * (1 - done) * self._a.shortage)
            if stopped():
                return

    def polish(self, stopped: Callable[[], bool]) -> None:
        """Improve point by point until none can, among equals toward today; the best plan is kept."""
        from chanjiao.engines.planning.sweeps import load, objective

        load(self._a, self.level, self._supply, self._used)
        for _ in range(MOST_POLISHES):
            if self._sweep(self._free, self._today, 0.0, LEAN) == 0 or stopped():
                break
        load(self._a, self.level, self._supply, self._used)
        value = float(objective(self._a, self.level, self._supply))
        if value < self.best_value:
            self.best, self.best_value = self.level.copy(), value

    def take(self, level: Indices) -> None:
        """Polish a plan found elsewhere."""
        self.level[:] = level
        self.polish(lambda: False)

    def _sweep(self, limit: Floats, pull: Floats, heat: float, lean: float) -> int:
        from chanjiao.engines.planning.sweeps import sweep

        a, order = self._a, self._random.permutation(len(self._a.now))
        changed = sweep(
            a, order, self.level, self._supply, self._used, limit, pull, heat, lean, self._seed, a.most_levels
        )
        return int(changed)
