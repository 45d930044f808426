"""Inequalities that every whole plan keeps and means of plans break, each with a price.

They come from single balances (`separation`) and join the prices of balances and limits: a cut charges the points of
its balance for seats and for standing open, and what it charges for shortage or surplus narrows the balance's price.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.planning.arrays import Arrays
from chanjiao.engines.planning.ascent import Ascent
from chanjiao.engines.planning.problem import Floats, Indices

Head = tuple[int, int, float]
"""Balance, over, most."""
Entry = tuple[int, int, float, float]
"""Cut, cell, per seat, per opening."""
LEAST_BROKEN = 0.01
"""By how many people a mean of plans has to break an inequality for it to be taken up."""
LEAST_PRICE = 1e-6
"""Inequalities whose price is no higher, in the larger weight, are dropped when others are taken up."""


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """What the cuts weigh: seats and openness of a cell (point · T + year), by entry."""

    cut: Indices
    cell: Indices
    per_seat: Floats
    per_opening: Floats

    def picked(self, kept: NDArray[np.bool_]) -> Entries:
        """The entries of the cuts that are `kept`, which are counted anew."""
        mine = kept[self.cut]
        number = (np.cumsum(kept) - 1)[self.cut[mine]]
        return Entries(number, self.cell[mine], self.per_seat[mine], self.per_opening[mine])

    def joined(self, count: int, cut: Floats, cell: Floats, per_seat: Floats, per_opening: Floats) -> Entries:
        """These of `count` cuts, and those of further ones."""
        return Entries(
            np.concatenate([self.cut, count + cut.astype(np.int64)]),
            np.concatenate([self.cell, cell.astype(np.int64)]),
            np.concatenate([self.per_seat, per_seat]),
            np.concatenate([self.per_opening, per_opening]),
        )


class Cuts:
    """K inequalities: the entries less surplus (where `over`) or shortage in a balance (row · T + year) ≤ `most`."""

    def __init__(self, a: Arrays, years: int) -> None:
        self._a, self._shape = a, (len(a.now), years)
        self._served = _served(a)
        self._sizes = (a.first * a.step, np.where(a.last >= a.first, a.last, 0) * a.step, a.step)
        self._balance, self._over = np.zeros(0, np.int64), np.zeros(0, np.bool_)
        self._most, self._price, self._ascent = np.zeros(0), np.zeros(0), Ascent.of((0,))
        self._entries = Entries(self._balance, self._balance, self._most, self._most)

    def renew(self, seats: Floats, is_open: Floats) -> None:
        """Take up what a mean of plans (n × T each) breaks; drop what has no price."""
        heads, entries = self.broken(seats, is_open, LEAST_BROKEN)
        balance, over, most = _columns(heads, 3)
        kept = self._price > LEAST_PRICE * max(self._a.shortage, self._a.surplus)
        self._entries = self._entries.picked(kept).joined(int(kept.sum()), *_columns(entries, 4))
        self._balance = np.concatenate([self._balance[kept], balance.astype(np.int64)])
        self._over = np.concatenate([self._over[kept], over > 0])
        self._most = np.concatenate([self._most[kept], most])
        self._price = np.concatenate([self._price[kept], np.zeros(len(most))])
        self._ascent = self._ascent.picked(kept).joined(Ascent.of(most.shape))

    def broken(self, seats: Floats, is_open: Floats, least: float) -> tuple[list[Head], list[Entry]]:
        """What a mean of plans (n × T each) breaks by more than `least` people, as `separation` tells it."""
        from chanjiao.engines.planning.separation import broken

        wanted = (self._a.short_at, self._a.surplus_at)
        heads, entries = broken(self._served, self._sizes, wanted, seats, is_open, least)
        return heads, entries

    def range(self) -> tuple[Floats, Floats]:
        """The least and the highest price of each balance (O × T each) that shortage and surplus still pay for."""
        a, shape = self._a, self._a.short_at.shape
        over = _summed(self._balance, self._price * self._over, shape)
        short = _summed(self._balance, self._price * ~self._over, shape)
        return over - a.surplus, a.shortage - short

    def charges(self) -> tuple[Floats, Floats]:
        """What a seat and what standing open cost in each cell (n × T each)."""
        entries = self._entries
        price = self._price[entries.cut]
        per_seat = _summed(entries.cell, price * entries.per_seat, self._shape)
        return per_seat, _summed(entries.cell, price * entries.per_opening, self._shape)

    def worth(self) -> float:
        """What the right-hand sides take from the bound."""
        return float(self._price @ self._most)

    def climb(self, step: float, level: Indices, short: Floats, over: Floats) -> None:
        """Raise the prices of cuts that plans `level` (n × T) with `short` and `over` (O × T) break, lower others'."""
        entries, years = self._entries, self._shape[1]
        steps = level.ravel()[entries.cell]
        seats = np.maximum(steps, 0) * self._a.step[entries.cell // years]
        weighed = entries.per_seat * seats + entries.per_opening * (steps >= 0)
        hinge = np.where(self._over, over.ravel()[self._balance], short.ravel()[self._balance])
        slope = _summed(entries.cut, weighed, self._most.shape) - hinge - self._most
        self._price = np.maximum(0.0, self._price + step * self._ascent.step(slope))
        total = _summed(self._balance, self._price, (short.size,))[self._balance]
        paid = self._a.shortage + self._a.surplus
        self._price *= paid / np.maximum(total, paid)


def _served(a: Arrays) -> tuple[Indices, Indices, Floats, Indices]:
    """The points that serve each occupation: where its entries begin, point and people a seat by entry, durations."""
    order = np.argsort(a.link_row, kind="stable")
    point = np.repeat(np.arange(len(a.now)), np.diff(a.link_start))
    start = np.concatenate([[0], np.cumsum(np.bincount(a.link_row, minlength=len(a.short_at)))])
    return start, point[order], a.link_value[order], a.duration


def _summed(index: Indices, values: Floats, shape: tuple[int, ...]) -> Floats:
    """The sum of the `values` of each index, in `shape`."""
    return np.asarray(np.bincount(index, values, math.prod(shape)), np.float64).reshape(shape)


def _columns(rows: Sequence[Head | Entry], width: int) -> Floats:
    return np.array(rows, np.float64).reshape(-1, width).T
