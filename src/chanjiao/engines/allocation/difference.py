"""What changed between two runs of a round, in what was asked and in what came out: an appeal and its re-run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chanjiao.engines.allocation.explain import cutoffs
from chanjiao.engines.allocation.outcome import Outcome, filled
from chanjiao.engines.allocation.problem import Ints, Problem, list_of
from chanjiao.engines.errors import ChanjiaoError


@dataclass(frozen=True, slots=True)
class Asked:
    """What differs in the question: seats with other capacities or minima, students with other lists or scores."""

    seats: tuple[int, ...]
    lists: tuple[int, ...]
    scores: tuple[int, ...]
    lottery: bool


@dataclass(frozen=True, slots=True)
class SeatChange:
    """A seat whose number of students or cut-off differs; a cut-off is None where places stayed free."""

    seat: int
    placed_before: int
    placed_after: int
    cutoff_before: float | None
    cutoff_after: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Students by what became of them, each in one group, and the seats that differ.

    `better` and `worse` by the student's list in the later run; `moved` where one of the seats is not on it.
    """

    asked: Asked
    newly_placed: tuple[int, ...]
    no_longer_placed: tuple[int, ...]
    better: tuple[int, ...]
    worse: tuple[int, ...]
    moved: tuple[int, ...]
    seats: tuple[SeatChange, ...]

    @property
    def students(self) -> int:
        """The number of students with another result."""
        groups = (self.newly_placed, self.no_longer_placed, self.better, self.worse, self.moved)
        return sum(map(len, groups))


def difference(before: tuple[Problem, Outcome], after: tuple[Problem, Outcome]) -> Difference:
    """What differs between two runs over the same students and seats (in the same order). O(E log E).

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> from chanjiao.engines.allocation.solve import solve
    >>> first = problem_of([1], [0, 1, 2], [0, 0], [70.0, 60.0])
    >>> again = problem_of([1], [0, 1, 2], [0, 0], [70.0, 75.0])
    >>> found = difference((first, solve(first)), (again, solve(again)))
    >>> found.asked.scores, found.newly_placed, found.no_longer_placed
    ((1,), (1,), (0,))
    """
    (old, was), (new, now) = before, after
    if (old.students, old.seats) != (new.students, new.seats):
        raise ChanjiaoError("allocation.other_round", students=new.students, seats=new.seats)
    groups: dict[str, list[int]] = {"newly": [], "lost": [], "better": [], "worse": [], "moved": []}
    for student in np.flatnonzero(was.seat != now.seat).tolist():
        groups[_turn(new, student, int(was.seat[student]), int(now.seat[student]))].append(student)
    return Difference(
        _asked(old, new), tuple(groups["newly"]), tuple(groups["lost"]), tuple(groups["better"]),
        tuple(groups["worse"]), tuple(groups["moved"]), tuple(_seats(before, after)),
    )  # fmt: skip


def _turn(problem: Problem, student: int, before: int, after: int) -> str:
    if before < 0:
        return "newly"
    if after < 0:
        return "lost"
    own = list_of(problem, student).tolist()
    if before not in own or after not in own:
        return "moved"
    return "better" if own.index(after) < own.index(before) else "worse"


def _asked(old: Problem, new: Problem) -> Asked:
    seats = np.flatnonzero((old.capacity != new.capacity) | (old.minimum != new.minimum)).tolist()
    lists, scores = [], []
    for student in _differing(old, new).tolist():
        if np.array_equal(list_of(old, student), list_of(new, student)):
            scores.append(student)
        else:
            lists.append(student)
    return Asked(tuple(seats), tuple(lists), tuple(scores), not np.array_equal(old.lottery, new.lottery))


def _differing(old: Problem, new: Problem) -> Ints:
    """The students whose list or scores may differ."""
    if np.array_equal(old.start, new.start):
        same = old.seat == new.seat
        if old.score is None or new.score is None:
            same &= old.score is new.score
        else:
            same &= old.score == new.score
        return np.unique(np.searchsorted(old.start, np.flatnonzero(~same), side="right") - 1)
    return np.flatnonzero([_wishes(old, student) != _wishes(new, student) for student in range(old.students)])


def _wishes(problem: Problem, student: int) -> tuple[list[int], list[float] | None]:
    own = slice(problem.start[student], problem.start[student + 1])
    return problem.seat[own].tolist(), None if problem.score is None else [float(one) for one in problem.score[own]]


def _seats(before: tuple[Problem, Outcome], after: tuple[Problem, Outcome]) -> list[SeatChange]:
    placed = [filled(*run) for run in (before, after)]
    cuts = [cutoffs(*run).score for run in (before, after)]
    same = (placed[0] == placed[1]) & ((cuts[0] == cuts[1]) | (np.isnan(cuts[0]) & np.isnan(cuts[1])))
    return [
        SeatChange(seat, int(placed[0][seat]), int(placed[1][seat]), _shown(cuts[0][seat]), _shown(cuts[1][seat]))
        for seat in np.flatnonzero(~same).tolist()
    ]


def _shown(cutoff: float) -> float | None:
    return None if np.isnan(cutoff) else float(cutoff)
