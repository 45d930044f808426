"""The Lagrangian dual: prices on the balance of each occupation and on each limit, under which points plan alone.

Each point then takes its cheapest plan by dynamic programming, and what they cost together, prices counted in, lies
below every feasible plan: a bound as tight as one column per whole plan of a point. Prices climb by adaptive
supergradient steps (Duchi, Hazan, Singer 2011) with momentum (Polyak 1964); the mean of the plans met on the way comes
close to the relaxed optimum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from chanjiao.engines.planning.arrays import Arrays
from chanjiao.engines.planning.problem import Floats

FIRST_STEP = 1.0
"""How far the first step would move a price, in the larger weight; later ones fade with the gradients met and with
their number over `FADING`."""
FADING = 60
HEAVINESS = 0.9
"""The part of a step that goes on in the direction so far; without it prices swing, and climb four times slower."""
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
        self._scale = _mean_use(a, limits)
        self._balance = np.where(a.short_at > 0, 0.25 * a.shortage, 0.0)
        self._limit = np.zeros(limits)
        self._seen_balance, self._seen_limit = np.full_like(a.short_at, _TINY), np.full(limits, _TINY)
        self._toward_balance, self._toward_limit = np.zeros_like(a.short_at), np.zeros(limits)
        self._level = np.full((points, years), -1, np.int64)
        self._supply, self._used = np.zeros_like(a.short_at), np.zeros(limits)
        self._order = np.arange(points)
        self._taken = 0
        self.bound = -np.inf
        nothing = np.zeros_like(a.short_at)
        self.guide = Guide(nothing, nothing, np.zeros(limits), np.zeros((points, years)))

    def climb(self, iterations: int, stopped: Callable[[], bool]) -> None:
        """Take up to `iterations` steps; the plan of `guide` becomes the mean of the later half of the plans met."""
        total, counted = np.zeros_like(self.guide.plan), 0
        for number in range(iterations):
            self._step()
            if 2 * number >= iterations:
                total += np.maximum(self._level, 0)
                counted += 1
            if stopped():
                break
        if counted:
            self.guide = replace(self.guide, plan=total * (self._a.step[:, None] / counted))

    def _step(self) -> None:
        from chanjiao.engines.planning.sweeps import respond

        a, limit = self._a, self._limit / self._scale
        value = respond(a, self._order, self._balance, limit, self._level, self._supply, self._used, a.most_levels)
        value += self._demand_worth() - float(limit @ a.amount)
        if value > self.bound:
            self.bound = value
            self.guide = Guide(*self._split(), limit, self.guide.plan)
        missing, over = self._missing(), (self._used - a.amount) / self._scale
        step = FIRST_STEP * max(a.shortage, a.surplus, _TINY) / (1 + self._taken / FADING)
        self._taken += 1
        self._balance += step * _turned(self._toward_balance, self._seen_balance, missing)
        np.clip(self._balance, -a.surplus, a.shortage, out=self._balance)
        self._limit += step * _turned(self._toward_limit, self._seen_limit, over)
        np.maximum(0.0, self._limit, out=self._limit)

    def _split(self) -> tuple[Floats, Floats]:
        """A price p as p = short − over with 0 ≤ short ≤ w_short, 0 ≤ over ≤ w_surplus, short as large as it can be."""
        short = np.minimum(self._a.shortage, self._balance + self._a.surplus)
        return short, short - self._balance

    def _demand_worth(self) -> float:
        short, over = self._split()
        return float(np.sum(short * self._a.short_at) - np.sum(over * self._a.surplus_at))

    def _missing(self) -> Floats:
        """A supergradient: how far demand at this price lies above supply."""
        a = self._a
        wanted = np.where(self._balance + a.surplus <= a.shortage, a.short_at, a.surplus_at)
        return np.asarray(wanted - self._supply)


def _turned(toward: Floats, seen: Floats, gradient: Floats) -> Floats:
    """`toward`, turned to `gradient` in units of the root of all squares `seen` so far; both are kept up."""
    seen += gradient * gradient
    toward *= HEAVINESS
    toward += (1 - HEAVINESS) * gradient / np.sqrt(seen)
    return toward


def _mean_use(a: Arrays, limits: int) -> Floats:
    """The mean use of a seat by limit, so that all prices move on one scale; 1 where nobody uses it."""
    total = np.bincount(a.limit_row, a.limit_value, limits)
    count = np.bincount(a.limit_row, minlength=limits)
    return np.asarray(np.where(total > 0, total / np.maximum(count, 1), 1.0))
