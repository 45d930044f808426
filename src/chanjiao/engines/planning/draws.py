# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""A random plan of one point, drawn exactly with weight exp(−cost / heat): sums forward over the years, draws backward.

States are those of `compiled`; import this only when needed.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.planning.compiled import enter, furthest_move, highest_opening


@njit(cache=True)
def _uniform(seed):  # type: ignore[no-untyped-def]
    """A number in [0, 1) by splitmix64; `seed[0]` moves on."""
    seed[0] += np.uint64(0x9E3779B97F4A7C15)
    word = seed[0]
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    word ^= word >> np.uint64(31)
    return (word >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True)
def drawn(a, i, top, cost, heat, weight, decay, seed, level):  # type: ignore[no-untyped-def]
    """`level[i]` becomes a plan of point i drawn with weight exp(−cost / heat); False when all weights vanish."""
    years = len(top)
    window, opening = furthest_move(a, i), highest_opening(a, i)
    ratio = np.exp(-a.change * a.step[i] / heat)
    opens, closes = np.exp(-a.open_cost[i] / heat), np.exp(-a.close_cost[i] / heat)
    highest = max(0, a.last[i] - a.first[i] + 1)
    decay[0] = 1.0
    for j in range(1, highest + 1):
        decay[j] = np.exp(-a.change * a.step[i] * (a.first[i] + j - 1) / heat)
    for t in range(years):
        if t == 0:
            enter(a, i, top[0], weight[0])
            for j in range(top[0] + 1):
                weight[0, j] = np.exp(-min(weight[0, j] / heat, 1e4))
        else:
            sizes = (top[t - 1], top[t], window, opening)
            _gather(a, i, sizes, (ratio, opens, closes), decay, weight[t - 1], weight[t])
        least = cost[t, 0]
        for j in range(1, top[t] + 1):
            least = min(least, cost[t, j])
        total = 0.0
        for j in range(top[t] + 1):
            weight[t, j] *= np.exp((least - cost[t, j]) / heat)
            total += weight[t, j]
        if not total > 1e-200:
            return False
        for j in range(top[t] + 1):
            weight[t, j] /= total
    _trace(a, i, top, (window, opening), (ratio, opens, closes), decay, weight, seed, level)
    return True


@njit(cache=True)
def _gather(a, i, sizes, factors, decay, old, new):  # type: ignore[no-untyped-def]
    """`new[j]`: the sum of the weights of all ways into state j."""
    old_top, top, window, opening = sizes
    ratio, opens, closes = factors
    leaving = 0.0
    for j in range(1, old_top + 1):
        leaving += old[j] * decay[j]
    new[0] = old[0] + closes * leaving
    for j in range(1, top + 1):
        new[j] = old[0] * opens * decay[j] if j <= opening else 0.0
    if window >= a.last[i] - a.first[i]:
        carried = 0.0
        for j in range(1, max(top, old_top) + 1):
            carried *= ratio
            if j <= old_top:
                carried += old[j]
            if j <= top:
                new[j] += carried
        carried = 0.0
        for j in range(max(top, old_top), 0, -1):
            carried *= ratio
            if j <= top:
                new[j] += carried
            if j <= old_top:
                carried += old[j]
        return
    for j in range(1, top + 1):
        for other in range(max(1, j - window), min(old_top, j + window) + 1):
            new[j] += old[other] * ratio ** abs(j - other)


@njit(cache=True)
def _trace(a, i, top, bounds, factors, decay, weight, seed, level):  # type: ignore[no-untyped-def]
    """Draw the last year's state by its weight, then backwards each year's given the next."""
    window, opening = bounds
    ratio, opens, closes = factors
    years = len(top)
    after = -1
    for t in range(years - 1, -1, -1):
        total = 0.0
        for j in range(top[t] + 1):
            total += weight[t, j] * _way(j, after, window, opening, ratio, opens, closes, decay)
        aim = _uniform(seed) * total
        chosen, summed = -1, 0.0
        for j in range(top[t] + 1):
            part = weight[t, j] * _way(j, after, window, opening, ratio, opens, closes, decay)
            summed += part
            if part > 0.0:
                chosen = j
                if summed > aim:
                    break
        level[i, t] = -1 if chosen <= 0 else a.first[i] + chosen - 1
        after = max(chosen, 0)


@njit(cache=True)
def _way(j, after, window, opening, ratio, opens, closes, decay):  # type: ignore[no-untyped-def]
    """The weight of going from state j into state `after` (−1: no year follows)."""
    if after == -1:
        return 1.0
    if j == 0:
        if after == 0:
            return 1.0
        return opens * decay[after] if after <= opening else 0.0
    if after == 0:
        return closes * decay[j]
    return ratio ** abs(j - after) if abs(j - after) <= window else 0.0
