# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""Passes over all points, compiled: improve or redraw each in turn, and the cheapest plans under prices."""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.planning.compiled import (
    add_point,
    cheapest,
    costs_at_prices,
    costs_given_others,
    room,
    seats_at_prices,
)
from chanjiao.engines.planning.corners import MOST_CORNERS, cheapest_corners, corners_suffice
from chanjiao.engines.planning.draws import drawn


@njit(cache=True)
def sweep(a, order, level, supply, used, guide, heat, lean, firmness, seed, states):  # type: ignore[no-untyped-def]
    """Each point of `order` in turn takes its best plan given all others (heat 0) or one drawn; how many changed."""
    years = level.shape[1]
    top, before = np.zeros(years, np.int64), np.zeros((years, states), np.int64)
    cost, table, decay = np.zeros((years, states)), np.zeros((years, states)), np.zeros(states)
    old = np.zeros(years, np.int64)
    changed = 0
    for i in order:
        for t in range(years):
            old[t] = level[i, t]
        add_point(a, i, level, supply, used, -1.0)
        room(a, i, used, top)
        costs_given_others(a, i, supply, guide, lean, firmness, top, cost)
        if heat <= 0.0 or not drawn(a, i, top, cost, heat, table, decay, seed, level):
            cheapest(a, i, top, cost, table, before, level)
        add_point(a, i, level, supply, used, 1.0)
        for t in range(years):
            if level[i, t] != old[t]:
                changed += 1
                break
    return changed


@njit(cache=True)
def respond(a, order, balance, limit, charges, level, supply, used, states):  # type: ignore[no-untyped-def]
    """The sum of the least costs of the points of `order` under prices; `level`, `supply`, `used` become theirs."""
    years, width = level.shape[1], max(states, MOST_CORNERS)
    top, before, per_seat = np.zeros(years, np.int64), np.zeros((years, width), np.int64), np.zeros(years)
    cost, table = np.zeros((years, width)), np.zeros((years, width))
    nothing = np.zeros(len(used))
    charged_seat, charged_open = charges
    supply[:, :] = 0.0
    used[:] = 0.0
    total = 0.0
    for i in order:
        room(a, i, nothing, top)
        seats_at_prices(a, i, balance, limit, per_seat)
        per_seat += charged_seat[i]
        if corners_suffice(a, i, top):
            total += cheapest_corners(a, i, per_seat, charged_open[i], table, before, level)
        else:
            costs_at_prices(a, i, per_seat, charged_open[i], top, cost)
            total += cheapest(a, i, top, cost, table, before, level)
        add_point(a, i, level, supply, used, 1.0)
    return total


@njit(cache=True)
def load(a, level, supply, used):  # type: ignore[no-untyped-def]
    """`supply` and `used` become those of `level`, free of what rounding left."""
    supply[:, :] = 0.0
    used[:] = 0.0
    for i in range(level.shape[0]):
        add_point(a, i, level, supply, used, 1.0)


@njit(cache=True)
def objective(a, level, supply):  # type: ignore[no-untyped-def]
    """The objective of `level`, whose planned supply is `supply`."""
    total = 0.0
    for row in range(supply.shape[0]):
        for t in range(supply.shape[1]):
            total += a.shortage * max(0.0, a.short_at[row, t] - supply[row, t])
            total += a.surplus * max(0.0, supply[row, t] - a.surplus_at[row, t])
    for i in range(level.shape[0]):
        seats, is_open = a.now[i], a.now[i] > 0
        for t in range(level.shape[1]):
            now = a.step[i] * max(0, level[i, t])
            total += a.change * abs(now - seats)
            if level[i, t] >= 0 and not is_open:
                total += a.open_cost[i]
            if level[i, t] < 0 and is_open:
                total += a.close_cost[i]
            seats, is_open = now, level[i, t] >= 0
    return total
