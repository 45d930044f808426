"""Reserved places, minimum quotas, limits, lottery and explanations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from chanjiao.engines.allocation import Limit, Outcome, Reserve, problem_of, solve, verify
from chanjiao.engines.allocation.fits import fits_of, whole_fits
from chanjiao.engines.allocation.lottery import draw_lottery, lottery_of_names
from chanjiao.engines.allocation.stable import deferred_acceptance
from chanjiao.engines.allocation.standing import standings
from chanjiao.engines.allocation.verify import dual_bound
from chanjiao.engines.errors import ChanjiaoError
from tests.engines.allocation.instances import blocking, city_round, every_placement, reserved_problems


def test_reserved_places_go_to_members_first_even_with_lower_scores():
    problem = problem_of([1], [0, 1, 2], [0, 0], [90.0, 40.0], reserves=[Reserve(0, 1, np.array([1], np.int32))])

    assert solve(problem).seat.tolist() == [-1, 0]


def test_reserved_places_go_to_others_when_no_member_applies():
    problem = problem_of([1], [0, 1, 1], [0], [90.0], reserves=[Reserve(0, 1, np.array([1], np.int32))])

    assert solve(problem).seat.tolist() == [0, -1]


@given(problem=reserved_problems())
@settings(deadline=None, max_examples=150)
def test_with_reserves_no_pair_blocks_and_compiled_code_agrees(problem):
    plain, compiled = (deferred_acceptance(problem, compiled=large) for large in (False, True))

    assert verify(problem, plain).stable
    assert plain.seat.tolist() == compiled.seat.tolist()


@given(problem=reserved_problems())
@settings(deadline=None, max_examples=40)
def test_with_reserves_no_stable_placement_is_better_for_any_student(problem):
    outcome = deferred_acceptance(problem)

    length = np.diff(problem.start)
    best = [
        np.where(one.position >= 0, one.position, length)
        for one in every_placement(problem)
        if verify(problem, one).stable
    ]
    assert (np.where(outcome.position >= 0, outcome.position, length) == np.min(best, axis=0)).all()


def test_the_seat_that_misses_most_of_its_minimum_closes_and_its_students_move_on():
    problem = problem_of([3, 3], [0, 2, 4, 6], [0, 1, 0, 1, 1, 0], [50.0] * 6, minimum=[3, 2])

    outcome = deferred_acceptance(problem)

    assert outcome.closed == (1,)
    assert outcome.seat.tolist() == [0, 0, 0]


def test_with_keep_a_short_seat_stays_open():
    problem = problem_of([3], [0, 1], [0], [50.0], minimum=[2])

    outcome = deferred_acceptance(problem, short="keep")

    assert outcome.seat.tolist() == [0]
    assert verify(problem, outcome).short_open == 1


def test_minimum_quotas_above_the_number_of_students_close_every_seat():
    problem = problem_of([9, 9], [0, 2], [0, 1], minimum=[5, 5])

    outcome = deferred_acceptance(problem)

    assert outcome.closed == (1, 0)
    assert outcome.placed == 0


def test_best_fit_moves_a_student_to_keep_a_minimum():
    problem = problem_of([2, 2], [0, 2, 4], [0, 1, 0, 1], [9.0, 5.0, 9.0, 8.0], minimum=[0, 1])

    outcome = solve(problem, "best-fit")

    assert outcome.seat.tolist() == [0, 1]
    assert outcome.objective == outcome.bound == 17.0


def test_best_fit_keeps_a_limit_over_several_seats_and_proves_it():
    limit = Limit(np.array([0, 1], np.int32), maximum=1, name="north")
    problem = problem_of([1, 1, 1], [0, 2, 4], [0, 2, 1, 2], [9.0, 1.0, 8.0, 5.0], limits=[limit])

    outcome = solve(problem, "best-fit")

    assert outcome.seat.tolist() == [0, 2]
    assert verify(problem, outcome).over_limit == 0
    assert dual_bound(problem, fits_of(problem), outcome.dual, 18.0) == pytest.approx(14.0)


def test_best_fit_with_limits_by_group_comes_within_a_ten_thousandth_of_its_bound():
    plain = city_round(1000, seed=9)
    rng = np.random.default_rng(3)
    limits = [
        Limit(np.arange(region, 100, 5, dtype=np.int32), 150, 20, rng.permutation(1000)[:400].astype(np.int32))
        for region in range(5)
    ]  # fmt: skip
    problem = problem_of(
        plain.capacity, plain.start, plain.seat, plain.score, seed=1, minimum=np.full(100, 3), limits=limits
    )

    outcome = solve(problem, "best-fit")

    assert verify(problem, outcome).feasible
    assert outcome.bound - outcome.objective <= 1e-4 * outcome.bound
    assert outcome.bound - outcome.objective >= -1e-6 * outcome.bound


def test_stable_refuses_limits_and_best_fit_refuses_reserves():
    limited = problem_of([1], [0, 1], [0], limits=[Limit(np.array([0], np.int32), 1)])
    reserved = problem_of([1], [0, 1], [0], reserves=[Reserve(0, 1, np.array([0], np.int32))])

    with pytest.raises(ChanjiaoError, match="limits_need_best_fit"):
        solve(limited, "stable")
    with pytest.raises(ChanjiaoError, match="reserves_need_stable"):
        solve(reserved, "best-fit")


@pytest.mark.parametrize(
    ("capacity", "minimum", "code"),
    [
        ([-1], [0], "bad_capacity"),
        ([2**31], [0], "bad_capacity"),
        ([1], [2], "bad_minimum"),
        ([1], [-1], "bad_minimum"),
    ],
)
def test_capacities_and_minima_out_of_range_are_refused(capacity, minimum, code):
    with pytest.raises(ChanjiaoError) as refused:
        problem_of(capacity, [0, 1], [0], minimum=minimum)

    assert refused.value.code == f"allocation.{code}"


def test_an_enormous_capacity_takes_no_more_memory_than_applicants():
    problem = problem_of([2**31 - 1], [0, 1, 2], [0, 0])

    assert deferred_acceptance(problem, compiled=True).seat.tolist() == [0, 0]


@pytest.mark.parametrize("method", ["stable", "best-fit"])
def test_an_empty_round_has_an_empty_outcome(method):
    outcome = solve(problem_of([], [0], []), method)

    assert (outcome.placed, outcome.seat.size) == (0, 0)


@pytest.mark.parametrize("method", ["stable", "best-fit"])
def test_a_student_with_an_empty_list_stays_without_a_place(method):
    outcome = solve(problem_of([5], [0, 0, 1, 1], [0]), method)

    assert outcome.seat.tolist() == [-1, 0, -1]


@pytest.mark.parametrize("dtype", [np.int32, np.int64, np.float32, np.float64])
def test_standings_order_scores_of_every_type(dtype):
    score = np.array([3, -2, 0, 3, 100000, -70000], dtype)

    standing = standings(score, score.size)

    assert np.argsort(standing, kind="stable").tolist() == np.argsort(score, kind="stable").tolist()
    assert standing[0] == standing[3]


def test_negative_zero_equals_zero():
    standing = standings(np.array([0.0, -0.0], np.float32), 2)

    assert standing[0] == standing[1]


def test_scores_that_differ_in_the_last_bit_are_not_equal():
    score = np.array([0.1, np.nextafter(0.1, 1), 1 / 3])

    assert len(set(standings(score, 3).tolist())) == 3


def test_fits_with_up_to_four_decimals_become_whole_without_loss():
    whole = whole_fits(np.array([87.35, 12.5, 0.0]))

    assert (whole.value.tolist(), whole.scale, whole.exact) == ([8735, 1250, 0], 100.0, True)


def test_the_lottery_of_names_does_not_depend_on_their_order():
    names = ["S9", "S1", "S5", "甲", "乙"]

    drawn = dict(zip(names, lottery_of_names(names, 3).tolist(), strict=True))

    assert lottery_of_names(sorted(names), 3).tolist() == [drawn[name] for name in sorted(names)]
    assert drawn != dict(zip(names, lottery_of_names(names, 4).tolist(), strict=True))


def test_the_drawn_lottery_gives_each_student_one_number():
    assert sorted(draw_lottery(1000, 8).tolist()) == list(range(1000))


def test_the_verifier_finds_each_kind_of_fault():
    problem = problem_of([1, 1], [0, 1, 2], [0, 0], [70.0, 60.0])
    seat = np.array([0, 0], np.int32)

    crowded = verify(problem, Outcome("any", seat, np.zeros(2, np.int32)))
    foreign = verify(problem, Outcome("any", np.array([1, -1], np.int32), np.array([0, -1], np.int32)))
    envied = verify(problem, Outcome("any", np.array([-1, 0], np.int32), np.array([-1, 0], np.int32)))

    assert (crowded.over_capacity, crowded.feasible) == (1, False)
    assert foreign.unacceptable == 1
    assert (envied.blocking_pairs, envied.examples) == (1, ((0, 0),))


def test_two_thousand_random_rounds_have_no_blocking_pair():
    rng = np.random.default_rng(11)
    faults = 0
    for _ in range(2000):
        n, m = int(rng.integers(1, 9)), int(rng.integers(1, 5))
        lists = [rng.permutation(m)[: rng.integers(0, m + 1)] for _ in range(n)]
        start = np.cumsum([0, *(row.size for row in lists)])
        seat = np.concatenate(lists).astype(np.int32)
        score = rng.integers(0, 4, seat.size).astype(np.float64)
        problem = problem_of(rng.integers(0, 4, m), start, seat, score, seed=int(rng.integers(99)))
        for compiled in (False, True):
            faults += len(blocking(problem, deferred_acceptance(problem, compiled=compiled)))
    assert faults == 0
