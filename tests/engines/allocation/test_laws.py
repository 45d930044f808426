"""Laws that every method keeps; a new method gets them by standing in METHODS."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.engines.allocation import METHODS, solve, verify
from chanjiao.engines.allocation.fits import fits_of
from chanjiao.engines.allocation.stable import deferred_acceptance
from chanjiao.engines.allocation.verify import dual_bound, objective, shortfall
from tests.engines.allocation.instances import (
    blocking,
    every_placement,
    problems,
    relabelled,
    stable_placements,
)

quick = settings(deadline=None, max_examples=150)


@pytest.mark.parametrize("method", METHODS)
@given(problem=problems(students=8, seats=5))
@quick
def test_every_method_places_within_lists_and_capacities(method, problem):
    outcome = solve(problem, method)

    assert verify(problem, outcome).feasible


@pytest.mark.parametrize("method", [name for name, method in METHODS.items() if method.stable])
@given(problem=problems(students=8, seats=5))
@quick
def test_a_stable_method_leaves_no_blocking_pair(method, problem):
    outcome = solve(problem, method)

    assert blocking(problem, outcome) == []


@pytest.mark.parametrize("method", [name for name, method in METHODS.items() if method.stable])
@given(problem=problems(students=5, seats=3, largest=2))
@settings(deadline=None, max_examples=60)
def test_no_student_does_better_in_any_stable_placement(method, problem):
    outcome = solve(problem, method)

    best = [_positions(problem, one) for one in stable_placements(problem)]
    assert (_positions(problem, outcome) == np.min(best, axis=0)).all()


@given(problem=problems(students=5, seats=3, largest=2))
@settings(deadline=None, max_examples=60)
def test_best_fit_reaches_the_highest_total_of_all_placements(problem):
    outcome = solve(problem, "best-fit")

    fit = fits_of(problem)
    highest = max(objective(problem, fit, one) for one in every_placement(problem))
    assert objective(problem, fit, outcome) == pytest.approx(highest)
    assert outcome.bound == pytest.approx(highest)


@given(problem=problems(students=5, seats=3, largest=2, minimum=True))
@settings(deadline=None, max_examples=40)
def test_best_fit_pays_for_missed_minima_only_what_it_must(problem):
    outcome = solve(problem, "best-fit")

    fit = fits_of(problem)
    price = 2 * max(np.abs(fit).max(initial=0.0), 0.5)
    worth = [objective(problem, fit, one) - price * shortfall(problem, one) for one in every_placement(problem)]
    assert outcome.objective == pytest.approx(max(worth))
    assert outcome.bound >= outcome.objective - 1e-6
    assert outcome.bound == pytest.approx(dual_bound(problem, fit, outcome.dual, price))


@pytest.mark.parametrize("method", METHODS)
@given(problem=problems(students=8, seats=5))
@quick
def test_the_same_problem_gives_the_same_outcome(method, problem):
    first, second = solve(problem, method), solve(problem, method)

    assert first.seat.tolist() == second.seat.tolist()


@given(problem=problems(students=8, seats=5, minimum=True), data=st.data())
@quick
def test_new_labels_change_no_students_place_in_a_stable_round(problem, data):
    students = data.draw(st.permutations(range(problem.students)))
    outcome = deferred_acceptance(problem)

    again = deferred_acceptance(relabelled(problem, students, list(range(problem.seats))))

    assert again.position[students].tolist() == outcome.position.tolist()


@pytest.mark.parametrize("method", METHODS)
@given(problem=problems(students=7, seats=5), data=st.data())
@settings(deadline=None, max_examples=80)
def test_new_labels_change_neither_ranks_nor_total(method, problem, data):
    students = data.draw(st.permutations(range(problem.students)))
    seats = data.draw(st.permutations(range(problem.seats)))
    outcome = solve(problem, method)

    other = relabelled(problem, students, seats)
    again = solve(other, method)

    if METHODS[method].stable:
        assert again.position[students].tolist() == outcome.position.tolist()
    total = objective(other, fits_of(other), again)
    assert total == pytest.approx(objective(problem, fits_of(problem), outcome))


@given(problem=problems(students=5, seats=4), data=st.data())
@settings(deadline=None, max_examples=100)
def test_no_student_gains_by_another_list(problem, data):
    outcome = deferred_acceptance(problem)
    if problem.students == 0:
        return
    liar = data.draw(st.integers(0, problem.students - 1))
    low, high = problem.start[liar], problem.start[liar + 1]
    order = np.arange(problem.seat.size)
    order[low:high] = data.draw(st.permutations(range(low, high)))

    lie = relabelled(problem, list(range(problem.students)), list(range(problem.seats)))
    seat = problem.seat[order]
    score = None if problem.score is None else problem.score[order]
    lied = deferred_acceptance(type(lie)(lie.capacity, lie.start, seat, score, lie.lottery, lie.minimum))

    truth = problem.seat[low:high].tolist()
    gained = truth.index(lied.seat[liar]) if lied.seat[liar] >= 0 else len(truth)
    honest = outcome.position[liar] if outcome.position[liar] >= 0 else len(truth)
    assert gained >= honest


@given(problem=problems(students=8, seats=5, minimum=True))
@quick
def test_no_open_seat_is_below_its_minimum_and_the_rest_is_stable(problem):
    outcome = deferred_acceptance(problem)

    verdict = verify(problem, outcome)
    assert verdict.stable
    assert verdict.short_open == 0


@given(problem=problems(students=8, seats=5))
@quick
def test_the_verifier_counts_exactly_the_blocking_pairs_of_any_placement(problem):
    outcome = solve(problem, "best-fit")

    assert verify(problem, outcome).blocking_pairs == len(blocking(problem, outcome))


def _positions(problem, outcome):
    length = np.diff(problem.start)
    return np.where(outcome.position >= 0, outcome.position, length)
