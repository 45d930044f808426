"""Best fit under capacities alone: an auction that stops when prices fight, then searches for the last few."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.fits import WholeFits, whole_fits
from chanjiao.engines.allocation.linear import solve_linear
from chanjiao.engines.allocation.problem import Bools, Ints, Ints32, Problem

Reals = NDArray[np.float64]
COMPILED_FROM = 20_000  # choices; below it HiGHS solves faster than the compiled code loads
_FEW = 16  # so few are quicker searched for than auctioned
_BIDS = 3  # bids a student in one go of the auction
_ROUNDINGS = 8
_ROUNDS = 20
_PROGRESS = 0.6  # a search that leaves more of the waiting than this makes room for the auction again


def solve_by_prices(problem: Problem, fit: Reals, *, compiled: bool | None = None) -> tuple[Bools, Reals]:
    """(chosen choices, price of each seat) of a placement with the highest total fit under capacities.

    Exact for whole fits and fits with up to four decimals. Students bid for their best seat; whoever meets a tie is
    set aside, then the set-aside bid with slack 1/(students + 1), and where prices only push each other up
    (equal fits) a Dijkstra search from the free places raises all prices at once and seats students along moves that
    lose nothing. O(E log E) a search; few are needed outside fits that are the same for everybody at a seat.
    """
    if not problem.seat.size:
        return np.zeros(0, np.bool_), np.zeros(problem.seats)
    large = problem.seat.size >= COMPILED_FROM if compiled is None else compiled
    if not large:
        bare = replace(problem, limits=(), minimum=np.zeros(problem.seats, np.int64))
        chosen, dual = solve_linear(bare, fit, 0.0)
        return chosen, dual.seat
    market = _Market(problem, whole_fits(fit))
    return market.by_value() or market.solve() or solve_by_prices(problem, fit, compiled=False)


@dataclass(slots=True)
class _State:
    """Prices, bids and holders while the market runs."""

    price: Ints
    count: Ints
    who: Ints32
    level: Ints
    held: Ints
    ring: Ints32
    waiting: int


class _Market:
    """One run: fits scaled by students + 1, places of a seat side by side in `who` and `level`."""

    def __init__(self, problem: Problem, whole: WholeFits) -> None:
        self.problem = problem
        self.unit = problem.students + 1
        self.scale = whole.scale * self.unit
        self.fit: Ints = whole.value * self.unit
        listed = np.bincount(problem.seat, minlength=problem.seats)
        self.base = np.zeros(problem.seats + 1, np.int64)
        np.cumsum(np.minimum(problem.capacity, listed + 1), out=self.base[1:])

    def solve(self) -> tuple[Bools, Reals] | None:
        """The chosen choices and the prices once nobody waits; None where prices fight on and HiGHS is quicker."""
        places = int(self.base[-1])
        students, seats = self.problem.students, self.problem.seats
        state = _State(
            np.zeros(seats, np.int64), np.zeros(seats, np.int64), np.full(places, -1, np.int32),
            np.zeros(places, np.int64), np.full(students, -1, np.int64), np.arange(students + 1, dtype=np.int32),
            students,
        )  # fmt: skip
        shut = self.base[1:] == self.base[:-1]  # room for all who list a seat and one more never fills: price 0
        state.price[shut] = 2**60
        self._auction(state, 0, 2**62)
        self._auction(state, 1, 3 * students)
        if state.waiting and not self._search(state):
            return None
        chosen = np.zeros(self.problem.seat.size, np.bool_)
        chosen[state.held[state.held >= 0]] = True
        state.price[shut] = self._closed_price()[shut]
        return chosen, self._whole_prices(state.price, int(self.fit[chosen].sum())) / self.scale

    def _whole_prices(self, price: Ints, total: int) -> Ints:
        """Prices in whole fits that prove the optimum without a gap; the prices as they are if rounding finds none."""
        for part in range(_ROUNDINGS):
            shift = part * self.unit // _ROUNDINGS
            whole = (price + shift) // self.unit * self.unit
            if self._bound(whole) == total:
                return whole
        return price

    def _bound(self, price: Ints) -> int:
        start = self.problem.start
        listed = start[:-1][start[:-1] < start[1:]]
        best = np.maximum.reduceat(self.fit - price[self.problem.seat], listed)
        return int(np.maximum(best, 0).sum()) + int(self.problem.capacity @ price)

    def by_value(self) -> tuple[Bools, Reals] | None:
        """The optimum where every seat is worth the same to all who list it; None where that is not so."""
        problem = self.problem
        value: Ints = np.zeros(problem.seats, np.int64)
        value[problem.seat] = self.fit
        if not np.array_equal(value[problem.seat], self.fit):
            return None
        from chanjiao.engines.allocation.common_compiled import fill_by_value, reach
        from chanjiao.engines.allocation.prices_compiled import listed_by

        first, choices, students = listed_by(problem.start, problem.seat, problem.seats)
        held: Ints = np.full(problem.students, -1, np.int64)
        order = np.argsort(-value, kind="stable")
        room = np.where(value > 0, np.diff(self.base), 0)
        count = fill_by_value(order, first, choices, students, problem.seat, room, held)
        least = np.zeros(problem.seats, np.int64)
        reach(order, first, students, problem.seat, room, count, held, np.maximum(value, 0), least)
        price = np.maximum(value - least, 0)
        price[(value > 0) & (count < room)] = 0
        chosen = np.zeros(problem.seat.size, np.bool_)
        chosen[held[held >= 0]] = True
        if self._bound(price) != int(self.fit[chosen].sum()):
            return None
        return chosen, price / self.scale

    def _search(self, state: _State) -> bool:
        """True once nobody waits, False when half of the waiting still do after many rounds."""
        from chanjiao.engines.allocation.prices_compiled import lift, listed_by, relevel, settle

        problem = self.problem
        first, choices, students = listed_by(problem.start, problem.seat, problem.seats)
        fit_there = self.fit[choices]
        turn = np.zeros(problem.seats, np.int64)
        at_first, rounds = state.waiting, 0
        while state.waiting:
            rounds += 1
            if rounds > _ROUNDS and state.waiting > max(at_first // 2, _FEW):
                return False
            before = state.waiting
            lift(
                self.fit, first, students, fit_there, self.base, state.price, state.count, state.who, state.held, turn,
            )  # fmt: skip
            state.waiting = settle(
                problem.start, problem.seat, self.fit, self.base, state.price, state.count, state.who, state.level,
                state.held, state.ring, state.waiting, turn,
            )  # fmt: skip
            if state.waiting > max(_PROGRESS * before, _FEW):
                relevel(self.base, state.price, state.count, state.who, state.level)
                self._auction(state, 1, _BIDS * problem.students)
        return True

    def _auction(self, state: _State, slack: int, budget: int) -> None:
        from chanjiao.engines.allocation.prices_compiled import auction

        state.waiting = auction(
            self.problem.start, self.problem.seat, self.fit, self.base, state.price, state.count, state.who,
            state.level, state.held, state.ring, state.waiting, slack, budget,
        )  # fmt: skip

    def _closed_price(self) -> Ints:
        """A price that keeps everybody away from the seats without places: the largest fit there."""
        price = np.zeros(self.problem.seats, np.int64)
        np.maximum.at(price, self.problem.seat, np.maximum(self.fit, 0))
        return price
