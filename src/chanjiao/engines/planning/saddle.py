# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""One primal–dual step for a range of points, compiled; import this only when needed. Ranges run side by side."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, error_model="numpy")
def stepped(a, points, most, lengths, prices, seats, turns, share, brought, used):  # type: ignore[no-untyped-def]
    """Intake and prices of changes of `points` take a step toward the saddle; what the bound and the distance gain.

    `seats` and `turns` are each (now, anchor), n × K: intake, and prices of changes within ± the cost of a change. Now
    becomes `share` of the reflected step and the rest of the anchor. `lengths` are those of a seat's step (n × K), to
    be divided by the next, and of a change's. `brought` (O × T) and `used` (L) become what the reflected intake of
    these points brings and takes.
    """
    by_seat, weight, by_change = lengths
    price, limit = prices
    now, anchor = seats
    turn, turn_anchor = turns
    years, kept = brought.shape[1], now.shape[1]
    brought[:, :] = 0.0
    used[:] = 0.0
    slope, reached = np.zeros(kept), np.zeros(kept)
    worth, distance = 0.0, 0.0
    for i in range(points[0], points[1]):
        counted = min(kept, years - a.duration[i])
        for t in range(kept - 1):
            slope[t] = turn[i, t] - turn[i, t + 1]
        slope[kept - 1] = turn[i, kept - 1]
        for link in range(a.link_start[i], a.link_start[i + 1]):
            row, people = a.link_row[link], a.link_value[link]
            for t in range(counted):
                slope[t] -= people * price[row, t + a.duration[i]]
        for entry in range(a.limit_start[i], a.limit_start[i + 1]):
            row = a.limit_row[entry]
            if a.limit_year[row] < kept:
                slope[a.limit_year[row]] += limit[row] * a.limit_value[entry]
        for t in range(kept):
            worth += min(0.0, slope[t]) * most[i]
            moved = min(most[i], max(0.0, now[i, t] - by_seat[i, t] / weight * slope[t])) - now[i, t]
            distance += moved * moved * weight / by_seat[i, t]
            reached[t] = now[i, t] + 2.0 * moved
            now[i, t] = share * reached[t] + (1.0 - share) * anchor[i, t]
        worth -= turn[i, 0] * a.now[i]
        before = a.now[i]
        for t in range(kept):
            moved = min(a.change, max(-a.change, turn[i, t] + by_change * (reached[t] - before))) - turn[i, t]
            distance += moved * moved / by_change
            turned_to = share * (turn[i, t] + 2.0 * moved) + (1.0 - share) * turn_anchor[i, t]
            turn[i, t] = min(a.change, max(-a.change, turned_to))
            before = reached[t]
        for link in range(a.link_start[i], a.link_start[i + 1]):
            row, people = a.link_row[link], a.link_value[link]
            for t in range(counted):
                brought[row, t + a.duration[i]] += people * reached[t]
        for entry in range(a.limit_start[i], a.limit_start[i + 1]):
            row = a.limit_row[entry]
            if a.limit_year[row] < kept:
                used[row] += a.limit_value[entry] * reached[a.limit_year[row]]
    return worth, distance
