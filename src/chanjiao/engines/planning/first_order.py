"""The relaxation of a large region, where changes from year to year are free, by a first-order method of its own.

Shortage, surplus and changes need no columns here: they are prices within bounds, of balances, limits and changes. A
saddle of intake and prices is sought by primal–dual hybrid gradient steps (Chambolle and Pock 2011), each coordinate
with its own length (Pock and Chambolle 2011), reflected, anchored where they began (Halpern 1967), and begun anew when
they have come closer (Lu and Yang 2024). Prices stay within their bounds, so all of them give a bound on every plan;
intake scaled down into the limits is a plan.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np

from chanjiao.engines.planning.balance_prices import split, worth
from chanjiao.engines.planning.grouped import Grouped
from chanjiao.engines.planning.problem import Floats

FIRST_WEIGHT = 0.01
"""How far prices step for a seat that intake steps; at each new beginning as far as they have gone from where all began
for a seat that intake has."""
MUCH_CLOSER, CLOSER, LONG = 0.2, 0.8, 0.36
"""Steps begin anew when they have shrunk to the first part of what they were, when they have shrunk to the second and
grow again, or when they are so large a part of all."""
JUDGED_EVERY = 50
"""Steps between two looks at the plan."""
WORKERS = 2
"""Threads; compiled steps run beside each other."""
CHANGES_IN_COLUMN = 0.1
"""What changes add to a seat's column. Their prices lie so near each other that they need no long steps."""
_BY_CHANGE = CHANGES_IN_COLUMN / 4
"""Two seats stand in each change, each in two changes: their rows are scaled to what stands in the column."""
_TINY = 1e-9


@dataclass(slots=True, eq=False)
class _Place:
    """Intake (K × n), prices of changes (K + 1 × n, the last 0), of balances (O × T) and of limits (K × R)."""

    seats: Floats
    turn: Floats
    price: Floats
    limit: Floats

    def copy(self) -> _Place:
        return _Place(*(getattr(self, one.name).copy() for one in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where steps begin: intake (K × n), prices of balances (O × T) and of limits (L)."""

    seats: Floats
    price: Floats
    limit: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The best plan met (K × n) with its objective, the best bound, and the price of each limit (L)."""

    intake: Floats
    value: float
    bound: float
    limit_prices: Floats


def reached(grouped: Grouped, start: Start, gap: float, over: Callable[[], bool]) -> Reached:
    """What steps reach until the gap is no more than `gap`, or it is `over`."""
    best, least = np.zeros(0), np.inf
    with ThreadPoolExecutor(WORKERS) as pool:
        saddle = Saddle(grouped, start, pool)
        while True:
            late = _walked(saddle, over)
            intake, value = saddle.plan()
            if value < least:
                best, least = intake, value
            if late or least - saddle.bound <= gap * abs(least):
                return Reached(best, least, saddle.bound, saddle.limit_prices)


def _walked(saddle: Saddle, over: Callable[[], bool]) -> bool:
    """Take `JUDGED_EVERY` steps; whether it was `over` before."""
    for _ in range(JUDGED_EVERY):
        saddle.step()
        if over():
            return True
    return False


class Saddle:
    """Steps toward the best relaxed plan of K years, after which intake stays as it is.

    Points are shared out among `WORKERS` of `pool`.
    """

    def __init__(self, grouped: Grouped, start: Start, pool: ThreadPoolExecutor) -> None:
        self._grouped, self._a, self._at = grouped, grouped.demand, grouped.columns
        self._column, self._by_balance, self._by_limit = _lengths(grouped)
        years, points = start.seats.shape
        seats, turn = grouped.clipped(start.seats), np.zeros((years + 1, points))
        price = np.clip(start.price, -self._a.surplus, self._a.shortage)
        self._start = _Place(seats, turn, price, grouped.on_lines(start.limit))
        self._now, self._anchor = self._start.copy(), self._start.copy()
        self._weight, self._taken, self._since = FIRST_WEIGHT, 0, 0
        self._first = self._last = np.inf
        self._ends = np.linspace(0, points, WORKERS + 1).astype(np.int64)
        self._people = np.zeros((WORKERS, years, grouped.groups))
        self._used = np.zeros((WORKERS, *grouped.amount.shape))
        self._pool = pool
        self.bound = -np.inf

    @property
    def limit_prices(self) -> Floats:
        """The price of each limit (L)."""
        place = self._grouped.place
        return np.where(place >= 0, self._now.limit.ravel()[place], 0.0) / self._grouped.unit

    def plan(self) -> tuple[Floats, float]:
        """Intake (K × n) where the steps stand, scaled down into the limits, and its objective."""
        intake = self._grouped.within(self._grouped.clipped(self._now.seats))
        return intake, self._grouped.value(intake)

    def step(self) -> None:
        """Take a step; `bound` is the best of all so far."""
        a, now, anchor = self._a, self._now, self._anchor
        share = (self._since + 1) / (self._since + 2)
        bound, distance = self._worth(), 0.0
        lengths = (1 / (self._weight * self._column), self._weight * _BY_CHANGE)
        prices = (self._grouped.earned(now.price), now.limit)
        for gained, moved in self._pool.map(lambda part: self._of_part(part, lengths, prices, share), range(WORKERS)):
            bound += gained
            distance += moved
        self.bound = max(self.bound, bound)
        by_balance, by_limit = self._weight * self._by_balance, self._weight * self._by_limit
        price = self._balanced(by_balance, self._grouped.supplied(self._people.sum(axis=0)))
        limit = np.maximum(0.0, now.limit + by_limit * (self._used.sum(axis=0) - self._grouped.amount))
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

    def _of_part(
        self, part: int, lengths: tuple[Floats, float], prices: tuple[Floats, Floats], share: float
    ) -> tuple[float, float]:
        """Intake of the points of `part` takes its step; what they add to the bound, and how far they went."""
        from chanjiao.engines.planning.saddle import stepped

        now, anchor = self._now, self._anchor
        points, people, used = self._ends[part : part + 2], self._people[part], self._used[part]
        seats, turns = (now.seats, anchor.seats), (now.turn, anchor.turn)
        gained = stepped(self._at, points, lengths, prices, seats, turns, share, people, used)
        return float(gained[0]), float(gained[1])

    def _worth(self) -> float:
        """What prices of balances and limits bring to the bound."""
        a, now = self._a, self._now
        return worth(a, *split(now.price, -a.surplus, a.shortage)) - float(np.sum(now.limit * self._grouped.amount))

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
        now, start = self._now, self._start
        seats = np.sum((now.seats - start.seats) ** 2 * self._column)
        prices = np.sum((now.price - start.price) ** 2 / self._by_balance)
        prices += np.sum((now.limit - start.limit) ** 2 / self._by_limit)
        prices += np.sum((now.turn - start.turn) ** 2 / _BY_CHANGE)
        if min(seats, prices) > _TINY**2:
            self._weight = float(np.sqrt(prices / seats))
        now.seats = self._grouped.clipped(now.seats)
        self._anchor, self._since = now.copy(), 0


def _anchored(now: Floats, new: Floats, anchor: Floats, share: float) -> Floats:
    return share * (2 * new - now) + (1 - share) * anchor


def _lengths(grouped: Grouped) -> tuple[Floats, Floats, Floats]:
    """All in the column of a seat (n); how far a balance (O × T) and a limit (K × R) step: one over all in its row."""
    at, (kept, lines) = grouped.columns, grouped.amount.shape
    groups = grouped.groups
    brings = np.asarray(grouped.brings.sum(axis=1)).reshape(kept, groups).max(axis=0)
    column = CHANGES_IN_COLUMN + at.rate * brings[at.group] + at.use.sum(axis=0)
    balance = grouped.supplied(np.tile(np.bincount(at.group, at.rate, groups), (kept, 1)))
    limit = np.bincount(at.line.ravel(), at.use.ravel(), lines)
    return column, 1 / np.maximum(balance, _TINY), np.tile(1 / np.maximum(limit, _TINY), (kept, 1))
