"""Demand a few years ahead from a short yearly series: several methods beside a naive one, chosen by their own errors.

Series of this field have 5 to 15 points, so each method has at most two parameters, and every choice is made by
rolling-origin error (Tashman 2000): forecast from each earlier year as if it were the last. Sources: Gardner and
McKenzie 1985 (damped trend), Assimakopoulos and Nikolopoulos 2000 (Theta), Deng 1982 (GM(1,1)).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Method = Callable[[Floats, int], Floats]
"""`method(series, ahead)`: the next `ahead` values."""

LEAST_YEARS = 5
"""Shorter series get the naive forecast and no choice."""
LEAST_TRAINING = 3
AHEAD_MOST = 8
DAMPING = 0.85
HALF_WIDTH_95 = 1.96
PREFERENCE = 0.95
"""A method must err by 5 % less than the naive one to be taken instead of it."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Values of the years ahead with a 95 % interval, the method taken, and each method's mean absolute error.

    `errors` is empty where the series is too short to choose (`is_chosen` is False then); errors and values are in the
    unit of the series.
    """

    years: tuple[int, ...]
    expected: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    method: str
    errors: dict[str, float]
    is_chosen: bool


def naive(series: Floats, ahead: int) -> Floats:
    """The last value, always."""
    return np.full(ahead, series[-1])


def drift(series: Floats, ahead: int) -> Floats:
    """The line through the first and the last value, continued."""
    return np.asarray(series[-1] + (series[-1] - series[0]) / (len(series) - 1) * np.arange(1, ahead + 1))


def damped_trend(series: Floats, ahead: int) -> Floats:
    """Holt's two smoothings (0.5 each) with a trend that fades by `DAMPING` a year."""
    level, trend = series[0], series[1] - series[0]
    for value in series[1:]:
        before = level
        level = 0.5 * value + 0.5 * (level + DAMPING * trend)
        trend = 0.5 * (level - before) + 0.5 * DAMPING * trend
    return np.asarray(level + trend * np.cumsum(DAMPING ** np.arange(1, ahead + 1)))


def theta(series: Floats, ahead: int) -> Floats:
    """Half the slope of the straight line added to a simple smoothing (0.5) of the series."""
    slope = np.polyfit(np.arange(len(series)), series, 1)[0]
    level = series[0]
    for value in series[1:]:
        level = 0.5 * value + 0.5 * level
    return np.asarray(level + 0.5 * slope * np.arange(1, ahead + 1))


def grey(series: Floats, ahead: int) -> Floats:
    """GM(1,1): an exponential fitted to the running sum; the naive forecast where it cannot be fitted."""
    if np.any(series <= 0):
        return naive(series, ahead)
    summed = np.cumsum(series)
    middle = 0.5 * (summed[1:] + summed[:-1])
    design = np.column_stack([-middle, np.ones_like(middle)])
    (growth, constant), *_rest = np.linalg.lstsq(design, series[1:], rcond=None)
    if abs(growth) < 1e-9:
        return naive(series, ahead)
    places = np.arange(len(series), len(series) + ahead + 1) - 1
    running = (series[0] - constant / growth) * np.exp(-growth * places) + constant / growth
    return np.asarray(np.diff(running))


METHODS: dict[str, Method] = {
    "naive": naive,
    "drift": drift,
    "damped trend": damped_trend,
    "theta": theta,
    "grey model": grey,
}


def forecast(years: Sequence[int], values: Sequence[float], ahead: int) -> Forecast:
    """The forecast of `ahead` (1–8) years after the last, by the method with the least rolling-origin error.

    `years` must be consecutive, `values` at least 0 and as many, at least one. The interval grows with the years ahead
    as the rolling-origin errors of the method taken did, and never falls below 0. Deterministic.

    >>> told = forecast(range(2018, 2026), [100, 110, 121, 129, 141, 150, 160, 171], 2)
    >>> told.method, [round(value) for value in told.expected], told.errors["naive"] > told.errors[told.method]
    ('drift', [181, 191], True)
    """
    if not 1 <= ahead <= AHEAD_MOST or not values or len(years) != len(values):
        raise ValueError("one value a year, and 1 to 8 years ahead")
    if any(later - earlier != 1 for earlier, later in pairwise(years)) or min(values) < 0:
        raise ValueError("years follow one another and values are not negative")
    series = np.asarray(values, float)
    errors = _rolling_errors(series, ahead) if len(series) >= LEAST_YEARS else {}
    means = {name: float(np.mean(np.abs(np.concatenate(each)))) for name, each in errors.items()}
    method = _taken(means)
    expected = np.maximum(0.0, METHODS[method](series, ahead))
    half = _half_widths(series, ahead, errors.get(method, []))
    return Forecast(
        years=tuple(years[-1] + step for step in range(1, ahead + 1)),
        expected=tuple(map(float, expected)),
        low=tuple(map(float, np.maximum(0.0, expected - half))),
        high=tuple(map(float, expected + half)),
        method=method,
        errors=means,
        is_chosen=bool(errors),
    )


def _taken(means: dict[str, float]) -> str:
    if not means:
        return "naive"
    best = min(means, key=lambda name: (means[name], list(METHODS).index(name)))
    return best if means[best] < PREFERENCE * means["naive"] else "naive"


def _rolling_errors(series: Floats, ahead: int) -> dict[str, list[Floats]]:
    """By method: for each origin the errors one, two … years ahead."""
    origins = range(LEAST_TRAINING, len(series))
    return {
        name: [series[at:][:ahead] - method(series[:at], min(ahead, len(series) - at)) for at in origins]
        for name, method in METHODS.items()
    }


def _half_widths(series: Floats, ahead: int, errors: list[Floats]) -> Floats:
    """Half of the interval for each year ahead: by the spread of errors one year ahead, growing with √years.

    The counting error of the last value stands among them as one more: a few checks that a method happened to meet do
    not make it certain.
    """
    if errors:
        spread = float(np.sqrt(np.mean([series[-1], *(each[0] ** 2 for each in errors)])))
    else:
        # Too short to judge a method: the counting error of the last value, at least a tenth of it.
        spread = max(float(np.sqrt(series[-1])), 0.1 * float(series[-1]))
    return np.asarray(HALF_WIDTH_95 * spread * np.sqrt(np.arange(1, ahead + 1)))
