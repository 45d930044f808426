"""How long something takes when part of it has not happened yet: the Kaplan–Meier estimate with its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any
from warnings import catch_warnings, simplefilter

CONFIDENCE = 0.95
"""The band holds the true share with this probability at each time, taken by itself."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that has not happened yet after each time: `shares[i]` holds from `times[i]` on, 1 before.

    `lows` and `highs` bound the share. `count` were watched, of which `happened` were seen to happen.
    """

    times: tuple[float, ...]
    shares: tuple[float, ...]
    count: int
    happened: int
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()

    @property
    def median(self) -> float | None:
        """The time by which half has happened; None where fewer than half were seen to happen."""
        return next((time for time, share in zip(self.times, self.shares, strict=True) if share <= 0.5), None)

    @property
    def censored(self) -> int:
        """How many had not happened when they were last watched."""
        return self.count - self.happened

    def happened_by(self, time: float) -> float:
        """The estimated share that has happened by a time."""
        return 1 - next(
            (share for at, share in reversed([*zip(self.times, self.shares, strict=True)]) if at <= time), 1
        )


def kaplan_meier(durations: Sequence[float], happened: Sequence[bool]) -> Curve:
    """The curve over durations, of which those that have not happened count as long as they were watched.

    Leaving them out would make the slow look fast. Reads times at which something happened; ties count together.
    Kaplan and Meier (1958), by `scipy.stats.ecdf`; the band is Greenwood's on the log–log scale, which stays within
    0 and 1. No durations give an empty curve without a median.

    >>> kaplan_meier([1, 2, 3, 9], [True, True, False, True]).median
    2.0
    >>> kaplan_meier([1, 9, 9], [True, False, False]).median is None
    True
    """
    if not len(durations):
        return Curve((), (), 0, 0)
    censored = [not one for one in happened]
    if all(censored):
        return Curve((), (), len(durations), 0)
    from scipy.stats import CensoredData, ecdf

    estimate = ecdf(CensoredData.right_censored(list(durations), censored)).sf
    times, shares = _floats(estimate.quantiles), _floats(estimate.probabilities)
    lows, highs = _band(estimate, shares)
    return Curve(times, shares, len(durations), len(durations) - sum(censored), lows, highs)


def _band(estimate: Any, shares: tuple[float, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # of the two shares that the formula says nothing of, see below
        found = estimate.confidence_interval(CONFIDENCE, method="log-log")
    lows, highs = _floats(found.low.probabilities), _floats(found.high.probabilities)
    # The formula says nothing of a share of 1 or 0: nothing has happened yet, or nothing is left to be watched.
    kept, low, high = [], 1.0, 1.0
    for share, below, above in zip(shares, lows, highs, strict=True):
        low = (0.0 if share < 1 else low) if isnan(below) else below
        high = high if isnan(above) else above
        kept.append((low, high))
    return tuple(low for low, _high in kept), tuple(high for _low, high in kept)


def _floats(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
