"""What one more place or a longer list changes, found without another run, is what another run finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.engines.allocation import WhatIf, problem_of, solve
from chanjiao.engines.allocation.explain import Change, changes, cutoffs, sure_seats
from chanjiao.engines.allocation.problem import with_capacity
from chanjiao.engines.allocation.what_if import Effect
from chanjiao.engines.errors import ChanjiaoError
from tests.engines.allocation.instances import city_round, problems, reserved_problems


@given(problem=problems(students=12, seats=6), seat=st.integers(0, 5), extra=st.integers(1, 3))
@settings(deadline=None, max_examples=120)
def test_one_more_place_changes_what_another_run_changes(problem, seat, extra):
    outcome = solve(problem)
    seat %= problem.seats

    found = WhatIf(problem, outcome).one_more_place(seat, extra)

    assert found == changes(outcome, solve(with_capacity(problem, seat, extra)))


@given(problem=reserved_problems(), seat=st.integers(0, 2))
@settings(deadline=None, max_examples=50)
def test_with_reserves_one_more_place_changes_what_another_run_changes(problem, seat):
    outcome = solve(problem)
    seat %= problem.seats

    found = WhatIf(problem, outcome).one_more_place(seat)

    assert found == changes(outcome, solve(with_capacity(problem, seat, 1)))


@given(problem=problems(students=10, seats=6, scored=True), data=st.data())
@settings(deadline=None, max_examples=120)
def test_a_longer_list_changes_what_another_run_changes(problem, data):
    if problem.students == 0:
        return
    student = data.draw(st.integers(0, problem.students - 1))
    own = problem.seat[problem.start[student] : problem.start[student + 1]].tolist()
    added = data.draw(st.permutations([seat for seat in range(problem.seats) if seat not in own]))
    scores = data.draw(st.lists(st.sampled_from([0.0, 1.5, 99.5]), min_size=len(added), max_size=len(added)))
    outcome = solve(problem)

    found = WhatIf(problem, outcome).longer_list(student, added, scores)

    start, end = problem.start.copy(), problem.start[student + 1]
    start[student + 1 :] += len(added)
    longer = problem_of(
        problem.capacity, start, np.insert(problem.seat, end, np.array(added, np.int32)),
        np.insert(problem.score, end, scores), lottery=problem.lottery,
    )  # fmt: skip
    assert found == changes(outcome, solve(longer))


def test_one_more_place_goes_to_the_first_in_line_and_hurts_nobody():
    problem = problem_of([1, 1], [0, 1, 3, 4], [0, 0, 1, 1], [70.0, 60.0, 50.0, 40.0])
    outcome = solve(problem)

    moved = WhatIf(problem, outcome).one_more_place(0)

    assert cutoffs(problem, outcome).waiting.tolist() == [1, 2]
    assert moved == [Change(1, 1, 0), Change(2, -1, 1)]


def test_a_swap_that_one_more_place_makes_possible_is_found():
    # students 0 and 1 each hold what the other prefers; student 2 comes between them, and has a place at 2 now
    problem = problem_of([1, 1, 0], [0, 2, 4, 6], [0, 1, 1, 0, 2, 0], [1.0, 9.0, 1.0, 9.0, 5.0, 5.0], lottery=[0, 1, 2])
    outcome = solve(problem)

    moved = WhatIf(problem, outcome).one_more_place(2)

    assert moved == [Change(0, 1, 0), Change(1, 0, 1), Change(2, -1, 2)]


def test_a_longer_list_with_a_free_seat_brings_a_place():
    problem = problem_of([1, 1], [0, 1, 2], [0, 0], [70.0, 60.0])
    outcome = solve(problem)

    moved = WhatIf(problem, outcome).longer_list(1, sure_seats(problem, outcome), [0.0])

    assert moved == [Change(1, -1, 1)]


def test_a_closed_seat_stays_closed_in_every_answer():
    problem = problem_of([3, 1], [0, 1, 2], [0, 1], minimum=[2, 0])
    outcome = solve(problem)
    asked = WhatIf(problem, outcome)

    assert outcome.closed == (0,)
    assert asked.one_more_place(0) == []
    assert asked.longer_list(0, [1], [0.0]) == [Change(0, -1, 1), Change(1, 1, -1)]


def test_the_effect_of_a_place_counts_who_is_better_off_and_who_had_none():
    problem = problem_of([1, 1], [0, 1, 3, 4], [0, 0, 1, 1], [70.0, 60.0, 50.0, 40.0])

    effects = WhatIf(problem, solve(problem)).effects()

    assert effects == [Effect(0, better=2, newly_placed=1), Effect(1, better=1, newly_placed=1)]


@pytest.mark.parametrize("places", range(1, 4))
def test_in_a_city_every_answer_is_that_of_another_run(places):
    problem = city_round(400, seed=places, places=places)
    outcome = solve(problem)
    asked = WhatIf(problem, outcome)

    for seat in range(0, problem.seats, 8):
        assert asked.one_more_place(seat) == changes(outcome, solve(with_capacity(problem, seat, 1)))


@pytest.mark.parametrize(("seats", "code"), [([0], "cannot_add"), ([7], "cannot_add"), ([1, 1], "cannot_add")])
def test_a_seat_that_is_listed_or_unknown_cannot_be_added(seats, code):
    problem = problem_of([1, 1], [0, 1, 2], [0, 0], [70.0, 60.0])

    with pytest.raises(ChanjiaoError, match=code):
        WhatIf(problem, solve(problem)).longer_list(1, seats, [0.0] * len(seats))


def test_a_placement_by_total_fit_has_no_line_to_ask():
    problem = problem_of([1], [0, 1], [0])

    with pytest.raises(ChanjiaoError, match="needs_stable"):
        WhatIf(problem, solve(problem, "best-fit"))
