"""Rounds for the laws: random problems of every shape, and answers by trying everything."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import strategies as st

from chanjiao.engines.allocation import Outcome, Problem, Reserve, problem_of


@st.composite
def problems(draw, students=5, seats=4, scored=None, minimum=False, largest=3):
    """A round of at most so many students and seats, with incomplete lists, ties, and seats without places."""
    n, m = draw(st.integers(0, students)), draw(st.integers(1, seats))
    lists = [draw(st.permutations(range(m)))[: draw(st.integers(0, m))] for _ in range(n)]
    start = np.cumsum([0, *map(len, lists)])
    seat = np.array([one for row in lists for one in row], np.int32)
    capacity = np.array(draw(st.lists(st.integers(0, largest), min_size=m, max_size=m)))
    has_scores = draw(st.booleans()) if scored is None else scored
    score = None
    if has_scores:
        value = st.sampled_from([0.0, 1.0, 1.5, 2.0, 7.25, 60.0, 60.0, 99.5])
        score = np.array(draw(st.lists(value, min_size=seat.size, max_size=seat.size)))
    least = None
    if minimum:
        least = np.array([draw(st.integers(0, int(room))) for room in capacity], np.int64)
    return problem_of(capacity, start, seat, score, lottery=np.array(draw(st.permutations(range(n)))), minimum=least)


@st.composite
def reserved_problems(draw):
    """A round whose seats keep places for groups."""
    problem = draw(problems(students=6, seats=3, largest=3))
    reserves = []
    for seat in range(problem.seats):
        groups = draw(st.lists(st.integers(0, 2), min_size=problem.students, max_size=problem.students))
        left = int(problem.capacity[seat])
        for group in range(draw(st.integers(0, 2))):
            places = draw(st.integers(0, left))
            left -= places
            members = np.flatnonzero(np.array(groups, np.int64) == group).astype(np.int32)
            reserves.append(Reserve(seat, places, members))
    return problem_of(
        problem.capacity, problem.start, problem.seat, problem.score, lottery=problem.lottery, reserves=reserves
    )


def every_placement(problem: Problem):
    """Every way to give each student a choice or nothing, within the capacities."""
    rows = [range(-1, int(length)) for length in np.diff(problem.start)]
    for positions in product(*rows):
        position = np.array(positions, np.int32).reshape(problem.students)
        seat = np.full(problem.students, -1, np.int32)
        placed = position >= 0
        seat[placed] = problem.seat[problem.start[:-1][placed] + position[placed]]
        if (np.bincount(seat[placed], minlength=problem.seats) <= problem.capacity).all():
            yield Outcome("any", seat, position)


def stable_placements(problem: Problem) -> list[Outcome]:
    """Every stable placement, found by trying all."""
    return [one for one in every_placement(problem) if not blocking(problem, one)]


def blocking(problem: Problem, outcome: Outcome) -> list[tuple[int, int]]:
    """Blocking pairs by the definition, one by one."""
    pairs = []
    for student in range(problem.students):
        end = outcome.position[student] if outcome.position[student] >= 0 else np.diff(problem.start)[student]
        for position in range(end):
            choice = int(problem.start[student]) + position
            seat = int(problem.seat[choice])
            own = (_score(problem, choice), -int(problem.lottery[student]))
            holders = [
                (_score(problem, int(problem.start[other] + outcome.position[other])), -int(problem.lottery[other]))
                for other in np.flatnonzero(outcome.seat == seat)
            ]
            free = len(holders) < problem.capacity[seat]
            if free or any(own > held for held in holders):
                pairs.append((student, seat))
    return pairs


def _score(problem: Problem, choice: int) -> float:
    return 0.0 if problem.score is None else float(problem.score[choice])


def relabelled(problem: Problem, students: list[int], seats: list[int]) -> Problem:
    """The same round with student i standing at students[i] and seat j at seats[j]."""
    order = np.argsort(np.array(students, np.int64), kind="stable")
    rows = [np.arange(problem.start[one], problem.start[one + 1]) for one in order]
    choice = np.concatenate([*rows, np.zeros(0, np.int64)]).astype(np.int64)
    capacity, minimum = np.empty_like(problem.capacity), np.empty_like(problem.minimum)
    capacity[seats], minimum[seats] = problem.capacity, problem.minimum
    return problem_of(
        capacity, np.cumsum([0, *(row.size for row in rows)]), np.array(seats, np.int32)[problem.seat[choice]],
        None if problem.score is None else problem.score[choice], lottery=problem.lottery[order], minimum=minimum,
    )  # fmt: skip


def city_round(students: int, seed: int, places: int = 9) -> Problem:
    """A round of ten choices for each student and a seat for every ten students, scores in hundredths."""
    rng = np.random.default_rng(seed)
    seats = max(students // 10, 10)
    first = rng.integers(0, seats, students)[:, None]
    step = rng.integers(1, max(seats // 10, 2), (students, 10)).cumsum(axis=1)
    seat = ((first + step) % seats).astype(np.int32)
    score = rng.integers(0, 10001, seat.size).astype(np.float32)
    return problem_of(np.full(seats, places), np.arange(0, seat.size + 1, 10), seat.ravel(), score, seed=seed)
