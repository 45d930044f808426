# mypy: disable-error-code="untyped-decorator, call-arg"
# ruff: noqa: PLR0917
"""The lottery's order for hundreds of thousands: into buckets that fit a near cache, then sorted bucket by bucket."""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.allocation.prefetch import ask_for
from chanjiao.engines.allocation.problem import Ints32

U = np.uint64
U32 = np.uint32
_MOST_BITS = 10  # more buckets than that cannot be written side by side without waiting for memory


@njit(cache=True)
def _drawn(position):  # type: ignore[no-untyped-def]
    """SplitMix64 of a position."""
    value = position + U(0x9E3779B97F4A7C15)
    value = (value ^ (value >> U(30))) * U(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> U(27))) * U(0x94D049BB133111EB)
    return value ^ (value >> U(31))


@njit(cache=True)
def _sums(counts):  # type: ignore[no-untyped-def]
    for bucket in range(1, counts.size):
        counts[bucket] += counts[bucket - 1]


@njit(cache=True)
def _fill_buckets(base, starts, shift, drawn, who):  # type: ignore[no-untyped-def]
    """Every draw and its student stand in the bucket of the top bits; bucket b from starts[b] to starts[b + 1]."""
    for index in range(drawn.size):
        starts[(_drawn(base + U(index) + U(1)) >> shift) + U(1)] += U32(1)
    _sums(starts)
    free = starts.copy()
    for index in range(drawn.size):
        value = _drawn(base + U(index) + U(1))
        spot = U(free[value >> shift])
        free[value >> shift] += U32(1)
        drawn[spot] = value
        who[spot] = index


@njit(cache=True)
def _sort_bucket(drawn, who, shift, counts, values, owners):  # type: ignore[no-untyped-def]
    """`values` and `owners` hold the bucket in order: by the bits that `counts` counts, neighbours then put right."""
    part_of = U(counts.size - 2)
    counts[:] = 0
    for value in drawn:
        counts[((value >> shift) & part_of) + U(1)] += U32(1)
    _sums(counts)
    for index in range(drawn.size):
        part = (drawn[index] >> shift) & part_of
        spot = U(counts[part])
        counts[part] += U32(1)
        values[spot] = drawn[index]
        owners[spot] = who[index]
    for index in range(U(1), U(drawn.size)):
        value, owner, spot = values[index], owners[index], U(index)
        while spot > U(0) and values[spot - U(1)] > value:
            values[spot] = values[spot - U(1)]
            owners[spot] = owners[spot - U(1)]
            spot -= U(1)
        values[spot] = value
        owners[spot] = owner


@njit(cache=True)
def _draw(base, bits, further, numbers):  # type: ignore[no-untyped-def]
    shift = U(64) - bits
    starts = np.zeros((U(1) << bits) + U(1), np.uint32)
    drawn, who = np.empty(numbers.size, np.uint64), np.empty(numbers.size, np.uint32)
    _fill_buckets(base, starts, shift, drawn, who)
    largest = (starts[1:] - starts[:-1]).max()
    values, owners = np.empty(largest, np.uint64), np.empty(largest, np.uint32)
    counts = np.empty((U(1) << further) + U(1), np.uint32)
    for bucket in range(starts.size - 1):
        low, high = starts[bucket], starts[bucket + 1]
        _sort_bucket(drawn[low:high], who[low:high], shift - further, counts, values, owners)
        for index in range(U(high - low)):
            if index + U(16) < U(high - low):
                ask_for(numbers, U(owners[index + U(16)]))
            numbers[U(owners[index])] = low + index


def draw(students: int, base: int) -> Ints32:
    """As the plain draw of `lottery`, without its sort."""
    numbers = np.empty(students, np.int32)
    bits = min(max((students >> 8).bit_length(), 1), _MOST_BITS)
    _draw(U(base), U(bits), U(max(students.bit_length() - bits - 1, 8)), numbers)
    return numbers
