"""Indices against figures worked out by hand, and what they promise for every structure."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanjiao.engines.alignment import (
    Marks,
    chain_share,
    coupling_coordination,
    shortage_grade,
    structural_deviation,
    structural_deviations,
    structure_similarity,
    with_interval,
)

PEOPLE = st.just(0.0) | st.floats(1e-6, 1e6)
AMOUNTS = st.dictionaries(st.sampled_from("abcdef"), PEOPLE, max_size=6)


def test_similarity_is_the_cosine_of_the_two_structures() -> None:
    assert structure_similarity({"a": 3, "b": 4}, {"a": 4, "b": 3}) == pytest.approx(24 / 25)


@given(AMOUNTS, AMOUNTS, st.floats(0.001, 1000))
def test_similarity_lies_between_0_and_1_is_symmetric_and_knows_no_size(
    demand: dict[str, float], supply: dict[str, float], factor: float
) -> None:
    value = structure_similarity(demand, supply)
    if value is None:
        return

    assert 0 <= value <= 1
    assert structure_similarity(supply, demand) == pytest.approx(value, abs=1e-6)
    assert structure_similarity({key: factor * one for key, one in demand.items()}, supply) == pytest.approx(
        value, abs=1e-6
    )


def test_similarity_of_nothing_is_not_given() -> None:
    assert structure_similarity({}, {"a": 1}) is None


def test_deviation_tells_too_little_too_much_and_none_at_all() -> None:
    deviations = structural_deviations({"a": 50, "b": 30, "c": 20}, {"a": 25, "b": 75})

    assert deviations == {"a": 1.0, "b": -0.6, "c": math.inf}


def test_the_total_deviation_leaves_out_what_cannot_be_divided() -> None:
    assert structural_deviation({"a": 50, "b": 30, "c": 20}, {"a": 25, "b": 75}) == pytest.approx(0.8)


def test_coupling_of_equal_scores_is_full_so_that_coordination_is_the_root_of_their_mean() -> None:
    assert coupling_coordination([0.64, 0.64, 0.64]) == pytest.approx(0.8)


def test_coupling_falls_when_one_score_lags_though_the_mean_stays() -> None:
    assert coupling_coordination([0.8, 0.2]) == pytest.approx(math.sqrt(0.8 * 0.5))


def test_weights_count_in_the_level_and_not_in_the_coupling() -> None:
    assert coupling_coordination([0.8, 0.2], [3, 1]) == pytest.approx(math.sqrt(0.8 * 0.65))


def test_marks_may_run_downwards() -> None:
    assert Marks(worst=10, best=2).score(4) == 0.75


def test_grades_follow_the_bounds_that_are_given() -> None:
    assert shortage_grade(120, 100, bounds=(1.2, 1.1, 1.0, 0.5)) == "A"


def test_the_share_that_serves_key_chains_never_exceeds_one() -> None:
    assert chain_share([(60, "A")], total=100) == 1.0


def test_too_few_people_give_no_index() -> None:
    assert with_interval(structure_similarity, {"a": 20, "b": 9}, {"a": 500}) is None


def test_an_interval_holds_its_value_and_narrows_as_people_grow() -> None:
    few = with_interval(structure_similarity, {"a": 30, "b": 20}, {"a": 25, "b": 25})
    many = with_interval(structure_similarity, {"a": 3000, "b": 2000}, {"a": 2500, "b": 2500})

    assert few is not None
    assert many is not None
    assert few.low <= few.value <= few.high
    assert many.high - many.low < (few.high - few.low) / 3
