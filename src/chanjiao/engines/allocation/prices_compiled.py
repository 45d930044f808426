# mypy: disable-error-code="untyped-decorator, call-arg"
# ruff: noqa: PLR0912, PLR0915, PLR0917
"""Best fit by prices, compiled: bids without slack, an auction with slack 1, and searches from the free places.

Everything is whole numbers: fits times (students + 1), so that a slack of 1 for each student cannot hide a better
placement. Prices of seats with free places stay 0; a full seat stays full.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.allocation.compiled import ask_for

_FAR = 1 << 60


@njit(cache=True)
def _raise(who, level, low, size, student, bid):  # type: ignore[no-untyped-def]
    """Put a bid in the place of the lowest one of a full seat (heap by level)."""
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
def auction(start, seat, fit, base, price, count, who, level, held, ring, waiting, slack, budget):  # type: ignore[no-untyped-def]
    """Let the first `waiting` students of `ring` bid until all are settled or `budget` bids are spent.

    With slack 0 a student whose bid would not exceed the lowest one is set aside. Returns who is left in `ring`.
    """
    room = ring.size
    head, aside, bids = 0, 0, 0
    set_aside = np.empty(waiting if slack == 0 else 0, np.int32)
    while waiting > 0 and bids < budget:
        student = ring[head]
        if waiting > 6:  # ask for the list of the sixth in line, so that it is there when its turn comes
            ahead = head + 6
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
            net = fit[other] - price[seat[other]]
            if net > best:
                second = max(second, best)
                best, choice = net, other
            elif net > second:
                second = net
        held[student] = -1
        if best <= 0:
            continue
        place = seat[choice]
        if best == second and count[place] >= base[place + 1] - base[place]:
            for other in range(start[student], start[student + 1]):
                tied = seat[other]
                if fit[other] - price[tied] == best and count[tied] < base[tied + 1] - base[tied]:
                    place, choice = tied, other
                    break
        low, size = base[place], base[place + 1] - base[place]
        bid = fit[choice] - second + slack
        if count[place] < size:
            _add(who, level, low, count[place], student, bid)
            count[place] += 1
            held[student] = choice
            if count[place] == size:
                price[place] = level[low]
        elif bid > price[place]:
            loser = who[low]
            _raise(who, level, low, size, student, bid)
            price[place] = level[low]
            held[student] = choice
            held[loser] = -1
            if slack == 0:
                head = head - 1 if head > 0 else room - 1
                ring[head] = loser
            else:
                tail = head + waiting
                ring[tail if tail < room else tail - room] = loser
            waiting += 1
        else:
            set_aside[aside] = student
            aside += 1
    rest = np.empty(waiting + aside, np.int32)
    for index in range(waiting):
        at = head + index
        rest[index] = ring[at if at < room else at - room]
    rest[waiting:] = set_aside[:aside]
    ring[: rest.size] = rest
    return rest.size


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


@njit(cache=True)
def _push(keys, seats, size, key, one):  # type: ignore[no-untyped-def]
    hole = size
    while hole > 0:
        parent = (hole - 1) >> 1
        if keys[parent] <= key:
            break
        keys[hole], seats[hole] = keys[parent], seats[parent]
        hole = parent
    keys[hole], seats[hole] = key, one


@njit(cache=True)
def _pop(keys, seats, size):  # type: ignore[no-untyped-def]
    """Close the gap at the top of a heap that now holds `size` entries."""
    key, one, hole = keys[size], seats[size], 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[hole], seats[hole] = keys[child], seats[child]
        hole = child
    keys[hole], seats[hole] = key, one


@njit(cache=True)
def lift(fit, first, students, fit_there, base, price, count, who, held, turn):  # type: ignore[no-untyped-def]
    """Raise every price by the least loss at which a place there can be freed; `turn` is the order of reach.

    Dijkstra from the free places and from holders who would rather leave, backwards over the moves of holders.
    """
    seats = price.size
    distance = np.full(seats, _FAR)
    done = np.zeros(seats, np.bool_)
    keys, heap, size = np.empty(1024, np.int64), np.empty(1024, np.int32), 0
    at_seat = np.full(held.size, seats, np.int32)  # where a student holds a place of a full seat, and its gain there
    gain = np.empty(held.size, np.int64)
    for one in range(seats):
        turn[one] = seats
        if base[one + 1] == base[one]:
            done[one] = True
            continue
        loss = 0
        if count[one] == base[one + 1] - base[one]:
            loss = _FAR
            for at in range(base[one], base[one + 1]):
                student = who[at]
                at_seat[student] = one
                gain[student] = fit[held[student]] - price[one]
                loss = min(loss, max(gain[student], 0))
        distance[one] = loss
        if size == keys.size:
            keys, heap = np.append(keys, keys), np.append(heap, heap)
        _push(keys, heap, size, loss, one)
        size += 1
    reached = 0
    while size > 0:
        loss, goal = keys[0], heap[0]
        size -= 1
        _pop(keys, heap, size)
        if done[goal]:
            continue
        done[goal] = True
        turn[goal] = reached
        reached += 1
        for at in range(first[goal], first[goal + 1]):
            student = students[at]
            one = at_seat[student]
            if one == seats or done[one]:
                continue
            through = loss + max(gain[student] - (fit_there[at] - price[goal]), 0)
            if through < distance[one]:
                distance[one] = through
                if size == keys.size:
                    keys, heap = np.append(keys, keys), np.append(heap, heap)
                _push(keys, heap, size, through, one)
                size += 1
    for one in range(seats):
        if distance[one] < _FAR:
            price[one] += distance[one]


@njit(cache=True)
def settle(start, seat, fit, base, price, count, who, level, held, ring, waiting, turn):  # type: ignore[no-untyped-def]
    """Seat waiting students along moves that lose nothing at these prices; who is left stays in `ring`.

    A depth-first search over seats; moves lead to seats reached earlier by `lift`, so that none runs in a circle, and
    a seat from which no place can be freed is not tried again.
    """
    seats = price.size
    dead = np.zeros(seats, np.bool_)
    slot_at, offset = base[:-1].copy(), np.zeros(seats, np.int64)
    path, mover, move = np.empty(seats + 1, np.int32), np.empty(seats + 1, np.int32), np.empty(seats + 1, np.int64)
    left = 0
    for index in range(waiting):
        student = ring[index]
        best = 0
        for choice in range(start[student], start[student + 1]):
            one = seat[choice]
            if base[one + 1] > base[one]:
                best = max(best, fit[choice] - price[one])
        if best == 0:
            continue
        found = False
        for choice in range(start[student], start[student + 1]):
            if fit[choice] - price[seat[choice]] != best or dead[seat[choice]]:
                continue
            top, slot = 0, -1
            path[0], mover[0], move[0] = seat[choice], student, choice
            while top >= 0:
                one = path[top]
                if count[one] < base[one + 1] - base[one]:
                    slot = base[one] + count[one]
                    count[one] += 1
                    found = True
                    break
                at, step = slot_at[one], -1
                while at < base[one + 1] and step < 0:
                    holder = who[at]
                    net = fit[held[holder]] - price[one]
                    if net <= 0:
                        held[holder] = -1
                        slot, found = at, True
                        break
                    other = start[holder] + offset[one]
                    while other < start[holder + 1]:
                        goal = seat[other]
                        if turn[goal] < turn[one] and not dead[goal] and fit[other] - price[goal] >= net:
                            step = other
                            break
                        other += 1
                    if step >= 0:
                        offset[one] = other - start[holder]
                    else:
                        at += 1
                        offset[one] = 0
                slot_at[one] = at
                if found:
                    break
                if step >= 0:
                    top += 1
                    path[top], mover[top], move[top] = seat[step], who[at], step
                else:
                    dead[one] = True
                    top -= 1
            if found:
                while top >= 0:
                    who[slot], held[mover[top]], level[slot] = mover[top], move[top], 0
                    top -= 1
                    if top >= 0:
                        slot, offset[path[top]] = slot_at[path[top]], 0
                break
        if not found:
            ring[left] = student
            left += 1
    return left


@njit(cache=True)
def relevel(base, price, count, who, level):  # type: ignore[no-untyped-def]
    """Every bid of a full seat is at least its price, and the lowest stands first again."""
    for one in range(price.size):
        low, size = base[one], base[one + 1] - base[one]
        if size == 0 or count[one] < size:
            continue
        for at in range(low, low + size):
            level[at] = max(level[at], price[one])
        for top in range(size // 2 - 1, -1, -1):
            hole, bid, student = top, level[low + top], who[low + top]
            while True:
                child = 2 * hole + 1
                if child >= size:
                    break
                if child + 1 < size and level[low + child + 1] < level[low + child]:
                    child += 1
                if level[low + child] >= bid:
                    break
                level[low + hole], who[low + hole] = level[low + child], who[low + child]
                hole = child
            level[low + hole], who[low + hole] = bid, student
