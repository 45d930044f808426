# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""Exchanges between two points, compiled: the best plan of both together, near the one they have.

Where a limit is used up no point can move alone; two points of a college, or two that serve one occupation, can. The
states of a point in a year are closed (0) and up to `WINDOW` levels about the one it has. Import this only when needed.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.planning.compiled import NEAR, NEVER, add_point

WINDOW = 3
STATES = WINDOW + 1


@njit(cache=True)
def exchange(a, pairs, level, supply, used, least):  # type: ignore[no-untyped-def]
    """Each pair (i, j) in turn takes its best plan given all others if that saves `least`; what all saved."""
    years = level.shape[1]
    seats, count = np.zeros((2, years, STATES)), np.zeros((2, years), np.int64)
    held, move = np.zeros((2, years), np.int64), np.zeros((2, years, STATES, STATES))
    cost, best = np.zeros((years, STATES, STATES)), np.zeros((years, STATES, STATES))
    between, origin = np.zeros((STATES, STATES)), np.zeros((2, years, STATES, STATES), np.int64)
    saved = 0.0
    for number in range(pairs.shape[0]):
        i, j = pairs[number]
        if not _separable(a, i, j):
            continue
        add_point(a, i, level, supply, used, -1.0)
        add_point(a, j, level, supply, used, -1.0)
        _states(a, i, level, seats[0], count[0], held[0], move[0])
        _states(a, j, level, seats[1], count[1], held[1], move[1])
        _joint_costs(a, i, j, seats, count, supply, used, cost)
        saving = _value(held, move, cost) - _best(count, move, cost, best, between, origin)
        if saving > least:
            saved += saving
            _take(a, i, j, seats, count, best, origin, level)
        add_point(a, i, level, supply, used, 1.0)
        add_point(a, j, level, supply, used, 1.0)
    return saved


@njit(cache=True)
def _separable(a, i, j):  # type: ignore[no-untyped-def]
    """Whether the two meet in the same year wherever they meet: of one duration, or without a common occupation."""
    if a.duration[i] == a.duration[j]:
        return True
    for one in range(a.link_start[i], a.link_start[i + 1]):
        for other in range(a.link_start[j], a.link_start[j + 1]):
            if a.link_row[one] == a.link_row[other]:
                return False
    return True


@njit(cache=True)
def _states(a, i, level, seats, count, held, move):  # type: ignore[no-untyped-def]
    """Seats of each state of point i by year, how many there are, which one it is in, and the cost of each move."""
    first, width = a.first[i], max(0, min(WINDOW, a.last[i] - a.first[i] + 1))
    for t in range(len(count)):
        count[t], held[t], seats[t, 0] = 1 + width, 0, 0.0
        lowest = max(first, min(level[i, t] - WINDOW // 2, a.last[i] - width + 1))
        for k in range(width):
            seats[t, k + 1] = (lowest + k) * a.step[i]
            if lowest + k == level[i, t]:
                held[t] = k + 1
    bound = a.change_bound[i] + NEAR
    costs = (a.change, a.open_cost[i], a.close_cost[i], bound, max(bound, first * a.step[i] + NEAR))
    for new in range(count[0]):
        move[0, 0, new] = _moved(costs, a.now[i], a.now[i] > 0, seats[0, new], new > 0)
    for t in range(1, len(count)):
        for old in range(count[t - 1]):
            for new in range(count[t]):
                move[t, old, new] = _moved(costs, seats[t - 1, old], old > 0, seats[t, new], new > 0)


@njit(cache=True)
def _moved(costs, seats, was_open, then, is_open):  # type: ignore[no-untyped-def]
    """What it costs to go from `seats` to `then`; NEVER where the greatest change forbids it."""
    change, opens, closes, bound, opening = costs
    away = abs(then - seats)
    if not is_open:
        return change * away + (closes if was_open else 0.0)
    if was_open:
        return change * away if away <= bound else NEVER
    return change * away + opens if away <= opening else NEVER


@njit(cache=True)
def _joint_costs(a, i, j, seats, count, supply, used, cost):  # type: ignore[no-untyped-def]
    """`cost[t, k, m]`: shortage and surplus with i in state k and j in state m; NEVER where a limit forbids it."""
    cost[:] = 0.0
    weights = (a.shortage, a.surplus)
    for one in range(a.link_start[i], a.link_start[i + 1]):
        row = a.link_row[one]
        rates = (a.link_value[one], _rate(a.link_start, a.link_row, a.link_value, j, row))
        _add_hinges(weights, rates, a.duration[i], seats, count, a.short_at[row], a.surplus_at[row], supply[row], cost)
    for other in range(a.link_start[j], a.link_start[j + 1]):
        row = a.link_row[other]
        rates = (_rate(a.link_start, a.link_row, a.link_value, i, row), a.link_value[other])
        if rates[0] == 0.0:
            lag, short_at, surplus_at = a.duration[j], a.short_at[row], a.surplus_at[row]
            _add_hinges(weights, rates, lag, seats, count, short_at, surplus_at, supply[row], cost)
    for one in range(a.limit_start[i], a.limit_start[i + 1]):
        row, t = a.limit_row[one], a.limit_year[a.limit_row[one]]
        rates = (a.limit_value[one], _rate(a.limit_start, a.limit_row, a.limit_value, j, row))
        _forbid(rates, a.amount[row] - used[row], seats[:, t], count[:, t], cost[t])
    for other in range(a.limit_start[j], a.limit_start[j + 1]):
        row, t = a.limit_row[other], a.limit_year[a.limit_row[other]]
        rates = (_rate(a.limit_start, a.limit_row, a.limit_value, i, row), a.limit_value[other])
        if rates[0] == 0.0:
            _forbid(rates, a.amount[row] - used[row], seats[:, t], count[:, t], cost[t])


@njit(cache=True)
def _rate(start, row, value, i, wanted):  # type: ignore[no-untyped-def]
    """What a seat of point i brings to, or takes of, the row `wanted`."""
    for entry in range(start[i], start[i + 1]):
        if row[entry] == wanted:
            return value[entry]
    return 0.0


@njit(cache=True)
def _add_hinges(weights, rates, lag, seats, count, short_at, surplus_at, supply, cost):  # type: ignore[no-untyped-def]
    """`cost` gains shortage and surplus of one occupation."""
    for t in range(len(supply) - lag):
        short, over = short_at[t + lag] - supply[t + lag], supply[t + lag] - surplus_at[t + lag]
        for k in range(count[0, t]):
            for m in range(count[1, t]):
                brought = rates[0] * seats[0, t, k] + rates[1] * seats[1, t, m]
                cost[t, k, m] += weights[0] * max(0.0, short - brought) + weights[1] * max(0.0, over + brought)


@njit(cache=True)
def _forbid(rates, free, seats, count, cost):  # type: ignore[no-untyped-def]
    """`cost` becomes NEVER in one year where a limit leaves less room."""
    for k in range(count[0]):
        for m in range(count[1]):
            if rates[0] * seats[0, k] + rates[1] * seats[1, m] > free + NEAR * (1.0 + abs(free)):
                cost[k, m] = NEVER


@njit(cache=True)
def _value(held, move, cost):  # type: ignore[no-untyped-def]
    """What the plan in hand costs."""
    total = 0.0
    for t in range(cost.shape[0]):
        total += cost[t, held[0, t], held[1, t]]
        for side in range(2):
            total += move[side, t, held[side, t - 1] if t > 0 else 0, held[side, t]]
    return total


@njit(cache=True)
def _best(count, move, cost, best, between, origin):  # type: ignore[no-untyped-def]
    """The least cost of both together; `best[t]` is that of each pair of states. In each year i moves, then j."""
    for k in range(count[0, 0]):
        for m in range(count[1, 0]):
            best[0, k, m] = cost[0, k, m] + move[0, 0, 0, k] + move[1, 0, 0, m]
    for t in range(1, cost.shape[0]):
        for new in range(count[0, t]):
            for m in range(count[1, t - 1]):
                between[new, m] = np.inf
                for old in range(count[0, t - 1]):
                    way = best[t - 1, old, m] + move[0, t, old, new]
                    if way < between[new, m]:
                        between[new, m], origin[0, t, new, m] = way, old
        for k in range(count[0, t]):
            for new in range(count[1, t]):
                least = np.inf
                for old in range(count[1, t - 1]):
                    way = between[k, old] + move[1, t, old, new]
                    if way < least:
                        least, origin[1, t, k, new] = way, old
                best[t, k, new] = least + cost[t, k, new]
    end = cost.shape[0] - 1
    return np.min(best[end, : count[0, end], : count[1, end]])


@njit(cache=True)
def _take(a, i, j, seats, count, best, origin, level):  # type: ignore[no-untyped-def]
    """`level` of both becomes the best plan, read backward."""
    end = best.shape[0] - 1
    k, m = 0, 0
    for one in range(count[0, end]):
        for other in range(count[1, end]):
            if best[end, one, other] < best[end, k, m]:
                k, m = one, other
    for t in range(end, -1, -1):
        level[i, t] = -1 if k == 0 else int(np.rint(seats[0, t, k] / a.step[i]))
        level[j, t] = -1 if m == 0 else int(np.rint(seats[1, t, m] / a.step[j]))
        if t > 0:
            m = origin[1, t, k, m]
            k = origin[0, t, k, m]
