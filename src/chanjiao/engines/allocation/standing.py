"""Scores as 32-bit whole numbers in the same order, so that score and lottery fit one 64-bit key."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.problem import Numbers

UInts32 = NDArray[np.uint32]
_SIGN = np.uint32(0x80000000)
_WHOLE = 2**31 - 1
_PART = 2**20  # so many at a time, to spare memory


def standings(score: Numbers | None, size: int) -> UInts32:
    """A 32-bit number for each score, ordered as the scores and equal exactly where they are equal.

    Scores that 32 bits hold exactly (whole numbers, float32, up to four decimals) cost one pass, others a sort.

    >>> standings(np.array([3, 1, 3]), 3).argsort(kind="stable").tolist()
    [1, 0, 2]
    """
    if score is None:
        return np.zeros(size, np.uint32)
    if score.dtype == np.float32:
        return _of_floats(score.astype(np.float32, copy=False))
    exact = _whole(score)
    if exact is not None:
        return (exact + 2**31).astype(np.uint32)
    return np.unique(score, return_inverse=True)[1].astype(np.uint32).reshape(size)


def dense_standings(score: Numbers | None, size: int) -> UInts32:
    """The same order in the smallest numbers (0, 1, 2 …), which leaves the top bits free; costs a sort."""
    if score is None:
        return np.zeros(size, np.uint32)
    return np.unique(score, return_inverse=True)[1].astype(np.uint32).reshape(size)


def decimals_of(score: NDArray[np.float64]) -> int | None:
    """The fewest decimals (at most 4) that write every score exactly and keep it within 32 bits; None for more."""
    largest = float(np.abs(score[:: max(score.size // 1000, 1)]).max(initial=0.0))
    for decimals in range(5):
        if largest * 10.0**decimals > _WHOLE:
            return None
        if all(_exact(score[at : at + _PART], 10.0**decimals) for at in range(0, score.size, _PART)):
            return decimals
    return None


def _exact(score: NDArray[np.float64], scale: float) -> bool:
    whole = np.rint(score * scale)
    return bool((np.abs(whole) <= _WHOLE).all() and (whole / scale == score).all())


def _of_floats(score: NDArray[np.float32]) -> UInts32:
    bits = (score + np.float32(0)).view(np.uint32)  # + 0 turns -0.0 into 0.0: equal scores, equal keys
    return np.where(bits & _SIGN, ~bits, bits | _SIGN)


def _whole(score: Numbers) -> NDArray[np.int64] | None:
    if score.dtype.kind in "iu":
        if score.size and (int(score.min()) < -_WHOLE or int(score.max()) > _WHOLE):
            return None
        return score.astype(np.int64)
    values = score.astype(np.float64, copy=False)
    decimals = decimals_of(values)
    return None if decimals is None else np.rint(values * 10.0**decimals).astype(np.int64)
