"""What a placement is worth: the fit of each choice, and the same fits as whole numbers where that is exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.problem import Ints32, Problem
from chanjiao.engines.allocation.standing import decimals_of

Reals = NDArray[np.float64]
_PART = 2**20
_LARGEST = 2**29


@dataclass(frozen=True, slots=True, eq=False)
class WholeFits:
    """Fits times `scale`, rounded to whole numbers; `exact` when nothing was lost."""

    value: Ints32
    scale: float
    exact: bool


def fits_of(problem: Problem) -> Reals:
    """The fit of each choice: its score, 0 where there is none; without any scores, list length of the longest list
    for a first choice, one less for a second, and so on.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> fits_of(problem_of([1, 1], [0, 2, 3], [0, 1, 1])).tolist()
    [2.0, 1.0, 2.0]
    """
    if problem.score is None:
        length = np.diff(problem.start)
        longest = int(length.max()) if length.size else 0
        rank = np.arange(problem.seat.size) - np.repeat(problem.start[:-1], length)
        return np.asarray(longest - rank, np.float64)
    score = problem.score.astype(np.float64)
    score[score == -np.inf] = 0.0
    return score


def whole_fits(fit: Reals) -> WholeFits:
    """The fits as whole numbers: times the power of ten that makes them whole, else rounded to 29 bits."""
    decimals = decimals_of(fit)
    largest = max(float(fit.max(initial=0.0)), -float(fit.min(initial=0.0)))
    if decimals is not None and largest * 10.0**decimals < _LARGEST:
        return WholeFits(_rounded(fit, 10.0**decimals), 10.0**decimals, True)
    scale = float(2.0 ** (29 - np.ceil(np.log2(largest))))
    return WholeFits(_rounded(fit, scale), scale, False)


def _rounded(fit: Reals, scale: float) -> Ints32:
    value = np.empty(fit.size, np.int32)
    for at in range(0, fit.size, _PART):  # so many at a time, to spare memory
        value[at : at + _PART] = np.rint(fit[at : at + _PART] * scale)
    return value
