"""Scores from factors, distances and zones, and the fingerprint of a seed."""

from __future__ import annotations

import numpy as np
import pytest

from chanjiao.engines.allocation import commitment_of, problem_of
from chanjiao.engines.allocation.commuting import distances_km, within_distance, within_zones
from chanjiao.engines.allocation.priorities import Factor, points_of, priority_scores
from chanjiao.engines.errors import ChanjiaoError


def test_a_score_is_the_weighted_mean_of_the_points():
    marks = Factor("marks", np.array([60.0, 100.0, 20.0]), 3, worst=0, best=100)
    distance = Factor("distance", np.array([10.0, 60.0, np.nan]), 1, worst=50, best=10)

    assert priority_scores([marks, distance]).tolist() == [70.0, 75.0, 15.0]


def test_a_missing_value_is_worth_nothing_and_values_beyond_the_bounds_no_more_than_them():
    factor = Factor("marks", np.array([np.nan, -5.0, 120.0]), 1, worst=0, best=100)

    assert points_of(factor).tolist() == [0.0, 0.0, 100.0]


@pytest.mark.parametrize(
    ("weight", "worst", "best"), [(-1, 0, 1), (1, 5, 5), (np.nan, 0, 1), (1, np.inf, 0), (0, 0, 1)]
)
def test_a_factor_without_weight_or_bounds_is_refused(weight, worst, best):
    with pytest.raises(ChanjiaoError, match="bad_factor"):
        priority_scores([Factor("marks", np.zeros(1), weight, worst, best)])


def test_the_way_from_anqing_to_hefei_is_about_150_kilometres():
    problem = problem_of([1], [0, 1], [0])

    assert distances_km([[30.51, 117.05]], [[31.86, 117.28]], problem).round().tolist() == [152.0]


def test_choices_beyond_the_longest_way_are_dropped_and_unknown_distances_kept():
    problem = problem_of([1, 1, 1], [0, 3, 4], [0, 1, 2, 0], [1.0, 2.0, 3.0, 4.0])

    near = within_distance(problem, np.array([5.0, 31.0, np.nan, 30.0]), 30.0)

    assert (near.kept.tolist(), near.dropped.tolist()) == ([0, 2, 3], [1])
    assert (near.problem.start.tolist(), near.problem.seat.tolist()) == ([0, 2, 3], [0, 2, 0])
    assert near.problem.score.tolist() == [1.0, 3.0, 4.0]


def test_choices_outside_the_zones_that_a_student_can_reach_are_dropped():
    problem = problem_of([1, 1], [0, 2, 4], [0, 1, 0, 1])
    reach = np.array([[True, False], [True, True]])

    near = within_zones(problem, [0, 1], [0, 1], reach)

    assert near.dropped.tolist() == [1]


def test_a_distance_limit_that_is_no_number_is_refused():
    problem = problem_of([1], [0, 1], [0])

    with pytest.raises(ChanjiaoError, match="bad_distance"):
        within_distance(problem, np.zeros(1), float("nan"))


def test_the_fingerprint_of_a_seed_changes_with_the_seed():
    assert commitment_of(7) == "20ffa3499f3a95ca" + commitment_of(7)[16:]
    assert len({commitment_of(seed) for seed in range(100)}) == 100
