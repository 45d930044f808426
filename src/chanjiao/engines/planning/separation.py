# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""Which rounded balances a mean of plans breaks, compiled; import this only when needed.

A balance of people brought, Σ bᵢ − surplus ≤ demand or −Σ bᵢ − shortage ≤ −demand, is written in whole numbers: a point
that is open brings its least class and whole steps more, or its most and whole steps less; a point that is open in most
plans counts as 1 less what is closed. Divided by one of its coefficients and rounded (mixed-integer rounding, Nemhauser
and Wolsey 1990; the heuristic of Marchand and Wolsey 2001) it still holds for every plan, but for few means of plans.
"""

from __future__ import annotations

import numpy as np
from numba import njit

LEAST_REST = 0.01
"""A right-hand side closer to a whole number than this makes inequalities of no use."""
HALVINGS = 3
"""Each divisor is tried whole, halved, and halved again."""
NEAR = 1e-12
LEAST_DIVISOR = 1e-6
LEAST_USED = 0.001
"""Coefficients of what the mean plan uses less than this are no divisors."""
LOW, HIGH, STEP, BROUGHT, OPEN, RATE = range(6)
"""What is known of a point in one balance: its least and most people, people in a step, people in the mean plan, how
open it is there, and people in a seat."""
END, SIDE, AWAY, WHOLE, SHARE = range(5)
"""A balance in whole numbers: the end from which a point's people count and in which direction, how many are away from
it in the mean plan, the coefficient of its standing open (or closed), and how much that is so."""
NEAREST, ALL_HIGH, ALL_LOW = range(3)
"""Points count from their nearer end, from their most, or from their least class."""


@njit(cache=True)
def broken(served, sizes, wanted, seats, is_open, least):  # type: ignore[no-untyped-def]
    """The inequality of each balance that `seats` and `is_open` (n × T) break most, by more than `least` people.

    Returns arrays (balance, over, most) by inequality and (inequality, cell, per seat, per opening) by entry: the sum
    of the entries less surplus (where `over`) or shortage is at most `most`. Balances and cells count row · T + year.
    """
    start, point, rate, duration = served
    rows, years = wanted[0].shape
    width = np.max(start[1:] - start[:-1]) if rows > 0 else 0
    known, cells = np.zeros((6, width)), np.zeros(width, np.int64)
    cut, best = np.zeros((2, width)), np.zeros((2, width))
    heads, entries = [(0, 0, 0.0) for _ in range(0)], [(0, 0, 0.0, 0.0) for _ in range(0)]
    for row in range(rows):
        members = slice(start[row], start[row + 1])
        for t in range(years):
            count = _known(point[members], rate[members], duration, sizes, seats, is_open, t, known, cells)
            violated, most, over = _of_balance(known[:, :count], wanted[0][row, t], wanted[1][row, t], least, cut, best)
            if violated <= least:
                continue
            for k in range(count):
                if best[0, k] != 0.0 or best[1, k] != 0.0:
                    entries.append((len(heads), cells[k], best[0, k] * known[RATE, k], best[1, k]))
            heads.append((row * years + t, over, most))
    return heads, entries


@njit(cache=True)
def _known(point, rate, duration, sizes, seats, is_open, t, known, cells):  # type: ignore[no-untyped-def]
    """`known` and `cells` become those of the points that bring people in year t; how many there are."""
    low, high, step = sizes
    count = 0
    for entry in range(len(point)):
        i, people = point[entry], rate[entry]
        year = t - duration[i]
        if year < 0 or high[i] <= 0.0 or people <= 0.0:
            continue
        cells[count] = i * seats.shape[1] + year
        known[LOW, count], known[HIGH, count] = people * low[i], people * high[i]
        known[STEP, count], known[RATE, count] = people * step[i], people
        known[BROUGHT, count], known[OPEN, count] = people * seats[i, year], is_open[i, year]
        count += 1
    return count


@njit(cache=True)
def _of_balance(known, short_at, over_at, least, cut, best):  # type: ignore[no-untyped-def]
    """By how much the best inequality found is broken, its right-hand side, and whether it is of surplus (1 or 0)."""
    count = known.shape[1]
    brought = known[BROUGHT].sum()
    violated, most, over = least, 0.0, 0
    for side in range(2):
        sign, demand = (1.0, over_at) if side == 1 else (-1.0, short_at)
        hinge = max(0.0, sign * (brought - demand))
        for ends in range(3):
            found, right = _rounded_balance(known, sign, demand, hinge, ends, violated, cut)
            if found > violated:
                violated, most, over = found, right, side
                best[:, :count] = cut[:, :count]
    return violated, most, over


@njit(cache=True)
def _rounded_balance(known, sign, demand, hinge, ends, least, cut):  # type: ignore[no-untyped-def]
    """The most broken rounding of one balance written one way; `cut` becomes its weights of people and of openness."""
    count = known.shape[1]
    form = np.zeros((5, count))
    right = sign * demand + _written(known, sign, ends, form)
    violated, divisor = least, 0.0
    for number in range(2 * count * HALVINGS):
        k = number // HALVINGS % count
        size, used = known[STEP, k], form[AWAY, k]
        if number < count * HALVINGS:
            size, used = abs(form[WHOLE, k]), form[SHARE, k]
        tried = size / 2.0 ** (number % HALVINGS)
        rest = right / tried - np.floor(right / tried) if tried > LEAST_DIVISOR else 0.0
        if used < LEAST_USED or rest < LEAST_REST or rest > 1.0 - LEAST_REST:
            continue
        found = _violation(known[STEP], form, sign, right, tried) - hinge
        if found > violated:
            violated, divisor = found, tried
    if divisor > 0.0:
        right = _weights(known[STEP], form, sign, right, divisor, cut)
    return violated, right


@njit(cache=True)
def _written(known, sign, ends, form):  # type: ignore[no-untyped-def]
    """`form` becomes the balance in whole numbers; what counting what is closed adds to the right is returned."""
    added = 0.0
    for k in range(known.shape[1]):
        below_high = known[HIGH, k] * known[OPEN, k] - known[BROUGHT, k]
        above_low = known[BROUGHT, k] - known[LOW, k] * known[OPEN, k]
        high = ends == ALL_HIGH or (ends == NEAREST and below_high < above_low)
        form[END, k], form[SIDE, k] = (known[HIGH, k], -1.0) if high else (known[LOW, k], 1.0)
        form[AWAY, k] = max(0.0, below_high if high else above_low)
        form[WHOLE, k], form[SHARE, k] = sign * form[END, k], known[OPEN, k]
        if form[SHARE, k] > 0.5:
            added -= form[WHOLE, k]
            form[WHOLE, k], form[SHARE, k] = -form[WHOLE, k], 1.0 - form[SHARE, k]
    return added


@njit(cache=True)
def _violation(step, form, sign, right, divisor):  # type: ignore[no-untyped-def]
    """By how many people the rounded balance is broken, the hinge not counted."""
    rest = right / divisor - np.floor(right / divisor)
    total = -np.floor(right / divisor)
    for k in range(len(step)):
        total += _rounded(form[WHOLE, k] / divisor, rest) * form[SHARE, k]
        total += _rounded(sign * form[SIDE, k] * step[k] / divisor, rest) * form[AWAY, k] / step[k]
    return total * divisor * (1.0 - rest)


@njit(cache=True)
def _weights(step, form, sign, right, divisor, cut):  # type: ignore[no-untyped-def]
    """`cut` becomes the weights of people brought and of openness; the right-hand side is returned."""
    rest = right / divisor - np.floor(right / divisor)
    scale = divisor * (1.0 - rest)
    most = scale * np.floor(right / divisor)
    for k in range(len(step)):
        opening = scale * _rounded(form[WHOLE, k] / divisor, rest)
        if form[WHOLE, k] * sign < 0.0:  # counted as 1 less what is closed
            most -= opening
            opening = -opening
        cut[0, k] = scale * _rounded(sign * form[SIDE, k] * step[k] / divisor, rest) / step[k] * form[SIDE, k]
        cut[1, k] = opening - cut[0, k] * form[END, k]
    return most


@njit(cache=True)
def _rounded(value, rest):  # type: ignore[no-untyped-def]
    """What a whole number with coefficient `value` counts after rounding a right-hand side of fraction `rest`."""
    whole = np.floor(value + NEAR)
    return whole + max(0.0, value - whole - rest) / (1.0 - rest)
