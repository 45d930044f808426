# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917
"""Best fit where a seat is worth the same to everybody, compiled: prices would fight for ever, so fill in order.

Which seats can be filled together is a matroid (transversals), so taking the most valuable places first is optimal.
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def fill_by_value(order, first, choices, students, seat, room, held):  # type: ignore[no-untyped-def]
    """Fill the seats in `order` as far as students can be found, by moving others; `held` and the filled counts.

    Depth first, each seat's list taken up where the last search left it: from its beginning, searches would run through
    the same few seats again and again.
    """
    seats = first.size - 1
    count = np.zeros(seats, np.int64)
    dead = np.zeros(seats, np.bool_)
    seen = np.full(seats, -1, np.int64)
    free_at, scan = first[:-1].copy(), first[:-1].copy()
    left = np.empty(seats, np.int64)
    path, asked = np.empty(seats + 1, np.int32), np.empty(seats + 1, np.int64)
    search = 0
    for one in order:
        while count[one] < room[one] and not dead[one]:
            search += 1
            top, found = 0, -1
            path[0] = one
            seen[one] = search
            left[one] = first[one + 1] - first[one]
            while top >= 0:
                now = path[top]
                at = free_at[now]
                while at < first[now + 1] and held[students[at]] >= 0:
                    at += 1
                free_at[now] = at
                if at < first[now + 1]:
                    found = at
                    break
                other = now
                while left[now] > 0 and (seen[other] == search or dead[other]):
                    left[now] -= 1
                    at = scan[now]
                    scan[now] = at + 1 if at + 1 < first[now + 1] else first[now]
                    other = seat[held[students[at]]]
                if seen[other] == search or dead[other]:
                    top -= 1
                    continue
                asked[top] = at
                top += 1
                path[top] = other
                seen[other] = search
                left[other] = first[other + 1] - first[other]
            if found < 0:
                for other in range(seats):
                    if seen[other] == search:
                        dead[other] = True
                break
            held[students[found]] = choices[found]
            while top > 0:
                top -= 1
                held[students[asked[top]]] = choices[asked[top]]
            count[one] += 1
    return count


@njit(cache=True)
def reach(order, first, students, seat, room, count, held, value, least):  # type: ignore[no-untyped-def]
    """`least`: the value of the best free place that each seat's holders can be moved to make room for, 0 for none."""
    waiting = np.empty(order.size, np.int32)
    done = np.zeros(order.size, np.bool_)
    for goal in order:
        if count[goal] >= room[goal] or done[goal]:
            continue
        done[goal] = True
        least[goal] = value[goal]
        waiting[0], size = goal, 1
        while size > 0:
            size -= 1
            now = waiting[size]
            for at in range(first[now], first[now + 1]):
                choice = held[students[at]]
                if choice >= 0 and not done[seat[choice]]:
                    done[seat[choice]] = True
                    least[seat[choice]] = value[goal]
                    waiting[size] = seat[choice]
                    size += 1
