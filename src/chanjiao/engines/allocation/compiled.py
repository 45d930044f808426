# mypy: disable-error-code="untyped-decorator, import-untyped, call-arg"
# ruff: noqa: PLR0912, PLR0915, PLR0917
"""Deferred acceptance compiled by Numba for rounds of hundreds of thousands; import this module only when needed.

One choice is one 64-bit word: standing (32 bits), last-choice flag, seat (31 bits). Proposals run in batches whose
memory is asked for ahead, because the time goes into cache misses. A seat keeps its keys in a row with the smallest
first; empty places hold key 0. Unsigned types throughout keep Numba from adding checks for negative indices.
"""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from chanjiao.engines.allocation.problem import Ints, Ints32, Numbers
from chanjiao.engines.allocation.standing import decimals_of, standings
from chanjiao.engines.errors import ChanjiaoError

U = np.uint64
U32 = np.uint32
LOW = U(0xFFFFFFFF)
FULL = U(2**64 - 1)


@intrinsic  # type: ignore[untyped-decorator,unused-ignore]
def ask_for(_context, array, index):  # type: ignore[no-untyped-def]
    """Ask the processor for the memory of array[index], without waiting."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        address = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
        word = ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), word, word, word])
        call = builder.module.declare_intrinsic("llvm.prefetch", (ir.IntType(8).as_pointer(),), shape)
        builder.call(call, [address, ir.Constant(word, 1), ir.Constant(word, 3), ir.Constant(word, 1)])
        return context.get_dummy_value()

    return types.void(array, types.uint64), generate


@njit(cache=True)
def _pack_bits(start, seat, bits, floats, seats, edge):  # type: ignore[no-untyped-def]
    """Fill `edge`; (0, 0), or the kind of the first fault and its choice: 1 unknown seat, 2 seat twice, 3 bad score."""
    stamp = np.full(max(seats, 1), -1, np.int32)
    for student in range(start.size - 1):
        end = start[student + 1]
        for choice in range(start[student], end):
            place = seat[choice]
            if place < 0 or place >= seats:
                return 1, choice
            if stamp[U(place)] == student:
                return 2, choice
            stamp[U(place)] = student
            value = U32(bits[choice])
            if floats:
                if (value & U32(0x7FFFFFFF)) > U32(0x7F800000) or value == U32(0x7F800000):
                    return 3, choice
                if value == U32(0x80000000):
                    value = U32(0)
                value = ~value if value >> U32(31) else value | U32(0x80000000)
            word = (U(U32(value)) << U(32)) | U(place)
            edge[choice] = word | U(0x80000000) if choice == end - 1 else word
    return 0, 0


@njit(cache=True)
def first_fault(start, seat, seats):  # type: ignore[no-untyped-def]
    """The kind of the first fault of the lists and its choice, as `_pack_bits`."""
    stamp = np.full(max(seats, 1), -1, np.int32)
    for student in range(start.size - 1):
        for choice in range(start[student], start[student + 1]):
            place = seat[choice]
            if place < 0 or place >= seats:
                return 1, choice
            if stamp[U(place)] == student:
                return 2, choice
            stamp[U(place)] = student
    return 0, 0


@njit(cache=True)
def _pack_scaled(start, seat, score, scale, seats, edge):  # type: ignore[no-untyped-def]
    """As `_pack_bits` for float64 scores that `scale` turns into whole numbers; kind 4 where it does not."""
    stamp = np.full(max(seats, 1), -1, np.int32)
    for student in range(start.size - 1):
        end = start[student + 1]
        for choice in range(start[student], end):
            place = seat[choice]
            if place < 0 or place >= seats:
                return 1, choice
            if stamp[U(place)] == student:
                return 2, choice
            stamp[U(place)] = student
            whole = np.rint(score[choice] * scale)
            if not (abs(whole) < 2147483647.0 and whole / scale == score[choice]):
                return 4, choice
            word = (U(np.int64(whole) + 2147483648) << U(32)) | U(place)
            edge[choice] = word | U(0x80000000) if choice == end - 1 else word
    return 0, 0


@njit(cache=True)
def _put(slots, low, high, key):  # type: ignore[no-untyped-def]
    """Replace the smallest key of a seat (standing first) by `key`; the new smallest stands first again."""
    if high - low <= U(24):  # so few are quicker looked through than kept as a heap
        least = key
        where = low
        for index in range(low + U(1), high):
            other = slots[U(index)]
            if other < least:
                least = other
                where = U(index)
        slots[where] = key
        slots[low] = least
        return least
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
def _propose(edge, low, by_low, base, slots, cutoff, following, queue, waiting, fresh):  # type: ignore[no-untyped-def]
    """Run proposals until nobody waits: first those displaced (`queue`, by low key), then students from `fresh` on."""
    students = U(following.size)
    batch = U(256)
    words = np.empty(256, np.uint64)
    who = np.empty(256, np.uint32)
    where = np.empty(256, np.uint32)
    mine = np.empty(256, np.uint32)
    while True:
        count = U(0)
        if waiting >= batch or fresh == students:
            taken = min(batch, waiting)
            if taken == U(0):
                break
            waiting -= taken
            for index in range(taken):
                mine[U(index)] = queue[waiting + U(index)]
                who[U(index)] = by_low[U(mine[U(index)])]
            for index in range(taken):
                where[U(index)] = following[U(who[U(index)])]
            for index in range(taken):
                words[U(index)] = edge[U(where[U(index)])]
            for index in range(taken):
                i = U(index)
                following[U(who[i])] = U32(where[i] + U32(1))
                if words[i] & U(0x80000000) == U(0):
                    choice = U(where[i]) + U(1)
                    who[count] = who[i]
                    mine[count] = mine[i]
                    where[count] = U32(choice)
                    words[count] = edge[choice]
                    count += U(1)
        else:
            taken = min(batch, students - fresh)
            for index in range(taken):
                student = fresh + U(index)
                choice = U(following[student])
                if low[student] != U32(0):
                    who[count] = U32(student)
                    mine[count] = low[student]
                    where[count] = U32(choice)
                    words[count] = edge[choice]
                    count += U(1)
            fresh += taken
        live = U(0)
        for index in range(count):
            i = U(index)
            word, choice, refused = words[i], U(where[i]), False
            while (word >> U(32)) < U(cutoff[word & U(0x7FFFFFFF)]):
                choice += U(1)
                if word & U(0x80000000) != U(0):
                    refused = True
                    break
                word = edge[choice]
            if refused:
                following[U(who[i])] = U32(choice)
            else:
                first = U(base[word & U(0x7FFFFFFF)])
                ask_for(slots, first)
                ask_for(slots, first + U(7))
                who[live], where[live], words[live] = who[i], U32(choice), word
                mine[live] = mine[i]
                live += U(1)
        for index in range(live):
            i = U(index)
            student, word, choice = U(who[i]), words[i], U(where[i])
            own = U(mine[i])
            while True:
                place = word & U(0x7FFFFFFF)
                if (word >> U(32)) >= U(cutoff[place]):
                    first = U(base[place])
                    worst = slots[first]
                    key = (word & ~U(0xFFFFFFFF)) | own
                    if key > worst:
                        least = _put(slots, first, U(base[place + U(1)]), key)
                        cutoff[place] = U32(least >> U(32))
                        if worst != U(0):
                            queue[waiting] = U32(worst & U(0xFFFFFFFF))
                            waiting += U(1)
                        break
                choice += U(1)
                if word & U(0x80000000) != U(0):
                    break
                word = edge[choice]
            following[student] = U32(choice)


@njit(cache=True)
def _count(seat, seats):  # type: ignore[no-untyped-def]
    counts = np.zeros(seats, np.int64)
    for choice in range(seat.size):
        counts[U(seat[choice])] += 1
    return counts


@njit(cache=True)
def _finish(following, start, seat, place, position):  # type: ignore[no-untyped-def]
    for student in range(place.size):
        choice = np.int64(following[U(student)])
        if choice < start[student + 1]:
            place[student] = seat[choice]
            position[student] = choice - start[student]
        else:
            place[student] = -1
            position[student] = -1


class CompiledProposals:
    """The same state and answers as `PlainProposals`, compiled: 64-bit keys, batches, prefetch; O(E) memory."""

    def __init__(self, capacity: Ints, start: Ints, seat: Ints32, standing: Numbers | None, lottery: Ints32) -> None:
        self.start, self.seat = start, seat
        self.edge = _packed(start, seat, standing, capacity.size)
        students = start.size - 1
        low = np.uint32(students) - lottery.view(np.uint32)
        self.by_low = np.empty(students + 1, np.uint32)
        self.by_low[low] = np.arange(students, dtype=np.uint32)
        self.low = np.where(start[1:] > start[:-1], low, np.uint32(0))
        room = capacity
        if capacity.sum() > 2 * students:
            room = np.minimum(capacity, _count(seat, capacity.size))
        shut = room == 0
        self.base = np.zeros(capacity.size + 1, np.uint32)
        np.cumsum(room + shut, out=self.base[1:])
        self.slots = np.zeros(int(self.base[-1]), np.uint64)
        self.slots[self.base[:-1][shut]] = FULL
        self.cutoff = np.where(shut, U32(LOW), U32(0))
        self.following = start[:-1].astype(np.uint32)
        self.queue = np.empty(students + 1, np.uint32)

    def run(self) -> None:
        """Every student holds a place or has been refused by the whole list."""
        self._propose(0, 0)

    def close(self, seat: int) -> None:
        """The seat has no places any more; its holders have proposed further down their lists."""
        keys = self.slots[self.base[seat] : self.base[seat + 1]]
        holders = keys[(keys != 0) & (keys != FULL)] & LOW
        self.queue[: holders.size] = holders
        keys[:] = FULL
        self.cutoff[seat] = U32(LOW)
        self._propose(holders.size, self.following.size)

    def held(self) -> Ints:
        """The choice that each student holds, -1 for none."""
        choice = self.following.astype(np.int64)
        return np.where(choice < self.start[1:], choice, -1)

    def places(self) -> tuple[Ints32, Ints32]:
        """Seat and position of each student, -1 for none, in one pass."""
        place, position = np.empty(self.following.size, np.int32), np.empty(self.following.size, np.int32)
        _finish(self.following, self.start, self.seat, place, position)
        return place, position

    def _propose(self, waiting: int, fresh: int) -> None:
        _propose(
            self.edge, self.low, self.by_low, self.base, self.slots, self.cutoff, self.following, self.queue,
            U(waiting), U(fresh),
        )  # fmt: skip


def _packed(start: Ints, seat: Ints32, score: Numbers | None, seats: int) -> Numbers:
    edge: Numbers = np.empty(seat.size, np.uint64)
    if score is None:
        score = np.broadcast_to(np.zeros(1, np.uint32), seat.shape)
    if score.dtype == np.float64:
        decimals = decimals_of(score[:1000].astype(np.float64))
        if decimals is not None:
            kind, choice = _pack_scaled(start, seat, score, 10.0**decimals, seats, edge)
            if kind == 0:
                return edge
        bad = np.flatnonzero(np.isnan(score) | (score == np.inf))
        if bad.size:
            raise ChanjiaoError("allocation.bad_score", choice=int(bad[0]), value=float(score[bad[0]]))
    floats = score.dtype == np.float32
    bits: Numbers = score.view(np.uint32) if floats else score
    if bits.dtype != np.uint32:
        bits = standings(score, seat.size)
    kind, choice = _pack_bits(start, seat, bits, floats, seats, edge)
    if kind:
        _refuse(kind, choice, start, seat, score)
    return edge


def _refuse(kind: int, choice: int, start: Ints, seat: Ints32, score: Numbers) -> None:
    if kind == 1:
        raise ChanjiaoError("allocation.unknown_seat", choice=choice, value=int(seat[choice]))
    if kind == 2:
        student = int(np.searchsorted(start, choice, side="right")) - 1
        raise ChanjiaoError("allocation.repeated_seat", choice=choice, value=int(seat[choice]), student=student)
    raise ChanjiaoError("allocation.bad_score", choice=choice, value=float(np.asarray(score)[choice]))
