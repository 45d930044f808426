"""A seat's scores from several factors by stated rules: marks, skills, distance, need; each point can be traced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """A value for each choice, worth 0 points at `worst` or beyond and 100 at `best` or beyond, evenly between.

    `best` may be the smaller number (a distance). A missing value (NaN) is worth 0 points.
    """

    name: str
    value: Reals
    weight: float
    worst: float
    best: float


def points_of(factor: Factor) -> Reals:
    """The points, 0 to 100, of a factor for each choice.

    >>> points_of(Factor("distance", np.array([5.0, 30.0, np.nan]), 1, worst=50, best=10)).tolist()
    [100.0, 50.0, 0.0]
    """
    if not (np.isfinite([factor.weight, factor.worst, factor.best]).all() and factor.weight >= 0):
        raise ChanjiaoError("allocation.bad_factor", name=factor.name)
    if factor.worst == factor.best:
        raise ChanjiaoError("allocation.bad_factor", name=factor.name)
    share = (factor.value - factor.worst) / (factor.best - factor.worst)
    return np.asarray(100.0 * np.clip(np.nan_to_num(share, nan=0.0), 0.0, 1.0), np.float64)


def priority_scores(factors: Sequence[Factor]) -> Reals:
    """The weighted mean of the points of all factors, to four decimals; equal scores are left to the lottery."""
    weight = sum(factor.weight for factor in factors)
    if not weight > 0:
        raise ChanjiaoError("allocation.bad_factor", name="weight")
    total = sum((factor.weight * points_of(factor) for factor in factors), np.zeros(1))
    return np.asarray(np.round(total / weight, 4), np.float64)
