# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""One primal–dual step for a range of points, compiled; import this only when needed. Ranges run side by side.

Points go by blocks that stay in the cache; each loop runs over the points of a block in one year, so that it becomes
vector instructions.
"""

from __future__ import annotations

import numpy as np
from numba import njit

BLOCK = 512
_REORDERED = {"reassoc", "contract", "nsz", "nnan"}


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def stepped(a, points, lengths, prices, seats, turns, share, people, used):  # type: ignore[no-untyped-def]
    """Intake and prices of changes of `points` take a step toward the saddle; what the bound and the distance gain.

    `seats` (K × n) and `turns` (K + 1 × n, the last one 0) are each (now, anchor): intake, and prices of changes within
    ± the cost of a change. Now becomes `share` of the reflected step and the rest of the anchor. `lengths` are those of
    a seat's step (n) and of a change's. `people` (K × G) and `used` (K × R) become what the reflected intake of these
    points brings and takes.
    """
    by_seat, by_change = lengths
    earns, dear = prices
    now, anchor = seats
    turn, turn_anchor = turns
    kept, slots = now.shape[0], a.line.shape[0]
    people[:, :] = 0.0
    used[:, :] = 0.0
    slope_block, reached_block = np.empty(BLOCK), np.empty((kept + 1, BLOCK))
    worth, far, turned = 0.0, 0.0, 0.0
    for i in range(points[0], points[1], BLOCK):
        j = min(i + BLOCK, points[1])
        slope = slope_block[: j - i]
        reached_block[0, : j - i] = a.now[i:j]
        worth -= _sum_of_products(turn[0, i:j], a.now[i:j])
        for t in range(kept):
            before, reached = reached_block[t, : j - i], reached_block[t + 1, : j - i]
            _earn(slope, turn[t, i:j], turn[t + 1, i:j], a.rate[i:j], earns[t], a.group[i:j])
            for slot in range(slots):
                _pay(slope, a.use[slot, i:j], dear[t], a.line[slot, i:j])
            limits = (a.is_open[t, i:j], a.least[i:j], a.most[i:j])
            gains = _seat(slope, limits, by_seat[i:j], now[t, i:j], anchor[t, i:j], share, reached)
            worth += gains[0]
            far += gains[1]
            turned += _turn(a.change, by_change, turn[t, i:j], turn_anchor[t, i:j], share, before, reached)
            _bring(people[t], a.group[i:j], a.rate[i:j], reached)
            for slot in range(slots):
                _take(used[t], a.line[slot, i:j], a.use[slot, i:j], reached)
    return worth, far + turned / by_change


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def _sum_of_products(one, other):  # type: ignore[no-untyped-def]
    total = 0.0
    for b in range(len(one)):
        total += one[b] * other[b]
    return total


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def _earn(slope, turn, later, rate, earns, group):  # type: ignore[no-untyped-def]
    """What a seat more costs: the change into this year, less that out of it, less what its graduates earn."""
    for b in range(len(slope)):
        slope[b] = turn[b] - later[b] - rate[b] * earns[group[b]]


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def _pay(slope, use, dear, line):  # type: ignore[no-untyped-def]
    for b in range(len(slope)):
        slope[b] += use[b] * dear[line[b]]


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def _seat(slope, limits, length, now, anchor, share, reached):  # type: ignore[no-untyped-def]
    """Intake of one year steps; what the bound gains, and how far it went."""
    is_open, least, most = limits
    worth, far = 0.0, 0.0
    for b in range(len(slope)):
        low, high = is_open[b] * least[b], is_open[b] * most[b]
        worth += min(slope[b] * low, slope[b] * high)
        moved = min(high, max(low, now[b] - length[b] * slope[b])) - now[b]
        far += moved * moved / length[b]
        reached[b] = now[b] + 2.0 * moved
        now[b] = share * reached[b] + (1.0 - share) * anchor[b]
    return worth, far


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def _turn(change, length, now, anchor, share, before, reached):  # type: ignore[no-untyped-def]
    """Prices of changes into one year step; how far they went, squared."""
    far = 0.0
    for b in range(len(now)):
        moved = min(change, max(-change, now[b] + length * (reached[b] - before[b]))) - now[b]
        far += moved * moved
        now[b] = min(change, max(-change, share * (now[b] + 2.0 * moved) + (1.0 - share) * anchor[b]))
    return far


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def _bring(people, group, rate, reached):  # type: ignore[no-untyped-def]
    for b in range(len(reached)):
        people[group[b]] += rate[b] * reached[b]


@njit(cache=True, nogil=True, error_model="numpy", fastmath=_REORDERED)
def _take(used, line, use, reached):  # type: ignore[no-untyped-def]
    """Points of a college stand together: what they take of a line is summed up before it is written."""
    at, total = line[0], 0.0
    for b in range(len(reached)):
        if line[b] != at:
            used[at] += total
            at, total = line[b], 0.0
        total += use[b] * reached[b]
    used[at] += total
