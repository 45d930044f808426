# mypy: disable-error-code="untyped-decorator, call-arg"
# ruff: noqa: PLR0917
"""Deferred acceptance compiled by Numba for rounds of hundreds of thousands; import this module only when needed.

The time goes into waiting for memory, so everybody who waits walks down the own list past the cut-offs, many in one go,
and only then do the seats choose among what they are offered, neighbours together. What will be read is asked for
ahead. A student is known by the key's low half, the number of students less the lottery number; the high half is the
standing. A seat keeps its keys in a row with the smallest first; empty places hold key 0. Unsigned types throughout
keep Numba from adding checks for negative indices.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from chanjiao.engines.allocation.lists_compiled import standing_bits
from chanjiao.engines.allocation.prefetch import ask_for
from chanjiao.engines.allocation.problem import Ints, Ints32, Numbers
from chanjiao.engines.allocation.standing import UInts32

U = np.uint64
U32 = np.uint32
LOW = U(0xFFFFFFFF)
FULL = U(2**64 - 1)
_FEW = U(24)  # places of a seat that are quicker looked through than kept as a heap
_BATCH = 2**18  # offers at a time
_GROUPS = 256  # of seats


class _Lists(NamedTuple):
    """What the students brought; `bits` are the standings, or those of a float32 where `floats` says so."""

    start: Ints
    lottery: UInts32
    seat: Ints32
    bits: UInts32
    floats: bool


class _Seats(NamedTuple):
    """The keys that seat s holds from base[s] to base[s + 1], and the least standing that may still be taken there."""

    base: UInts32
    slots: Numbers
    cutoff: UInts32


@njit(cache=True)
def _standing(bits, floats):  # type: ignore[no-untyped-def]
    """Floats in the order of unsigned numbers; -0.0 stands where 0.0 does."""
    if not floats:
        return bits
    return U32(U32(0) - bits) if bits >> U32(31) else U32(bits | U32(0x80000000))


@njit(cache=True)
def _walk(waiting, first, last, fresh, start, lottery, seat, bits, floats, following, cutoff, keys, places):  # type: ignore[no-untyped-def]
    """Each who waits goes down the list to the first seat that may take the student; the number of offers made.

    `following` holds the next choice to be tried and the end of the list; beyond the end, nothing is left to try.
    """
    offers, students = U(0), U(start.size - 1)
    for index in range(U(first), U(last)):
        i = U(index)
        if fresh:
            if i + U(32) < U(last):
                ask_for(following, students - U(lottery[i + U(32)]))
            low = students - U(lottery[i])
            choice, end = U(start[i]), U(start[i + U(1)])
        else:
            if i + U(24) < U(last):
                ask_for(following, U(waiting[i + U(24)]))
            if i + U(12) < U(last):
                ahead = following[U(waiting[i + U(12)])] & LOW
                ask_for(seat, ahead)
                ask_for(bits, ahead)
                ask_for(seat, ahead + U(6))
                ask_for(bits, ahead + U(6))
            low = U(waiting[i])
            choice, end = following[low] & LOW, following[low] >> U(32)
        while choice < end:
            place = U(seat[choice])
            standing = _standing(bits[choice], floats)
            if standing >= cutoff[place]:
                keys[offers], places[offers] = (U(standing) << U(32)) | low, place
                offers += U(1)
                break
            choice += U(1)
        following[low] = (choice + U(1)) | (end << U(32))
    return offers


@njit(cache=True)
def _group(keys, places, offers, shift, grouped_keys, grouped_places):  # type: ignore[no-untyped-def]
    """The same offers in order of the seats' top bits, so that the seats of a group stay in a near cache."""
    starts = np.zeros(_GROUPS + 1, np.uint32)
    for index in range(offers):
        starts[U(places[U(index)] >> shift) + U(1)] += U32(1)
    for index in range(1, starts.size):
        starts[index] += starts[index - 1]
    for index in range(offers):
        i = U(index)
        group = U(places[i] >> shift)
        at = U(starts[group])
        grouped_keys[at], grouped_places[at] = keys[i], places[i]
        starts[group] += U32(1)


@njit(cache=True)
def _look_through(slots, low, high, key):  # type: ignore[no-untyped-def]
    """Replace the smallest key of a seat (standing first) by `key`; the new smallest stands first again."""
    least, where = key, low
    for index in range(low + U(1), high):
        other = slots[U(index)]
        if other < least:
            least = other
            where = U(index)
    slots[where] = key
    slots[low] = least
    return least


@njit(cache=True)
def _sift(slots, low, high, key):  # type: ignore[no-untyped-def]
    """As `_look_through` for seats of many places, whose keys are kept as a heap."""
    hole, size = U(0), high - low
    while True:
        child = hole + hole + U(1)
        if child >= size:
            break
        if child + U(1) < size and slots[low + child + U(1)] < slots[low + child]:
            child += U(1)
        if slots[low + child] >= key:
            break
        slots[low + hole] = slots[low + child]
        hole = child
    slots[low + hole] = key
    return slots[low]


@njit(cache=True)
def _choose(keys, places, offers, base, slots, cutoff, refused, count):  # type: ignore[no-untyped-def]
    """The seats keep the best of what they hold and are offered; whom they refuse is added to the `count` refused."""
    for index in range(U(offers)):
        i = U(index)
        if i + U(16) < U(offers):
            ahead = U(base[U(places[i + U(16)])])
            ask_for(slots, ahead)
            ask_for(slots, ahead + U(7))
        place, key = U(places[i]), keys[i]
        first = U(base[place])
        loser = slots[first]
        if key > loser:
            end = U(base[place + U(1)])
            least = _look_through(slots, first, end, key) if end - first <= _FEW else _sift(slots, first, end, key)
            cutoff[place] = U32(least >> U(32))
        else:
            loser = key
        refused[U(count)] = U32(loser & LOW)
        count += U(1) if loser != U(0) else U(0)
    return count


@njit(cache=True)
def _propose(waiting, count, fresh, start, lottery, seat, bits, floats, base, slots, cutoff, following):  # type: ignore[no-untyped-def]
    """Run rounds until nobody waits: `count` students in `waiting`, or with `fresh` all in the order of the lists."""
    keys, grouped_keys = np.empty(min(count, _BATCH), np.uint64), np.empty(min(count, _BATCH), np.uint64)
    places, grouped_places = np.empty(keys.size, np.uint32), np.empty(keys.size, np.uint32)
    shift = U32(0)
    while (cutoff.size - 1) >> shift >= _GROUPS:
        shift += U32(1)
    refused = np.empty(following.size, np.uint32)
    while count > 0:
        lost = U(0)
        for first in range(0, count, _BATCH):
            last = min(first + _BATCH, count)
            offers = _walk(
                waiting, first, last, fresh, start, lottery, seat, bits, floats, following, cutoff, keys, places
            )  # fmt: skip
            _group(keys, places, offers, shift, grouped_keys, grouped_places)
            lost = _choose(grouped_keys, grouped_places, offers, base, slots, cutoff, refused, lost)
        waiting, refused = refused, waiting
        count, fresh = np.int64(lost), False


@njit(cache=True)
def _finish(start, lottery, seat, following, place, position):  # type: ignore[no-untyped-def]
    students = U(place.size)
    for student in range(place.size):
        tried = following[students - U(lottery[student])]
        if tried & LOW <= tried >> U(32):
            choice = (tried & LOW) - U(1)
            place[student], position[student] = seat[choice], np.int64(choice) - start[student]
        else:
            place[student], position[student] = -1, -1


@njit(cache=True)
def _count(seat, seats):  # type: ignore[no-untyped-def]
    counts = np.zeros(seats, np.int64)
    for choice in range(seat.size):
        counts[U(seat[choice])] += 1
    return counts


class CompiledProposals:
    """The same state and answers as `PlainProposals`, compiled, for sound lists; 16 bytes a student and 8 a place."""

    def __init__(self, capacity: Ints, start: Ints, seat: Ints32, score: Numbers | None, lottery: Ints32) -> None:
        students = start.size - 1
        self.lists = _Lists(start, lottery.view(np.uint32), seat, *standing_bits(score, seat.size))
        room = capacity
        if capacity.sum() > 2 * students:
            room = np.minimum(capacity, _count(seat, capacity.size))
        shut = room == 0
        base = np.zeros(capacity.size + 1, np.uint32)
        np.cumsum(room + shut, out=base[1:])
        slots = np.zeros(int(base[-1]), np.uint64)
        slots[base[:-1][shut]] = FULL
        self.seats = _Seats(base, slots, np.where(shut, U32(LOW), U32(0)))
        self.following = np.empty(students + 1, np.uint64)

    def run(self) -> None:
        """Every student holds a place or has been refused by the whole list."""
        students = self.following.size - 1
        _propose(np.empty(students + 1, np.uint32), students, True, *self.lists, *self.seats, self.following)

    def close(self, seat: int) -> None:
        """The seat has no places any more; its holders have proposed further down their lists."""
        keys = self.seats.slots[self.seats.base[seat] : self.seats.base[seat + 1]]
        holders = (keys[(keys != 0) & (keys != FULL)] & LOW).astype(np.uint32)
        keys[:] = FULL
        self.seats.cutoff[seat] = U32(LOW)
        waiting = np.empty(self.following.size, np.uint32)
        waiting[: holders.size] = holders
        _propose(waiting, holders.size, False, *self.lists, *self.seats, self.following)

    def held(self) -> Ints:
        """The choice that each student holds, -1 for none."""
        place, position = self.places()
        return np.where(place >= 0, self.lists.start[:-1] + position, -1)

    def places(self) -> tuple[Ints32, Ints32]:
        """Seat and position of each student, -1 for none, in one pass."""
        students = self.lists.start.size - 1
        place, position = np.empty(students, np.int32), np.empty(students, np.int32)
        _finish(*self.lists[:3], self.following, place, position)
        return place, position
