# mypy: disable-error-code="untyped-decorator"
"""The lists of large rounds, compiled: whether they are sound, and their scores as 32-bit standings."""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.allocation.problem import Ints, Ints32, Numbers
from chanjiao.engines.allocation.standing import UInts32, decimals_of, standings

U = np.uint64
U32 = np.uint32


@njit(cache=True)
def _sound(start, seat, score, seats):  # type: ignore[no-untyped-def]
    stamp = np.full(max(seats, 1), -1, np.int32)
    for student in range(start.size - 1):
        for choice in range(start[student], start[student + 1]):
            place, value = seat[choice], score[choice]
            if place < 0 or place >= seats or stamp[U(place)] == student:
                return False
            if value != value or value == np.inf:  # noqa: PLR0124  (true of NaN alone)
                return False
            stamp[U(place)] = student
    return True


def are_sound(start: Ints, seat: Ints32, score: Numbers | None, seats: int) -> bool:
    """True when every choice names a seat, no list names one twice, and no score is NaN or +inf."""
    return bool(_sound(start, seat, seat if score is None else score, seats))


@njit(cache=True)
def _scaled(score, scale, standing):  # type: ignore[no-untyped-def]
    """Fill `standing` with scores times `scale`; False where that is not a whole number of 32 bits."""
    for choice in range(score.size):
        whole = np.rint(score[choice] * scale)
        if not (abs(whole) < 2147483647.0 and whole / scale == score[choice]):
            return False
        standing[choice] = U32(np.int64(whole) + 2147483648)
    return True


def standing_bits(score: Numbers | None, size: int) -> tuple[UInts32, bool]:
    """(32 bits a choice, whether they are a float32's); float32 scores cost nothing, others one pass or a sort."""
    if score is None:
        return np.zeros(size, np.uint32), False
    if score.dtype == np.float32:
        return score.view(np.uint32), True
    decimals = decimals_of(score[:1000].astype(np.float64)) if score.dtype == np.float64 else None
    if decimals is not None:
        standing = np.empty(size, np.uint32)
        if _scaled(score, 10.0**decimals, standing):
            return standing, False
    return standings(score, size), False
