# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0912, PLR0915, PLR0917
"""The end of best fit, compiled: cheapest paths that seat the last students and fill the last places, exactly.

At all times every placed student holds a best choice at the prices, and nobody without a place wants one at them,
except those who still wait. A search goes over seats, nearest first (Dijkstra); its length is what prices change by.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_SEAT = (1 << 31) - 1


@njit(cache=True)
def _push(heap, size, key):  # type: ignore[no-untyped-def]
    """The heap of `size` keys (distance, then seat in the low 31 bits) with one more; grown where it is full."""
    if size == heap.size:
        heap = np.append(heap, heap)
    hole = size
    while hole > 0:
        parent = (hole - 1) >> 1
        if heap[parent] <= key:
            break
        heap[hole] = heap[parent]
        hole = parent
    heap[hole] = key
    return heap


@njit(cache=True)
def _pop(heap, size):  # type: ignore[no-untyped-def]
    """Close the gap at the top of a heap that now holds `size` keys."""
    key, hole = heap[size], 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[hole] = heap[child]
        hole = child
    heap[hole] = key


@njit(cache=True)
def seat_waiting(start, seat, fit, base, price, count, who, held, waiting):  # type: ignore[no-untyped-def]
    """Every waiting student has a place, has displaced somebody who lost nothing by it, or is better off without.

    A search ends at a free place, at the holder whom it costs least to leave, or at the student's own best; prices of
    the seats on the way rise by what was missing there.
    """
    seats = price.size
    distance, known = np.empty(seats, np.int64), np.full(seats, -1, np.int32)
    done, order = np.full(seats, -1, np.int32), np.empty(seats, np.int32)
    by, slot = np.empty(seats, np.int64), np.empty(seats, np.int64)  # how a seat is reached: choice, and place it frees
    heap = np.empty(1024, np.int64)
    for turn in range(waiting.size):
        student = waiting[turn]
        best = 0
        for choice in range(start[student], start[student + 1]):
            best = max(best, np.int64(fit[choice]) - price[seat[choice]])
        shortest, end, end_slot, size, visited = best, -1, -1, 0, 0
        for choice in range(start[student], start[student + 1]):
            one = seat[choice]
            loss = best - (np.int64(fit[choice]) - price[one])
            if loss < shortest and base[one + 1] > base[one]:
                known[one], distance[one], by[one], slot[one] = turn, loss, choice, -1
                if count[one] < base[one + 1] - base[one]:
                    shortest, end, end_slot = loss, one, -1
                else:
                    heap = _push(heap, size, (loss << 31) | one)
                    size += 1
        while size > 0 and heap[0] >> 31 < shortest:
            so_far, goal = heap[0] >> 31, heap[0] & _SEAT
            size -= 1
            _pop(heap, size)
            if done[goal] == turn:
                continue
            done[goal] = turn
            order[visited] = goal
            visited += 1
            for at in range(base[goal], base[goal + 1]):
                holder = who[at]
                through = so_far + np.int64(fit[held[holder]]) - price[goal]
                if through < shortest:
                    shortest, end, end_slot = through, goal, at
                for choice in range(start[holder], start[holder + 1]):
                    one = seat[choice]
                    loss = through - (np.int64(fit[choice]) - price[one])
                    if loss >= shortest or (known[one] == turn and loss >= distance[one]) or base[one + 1] == base[one]:
                        continue
                    known[one], distance[one], by[one], slot[one] = turn, loss, choice, at
                    if count[one] < base[one + 1] - base[one]:
                        shortest, end, end_slot = loss, one, -1
                    else:
                        heap = _push(heap, size, (loss << 31) | one)
                        size += 1
                if shortest == so_far:
                    break
        for index in range(visited):
            one = order[index]
            price[one] += max(shortest - distance[one], 0)
        if end < 0:
            continue
        if end_slot < 0:
            end_slot = base[end] + count[end]
            count[end] += 1
        else:
            held[who[end_slot]] = -1
        while slot[end] >= 0:  # each on the way moves on, the last first
            mover, free = who[slot[end]], slot[end]
            before = seat[held[mover]]
            who[end_slot], held[mover] = mover, by[end]
            end_slot, end = free, before
        who[end_slot], held[student] = student, by[end]


@njit(cache=True)
def fill_places(start, seat, fit, base, price, count, who, held, lowest, first, choices, students):  # type: ignore[no-untyped-def]
    """True once no seat with a free place has a price; False where a price would have to fall below `lowest`.

    A search goes from the free place over students who would come if the price fell; it ends at one without a place,
    or at a seat whose price is nothing by then. `first`, `choices` and `students` are those of `near`.
    """
    seats = price.size
    distance, known = np.empty(seats, np.int64), np.full(seats, -1, np.int32)
    done, order = np.full(seats, -1, np.int32), np.empty(seats, np.int32)
    by, mover = np.empty(seats, np.int64), np.empty(seats, np.int32)  # who leaves a seat, by which choice
    heap = np.empty(1024, np.int64)
    turn = -1
    for source in range(seats):
        while price[source] > 0 and count[source] < base[source + 1] - base[source]:
            turn += 1
            shortest, end, taker, taken, size, visited = np.int64(price[source]), source, -1, -1, 1, 0
            known[source], distance[source], by[source], heap[0] = turn, 0, -1, source
            while size > 0 and heap[0] >> 31 < shortest:
                so_far, goal = heap[0] >> 31, heap[0] & _SEAT
                size -= 1
                _pop(heap, size)
                if done[goal] == turn:
                    continue
                done[goal] = turn
                order[visited] = goal
                visited += 1
                if so_far + price[goal] < shortest:
                    shortest, end, taker = so_far + price[goal], goal, -1
                for at in range(first[goal], first[goal + 1]):
                    student, choice = students[at], choices[at]
                    own = held[student]
                    loss = so_far - (np.int64(fit[choice]) - price[goal])
                    if own < 0:
                        if loss < shortest:
                            shortest, end, taker, taken = loss, goal, student, choice
                        continue
                    one = seat[own]
                    loss += np.int64(fit[own]) - price[one]
                    if one == goal or loss >= shortest or (known[one] == turn and loss >= distance[one]):
                        continue
                    known[one], distance[one], by[one], mover[one] = turn, loss, choice, student
                    heap = _push(heap, size, (loss << 31) | one)
                    size += 1
            for index in range(visited):
                one = order[index]
                if price[one] - max(shortest - distance[one], 0) < lowest[one]:
                    return False
            for index in range(visited):
                one = order[index]
                price[one] -= max(shortest - distance[one], 0)
            if taker >= 0:
                held[taker] = taken
            while by[end] >= 0:  # each on the way moves up and leaves the place to whom the search found before
                student, choice, at = mover[end], by[end], base[end]
                while who[at] != student:
                    at += 1
                if taker >= 0:
                    who[at] = taker
                else:
                    count[end] -= 1
                    who[at] = who[base[end] + count[end]]
                taker, held[student], end = student, choice, seat[choice]
            if taker >= 0:
                who[base[end] + count[end]] = taker
                count[end] += 1
    return True


@njit(cache=True)
def near(start, seat, fit, price, reach):  # type: ignore[no-untyped-def]
    """For each seat the choices (and their students) that could be best if its price fell by at most `reach`."""
    seats = price.size
    first = np.zeros(seats + 1, np.int64)
    bar = np.empty(start.size - 1, np.int64)
    for student in range(start.size - 1):
        best = 0
        for choice in range(start[student], start[student + 1]):
            best = max(best, np.int64(fit[choice]) - price[seat[choice]])
        bar[student] = best - reach
        for choice in range(start[student], start[student + 1]):
            first[seat[choice] + 1] += np.int64(fit[choice]) - price[seat[choice]] >= best - reach
    for one in range(seats):
        first[one + 1] += first[one]
    fill = first[:-1].copy()
    choices, students = np.empty(first[-1], np.int32), np.empty(first[-1], np.int32)
    for student in range(start.size - 1):
        for choice in range(start[student], start[student + 1]):
            one = seat[choice]
            if np.int64(fit[choice]) - price[one] >= bar[student]:
                choices[fill[one]], students[fill[one]] = choice, student
                fill[one] += 1
    return first, choices, students


@njit(cache=True)
def listed_by(start, seat, seats):  # type: ignore[no-untyped-def]
    """The lists turned round: for each seat the choices that name it and their students."""
    first = np.zeros(seats + 1, np.int64)
    for choice in range(seat.size):
        first[seat[choice] + 1] += 1
    for one in range(seats):
        first[one + 1] += first[one]
    fill = first[:-1].copy()
    choices, students = np.empty(seat.size, np.int32), np.empty(seat.size, np.int32)
    for student in range(start.size - 1):
        for choice in range(start[student], start[student + 1]):
            at = fill[seat[choice]]
            choices[at], students[at] = choice, student
            fill[seat[choice]] = at + 1
    return first, choices, students
