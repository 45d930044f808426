"""A forecast is chosen by its own errors beside a naive one, and never without an interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanjiao.engines.alignment import forecast
from chanjiao.engines.alignment.forecast import METHODS

YEARS = range(2016, 2026)


def test_a_straight_line_is_continued_by_drift_within_what_counting_leaves_open() -> None:
    told = forecast(YEARS, [100 + 10 * step for step in range(10)], 3)

    assert told.method == "drift"
    assert told.expected == pytest.approx((200, 210, 220))
    assert told.errors["drift"] == pytest.approx(0)
    # seven checks without error, and one count of 190
    assert told.high[0] - 200 == pytest.approx(1.96 * (190 / 8) ** 0.5)
    assert told.years == (2026, 2027, 2028)


def test_growth_by_a_fixed_part_is_continued_by_the_grey_model() -> None:
    told = forecast(YEARS, [100 * 1.1**step for step in range(10)], 2)

    assert told.method == "grey model"
    assert told.expected == pytest.approx((100 * 1.1**10, 100 * 1.1**11), rel=0.01)


def test_where_nothing_beats_the_naive_forecast_by_a_twentieth_it_is_taken() -> None:
    told = forecast(YEARS, [100, 100, 100, 140, 140, 140, 90, 90, 90, 90], 2)

    assert min(told.errors.values()) > 0.95 * told.errors["naive"]
    assert told.method == "naive"


def test_a_short_series_is_not_chosen_for_and_says_so() -> None:
    told = forecast([2024, 2025], [30, 40], 2)

    assert (told.method, told.is_chosen, told.errors, told.expected) == ("naive", False, {}, (40.0, 40.0))
    assert told.low[0] < 40 < told.high[0]


def test_all_methods_are_judged_on_the_same_origins() -> None:
    told = forecast(YEARS, [5, 6, 9, 12, 11, 14, 18, 17, 20, 24], 4)

    assert list(told.errors) == list(METHODS)


@pytest.mark.parametrize(
    ("years", "values", "ahead"),
    [([2024, 2026], [1, 2], 1), ([2024, 2025], [1, -2], 1), ([2024], [1], 9), ([], [], 1), ([2024], [1, 2], 1)],
    ids=["gap", "negative", "too far", "empty", "lengths"],
)
def test_a_series_that_is_none_is_refused(years: list[int], values: list[float], ahead: int) -> None:
    with pytest.raises(ValueError, match="year"):
        forecast(years, values, ahead)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=15), st.integers(1, 8))
def test_every_series_gets_finite_values_within_an_interval_that_grows(values: list[float], ahead: int) -> None:
    told = forecast(range(2000, 2000 + len(values)), values, ahead)

    assert np.all(np.isfinite([*told.expected, *told.low, *told.high]))
    assert all(0 <= low <= value <= high for low, value, high in zip(told.low, told.expected, told.high, strict=True))


def test_the_interval_covers_what_came_in_most_of_many_random_walks() -> None:
    random = np.random.default_rng(3)
    walks = np.maximum(0, 200 + np.cumsum(random.normal(0, 10, (300, 13)), axis=1))

    covered = 0
    for walk in walks:
        told = forecast(range(12), walk[:12].tolist(), 1)
        covered += told.low[0] <= walk[12] <= told.high[0]

    assert covered / 300 > 0.85
