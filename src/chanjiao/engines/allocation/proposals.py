"""Deferred acceptance in plain Python and NumPy: no compiled code to load, so small rounds start at once."""

from __future__ import annotations

from heapq import heappush, heapreplace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.problem import Bools, Ints, Ints32
from chanjiao.engines.allocation.standing import UInts32

_LOW = 0xFFFFFFFF
_TAIL = 1024  # below this many active students a round of NumPy calls costs more than the proposals one by one


class PlainProposals:
    """The state of student-proposing deferred acceptance; `close` takes a seat away and lets its holders go on.

    The order of proposals does not change the answer (Roth and Sotomayor 1990, theorem 2.8), so they run in rounds
    while many students propose and one by one at the end. Cost O(E log E) at worst, O(E) memory.
    """

    def __init__(self, capacity: Ints, start: Ints, seat: Ints32, standing: UInts32, lottery: Ints32) -> None:
        self.capacity, self.start = capacity.copy(), start
        self.seat: NDArray[Any] = seat.astype(np.min_scalar_type(max(capacity.size - 1, 0)))  # 16 bits sort fastest
        students = start.size - 1
        low = np.repeat(np.uint64(students) - lottery.astype(np.uint64), np.diff(start))
        self.key: NDArray[np.uint64] = (standing.astype(np.uint64) << np.uint64(32)) | low
        self.by_low = np.empty(students + 1, np.int64)
        self.by_low[students - lottery.astype(np.int64)] = np.arange(students)
        self.next = start[:-1].astype(np.int64)
        self.holding = np.zeros(students, np.bool_)
        self.cutoff = np.where(self.capacity > 0, np.uint64(0), np.uint64(2**64 - 1))
        self.heaps: dict[int, list[int]] = {}

    def run(self) -> None:
        """Every student holds a place or has been refused by the whole list."""
        active = np.flatnonzero(self.next < self.start[1:])
        while active.size > _TAIL:
            active = self._advance(self._overflow(self._propose(active)))
        self._one_by_one(active.tolist())

    def close(self, seat: int) -> None:
        """The seat has no places any more; its holders have proposed further down their lists."""
        holders = np.flatnonzero(self.holding & (self._seats() == seat))
        self.capacity[seat] = 0
        self.cutoff[seat] = np.uint64(2**64 - 1)
        self.heaps.pop(seat, None)
        self.holding[holders] = False
        self.next[holders] += 1
        self._one_by_one(holders.tolist())

    def held(self) -> Ints:
        """The choice that each student holds, -1 for none."""
        return np.where(self.holding, self.next, -1)

    def _seats(self) -> Ints:
        inside = np.minimum(self.next, max(self.seat.size - 1, 0))
        return self.seat[inside].astype(np.int64) if self.seat.size else np.full(self.next.size, -1, np.int64)

    def _propose(self, waiting: Ints) -> Bools:
        """The seats that some of the waiting come to: each walks down the list past the cut-offs."""
        touched = np.zeros(self.capacity.size, np.bool_)
        while waiting.size:
            choice = self.next[waiting]
            seat = self.seat[choice]
            good = self.key[choice] > self.cutoff[seat]
            self.holding[waiting[good]] = True
            touched[seat[good]] = True
            waiting = self._advance(waiting[~good])
        return touched

    def _advance(self, refused: Ints) -> Ints:
        """Those of the refused who have a choice left."""
        self.holding[refused] = False
        self.next[refused] += 1
        return np.asarray(refused[self.next[refused] < self.start[refused + 1]], np.int64)

    def _overflow(self, touched: Bools) -> Ints:
        """Holders beyond the capacity of the touched seats; their seats' cut-offs are raised."""
        pool = np.flatnonzero(self.holding)
        seat = self.seat[self.next[pool]]
        within = touched[seat]
        pool, seat = pool[within], seat[within]
        key = self.key[self.next[pool]]
        order = _by_seat(seat, ~key)
        pool, seat, key = pool[order], seat[order], key[order]
        first = np.flatnonzero(np.r_[True, seat[1:] != seat[:-1]]) if seat.size else np.empty(0, np.int64)
        place = np.arange(seat.size) - np.repeat(first, np.diff(np.r_[first, seat.size]))
        last = place == self.capacity[seat] - 1
        self.cutoff[seat[last]] = key[last]
        return np.asarray(pool[place >= self.capacity[seat]], np.int64)

    def _one_by_one(self, waiting: list[int]) -> None:
        if not waiting:
            return
        if not self.heaps:
            self._build_heaps()
        while waiting:
            student = waiting.pop()
            choice, end = int(self.next[student]), int(self.start[student + 1])
            while choice < end and not self._accept(choice, waiting):
                choice += 1
            self.next[student] = choice
            self.holding[student] = choice < end

    def _accept(self, choice: int, waiting: list[int]) -> bool:
        seat, key = int(self.seat[choice]), int(self.key[choice])
        if key <= self.cutoff[seat]:
            return False
        heap = self.heaps.setdefault(seat, [])
        if len(heap) < self.capacity[seat]:
            heappush(heap, key)
        else:
            loser = int(self.by_low[heapreplace(heap, key) & _LOW])
            self.holding[loser] = False
            self.next[loser] += 1
            waiting.append(loser)
        if len(heap) == self.capacity[seat]:
            self.cutoff[seat] = heap[0]
        return True

    def _build_heaps(self) -> None:
        choice = self.next[np.flatnonzero(self.holding)]
        seat, key = self.seat[choice], self.key[choice]
        order = _by_seat(seat, key)
        keys, ends = key[order].tolist(), np.searchsorted(seat[order], np.arange(self.capacity.size + 1)).tolist()
        self.heaps = {one: keys[first:last] for one, (first, last) in enumerate(pairwise(ends))}  # sorted, so heaps


def _by_seat(seat: NDArray[Any], key: NDArray[np.uint64]) -> Ints:
    """The order in which the seats stand side by side, in each the lowest key first."""
    order = np.argsort(key)
    return np.asarray(order[np.argsort(seat[order], kind="stable")], np.int64)
