"""Best fit under capacities alone: an auction in ever smaller steps, then cheapest paths for the last few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.fits import WholeFits, whole_fits
from chanjiao.engines.allocation.linear import solve_linear
from chanjiao.engines.allocation.problem import Bools, Ints, Ints32, Problem

Reals = NDArray[np.float64]
COMPILED_FROM = 20_000  # choices; below it HiGHS solves faster than the compiled code loads
_GRID = 64  # steps of a price within a whole fit
_STEP = 5  # each go of the auction raises bids by a fifth of the slack of the one before
_BACK = 2  # so many slacks prices may be too high after a go, twice as many once slacks are small
_COARSE = 40
_BIDS = 40  # bids a student in one go; more is a war of prices
_FEW = 1000  # one student in so many left to the search is few


def solve_by_prices(problem: Problem, fit: Reals, *, compiled: bool | None = None) -> tuple[Bools, Reals]:
    """(chosen choices, price of each seat) of a placement with the highest total fit under capacities.

    Exact for whole fits and fits with up to four decimals, with whole prices that prove it. Students bid with slack,
    from a fifth of the largest fit downwards, each go from the prices of the one before (Bertsekas 1988). At prices
    rounded to whole fits nearly all hold a best choice; the others are seated along cheapest paths (Dijkstra), which
    also fill or free of charge what lies empty at a price.
    """
    if not problem.seat.size:
        return np.zeros(0, np.bool_), np.zeros(problem.seats)
    large = problem.seat.size >= COMPILED_FROM if compiled is None else compiled
    if not large:
        bare = replace(problem, limits=(), minimum=np.zeros(problem.seats, np.int64))
        chosen, dual = solve_linear(bare, fit, 0.0)
        return chosen, dual.seat
    whole = whole_fits(fit)
    held, price = by_value(problem, whole.value) or _Market(problem, whole).solve()
    chosen = np.zeros(problem.seat.size, np.bool_)
    chosen[held[held >= 0]] = True
    return chosen, price / whole.scale


def rooms(problem: Problem) -> Ints:
    """Where the places of each seat begin, side by side: its capacity, or one more than can come."""
    listed = np.bincount(problem.seat, minlength=problem.seats)
    base = np.zeros(problem.seats + 1, np.int64)
    np.cumsum(np.minimum(problem.capacity, listed + 1), out=base[1:])
    return base


class _Market:
    """One run: fits and prices on a grid of whole fits, holders side by side in `who`, their bids in `level`."""

    def __init__(self, problem: Problem, whole: WholeFits) -> None:
        self.problem = problem
        most = max(int(whole.value.max()), -int(whole.value.min()), 1)
        self.grid = min(_GRID, max(2**30 // most, 1))
        self.fit: Ints32 = whole.value * np.int32(self.grid)
        self.base = rooms(problem)
        places = int(self.base[-1])
        self.price: Ints32 = np.zeros(problem.seats, np.int32)
        self.count: Ints32 = np.zeros(problem.seats, np.int32)
        self.who, self.level = np.full(places, -1, np.int32), np.zeros(places, np.int32)
        self.held: Ints32 = np.full(problem.students, -1, np.int32)
        self.ring: Ints32 = np.empty(problem.students + 1, np.int32)
        self.shut = self.base[1:] == self.base[:-1]
        self.most = most * self.grid

    def solve(self) -> tuple[Ints32, Ints32]:
        """(choice held by each student, price of each seat in whole fits): an optimum and its proof."""
        slack = max(self.most // _STEP, 1)
        while self._auction(slack) and slack > 1 and not (slack <= 2 * self.grid and self._settled()):
            back = _BACK if slack > self.most // _COARSE else 2 * _BACK
            np.maximum(self.price - back * slack, 0, out=self.price)
            slack = max(slack // _STEP, 1)
        self.price = self._whole_prices()
        self._search()
        self.price[self.shut] = self._closed_price()[self.shut]
        return self.held, self.price // self.grid

    def _auction(self, slack: int) -> bool:
        from chanjiao.engines.allocation.auction_compiled import auction

        self.price[self.shut] = self.most  # nobody gains by a seat without places
        settled = auction(
            self.problem.start, self.problem.seat, self.fit, self.base, self.price, self.count, self.who, self.level,
            self.held, self.ring, slack, _BIDS * self.held.size,
        )  # fmt: skip
        return bool(settled)

    def _settled(self) -> bool:
        """True when few students would have to move if prices were whole."""
        from chanjiao.engines.allocation.auction_compiled import misplaced

        left = misplaced(self.problem.start, self.problem.seat, self.fit, self._whole_prices(), self.held)
        return bool(left <= self.held.size // _FEW)

    def _whole_prices(self) -> Ints32:
        return (self.price + self.grid // 2) // self.grid * self.grid

    def _search(self) -> None:
        from chanjiao.engines.allocation.auction_compiled import keep_best
        from chanjiao.engines.allocation.paths_compiled import fill_places, near, seat_waiting

        start, seat = self.problem.start, self.problem.seat
        state = (start, seat, self.fit, self.base, self.price, self.count, self.who, self.held)
        waiting = keep_best(*state, self.ring)
        seat_waiting(*state, self.ring[:waiting])
        reach = 8 * self.grid
        while ((self.count < np.diff(self.base)) & (self.price > 0)).any():
            lowest = self.price - reach
            if fill_places(*state, lowest, *near(start, seat, self.fit, self.price, reach)):
                return
            reach *= 8

    def _closed_price(self) -> Ints32:
        """A price that keeps everybody away from the seats without places: the largest fit there."""
        price = np.zeros_like(self.price)
        np.maximum.at(price, self.problem.seat, np.maximum(self.fit, 0))
        return price


def by_value(problem: Problem, fit: Ints32) -> tuple[Ints, Ints] | None:
    """As `_Market.solve` where every seat is worth the same to all who list it; None where that is not so.

    Prices would fight for long there. Which seats can be filled together is a matroid, so filling them in order of
    worth is optimal.
    """
    value = np.zeros(problem.seats, fit.dtype)
    value[problem.seat] = fit
    if not np.array_equal(value[problem.seat], fit):
        return None
    from chanjiao.engines.allocation.common_compiled import fill_by_value, reach
    from chanjiao.engines.allocation.paths_compiled import listed_by

    first, choices, students = listed_by(problem.start, problem.seat, problem.seats)
    held: Ints = np.full(problem.students, -1, np.int64)
    order = np.argsort(-value, kind="stable")
    room = np.where(value > 0, np.diff(rooms(problem)), 0)
    count = fill_by_value(order, first, choices, students, problem.seat, room, held)
    least = np.zeros(problem.seats, np.int64)
    reach(order, first, students, problem.seat, room, count, held, np.maximum(value, 0), least)
    price = np.maximum(value - least, 0)
    price[(value > 0) & (count < room)] = 0
    return held, price
