"""How students who want to stay together stand in the lines of seats; for the reasons of such a round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.explain import better_choices, scores_or_zero
from chanjiao.engines.allocation.outcome import Outcome, filled
from chanjiao.engines.allocation.problem import Bools, Ints, Problem

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """For every better choice (as `better_choices`): what the student's group counts with, and what was needed.

    `size` of the group (1 alone), its lowest `score` and `number` in the lottery there; the lowest `needed_score` and
    `needed_number` of those placed there; `free` places left; `first` in line.
    """

    size: Ints
    score: Reals
    number: Ints
    needed_score: Reals
    needed_number: Ints
    free: Ints
    first: Bools


def lines_of(problem: Problem, outcome: Outcome) -> Lines:
    """The lines after a round by the method `together`. O(E log E)."""
    group, size = np.arange(problem.students), np.ones(problem.students, np.int64)
    for members in problem.together:
        group[members], size[members] = members[0], members.size
    score, number = _lowest(problem, group)
    held = np.flatnonzero(outcome.position >= 0)
    own = problem.start[held] + outcome.position[held]
    needed_score, needed_number = np.full(problem.seats, np.nan), np.full(problem.seats, -1, np.int64)
    last = np.lexsort((number[own], -score[own]))  # the lowest is written last
    needed_score[problem.seat[own[last]]] = score[own[last]]
    needed_number[problem.seat[own[last]]] = number[own[last]]
    student, choice = better_choices(problem, outcome)
    seat = problem.seat[choice]
    free = (problem.capacity - filled(problem, outcome))[seat]
    able = problem.capacity[seat] >= size[student]
    first = _first(problem, group[student], choice, (score, number), able)
    return Lines(
        size[student], score[choice], number[choice], needed_score[seat], needed_number[seat], free, first
    )  # fmt: skip


def _lowest(problem: Problem, group: Ints) -> tuple[Reals, Ints]:
    """For each choice the lowest score and, among those, the latest number of the student's group."""
    score = scores_or_zero(problem)
    number = np.repeat(problem.lottery.astype(np.int64), np.diff(problem.start))
    for members in problem.together:
        spans = np.array([np.arange(problem.start[one], problem.start[one + 1]) for one in members])
        low = score[spans].min(axis=0)
        late = np.where(score[spans] == low, number[spans], -1).max(axis=0)
        score[spans], number[spans] = low, late
    return score, number


def _first(problem: Problem, unit: Ints, choice: Ints, standing: tuple[Reals, Ints], able: Bools) -> Bools:
    score, number = standing
    rows = np.flatnonzero(able)
    order = rows[np.lexsort((-number[choice[rows]], score[choice[rows]]))]  # the highest is written last
    top = np.full(problem.seats, -1, np.int64)
    top[problem.seat[choice[order]]] = unit[order]
    return np.asarray(top[problem.seat[choice]] == unit)
