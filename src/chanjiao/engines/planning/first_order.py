"""The relaxation of a large region, where changes from year to year are free, by a first-order method of its own.

Shortage, surplus and changes need no columns here: they are prices within bounds, of balances, limits and changes. A
saddle of intake and prices is sought by primal–dual hybrid gradient steps (Chambolle and Pock 2011), each coordinate
with its own length (Pock and Chambolle 2011), reflected, anchored where they began (Halpern 1967), and begun anew when
they have come closer (Lu and Yang 2024). Prices stay within their bounds, so all of them give a bound on every plan;
intake scaled down into the limits is a plan.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np

from chanjiao.engines.planning.arrays import Arrays, arrays_of, mean_use
from chanjiao.engines.planning.balance_prices import first_prices, split, worth
from chanjiao.engines.planning.problem import Floats, Problem

FIRST_WEIGHT = 0.01
"""How far prices step for one seat that intake steps; each new beginning takes it from how far both have gone."""
MUCH_CLOSER, CLOSER, LONG = 0.2, 0.8, 0.36
"""Steps begin anew when they have shrunk to the first part of what they were, when they have shrunk to the second and
grow again, or when they are so large a part of all."""
WORKERS = 2
"""Threads; compiled steps run beside each other."""
CHANGES_IN_COLUMN = 2.0
_TINY = 1e-9


@dataclass(slots=True, eq=False)
class _Place:
    """Intake and prices of changes (n × K each), prices of balances (O × T) and of limits (L)."""

    seats: Floats
    turn: Floats
    price: Floats
    limit: Floats

    def copy(self) -> _Place:
        return _Place(*(getattr(self, one.name).copy() for one in fields(self)))


class Saddle:
    """Steps from today toward the best relaxed plan of the first `kept` years, after which intake stays as it is.

    Points are shared out among `WORKERS` of `pool`.
    """

    def __init__(self, problem: Problem, kept: int, pool: ThreadPoolExecutor) -> None:
        a = arrays_of(problem)
        self._unit = mean_use(a)
        self._a = a = a._replace(limit_value=a.limit_value / self._unit[a.limit_row], amount=a.amount / self._unit)
        self._most, self._counts = problem.seats_max, a.limit_year < kept
        self._by_seat, self._by_balance, self._by_limit = _lengths(a, kept)
        seats = np.minimum(np.repeat(a.now[:, None], kept, axis=1), self._most[:, None])
        price = first_prices(a)
        self._now = _Place(seats, np.zeros_like(seats), price, np.zeros(len(a.amount)))
        self._anchor = self._now.copy()
        self._weight, self._taken, self._since = FIRST_WEIGHT, 0, 0
        self._first = self._last = np.inf
        self._ends = np.linspace(0, len(a.now), WORKERS + 1).astype(np.int64)
        self._brought, self._used = np.zeros((WORKERS, *price.shape)), np.zeros((WORKERS, len(a.amount)))
        self._pool = pool
        self.bound = -np.inf

    @property
    def intake(self) -> Floats:
        """Intake (n × K) where the steps stand; limits may be broken by a hair."""
        return np.clip(self._now.seats, 0.0, self._most[:, None])

    @property
    def limit_prices(self) -> Floats:
        """The price of each limit (L)."""
        return np.asarray(self._now.limit / self._unit)

    def step(self) -> None:
        """Take a step; `bound` is the best of all so far."""
        a, now, anchor = self._a, self._now, self._anchor
        share = (self._since + 1) / (self._since + 2)
        bound, distance = self._worth(), 0.0
        for gained, moved in self._pool.map(lambda part: self._of_part(part, share), range(WORKERS)):
            bound += gained
            distance += moved
        self.bound = max(self.bound, bound)
        by_balance, by_limit = self._weight * self._by_balance, self._weight * self._by_limit
        price = self._balanced(by_balance, self._brought.sum(axis=0))
        over = self._used.sum(axis=0) - a.amount
        limit = np.maximum(0.0, now.limit + by_limit * over) * self._counts
        distance += float(np.sum((price - now.price) ** 2 / by_balance) + np.sum((limit - now.limit) ** 2 / by_limit))
        price, limit = (
            _anchored(now.price, price, anchor.price, share),
            _anchored(now.limit, limit, anchor.limit, share),
        )
        now.price, now.limit = np.clip(price, -a.surplus, a.shortage), np.maximum(0.0, limit)
        self._taken += 1
        self._since += 1
        if self._came_closer(float(np.sqrt(distance))):
            self._begin_anew()

    def _of_part(self, part: int, share: float) -> tuple[float, float]:
        """Intake of the points of `part` takes its step; what they add to the bound, and how far they went."""
        from chanjiao.engines.planning.saddle import stepped

        now, anchor = self._now, self._anchor
        points, brought, used = self._ends[part : part + 2], self._brought[part], self._used[part]
        lengths = (self._by_seat, self._weight, self._weight / CHANGES_IN_COLUMN)
        prices, seats, turns = (now.price, now.limit), (now.seats, anchor.seats), (now.turn, anchor.turn)
        gained = stepped(self._a, points, self._most, lengths, prices, seats, turns, share, brought, used)
        return float(gained[0]), float(gained[1])

    def _worth(self) -> float:
        """What prices of balances and limits bring to the bound."""
        a, now = self._a, self._now
        return worth(a, *split(now.price, -a.surplus, a.shortage)) - float(now.limit @ a.amount)

    def _balanced(self, by_balance: Floats, brought: Floats) -> Floats:
        """Prices of balances one step on, toward what supply leaves of demand on either side of their bend."""
        a, bend = self._a, self._a.shortage - self._a.surplus
        high = self._now.price + by_balance * (a.short_at - brought)
        low = self._now.price + by_balance * (a.surplus_at - brought)
        return np.clip(np.where(high <= bend, high, np.maximum(low, bend)), -a.surplus, a.shortage)

    def _came_closer(self, distance: float) -> bool:
        """Whether to begin anew, now that a step went as far as `distance`."""
        if self._since == 1:
            self._first = distance
        grows, self._last = distance > self._last, distance
        closer = distance <= (CLOSER if grows else MUCH_CLOSER) * self._first
        return self._since > 1 and (closer or self._since >= max(LONG * self._taken, 1 / LONG))

    def _begin_anew(self) -> None:
        now, anchor = self._now, self._anchor
        seats = np.sum((now.seats - anchor.seats) ** 2 / self._by_seat)
        prices = np.sum((now.price - anchor.price) ** 2 / self._by_balance)
        prices += np.sum((now.limit - anchor.limit) ** 2 / self._by_limit)
        prices += CHANGES_IN_COLUMN * np.sum((now.turn - anchor.turn) ** 2)
        if min(seats, prices) > _TINY**2:
            self._weight = float(np.sqrt(self._weight * np.sqrt(prices / seats)))
        now.seats = self.intake
        self._anchor, self._since = now.copy(), 0


def _anchored(now: Floats, new: Floats, anchor: Floats, share: float) -> Floats:
    return share * (2 * new - now) + (1 - share) * anchor


def _lengths(a: Arrays, kept: int) -> tuple[Floats, Floats, Floats]:
    """How far a seat (n × K), a balance (O × T) and a limit (L) step: one over all that stands in the column or row."""
    column, balance = np.full((len(a.now), kept), CHANGES_IN_COLUMN), np.zeros_like(a.short_at)
    point = np.repeat(np.arange(len(a.now)), np.diff(a.link_start))
    for t in range(kept):
        counts = t + a.duration[point] < a.short_at.shape[1]
        np.add.at(column[:, t], point[counts], a.link_value[counts])
        np.add.at(balance, (a.link_row[counts], t + a.duration[point[counts]]), a.link_value[counts])
    point, year = np.repeat(np.arange(len(a.now)), np.diff(a.limit_start)), a.limit_year[a.limit_row]
    np.add.at(column, (point[year < kept], year[year < kept]), a.limit_value[year < kept])
    limit = np.bincount(a.limit_row, a.limit_value, len(a.amount))
    return 1 / column, 1 / np.maximum(balance, _TINY), 1 / np.maximum(limit, _TINY)
