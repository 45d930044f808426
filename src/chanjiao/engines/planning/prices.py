"""The Lagrangian dual: prices on the balance of each occupation and on each limit, under which points plan alone.

Each point then takes its cheapest plan by dynamic programming, and what they cost together, prices counted in, lies
below every feasible plan: a bound as tight as one column per whole plan of a point. Prices climb by adaptive
supergradient steps (`ascent`; Duchi, Hazan, Singer 2011; Polyak 1964); the mean of the plans met on the way comes
close to the relaxed optimum. Inequalities that it breaks and whole plans keep join with prices of their own (`cuts`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from chanjiao.engines.planning.arrays import Arrays, mean_use
from chanjiao.engines.planning.ascent import Ascent
from chanjiao.engines.planning.balance_prices import first_prices, split, worth
from chanjiao.engines.planning.cuts import Cuts
from chanjiao.engines.planning.problem import Floats

FIRST_STEP = 1.0
"""How far the first step would move a price, in the larger weight; later ones fade with the gradients met and with
their number over `FADING`."""
FADING = 60
ALONE = 100
"""Steps before the first inequalities join."""
RENEWED, RENEWED_SHARE = 25, 8
"""Inequalities are renewed after so many steps, or after one in so many of those taken if that is later."""
_TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """What leads the search: prices of shortage and surplus (O × T each), of resources (L), and a plan (n × T)."""

    short: Floats
    over: Floats
    limit: Floats
    plan: Floats

    def arrays(self) -> tuple[Floats, Floats, Floats, Floats]:
        """The four as compiled code takes them."""
        return self.short, self.over, self.limit, self.plan


class Prices:
    """Prices that climb: `bound` is the best so far, `guide` its prices with the mean of the plans met on the way."""

    def __init__(self, a: Arrays, years: int) -> None:
        points, limits = len(a.now), len(a.amount)
        self._a = a
        self._scale = mean_use(a)
        self._balance = first_prices(a)
        self._limit = np.zeros(limits)
        self._toward_balance, self._toward_limit = Ascent.of(a.short_at.shape), Ascent.of((limits,))
        self._cuts = Cuts(a, years)
        self._level = np.full((points, years), -1, np.int64)
        self._supply, self._used = np.zeros_like(a.short_at), np.zeros(limits)
        self._order = np.arange(points)
        self._taken = 0
        self.bound = -np.inf
        nothing = np.zeros_like(a.short_at)
        self.guide = Guide(nothing, nothing, np.zeros(limits), np.zeros((points, years)))

    def climb(self, iterations: int, stopped: Callable[[], bool]) -> None:
        """Take up to `iterations` steps; the plan of `guide` becomes the mean of the last plans met."""
        end = self._taken + iterations
        while self._taken < end and not stopped():
            most = ALONE if self._taken < ALONE else max(RENEWED, self._taken // RENEWED_SHARE)
            counted, is_open = self._walk(min(most, end - self._taken), stopped)
            if counted >= most // 2:
                self._cuts.renew(self.guide.plan, is_open)

    def _walk(self, iterations: int, stopped: Callable[[], bool]) -> tuple[int, Floats]:
        """Take steps; how many plans the mean in `guide` is of, and how open points are in them."""
        seats, is_open, counted = np.zeros_like(self.guide.plan), np.zeros_like(self.guide.plan), 0
        for number in range(iterations):
            self._step()
            if 2 * number >= iterations - 1:
                seats += np.maximum(self._level, 0)
                is_open += self._level >= 0
                counted += 1
            if stopped():
                break
        if counted:
            self.guide = replace(self.guide, plan=seats * (self._a.step[:, None] / counted))
        return counted, is_open / max(1, counted)

    def _step(self) -> None:
        from chanjiao.engines.planning.sweeps import respond

        a, limit = self._a, self._limit / self._scale
        least, most = self._cuts.range()
        np.clip(self._balance, least, most, out=self._balance)
        charges = self._cuts.charges()
        level, supply, used = self._level, self._supply, self._used
        value = respond(a, self._order, self._balance, limit, charges, level, supply, used, a.most_levels)
        short, over = split(self._balance, least, most)
        value += worth(a, short, over)
        value -= float(limit @ a.amount) + self._cuts.worth()
        if value > self.bound:
            self.bound = value
            self.guide = Guide(short, over, limit, self.guide.plan)
        self._move(least, most)

    def _move(self, least: Floats, most: Floats) -> None:
        """All prices take a step uphill."""
        a = self._a
        missing, over = self._missing(least, most), (self._used - a.amount) / self._scale
        step = FIRST_STEP * max(a.shortage, a.surplus, _TINY) / (1 + self._taken / FADING)
        self._taken += 1
        short = np.where(self._balance >= most, np.maximum(0.0, missing), 0.0)
        left = np.where(self._balance <= least, np.maximum(0.0, -missing), 0.0)
        self._cuts.climb(step, self._level, short, left)
        self._balance += step * self._toward_balance.step(missing)
        self._limit += step * self._toward_limit.step(over)
        np.maximum(0.0, self._limit, out=self._limit)

    def _missing(self, least: Floats, most: Floats) -> Floats:
        """A supergradient: how far demand at this price lies above supply."""
        a = self._a
        wanted = np.where(self._balance - least <= most, a.short_at, a.surplus_at)
        return np.asarray(wanted - self._supply)
