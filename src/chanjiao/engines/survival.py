"""How long something takes when part of it has not happened yet: the Kaplan–Meier estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that has not happened yet after each time: `shares[i]` holds from `times[i]` on, 1 before."""

    times: tuple[float, ...]
    shares: tuple[float, ...]
    count: int
    happened: int

    @property
    def median(self) -> float | None:
        """The time by which half has happened; None where fewer than half were seen to happen."""
        return next((time for time, share in zip(self.times, self.shares, strict=True) if share <= 0.5), None)

    def happened_by(self, time: float) -> float:
        """The estimated share that has happened by a time."""
        return 1 - next(
            (share for at, share in reversed([*zip(self.times, self.shares, strict=True)]) if at <= time), 1
        )


def kaplan_meier(durations: Sequence[float], happened: Sequence[bool]) -> Curve:
    """The curve over durations, of which those that have not happened count as long as they were watched.

    Leaving them out would make the slow look fast. Reads times at which something happened; ties count together.
    Kaplan and Meier (1958), by `scipy.stats.ecdf`. No durations give an empty curve without a median.

    >>> kaplan_meier([1, 2, 3, 9], [True, True, False, True]).median
    2.0
    >>> kaplan_meier([1, 9, 9], [True, False, False]).median is None
    True
    """
    if not len(durations):
        return Curve((), (), 0, 0)
    from scipy.stats import CensoredData, ecdf

    censored = [not one for one in happened]
    if all(censored):
        return Curve((), (), len(durations), 0)
    estimate = ecdf(CensoredData.right_censored(list(durations), censored)).sf
    steps = [(float(t), float(p)) for t, p in zip(estimate.quantiles, estimate.probabilities, strict=True)]
    times, shares = zip(*steps, strict=True)
    return Curve(times, shares, len(durations), sum(map(bool, happened)))
