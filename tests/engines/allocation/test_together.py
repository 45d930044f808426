"""Students who want the same seat or none: together, no justified envy, and nothing better without it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.engines.allocation import Limit, Outcome, Reserve, problem_of, solve, verify
from chanjiao.engines.errors import ChanjiaoError
from tests.engines.allocation.instances import every_placement


@st.composite
def rounds_of_groups(draw, students=5, seats=3):
    """A round in which some students come in twos and threes."""
    n, m = draw(st.integers(1, students)), draw(st.integers(1, seats))
    sizes = []
    while sum(sizes) < n:
        sizes.append(min(draw(st.integers(1, 3)), n - sum(sizes)))
    lists, groups = [], []
    for size in sizes:
        wishes = draw(st.permutations(range(m)))[: draw(st.integers(0, m))]
        groups.append(list(range(len(lists), len(lists) + size)))
        lists += [wishes] * size
    seat = np.array([one for row in lists for one in row], np.int32)
    score = np.array(draw(st.lists(st.sampled_from([0.0, 1.5, 60.0, 99.5]), min_size=seat.size, max_size=seat.size)))
    return problem_of(
        draw(st.lists(st.integers(0, 4), min_size=m, max_size=m)), np.cumsum([0, *map(len, lists)]), seat, score,
        lottery=np.array(draw(st.permutations(range(n)))), together=[group for group in groups if len(group) > 1],
    )  # fmt: skip


def envied(problem, outcome) -> bool:
    """True when somebody has a seat that a student or group standing higher there prefers, by the definition."""
    grouped = {int(student): group.tolist() for group in problem.together for student in group}
    units = {tuple(grouped.get(student, [student])) for student in range(problem.students)}
    for unit in units:
        own = problem.seat[problem.start[unit[0]] : problem.start[unit[0] + 1]].tolist()
        end = own.index(outcome.seat[unit[0]]) if outcome.seat[unit[0]] >= 0 else len(own)
        for seat in own[:end]:
            others = [other for other in units if outcome.seat[other[0]] == seat]
            fits = problem.capacity[seat] >= len(unit)
            if fits and any(standing(problem, other, seat) < standing(problem, unit, seat) for other in others):
                return True
    return False


def standing(problem, unit, seat):
    """Where the lowest of a unit stands at a seat."""
    found = []
    for student in unit:
        low, high = int(problem.start[student]), int(problem.start[student + 1])
        at = low + problem.seat[low:high].tolist().index(seat)
        found.append((float(problem.score[at]), -int(problem.lottery[student])))
    return min(found)


def kept_together(problem, outcome) -> bool:
    return all(len(set(outcome.seat[group].tolist())) == 1 for group in problem.together)


@given(problem=rounds_of_groups(students=9, seats=4))
@settings(deadline=None, max_examples=100)
def test_groups_stay_together_without_justified_envy_and_the_verifier_agrees(problem):
    outcome = solve(problem, "together")

    verdict = verify(problem, outcome)
    assert (verdict.feasible, verdict.split, verdict.blocking_pairs) == (True, 0, 0)
    assert not envied(problem, outcome)


@given(problem=rounds_of_groups())
@settings(deadline=None, max_examples=60)
def test_no_placement_without_justified_envy_is_better_for_any_student(problem):
    outcome = solve(problem, "together")

    length = np.diff(problem.start)
    without = [one for one in every_placement(problem) if kept_together(problem, one) and not envied(problem, one)]
    best = np.min([np.where(one.position >= 0, one.position, length) for one in without], axis=0)
    assert np.where(outcome.position >= 0, outcome.position, length).tolist() == best.tolist()


@given(problem=rounds_of_groups(students=9, seats=4))
@settings(deadline=None, max_examples=80)
def test_a_wanted_seat_leaves_fewer_places_free_than_the_largest_group_needs(problem):
    outcome = solve(problem, "together")

    largest = max((group.size for group in problem.together), default=1)
    free = problem.capacity - np.bincount(outcome.seat[outcome.seat >= 0], minlength=problem.seats)
    for student in range(problem.students):
        size = next((group.size for group in problem.together if student in group), 1)
        own = problem.seat[problem.start[student] : problem.start[student + 1]]
        better = own[: outcome.position[student]] if outcome.position[student] >= 0 else own
        assert all(free[seat] < largest for seat in better if problem.capacity[seat] >= size)


def test_a_group_counts_with_its_lowest_member():
    problem = problem_of([2, 2], [0, 2, 4, 6], [0, 1] * 3, [90.0, 5, 60, 5, 70, 5], together=[[0, 1]])

    assert solve(problem, "together").seat.tolist() == [1, 1, 0]


def test_a_group_larger_than_a_seat_does_not_stand_in_the_way_there():
    problem = problem_of([1], [0, 1, 2, 3], [0, 0, 0], [90.0, 90.0, 10.0], together=[[0, 1]])

    assert solve(problem, "together").seat.tolist() == [-1, -1, 0]


def test_with_minimum_quotas_the_seat_that_misses_most_closes():
    problem = problem_of([2, 3], [0, 2, 4, 5], [1, 0, 1, 0, 1], together=[[0, 1]], minimum=[0, 3])
    short = problem_of([2, 3], [0, 2, 4], [1, 0, 1, 0], together=[[0, 1]], minimum=[0, 3])

    assert solve(problem, "together").seat.tolist() == [1, 1, 1]
    assert (solve(short, "together").closed, solve(short, "together").seat.tolist()) == ((1,), [0, 0])


def test_the_verifier_finds_a_group_that_is_split_and_a_pair_that_was_passed_over():
    problem = problem_of([2, 2], [0, 2, 4, 5], [0, 1, 0, 1, 0], [9.0, 9, 9, 9, 1], together=[[0, 1]])
    split = Outcome("together", np.array([0, 1, 0], np.int32), np.array([0, 1, 0], np.int32))
    passed = Outcome("together", np.array([1, 1, 0], np.int32), np.array([1, 1, 0], np.int32))

    assert (verify(problem, split).split, verify(problem, split).feasible) == (1, False)
    assert (verify(problem, passed).blocking_pairs, verify(problem, passed).examples) == (1, ((0, 0),))


@pytest.mark.parametrize(
    ("together", "code"), [([[0, 1]], "lists_differ"), ([[0], [0]], "together_twice"), ([[5]], "together_twice")]
)
def test_groups_that_cannot_stay_together_are_refused(together, code):
    with pytest.raises(ChanjiaoError, match=code):
        problem_of([1, 1], [0, 1, 2], [0, 1], together=together)


def test_each_method_refuses_what_it_cannot_keep():
    grouped = problem_of([2], [0, 1, 2], [0, 0], together=[[0, 1]])
    limited = problem_of([1], [0, 1], [0], limits=[Limit(np.array([0], np.int32), 1)])
    reserved = problem_of([1], [0, 1], [0], reserves=[Reserve(0, 1, np.array([0], np.int32))])

    for problem, method, code in (
        (grouped, "stable", "groups_need_together"),
        (grouped, "best-fit", "groups_need_together"),
        (limited, "together", "limits_need_best_fit"),
        (reserved, "together", "reserves_need_stable"),
    ):
        with pytest.raises(ChanjiaoError, match=code):
            solve(problem, method)
