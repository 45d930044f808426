"""After a result: places given back are filled, nobody who stays loses, and what changed is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.engines.allocation import Limit, difference, next_in_line, problem_of, solve, verify
from chanjiao.engines.allocation.commuting import keep_choices
from chanjiao.engines.allocation.difference import SeatChange
from chanjiao.engines.allocation.next_in_line import free_places
from chanjiao.engines.allocation.problem import student_of_choice
from chanjiao.engines.errors import ChanjiaoError
from tests.engines.allocation.instances import problems, reserved_problems


@st.composite
def continued(draw, rounds):
    """A round, its outcome, who withdraws and who confirms."""
    problem = draw(rounds)
    turn = draw(st.lists(st.sampled_from("wc  "), min_size=problem.students, max_size=problem.students))
    return problem, [i for i, one in enumerate(turn) if one == "w"], [i for i, one in enumerate(turn) if one == "c"]


def reached(problem, outcome):
    """The position of each student, the length of the list for none."""
    return np.where(outcome.position >= 0, outcome.position, np.diff(problem.start))


@pytest.mark.parametrize("method", ["stable", "best-fit"])
@given(case=continued(problems(students=9, seats=5, minimum=True)))
@settings(deadline=None, max_examples=80)
def test_nobody_who_stays_loses_and_no_place_is_given_twice(method, case):
    problem, withdrawn, confirmed = case
    before = solve(problem, method)

    after = next_in_line(problem, before, withdrawn=withdrawn, confirmed=confirmed, method=method)

    stays = np.setdiff1d(np.arange(problem.students), withdrawn)
    fixed = np.setdiff1d(confirmed, withdrawn).astype(int)
    assert (reached(problem, after.outcome)[stays] <= reached(problem, before)[stays]).all()
    assert after.outcome.seat[fixed].tolist() == before.seat[fixed].tolist()
    assert (after.outcome.seat[withdrawn] == -1).all()
    assert verify(problem, after.outcome).feasible
    assert verify(after.problem, after.solved).feasible


@given(case=continued(st.one_of(problems(students=9, seats=5), reserved_problems())))
@settings(deadline=None, max_examples=120)
def test_what_follows_a_stable_result_is_stable_for_the_places_held_first(case):
    problem, withdrawn, confirmed = case

    after = next_in_line(problem, solve(problem), withdrawn=withdrawn, confirmed=confirmed)

    stays = np.setdiff1d(np.arange(problem.students), withdrawn)
    assert verify(after.problem, after.solved).stable
    assert (reached(problem, after.outcome)[stays] <= reached(problem, solve(problem))[stays]).all()


@given(case=continued(problems(students=9, seats=5)))
@settings(deadline=None, max_examples=120)
def test_without_confirmed_students_it_is_a_new_run_without_those_who_withdrew(case):
    problem, withdrawn, _ = case

    after = next_in_line(problem, solve(problem), withdrawn=withdrawn)

    gone = np.isin(student_of_choice(problem), withdrawn)
    assert after.outcome.seat.tolist() == solve(keep_choices(problem, ~gone).problem).seat.tolist()


def test_a_place_given_back_goes_to_the_next_in_line():
    problem = problem_of([1], [0, 1, 2, 3], [0, 0, 0], [90.0, 70.0, 80.0])

    after = next_in_line(problem, solve(problem), withdrawn=[0])

    assert after.outcome.seat.tolist() == [-1, -1, 0]


def test_a_confirmed_student_does_not_move_up():
    problem = problem_of([1, 1], [0, 1, 3], [0, 0, 1], [90.0, 70.0, 80.0])
    before = solve(problem)

    up = next_in_line(problem, before, withdrawn=[0])
    stays = next_in_line(problem, before, withdrawn=[0], confirmed=[1])

    assert (up.outcome.seat.tolist(), stays.outcome.seat.tolist()) == ([-1, 0], [-1, 1])


def test_a_second_round_fills_what_is_left_by_new_lists():
    first = problem_of([1, 2], [0, 1, 2], [0, 0], [90.0, 70.0])
    before = solve(first)
    second = problem_of([1, 2], [0, 1, 2], [0, 1], [90.0, 10.0], lottery=first.lottery)

    after = next_in_line(second, before, confirmed=[0])

    assert free_places(first, before).tolist() == [0, 2]
    assert after.outcome.seat.tolist() == [0, 1]


def test_a_second_round_by_total_fit_keeps_the_limits_of_the_whole():
    limit = Limit(np.array([0, 1], np.int32), maximum=1)
    problem = problem_of([1, 1, 1], [0, 1, 2, 4], [0, 1, 1, 2], [9.0, 8.0, 7.0, 1.0], limits=[limit])
    before = solve(problem, "best-fit")

    after = next_in_line(problem, before, withdrawn=[2], method="best-fit")

    assert before.seat.tolist() == [0, -1, 2]
    assert after.outcome.seat.tolist() == [0, -1, -1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"capacity": np.array([0])}, "places_gone"),
        ({"start": np.array([0, 0]), "seat": np.zeros(0, np.int32), "score": np.zeros(0)}, "place_not_listed"),
    ],
)
def test_a_later_round_that_would_take_a_place_away_is_refused(change, code):
    problem = problem_of([1], [0, 1], [0], [1.0])

    with pytest.raises(ChanjiaoError, match=code):
        next_in_line(replace(problem, **change), solve(problem))


def test_an_unknown_student_cannot_withdraw():
    problem = problem_of([1], [0, 1], [0])

    with pytest.raises(ChanjiaoError, match="unknown_student"):
        next_in_line(problem, solve(problem), withdrawn=[4])


def test_an_appeal_shows_whose_score_changed_and_whose_place():
    first = problem_of([1, 1], [0, 2, 4, 5], [0, 1, 0, 1, 1], [80.0, 50.0, 70.0, 60.0, 55.0], seed=1)
    again = replace(first, score=np.array([80.0, 50.0, 90.0, 60.0, 55.0]))

    found = difference((first, solve(first)), (again, solve(again)))

    assert (found.asked.scores, found.asked.lists, found.asked.seats, found.asked.lottery) == ((1,), (), (), False)
    assert (found.better, found.no_longer_placed, found.newly_placed, found.worse) == ((1,), (0,), (2,), ())
    assert found.students == 3
    assert found.seats == (SeatChange(0, 1, 1, 80.0, 90.0), SeatChange(1, 1, 1, 60.0, 55.0))


def test_the_same_run_twice_differs_in_nothing():
    problem = problem_of([1, 1], [0, 2, 4], [0, 1, 0, 1])

    found = difference((problem, solve(problem)), (problem, solve(problem)))

    assert (found.students, found.seats, found.asked.lists) == (0, (), ())


def test_a_longer_list_is_told_apart_from_another_score():
    first = problem_of([1, 1], [0, 1, 2], [0, 0], [90.0, 70.0], lottery=[0, 1])
    again = problem_of([1, 2], [0, 1, 3], [0, 0, 1], [90.0, 70.0, 1.0], lottery=[0, 1])

    found = difference((first, solve(first)), (again, solve(again)))

    assert (found.asked.lists, found.asked.scores, found.asked.seats) == ((1,), (), (1,))
    assert found.newly_placed == (1,)


def test_runs_over_different_rounds_are_not_compared():
    one, two = problem_of([1], [0, 1], [0]), problem_of([1], [0, 1, 2], [0, 0])

    with pytest.raises(ChanjiaoError, match="other_round"):
        difference((one, solve(one)), (two, solve(two)))
