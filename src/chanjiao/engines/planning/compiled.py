# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""One exact dynamic programme per point over its levels and the years, compiled; import this only when needed.

State 0 of a year is closed, state j ≥ 1 is open with `first + j − 1` steps. `level` (n × T) holds the steps of each
year, −1 for closed. The same tables serve the best plan of a point given all others, the cheapest one under prices, and
(in `draws`) a random one.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.planning.arrays import Arrays
from chanjiao.engines.planning.problem import Floats, Indices

NEVER = 1e300
NEAR = 1e-9


@njit(cache=True)
def add_point(a: Arrays, i: int, level: Indices, supply: Floats, used: Floats, sign: float) -> None:
    """`supply` (O × T, planned intake only) and `used` (L) gain or lose what point i brings and takes."""
    years = level.shape[1]
    for link in range(a.link_start[i], a.link_start[i + 1]):
        per_step = sign * a.link_value[link] * a.step[i]
        row = a.link_row[link]
        for t in range(years - a.duration[i]):
            if level[i, t] > 0:
                supply[row, t + a.duration[i]] += per_step * level[i, t]
    for entry in range(a.limit_start[i], a.limit_start[i + 1]):
        row = a.limit_row[entry]
        steps = level[i, a.limit_year[row]]
        if steps > 0:
            used[row] += sign * a.limit_value[entry] * a.step[i] * steps


@njit(cache=True)
def room(a: Arrays, i: int, used: Floats, top: Indices) -> None:
    """`top[t]`: the highest state of point i that its limits leave room for, when others use `used`."""
    for t in range(len(top)):
        top[t] = max(0, a.last[i] - a.first[i] + 1)
    for entry in range(a.limit_start[i], a.limit_start[i + 1]):
        row = a.limit_row[entry]
        t = a.limit_year[row]
        free = a.amount[row] - used[row]
        steps = np.floor(free / (a.limit_value[entry] * a.step[i]) + NEAR)
        if steps < a.first[i] + top[t] - 1:
            top[t] = max(0, int(steps) - a.first[i] + 1)


@njit(cache=True)
def _softened(missing, weight, price, firmness):  # type: ignore[no-untyped-def]
    """weight · max(0, missing) where `firmness` is 0; else a curve of slope price + firmness · missing, in 0–weight."""
    if firmness <= 0.0:
        return weight * max(0.0, missing)
    slope = price + firmness * missing
    if slope <= 0.0:
        return -0.5 * price * price / firmness
    if slope >= weight:
        return 0.5 * (weight * weight - price * price) / firmness + weight * (missing - (weight - price) / firmness)
    return missing * (price + 0.5 * firmness * missing)


@njit(cache=True)
def costs_given_others(a, i, supply, guide, lean, firmness, top, cost):  # type: ignore[no-untyped-def]
    """`cost[t, j]`: shortage and surplus of the occupations of point i when it stands in state j in year t.

    `guide` holds prices of shortage and surplus (O × T each) around which the costs are softened, prices of resources
    (L), and a plan (n × T) from which each seat away costs `lean`.
    """
    years = len(top)
    price_short, price_over, limit, pull = guide
    for t in range(years):
        cost[t, 0] = 0.0
    for entry in range(a.limit_start[i], a.limit_start[i + 1]):
        row = a.limit_row[entry]
        cost[a.limit_year[row], 0] += limit[row] * a.limit_value[entry]
    for t in range(years):
        price = cost[t, 0]
        cost[t, 0] = lean * pull[i, t]
        for j in range(1, top[t] + 1):
            seats = (a.first[i] + j - 1) * a.step[i]
            cost[t, j] = price * seats + lean * abs(seats - pull[i, t])
    for link in range(a.link_start[i], a.link_start[i + 1]):
        row = a.link_row[link]
        per_step = a.link_value[link] * a.step[i]
        for t in range(years - a.duration[i]):
            late = t + a.duration[i]
            short, over = a.short_at[row, late] - supply[row, late], supply[row, late] - a.surplus_at[row, late]
            at_short, at_over = price_short[row, late], price_over[row, late]
            cost[t, 0] += _softened(short, a.shortage, at_short, firmness)
            cost[t, 0] += _softened(over, a.surplus, at_over, firmness)
            brought = per_step * (a.first[i] - 1)
            for j in range(1, top[t] + 1):
                brought += per_step
                cost[t, j] += _softened(short - brought, a.shortage, at_short, firmness)
                cost[t, j] += _softened(over + brought, a.surplus, at_over, firmness)


@njit(cache=True)
def seats_at_prices(a: Arrays, i: int, balance: Floats, limit: Floats, per_seat: Floats) -> None:
    """`per_seat[t]` of point i when a graduate earns `balance` (O × T) and a resource costs `limit` (L)."""
    years = len(per_seat)
    per_seat[:] = 0.0
    for link in range(a.link_start[i], a.link_start[i + 1]):
        for t in range(years - a.duration[i]):
            per_seat[t] -= balance[a.link_row[link], t + a.duration[i]] * a.link_value[link]
    for entry in range(a.limit_start[i], a.limit_start[i + 1]):
        row = a.limit_row[entry]
        per_seat[a.limit_year[row]] += limit[row] * a.limit_value[entry]


@njit(cache=True)
def costs_at_prices(a: Arrays, i: int, per_seat: Floats, per_open: Floats, top: Indices, cost: Floats) -> None:
    """`cost[t, j]` of point i when a seat costs `per_seat[t]` and standing open `per_open[t]`."""
    for t in range(len(top)):
        cost[t, 0] = 0.0
        for j in range(1, top[t] + 1):
            cost[t, j] = per_open[t] + per_seat[t] * a.step[i] * (a.first[i] + j - 1)


@njit(cache=True)
def enter(a: Arrays, i: int, top: int, best: Floats) -> None:
    """`best[j]`: the cost of going from today into state j of the first year."""
    is_open = a.now[i] > 0
    best[0] = (a.close_cost[i] if is_open else 0.0) + a.change * a.now[i]
    allowed = a.change_bound[i] if is_open else max(a.change_bound[i], a.first[i] * a.step[i])
    for j in range(1, top + 1):
        seats = (a.first[i] + j - 1) * a.step[i]
        best[j] = a.change * abs(seats - a.now[i]) + (0.0 if is_open else a.open_cost[i])
        if abs(seats - a.now[i]) > allowed + NEAR:
            best[j] = NEVER


@njit(cache=True)
def furthest_move(a: Arrays, i: int) -> int:
    """The most steps that an open point may move in a year."""
    if a.change_bound[i] >= a.step[i] * (a.last[i] + 1):
        return int(a.last[i] + 1)
    return int(np.floor(a.change_bound[i] / a.step[i] + NEAR))


@njit(cache=True)
def highest_opening(a: Arrays, i: int) -> int:
    """The highest state into which a closed point may open."""
    return int(max(a.first[i], furthest_move(a, i)) - a.first[i] + 1)


@njit(cache=True)
def cheapest(a, i, top, cost, best, before, level):  # type: ignore[no-untyped-def]
    """`level[i]` becomes the cheapest plan of point i; its cost is returned. Time: years × states (× window)."""
    years = len(top)
    window, opening = furthest_move(a, i), highest_opening(a, i)
    per_step = a.change * a.step[i]
    enter(a, i, top[0], best[0])
    for j in range(top[0] + 1):
        best[0, j] += cost[0, j]
    for t in range(1, years):
        _advance(a, i, (top[t - 1], top[t], window, opening), per_step, best[t - 1], best[t], before[t])
        for j in range(top[t] + 1):
            best[t, j] += cost[t, j]
    last = 0
    for j in range(1, top[years - 1] + 1):
        if best[years - 1, j] < best[years - 1, last]:
            last = j
    total = best[years - 1, last]
    for t in range(years - 1, -1, -1):
        level[i, t] = -1 if last == 0 else a.first[i] + last - 1
        if t > 0:
            last = before[t, last]
    return total


@njit(cache=True)
def _advance(a, i, sizes, per_step, old, new, before):  # type: ignore[no-untyped-def]
    """`new[j]`: the least cost of reaching state j, and `before[j]` from where."""
    old_top, top, window, opening = sizes
    new[0], before[0] = old[0], 0
    for j in range(1, old_top + 1):
        leaving = old[j] + a.close_cost[i] + per_step * (a.first[i] + j - 1)
        if leaving < new[0]:
            new[0], before[0] = leaving, j
    for j in range(1, top + 1):
        new[j], before[j] = NEVER, 0
        if j <= opening:
            new[j] = old[0] + a.open_cost[i] + per_step * (a.first[i] + j - 1)
    if window >= a.last[i] - a.first[i]:
        _spread(per_step, old_top, top, old, new, before)
        return
    for j in range(1, top + 1):
        for other in range(max(1, j - window), min(old_top, j + window) + 1):
            moving = old[other] + per_step * abs(j - other)
            if moving < new[j]:
                new[j], before[j] = moving, other


@njit(cache=True)
def _spread(per_step, old_top, top, old, new, before):  # type: ignore[no-untyped-def]
    """Moves between open states without a window, in one pass up and one down."""
    carried, origin = NEVER, 0
    for j in range(1, max(top, old_top) + 1):
        carried += per_step
        if j <= old_top and old[j] <= carried:
            carried, origin = old[j], j
        if j <= top and carried < new[j]:
            new[j], before[j] = carried, origin
    carried, origin = NEVER, 0
    for j in range(max(top, old_top), 0, -1):
        carried += per_step
        if j <= old_top and old[j] <= carried:
            carried, origin = old[j], j
        if j <= top and carried < new[j]:
            new[j], before[j] = carried, origin
