"""Why each student sits where, why each better choice failed, why seats stay empty, and what would have changed it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.outcome import Outcome, filled
from chanjiao.engines.allocation.problem import Ints, Ints32, Problem

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Cutoffs:
    """For each seat the lowest score admitted (NaN where places stayed free or nobody came) and its lottery number.

    `waiting` is the first in line: the student who would have taken one more place, -1 for none.
    """

    score: Reals
    lottery: Ints
    count: Ints
    listed: Ints
    lost: Ints
    waiting: Ints


@dataclass(frozen=True, slots=True)
class Change:
    """A student whose seat differs between two placements (-1 for none)."""

    student: int
    before: int
    after: int


def scores_or_zero(problem: Problem) -> Reals:
    """The score of each choice as float64, zeros where only the lottery decides."""
    return np.zeros(problem.seat.size) if problem.score is None else problem.score.astype(np.float64)


def better_choices(problem: Problem, outcome: Outcome) -> tuple[Ints, Ints]:
    """(student, choice) for every choice that its student prefers to the own place, in order of students."""
    position = outcome.position.astype(np.int64)
    wanted = np.where(position >= 0, position, np.diff(problem.start))
    student = np.repeat(np.arange(problem.students), wanted)
    before = np.repeat(np.cumsum(wanted) - wanted, wanted)
    return student, np.arange(student.size) - before + problem.start[student]


def cutoffs(problem: Problem, outcome: Outcome) -> Cutoffs:
    """The cut-off of every seat, who listed it and who is first in line. O(E)."""
    score = scores_or_zero(problem)
    count = filled(problem, outcome)
    held = np.flatnonzero(outcome.position >= 0)
    choice = problem.start[held] + outcome.position[held]
    seat = problem.seat[choice]
    last = _foremost(problem.seats, seat, -score[choice], -problem.lottery[held])
    lowest, latest = np.full(problem.seats, np.nan), np.full(problem.seats, -1, np.int64)
    full = np.flatnonzero((last >= 0) & (count >= problem.capacity))
    lowest[full] = score[choice[last[full]]]
    latest[full] = problem.lottery[held[last[full]]]
    _cut_open_places(problem, outcome, lowest, latest)
    listed = np.bincount(problem.seat, minlength=problem.seats).astype(np.int64)
    student, wanted = better_choices(problem, outcome)
    lost = np.bincount(problem.seat[wanted], minlength=problem.seats).astype(np.int64)
    first = _foremost(problem.seats, problem.seat[wanted], score[wanted], problem.lottery[student])
    waiting = np.append(student, -1)[first]  # the last for none
    return Cutoffs(lowest, latest, count, listed, lost, waiting)


def _cut_open_places(problem: Problem, outcome: Outcome, lowest: Reals, latest: Ints) -> None:
    """At seats with reserves the cut-off is that of the places left once the best members hold the reserved ones."""
    for seat in {reserve.seat for reserve in problem.reserves}:
        holders = np.flatnonzero(outcome.seat == seat)
        score = scores_or_zero(problem)[problem.start[holders] + outcome.position[holders]]
        ranked = holders[np.lexsort((problem.lottery[holders], -score))]
        value = dict(zip(holders.tolist(), score.tolist(), strict=True))
        reserved: set[int] = set()
        for reserve in problem.reserves:
            if reserve.seat == seat:
                reserved |= set(ranked[np.isin(ranked, reserve.members)][: reserve.places].tolist())
        rest = [one for one in ranked.tolist() if one not in reserved]
        full = holders.size >= problem.capacity[seat]
        lowest[seat] = value[rest[-1]] if rest and full else np.nan
        latest[seat] = problem.lottery[rest[-1]] if rest and full else -1


def _foremost(seats: int, seat: Ints32, score: Reals, lottery: Ints32) -> Ints:
    """For each seat the entry with the highest score, among equals the lowest lottery number; -1 for none. O(E)."""
    best = np.full(seats, -np.inf)
    np.maximum.at(best, seat, score)
    top = np.flatnonzero(score == best[seat])
    drawn = np.full(seats, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(drawn, seat[top], lottery[top])
    top = top[lottery[top] == drawn[seat[top]]]
    found = np.full(seats, -1, np.int64)
    found[seat[top]] = top
    return found


def needed_scores(problem: Problem, fit: Reals, price: Reals, outcome: Outcome) -> Reals:
    """For each choice the fit that it would have needed for the best total to give it to its student.

    That is the `price` of the choice (E) plus what the student gains at the own place (0 without one).
    """
    student = np.repeat(np.arange(problem.students), np.diff(problem.start))
    gain = np.zeros(problem.students)
    held = np.flatnonzero(outcome.position >= 0)
    choice = problem.start[held] + outcome.position[held]
    gain[held] = np.maximum(fit[choice] - price[choice], 0.0)
    return np.asarray(price + gain[student], np.float64)


def sure_seats(problem: Problem, outcome: Outcome, limit: int = 3) -> list[int]:
    """Open seats with free places, most first: whoever adds one at the end of the list gets a place for certain."""
    free = problem.capacity - filled(problem, outcome)
    free[list(outcome.closed)] = 0
    free[problem.minimum > 0] = 0
    order = np.argsort(-free, kind="stable")[:limit]
    return [int(seat) for seat in order if free[seat] > 0]


def changes(before: Outcome, after: Outcome) -> list[Change]:
    """The students whose seat differs, in order."""
    moved = np.flatnonzero(before.seat != after.seat)
    return [Change(int(s), int(before.seat[s]), int(after.seat[s])) for s in moved]
