# mypy: disable-error-code="untyped-decorator, call-arg"
# ruff: noqa: PLR0917
"""The auction of best fit, compiled: students bid for places until nobody waits.

Fits and prices are whole numbers on one grid. A seat keeps its bids in a heap, the lowest first; that is its price.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.allocation.prefetch import ask_for

_FAR = 1 << 60


@njit(cache=True)
def _raise(who, level, low, size, student, bid):  # type: ignore[no-untyped-def]
    """Put a bid in the place of the lowest one of a full seat."""
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and level[low + child + 1] < level[low + child]:
            child += 1
        if level[low + child] >= bid:
            break
        level[low + hole] = level[low + child]
        who[low + hole] = who[low + child]
        hole = child
    level[low + hole] = bid
    who[low + hole] = student


@njit(cache=True)
def _add(who, level, low, count, student, bid):  # type: ignore[no-untyped-def]
    """Put a bid on a free place of a seat that holds `count` bids."""
    hole = count
    while hole > 0:
        parent = (hole - 1) >> 1
        if level[low + parent] <= bid:
            break
        level[low + hole] = level[low + parent]
        who[low + hole] = who[low + parent]
        hole = parent
    level[low + hole] = bid
    who[low + hole] = student


@njit(cache=True)
def auction(start, seat, fit, base, price, count, who, level, held, ring, slack, budget):  # type: ignore[no-untyped-def]
    """Let all students bid until each holds a place or wants none; False when `budget` bids did not suffice.

    A bid is what makes the second best as good, and `slack` more. Everything but `price` is set afresh.
    """
    room, waiting, head, bids = ring.size, held.size, 0, 0
    count[:] = 0
    for student in range(held.size):
        ring[student] = student
    while waiting > 0 and bids < budget:
        student = ring[head]
        if waiting > 16:  # ask for the lists of those next in line, so that they are there when their turn comes
            ahead = head + 16
            ask_for(start, np.uint64(ring[ahead if ahead < room else ahead - room]))
            ahead = head + 8
            coming = start[ring[ahead if ahead < room else ahead - room]]
            ask_for(fit, np.uint64(coming))
            ask_for(fit, np.uint64(coming + 8))
            ask_for(seat, np.uint64(coming))
            ask_for(seat, np.uint64(coming + 9))
        head = head + 1 if head + 1 < room else 0
        waiting -= 1
        bids += 1
        best, second, choice = -_FAR, 0, -1
        for other in range(start[student], start[student + 1]):
            net = np.int64(fit[other]) - price[seat[other]]
            if net > best:
                second = max(second, best)
                best, choice = net, other
            elif net > second:
                second = net
        held[student] = -1
        if best <= 0:
            continue
        held[student] = choice
        place = seat[choice]
        low, size = base[place], base[place + 1] - base[place]
        bid = fit[choice] - second + slack
        if count[place] < size:
            _add(who, level, low, count[place], student, bid)
            count[place] += 1
        else:
            loser = who[low]
            _raise(who, level, low, size, student, bid)
            held[loser] = -1
            tail = head + waiting
            ring[tail if tail < room else tail - room] = loser
            waiting += 1
        if count[place] == size:
            price[place] = level[low]
    return waiting == 0


@njit(cache=True)
def misplaced(start, seat, fit, price, held):  # type: ignore[no-untyped-def]
    """The number of students who do not hold a best choice at these prices, nothing being one."""
    found = 0
    for student in range(held.size):
        best = 0
        for other in range(start[student], start[student + 1]):
            best = max(best, np.int64(fit[other]) - price[seat[other]])
        own = held[student]
        found += best != (np.int64(fit[own]) - price[seat[own]] if own >= 0 else 0)
    return found


@njit(cache=True)
def keep_best(start, seat, fit, base, price, count, who, held, waiting):  # type: ignore[no-untyped-def]
    """Whoever holds a best choice at these prices stays, all others wait; their number."""
    count[:] = 0
    left = 0
    for student in range(held.size):
        best = 0
        for other in range(start[student], start[student + 1]):
            best = max(best, np.int64(fit[other]) - price[seat[other]])
        own = held[student]
        if own >= 0 and np.int64(fit[own]) - price[seat[own]] == best:
            place = seat[own]
            who[base[place] + count[place]] = student
            count[place] += 1
            continue
        held[student] = -1
        if best > 0:
            waiting[left] = student
            left += 1
    return left
