"""Kaplan–Meier: the unfinished count as long as they were watched."""

from __future__ import annotations

import warnings

import pytest

from chanjiao.engines.survival import kaplan_meier


def test_a_textbook_curve_counts_the_unfinished_as_long_as_they_were_watched() -> None:
    # 5 watched: at 1 one of 5 goes; at 2 one of 4; one is lost at 3; at 4 one of 2; the last is lost at 5.
    curve = kaplan_meier([1, 2, 3, 4, 5], [True, True, False, True, False])

    steps = dict(zip(curve.times, curve.shares, strict=True))
    assert steps[1.0] == pytest.approx(4 / 5)
    assert steps[2.0] == pytest.approx(3 / 5)
    assert steps[4.0] == pytest.approx(3 / 10)
    assert (curve.count, curve.happened, curve.censored, curve.median) == (5, 3, 2, 4.0)


def test_leaving_out_the_unfinished_would_make_the_slow_look_fast() -> None:
    all_told = kaplan_meier([10, 20, 90, 90], [True, True, False, False])
    finished_alone = kaplan_meier([10, 20], [True, True])

    assert all_told.happened_by(20) == pytest.approx(0.5)
    assert finished_alone.happened_by(20) == pytest.approx(1.0)


def test_the_band_holds_the_curve_within_nothing_and_all() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        curve = kaplan_meier([1, 2, 3, 4, 5, 6, 6, 9], [True, True, True, True, False, True, True, True])

    assert all(
        0 <= low <= share <= high <= 1 for low, share, high in zip(curve.lows, curve.shares, curve.highs, strict=True)
    )
    # Greenwood on the log–log scale at the first step of eight: 0.875, by hand 0.3870 to 0.9814.
    assert (round(curve.lows[0], 3), round(curve.highs[0], 3)) == (0.387, 0.981)


def test_nothing_watched_and_nothing_happened_give_no_steps() -> None:
    assert kaplan_meier([], []).count == 0
    assert kaplan_meier([5, 6], [False, False]).times == ()
    assert kaplan_meier([5, 6], [False, False]).censored == 2


def test_a_censored_first_watch_leaves_all_to_come() -> None:
    curve = kaplan_meier([1, 2], [False, True])

    assert curve.shares[0] == 1
    assert (curve.lows[0], curve.highs[0]) == (1, 1)
